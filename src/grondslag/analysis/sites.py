"""Where a measure was taken, which years lie before and after it, and what was counted there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa

from grondslag.analysis.counting import Material, Tally, per_area
from grondslag.analysis.delivered import DeliveredData
from grondslag.analysis.question import AreaQuestion
from grondslag.errors import InputError
from grondslag.plan import TakenMeasure

_NEW_YEAR = (1, 1)


@dataclass(frozen=True, slots=True)
class Sites:
    """Places with a measure, and the whole years on both sides of it.

    Args:
        since: Per area the day the measure began.
        before: First and last whole year before any of them.
        after: First and last whole year after all of them.
    """

    since: Mapping[str, date]
    before: tuple[int, int]
    after: tuple[int, int]

    @property
    def years_before(self) -> int:
        """How many years before."""
        return self.before[1] - self.before[0] + 1

    @property
    def years_after(self) -> int:
        """How many years after."""
        return self.after[1] - self.after[0] + 1

    @property
    def first(self) -> date:
        """The day the first one began."""
        return min(self.since.values())

    @property
    def last(self) -> date:
        """The day the last one began."""
        return max(self.since.values())


def sites_of(delivered: DeliveredData, question: AreaQuestion) -> Sites:
    """The places with the measure that the plan names.

    Args:
        delivered: The delivery.
        question: The question, for its areas and its period.

    Raises:
        InputError: No measure, a column that was not asked, no place with a day, or no whole year
            on one of the sides.
    """
    taken = question.ask.taken
    if taken is None:
        raise InputError("traffic.no-measure")
    since = _since(delivered, taken, question)
    if not since or question.scope.period is None:
        raise InputError("traffic.no-measure-day", dataset=taken.dataset)
    first, last = (date.fromisoformat(day) for day in question.scope.period)
    begin, end = min(since.values()), max(since.values())
    start = first.year if (first.month, first.day) == _NEW_YEAR else first.year + 1
    stop = last.year if (last.month, last.day) == (12, 31) else last.year - 1
    before = (start, begin.year - 1)
    after = (end.year if (end.month, end.day) == _NEW_YEAR else end.year + 1, stop)
    if before[0] > before[1] or after[0] > after[1]:
        raise InputError("traffic.no-years-beside-measure", day=begin)
    return Sites(since, before, after)


def _since(
    delivered: DeliveredData, taken: TakenMeasure, question: AreaQuestion
) -> dict[str, date]:
    need = delivered.plan.need(taken.dataset)
    if need is None or taken.dataset not in delivered.contracts:
        raise InputError("analysis.dataset-not-delivered", dataset=taken.dataset)
    for name in (taken.area, taken.since):
        if need.wants(name) is None:
            raise InputError(
                "analysis.column-not-delivered", dataset=taken.dataset, column=name[:63]
            )
    table = delivered.table(taken.dataset)
    level = question.places.levels[0]
    found: dict[str, date] = {}
    for code, day in zip(
        table[taken.area].to_pylist(), table[taken.since].to_pylist(), strict=True
    ):
        area = question.places.lift(None if code is None else str(code), level)
        if area is None or not isinstance(day, date):
            continue
        on = day.date() if isinstance(day, datetime) else day
        found[area] = min(on, found.get(area, on))  # a second camera in a street changes nothing
    return found


def counted_in(question: AreaQuestion, years: tuple[int, int]) -> Mapping[str, Tally]:
    """Counts per area over whole years.

    Args:
        question: With its rows and the column of the year.
        years: First and last.

    Raises:
        InputError: The plan names no column with the year of a row.
    """
    name = question.ask.period
    if not name:
        raise InputError("traffic.no-year-column")
    table = question.material.table
    wanted = [_year(value) for value in table[name].to_pylist()]
    inside = pa.array([year is not None and years[0] <= year <= years[1] for year in wanted])
    rows: Material = question.material.with_table(table.filter(inside))
    return per_area(rows, question.places, question.places.levels[0])


def _year(value: object) -> int | None:
    if isinstance(value, (date, datetime)):
        return value.year
    text = str(value)[:4] if value is not None else ""
    return int(text) if text.isdigit() else None
