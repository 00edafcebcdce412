"""What else was delivered, beside the answer: a few sentences and one table per source."""

from dataclasses import dataclass

from markupsafe import Markup

from grondslag.analysis import (
    ContextFigure,
    ContextTable,
    area_class,
    exposure_at,
    said_beside,
    say,
)
from grondslag.documents import ColumnSpec, table_html
from grondslag.release import ReleasedFigure
from grondslag.report.model import ReportInput
from grondslag.report.words import Voice

_GROWN, _OLD = 18, 65
"""Children and older people run more risk in traffic: only their share is shown."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A source beside the answer: its name, what it says, its table."""

    heading: str
    said: tuple[str, ...]
    body: Markup


@dataclass(frozen=True, slots=True)
class _Table:
    """Columns after the first, and the cells under them per area."""

    columns: list[ColumnSpec]
    rows: dict[str, dict[str, str]]


def beside_html(given: ReportInput, voice: Voice) -> list[Beside]:
    """Every table beside the question, also one that may not be shown; nothing without any.

    Args:
        given: The report.
        voice: The language.
    """
    parts = []
    for table in given.facts.context:
        figure = given.figure(table.figure)
        if figure is None:  # unsafe as a whole: that is said, and nothing of it is shown
            parts.append(Beside(table.title, (voice.say("report.context-not-shown"),), Markup()))
            continue
        said = tuple(
            " ".join(say(one, language=given.language) for one in paragraph)
            for paragraph in said_beside(given.facts, given.figures, table)
        )
        parts.append(Beside(table.title, said, _table(given, ContextFigure(figure, table), voice)))
    return parts


def _table(given: ReportInput, shown: ContextFigure, voice: Voice) -> Markup:
    table = shown.table
    made = {"groups": _groups, "ages": _ages, "amounts": _amounts}[table.kind](given, shown, voice)
    level = voice.level(table.level) if table.level else voice.say("report.whole-city")
    columns = [ColumnSpec("area", level[:1].upper() + level[1:]), *made.columns]
    rows = [{"area": _name(given, code, voice), **cells} for code, cells in made.rows.items()]
    period = voice.span(table.period) if table.period else ""
    if table.kind == "ages":
        caption = voice.say("report.context-ages", level=level)
    elif period:
        caption = voice.say("report.context-period", title=table.title, period=period)
    else:
        caption = table.title
    notes = _notes(given, shown, voice)
    return table_html(caption, columns, rows, notes, language=given.language)


def _groups(given: ReportInput, shown: ContextFigure, voice: Voice) -> _Table:
    """All groups together, the largest one, and what was registered there."""
    columns = [ColumnSpec("total", voice.say("report.column-together"), numeric=True)]
    if len(shown.table.groups) > 1:
        columns.append(ColumnSpec("most", voice.say("report.column-most")))
    compared, beside = _registered(given, shown, voice)
    rows = {}
    for code in shown.areas:
        largest = shown.largest(code)
        most = voice.not_shown(shown.figure)
        if largest:
            name, count = largest[0]
            most = voice.say("report.times", ratio=name.replace("_", " "), range=voice.whole(count))
        rows[code] = {"total": _total(shown, code, voice), "most": most, **beside.get(code, {})}
    return _Table([*columns, *compared], rows)


def _registered(
    given: ReportInput, shown: ContextFigure, voice: Voice
) -> tuple[list[ColumnSpec], dict[str, dict[str, str]]]:
    """Per area what the question counted, and whether that is more than elsewhere."""
    level = shown.table.level
    counts = given.figure(level) if level else None
    if counts is None:
        return [], {}
    columns = [ColumnSpec("registered", _head(voice.unit(given.facts)), numeric=True)]
    exposure = exposure_at(level, {figure.id for figure in given.figures})
    compared = given.figure(f"{level}-{exposure}")
    if compared is not None:
        per = voice.per(exposure)
        columns.append(ColumnSpec("verdict", voice.say("report.column-verdict-per", per=per)))
    rows = {}
    for code in shown.areas:
        cell, other = counts.cell(code), compared.cell(code) if compared else None
        rows[code] = {
            "registered": voice.count(cell, counts) if cell else "",
            "verdict": voice.verdict(area_class(other.derived if other else {})),
        }
    return columns, rows


def _ages(given: ReportInput, shown: ContextFigure, voice: Voice) -> _Table:  # noqa: ARG001 - the three kinds are made alike
    """The share of children and of older people, with their number."""
    bands = {
        group: (first, last)
        for group, (first, last) in shown.bands.items()
        if last < _GROWN or first >= _OLD
    }
    columns = [ColumnSpec("total", voice.say("report.column-residents"), numeric=True)]
    for group, (first, last) in bands.items():
        code = "report.age-from" if shown.is_open(group) else "report.age-between"
        label = voice.say(code, first=first, last=last)
        columns.append(ColumnSpec(group, label, numeric=True))
    rows = {}
    for code in shown.areas:
        whole = shown.total(code)
        rows[code] = {"total": _total(shown, code, voice)} | {
            group: _share(shown.count(code, group), whole, shown.figure, voice) for group in bands
        }
    return _Table(columns, rows)


def _amounts(given: ReportInput, shown: ContextFigure, voice: Voice) -> _Table:
    """What the source counted, what was registered, and the one for every hundred of the other."""
    columns = [ColumnSpec("total", _head(shown.table.counted), numeric=True)]
    counts = given.figure(shown.table.level) if shown.table.level else None
    rates = shown.per_hundred(counts)
    if counts is not None:
        columns.append(ColumnSpec("registered", _head(voice.unit(given.facts)), numeric=True))
        columns.append(ColumnSpec("rate", voice.say("report.column-per-hundred"), numeric=True))
    rows = {}
    for code in shown.areas:
        cell = counts.cell(code) if counts else None
        rows[code] = {
            "total": _total(shown, code, voice),
            "registered": voice.count(cell, counts) if cell and counts else "",
            "rate": voice.whole(rates[code]) if code in rates else "",
        }
    return _Table(columns, rows)


def _total(shown: ContextFigure, code: str, voice: Voice) -> str:
    total = shown.total(code)
    return voice.not_shown(shown.figure) if total is None else voice.whole(total)


def _share(count: int | None, whole: int | None, figure: ReleasedFigure, voice: Voice) -> str:
    if count is None or not whole:
        return voice.not_shown(figure)
    return voice.say("report.share", percent=round(100 * count / whole), count=count)


def _notes(given: ReportInput, shown: ContextFigure, voice: Voice) -> list[str]:
    table: ContextTable = shown.table
    notes = []
    beside = table.kind != "ages" and given.figure(table.level) is not None
    if beside and table.period != given.facts.period:
        facts = {"unit": voice.unit(given.facts), "period": voice.period(given.facts)}
        notes.append(voice.say("report.note-other-period", **facts))
    if table.kind == "groups" and table.persons and len(table.groups) > 1:
        notes.append(voice.say("report.note-groups"))
    if table.left_out:
        notes.append(voice.say("report.note-people-left-out"))
    if table.limits:
        notes.append(voice.theirs(table.limits))
    if any(cell.withheld for cell in shown.figure.cells):
        notes.append(voice.say("report.note-not-shown", minimum=shown.figure.minimum))
    return notes


def _head(words: str) -> str:
    return words[:1].upper() + words[1:]


def _name(given: ReportInput, code: str, voice: Voice) -> str:
    return given.facts.name(code) if code else voice.say("report.whole-city")
