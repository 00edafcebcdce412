"""Severities over the city, and residents beside traffic: small tables under their sentences."""

from markupsafe import Markup

from grondslag.documents import ColumnSpec, table_html
from grondslag.report.model import ReportInput
from grondslag.report.words import Voice


def severity_html(given: ReportInput, voice: Voice) -> Markup:
    """How serious it was, over the whole city; nothing when that was not released."""
    figure = given.figure("severity")
    if figure is None:
        return Markup("")
    columns = [
        ColumnSpec("severity", voice.say("report.column-severity")),
        ColumnSpec("count", voice.say("report.column-count"), numeric=True),
    ]
    rows = [
        {
            "severity": voice.say("report.and").join(
                given.facts.merged.get(cell.keys[0], cell.keys)
            ),
            "count": voice.count(cell, figure),
        }
        for cell in figure.cells
    ]
    caption = voice.say(
        "report.severity-title",
        unit=voice.unit(given.facts),
        period=voice.period(given.facts),
    )
    said = given.facts.severity_said
    notes = [voice.theirs(said)] if said else []
    return table_html(caption, columns, rows, notes, language=given.language)


def both_html(given: ReportInput, voice: Voice) -> Markup:
    """Per resident and per vehicle-kilometre beside each other; nothing when one is missing."""
    for level in given.facts.levels:
        heads, traffic = given.figure(f"{level}-residents"), given.figure(f"{level}-traffic")
        if heads is None or traffic is None:
            continue
        columns = [
            ColumnSpec("area", voice.head(level)),
            ColumnSpec("heads", voice.say("report.column-heads"), numeric=True),
            ColumnSpec("traffic", voice.say("report.column-traffic"), numeric=True),
        ]
        rows = []
        for cell in heads.cells:
            other = traffic.cell(*cell.keys)
            rows.append(
                {
                    "area": given.facts.name(cell.keys[0]),
                    "heads": _times(cell.derived, voice),
                    "traffic": _times(other.derived if other else {}, voice),
                }
            )
        caption = voice.say("report.both-title", period=voice.period(given.facts))
        return table_html(caption, columns, rows, language=given.language)
    return Markup("")


def _times(derived: dict[str, float] | object, voice: Voice) -> str:
    numbers = derived if isinstance(derived, dict) else {}
    if "ratio" not in numbers:
        return voice.say("report.no-comparison")
    between = voice.interval(numbers.get("ratio_low"), numbers.get("ratio_high"))
    return voice.say("report.times", ratio=voice.decimal(numbers["ratio"]), range=between)
