"""The claim of residents in three, where it is most certainly worse, and speed in a picture."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from grondslag.analysis import (
    StandingOut,
    Statement,
    area_class,
    claims,
    said_of_reason,
    said_of_speeds,
    say,
    standing_out,
)
from grondslag.analysis.choices import AreaClass
from grondslag.analysis.statements import level as plural
from grondslag.documents import (
    Axis,
    Caption,
    ColumnSpec,
    IntervalRow,
    figure_html,
    interval_chart,
    table_html,
)
from grondslag.release import ReleasedCell, ReleasedFigure
from grondslag.report.downloads import data_address
from grondslag.report.model import ReportInput
from grondslag.report.part import Part
from grondslag.report.words import Voice

_MOST_OTHERS = 6


def claim_parts(given: ReportInput, voice: Voice) -> Iterator[Part]:
    """The three questions with their three answers, as one table per street asked about.

    Args:
        given: The report.
        voice: The language.
    """
    tables = [_claim_table(given, code, voice) for code in given.facts.asked]
    body = Markup("\n").join(one for one in tables if one)
    if body:
        yield Part(
            voice.say("traffic.heading-claims"),
            (voice.say("traffic.claims-intro"),),
            body,
            leads=True,
        )


def _claim_table(given: ReportInput, code: str, voice: Voice) -> Markup:
    rows = [
        {
            "question": say(one.question, language=voice.language),
            "word": voice.say(one.word.value if one.word else "traffic.not-measured"),
            "rests": say(one.rests_on, language=voice.language),
        }
        for one in claims(given.facts, given.figures, code)
    ]
    if not rows:
        return Markup("")
    columns = [
        ColumnSpec("question", voice.say("traffic.column-question")),
        ColumnSpec("word", voice.say("traffic.column-answer")),
        ColumnSpec("rests", voice.say("traffic.column-rests-on")),
    ]
    caption = voice.say("traffic.claims-title", area=given.facts.name(code))
    return table_html(caption, columns, rows, language=voice.language)


def speed_parts(given: ReportInput, voice: Voice) -> Iterator[Part]:
    """How fast it goes, against streets with the same limit; then whether speed is the reason.

    Args:
        given: The report.
        voice: The language.
    """
    part = given.facts.parts.get("speeds", {})
    table = given.figure(str(part.get("figure", "")))
    if table is None:
        return
    chart = Markup("\n").join(_chart(given, table, code, voice) for code in part["asked"])
    said = _said(said_of_speeds(given.facts, given.figures), voice)
    chosen = voice.say("traffic.speeds-chosen")
    yield Part(voice.say("traffic.heading-speeding"), (*said, chosen), chart)
    reason = _said(said_of_reason(given.facts, given.figures), voice)
    yield Part(voice.say("traffic.heading-reason"), reason, Markup(""))


def _chart(given: ReportInput, table: ReleasedFigure, code: str, voice: Voice) -> Markup:
    """The street asked about, and the others with its limit that surely have more speeding."""
    part = given.facts.parts["speeds"]
    limit = part["limit"][code]
    mine = table.cell(code)
    if mine is None or not {"above_low", "above_elsewhere"} <= mine.derived.keys():
        return Markup("")
    others = [
        cell
        for cell in table.cells
        if cell.keys[0] != code
        and part["limit"][cell.keys[0]] == limit
        and "above_low" in cell.derived
        and area_class(cell.derived) is AreaClass.ALMOST_CERTAIN
    ]
    others.sort(key=lambda cell: -cell.derived["above_low"])
    rows = [_row(given, mine, voice.say("report.chart-asked"))]
    group = voice.say("traffic.chart-others")
    rows += [_row(given, cell, group) for cell in others[:_MOST_OTHERS]]
    usual = mine.derived["above_elsewhere"]
    axis = Axis(
        label=voice.say("traffic.chart-axis"),
        reference=usual,
        reference_label=voice.say("traffic.chart-reference", limit=limit),
        digits=0,
        unit="%",
    )
    caption = Caption(
        id=f"speeding-{code.lower()}",
        title=voice.say("traffic.chart-title", limit=limit, period=voice.span(_span(part))),
        description=voice.say("traffic.chart-words", area=given.facts.name(code)),
        language=given.language,
    )
    return figure_html(
        interval_chart(rows, axis=axis, caption=caption), caption, data=data_address(table)
    )


def _span(part: Mapping[str, Any]) -> tuple[str, str]:
    first, last = part["period"]
    return first, last


def _row(given: ReportInput, cell: ReleasedCell, group: str) -> IntervalRow:
    code = cell.keys[0]
    names = given.facts.parts["speeds"]["names"]
    return IntervalRow(
        label=names.get(code, code),
        low=cell.derived["above_low"],
        value=cell.derived["above"],
        high=cell.derived["above_high"],
        group=group,
    )


def where_parts(given: ReportInput, voice: Voice) -> Iterator[Part]:
    """Streets in the order of how sure it is that they have more than their like.

    Args:
        given: The report.
        voice: The language.
    """
    found = standing_out(given.facts, given.figures)
    if found is None:
        return
    level = plural(found.level)
    facts = {"judged": found.judged, "all": found.all_areas, "level": level}
    said = [voice.say("traffic.where-judged", **facts)]
    if not found.cells:
        said.append(voice.say("traffic.where-none"))
        yield Part(voice.say("traffic.heading-where"), tuple(said), Markup(""))
        return
    if found.places:
        said += [voice.say("traffic.where-order"), voice.say("traffic.where-places", **facts)]
    elif len(found.cells) > 1:
        said.append(voice.say("traffic.where-no-order"))
    if found.sure:
        said.append(voice.say("traffic.where-false", count=found.sure))
    columns = [
        ColumnSpec("area", voice.head(found.level)),
        ColumnSpec("word", voice.say("traffic.column-more")),
        ColumnSpec("count", voice.say("traffic.column-registered"), numeric=True),
        ColumnSpec("expected", voice.say("traffic.column-expected"), numeric=True),
        ColumnSpec("ratio", voice.say("traffic.column-ratio"), numeric=True),
    ]
    rows = [
        {
            "area": given.facts.name(cell.keys[0]),
            "word": voice.verdict(area_class(cell.derived)),
            "count": voice.whole(cell.count or 0),
            "expected": voice.whole(round(cell.derived["expected"])),
            "ratio": voice.say(
                "report.times",
                ratio=voice.decimal(cell.derived["ratio"]),
                range=voice.interval(cell.derived["ratio_low"], cell.derived["ratio_high"]),
            ),
            "place": _place(found, cell, voice),
        }
        for cell in found.cells
    ]
    if found.places:
        columns.append(ColumnSpec("place", voice.say("traffic.column-place"), numeric=True))
    caption = voice.say("traffic.where-title", period=voice.period(given.facts))
    notes = [voice.say("traffic.where-not-here", level=level)]
    body = table_html(caption, columns, rows, notes, language=voice.language)
    yield Part(voice.say("traffic.heading-where"), tuple(said), body)


def _place(found: StandingOut, cell: ReleasedCell, voice: Voice) -> str:
    """Between which places an area may stand; empty when there is no order."""
    if cell.keys[0] not in found.places:
        return ""
    low, high = found.places[cell.keys[0]]
    if low == high:
        return voice.whole(low)
    return voice.say("report.range", low=voice.whole(low), high=voice.whole(high))


def _said(said: Sequence[Statement], voice: Voice) -> tuple[str, ...]:
    return tuple(say(one, language=voice.language) for one in said)
