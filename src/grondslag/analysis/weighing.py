"""What could help, weighed: crashes to be expected, what others found, and whether it would show.

Everything is computed from released figures. An effect without an interval is told and never used;
a cost that the plan does not give is not known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grondslag.analysis.result import Facts
from grondslag.methods import needed_accidents, power_to_see
from grondslag.methods.published_effects import (
    Measure,
    Outcome,
    PublishedEffect,
    Setting,
    effects_of,
)
from grondslag.plan import MeasureKind
from grondslag.release import ReleasedFigure

_ALL_CRASHES = (Outcome.CRASHES, Outcome.INJURY_CRASHES)
YEARS_AFTER = 3
"""So many years after a measure one looks back, as many as before."""


@dataclass(frozen=True, slots=True)
class _Found:
    """Which published effect counts for a measure in a built-up street, and which is only told.

    Fits is whether it may be reckoned with: it has an interval, and was measured on streets like
    the one that is asked about. Else it is told with its source, and nothing is computed from it.
    """

    measure: Measure
    outcome: Outcome
    fits: bool


_FOUND: Mapping[MeasureKind, _Found] = {
    # The one interval is of cameras at 50 to 90 km/h outside town. In towns studies found 2, 12 and
    # 25 percent fewer, none with an interval; and by the Cochrane review (Wilson and others, 2010,
    # doi:10.1002/14651858.CD004607.pub4) studies differ too much for one mean.
    MeasureKind.FIXED_CAMERA: _Found(Measure.SPEED_CAMERA, Outcome.INJURY_CRASHES, fits=False),
    # Measured on motorways and at 80 km/h: told, but not reckoned with on a street in town.
    MeasureKind.SECTION_CONTROL: _Found(Measure.SECTION_CONTROL, Outcome.CRASHES, fits=False),
    MeasureKind.REDESIGN: _Found(Measure.TRAFFIC_CALMING, Outcome.INJURY_CRASHES, fits=True),
}


@dataclass(frozen=True, slots=True)
class Range:
    """A best estimate between two limits."""

    low: float
    value: float
    high: float


@dataclass(frozen=True, slots=True)
class Option:
    """One measure on one street.

    Args:
        kind: Which.
        effect: What others found; None when we know no source.
        in_town: What was found on streets in town, when nothing there can be reckoned with.
        prevented: Crashes a year fewer; below 0 is more. None when it cannot be worked out.
        power: Probability of seeing it after `YEARS_AFTER` years; None when there is no effect.
        years_needed: After how many years the chance of seeing it is 80%.
        cost: Euros, as the plan says; None when nobody knows.
        cost_source: Who says so.
    """

    kind: MeasureKind
    effect: PublishedEffect | None
    in_town: tuple[PublishedEffect, ...]
    prevented: Range | None
    power: float | None
    years_needed: float | None
    cost: int | None
    cost_source: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """The measures for one street.

    Args:
        area: Code of the street.
        without: Crashes a year to be expected when nothing is done.
        options: In the order of the plan.
    """

    area: str
    without: Range
    options: tuple[Option, ...]


def weighed(facts: Facts, released: Sequence[ReleasedFigure]) -> tuple[Weighed, ...]:
    """The plan's measures on every street asked about that can be compared; else nothing.

    Args:
        facts: Of the analysis.
        released: Its figures, after the gate.
    """
    part = facts.parts.get("measures")
    table = next((one for one in released if one.id == f"{facts.answer_level}-alike"), None)
    if part is None or table is None:
        return ()
    found = []
    for code in facts.answer_areas:
        cell = table.cell(code)
        if cell is None or not {"ratio", "ratio_low", "ratio_high"} <= cell.derived.keys():
            continue
        a_year = cell.derived["expected"] / part["years"]
        names = ("ratio_low", "ratio", "ratio_high")
        without = Range(*(cell.derived[name] * a_year for name in names))
        options = tuple(_option(one, without) for one in part["wanted"])
        found.append(Weighed(code, without, options))
    return tuple(found)


def _option(wanted: Mapping[str, Any], without: Range) -> Option:
    kind = MeasureKind(wanted["kind"])
    entry = _FOUND.get(kind)
    effect = _effect(entry) if entry else None
    prevented, power, years = None, None, None
    if kind is MeasureKind.DO_NOTHING:
        prevented = Range(0.0, 0.0, 0.0)
    elif entry and entry.fits and effect and effect.interval:
        # Both ends of both doubts: at least as wide as the real range.
        most, least = 1 - effect.interval.low, 1 - effect.interval.high
        prevented = Range(
            min(least * without.low, least * without.high),
            (1 - effect.ratio) * without.value,
            most * without.high,
        )
        power = power_to_see(1 - effect.ratio, without.value * YEARS_AFTER)
        years = needed_accidents(1 - effect.ratio) / without.value
    return Option(
        kind, effect, _in_town(entry, effect), prevented, power, years,
        wanted["cost"], wanted["cost_source"],
    )  # fmt: skip


def _effect(entry: _Found) -> PublishedEffect | None:
    """The effect with a known interval when there is one, and the first of its kind otherwise."""
    known = effects_of(entry.measure, entry.outcome)
    return next((one for one in known if one.confirmed and entry.fits), known[0] if known else None)


def _in_town(entry: _Found | None, reckoned: PublishedEffect | None) -> tuple[PublishedEffect, ...]:
    if entry is None or reckoned is None or reckoned.setting is Setting.TOWN:
        return ()
    known = effects_of(entry.measure)
    return tuple(
        one for one in known if one.setting is Setting.TOWN and one.outcome in _ALL_CRASHES
    )
