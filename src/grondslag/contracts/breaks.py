"""From when a dataset is not the same thing as before, as its owner says it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class ToldKind(StrEnum):
    """What changed: how it is put down, what counts as one, or which area it belongs to."""

    REGISTRATION = "registration"
    DEFINITION = "definition"
    BORDERS = "borders"


@dataclass(frozen=True, slots=True)
class ToldBreak:
    """A change in a dataset.

    Args:
        year: The first whole year in which it holds.
        kind: What changed.
        said: The owner's own sentence about it.
    """

    year: int
    kind: ToldKind
    said: str


def breaks_from(raw: Sequence[Mapping[str, Any]]) -> tuple[ToldBreak, ...]:
    """The entries of a contract, in order of year, after their schema was checked."""
    told = [ToldBreak(one["from"], ToldKind(one["kind"]), one["said"]) for one in raw]
    return tuple(sorted(told, key=lambda one: one.year))
