"""Areas in a picture and in a table: the same numbers, for eye and ear."""

import math
from collections.abc import Sequence

from markupsafe import Markup

from grondslag.analysis import AreaClass, area_class, exposure_at
from grondslag.documents import (
    Area,
    Axis,
    Caption,
    ColumnSpec,
    IntervalRow,
    choropleth,
    figure_html,
    interval_chart,
    table_html,
)
from grondslag.release import ReleasedCell, ReleasedFigure
from grondslag.report.certainty import CLASSES, certainty_classes
from grondslag.report.downloads import data_address
from grondslag.report.funnels import level_funnel
from grondslag.report.model import ReportInput
from grondslag.report.words import Voice

_MOST_ROWS = 14
_MOST_OTHERS = 6


def areas_html(given: ReportInput, level: str, voice: Voice) -> Markup:
    """Map, chart and table of one level; only the table when there was nothing to compare.

    Args:
        given: The report.
        level: Which level.
        voice: The language.
    """
    counts = given.figure(level)
    if counts is None:
        return Markup("")
    kind = exposure_at(level, {figure.id for figure in given.figures})
    compared = given.figure(f"{level}-{kind}")
    if compared is None:
        return _table(given, level, counts, None, voice, [])
    shown = _chosen(given, compared)
    # The table flows over pages, pictures do not: between them it leaves no holes in print.
    funnel = level_funnel(
        given,
        compared,
        slug=_slug(level),
        level=voice.level(level),
        per=voice.per(kind),
        voice=voice,
    )
    parts = [
        _map(given, level, compared, voice),
        _table(given, level, counts, compared, voice, shown),
        _chart(given, level, compared, shown, voice),
        funnel,
    ]
    if not parts[0]:
        parts = [parts[2], funnel, parts[1]]
    return Markup("\n").join(parts)


def _chosen(given: ReportInput, compared: ReleasedFigure) -> list[ReleasedCell]:
    """All areas when they fit; else those asked about, and the few that stand out surest."""
    cells = [cell for cell in compared.cells if "ratio" in cell.derived]
    # In the order of the list of areas, not of the outcome: this is no league table.
    order = {cell.keys: at for at, cell in enumerate(compared.cells)}
    asked = [cell for cell in cells if cell.keys[0] in given.facts.focus]
    others = [cell for cell in cells if cell not in asked]
    if len(cells) > _MOST_ROWS:
        clear = (AreaClass.ALMOST_CERTAIN, AreaClass.PROBABLE)
        others = [cell for cell in others if area_class(cell.derived) in clear]
        others.sort(key=lambda cell: (clear.index(area_class(cell.derived)), -_chance(cell)))
        others = sorted(others[:_MOST_OTHERS], key=lambda cell: order[cell.keys])
    return asked + others


def _chance(cell: ReleasedCell) -> float:
    return cell.derived["certainty"]


def _map(given: ReportInput, level: str, compared: ReleasedFigure, voice: Voice) -> Markup:
    shapes = given.facts.geometry
    codes = [cell.keys[0] for cell in compared.cells]
    if not codes or not all(code in shapes for code in codes):
        return Markup("")
    areas = [
        Area(
            cell.keys[0],
            given.facts.name(cell.keys[0]),
            shapes[cell.keys[0]],
            _key(area_class(cell.derived)),
            marked=cell.keys[0] in given.facts.focus
            or area_class(cell.derived) is AreaClass.ALMOST_CERTAIN,
        )
        for cell in compared.cells
    ]
    facts = {
        "level": voice.level(level),
        "per": voice.per(_kind(compared)),
        "period": voice.period(given.facts),
    }
    caption = Caption(
        id=f"map-{_slug(level)}",
        title=voice.say("report.map-title", **facts),
        description=_in_words(given, compared, voice),
        language=given.language,
    )
    svg = choropleth(
        areas,
        classes=certainty_classes(voice),
        no_answer=voice.say("report.map-no-answer"),
        caption=caption,
    )
    return figure_html(svg, caption, data=data_address(compared))


def _key(klass: AreaClass) -> str | None:
    return None if klass is AreaClass.NO_ANSWER else klass.name


def _kind(compared: ReleasedFigure) -> str:
    """Against what a table compares: the end of its id."""
    return compared.id.rpartition("-")[2]


def _slug(level: str) -> str:
    return "".join(sign for sign in level.lower() if sign.isascii() and sign.isalnum()) or "level"


def _in_words(given: ReportInput, compared: ReleasedFigure, voice: Voice) -> str:
    """What the map shows, for who cannot see it."""
    said = []
    for klass, _, _ in CLASSES:
        names = [
            given.facts.name(cell.keys[0])
            for cell in compared.cells
            if area_class(cell.derived) is klass
        ]
        if names:
            said.append(voice.say("report.map-words", words=voice.klass(klass), names=names))
    return " ".join(said) or voice.say("report.map-no-answer")


def _chart(
    given: ReportInput,
    level: str,
    compared: ReleasedFigure,
    cells: Sequence[ReleasedCell],
    voice: Voice,
) -> Markup:
    if not cells:
        return Markup("")
    grouped = 0 < sum(cell.keys[0] in given.facts.focus for cell in cells) < len(cells)
    rows = [_interval_row(given, cell, voice, grouped=grouped) for cell in cells]
    per = voice.per(_kind(compared))
    axis = Axis(
        label=voice.say("report.chart-axis", per=per),
        reference=1.0,
        reference_label=voice.say("report.chart-reference"),
        ends=(voice.say("report.chart-less"), voice.say("report.chart-more")),
        legend=(voice.say("report.chart-clear"), voice.say("report.chart-unclear")),
        logarithmic=True,
        digits=2,
    )
    title = "report.chart-title-some" if len(cells) < len(compared.cells) else "report.chart-title"
    caption = Caption(
        id=f"chart-{_slug(level)}",
        title=voice.say(title, level=voice.level(level), per=per, period=voice.period(given.facts)),
        description=voice.say(
            "report.chart-words-asked" if grouped else "report.chart-words", rows=len(rows)
        ),
        language=given.language,
    )
    chart = interval_chart(rows, axis=axis, caption=caption)
    return figure_html(chart, caption, data=data_address(compared))


def _interval_row(
    given: ReportInput, cell: ReleasedCell, voice: Voice, *, grouped: bool
) -> IntervalRow:
    code = cell.keys[0]
    heading = "report.chart-asked" if code in given.facts.focus else "report.chart-others"
    return IntervalRow(
        label=given.facts.name(code),
        low=cell.derived["ratio_low"],
        value=cell.derived["ratio"],
        high=cell.derived.get("ratio_high", math.inf),
        group=voice.say(heading) if grouped else None,
        muted=area_class(cell.derived) is AreaClass.UNCLEAR,
    )


def _table(
    given: ReportInput,
    level: str,
    counts: ReleasedFigure,
    compared: ReleasedFigure | None,
    voice: Voice,
    drawn: Sequence[ReleasedCell],
) -> Markup:
    """Every area when they fit, those of the chart when there are many."""
    columns = [
        ColumnSpec("area", voice.head(level)),
        ColumnSpec("count", voice.say("report.column-count-margin"), numeric=True),
    ]
    if compared is not None:
        columns += [
            ColumnSpec("expected", voice.say("report.column-expected"), numeric=True),
            ColumnSpec("ratio", voice.say("report.column-ratio-margin"), numeric=True),
            ColumnSpec("verdict", voice.say("report.column-verdict")),
        ]
    cells = [cell for cell in counts.cells if not cell.withheld]
    if len(counts.cells) <= 2 * _MOST_ROWS:
        cells = list(counts.cells)
    elif drawn:
        cells = [cell for one in drawn if (cell := counts.cell(*one.keys)) is not None]
    rows = [
        area_row(given.facts.name(cell.keys[0]), cell, counts, compared, voice) for cell in cells
    ]
    caption = voice.say(
        "report.table-title",
        level=voice.level(level),
        unit=voice.unit(given.facts),
        period=voice.period(given.facts),
    )
    left = len(counts.cells) - len(cells)
    notes = _notes(counts, compared, left, voice)
    return table_html(caption, columns, rows, notes, language=given.language)


def _notes(
    counts: ReleasedFigure,
    compared: ReleasedFigure | None,
    left: int,
    voice: Voice,
) -> list[str]:
    notes = []
    if compared is not None:
        kind = _kind(compared)
        notes.append(voice.say("report.note-expected", per=voice.per(kind)))
        if kind == "alike":
            notes.append(voice.say("report.note-alike"))
        notes.append(voice.say("report.note-range"))
        notes.append(voice.say("report.note-words"))
    if left:
        hidden = sum(cell.withheld for cell in counts.cells)
        notes.append(
            voice.say("report.note-left", count=left, hidden=hidden, minimum=counts.minimum)
        )
    elif any(cell.withheld for cell in counts.cells):
        notes.append(voice.say("report.note-not-shown", minimum=counts.minimum))
    return notes


def area_row(
    name: str,
    cell: ReleasedCell,
    counts: ReleasedFigure,
    compared: ReleasedFigure | None,
    voice: Voice,
) -> dict[str, str]:
    """One area in a table: what was counted, what was to be expected, and how sure that differs.

    Args:
        name: What people call the area.
        cell: Its count.
        counts: The table that the count is from.
        compared: The same areas beside what was to be expected; None when nothing was.
        voice: The language.
    """
    other = compared.cell(*cell.keys) if compared is not None else None
    derived = other.derived if other is not None else {}
    nothing = "" if cell.withheld else voice.say("report.no-comparison")
    expected, ratio = derived.get("expected"), derived.get("ratio")
    count = voice.count(cell, counts)
    if not cell.withheld:
        count = voice.say("report.times", ratio=count, range=voice.whole_range(cell.derived))
    times = ""
    if ratio is not None:
        between = voice.interval(derived.get("ratio_low"), derived.get("ratio_high"))
        times = voice.say("report.times", ratio=voice.decimal(ratio), range=between)
    return {
        "area": name,
        "count": count,
        "expected": nothing if expected is None else voice.whole(expected),
        "ratio": times,
        "verdict": "" if cell.withheld else voice.verdict(area_class(derived)),
    }
