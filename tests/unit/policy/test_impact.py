"""When the law changes: what rests on an article, and what differs between two days."""

from datetime import date
from functools import partial

import pytest

from grondslag.canonical import to_yaml
from grondslag.law import STATUTES
from grondslag.policy import (
    DifferenceKind,
    RestKind,
    default_parameters,
    describe_difference,
    differences,
    read_tree,
    resting_on,
)
from grondslag.policy.model import rule
from grondslag.policy.settings_schema import DATES, NAMES
from grondslag.wording import has_sentence
from made_cases import PLAN, agreement, asks, edited, link
from made_contracts import contract_content, write_contract

LINKED = edited(
    PLAN,
    {
        "data": [asks("meldingen", "soort"), asks("inwoners", "aantal")],
        "links": [link(ground={"gdpr": "6.1.e", "law": "Wegenwet", "article": "16",
                               "task": "Zorgen voor goede wegen."})],
        "special_grounds": [{"category": "special", "dataset": "meldingen", "exception": "24",
                             "law": "Jeugdwet", "article": "7.4.1 lid 2"}],
    },
)  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """A tree with a project, its contracts, an agreement and a file nobody can read."""
    project = tmp_path / "straat"
    (project / "accountability").mkdir(parents=True)
    (project / "plan.yaml").write_text(to_yaml(LINKED), encoding="utf-8")
    basis = {"gdpr": "6.1.c", "law": "Wet BRP", "article": "3.8 lid 2"}
    write_contract(project / "contracts", contract_content(privacy={"legal_basis": basis}))
    known = agreement("data_sharing")
    (project / "accountability" / "afspraak.yaml").write_text(to_yaml(known), encoding="utf-8")
    (tmp_path / "kapot.yaml").write_text("plan: [", encoding="utf-8")
    return tmp_path


def kinds(rests):
    return [str(item.kind) for item in rests if item.kind not in (RestKind.RULE, RestKind.EDGE)]


ASKED = [
    ("WVW 1994", "18", ["plan", "unread"]),
    ("Wegenverkeerswet 1994", "18 lid 1", ["plan", "unread"]),
    ("WVW 1994", "18 lid 2", ["unread"]),
    ("WVW 1994", "", ["plan", "unread"]),
    ("WVW 1994", "2", ["unread"]),
    ("Wegenwet", "16", ["plan", "agreement", "unread"]),
    ("Wet BRP", "3.8", ["contract", "through_data", "unread"]),
    ("UAVG", "24", ["plan", "unread"]),
    ("Jeugdwet", "7.4.1", ["plan", "unread"]),
    ("Een wet die niemand kent", "1", ["unread"]),
]


@pytest.mark.parametrize(("law", "article", "expected"), ASKED)
def test_what_rests_on_an_article_is_listed(folder, law, article, expected):
    assert kinds(resting_on(law, article, read_tree(folder))) == expected


def test_a_line_leads_to_where_the_article_is_named(folder):
    found = resting_on("Wegenwet", "16", read_tree(folder))

    text = (folder / "straat" / "plan.yaml").read_text(encoding="utf-8").splitlines()
    line = next(item.line for item in found if item.kind is RestKind.PLAN)
    assert "Wegenwet" in "".join(text[line - 1 : line + 5])


def test_rules_and_edges_of_the_engine_are_listed_as_well(folder):
    named = {
        (str(item.kind), item.name) for item in resting_on("Schuldhulpwet", "8d", read_tree(folder))
    }

    assert ("edge", "care - income") in named
    assert ("rule", "national-id.has-a-ground") in {
        (str(item.kind), item.name) for item in resting_on("UAVG", "46", read_tree(folder))
    }


def test_no_difference_between_a_day_and_itself():
    day = date(2026, 12, 1)

    assert differences(day, day, parameters=default_parameters()) == ()


def test_rules_come_and_go_on_their_days():
    coming = rule("a.comes", valid_from=date(2026, 6, 1))(lambda _: ())
    going = rule("a.goes", valid_until=date(2026, 6, 1))(lambda _: ())
    between = partial(differences, parameters=default_parameters(), rules=(coming, going))

    found = {
        item.name: str(item.kind)
        for item in between(date(2026, 1, 1), date(2026, 7, 1))
        if item.kind in (DifferenceKind.RULE_IN, DifferenceKind.RULE_OUT)
    }

    assert found == {"a.comes": "rule_in", "a.goes": "rule_out"}


def test_a_changed_day_and_a_newer_text_are_told():
    found = differences(date(2026, 6, 1), date(2026, 9, 1), parameters=default_parameters())

    told = {(str(item.kind), item.name, item.after) for item in found}
    assert ("day", "ai_high_risk_duties", "2027-12-02") in told
    assert ("law_text", "UAVG", STATUTES["UAVG"].version_read.isoformat()) in told


def test_an_edge_opens_on_its_first_day():
    found = differences(date(2026, 6, 1), date(2026, 7, 1), parameters=default_parameters())

    opened = [item.name for item in found if item.kind is DifferenceKind.EDGE_IN]
    assert "income - work: SUWI art. 62" in opened


def test_what_differs_is_told_in_the_words_of_the_reader():
    found = differences(date(2026, 1, 1), date(2027, 12, 31), parameters=default_parameters())

    told = {one.name: describe_difference(one) for one in found}

    assert told["ai_high_risk_duties"] == "plichten voor AI met een hoog risico"
    edge = next(one for one in found if one.kind is DifferenceKind.EDGE_IN)
    assert edge.law in told[edge.name]
    assert not {str(domain) for domain in edge.domains} & set(told[edge.name].split())


def test_every_setting_and_day_has_its_words():
    for name in (*NAMES, *DATES):
        assert has_sentence(f"policy.setting.{name}")
