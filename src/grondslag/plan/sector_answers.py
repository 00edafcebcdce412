"""Answers that only some plans give: about employees, and about algorithms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grondslag.vocabulary import AlgorithmUse, CouncilAnswer, Trilean


@dataclass(frozen=True, slots=True)
class WorksCouncil:
    """What the works council said.

    Args:
        answer: Whether it agreed, or an arrangement stands already.
        document: Which decision, or which arrangement; empty when nobody said.
    """

    answer: CouncilAnswer
    document: str


@dataclass(frozen=True, slots=True)
class Algorithm:
    """What a program works out about people, beyond counting.

    Args:
        use: What it is used for.
        learning: Whether it is an AI system: it infers, and was not written out as rules.
        registered: Whether it stands in the national register of algorithms.
        european: Whether its use stands in the European database.
        told: Whether the people it is used on are told.
    """

    use: AlgorithmUse
    learning: Trilean
    registered: Trilean
    european: Trilean
    told: Trilean


def works_council_from(raw: Mapping[str, Any] | None) -> WorksCouncil | None:
    """What the works council said, from a document whose form was checked."""
    if raw is None:
        return None
    return WorksCouncil(CouncilAnswer(raw["answer"]), raw.get("document", ""))


def algorithm_from(raw: Mapping[str, Any] | None) -> Algorithm | None:
    """The algorithm, from a document whose form was checked."""
    if raw is None:
        return None
    answers = {
        name: Trilean(raw.get(name, Trilean.UNCLEAR)) for name in ("registered", "european", "told")
    }
    return Algorithm(use=AlgorithmUse(raw["use"]), learning=Trilean(raw["learning"]), **answers)
