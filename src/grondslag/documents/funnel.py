"""The funnel: areas of every size beside each other, with what chance alone makes of each size.

A small area lies far off by chance, a large one seldom does. Where the shading ends, chance ends;
the dashed line also allows for what areas differ by themselves. Only what lies outside that line,
or was asked about, has a name: this is no league table.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grondslag.documents.marks import Kind, Labels, Placed, kind_of, mark_keys, marks
from grondslag.documents.palette import BAND, RULE, SOFT
from grondslag.documents.scale import Scale, log_steps, round_steps
from grondslag.documents.svg import SMALL, WIDTH, Canvas, Caption, text_width, tidy
from grondslag.errors import InputError
from grondslag.wording import number, sentence

_LEFT, _TOP, _TALL = 52.0, 34.0, 330.0
_LINE = 17.0
_WIDE = 20.0
"""Where the largest area is so many times the smallest, sizes stand on a logarithmic axis."""


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """One area.

    Args:
        label: What it is called.
        size: How many were to be expected, above 0.
        value: How many times that there were.
        outside: Whether it lies outside the limit that allows for ordinary differences.
        asked: Whether it was asked about: it has a name wherever it lies.
    """

    label: str
    size: float
    value: float
    outside: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class FunnelLimits:
    """A pair of lines along the sizes.

    Args:
        sizes: From small to large, at least two, reaching over every point.
        low: Lower line at each size.
        high: Upper line at each size.
    """

    sizes: Sequence[float]
    low: Sequence[float]
    high: Sequence[float]


@dataclass(frozen=True, slots=True)
class FunnelWords:
    """What stands along the axes and in the key.

    Args:
        across: Of the sizes, such as "te verwachten ongevallen".
        up: Of the values, such as "keer zo veel als te verwachten".
        inside: The key for an area within the limits.
        outside: The key for one outside.
        asked: The key for one within the limits that was asked about.
    """

    across: str
    up: str
    inside: str
    outside: str
    asked: str = ""


def funnel_chart(
    points: Sequence[FunnelPoint],
    *,
    chance: FunnelLimits,
    limits: FunnelLimits,
    words: FunnelWords,
    caption: Caption,
) -> Markup:
    """Draw the funnel. Both axes reach over every point and every line: nothing is cut off.

    Args:
        points: At least one.
        chance: Where chance alone leaves an area: the shaded part.
        limits: The same, allowing for what areas differ by themselves: dashed.
        words: Along the axes and in the key.
        caption: Name and description.

    Raises:
        InputError: No points, a size that is not above 0, a value below 0, or lines that do not
            reach over the points.
    """
    if not points:
        raise InputError("documents.empty-figure", figure=caption.id)
    if any(point.size <= 0 or point.value < 0 for point in points):
        raise InputError("documents.not-above-zero", figure=caption.id)
    sizes = [point.size for point in points]
    for lines in (chance, limits):
        if not (lines.sizes and lines.sizes[0] <= min(sizes) and lines.sizes[-1] >= max(sizes)):
            raise InputError("documents.lines-too-short", figure=caption.id)
    canvas = Canvas(caption)
    across, right = _across(chance, limits), WIDTH - 8
    start, stop = (across[0], across[-1])
    logarithmic = start > 0 and stop / start > _WIDE
    x = Scale(start, stop, _LEFT, right, logarithmic=logarithmic)
    steps = round_steps(0.0, max(*chance.high, *limits.high, *(p.value for p in points), 1.2))
    y = Scale(steps[0], steps[-1], _TOP + _TALL, _TOP)
    ticks = log_steps(start, stop) if logarithmic else round_steps(start, stop)
    _frame(canvas, x, y, [tick for tick in ticks if start <= tick <= stop], steps)
    _shade(canvas, chance, x, y)
    for line in (limits.low, limits.high):
        path = _path([(x.place(s), y.place(v)) for s, v in zip(limits.sizes, line, strict=True)])
        canvas.draw("path", d=path, fill="none", stroke="currentColor", stroke_width=1.5,
                    stroke_dasharray="6 4")  # fmt: skip
    middle = y.place(1.0)
    canvas.draw("line", x1=_LEFT, y1=middle, x2=right, y2=middle, stroke="currentColor",
                stroke_width=1.5)  # fmt: skip
    bottom = _points(canvas, points, x, y)
    canvas.write(0, 14, f"↑ {words.up}", font_size=SMALL)
    canvas.write(right, _TOP + _TALL + 2 * _LINE + 2, f"{words.across} →", text_anchor="end",
                 font_size=SMALL)  # fmt: skip
    kinds = {kind_of(strong=point.outside, asked=point.asked) for point in points}
    return canvas.finish(_key(canvas, words, bottom, kinds))


def _across(chance: FunnelLimits, limits: FunnelLimits) -> list[float]:
    ends = [*chance.sizes, *limits.sizes]
    return [min(ends), max(ends)]


def _frame(
    canvas: Canvas, x: Scale, y: Scale, across: Sequence[float], steps: Sequence[float]
) -> None:
    language = canvas.caption.language
    for tick in steps:
        at = y.place(tick)
        canvas.draw("line", x1=_LEFT, y1=at, x2=x.right, y2=at, stroke=RULE)
        text = number(tick, language=language, digits=2)
        canvas.write(_LEFT - 8, at + 4.5, text, text_anchor="end", font_size=SMALL)
    base = y.place(steps[0])
    for tick in across:
        at, text = x.place(tick), number(tick, language=language, digits=2)
        canvas.draw("line", x1=at, y1=base, x2=at, y2=base + 5, stroke="currentColor")
        half = text_width(text, SMALL) / 2
        canvas.write(min(at, WIDTH - half), base + _LINE + 2, text, text_anchor="middle",
                     font_size=SMALL)  # fmt: skip
    canvas.draw("line", x1=_LEFT, y1=base, x2=x.right, y2=base, stroke="currentColor")


def _shade(canvas: Canvas, chance: FunnelLimits, x: Scale, y: Scale) -> None:
    up = [(x.place(s), y.place(v)) for s, v in zip(chance.sizes, chance.high, strict=True)]
    down = [(x.place(s), y.place(v)) for s, v in zip(chance.sizes, chance.low, strict=True)]
    shape = _path([*up, *reversed(down)]) + "Z"
    canvas.draw("path", d=shape, fill=BAND, stroke=SOFT, stroke_width=0.75)


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{tidy(x)} {tidy(y)}" for x, y in points)


def _points(canvas: Canvas, points: Sequence[FunnelPoint], x: Scale, y: Scale) -> float:
    """Marks first, then names on top of them; gives the height so far."""
    placed = [
        Placed(
            point.label,
            x.place(point.size),
            y.place(point.value),
            kind_of(strong=point.outside, asked=point.asked),
        )
        for point in points
    ]
    marks(canvas, placed)
    named = [one for one in placed if one.kind is not Kind.PLAIN]
    labels = Labels(left=_LEFT, right=WIDTH, top=_TOP - 8, bottom=y.left)
    return labels.write(canvas, named, placed, below=_TOP + _TALL + 3 * _LINE + 6)


def _key(canvas: Canvas, words: FunnelWords, y: float, kinds: Container[Kind]) -> float:
    language = canvas.caption.language
    y += 4
    canvas.draw("rect", x=0, y=y - 9, width=30, height=15, fill=BAND, stroke=SOFT)
    canvas.write(42, y + 4, sentence("documents.funnel-chance", language=language), font_size=SMALL)
    y += _LINE + 4
    canvas.draw("line", x1=0, y1=y, x2=30, y2=y, stroke="currentColor", stroke_width=1.5,
                stroke_dasharray="6 4")  # fmt: skip
    canvas.write(42, y + 4, sentence("documents.funnel-limit", language=language), font_size=SMALL)
    said = {Kind.PLAIN: words.inside, Kind.ASKED: words.asked, Kind.STRONG: words.outside}
    return mark_keys(canvas, {kind: text for kind, text in said.items() if kind in kinds}, y) + 12
