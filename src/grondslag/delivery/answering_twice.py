"""The plan's own question, put to rows before and after they were made anonymous.

The rows as they were exist only while a delivery is made, and are never kept. The question itself
belongs to a room above: whoever delivers passes in who can put it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from grondslag.contracts import Contract
from grondslag.delivery.judging import JudgedProject
from grondslag.delivery.sealing import read_table
from grondslag.plan import Plan


class ToldAnswer(Protocol):
    """How an answer fares, ready for a document."""

    def to_mapping(self) -> dict[str, Any]:
        """As plain values."""
        ...


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A delivery that is being made, with the rows of one table as they were.

    Args:
        judged: The project.
        manifest: The tables so far.
        folder: Where they stand.
        dataset: The table of anonymous records.
        before: Its rows before they were made anonymous.
    """

    judged: JudgedProject
    manifest: Mapping[str, Any]
    folder: Path
    dataset: str
    before: pa.Table = field(repr=False)
    _key: bytes = field(repr=False)

    @property
    def plan(self) -> Plan:
        """The approved plan."""
        return self.judged.plan

    @property
    def contracts(self) -> Mapping[str, Contract]:
        """The contracts by name."""
        return self.judged.contracts

    def table(self, dataset: str) -> pa.Table:
        """One table, as it was before any row was made anonymous."""
        if dataset == self.dataset:
            return self.before
        return self.delivered(dataset)

    def delivered(self, dataset: str) -> pa.Table:
        """One table, as it is delivered."""
        return read_table(self.folder / f"{dataset}.parquet", self._key)


PutTwice = Callable[[Unfinished, str, pa.Table], ToldAnswer]
"""Puts the plan's question to a delivery and to it with another table in the place of one."""


def answers_told(unfinished: Unfinished, tables: Sequence[dict[str, Any]], put: PutTwice) -> None:
    """Note in the manifest how the answer fares.

    Args:
        unfinished: The delivery, with the rows as they were.
        tables: Entries of the manifest; that of the anonymous records gets the answer.
        put: Puts the question.
    """
    dataset = unfinished.dataset
    entry = next(one for one in tables if one["name"] == dataset)
    answer = put(unfinished, dataset, unfinished.delivered(dataset)).to_mapping()
    entry["anonymisation"]["answer_use"] = answer_as_told(answer, entry["anonymisation"])


def answer_as_told(answer: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """The same without how far rates lie apart, where that could be worked back to few rows.

    Args:
        answer: How the answer fares; of `AnswerUse.to_mapping`.
        told: How the records were made; of `report_mapping`.
    """
    return dict(answer) if told["suppressed"] is not None else {**answer, "largest": None}
