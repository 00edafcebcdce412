"""Every rule has its table, its sentences in two languages, and a source that was read."""

import importlib.util
from pathlib import Path

import pytest

from grondslag.policy import RULES, check, describe_finding, describe_rule, describe_sources
from grondslag.policy.describing import describe_change, describe_cost
from grondslag.wording import LANGUAGES
from made_cases import case
from rule_tables import HEADERS

SETTINGS = "settings.are-known"
"""Its table needs other settings: see the data rules."""


def tables():
    """Every table of every theme."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("test_*_rules.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        assert not module.TABLES.keys() & found.keys()
        found |= module.TABLES
    return found


TABLES = tables()


@pytest.fixture(scope="module")
def every_finding():
    """What all rules say of all rows."""
    rows = [row for table in TABLES.values() for row in table]
    return [finding for row in rows for finding in check(case(row[1])).findings]


def test_every_rule_has_a_table_with_a_passing_and_a_failing_row():
    one_sided = [
        rule.id
        for rule in RULES
        if rule.id != SETTINGS
        and {bool(row[2]) for row in TABLES.get(rule.id, ())} != {True, False}
    ]

    assert one_sided == []
    assert sorted(TABLES) == sorted(rule.id for rule in RULES if rule.id != SETTINGS)


def test_every_row_has_its_columns():
    assert all(len(row) == len(HEADERS) for rows in TABLES.values() for row in rows)


def test_every_rule_is_named_once_and_says_what_it_promises():
    ids = [rule.id for rule in RULES]

    assert len(ids) == len(set(ids))
    assert [rule.id for rule in RULES if not rule.promise.endswith(".")] == []


def test_every_provision_was_read():
    assert [rule.id for rule in RULES if not rule.is_confirmed] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_found_is_said_in_plain_words(language, every_finding):
    said = [describe_finding(finding, language=language) for finding in every_finding]
    said += [
        tell(change, language=language)
        for finding in every_finding
        for change in finding.remedies
        for tell in (describe_change, describe_cost)
    ]

    assert said
    assert [text for text in said if "policy." in text or "{" in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_says_on_which_law_it_rests_and_of_which_day(language):
    for rule in RULES:
        sources = describe_sources(rule.provisions, language=language)

        assert sources
        assert len(sources) == max(1, len(rule.provisions))
        assert "policy." not in describe_rule(rule, language=language)


def test_every_sentence_of_the_rules_is_said_by_some_row(every_finding):
    from grondslag.wording import catalogue

    prefixes = {f"policy.{rule.id}." for rule in RULES} | {"policy.special.statistics-only."}
    codes = {code for code in catalogue("policy", "nl") if code.startswith(tuple(prefixes))}

    unsaid = codes - {finding.code for finding in every_finding}
    assert unsaid == {"policy.settings.are-known.missing", "policy.ground.law-was-read.ended"}
