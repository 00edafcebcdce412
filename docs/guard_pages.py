"""The page of the guards, made from each guard, its table of temptations and its sentences.

docs/analysis-guards.md    what is tempting and wrong, what the guard does, what a reader sees
"""

import sys
from pathlib import Path

from grondslag.analysis.guards import GUARDS, Guard, Situation, guarded
from grondslag.wording import sentence

DOCS = Path(__file__).parent
sys.path.insert(0, str(DOCS.parent / "tests"))

from guard_tables import TABLE  # noqa: E402 - after the path: the tables stand with the tests

GUARD_PAGE = DOCS / "analysis-guards.md"
_HEAD = """# What an analysis may not do

<!-- Made by `make docs` from the guards and their tables. Do not edit. -->

Some analyses are tempting and wrong. A guard sees them. It *refuses*: then there is no answer. Or
it *warns*: then its sentence stands in the report, with the answer. One refusal ends no answer: the
months of the whole town stand beside a before-after, which does not rest on them. They are left
out, and the report says why.
"""
_DOES = {"refuse": "refuses", "warn": "warns", "": "says nothing"}


def guard_page() -> str:
    """The page of all guards."""
    return _HEAD + "".join(map(_guard, GUARDS))


def _guard(guard: Guard) -> str:
    where = ", ".join(f"`{name}`" for name in guard.questions) or "every question"
    rows = "".join(_row(guard, *row) for row in TABLE[guard.key])
    return (
        f"\n## {guard.key}\n\nFor {where}. Why: {guard.source}.\n\n"
        f"| the analysis | the guard | what a reader sees |\n|---|---|---|\n{rows}"
    )


def _row(guard: Guard, words: str, situation: Situation, does: str, said: str) -> str:
    english = [
        sentence(one.note.code, language="en", **one.note.fields)
        for one in guarded(situation)
        if one.guard == guard.key
    ]
    shown = "<br>".join([said, *(f"*{text}*" for text in english)]) if said else ""
    return f"| {words} | {_DOES[does]} | {shown} |\n"
