"""Statements as `compile` makes them: text without values, and the values bound in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement and the values bound in it."""

    sql: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Compiled:
    """The statements that make a table: per scan what is counted, kept and who is in it."""

    counts: tuple[Statement, ...]
    kept: tuple[Statement, ...]
    people: tuple[Statement, ...]
    result: Statement
    output: Statement

    @property
    def in_order(self) -> tuple[Statement, ...]:
        """All of them, in the order in which they run."""
        return (*self.counts, *self.kept, *self.people, self.result, self.output)
