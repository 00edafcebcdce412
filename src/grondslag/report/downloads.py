"""The released figures as files beside the page: what a table on the page holds, and no digit more.

One file per released table, in a folder beside the page. Every row says of what, over which period,
from which release and by which method its numbers are, so that it can be read without the page.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from grondslag.documents import data_file
from grondslag.release import ALL, ReleasedCell, ReleasedFigure
from grondslag.report.computed import heads_in, methods_in, number_in, version_of
from grondslag.report.model import ReportInput
from grondslag.report.words import PER, Voice

FOLDER = "cijfers"
"""Where the files stand, beside the page."""

_DIGITS = {
    **dict.fromkeys(("above", "above_low", "above_high", "above_elsewhere"), 0),
    **dict.fromkeys(("v85", "v85_low", "v85_high", "v85_elsewhere"), 1),
    **dict.fromkeys(("direct", "direct_low", "direct_high"), 1),
    **dict.fromkeys(("estimate", "estimate_low", "estimate_high"), 1),
    "expected": 0,
    "low": 1,
    "high": 1,
    "certainty": 2,
    "stands": 0,
}
"""Decimals in a file: those of the page. More would tell more than anybody reads."""
_OTHER_DIGITS = 2
_UNSAFE = re.compile(r"[^a-z0-9_-]+")
_FAIR = {
    "fair": "neighbourhoods.data-fair",
    "plain": "neighbourhoods.data-plain",
    "survey": "neighbourhoods.data-survey",
}


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file with the numbers of one released table.

    Args:
        name: Of the file.
        title: Of what it holds, as a reader says it.
        content: CSV.
    """

    name: str
    title: str
    content: str

    @property
    def address(self) -> str:
        """Where it stands, seen from the page."""
        return f"{FOLDER}/{self.name}"


def data_files(given: ReportInput) -> list[DataFile]:
    """A file per released table, in the order in which they were released.

    Args:
        given: The report.
    """
    voice = Voice(given.language)
    return [
        DataFile(data_name(figure), _title(given, figure, voice), _content(given, figure, voice))
        for figure in (*given.figures, *given.noisy, *given.protected)
    ]


def data_name(figure: ReleasedFigure) -> str:
    """The name of the file of a released table: its id, in signs that every system takes."""
    return _UNSAFE.sub("-", figure.id.lower()).strip("-") + ".csv"


def data_address(figure: ReleasedFigure) -> str:
    """Where the file of a released table stands, seen from the page."""
    return f"{FOLDER}/{data_name(figure)}"


def _title(given: ReportInput, figure: ReleasedFigure, voice: Voice) -> str:
    """Dataset and what it is counted by, in the words of the page."""
    tables = given.manifest.get("tables", ())
    titles = {str(table["name"]): str(table.get("title", table["name"])) for table in tables}
    parts = [titles.get(figure.dataset, figure.dataset)]
    parts += [_by(given, figure, name, voice) for name in figure.dimensions]
    kind = figure.id.rpartition("-")[2]
    if kind in PER:
        parts.append(voice.per(kind))
    elif kind in _FAIR:
        parts.append(voice.say(_FAIR[kind]))
    elif not figure.dimensions:
        parts.append(voice.say("report.data-city"))
    elif figure.scope.where:
        parts += [str(value) for value in figure.scope.where.values()]
    return ", ".join(parts)


def _by(given: ReportInput, figure: ReleasedFigure, name: str, voice: Voice) -> str:
    plain = name.removeprefix("by ").replace("_", " ")
    if name == "area":
        beside = {table.figure: table.level for table in given.facts.context}
        level = beside.get(figure.id) or figure.id.partition("-")[0]
        fair = given.facts.parts.get("fair", {})
        if figure.id == "survey":
            level = fair["survey"]["level"]
        known = level in (*given.facts.levels, *fair.get("levels", ())) or figure.id in beside
        return voice.say("report.data-per", name=voice.level(level) if known else plain)
    if name == "period":
        return voice.say("report.data-per", name=voice.say("neighbourhoods.year"))
    if name == "severity":
        return voice.say("report.data-severity")
    if name == "rows":
        return voice.say("report.data-identical")
    if plain.startswith("gap "):
        return voice.say("report.data-gap", name=plain.removeprefix("gap "))
    return voice.say("report.data-by", name=plain)


def _content(given: ReportInput, figure: ReleasedFigure, voice: Voice) -> str:
    """Keys, names of areas, count, numbers from it; then where it all comes from."""
    heads_of = heads_in(figure)
    names = list(heads_of)
    area = figure.dimensions.index("area") if "area" in figure.dimensions else None
    heads = [name.replace("_", " ") for name in figure.dimensions]
    if area is not None:
        heads.append(voice.say("report.data-name"))
    heads += [voice.say(code) for code in heads_of.values()]
    heads += [voice.say("report.data-shown"), *_source(given, figure, voice)]
    rows = [
        [
            *(_key(key, voice) for key in cell.keys),
            *([] if area is None else [given.facts.name(cell.keys[area])]),
            *(_number(cell, name) for name in names),
            voice.say("report.data-yes") if not cell.withheld else voice.not_shown(figure),
            *_source(given, figure, voice).values(),
        ]
        for cell in figure.cells
    ]
    return data_file(heads, rows, language=given.language)


def _key(key: str, voice: Voice) -> str:
    return voice.say("report.noisy-all") if key == ALL else key


def _number(cell: ReleasedCell, name: str) -> float | None:
    """A number as the page gives it; a share of certainty never rounds to what it is not."""
    value = number_in(cell, name)
    if value is None or name == "count":
        return value
    return round(value, _DIGITS.get(name, _OTHER_DIGITS))


def _source(given: ReportInput, figure: ReleasedFigure, voice: Voice) -> dict[str, str]:
    """What every number needs beside it: of what, when, from where, how, and made with what."""
    return {
        voice.say("report.data-dataset"): figure.dataset,
        voice.say("report.data-period"): _period(given, figure, voice),
        voice.say("report.data-release"): given.proof.release,
        voice.say("report.data-method"): "; ".join(
            f"{head}: {method}" for head, method in methods_in(given, figure, voice)
        ),
        voice.say("report.data-version"): version_of(given, figure),
    }


def _period(given: ReportInput, figure: ReleasedFigure, voice: Voice) -> str:
    """Which days it is about; of a register without days, the day it was delivered."""
    if figure.scope.period:
        return voice.span(figure.scope.period)
    return voice.say(
        "report.data-as-delivered", day=datetime.fromisoformat(given.proof.made).date()
    )
