"""What a question about traffic safety may have beside it: measured speeds, and what could help."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class SpeedMeasurements:
    """Speeds as measured per area and week; no vehicle stands by itself in it.

    Args:
        dataset: Name of the dataset.
        area: Column with the code of the area.
        week: Column with the first day of the measuring week.
        passages: Column with how many vehicles passed.
        v85: Column with the speed that 85% stayed under, in km/h.
        above: Column with the percentage above the limit.
        limit: Column with the limit, in km/h.
    """

    dataset: str
    area: str
    week: str
    passages: str
    v85: str
    above: str
    limit: str


class MeasureKind(StrEnum):
    """What could be done about a dangerous street."""

    DO_NOTHING = "do_nothing"
    FIXED_CAMERA = "fixed_camera"
    SECTION_CONTROL = "section_control"
    REDESIGN = "redesign"
    SPEED_DISPLAY = "speed_display"
    MORE_CHECKS = "more_checks"


@dataclass(frozen=True, slots=True)
class PossibleMeasure:
    """A measure that is weighed.

    Args:
        kind: Which.
        cost: Euros over the whole life; None when nobody knows.
        cost_source: Who says so; empty when nobody knows.
    """

    kind: MeasureKind
    cost: int | None = None
    cost_source: str = ""


class ChosenFor(StrEnum):
    """Why places got a measure."""

    FOR_THEIR_COUNTS = "for_their_counts"
    OTHERWISE = "otherwise"


@dataclass(frozen=True, slots=True)
class TakenMeasure:
    """A measure that was taken, and where.

    Args:
        dataset: One row per place with the measure.
        area: Column with the code of its area.
        since: Column with the day it began.
        chosen: Why these places were chosen: it decides which comparison is fair.
        name: What people call the measures, in the plural.
    """

    dataset: str
    area: str
    since: str
    chosen: ChosenFor
    name: str


@dataclass(frozen=True, slots=True)
class MonthlyCounts:
    """Counts of the whole town per month.

    Args:
        dataset: One row per month.
        month: Column with the first day of the month.
        value: Column with the count.
    """

    dataset: str
    month: str
    value: str


def taken_from(raw: Mapping[str, str] | None) -> TakenMeasure | None:
    """The entry of a plan, after its schema was checked."""
    if raw is None:
        return None
    chosen = ChosenFor(raw["chosen"])
    return TakenMeasure(raw["dataset"], raw["area"], raw["since"], chosen, raw["name"])


def monthly_from(raw: Mapping[str, str] | None) -> MonthlyCounts | None:
    """The entry of a plan, after its schema was checked."""
    return None if raw is None else MonthlyCounts(**raw)


def speeds_from(raw: Mapping[str, str] | None) -> SpeedMeasurements | None:
    """The entry of a plan, after its schema was checked."""
    return None if raw is None else SpeedMeasurements(**raw)


def measures_from(raw: Sequence[Mapping[str, Any]]) -> tuple[PossibleMeasure, ...]:
    """The entries of a plan, after its schema was checked."""
    return tuple(
        PossibleMeasure(MeasureKind(one["kind"]), one.get("cost"), one.get("cost_source", ""))
        for one in raw
    )
