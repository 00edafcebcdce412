"""Months beside each other (XmR): which differ by more than months always do, before and after.

A month is judged without its season, so that not every winter stands out. What is not shown is no
month with a low figure and no neighbour of one: with many of those there are no limits to draw.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
from babel import Locale
from babel.dates import format_date
from markupsafe import Markup

from grondslag.documents import (
    Caption,
    ColumnSpec,
    Moment,
    figure_html,
    table_html,
    timeline_chart,
)
from grondslag.methods import Chart, individuals_chart, seasonal_factors
from grondslag.release import ReleasedCell, ReleasedFigure
from grondslag.report.downloads import data_address
from grondslag.report.model import ReportInput
from grondslag.report.part import Part
from grondslag.report.words import Voice

_ENOUGH = 12
"""So many months before the measure at least: limits from fewer are themselves chance."""
_FEW = 0.1
"""Largest share of those months that may be withheld: they are the low ones, so that the middle of
the others lies too high."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """The months without their season, against the limits of those before the measure.

    Args:
        chart: Of the figures without their season.
        factors: Per month how many times the usual it is by its season.
        seasonal: Whether a season was taken off.
    """

    chart: Chart
    factors: npt.NDArray[np.float64]
    seasonal: bool


def month_parts(given: ReportInput, voice: Voice) -> Iterator[Part]:
    """The months of the whole area with their limits; nothing when too few lie before the measure.

    The limits come from the months before the measure: so a lasting change after it stands out.
    Where more than a few of these are withheld, the years stand there without limits, with why.

    Args:
        given: The report.
        voice: The language.
    """
    months, taken = given.figure("months"), given.facts.parts.get("taken")
    if months is None or taken is None:
        return
    cells = sorted(months.cells, key=lambda cell: cell.keys)
    before = [cell for cell in cells if _first(cell) < taken["first"]]
    if len(before) < _ENOUGH:
        return
    name = str(taken["name"])
    years = _per_year(given, cells, voice)
    hidden = sum(cell.count is None for cell in before)
    heading = voice.say("report.heading-months")
    if hidden > _FEW * len(before) or len(before) - hidden < _ENOUGH:
        why = voice.say("report.months-no-limits", name=name, all=len(before), count=hidden)
        yield Part(heading, (why,), years)
        return
    judged = _judged(cells, since=len(before))
    said = [
        voice.say("report.months-how", name=name),
        voice.say("report.months-season" if judged.seasonal else "report.months-no-season"),
    ]
    if hidden:
        said.append(voice.say("report.months-hidden", name=name, count=hidden))
    figure = _figure(given, months, cells, judged, taken, voice)
    yield Part(heading, tuple(said), Markup("\n").join((figure, years)))


def _first(cell: ReleasedCell) -> str:
    """The first day of a month (ISO)."""
    return cell.keys[0].partition("/")[0]


def _days(cell: ReleasedCell) -> float:
    """How many days a month has."""
    first, last = (date.fromisoformat(day) for day in cell.keys[0].split("/"))
    return float((last - first).days + 1)


def _judged(cells: Sequence[ReleasedCell], *, since: int) -> _Judged:
    """All months without their season, against the limits of those before the measure."""
    counts = [cell.count for cell in cells]
    days = [_days(cell) for cell in cells]
    sooner = [*counts[:since], *[None] * (len(counts) - since)]
    swing = seasonal_factors(sooner, days, since=since)  # a strange month after it is no season
    if swing is None:  # too few years before it: those after it have the same seasons
        swing = seasonal_factors(counts, days, since=since)
    factors = np.ones(len(cells)) if swing is None else swing
    steady = [
        None if count is None else float(count / factor)
        for count, factor in zip(counts, factors, strict=True)
    ]
    usual = individuals_chart(steady[:since])
    values = np.array([np.nan if value is None else value for value in steady])
    low = np.full(len(cells), max(0.0, float(usual.low[0])))
    high = np.full(len(cells), float(usual.high[0]))
    return _Judged(Chart(values, usual.centre, low, high), factors, swing is not None)


def _figure(
    given: ReportInput,
    months: ReleasedFigure,
    cells: Sequence[ReleasedCell],
    judged: _Judged,
    taken: Mapping[str, Any],
    voice: Voice,
) -> Markup:
    chart = judged.chart
    low, high = chart.low * judged.factors, chart.high * judged.factors
    strange = chart.outside | chart.in_a_run
    start = next((at for at, cell in enumerate(cells) if _first(cell) >= taken["first"]), -1)
    moments = [
        Moment(
            label=_month(_first(cell), voice),
            value=None if cell.count is None else float(cell.count),
            low=float(low[at]),
            high=float(high[at]),
            stands_out=cell.count is not None and bool(strange[at]),
            breaks=voice.say("report.months-begin", name=taken["name"]) if at == start else "",
        )
        for at, cell in enumerate(cells)
    ]
    names = [moment.label for moment in moments if moment.stands_out]
    period = voice.span((_first(cells[0]), cells[-1].keys[0].rpartition("/")[2]))
    facts = {"unit": voice.unit(given.facts), "period": period}
    caption = Caption(
        id="months",
        title=voice.say("report.months-title", **facts),
        description=voice.say(
            "report.months-words" if names else "report.months-words-none",
            count=len(moments),
            names=names,
        ),
        language=given.language,
    )
    svg = timeline_chart(
        moments, centre=chart.centre, up=voice.say("report.months-up"), caption=caption
    )
    return figure_html(svg, caption, data=data_address(months))


def _month(day: str, voice: Voice) -> str:
    return str(format_date(date.fromisoformat(day), "MMM y", locale=Locale(voice.language)))


def _per_year(given: ReportInput, cells: Sequence[ReleasedCell], voice: Voice) -> Markup:
    """Years as a table: what was counted, and between which months it lay."""
    columns = [
        ColumnSpec("year", voice.say("report.column-year")),
        ColumnSpec("all", voice.say("report.column-together"), numeric=True),
        ColumnSpec("low", voice.say("report.column-lowest-month"), numeric=True),
        ColumnSpec("high", voice.say("report.column-highest-month"), numeric=True),
    ]
    rows = []
    for year in sorted({_first(cell)[:4] for cell in cells}):
        within = [cell for cell in cells if _first(cell).startswith(year)]
        known = [cell.count for cell in within if cell.count is not None]
        whole = len(known) == len(within)
        rows.append(
            {
                "year": year,
                "all": voice.whole(sum(known)) if whole else voice.say("report.months-not-all"),
                "low": voice.whole(min(known)) if known else "",
                "high": voice.whole(max(known)) if known else "",
            }
        )
    caption = voice.say("report.months-table", unit=voice.unit(given.facts))
    return table_html(caption, columns, rows, language=voice.language)
