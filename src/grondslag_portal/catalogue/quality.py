"""What was measured of a dataset, for its page: a table, a line in time, and what was wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from markupsafe import Markup

from grondslag.anonymise import PatternKind
from grondslag.contracts import LogicalType
from grondslag.documents import Caption
from grondslag.documents.scale import Scale, round_steps, spread_out
from grondslag.documents.svg import SMALL, WIDTH, Canvas, text_width, tidy
from grondslag.quality import Count, Fault, FaultKind
from grondslag.wording import number
from grondslag_portal.catalogue.models import Dataset, Measurement
from grondslag_portal.shared.words import language, words

_MOST_ROWS, _MOST_POINTS = 12, 60
_TOP, _TALL, _LINE = 30.0, 180.0, 17.0
_MISSING = frozenset({FaultKind.NULLS})
_DOUBLE = frozenset({FaultKind.NOT_UNIQUE, FaultKind.IDENTICAL_ROWS})
_OUTSIDE = frozenset({
    FaultKind.TYPE, FaultKind.TOO_LOW, FaultKind.TOO_HIGH, FaultKind.NOT_IN_LIST,
    FaultKind.NOT_AN_AREA, FaultKind.PERSONAL_DATA,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement as a row.

    Args:
        at: When.
        version: Of the contract here.
        counts: Rows, missing, double and outside the contract; empty when it could not be read.
    """

    at: datetime
    version: int
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quality:
    """What was measured of a dataset.

    Args:
        rows: The newest measurements, newest first.
        faults: What was wrong at the newest one, in sentences.
        figure: The line in time; empty with less than two measurements that could be read.
    """

    rows: tuple[Measured, ...]
    faults: tuple[str, ...]
    figure: Markup


def quality_of(dataset: Dataset) -> Quality:
    """What was measured of a dataset, in the language of the reader."""
    found = list(dataset.measurements.all()[:_MOST_POINTS])
    readable = [one for one in reversed(found) if not one.refused]
    return Quality(
        tuple(Measured(one.at, one.version, _counts(one)) for one in found[:_MOST_ROWS]),
        tuple(_fault(one).explain(language=language()) for one in found[0].faults) if found else (),
        _figure(readable) if len(readable) > 1 else Markup(),
    )


def _counts(one: Measurement) -> tuple[str, ...]:
    if one.refused:
        return ()
    sums = [_sum(one, kinds) for kinds in (_MISSING, _DOUBLE, _OUTSIDE)]
    hidden = words("catalogue.rows-hidden")
    rows = hidden if one.rows is None else _said(Count(one.rows, one.is_about))
    return (rows, *(_said(count) for count in sums))


def _sum(one: Measurement, kinds: frozenset[FaultKind]) -> Count:
    counted = [fault for fault in one.faults if fault["kind"] in kinds]
    return Count(
        sum(fault["count"] for fault in counted), any(fault["is_about"] for fault in counted)
    )


def _said(count: Count) -> str:
    return count.say(language=language())


def _fault(told: Mapping[str, Any]) -> Fault:
    return Fault(
        FaultKind(told["kind"]), told["column"], Count(told["count"], told["is_about"]),
        line=told["line"],
        type=LogicalType(told["type"]) if told["type"] else None,
        pattern=PatternKind(told["pattern"]) if told["pattern"] else None,
    )  # fmt: skip


def _figure(measured: Sequence[Measurement]) -> Markup:
    """Values that do not keep the contract, per measurement; colours are those of the page."""
    values = [_sum(one, _MISSING | _DOUBLE | _OUTSIDE) for one in measured]
    days = [date_format(localtime(one.at), "SHORT_DATE_FORMAT") for one in measured]
    caption = Caption(
        id="quality-figure", title=words("catalogue.quality-figure"), language=language(),
        description=words(
            "catalogue.quality-told", first=_said(values[0]), first_day=days[0],
            last=_said(values[-1]), last_day=days[-1],
        ),
    )  # fmt: skip
    canvas = Canvas(caption)
    steps = round_steps(0.0, float(max(count.number for count in values)))
    ticks = [number(step, language=language(), digits=1) for step in steps]
    room = max(text_width(tick, SMALL) for tick in ticks)
    x = Scale(-0.5, len(values) - 0.5, room + 12, WIDTH - 4)
    y = Scale(steps[0], steps[-1], _TOP + _TALL, _TOP)
    canvas.write(0, 14, f"↑ {words('catalogue.quality-axis')}", font_size=SMALL)
    for step, tick in zip(steps, ticks, strict=True):
        at = y.place(step)
        canvas.draw("line", x1=x.left, y1=at, x2=x.right, y2=at, stroke="currentColor",
                    stroke_opacity=0.3)  # fmt: skip
        canvas.write(x.left - 8, at + 4.5, tick, text_anchor="end", font_size=SMALL)
    places = [(x.place(at), y.place(count.number)) for at, count in enumerate(values)]
    path = "L".join(f"{tidy(across)} {tidy(down)}" for across, down in places)
    canvas.draw("path", d=f"M{path}", fill="none", stroke="currentColor", stroke_width=2)
    for across, down in places:
        canvas.draw("circle", cx=across, cy=down, r=4, fill="currentColor")
    widest = max(text_width(day, SMALL) for day in days)
    for at in spread_out([across for across, _ in places], apart=widest + 14):
        middle = min(max(places[at][0], widest / 2), WIDTH - widest / 2)
        canvas.write(middle, _TOP + _TALL + _LINE + 3, days[at], text_anchor="middle",
                     font_size=SMALL)  # fmt: skip
    return canvas.finish(_TOP + _TALL + 2 * _LINE)
