"""A table of counts or amounts as an analysis made it: nothing in it is hidden yet."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any

from grondslag.errors import InputError
from grondslag.release.model_output import ModelOutput

ALL = "*"
"""The key of a total: over every value of that dimension."""


_NEAR = 1e-9
LARGEST = 3
"""So many of the largest contributions a cell with an amount must name, when it has them."""


class Rests(Enum):
    """What somebody can solve a derived number for, beside the count it stands next to."""

    CELL = "cell"
    TOTAL = "total"
    GROUP = "group"
    AMOUNT = "amount"


DERIVED: Mapping[str, Rests] = MappingProxyType(
    {
        "low": Rests.CELL,
        "high": Rests.CELL,
        "rate": Rests.CELL,
        "rate_low": Rests.CELL,
        "rate_high": Rests.CELL,
        "expected": Rests.TOTAL,
        "ratio": Rests.TOTAL,
        "ratio_low": Rests.TOTAL,
        "ratio_high": Rests.TOTAL,
        "certainty": Rests.TOTAL,
        "stands": Rests.TOTAL,
        "share": Rests.TOTAL,
        "naive": Rests.TOTAL,
        "naive_low": Rests.TOTAL,
        "naive_high": Rests.TOTAL,
        "beside": Rests.TOTAL,
        "beside_low": Rests.TOTAL,
        "beside_high": Rests.TOTAL,
        "change": Rests.CELL,
        "change_low": Rests.CELL,
        "change_high": Rests.CELL,
        "v85": Rests.CELL,
        "v85_low": Rests.CELL,
        "v85_high": Rests.CELL,
        "v85_elsewhere": Rests.CELL,
        "above": Rests.CELL,
        "above_low": Rests.CELL,
        "above_high": Rests.CELL,
        "above_elsewhere": Rests.CELL,
        "direct": Rests.CELL,
        "direct_low": Rests.CELL,
        "direct_high": Rests.CELL,
        "estimate": Rests.CELL,
        "estimate_low": Rests.CELL,
        "estimate_high": Rests.CELL,
        "percentage": Rests.GROUP,
        "average": Rests.AMOUNT,
    }
)
"""Every derived number we know, and what it gives back. An unknown one is refused."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which rows a table is about.

    Args:
        period: First and last day (ISO), both included; None for all there is.
        area: Code of the area; empty for all there is.
        where: Further restrictions: column to value. ``rows: distinct`` leaves out identical rows.
    """

    period: tuple[str, str] | None = None
    area: str = ""
    where: Mapping[str, str] = field(default_factory=dict)

    def to_mapping(self) -> dict[str, Any]:
        """As plain values for a document."""
        period = list(self.period) if self.period else None
        return {"period": period, "area": self.area, "where": dict(self.where)}

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> "Scope":
        """From the values of `to_mapping`."""
        period = mapping["period"]
        return cls((period[0], period[1]) if period else None, mapping["area"], mapping["where"])


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    Args:
        keys: One per dimension; `ALL` makes it a total over that dimension.
        count: Rows or persons; None when the delivery withheld it.
        derived: Numbers computed from it, by the names in `DERIVED`.
        exposure: The denominator it is set against, a public number.
        contributors: Distinct persons behind a count of rows, when they are known: the minimum
            group is then theirs.
        amount: What is added up over it, such as income; None when nothing is.
        largest: The largest amounts of single persons in it, largest first: three, or one for
            everybody when there are fewer. They judge the cell and never leave the gate.
        smallest: The smallest amount of a single person in it. The rules hold for amounts from zero
            up only: one debt among many incomes hides how much of the cell is one person's.
        judged: What *largest* adds up to for everybody in it, where the amounts of another column
            judge the cell (`Figure.judged_by`); None: the amount itself.
        asking: The largest of the judged amounts of whoever did not agree to be recognisable; -1
            when everybody agreed, None when nobody did.
    """

    keys: tuple[str, ...]
    count: int | None
    derived: Mapping[str, float] = field(default_factory=dict)
    exposure: float | None = None
    contributors: int | None = None
    amount: float | None = None
    largest: tuple[float, ...] = field(default=(), repr=False)
    smallest: float | None = field(default=None, repr=False)
    judged: float | None = field(default=None, repr=False)
    asking: float | None = field(default=None, repr=False)

    @property
    def is_total(self) -> bool:
        """Whether it adds up other cells."""
        return ALL in self.keys

    @property
    def group(self) -> int | None:
        """How many stand behind it, for the minimum group."""
        return self.count if self.contributors is None else self.contributors

    @property
    def total_judged(self) -> float:
        """What `largest` adds up to for everybody in it; 0 without an amount."""
        return (self.amount if self.judged is None else self.judged) or 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A table of counts, perhaps with amounts, to be released or refused.

    Args:
        id: Short key, unique within a release.
        title_code: Code of the sentence that is its title.
        dataset: Name of the dataset the counts come from.
        population: Which of its units are counted; with *dataset* it names the ledger.
        scope: Which rows.
        dimensions: Names; ``area`` and ``period`` nest, others are columns.
        cells: All of them.
        unit: ``rows`` or ``persons``.
        minimum: Smallest group according to the contract; the profile may ask for more.
        covers: Whether the cells together are all rows of the scope.
        total: Count over the whole scope, when derived numbers rest on it.
        zeros_disclose: Whether a zero says something about people; False only when the cell is
            empty by its nature (no residents, no road).
        area_parents: Per area code the code of the area around it, as far as it is needed.
        fields: Facts for the title, no counts.
        measured: What the amounts are, such as ``income``; empty for a table of counts alone.
        judged_by: Whose amounts judge the cells, such as ``turnover`` for a table of energy; empty:
            the amounts themselves.
        told: Dimensions whose values say something about the people of a group, such as ``debt``:
            when nearly all of a group share one value, that is known of each of them.
        within_exposure: Whether everybody counted is one of the exposure, so that the others are a
            group too; False for kilometres, or where one person counts more than once.
        model: The model that derived numbers rest on; None when they follow from the counts.

    Raises:
        InputError: Keys and dimensions do not match, a cell stands twice, a count is negative, a
            derived number is not known or no number, or an amount lacks what judges it.
    """

    id: str
    title_code: str
    dataset: str
    population: str
    scope: Scope
    dimensions: tuple[str, ...]
    cells: tuple[Cell, ...]
    unit: str = "rows"
    minimum: int = 0
    covers: bool = True
    total: int | None = None
    zeros_disclose: bool = True
    area_parents: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Any] = field(default_factory=dict)
    measured: str = ""
    judged_by: str = ""
    told: tuple[str, ...] = ()
    within_exposure: bool = False
    model: ModelOutput | None = None

    def __post_init__(self) -> None:
        if not set(self.told) <= set(self.dimensions):
            raise InputError("release.told-is-no-dimension", figure=self.id)
        seen: set[tuple[str, ...]] = set()
        for cell in self.cells:
            if len(cell.keys) != len(self.dimensions):
                raise InputError("release.keys-do-not-fit", figure=self.id)
            if cell.keys in seen:
                raise InputError("release.cell-twice", figure=self.id)
            seen.add(cell.keys)
            _check_numbers(self.id, cell)
            _check_amount(self, cell)

    @property
    def grand_total(self) -> int | None:
        """The count over the whole scope: as given, or the sum when the cells are everything."""
        if self.total is not None:
            return self.total
        counts = [cell.count for cell in self.cells if not cell.is_total]
        known = [count for count in counts if count is not None]
        return sum(known) if self.covers and len(known) == len(counts) else None

    def to_mapping(self) -> dict[str, Any]:
        """As plain values for a document; holds counts that may not be shown."""
        return {
            "id": self.id,
            "title_code": self.title_code,
            "dataset": self.dataset,
            "population": self.population,
            "scope": self.scope.to_mapping(),
            "dimensions": list(self.dimensions),
            "cells": [_cell_mapping(cell) for cell in self.cells],
            "unit": self.unit,
            "minimum": self.minimum,
            "covers": self.covers,
            "total": self.total,
            "zeros_disclose": self.zeros_disclose,
            "area_parents": dict(self.area_parents),
            "fields": dict(self.fields),
            "measured": self.measured,
            "judged_by": self.judged_by,
            "told": list(self.told),
            "within_exposure": self.within_exposure,
            "model": self.model.to_mapping() if self.model else None,
        }

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> "Figure":
        """From the values of `to_mapping`."""
        values = dict(mapping)
        values["scope"] = Scope.from_mapping(values["scope"])
        values["dimensions"] = tuple(values["dimensions"])
        values["told"] = tuple(values.get("told", ()))
        values["cells"] = tuple(_cell(cell) for cell in values["cells"])
        if values.get("model"):
            values["model"] = ModelOutput.from_mapping(values["model"])
        return cls(**values)


def _cell(mapping: Mapping[str, Any]) -> Cell:
    values = dict(mapping)
    for name in ("keys", "largest"):
        values[name] = tuple(values.get(name, ()))
    return Cell(**values)


def _cell_mapping(cell: Cell) -> dict[str, Any]:
    return {
        "keys": list(cell.keys),
        "count": cell.count,
        "derived": dict(cell.derived),
        "exposure": cell.exposure,
        "contributors": cell.contributors,
        "amount": cell.amount,
        "largest": list(cell.largest),
        "smallest": cell.smallest,
        "judged": cell.judged,
        "asking": cell.asking,
    }


def _check_numbers(figure: str, cell: Cell) -> None:
    for number in (cell.count, cell.contributors):
        # NaN is no whole number: it would pass every comparison.
        if number is not None and (type(number) is not int or number < 0):
            raise InputError("release.no-count", figure=figure)
    for name, value in cell.derived.items():
        if name not in DERIVED:
            raise InputError("release.unknown-derived", figure=figure, name=name[:40])
        if not math.isfinite(value):
            raise InputError("release.no-number", figure=figure, name=name)


def _check_amount(figure: Figure, cell: Cell) -> None:
    """An amount stands beside its count and beside the amounts that judge it."""
    if cell.amount is None:
        if cell.largest or "average" in cell.derived:
            raise InputError("release.no-amount", figure=figure.id)
        return
    if not figure.measured or cell.group is None:
        raise InputError("release.amount-of-nothing", figure=figure.id)
    if cell.smallest is None:
        raise InputError("release.smallest-missing", figure=figure.id)
    if (cell.judged is None) is bool(figure.judged_by):
        raise InputError("release.judged-missing", figure=figure.id)
    asking = 0.0 if cell.asking in (None, -1.0) else cell.asking
    numbers = (cell.amount, cell.total_judged, cell.smallest, asking or 0.0, *cell.largest)
    if not all(math.isfinite(number) and number >= 0 for number in numbers):
        raise InputError("release.negative-amount", figure=figure.id)
    if not _is_judged_by_its_own(cell, cell.group, cell.smallest):
        raise InputError("release.largest-missing", figure=figure.id)
    average = cell.derived.get("average")
    if average is not None and not _is_near(average * (cell.count or 0), cell.amount):
        raise InputError("release.does-not-follow", figure=figure.id, name="average")


def _is_judged_by_its_own(cell: Cell, group: int, smallest: float) -> bool:
    """Whether the amounts that judge a cell can be those of its own people."""
    known, total, amount = cell.largest[:LARGEST], cell.total_judged, cell.amount or 0.0
    slack = max(total, amount) * _NEAR + _NEAR
    if len(known) < min(LARGEST, group) or list(cell.largest) != sorted(cell.largest, reverse=True):
        return False
    first, last = max(known, default=0.0), min(known, default=0.0)
    others = max(group - len(known), 0)
    # Who is not among the largest has at least the smallest amount, and at most the last of them.
    least, most = sum(known) + others * smallest, sum(known) + others * last
    return (
        least - slack <= total <= most + slack
        and smallest <= last + slack
        and group * smallest <= amount + slack
        and (group > 0 or amount <= slack)
        and (cell.asking or 0.0) <= first + slack
    )


def _is_near(one: float, other: float) -> bool:
    return abs(one - other) <= 0.01 * max(abs(one), abs(other), 1.0)
