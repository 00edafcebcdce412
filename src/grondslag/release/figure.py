"""A table of counts as an analysis made it: nothing in it is hidden yet."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any

from grondslag.errors import InputError

ALL = "*"
"""The key of a total: over every value of that dimension."""


class Rests(Enum):
    """What somebody can solve a derived number for."""

    CELL = "cell"
    TOTAL = "total"


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
        "mean": Rests.TOTAL,
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
    """

    keys: tuple[str, ...]
    count: int | None
    derived: Mapping[str, float] = field(default_factory=dict)
    exposure: float | None = None
    contributors: int | None = None

    @property
    def is_total(self) -> bool:
        """Whether it adds up other cells."""
        return ALL in self.keys

    @property
    def group(self) -> int | None:
        """How many stand behind it, for the minimum group."""
        return self.count if self.contributors is None else self.contributors


@dataclass(frozen=True, slots=True)
class Figure:
    """A table of counts, to be released or refused.

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

    Raises:
        InputError: Keys and dimensions do not match, a cell stands twice, a count is negative or a
            derived number is not known or no number.
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

    def __post_init__(self) -> None:
        seen: set[tuple[str, ...]] = set()
        for cell in self.cells:
            if len(cell.keys) != len(self.dimensions):
                raise InputError("release.keys-do-not-fit", figure=self.id)
            if cell.keys in seen:
                raise InputError("release.cell-twice", figure=self.id)
            seen.add(cell.keys)
            _check_numbers(self.id, cell)

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
        }

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> "Figure":
        """From the values of `to_mapping`."""
        values = dict(mapping)
        values["scope"] = Scope.from_mapping(values["scope"])
        values["dimensions"] = tuple(values["dimensions"])
        values["cells"] = tuple(
            Cell(**{**cell, "keys": tuple(cell["keys"])}) for cell in values["cells"]
        )
        return cls(**values)


def _cell_mapping(cell: Cell) -> dict[str, Any]:
    return {
        "keys": list(cell.keys),
        "count": cell.count,
        "derived": dict(cell.derived),
        "exposure": cell.exposure,
        "contributors": cell.contributors,
    }


def _check_numbers(figure: str, cell: Cell) -> None:
    for number in (cell.count, cell.contributors):
        if number is not None and (isinstance(number, bool) or number < 0):
            raise InputError("release.no-count", figure=figure)
    for name, value in cell.derived.items():
        if name not in DERIVED:
            raise InputError("release.unknown-derived", figure=figure, name=name[:40])
        if not math.isfinite(value):
            raise InputError("release.no-number", figure=figure, name=name)
