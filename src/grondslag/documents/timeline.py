"""Figures in time with their limits (XmR): which month differs by more than months always do."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grondslag.documents.marks import Kind, Labels, Placed, kind_of, mark_keys, marks
from grondslag.documents.palette import ACCENT, BAND, RULE, SOFT
from grondslag.documents.scale import Scale, round_steps, spread_out
from grondslag.documents.svg import SMALL, WIDTH, Canvas, Caption, text_width, tidy
from grondslag.errors import InputError
from grondslag.wording import number, sentence

_TOP, _TALL = 34.0, 250.0
_LINE = 17.0


@dataclass(frozen=True, slots=True)
class Moment:
    """One figure in time.

    Args:
        label: Of the month or year.
        value: The figure; None when it is not shown: the line is then broken.
        low: Lower limit at this moment.
        high: Upper limit at this moment.
        stands_out: Outside its limits, or in a long run on one side.
        breaks: Something changed before this moment, such as the way of counting: in words. No
            line is drawn across it.

    Raises:
        InputError: The limits are not in order, or not numbers.
    """

    label: str
    value: float | None
    low: float
    high: float
    stands_out: bool = False
    breaks: str = ""

    def __post_init__(self) -> None:
        if not (-math.inf < self.low <= self.high < math.inf):
            raise InputError("documents.not-an-interval")


def timeline_chart(
    moments: Sequence[Moment], *, centre: float, up: str, caption: Caption
) -> Markup:
    """Draw figures in order of time, their middle, and the shaded part where they always lie.

    The axis starts at zero, or lower, and reaches over every figure and limit.

    Args:
        moments: In order of time; at least one.
        centre: Their middle.
        up: What is counted, along the axis.
        caption: Name and description.

    Raises:
        InputError: No moments.
    """
    if not moments:
        raise InputError("documents.empty-figure", figure=caption.id)
    language = caption.language
    canvas = Canvas(caption)
    known = [one.value for one in moments if one.value is not None]
    reach = [0.0, centre, *known, *(one.low for one in moments), *(one.high for one in moments)]
    steps = round_steps(min(reach), max(reach))
    room = max(text_width(number(tick, language=language, digits=2), SMALL) for tick in steps)
    x = Scale(-0.5, len(moments) - 0.5, room + 12, WIDTH - 4)
    y = Scale(steps[0], steps[-1], _TOP + _TALL, _TOP)
    for tick in steps:
        at = y.place(tick)
        canvas.draw("line", x1=x.left, y1=at, x2=x.right, y2=at, stroke=RULE)
        canvas.write(x.left - 8, at + 4.5, number(tick, language=language, digits=2),
                     text_anchor="end", font_size=SMALL)  # fmt: skip
    _band(canvas, moments, x, y)
    at = y.place(centre)
    canvas.draw("line", x1=x.left, y1=at, x2=x.right, y2=at, stroke="currentColor",
                stroke_width=1.5)  # fmt: skip
    _lines(canvas, moments, x, y)
    _months(canvas, moments, x, y.left)
    canvas.write(0, 14, f"↑ {up}", font_size=SMALL)
    below = _points(canvas, moments, x, y)
    return canvas.finish(_key(canvas, moments, centre, below))


def _band(canvas: Canvas, moments: Sequence[Moment], x: Scale, y: Scale) -> None:
    """As far as limits stay the same one piece; they may differ per moment, or after a break."""
    start = 0
    for at in range(1, len(moments) + 1):
        one = moments[start]
        same = at < len(moments) and (moments[at].low, moments[at].high) == (one.low, one.high)
        if same:
            continue
        left, right = x.place(start - 0.5), x.place(at - 0.5)
        top, bottom = y.place(one.high), y.place(one.low)
        canvas.draw("rect", x=left, y=top, width=right - left, height=bottom - top, fill=BAND)
        for edge in (top, bottom):
            canvas.draw("line", x1=left, y1=edge, x2=right, y2=edge, stroke=SOFT, stroke_width=1)
        start = at


def _lines(canvas: Canvas, moments: Sequence[Moment], x: Scale, y: Scale) -> None:
    path, drawing = "", False
    for at, one in enumerate(moments):
        if one.breaks:
            edge = x.place(at - 0.5)
            canvas.draw("line", x1=edge, y1=_TOP, x2=edge, y2=y.left, stroke="currentColor",
                        stroke_width=1.5, stroke_dasharray="2 3")  # fmt: skip
        if one.value is None:
            drawing = False
            continue
        pen = "L" if drawing and not one.breaks else "M"
        path += f"{pen}{tidy(x.place(at))} {tidy(y.place(one.value))}"
        drawing = True
    if path:
        canvas.draw("path", d=path, fill="none", stroke=ACCENT, stroke_width=2)


def _months(canvas: Canvas, moments: Sequence[Moment], x: Scale, base: float) -> None:
    canvas.draw("line", x1=x.left, y1=base, x2=x.right, y2=base, stroke="currentColor")
    widest = max(text_width(one.label, SMALL) for one in moments)
    places = [x.place(at) for at in range(len(moments))]
    for at in spread_out(places, apart=widest + 14):
        canvas.draw("line", x1=places[at], y1=base, x2=places[at], y2=base + 5,
                    stroke="currentColor")  # fmt: skip
        half = text_width(moments[at].label, SMALL) / 2
        middle = min(max(places[at], half), WIDTH - half)
        canvas.write(middle, base + _LINE + 3, moments[at].label, text_anchor="middle",
                     font_size=SMALL)  # fmt: skip


def _points(canvas: Canvas, moments: Sequence[Moment], x: Scale, y: Scale) -> float:
    placed = [
        Placed(one.label, x.place(at), y.place(one.value), kind_of(strong=one.stands_out))
        for at, one in enumerate(moments)
        if one.value is not None
    ]
    marks(canvas, placed)
    labels = Labels(left=x.left, right=WIDTH, top=_TOP - 14, bottom=y.left)
    named = [one for one in placed if one.kind is Kind.STRONG]
    return labels.write(canvas, named, placed, below=_TOP + _TALL + 3 * _LINE)


def _key(canvas: Canvas, moments: Sequence[Moment], centre: float, y: float) -> float:
    language = canvas.caption.language

    def say(code: str, **fields: object) -> str:
        return sentence(code, language=language, **fields)

    y += 4
    canvas.draw("line", x1=0, y1=y, x2=30, y2=y, stroke="currentColor", stroke_width=1.5)
    middle = say("documents.timeline-middle", value=number(centre, language=language, digits=1))
    canvas.write(42, y + 4, middle, font_size=SMALL)
    y += _LINE + 4
    canvas.draw("rect", x=0, y=y - 9, width=30, height=15, fill=BAND, stroke=SOFT)
    canvas.write(42, y + 4, say("documents.timeline-ordinary"), font_size=SMALL)
    if any(one.stands_out for one in moments):
        y = mark_keys(canvas, {Kind.STRONG: say("documents.timeline-stands-out")}, y)
    for one in moments:
        if one.breaks:
            y += _LINE + 4
            canvas.draw("line", x1=15, y1=y - 9, x2=15, y2=y + 7, stroke="currentColor",
                        stroke_width=1.5, stroke_dasharray="2 3")  # fmt: skip
            text = say("documents.timeline-break", label=one.label, reason=one.breaks)
            canvas.write(42, y + 4, text, font_size=SMALL)
    return y + 12
