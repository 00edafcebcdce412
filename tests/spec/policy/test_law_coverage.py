"""The page that says what of the law stands in rules names every rule, and no other."""

import re

from grondslag.policy import RULES
from our_source import ROOT

PAGE = ROOT / "docs" / "law-coverage.md"
NAMED = re.compile(r"`([a-z-]+\.[a-z0-9-]+)`")
NO_RULES = {"law.statutes", "law.tasks", "parameters.yaml", "security.md"}
HEAD = "| provision | rules | left to judgement, and why | not confirmed |"


def rows():
    text = PAGE.read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.startswith("| ") and line != HEAD]


def test_every_rule_stands_on_the_page_and_every_rule_on_the_page_exists():
    named = {name for row in rows() for name in NAMED.findall(row)} - NO_RULES

    ids = {rule.id for rule in RULES}
    assert (sorted(ids - named), sorted(named - ids)) == ([], [])


def test_every_row_has_its_four_columns():
    uneven = [row for row in rows() if row.count("|") != HEAD.count("|")]

    assert uneven == []


def test_a_provision_without_a_rule_says_who_sees_to_it():
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows()]

    assert [row[0] for row in cells if row[1] == "none" and not row[2]] == []
    assert {row[1] == "none" for row in cells} == {True, False}
