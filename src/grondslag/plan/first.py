"""The plan a project starts with: four answers, and everything else still to be settled.

What somebody does not know is written down in words that the rules know and refuse, never as an
invented fact. So a first plan keeps to the schema, can be judged at once, and is seldom lawful.
"""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from grondslag.vocabulary import Trilean
from grondslag.wording import LANGUAGES, catalogue, sentence

TO_SETTLE = "nog-te-bepalen"
"""Stands where a key must stand: of a purpose, a dataset, and with underscores of a column."""

_LEAST, _MOST = 10, 160  # signs of a title, as the plan's schema has it


@dataclass(frozen=True, slots=True)
class FirstAnswers:
    """What the four questions gave.

    Args:
        problem: Which societal problem.
        know: What exactly we want to know.
        decision: ``what``, ``if_yes``, ``if_no`` and ``decider`` of the decision ahead.
        needed_by: When that decision is taken; None when nobody knows.
        alternatives: Per way without personal data its verdict and the reason.
        proceed: Whether we do this at all, with the reason.
    """

    problem: str
    know: str
    decision: Mapping[str, Any]
    needed_by: date | None
    alternatives: list[dict[str, str]]
    proceed: Mapping[str, Any]


def to_settle(about: str, *, language: str = "nl") -> str:
    """The words for what nobody has settled yet.

    Args:
        about: ``problem``, ``know``, ``decision`` and so on; empty for no thing in particular.
        language: ``nl`` or ``en``.
    """
    if not about:
        return sentence("plan.todo", language=language)
    return sentence(f"plan.todo-{about}", language=language)


def is_to_settle(text: str) -> bool:
    """Whether a text of a plan says that nobody has settled it yet."""
    return text in _open_words() or text in (TO_SETTLE, TO_SETTLE.replace("-", "_"))


def first_plan(
    answers: FirstAnswers, *, key: str, day: date, language: str = "nl"
) -> dict[str, Any]:
    """The content of a first plan.

    Args:
        answers: To the four questions.
        key: Of the project.
        day: Today: the law of this day judges the plan, and without answer it ends today.
        language: Of the words for what is still to be settled.
    """

    def todo(about: str = "") -> str:
        return to_settle(about, language=language)

    until = max(answers.needed_by or day, day).isoformat()
    return {
        "plan": "grondslag/1",
        "id": key,
        "title": title_of(answers.know),
        "date": day.isoformat(),
        "question": {
            "problem": answers.problem,
            "know": answers.know,
            "decision": {**answers.decision, "needed_by": (answers.needed_by or day).isoformat()},
            "proceed": answers.proceed,
        },
        "alternatives": answers.alternatives,
        "purpose": {"key": TO_SETTLE, "text": todo("purpose")},
        "legal_basis": {
            "gdpr": "6.1.e",  # what a public body rests on; the law behind it is what counts
            "law": todo(),
            "article": todo(),
            "task": todo("task"),
        },
        "controller": {
            "body": answers.decision["decider"]["body"],
            "municipality": todo(),
        },
        "data": [
            {
                "dataset": TO_SETTLE,
                "columns": [
                    {
                        "name": TO_SETTLE.replace("-", "_"),
                        "form": "drop",
                        "reason": todo("column"),
                    }
                ],
                "output": "open",
            }
        ],
        "output": {"step": "open", "reasons": {}},
        "individual_decision": str(Trilean.UNCLEAR),
        "access": [{"who": todo(), "why": todo("access")}],
        "rhythm": {"kind": "once"},
        "end_date": until,
        "stop_criterion": todo("stop"),
        "review_date": until,
    }


def title_of(know: str) -> str:
    """The question itself, as far as it fits in a title."""
    short = textwrap.shorten(know, _MOST, placeholder=" …")
    return short if len(short) >= _LEAST else know[:_MOST]


@cache
def _open_words() -> frozenset[str]:
    return frozenset(
        text
        for language in LANGUAGES
        for code, text in catalogue("plan", language).items()
        if code.startswith("plan.todo")
    )
