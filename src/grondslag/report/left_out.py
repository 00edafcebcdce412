"""What was left out of the delivery and of this report, by which article."""

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from grondslag.documents import ColumnSpec, table_html
from grondslag.report.model import ReportInput
from grondslag.report.standing import Standing
from grondslag.report.words import Voice
from grondslag.wording import number

_PROTECTIONS = {
    "columns": "report.protection-columns",
    "coarsened": "report.protection-coarsened",
    "period": "report.protection-period",
    "area": "report.protection-area",
    "retention": "report.protection-retention",
    "objection": "report.protection-objection",
    "secrecy": "report.protection-secrecy",
    "small_cells": "report.protection-small-cells",
    "suppressed": "report.protection-suppressed",
}


def left_out_html(given: Standing, voice: Voice) -> Markup:
    """A table of what was left out; a count that could point at a person is not told."""
    columns = [
        ColumnSpec("what", voice.say("report.column-left-out")),
        ColumnSpec("dataset", voice.say("report.column-dataset")),
        ColumnSpec("article", voice.say("report.column-article")),
        ColumnSpec("count", voice.say("report.column-number"), numeric=True),
    ]
    rows = list(_rows(given, voice))
    if not rows:
        return Markup("<p>{}</p>").format(voice.say("report.nothing-left-out"))
    return table_html(voice.say("report.left-out-title"), columns, rows, language=given.language)


def withheld_cells(given: ReportInput) -> int:
    """How many cells of this report are not shown; one that stands in two tables counts once."""
    hidden = {
        (figure.dataset, str(figure.scope.where.get("severity", "")), cell.keys)
        for figure in given.figures
        for cell in figure.cells
        if cell.withheld
    }
    return len(hidden)


def _rows(given: Standing, voice: Voice) -> Iterator[dict[str, str]]:
    for table in given.manifest.get("tables", ()):
        title = str(table.get("title", table["name"]))
        for item in table.get("removed", ()):
            count = _count(item["count"], table, given.language, voice)
            code = _PROTECTIONS.get(str(item["protection"]))
            if not count or code is None:
                continue
            column = str(item.get("column", ""))
            yield {
                "what": voice.say(code) + (f" ({column})" if column else ""),
                "dataset": title,
                "article": str(item["provision"]),
                "count": count,
            }


def _count(count: object, table: Mapping[str, Any], language: str, voice: Voice) -> str:
    """A count; empty when nothing was left out."""
    if isinstance(count, Mapping):
        return voice.say("report.fewer-than", minimum=int(table.get("minimum_group", 10)))
    return number(count, language=language) if isinstance(count, int) and count else ""
