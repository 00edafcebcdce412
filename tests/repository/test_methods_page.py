"""The page of methods: every method stands on it once, is placed rightly, and its examples run."""

import ast
import doctest
import re
from inspect import isfunction
from pathlib import Path

import pytest

from grondslag import methods

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "methods.md"
USED, OTHERS, EXAMPLES = re.split(
    r"^## (?:For analysts|An example of each)$",
    PAGE.read_text(encoding="utf-8"),
    flags=re.MULTILINE,
)
FUNCTIONS = {name for name in methods.__all__ if isfunction(getattr(methods, name))}


def named_in(part):
    """Methods in the first column of a table."""
    rows = re.findall(r"^\| (`[^|]+) \|", part, flags=re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`(\w+)`", row)]


def imported_by_answers():
    """What the rooms that answer and report take from the methods."""
    found = set()
    for room in ("analysis", "report"):
        for path in (ROOT / "src" / "grondslag" / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                    "grondslag.methods"
                ):
                    found |= {one.name for one in node.names}
    return found & FUNCTIONS


def test_every_method_stands_on_the_page_once():
    assert sorted(named_in(USED) + named_in(OTHERS)) == sorted(FUNCTIONS)


def test_what_is_said_to_be_used_by_an_answer_is_and_nothing_else():
    assert set(named_in(USED)) == imported_by_answers()


@pytest.mark.parametrize("name", named_in(OTHERS))
def test_a_method_for_analysts_has_an_example(name):
    assert re.search(rf"\b{name}\(", EXAMPLES)


def test_the_examples_are_true():
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")

    assert tried >= len(named_in(OTHERS))
    assert failed == 0


def test_no_published_effect_on_streets_in_town_has_an_interval_as_the_page_says():
    """Once one has, a report can weigh its own effect against it."""
    town = [one for one in methods.PUBLISHED if one.setting is methods.Setting.TOWN]

    assert town
    assert not any(one.confirmed for one in town)
