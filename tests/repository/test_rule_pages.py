"""Every rule is whole: its law was read, two languages, a remedy or none, a table and a page."""

import importlib.util
import re

import pytest

from grondslag.policy import RULES, describe_rule
from grondslag.wording import LANGUAGES
from our_source import ROOT
from spec_tables import TABLES, unknown_rows

SETTINGS = "settings.are-known"
"""Its table needs other settings: see the data rules."""

WITHOUT_REMEDY = {
    "algorithms.forbidden-is-forbidden": "what is forbidden has no way around it",
    "assessment.answers-follow-the-plan": "it tells what it counts itself",
    "necessity.rows-are-limited": "it only asks to look again",
    SETTINGS: "the setting is filled in",
}
"""Rules whose page says that nothing is offered, each with why."""

RULE_PAGES = ROOT / "docs" / "rules"


@pytest.fixture(scope="module")
def pages():
    """The pages as they stand, per rule its own section."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(RULE_PAGES.glob("*.md")))
    parts = re.split(r"^## `([^`]+)`$", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_cites_what_was_read_and_says_it_in_two_languages(rule):
    unread = [str(item) for item in rule.provisions if not item.is_confirmed]

    assert unread == []
    assert all(item.statute.version_read for item in rule.provisions)
    assert len({describe_rule(rule, language=language) for language in LANGUAGES}) == 2


def test_every_table_has_rows_that_pass_and_rows_that_fail():
    one_sided = [
        rule.id
        for rule in RULES
        if rule.id != SETTINGS and {bool(row[2]) for row in TABLES[rule.id]} != {True, False}
    ]

    assert one_sided == []


def test_every_page_of_a_rule_with_its_messages_holds_promise_law_remedy_and_cases(pages):
    apart = unknown_rows()
    rows = {rule: [*TABLES[rule], *apart.get(rule, ())] for rule in TABLES}

    for rule in RULES:
        page = pages.get(rule.id, "")
        told = [describe_rule(rule, language=language) for language in LANGUAGES]
        told += [item.url for item in rule.provisions]
        told += [row[0] for row in rows.get(rule.id, ())]
        assert [text for text in told if text not in page] == [], f"{rule.id}: run make docs"
        assert ("Hier is geen uitweg." in page) == (rule.id in WITHOUT_REMEDY), rule.id


@pytest.fixture(scope="module")
def generator():
    spec = importlib.util.spec_from_file_location("rule_pages", ROOT / "docs" / "rule_pages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_of_the_link_matrix_is_what_the_code_makes(generator):
    page = generator.MATRIX_PAGE.read_text(encoding="utf-8")

    assert page == generator.matrix_page(), "run: make docs"


@pytest.mark.long
def test_the_pages_of_rules_and_their_messages_are_what_the_code_makes(generator):
    stale = [
        path.name
        for path, text in generator.pages().items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]

    assert stale == [], "run: make docs"
