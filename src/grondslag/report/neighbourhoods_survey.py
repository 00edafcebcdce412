"""A survey beside counts on the page: they differ, and why."""

from collections.abc import Iterator

from markupsafe import Markup

from grondslag.analysis import AreaClass, area_class, say, survey_said
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

_CLEAR = (AreaClass.ALMOST_CERTAIN, AreaClass.PROBABLE)
_MOST = 10


def survey_parts(given: ReportInput, voice: Voice) -> Iterator[Part]:
    """What residents answered, beside what was counted; nothing without a survey.

    Args:
        given: The report.
        voice: The language.
    """
    said = survey_said(given.facts, given.figures)
    survey = given.figure("survey")
    if not said or survey is None:
        return
    level = given.facts.parts["fair"]["survey"]["level"]
    counted = given.figure(f"{level}-fair")
    chosen = _chosen(given, survey, counted)
    bodies = [
        _chart(given, survey, chosen, voice),
        _table(given, level, counted, chosen, voice),
    ]
    yield Part(
        voice.say("neighbourhoods.heading-survey"),
        tuple(say(one, language=given.language) for one in said),
        Markup("\n").join(body for body in bodies if body),
    )


def _counted_class(counted: ReleasedFigure | None, cell: ReleasedCell) -> AreaClass:
    beside = counted.cell(*cell.keys) if counted else None
    return AreaClass.NO_ANSWER if beside is None else area_class(beside.derived)


def _chosen(
    given: ReportInput, survey: ReleasedFigure, counted: ReleasedFigure | None
) -> list[ReleasedCell]:
    """The areas asked about, and those that stand out in survey or counts, as the list has them."""
    focus = given.facts.parts["fair"]["survey"]["focus"]
    cells = [cell for cell in survey.cells if "estimate" in cell.derived]
    asked = [cell for cell in cells if cell.keys[0] in focus]
    others = [
        cell
        for cell in cells
        if cell not in asked
        and AreaClass.ALMOST_CERTAIN in (area_class(cell.derived), _counted_class(counted, cell))
    ]
    return [*asked, *others][:_MOST]


def _chart(
    given: ReportInput, survey: ReleasedFigure, cells: list[ReleasedCell], voice: Voice
) -> Markup:
    part = given.facts.parts["fair"]["survey"]
    if not cells or part["town"] is None:
        return Markup("")
    rows = [
        IntervalRow(
            label=given.facts.name(cell.keys[0]),
            low=cell.derived["estimate_low"],
            value=cell.derived["estimate"],
            high=cell.derived["estimate_high"],
            muted=area_class(cell.derived) not in _CLEAR,
        )
        for cell in cells
    ]
    axis = Axis(
        label=voice.say("neighbourhoods.survey-axis"),
        reference=float(part["town"]),
        reference_label=voice.say("neighbourhoods.survey-reference"),
        legend=(
            voice.say("neighbourhoods.survey-clear"),
            voice.say("neighbourhoods.survey-unclear"),
        ),
        digits=0,
        unit="%",
    )
    caption = Caption(
        id="chart-survey",
        title=voice.say("neighbourhoods.survey-title", said=part["said"]),
        description=voice.say("report.chart-words", rows=len(rows)),
        language=given.language,
    )
    chart = interval_chart(rows, axis=axis, caption=caption)
    return figure_html(chart, caption, data=data_address(survey))


def _table(
    given: ReportInput,
    level: str,
    counted: ReleasedFigure | None,
    cells: list[ReleasedCell],
    voice: Voice,
) -> Markup:
    """Survey and counts side by side, in words."""
    columns = [
        ColumnSpec("area", voice.head(level)),
        ColumnSpec("answers", voice.say("neighbourhoods.column-respondents"), numeric=True),
        ColumnSpec("share", voice.say("neighbourhoods.column-survey"), numeric=True),
        ColumnSpec("survey", voice.say("neighbourhoods.column-survey-more")),
        ColumnSpec("counted", voice.say("neighbourhoods.column-counted-more")),
    ]
    rows = [
        {
            "area": given.facts.name(cell.keys[0]),
            "answers": voice.whole(cell.count or 0),
            "share": voice.say(
                "neighbourhoods.percent-range",
                share=round(cell.derived["estimate"]),
                low=round(cell.derived["estimate_low"]),
                high=round(cell.derived["estimate_high"]),
            ),
            "survey": voice.verdict(area_class(cell.derived)),
            "counted": voice.verdict(_counted_class(counted, cell)),
        }
        for cell in cells
    ]
    if not rows:
        return Markup("")
    notes = [voice.say("neighbourhoods.note-survey"), voice.say("report.note-range")]
    caption = voice.say("neighbourhoods.survey-table")
    return table_html(caption, columns, rows, notes, language=given.language)
