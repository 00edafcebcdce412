"""The outcome is the worst finding; old dates never help; the hash covers what judges."""

from dataclasses import replace
from datetime import date

import pytest

from grondslag.policy import (
    RULES,
    Outcome,
    Severity,
    check,
    default_parameters,
    describe_outcome,
    describe_sources,
    is_fast_lane,
    rule_set_hash,
)
from grondslag.policy.model import refuses, rule
from made_cases import DAY, asks, case, link

OUTCOMES = [
    ({}, Outcome.GO),
    ({"plan.data.0.columns.0.form": "exact"}, Outcome.GO),  # only a note
    (
        {
            "plan.question.proceed.answer": "go_if",
            "plan.question.proceed.conditions": ["De wijkraad is het eens."],
        },
        Outcome.GO_IF,
    ),
    ({"plan.question.proceed.answer": "not_yet"}, Outcome.NOT_YET),
    ({"plan.question.proceed.answer": "no"}, Outcome.NO),
    (
        {"plan.question.proceed.answer": "not_yet", "plan.legal_basis.gdpr": "6.1.f"},
        Outcome.NO,
    ),
]


@pytest.mark.parametrize(("changes", "outcome"), OUTCOMES)
def test_the_worst_finding_decides(changes, outcome):
    assert check(case(changes)).outcome is outcome


def test_findings_come_heaviest_first_and_then_by_line():
    verdict = check(
        case({"plan.legal_basis.gdpr": "6.1.f", "plan.stop_criterion": "Nader te bepalen."})
    )

    assert [item.severity for item in verdict.findings] == [Severity.REFUSES, Severity.WAITS]
    assert verdict.findings[0].line == case(
        {"plan.legal_basis.gdpr": "6.1.f", "plan.stop_criterion": "Nader te bepalen."}
    ).plan.document.line(("legal_basis", "gdpr"))
    assert verdict.conditions == verdict.findings[1:]


@rule("test.came-later", valid_from=date(2027, 1, 1))
def came_later(case):
    """A rule that did not exist yet when the plan was dated."""
    yield refuses("policy.question.we-do-this.no", ())


@rule("test.ended", valid_until=date(2026, 12, 31))
def ended(case):
    """A rule that ended before today."""
    yield refuses("policy.question.we-do-this.no", ())


@pytest.mark.parametrize(
    ("dated", "one", "found"),
    [
        ("2026-06-01", came_later, 1),  # an old date does not help
        ("2026-06-01", ended, 1),  # the law of the plan's own day judges it
        ("2027-02-01", ended, 0),
    ],
)
def test_rules_of_the_plans_day_and_of_today_count(dated, one, found):
    verdict = check(case({"plan.date": dated}), rules=[one])

    assert len(verdict.findings) == found


FAST = [
    ("open data about roads", {"plan.data": [asks("wegen", "straat")]}, True),
    ("counts of people", {}, False),
    ("a column nobody described", {"plan.data": [asks("meldingen", "duister")]}, False),
    (
        "kinds of report, persons told apart",
        {"plan.data": [asks("meldingen", "soort", count="persons")]},
        False,
    ),
    (
        "kinds of report, kept per person",
        {"plan.data": [asks("meldingen", "soort", count="rows")]},
        False,
    ),
    (
        "kinds of report, under secrecy",
        {"plan.data": [asks("meldingen", "soort")], "meldingen.privacy.secrecy": "police"},
        False,
    ),
    (
        "kinds of report, chosen on where people live",
        {
            "plan.data": [
                asks("meldingen", "soort", rows={"area": {"column": "buurt", "codes": ["W1"]}})
            ]
        },
        False,
    ),
    (
        "roads and reports, linked",
        {
            "plan.data": [asks("meldingen", "soort"), asks("wegen", "straat")],
            "plan.links": [link("meldingen", "wegen")],
        },
        False,
    ),
    ("a dataset nobody described", {"plan.data": [asks("kroeglopers", "naam")]}, False),
]


@pytest.mark.parametrize(("words", "changes", "fast"), FAST, ids=[row[0] for row in FAST])
def test_the_fast_lane_is_for_what_cannot_be_about_a_person(words, changes, fast):
    assert is_fast_lane(case(changes)) is fast


def test_the_hash_changes_with_a_setting_and_not_with_the_day():
    other = replace(default_parameters(), sha256="0" * 64)

    assert rule_set_hash(DAY) == rule_set_hash(date(2028, 1, 1))
    assert rule_set_hash(DAY) != rule_set_hash(DAY, parameters=other)
    assert rule_set_hash(DAY) != rule_set_hash(date(2018, 1, 1))  # no rule was in force


def test_the_hash_changes_with_a_rule(monkeypatch):
    before = rule_set_hash(DAY)

    monkeypatch.setattr("grondslag.policy.checking.RULES", RULES[1:])

    assert rule_set_hash(DAY) != before


def test_a_source_is_told_with_the_day_of_its_text():
    by_id = {item.id: item for item in RULES}

    brp = describe_sources(by_id["brp.only-for-the-task"].provisions)
    own = describe_sources(by_id["review.stop-is-agreed"].provisions)

    assert brp == ("Wet BRP art. 3.8 lid 2 (tekst van 1 oktober 2026)",)
    assert own == ("eigen regel van de gemeente",)


def test_every_outcome_is_told():
    assert len({describe_outcome(outcome) for outcome in Outcome}) == 4
