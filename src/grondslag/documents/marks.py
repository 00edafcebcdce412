"""Marks of single areas or months, and names beside them that do not cover each other."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from grondslag.documents.palette import ACCENT, SIGNAL, SOFT
from grondslag.documents.svg import SMALL, WIDTH, Canvas, text_width

_LINE = 17.0
_RADIUS = 4.5
_LONG_LIST = 5
_MOST_NAMES = 10
"""More names than this would cover the marks: all of them then stand in the list."""


class Kind(Enum):
    """How a mark looks: never by colour alone."""

    PLAIN = "an open grey ring"
    ASKED = "a filled disc: what was asked about"
    STRONG = "a filled square: what stands out"


def kind_of(*, strong: bool, asked: bool = False) -> Kind:
    """What stands out looks so, also when it was asked about."""
    if strong:
        return Kind.STRONG
    return Kind.ASKED if asked else Kind.PLAIN


@dataclass(frozen=True, slots=True)
class Placed:
    """Something with a place on paper.

    Args:
        label: What it is called.
        x: Across.
        y: Down.
        kind: How it looks.
    """

    label: str
    x: float
    y: float
    kind: Kind = Kind.PLAIN


def mark(canvas: Canvas, x: float, y: float, kind: Kind) -> None:
    """Draw one mark."""
    if kind is Kind.STRONG:
        canvas.draw("rect", x=x - _RADIUS, y=y - _RADIUS, width=2 * _RADIUS, height=2 * _RADIUS,
                    fill=SIGNAL, stroke="#ffffff", stroke_width=1)  # fmt: skip
    elif kind is Kind.ASKED:
        canvas.draw("circle", cx=x, cy=y, r=_RADIUS, fill=ACCENT, stroke="#ffffff")
    else:
        canvas.draw("circle", cx=x, cy=y, r=_RADIUS - 0.5, fill="#ffffff", fill_opacity=0.7,
                    stroke=SOFT, stroke_width=1.5)  # fmt: skip


def marks(canvas: Canvas, placed: Sequence[Placed]) -> None:
    """Draw all marks; what stands out lies on top."""
    for kind in Kind:
        for one in placed:
            if one.kind is kind:
                mark(canvas, one.x, one.y, kind)


def mark_keys(canvas: Canvas, words: Mapping[Kind, str], y: float) -> float:
    """Marks with their meaning, in the key under a figure; gives the height so far."""
    for kind, text in words.items():
        y += _LINE + 4
        mark(canvas, 15, y, kind)
        canvas.write(42, y + 4, text, font_size=SMALL)
    return y


Box = tuple[float, float, float, float]


@dataclass(slots=True)
class Labels:
    """Names beside marks; one that fits nowhere gets a number, and stands in a list below.

    Args:
        left: Where names may begin.
        right: Where they must end.
        top: Highest place.
        bottom: Lowest.
    """

    left: float
    right: float
    top: float
    bottom: float
    _taken: list[Box] = field(default_factory=list)

    def write(
        self, canvas: Canvas, named: Sequence[Placed], marks: Sequence[Placed], *, below: float
    ) -> float:
        """Write the names; gives the height that figure and list take.

        Args:
            canvas: The figure.
            named: Which marks get a name.
            marks: All marks: a name covers none that has a name too.
            below: Where the list of those that do not fit would start.
        """
        strong = [one for one in marks if one.kind is Kind.STRONG]
        self._taken = [_around(one) for one in {*named, *strong}]
        numbered: list[str] = []
        for one in sorted(named, key=lambda one: (one.y, one.x)):
            spot = self._free(one, one.label) if len(named) <= _MOST_NAMES else None
            text = one.label
            if spot is None:
                numbered.append(one.label)
                text = str(len(numbered))
                spot = self._free(one, text) or (one.x + 7, one.y + 4.5)
            canvas.write_over(*spot, text, font_size=SMALL, font_weight="bold")
        half = math.ceil(len(numbered) / 2) if len(numbered) > _LONG_LIST else len(numbered)
        for at, text in enumerate(numbered):
            column, row = divmod(at, half)
            x = column * WIDTH / 2
            canvas.write(x, below + row * _LINE, f"{at + 1}  {text}", font_size=SMALL)
        return below + half * _LINE

    def _free(self, one: Placed, text: str) -> tuple[float, float] | None:
        """The first free place beside a mark: right, left, above, below."""
        width = text_width(text, SMALL, bold=True)
        spots = (
            (one.x + 8, one.y + 4.5),
            (one.x - 8 - width, one.y + 4.5),
            (one.x - width / 2, one.y - 9),
            (one.x - width / 2, one.y + 19),
            (one.x + 8, one.y - 7),
            (one.x + 8, one.y + 16),
        )
        for x, y in spots:
            box = (x - 1, y - 11, x + width + 1, y + 3)
            inside = self.left <= box[0] and box[2] <= self.right
            level = self.top <= box[1] and box[3] <= self.bottom
            if inside and level and not any(_overlap(box, other) for other in self._taken):
                self._taken.append(box)
                return x, y
        return None


def _around(one: Placed) -> Box:
    return one.x - _RADIUS, one.y - _RADIUS, one.x + _RADIUS, one.y + _RADIUS


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
