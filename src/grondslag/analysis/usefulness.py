"""Whether the plan's own question gets the same answer from an anonymous table as from the source.

The question is put twice: once to the delivery, once to the delivery with the anonymous table in
its place. What comes out holds no count: how many areas, and how far rates lie apart at most.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

import pyarrow as pa

from grondslag.analysis.asking import ask
from grondslag.analysis.choices import word_of
from grondslag.analysis.delivered import DeliveredData
from grondslag.analysis.result import AnalysisResult
from grondslag.contracts import Contract
from grondslag.errors import GrondslagError
from grondslag.plan import Analysis, Plan
from grondslag.release import Cell


class Comparable(StrEnum):
    """Whether the answers could be compared."""

    COMPARED = "compared"
    NO_QUESTION = "no_question"
    OTHER_TABLE = "other_table"
    NO_ANSWER_BEFORE = "no_answer_before"
    NO_ANSWER_AFTER = "no_answer_after"
    COARSER_ANSWER = "coarser_answer"


@dataclass(frozen=True, slots=True)
class AnswerUse:
    """How the answer from an anonymous table differs.

    Args:
        comparable: Whether there was anything to compare.
        areas: Areas that have an answer in both.
        changed: Areas of which the conclusion is another, or gone.
        largest: How far rates lie apart at most, as a share of the rate before.
    """

    comparable: Comparable
    areas: int = 0
    changed: int = 0
    largest: float = 0.0

    def to_mapping(self) -> dict[str, Any]:
        """As plain values for a document."""
        return asdict(self) | {"comparable": str(self.comparable)}


@dataclass(frozen=True, slots=True)
class _Instead:
    """A delivery with another table in the place of one of its own."""

    delivered: DeliveredData
    dataset: str
    instead: pa.Table = field(repr=False)

    @property
    def manifest(self) -> Mapping[str, Any]:
        """What was delivered."""
        return self.delivered.manifest

    @property
    def plan(self) -> Plan:
        """The approved plan."""
        return self.delivered.plan

    @property
    def contracts(self) -> Mapping[str, Contract]:
        """The contracts by name."""
        return self.delivered.contracts

    def table(self, dataset: str) -> pa.Table:
        """One table, the anonymous one where it stands in the place of another."""
        return self.instead if dataset == self.dataset else self.delivered.table(dataset)


def answer_use(delivered: DeliveredData, dataset: str, released: pa.Table) -> AnswerUse:
    """Put the plan's question to a delivered table and to what was made of it.

    Args:
        delivered: The delivery.
        dataset: Which of its tables was made anonymous.
        released: The anonymous table.
    """
    analysis = delivered.plan.analysis
    if analysis is None:
        return AnswerUse(Comparable.NO_QUESTION)
    if dataset != analysis.dataset:
        return AnswerUse(Comparable.OTHER_TABLE)
    before = _answered(delivered)
    if before is None:
        return AnswerUse(Comparable.NO_ANSWER_BEFORE)
    plain = _plain(released, delivered.table(dataset), analysis)
    after = None if plain is None else _answered(_Instead(delivered, dataset, plain))
    if after is None:
        return AnswerUse(Comparable.NO_ANSWER_AFTER)
    if after.facts.answer_level != before.facts.answer_level:
        return AnswerUse(Comparable.COARSER_ANSWER)
    return _compared(_answers(before), _answers(after))


def _answered(delivered: DeliveredData) -> AnalysisResult | None:
    """The answer; None when the question cannot be put, or nothing could be compared."""
    try:
        result = ask(delivered)
    except GrondslagError:
        return None
    return result if _answers(result) else None


def _answers(result: AnalysisResult) -> Mapping[str, Cell]:
    """Per area its numbers, at the level the answer rests on; those too small to show left out."""
    name = f"{result.facts.answer_level}-{result.facts.primary}"
    for figure in result.figures:
        if figure.id == name:
            return {
                cell.keys[0]: cell
                for cell in figure.cells
                if cell.count is not None and (cell.group or 0) >= figure.minimum
            }
    return {}


def _compared(before: Mapping[str, Cell], after: Mapping[str, Cell]) -> AnswerUse:
    changed = sum(
        area not in after or word_of(cell.derived) is not word_of(after[area].derived)
        for area, cell in before.items()
    )
    both = [area for area in before if area in after]
    rates = [(before[area].derived.get("rate"), after[area].derived.get("rate")) for area in both]
    apart = [abs(now - was) / was for was, now in rates if was and now is not None]
    largest = round(max(apart, default=0.0), 2)
    return AnswerUse(Comparable.COMPARED, len(both), changed, largest)


def _plain(released: pa.Table, source: pa.Table, asked: Analysis) -> pa.Table | None:
    """The released columns as an analysis expects them; None when one it needs became coarser.

    A coarser number or day is a text; a coarser area is a code the analysis itself knows or not.
    """
    columns = {}
    for name in released.column_names:
        column = released.column(name)
        if pa.types.is_dictionary(column.type):
            column = column.cast(column.type.value_type)
        is_used = name in (asked.area, asked.period, asked.severity)
        if is_used and _is_text(column.type) != _is_text(source.schema.field(name).type):
            return None
        columns[name] = column
    return pa.table(columns)


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))
