"""A fair comparison on the page: a map, a table, a chart, and what who lives there explains."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from grondslag.analysis import (
    AreaClass,
    area_class,
    groups_said,
    lying_together,
    say,
    seems,
    years_said,
)
from grondslag.analysis.standing import RELEVANT
from grondslag.documents import (
    Area,
    Axis,
    Caption,
    ColumnSpec,
    Hatch,
    IntervalRow,
    MapClass,
    Tint,
    choropleth,
    figure_html,
    interval_chart,
    table_html,
)
from grondslag.release import ReleasedCell, ReleasedFigure
from grondslag.report.areas import area_row
from grondslag.report.downloads import data_address
from grondslag.report.model import ReportInput
from grondslag.report.part import Part
from grondslag.report.words import Voice

_MORE = round(100 * (RELEVANT - 1))
"""So many percent more at least: what the certainty of a verdict is about."""
_MOST_ROWS = 14
_MOST_OTHERS = 6
_WORDS = {
    AreaClass.ALMOST_CERTAIN: "neighbourhoods.class-almost-certain",
    AreaClass.PROBABLE: "neighbourhoods.class-probable",
    AreaClass.UNCLEAR: "neighbourhoods.class-unclear",
    AreaClass.PROBABLY_NOT: "neighbourhoods.class-probably-not",
    AreaClass.NO_ANSWER: "neighbourhoods.class-no-answer",
}
_LOOKS = (
    (AreaClass.ALMOST_CERTAIN, Tint.HIGH, Hatch.NONE),
    (AreaClass.PROBABLE, Tint.SOMEWHAT_HIGH, Hatch.RISING),
    (AreaClass.UNCLEAR, Tint.MIDDLE, Hatch.NONE),
    (AreaClass.PROBABLY_NOT, Tint.SOMEWHAT_LOW, Hatch.DOTS),
)
_CLEAR = (AreaClass.ALMOST_CERTAIN, AreaClass.PROBABLE)


def level_parts(given: ReportInput, voice: Voice) -> Iterator[Part]:
    """Map, table and chart per level, the finest first: that is where the question is.

    Args:
        given: The report.
        voice: The language.
    """
    for level in reversed(given.facts.parts["fair"]["levels"]):
        counts = given.figure(level)
        if counts is None:
            continue
        compared = given.figure(f"{level}-fair")
        heading = voice.say("neighbourhoods.heading-level", level=voice.level(level))
        if compared is None:
            yield Part(heading, (), _table(given, level, counts, None, voice))
            continue
        bodies = [
            _map(given, level, compared, voice),
            _table(given, level, counts, compared, voice),
            _chart(given, level, compared, voice),
        ]
        yield Part(heading, (), Markup("\n").join(body for body in bodies if body))


def group_parts(given: ReportInput, voice: Voice) -> Iterator[Part]:
    """What taking account of who lives there changes; nothing when there are no groups.

    Args:
        given: The report.
        voice: The language.
    """
    said = groups_said(given.facts, given.figures)
    level = given.facts.answer_level
    fair, plain = given.figure(f"{level}-fair"), given.figure(f"{level}-plain")
    if not said or fair is None or plain is None:
        return
    sentences = tuple(say(one, language=given.language) for one in said)
    heading = voice.say("neighbourhoods.heading-groups")
    yield Part(heading, sentences, _both(given, level, fair, plain, voice))


def year_parts(given: ReportInput, voice: Voice) -> Iterator[Part]:
    """The years beside each other, with what keeps some apart; nothing when nothing does.

    Args:
        given: The report.
        voice: The language.
    """
    said = years_said(given.facts)
    figure = given.figure("years")
    if not said:
        return
    sentences = tuple(say(one, language=given.language) for one in said)
    body = Markup("") if figure is None else _years(given, figure, voice)
    yield Part(voice.say("neighbourhoods.heading-years"), sentences, body)


def _years(given: ReportInput, figure: ReleasedFigure, voice: Voice) -> Markup:
    """A table of the years; those that belong together say so."""
    columns = [
        ColumnSpec("year", voice.say("neighbourhoods.column-year")),
        ColumnSpec("count", voice.say("report.column-count-margin"), numeric=True),
        ColumnSpec("together", voice.say("neighbourhoods.column-stretch")),
    ]
    stretches = given.facts.parts["fair"]["stretches"]
    rows = []
    for cell in figure.cells:
        year = int(cell.keys[0])
        first, last = next(one for one in stretches if one[0] <= year <= one[1])
        count = voice.count(cell, figure)
        if not cell.withheld:
            count = voice.say("report.times", ratio=count, range=voice.whole_range(cell.derived))
        together = voice.span((f"{first}-01-01", f"{last}-12-31"))
        rows.append({"year": cell.keys[0], "count": count, "together": together})
    caption = voice.say("neighbourhoods.years-table", what=_what(given))
    return table_html(caption, columns, rows, [], language=given.language)


def _what(given: ReportInput) -> str:
    return str(given.facts.parts["fair"]["counted"])


def _name(given: ReportInput, code: str, voice: Voice) -> str:
    """The name of an area, marked when its population is an estimate."""
    name = given.facts.name(code)
    if code in given.facts.parts["fair"]["imputed"]:
        return voice.say("neighbourhoods.imputed-name", area=name)
    return name


def _word(klass: AreaClass, voice: Voice) -> str:
    return voice.say(_WORDS[klass])


def _map(given: ReportInput, level: str, compared: ReleasedFigure, voice: Voice) -> Markup:
    shapes = given.facts.geometry
    if not compared.cells or not all(cell.keys[0] in shapes for cell in compared.cells):
        return Markup("")
    # An area without a number stands on the map too: a hole in the town would look like water.
    found = lying_together(given.facts, given.figures)
    groups = found.groups if found and found.level == level else ()
    grouped = {cell.keys[0] for group in groups for cell in group}
    areas = []
    for code, shape in shapes.items():
        cell = compared.cell(code)
        klass = AreaClass.NO_ANSWER if cell is None else area_class(cell.derived)
        key = None if klass is AreaClass.NO_ANSWER else klass.name
        together = code in grouped
        name = given.facts.name(code)
        areas.append(Area(code, name, shape, key, marked=together, ringed=together))
    classes = [
        MapClass(klass.name, _word(klass, voice), tint, hatch) for klass, tint, hatch in _LOOKS
    ]
    caption = Caption(
        id=f"map-{level}",
        title=voice.say(
            "neighbourhoods.map-title",
            level=voice.level(level),
            what=_what(given),
            period=voice.period(given.facts),
        ),
        description=_in_words(given, compared, voice),
        language=given.language,
    )
    nothing = _word(AreaClass.NO_ANSWER, voice)
    return figure_html(
        choropleth(areas, classes=classes, no_answer=nothing, caption=caption),
        caption,
        data=data_address(compared),
    )


def _in_words(given: ReportInput, compared: ReleasedFigure, voice: Voice) -> str:
    """What the map shows, for who cannot see it."""
    said = []
    for klass, _, _ in _LOOKS:
        cells = [cell for cell in compared.cells if area_class(cell.derived) is klass]
        names = [given.facts.name(cell.keys[0]) for cell in cells]
        if names:
            said.append(voice.say("report.map-words", words=_word(klass, voice), names=names))
    return " ".join(said) or _word(AreaClass.NO_ANSWER, voice)


def _focus(given: ReportInput, level: str) -> Sequence[str]:
    focus: Sequence[str] = given.facts.parts["fair"]["focus"].get(level, ())
    return focus


def _chosen(given: ReportInput, level: str, compared: ReleasedFigure) -> list[ReleasedCell]:
    """Those asked about, the few that stand out surest, and those that only seem to."""
    cells = [cell for cell in compared.cells if "ratio" in cell.derived]
    # In the order of the list of areas, not of the outcome: this is no league table.
    asked = [cell for cell in cells if cell.keys[0] in _focus(given, level)]
    others = [cell for cell in cells if cell not in asked]
    if len(cells) > _MOST_ROWS:
        seeming = seems(given.facts, given.figures) if level == given.facts.answer_level else ()
        clear = [cell for cell in others if area_class(cell.derived) in _CLEAR]
        clear.sort(key=lambda cell: -cell.derived["certainty"])
        kept = {cell.keys[0] for cell in clear[:_MOST_OTHERS]} | set(seeming)
        others = [cell for cell in others if cell.keys[0] in kept]
    return asked + others


def _chart(given: ReportInput, level: str, compared: ReleasedFigure, voice: Voice) -> Markup:
    cells = _chosen(given, level, compared)
    if not cells:
        return Markup("")
    focus = _focus(given, level)
    grouped = 0 < sum(cell.keys[0] in focus for cell in cells) < len(cells)
    heads = {True: voice.say("report.chart-asked"), False: voice.say("report.chart-others")}
    rows = [
        IntervalRow(
            label=_name(given, cell.keys[0], voice),
            low=cell.derived["ratio_low"],
            value=cell.derived["ratio"],
            high=cell.derived["ratio_high"],
            group=heads[cell.keys[0] in focus] if grouped else None,
            muted=area_class(cell.derived) not in _CLEAR,
        )
        for cell in cells
    ]
    axis = Axis(
        label=voice.say("neighbourhoods.chart-axis"),
        reference=1.0,
        reference_label=voice.say("neighbourhoods.chart-reference"),
        ends=(voice.say("neighbourhoods.chart-less"), voice.say("neighbourhoods.chart-more")),
        legend=(
            voice.say("neighbourhoods.survey-clear"),
            voice.say("neighbourhoods.survey-unclear"),
        ),
        logarithmic=True,
        digits=2,
    )
    some = len(cells) < len(compared.cells)
    caption = Caption(
        id=f"chart-{level}",
        title=voice.say(
            "neighbourhoods.chart-title-some" if some else "neighbourhoods.chart-title",
            what=_what(given),
            period=voice.period(given.facts),
        ),
        description=voice.say(
            "report.chart-words-asked" if grouped else "report.chart-words", rows=len(rows)
        ),
        language=given.language,
    )
    chart = interval_chart(rows, axis=axis, caption=caption)
    return figure_html(chart, caption, data=data_address(compared))


def _table(
    given: ReportInput,
    level: str,
    counts: ReleasedFigure,
    compared: ReleasedFigure | None,
    voice: Voice,
) -> Markup:
    """Every area, in the order of the list: what was counted, what was to be expected."""
    columns = [
        ColumnSpec("area", voice.head(level)),
        ColumnSpec("count", voice.say("report.column-count-margin"), numeric=True),
    ]
    if compared is not None:
        columns += [
            ColumnSpec("expected", voice.say("report.column-expected"), numeric=True),
            ColumnSpec("ratio", voice.say("report.column-ratio-margin"), numeric=True),
            ColumnSpec("verdict", voice.say("neighbourhoods.column-verdict", percent=_MORE)),
        ]
    focus = _focus(given, level)
    cells = sorted(counts.cells, key=lambda cell: cell.keys[0] not in focus)
    rows = [
        area_row(_name(given, cell.keys[0], voice), cell, counts, compared, voice) for cell in cells
    ]
    caption = voice.say(
        "neighbourhoods.table-title",
        level=voice.level(level),
        what=_what(given),
        period=voice.period(given.facts),
    )
    return table_html(
        caption, columns, rows, _notes(given, counts, compared, voice), language=given.language
    )


def _notes(
    given: ReportInput, counts: ReleasedFigure, compared: ReleasedFigure | None, voice: Voice
) -> list[str]:
    part = given.facts.parts["fair"]
    notes = []
    if compared is not None:
        equal = any(figure.id.endswith("-plain") for figure in given.figures)
        expected = "neighbourhoods.note-expected" if equal else "neighbourhoods.note-expected-plain"
        notes = [
            voice.say(expected),
            voice.say("neighbourhoods.note-ratio"),
            voice.say("report.note-range"),
            voice.say("neighbourhoods.note-words"),
        ]
    if part["imputed"]:
        notes.append(voice.say("neighbourhoods.note-imputed", base=part["base"]))
    if any(cell.withheld for cell in counts.cells):
        notes.append(voice.say("report.note-not-shown", minimum=counts.minimum))
    return notes


def _both(
    given: ReportInput, level: str, fair: ReleasedFigure, plain: ReleasedFigure, voice: Voice
) -> Markup:
    """The areas asked about, and those of which the conclusion changes, in both ways."""
    columns = [
        ColumnSpec("area", voice.head(level)),
        ColumnSpec("plain", voice.say("neighbourhoods.column-plain")),
        ColumnSpec("fair", voice.say("neighbourhoods.column-fair")),
    ]
    rows = []
    for cell in fair.cells:
        beside = plain.cell(*cell.keys)
        if beside is None or "ratio" not in cell.derived or "ratio" not in beside.derived:
            continue
        one, other = area_class(beside.derived), area_class(cell.derived)
        asked = cell.keys[0] in _focus(given, level)
        if asked or (one in _CLEAR) != (other in _CLEAR) or other is AreaClass.ALMOST_CERTAIN:
            rows.append(
                {
                    "area": _name(given, cell.keys[0], voice),
                    "plain": _said_of(beside, voice),
                    "fair": _said_of(cell, voice),
                }
            )
    if not rows:
        return Markup("")
    return table_html(
        voice.say("neighbourhoods.groups-table"), columns, rows, [], language=given.language
    )


def _said_of(cell: ReleasedCell, voice: Voice) -> str:
    return voice.say(
        "report.times",
        ratio=voice.decimal(cell.derived["ratio"]),
        range=voice.verdict(area_class(cell.derived)),
    )
