"""The interval chart: one line per estimate, as long as its doubt, against a marked reference."""

import math
from collections.abc import Container, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grondslag.documents.palette import ACCENT, RULE, SOFT
from grondslag.documents.scale import Scale, log_steps, round_steps
from grondslag.documents.svg import SMALL, WIDTH, Canvas, Caption, broken, fixed, text_width
from grondslag.errors import InputError
from grondslag.wording import number, sentence

_LINE = 17.0
_ROW = 32.0
_LABEL_ROOM = 190.0
_GAP = 18.0


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One estimate.

    Args:
        label: What it is of.
        low: Lower limit of its range.
        value: Best estimate.
        high: Upper limit; ``inf`` is drawn as an arrow that leaves the chart.
        group: Heading above this row and those after it with the same heading.
        muted: Held back: dashed, grey, open. For an estimate that misleads or may be chance.

    Raises:
        InputError: Limits and estimate are not in order, or not numbers.
    """

    label: str
    low: float
    value: float
    high: float
    group: str | None = None
    muted: bool = False

    def __post_init__(self) -> None:
        if not (-math.inf < self.low <= self.value <= self.high and self.value < math.inf):
            raise InputError("documents.not-an-interval")


@dataclass(frozen=True, slots=True)
class Axis:
    """What the estimates are measured on.

    Args:
        label: The unit in words.
        reference: Where the marked line stands, such as 1 for "as often as elsewhere".
        reference_label: What that line means, in words.
        ends: Words for the two sides of it: below, above.
        legend: Words for the plain and the held-back marks; none when all are alike.
        logarithmic: For ratios: half as often is as far from equal as twice as often.
        digits: Decimals of the figures beside the lines.
        unit: Right after every figure, such as ``%``.
    """

    label: str
    reference: float
    reference_label: str
    ends: tuple[str, str] | None = None
    legend: tuple[str, str] | None = None
    logarithmic: bool = False
    digits: int = 1
    unit: str = ""


def interval_chart(rows: Sequence[IntervalRow], *, axis: Axis, caption: Caption) -> Markup:
    """Draw estimates with their ranges under each other on one axis.

    The axis always reaches from the lowest to the highest limit: nothing that is known is cut off.
    A limit without end (``inf``, or 0 on a logarithmic axis) becomes an arrow.

    Args:
        rows: From top to bottom; at least one.
        axis: What they are measured on.
        caption: Name and description.

    Raises:
        InputError: No rows, or an estimate below 0 or a reference not above 0 on a logarithmic
            axis.
    """
    if not rows:
        raise InputError("documents.empty-figure", figure=caption.id)
    if axis.logarithmic and (axis.reference <= 0 or any(row.low < 0 for row in rows)):
        raise InputError("documents.not-above-zero", figure=caption.id)
    canvas = Canvas(caption)
    figures = [_figures(row, axis, caption.language) for row in rows]
    room = min(max(text_width(row.label) for row in rows), _LABEL_ROOM)
    ticks, start, stop = _ticks(rows, axis)
    scale = Scale(
        start=start,
        stop=stop,
        left=room + _GAP,
        right=WIDTH - max(text_width(text) for text in figures) - _GAP,
        logarithmic=axis.logarithmic,
    )
    top = _LINE + 10
    height = sum(_height(row, before) for before, row in _with_previous(rows))
    _draw_frame(canvas, axis, scale, ticks, (top, top + height))
    y = top
    for (before, row), text in zip(_with_previous(rows), figures, strict=True):
        if row.group and row.group != before:
            canvas.write_over(0, y + _LINE + 3, row.group, font_weight="bold")
        y += _height(row, before)
        _draw_row(canvas, row, text, scale, y - _row_height(row) / 2)
    muted = {row.muted for row in rows}
    return canvas.finish(_draw_foot(canvas, axis, scale, y + 2 * _LINE, muted))


def _with_previous(rows: Sequence[IntervalRow]) -> list[tuple[str | None, IntervalRow]]:
    """Each row with the heading above it so far."""
    return list(zip([None, *(row.group for row in rows)], rows, strict=False))


def _height(row: IntervalRow, heading: str | None) -> float:
    return _row_height(row) + (_ROW if row.group and row.group != heading else 0)


def _row_height(row: IntervalRow) -> float:
    return _ROW + _LINE * (len(broken(row.label, _LABEL_ROOM)) - 1)


def _figures(row: IntervalRow, axis: Axis, language: str) -> str:
    """The estimate and its range in figures, the way they are said."""
    value, low, high = (
        fixed(n, axis.digits, language) + axis.unit if n < math.inf else ""
        for n in (row.value, row.low, row.high)
    )
    code = "documents.value-range" if high else "documents.value-open-range"
    return sentence(code, language=language, value=value, low=low, high=high)


def _draw_frame(
    canvas: Canvas, axis: Axis, scale: Scale, ticks: list[float], span: tuple[float, float]
) -> None:
    top, bottom = span
    for tick in ticks:
        x = scale.place(tick)
        canvas.draw("line", x1=x, y1=top, x2=x, y2=bottom, stroke=RULE)
        text = number(tick, language=canvas.caption.language, digits=3) + axis.unit
        weight = "bold" if tick == axis.reference else "normal"
        canvas.write(
            x, bottom + _LINE, text, text_anchor="middle", font_size=SMALL, font_weight=weight
        )
    canvas.draw("line", x1=scale.left, y1=bottom, x2=scale.right, y2=bottom, stroke="currentColor")
    x = scale.place(axis.reference)
    canvas.draw("line", x1=x, y1=top - 4, x2=x, y2=bottom, stroke="currentColor", stroke_width=2)
    half = text_width(axis.reference_label, bold=True) / 2
    x = min(max(x, half), WIDTH - half)
    canvas.write(x, top - 9, axis.reference_label, text_anchor="middle", font_weight="bold")


def _draw_row(canvas: Canvas, row: IntervalRow, figures: str, scale: Scale, y: float) -> None:
    lines = broken(row.label, _LABEL_ROOM)
    for at, line in enumerate(lines):
        canvas.write(0, y + 5 + _LINE * (at - (len(lines) - 1) / 2), line)
    canvas.write(WIDTH, y + 5, figures, text_anchor="end", font_size=SMALL)
    ink = SOFT if row.muted else ACCENT
    left, right, middle = (scale.place(n) for n in (row.low, row.high, row.value))
    dash = {"stroke_dasharray": "4 3"} if row.muted else {}
    canvas.draw("line", x1=left, y1=y, x2=right, y2=y, stroke=ink, stroke_width=3, **dash)
    _draw_end(canvas, left, y, ink, arrow=-1 if scale.logarithmic and row.low == 0 else 0)
    _draw_end(canvas, right, y, ink, arrow=1 if row.high == math.inf else 0)
    fill = "#ffffff" if row.muted else ink
    canvas.draw("circle", cx=middle, cy=y, r=5.5, fill=fill, stroke=ink, stroke_width=2)


def _draw_end(canvas: Canvas, x: float, y: float, ink: str, *, arrow: int) -> None:
    if arrow:
        points = f"M{x - 7 * arrow:.1f} {y - 6:.1f}L{x:.1f} {y:.1f}L{x - 7 * arrow:.1f} {y + 6:.1f}"
        canvas.draw("path", d=points, fill="none", stroke=ink, stroke_width=2.5)
    else:
        canvas.draw("line", x1=x, y1=y - 5, x2=x, y2=y + 5, stroke=ink, stroke_width=2)


def _draw_foot(canvas: Canvas, axis: Axis, scale: Scale, y: float, kinds: Container[bool]) -> float:
    """Words under the axis, and what the marks that are there mean; gives the height of all."""
    if axis.ends:
        below, above = axis.ends
        canvas.write(scale.left, y, f"← {below}", font_size=SMALL)
        both = text_width(f"← {below}", SMALL) + text_width(f"{above} →", SMALL)
        if both > scale.right - scale.left - _GAP:
            y += _LINE
        canvas.write(scale.right, y, f"{above} →", text_anchor="end", font_size=SMALL)
        y += _LINE
    middle = (scale.left + scale.right) / 2
    canvas.write(middle, y + 2, axis.label, text_anchor="middle", font_size=SMALL)
    for muted, words in enumerate(axis.legend or ()):
        if bool(muted) not in kinds:
            continue
        y += _LINE + 6
        ink, fill, dash = (SOFT, "#ffffff", "4 3") if muted else (ACCENT, ACCENT, "none")
        canvas.draw("line", x1=0, y1=y, x2=34, y2=y, stroke=ink, stroke_width=3,
                    stroke_dasharray=dash)  # fmt: skip
        canvas.draw("circle", cx=17, cy=y, r=5.5, fill=fill, stroke=ink, stroke_width=2)
        canvas.write(44, y + 4.5, words, font_size=SMALL)
    return y + 10


def _ticks(rows: Sequence[IntervalRow], axis: Axis) -> tuple[list[float], float, float]:
    """Round numbers for the axis, and where it starts and stops: never inside a known limit."""
    known = [axis.reference, *(row.low for row in rows), *(row.value for row in rows),
             *(row.high for row in rows if row.high < math.inf)]  # fmt: skip
    endless = any(row.high == math.inf for row in rows)  # an arrow needs room to leave by
    if not axis.logarithmic:
        low, high = min(0.0, *known), max(known)
        steps = round_steps(low, high + (high - low) * 0.15 if endless else high)
        return steps, steps[0], steps[-1]
    above_zero = [value for value in known if value > 0]
    margin_low = 1.6 if any(row.low == 0 for row in rows) else 1.08
    low = min(min(above_zero) / margin_low, axis.reference / 1.6)
    high = max(max(above_zero) * (1.6 if endless else 1.08), axis.reference * 1.6)
    return log_steps(low, high), low, high
