"""Do people drive slower where the measure was taken? Speed changes at once, crashes are rare.

What changed there is set against what changed on other streets in the same time. A street is one
witness before and one after, however many weeks were measured.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from grondslag.analysis.comparing import rounded
from grondslag.analysis.delivered import DeliveredData
from grondslag.analysis.question import AreaQuestion
from grondslag.analysis.sites import Sites
from grondslag.analysis.speeding import Week, measured_weeks
from grondslag.errors import InputError
from grondslag.methods import (
    ClusteredMean,
    change_beside,
    clustered_mean,
    difference_in_differences,
)
from grondslag.release import Cell, Figure, Scope

FIGURE = "speed-change"
_SEVERAL = "difference in differences of v85, clustered by street, wild cluster bootstrap"
_ONE = "change of v85 per week less the mean change of other streets, Student's t (Welch 1947)"


def speed_method(table: Figure | None) -> str:
    """By which method the change was worked out; empty without a change.

    Args:
        table: From `speed_change`.
    """
    cell = next((one for one in table.cells if "change" in one.derived), None) if table else None
    if cell is None:
        return ""
    return _ONE if cell.exposure == 1 else _SEVERAL


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was measured on one street on one side of the measure.

    Args:
        street: Which.
        has_measure: Whether the measure was taken there.
        is_after: Which side.
        v85: Mean of the v85s of its weeks, weighted by vehicles.
        passages: Vehicles.
        weeks: Its weeks.
    """

    street: str
    has_measure: bool
    is_after: bool
    v85: float
    passages: int
    weeks: Sequence[Week]


def speed_change(
    delivered: DeliveredData, question: AreaQuestion, sites: Sites, *, minimum: int
) -> Figure | None:
    """v85 before and after, with and without the measure; None when it cannot be compared.

    Args:
        delivered: The delivery.
        question: The question, for its areas.
        sites: Where the measure was taken, and when.
        minimum: Fewest vehicles behind a number that is shown.

    Raises:
        InputError: The plan does not ask for a column that it names.
    """
    asked = question.ask.speeds
    if asked is None:
        return None
    found = measured_weeks(delivered, asked)
    seen = [
        one
        for street, weeks in found.items()
        for is_after in (False, True)
        if (one := _side(street, weeks, sites, is_after=is_after)) is not None
    ]
    both = {one.street for one in seen if one.is_after} & {
        one.street for one in seen if not one.is_after
    }
    seen = [one for one in seen if one.street in both]
    measured = sorted({one.street for one in seen if one.has_measure})
    try:
        derived = _one_street(seen) if len(measured) == 1 else _several(seen)
    except InputError:  # too few streets or weeks on both sides: nothing can be said of them
        return None
    cells = []
    for has in (True, False):
        for after in (False, True):
            here = [one for one in seen if (one.has_measure, one.is_after) == (has, after)]
            mean = rounded(_mean(here))
            keys = ("measure" if has else "other", "after" if after else "before")
            count = sum(one.passages for one in here)
            more = derived if has and after else {}
            cells.append(Cell(keys, count, {**mean, **more}, float(len(here))))
    first, last = _span([week.monday for weeks in found.values() for week in weeks])
    return Figure(
        id=FIGURE,
        title_code="analysis.title",
        dataset=asked.dataset,
        population="vehicle",
        scope=Scope((first.isoformat(), last.isoformat())),
        dimensions=("streets", "side"),
        cells=tuple(cells),
        minimum=minimum,
    )


def _several(seen: Sequence[_Seen]) -> dict[str, float]:
    """Several streets with the measure: streets are what differs."""
    effect = difference_in_differences(
        [one.v85 for one in seen],
        treated=[one.has_measure for one in seen],
        after=[one.is_after for one in seen],
        sites=[one.street for one in seen],
    )
    faster = effect.p_value / 2 if effect.effect < 0 else 1 - effect.p_value / 2
    return rounded(
        {
            "change": effect.effect,
            "change_low": effect.interval.low,
            "change_high": effect.interval.high,
            "certainty": 1 - faster,
            "stands": 1.0,
        }
    )


def _mean(here: Sequence[_Seen]) -> dict[str, float]:
    """v85 of these streets, with limits: streets differ, of one street its weeks.

    Empty when one week is all there is: a speed without limits is not told.
    """
    try:
        found = (
            _over_weeks(here[0]) if len(here) == 1 else clustered_mean([one.v85 for one in here])
        )
    except InputError:
        return {}
    return {"v85": found.mean, "v85_low": found.interval.low, "v85_high": found.interval.high}


def _over_weeks(seen: _Seen) -> ClusteredMean:
    return clustered_mean([one.v85 for one in seen.weeks], [one.passages for one in seen.weeks])


def _one_street(seen: Sequence[_Seen]) -> dict[str, float]:
    """One street with the measure: its own weeks are what differs."""
    before, after = (
        _over_weeks(next(one for one in seen if one.has_measure and one.is_after is side))
        for side in (False, True)
    )
    others = {one.street for one in seen if not one.has_measure}
    v85 = {(one.street, one.is_after): one.v85 for one in seen}
    changes = [v85[street, True] - v85[street, False] for street in sorted(others)]
    found = change_beside(before, after, clustered_mean(changes))
    return rounded(
        {
            "change": found.difference,
            "change_low": found.interval.low,
            "change_high": found.interval.high,
            "certainty": 1 - found.certainty_higher,
            "stands": 1.0,
        }
    )


def _side(street: str, weeks: Sequence[Week], sites: Sites, *, is_after: bool) -> _Seen | None:
    start = sites.since.get(street)
    border = start or (sites.last if is_after else sites.first)
    here = [one for one in weeks if (one.monday >= border) is is_after]
    size = sum(one.passages for one in here)
    if not size:
        return None
    v85 = sum(one.v85 * one.passages for one in here) / size
    return _Seen(street, start is not None, is_after, v85, size, here)


def _span(days: Sequence[date]) -> tuple[date, date]:
    return min(days), date.fromordinal(max(days).toordinal() + 6)
