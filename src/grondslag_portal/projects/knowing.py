"""What is known of a project beside its plan: its decision, its lesson, the advice about it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grondslag.approval import ROLE_WORDS
from grondslag.approval.statements import digest
from grondslag.policy.words import plain
from grondslag.project import Step, StepState
from grondslag.vocabulary import SigningRole
from grondslag_portal.projects.models import AdviceStand, Project

_OWNER = ROLE_WORDS[SigningRole.OWNER].code


@dataclass(frozen=True, slots=True)
class Known:
    """What the documents of a project say beside its plan.

    Args:
        decision: The decision in one sentence; empty when there is none.
        lesson: What others can use, as whoever looked back wrote it.
        advice: How the advice of the data protection officer stands.
    """

    decision: str
    lesson: str
    advice: AdviceStand


def known_in(folder: Path, *, plan_sha256: str, states: Iterable[StepState]) -> Known:
    """Read it from the folder of a project.

    Args:
        folder: The documents.
        plan_sha256: Of the plan as it stands: an answer to advice about another does not count.
        states: How each step stands: says whether advice is waited for.
    """
    decided = _content(folder / "decision.json").get("decision", {})
    looked = _content(folder / "review.json").get("review", {})
    advice = _advice(folder, plan_sha256)
    if advice is AdviceStand.NONE and _waits_for_advice(states):
        advice = AdviceStand.ASKED
    return Known(str(decided.get("sentence", "")), str(looked.get("learned", "")), advice)


def said_of(project: Project) -> str:
    """What is looked through: lower case, without accents and signs."""
    return plain(
        f"{project.title} {project.question} {project.purpose} {project.decision} {project.lesson}"
    )


def _waits_for_advice(states: Iterable[StepState]) -> bool:
    """Whether a plan about people is up for signing: without personal data owners sign alone."""
    return any(
        state.step is Step.APPROVAL and item.role.code != _OWNER
        for state in states
        for item in state.waiting
    )


def _advice(folder: Path, plan_sha256: str) -> AdviceStand:
    advice = _content(folder / "approval" / "advice.json")
    if not advice:
        return AdviceStand.NONE
    answer = _content(folder / "approval" / "answer.json")
    about = (answer.get("plan_sha256"), answer.get("advice_sha256"))
    if about != (plan_sha256, digest(advice)):
        return AdviceStand.GIVEN
    return AdviceStand.FOLLOWED if answer["followed"] else AdviceStand.REASONED


def _content(path: Path) -> Mapping[str, Any]:
    """A document that the engine wrote; nothing when it is not there."""
    if not path.is_file():
        return {}
    content: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
