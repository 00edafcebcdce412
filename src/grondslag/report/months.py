"""Months beside each other (XmR): which differ by more than months always do, before and after."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
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
from grondslag.methods import Chart, individuals_chart
from grondslag.release import ReleasedCell, ReleasedFigure
from grondslag.report.downloads import data_address
from grondslag.report.model import ReportInput
from grondslag.report.part import Part
from grondslag.report.words import Voice

_ENOUGH = 12
"""So many months before the measure at least: limits from fewer are themselves chance."""


def month_parts(given: ReportInput, voice: Voice) -> Iterator[Part]:
    """The months of the whole area with their limits; nothing when too few are shown.

    The limits come from the months before the measure: so a lasting change after it stands out.

    Args:
        given: The report.
        voice: The language.
    """
    months, taken = given.figure("months"), given.facts.parts.get("taken")
    if months is None or taken is None:
        return
    cells = sorted(months.cells, key=lambda cell: cell.keys)
    before = [cell for cell in cells if _first(cell) < taken["first"]]
    chart = _chart(cells, before)
    if chart is None:
        return
    name = str(taken["name"])
    said = (voice.say("report.months-how", name=name),)
    body = Markup("\n").join(
        (
            _figure(given, months, cells, chart, taken, voice),
            _per_year(given, cells, voice),
        )
    )
    yield Part(voice.say("report.heading-months"), said, body)


def _first(cell: ReleasedCell) -> str:
    """The first day of a month (ISO)."""
    return cell.keys[0].partition("/")[0]


def _chart(cells: Sequence[ReleasedCell], before: Sequence[ReleasedCell]) -> Chart | None:
    """All months against the limits of those before; None when too few of them are shown."""
    known = [float(cell.count) for cell in before if cell.count is not None]
    if len(known) < _ENOUGH:
        return None
    usual = individuals_chart(known)
    values = np.array([usual.centre if cell.count is None else cell.count for cell in cells])
    low = np.full(len(cells), max(0.0, float(usual.low[0])))
    return Chart(values, usual.centre, low, np.full(len(cells), float(usual.high[0])))


def _figure(
    given: ReportInput,
    months: ReleasedFigure,
    cells: Sequence[ReleasedCell],
    chart: Chart,
    taken: Mapping[str, Any],
    voice: Voice,
) -> Markup:
    strange = chart.outside | chart.in_a_run
    start = next((at for at, cell in enumerate(cells) if _first(cell) >= taken["first"]), -1)
    moments = [
        Moment(
            label=_month(_first(cell), voice),
            value=None if cell.count is None else float(cell.count),
            low=float(chart.low[at]),
            high=float(chart.high[at]),
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
