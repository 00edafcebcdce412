"""A table that is safe to show. Only this room makes one."""

from collections.abc import Mapping
from dataclasses import InitVar, asdict, dataclass, replace
from typing import Any

from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.errors import DisclosureRefusedError
from grondslag.release.figure import Scope
from grondslag.release.model_output import ModelMark

_GATE = object()


@dataclass(frozen=True, slots=True)
class ReleasedCell:
    """A cell of a released table; count and derived numbers are gone when it is withheld.

    Args:
        keys: One per dimension.
        count: As shown: rounded where the table says so; None when it is withheld.
        derived: Numbers computed from it.
        exposure: The denominator it is set against.
        amount: What was added up over it; None when it is withheld, or when there is none.
        for_others: Whether the count is withheld to protect others, not for its own sake.
        amount_for_others: The same of the amount.
    """

    keys: tuple[str, ...]
    count: int | None
    derived: Mapping[str, float]
    exposure: float | None
    amount: float | None = None
    for_others: bool = False
    amount_for_others: bool = False

    @property
    def withheld(self) -> bool:
        """Whether its count is not shown: too few stand behind it, or it protects others."""
        return self.count is None

    def to_mapping(self) -> dict[str, Any]:
        """As plain values; what is withheld is not in it."""
        mapping: dict[str, Any] = {
            "keys": list(self.keys),
            "count": self.count,
            "derived": dict(self.derived),
            "exposure": self.exposure,
        }
        # Only where it is so: a release of before this was possible keeps its hash.
        if self.amount is not None:
            mapping["amount"] = self.amount
        for name in ("for_others", "amount_for_others"):
            if getattr(self, name):
                mapping[name] = True
        return mapping


@dataclass(frozen=True, slots=True)
class NoiseMark:
    """That the counts of a table carry noise, and how much (differential privacy).

    Args:
        question: Hash of what was asked.
        epsilon: What it cost, a fraction as text.
        one_in: The promise may fail with a chance of one in so many; 0: never.
        cells_per_person: In so many cells each person was counted at most.
        certainty: In percent, of the margins.
        margin: A count lies within so many of the true one.
        total_margin: The same of the total; 0 without one.
        drawn: The counts as they came out, also below zero: safe to show, and without bias.
    """

    question: str
    epsilon: str
    one_in: int
    cells_per_person: int
    certainty: int
    margin: int
    total_margin: int
    drawn: tuple[int, ...]

    def to_mapping(self) -> dict[str, Any]:
        """As plain values."""
        return {**asdict(self), "drawn": list(self.drawn)}

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> "NoiseMark":
        """From the values of `to_mapping`."""
        return cls(**{**mapping, "drawn": tuple(mapping["drawn"])})


@dataclass(frozen=True, slots=True)
class PerturbationMark:
    """That the counts of a table are off by a little, by the same in every table (cell keys).

    Args:
        most: No count is further off.
        variance: How far counts are off on average, squared.
        none_up_to: No count from 1 up to this is shown.
        certainty: In percent, of the margin.
        margin: A count lies within so many of the true one.
    """

    most: int
    variance: float
    none_up_to: int
    certainty: int
    margin: int

    def to_mapping(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> "PerturbationMark":
        """From the values of `to_mapping`."""
        return cls(**mapping)


@dataclass(frozen=True, slots=True)
class ChangeMark:
    """That the counts of a table are not the true ones, while all sums hold.

    Args:
        change: ``round`` or ``adjust``.
        off: No true count lies further away; 0 when that is not told.
    """

    change: str
    off: int

    def to_mapping(self) -> dict[str, Any]:
        """As plain values."""
        return asdict(self)

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> "ChangeMark":
        """From the values of `to_mapping`."""
        return cls(**mapping)


@dataclass(frozen=True, slots=True)
class ReleasedFigure:
    """A table that passed the gate.

    Args:
        id: Short key, unique within its release.
        title_code: Code of the sentence that is its title.
        dataset: Where the counts come from.
        population: Which units.
        scope: Which rows.
        dimensions: Names of the keys.
        cells: What may be seen, and that the rest is withheld.
        unit: ``rows`` or ``persons``.
        minimum: Smallest group that was shown.
        covers: Whether the cells are all rows of the scope.
        implied_total: Count over the whole scope when it is shown or can be solved for.
        zeros_disclose: Whether zeros were withheld too.
        group: ``count`` when the minimum is about the counts themselves, ``contributors`` when
            it is about distinct persons behind them.
        area_parents: Per area code the code of the area around it.
        fields: Facts for the title.
        gate: The token of this room.
        others_withheld: Whether cells are withheld for the sake of others too: then a withheld
            cell can be of any size.
        noise: When the counts carry noise; None for exact counts.
        measured: What the amounts are; empty for counts alone.
        rounding: Counts are multiples of this.
        tells_all: Whether a cell is withheld also when it holds nearly all of its group: then a
            cell that is withheld for its own sake can be large.
        given_back: Counts of groups that its percentages give back, by their keys.
        perturbed: When the counts are off by the same in every table; None for exact counts.
        changed: When the counts were rounded or adjusted, all together; None for exact counts.
        model: The model that derived numbers rest on, with what was remarked about it.

    Raises:
        DisclosureRefusedError: It is made outside this room.
    """

    id: str
    title_code: str
    dataset: str
    population: str
    scope: Scope
    dimensions: tuple[str, ...]
    cells: tuple[ReleasedCell, ...]
    unit: str
    minimum: int
    covers: bool
    implied_total: int | None
    zeros_disclose: bool
    group: str
    area_parents: Mapping[str, str]
    fields: Mapping[str, Any]
    gate: InitVar[object]
    others_withheld: bool = False
    noise: NoiseMark | None = None
    measured: str = ""
    rounding: int = 1
    tells_all: bool = False
    given_back: tuple[tuple[tuple[str, ...], int], ...] = ()
    perturbed: PerturbationMark | None = None
    changed: ChangeMark | None = None
    model: ModelMark | None = None

    def __post_init__(self, gate: object) -> None:
        if gate is not _GATE:
            raise DisclosureRefusedError("release.not-through-the-gate", figure=self.id)

    def cell(self, *keys: str) -> ReleasedCell | None:
        """The cell with these keys, if the table has it."""
        return next((cell for cell in self.cells if cell.keys == keys), None)

    @property
    def is_exact(self) -> bool:
        """Whether its counts are the true ones; only those can be subtracted from each other."""
        return self.noise is None and self.perturbed is None and self.changed is None

    @property
    def withheld_for_itself(self) -> int:
        """How many cells are not shown, or without their amount, because of their own people."""
        return sum(
            (cell.withheld and not cell.for_others)
            or (self._lacks_amount(cell) and not cell.amount_for_others)
            for cell in self.cells
        )

    @property
    def withheld_for_others(self) -> int:
        """How many more cells are not shown, or without their amount, to protect those."""
        hidden = sum(cell.withheld or self._lacks_amount(cell) for cell in self.cells)
        return hidden - self.withheld_for_itself

    def _lacks_amount(self, cell: ReleasedCell) -> bool:
        return bool(self.measured) and not cell.withheld and cell.amount is None

    def to_mapping(self) -> dict[str, Any]:
        """As plain values; what is withheld is not in it."""
        return {
            **self._where_it_is_so(),
            "id": self.id,
            "title_code": self.title_code,
            "dataset": self.dataset,
            "population": self.population,
            "scope": self.scope.to_mapping(),
            "dimensions": list(self.dimensions),
            "cells": [cell.to_mapping() for cell in self.cells],
            "unit": self.unit,
            "minimum": self.minimum,
            "covers": self.covers,
            "implied_total": self.implied_total,
            "zeros_disclose": self.zeros_disclose,
            "group": self.group,
            "area_parents": dict(self.area_parents),
            "fields": dict(self.fields),
        }

    def _where_it_is_so(self) -> dict[str, Any]:
        """What older tables do not have: left out, so that they keep their hash."""
        values = {
            "others_withheld": self.others_withheld,
            "noise": self.noise.to_mapping() if self.noise else None,
            "measured": self.measured,
            "rounding": self.rounding if self.rounding > 1 else None,
            "tells_all": self.tells_all,
            "given_back": [[list(keys), count] for keys, count in self.given_back],
            "perturbed": self.perturbed.to_mapping() if self.perturbed else None,
            "changed": self.changed.to_mapping() if self.changed else None,
            "model": self.model.to_mapping() if self.model else None,
        }
        return {name: value for name, value in values.items() if value}

    @property
    def sha256(self) -> str:
        """Hash over the canonical content."""
        return sha256_hex(canonical_bytes(self.to_mapping()))


def released_from(mapping: Mapping[str, Any]) -> ReleasedFigure:
    """From the values of `to_mapping`; for this room only, after the values were verified."""
    values = dict(mapping)
    values["scope"] = Scope.from_mapping(values["scope"])
    values["dimensions"] = tuple(values["dimensions"])
    if "noise" in values:
        values["noise"] = NoiseMark.from_mapping(values["noise"])
    if "perturbed" in values:
        values["perturbed"] = PerturbationMark.from_mapping(values["perturbed"])
    if "changed" in values:
        values["changed"] = ChangeMark.from_mapping(values["changed"])
    if "model" in values:
        values["model"] = ModelMark.from_mapping(values["model"])
    values["given_back"] = tuple(
        (tuple(keys), count) for keys, count in values.get("given_back", ())
    )
    values["cells"] = tuple(
        ReleasedCell(**{**cell, "keys": tuple(cell["keys"])}) for cell in values["cells"]
    )
    return ReleasedFigure(**values, gate=_GATE)


def with_model(figure: ReleasedFigure, mark: ModelMark) -> ReleasedFigure:
    """The same table, with the model it rests on; called by `gate` only, after it was judged."""
    return replace(figure, model=mark, gate=_GATE)


def made_by_the_gate(**values: Any) -> ReleasedFigure:
    """A released table; called by `gate` only, after every check."""
    return ReleasedFigure(**values, gate=_GATE)
