"""Dots: each area beside its target or what was expected of it; many areas in one strip."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grondslag.documents.marks import Kind, Labels, Placed, kind_of, mark, mark_keys, marks
from grondslag.documents.palette import ACCENT, RULE
from grondslag.documents.scale import Scale, round_steps
from grondslag.documents.svg import SMALL, WIDTH, Canvas, Caption, broken, fixed, text_width
from grondslag.errors import InputError
from grondslag.wording import number

_LABEL_ROOM = 190.0
_ROW = 28.0
_LINE = 17.0
_MOST_ROWS = 40
"""More areas than this stand in one strip, with names for those that stand out or were asked."""


@dataclass(frozen=True, slots=True)
class DotRow:
    """One area.

    Args:
        label: What it is called.
        value: Its figure.
        target: Its own target or expected figure; None when only the common line counts.
        stands_out: Differs from it by more than chance.
        asked: Was asked about: it has a name in a strip too.
    """

    label: str
    value: float
    target: float | None = None
    stands_out: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class DotWords:
    """What stands along the axis and in the key.

    Args:
        across: The unit in words.
        target: What the line is: target, or expected.
        inside: The key for an area that does not stand out.
        outside: The key for one that does.
        asked: The key for one that does not, and was asked about.
        digits: Decimals of the figures beside the dots.
        unit: Right after every figure, such as ``%``.
    """

    across: str
    target: str
    inside: str
    outside: str
    asked: str = ""
    digits: int = 0
    unit: str = ""


def dot_chart(
    rows: Sequence[DotRow], *, words: DotWords, caption: Caption, target: float | None = None
) -> Markup:
    """Draw a dot per area on one axis from zero that reaches over every figure and target.

    Up to 40 areas stand under each other with their figures. More stand stacked in one strip.

    Args:
        rows: In the order of the list of areas, never of the outcome; at least one.
        words: Along the axis and in the key.
        caption: Name and description.
        target: One line for all; each area may have its own instead.

    Raises:
        InputError: No rows, or a figure that is no number.
    """
    if not rows:
        raise InputError("documents.empty-figure", figure=caption.id)
    known = [row.value for row in rows] + [row.target for row in rows if row.target is not None]
    known += [0.0] if target is None else [0.0, target]
    if not all(math.isfinite(value) for value in known):
        raise InputError("documents.not-an-interval")
    steps = round_steps(min(known), max(known))
    canvas = Canvas(caption)
    if len(rows) > _MOST_ROWS:
        bottom = _strip(canvas, rows, words, target, steps)
    else:
        bottom = _listed(canvas, rows, words, target, steps)
    own = any(row.target is not None for row in rows)
    return canvas.finish(_key(canvas, rows, words, bottom, line=own or target is not None))


def _listed(
    canvas: Canvas, rows: Sequence[DotRow], words: DotWords, target: float | None,
    steps: Sequence[float],
) -> float:  # fmt: skip
    language = canvas.caption.language
    texts = [fixed(row.value, words.digits, language) + words.unit for row in rows]
    room = min(max(text_width(row.label) for row in rows), _LABEL_ROOM) + 18
    edge = WIDTH - max(text_width(text, SMALL) for text in texts) - 18
    x = Scale(steps[0], steps[-1], room, edge)
    heights = [_ROW + _LINE * (len(broken(row.label, _LABEL_ROOM)) - 1) for row in rows]
    top = 8.0
    _axis(canvas, x, steps, words, (top, top + sum(heights)))
    _line(canvas, x, target, top, top + sum(heights))
    y = top
    for row, text, height in zip(rows, texts, heights, strict=True):
        middle = y + height / 2
        lines = broken(row.label, _LABEL_ROOM)
        for at, line in enumerate(lines):
            canvas.write(0, middle + 5 + _LINE * (at - (len(lines) - 1) / 2), line)
        canvas.write(WIDTH, middle + 4.5, text, text_anchor="end", font_size=SMALL)
        _line(canvas, x, row.target, middle - 9, middle + 9)
        mark(canvas, x.place(row.value), middle, _kind(row))
        y += height
    return y + 2 * _LINE + 8


def _strip(
    canvas: Canvas, rows: Sequence[DotRow], words: DotWords, target: float | None,
    steps: Sequence[float],
) -> float:  # fmt: skip
    """Every area in one strip: dots that would cover each other are stacked."""
    x = Scale(steps[0], steps[-1], 8, WIDTH - 8)
    columns: dict[int, int] = {}
    stacked = []
    for row in sorted(rows, key=lambda row: row.stands_out):
        column = round(x.place(row.value) / 9)
        level = columns.get(column, 0)
        columns[column] = level + 1
        stacked.append((row, column * 9.0, level))
    step = min(9.0, 260.0 / max(columns.values()))
    base = 40.0 + step * max(columns.values())
    _axis(canvas, x, steps, words, (30.0, base + 6))
    _line(canvas, x, target, 30.0, base + 6)
    placed = [
        Placed(row.label, across, base - 4 - level * step, _kind(row))
        for row, across, level in stacked
    ]
    marks(canvas, placed)
    named = [one for one in placed if one.kind is not Kind.PLAIN]
    labels = Labels(left=0, right=WIDTH, top=0, bottom=base)
    return labels.write(canvas, named, placed, below=base + 4 * _LINE)


def _axis(
    canvas: Canvas, x: Scale, steps: Sequence[float], words: DotWords, span: tuple[float, float]
) -> None:
    top, bottom = span
    for tick in steps:
        at = x.place(tick)
        canvas.draw("line", x1=at, y1=top, x2=at, y2=bottom, stroke=RULE)
        text = number(tick, language=canvas.caption.language, digits=2) + words.unit
        half = text_width(text, SMALL) / 2
        canvas.write(min(max(at, half), WIDTH - half), bottom + _LINE, text, text_anchor="middle",
                     font_size=SMALL)  # fmt: skip
    canvas.draw("line", x1=x.left, y1=bottom, x2=x.right, y2=bottom, stroke="currentColor")
    canvas.write(x.right, bottom + 2 * _LINE + 2, f"{words.across} →", text_anchor="end",
                 font_size=SMALL)  # fmt: skip


def _line(canvas: Canvas, x: Scale, value: float | None, top: float, bottom: float) -> None:
    if value is not None:
        at = x.place(value)
        canvas.draw("line", x1=at, y1=top, x2=at, y2=bottom, stroke=ACCENT, stroke_width=3)


def _key(canvas: Canvas, rows: Sequence[DotRow], words: DotWords, y: float, *, line: bool) -> float:
    y += 8
    if line:
        canvas.draw("line", x1=15, y1=y - 9, x2=15, y2=y + 9, stroke=ACCENT, stroke_width=3)
        canvas.write(42, y + 4, words.target, font_size=SMALL)
        y += _LINE + 6
    said = {Kind.PLAIN: words.inside, Kind.ASKED: words.asked, Kind.STRONG: words.outside}
    kinds = {_kind(row) for row in rows}
    present = {kind: text for kind, text in said.items() if kind in kinds}
    return mark_keys(canvas, present, y - _LINE) + 12


def _kind(row: DotRow) -> Kind:
    return kind_of(strong=row.stands_out, asked=row.asked)
