"""Do people speed more here than on streets with the same limit? Measured, per week.

A week counts as one measurement, however many vehicles passed in it. What is set beside a street is
the mean of the other streets with its limit, each of them as one.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from grondslag.analysis.comparing import rounded
from grondslag.analysis.delivered import DeliveredData
from grondslag.analysis.places import places_of
from grondslag.errors import InputError
from grondslag.methods import (
    ClusteredMean,
    clustered_difference,
    clustered_mean,
    discoveries,
)
from grondslag.plan import SpeedMeasurements
from grondslag.release import Cell, Figure, Scope

FIGURE = "speeds"
_FEWEST_OTHERS = 5
"""So many other streets with the same limit at least: with fewer there is no usual speed."""
_DAYS = 6
METHODS = {
    "speed": "mean over measuring weeks weighted by vehicles, clustered by week (Cochran 1977)",
    "speeding": "difference with other streets of the same limit (Welch 1947)",
    "several_streets": "Benjamini-Hochberg at 5 percent",
}


@dataclass(frozen=True, slots=True)
class Week:
    """What was measured on one street in one week."""

    monday: date
    passages: int
    v85: float
    above: float
    limit: int


@dataclass(frozen=True, slots=True)
class Speeding:
    """Speeds as a table for the gate, with what about them is no count.

    Args:
        figure: Vehicles per street, with speeds; nothing about crashes.
        facts: Period, limit and names; plain values for `Facts.parts`.
        above: Per street measured the percentage above the limit.
    """

    figure: Figure
    facts: Mapping[str, Any]
    above: Mapping[str, float]


def speeding(delivered: DeliveredData, *, focus: Sequence[str], minimum: int) -> Speeding | None:
    """Every measured street against the others with its limit; None when the plan has no speeds.

    Args:
        delivered: The delivery.
        focus: The streets asked about beforehand.
        minimum: Fewest vehicles behind a street that is shown.

    Raises:
        InputError: The plan does not ask for a column that it names.
    """
    asked = delivered.plan.analysis.speeds if delivered.plan.analysis else None
    if asked is None:
        return None
    need = delivered.plan.need(asked.dataset)
    contract = delivered.contracts.get(asked.dataset)
    if need is None or contract is None:
        raise InputError("analysis.dataset-not-delivered", dataset=asked.dataset)
    weeks = measured_weeks(delivered, asked)
    least = max(minimum, contract.privacy.minimum_group)
    shown = {code: one for code, one in weeks.items() if sum(w.passages for w in one) >= least}
    if not shown:
        return None
    days = sorted(week.monday for one in shown.values() for week in one)
    last = date.fromordinal(days[-1].toordinal() + _DAYS)
    places = places_of(contract, need, asked.area)
    cells = _cells(shown, focus)
    figure = Figure(
        id=FIGURE,
        title_code="analysis.title",
        dataset=contract.name,
        population="vehicle",
        scope=Scope((days[0].isoformat(), last.isoformat())),
        dimensions=("area",),
        cells=cells,
        minimum=least,
        area_parents=places.parents,
    )
    facts = {
        "figure": FIGURE,
        "title": contract.title,
        "period": [days[0].isoformat(), last.isoformat()],
        "limit": {code: one[0].limit for code, one in shown.items()},
        "names": {code: places.name(code) for code in shown},
        "asked": [code for code in focus if code in shown],
        "not_measured": [code for code in focus if code not in shown],
    }
    above = {cell.keys[0]: cell.derived["above"] for cell in cells}
    return Speeding(figure, facts, above)


def measured_weeks(delivered: DeliveredData, asked: SpeedMeasurements) -> dict[str, list[Week]]:
    """Per area its weeks; where the limit changed, those of the newest limit only.

    Args:
        delivered: The delivery.
        asked: Where the plan says that speeds stand.

    Raises:
        InputError: The plan does not ask for a column that it names.
    """
    need = delivered.plan.need(asked.dataset)
    if need is None:
        raise InputError("analysis.dataset-not-delivered", dataset=asked.dataset)
    table: pa.Table = delivered.table(asked.dataset)
    names = (asked.area, asked.week, asked.passages, asked.v85, asked.above, asked.limit)
    for name in names:
        if need.wants(name) is None or name not in table.column_names:
            raise InputError(
                "analysis.column-not-delivered", dataset=asked.dataset, column=name[:63]
            )
    found: dict[str, list[Week]] = {}
    for code, monday, passages, v85, above, limit in zip(
        *(table[name].to_pylist() for name in names), strict=True
    ):
        if code is None or not passages or None in (monday, v85, above, limit):
            continue
        if not (math.isfinite(v85) and math.isfinite(above)):
            continue
        week = Week(monday, int(passages), float(v85), float(above), int(limit))
        found.setdefault(str(code), []).append(week)
    newest = {code: max(weeks, key=lambda one: one.monday).limit for code, weeks in found.items()}
    return {
        code: [one for one in weeks if one.limit == newest[code]] for code, weeks in found.items()
    }


@dataclass(frozen=True, slots=True)
class _Street:
    """A street over its weeks; without an interval when it was measured once."""

    code: str
    weeks: Sequence[Week]

    @property
    def limit(self) -> int:
        return self.weeks[0].limit

    def mean(self, values: Sequence[float]) -> float:
        sizes = [one.passages for one in self.weeks]
        return sum(v * n for v, n in zip(values, sizes, strict=True)) / sum(sizes)

    @property
    def above(self) -> list[float]:
        return [one.above for one in self.weeks]

    @property
    def v85(self) -> list[float]:
        return [one.v85 for one in self.weeks]

    def clustered(self, values: Sequence[float]) -> ClusteredMean | None:
        if len(self.weeks) < 2:
            return None
        return clustered_mean(values, [one.passages for one in self.weeks])


def _cells(weeks: Mapping[str, Sequence[Week]], focus: Sequence[str]) -> tuple[Cell, ...]:
    streets = [_Street(code, weeks[code]) for code in sorted(weeks)]
    rows = [_row(street, streets) for street in streets]
    p_values = [p_value for _, p_value in rows]
    stands = iter(discoveries([p for p in p_values if p is not None]))
    cells = []
    for street, (derived, p_value) in zip(streets, rows, strict=True):
        if p_value is not None:
            derived["stands"] = float(next(stands) or street.code in focus)
        count = sum(one.passages for one in street.weeks)
        cells.append(Cell((street.code,), count, derived, float(len(street.weeks))))
    return tuple(cells)


def _row(street: _Street, streets: Sequence[_Street]) -> tuple[dict[str, float], float | None]:
    """The numbers of one street, and its p-value."""
    derived = {"above": street.mean(street.above), "v85": street.mean(street.v85)}
    above, v85 = street.clustered(street.above), street.clustered(street.v85)
    if above is not None and v85 is not None:
        derived |= {
            "above_low": max(0.0, above.interval.low),
            "above_high": min(100.0, above.interval.high),
            "v85_low": max(0.0, v85.interval.low),
            "v85_high": v85.interval.high,
        }
    others = [one for one in streets if one.limit == street.limit and one is not street]
    if len(others) < _FEWEST_OTHERS:
        return rounded(derived), None
    usual = clustered_mean([one.mean(one.above) for one in others])
    derived["above_elsewhere"] = usual.mean
    derived["v85_elsewhere"] = sum(one.mean(one.v85) for one in others) / len(others)
    if above is None or not above.error + usual.error:
        return rounded(derived), None
    found = clustered_difference(above, usual)
    derived["certainty"] = found.certainty_higher
    return rounded(derived), found.p_value
