"""Ladders: per column its steps from exact to nothing, with the step that was chosen filled in."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grondslag.documents.palette import ACCENT, SOFT
from grondslag.documents.svg import SMALL, TEXT, WIDTH, Canvas, Caption, broken, text_width
from grondslag.errors import InputError

_NAME_ROOM = 150.0
_BOX = 42.0
_ROW = 56.0
_GAP = 4.0
_EDGE = 5.0
_BAR = 7.0
_LINE = 15.0


@dataclass(frozen=True, slots=True)
class Ladder:
    """One column.

    Args:
        name: What it is called.
        steps: What each step is called, from fine to coarse.
        chosen: Which step was chosen, from 0.
        shares: Which part stands at each step, from 0 to 1, when that is not one step for all.
        said: Those parts in words.

    Raises:
        InputError: There are no steps, the chosen one is none of them, or a part has no step.
    """

    name: str
    steps: tuple[str, ...]
    chosen: int
    shares: tuple[float, ...] = ()
    said: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        fits = len(self.shares) == len(self.said) and len(self.shares) in (0, len(self.steps))
        if not fits or not 0 <= self.chosen < len(self.steps):
            raise InputError("documents.no-such-step")


def ladder_chart(ladders: Sequence[Ladder], caption: Caption, *, ends: tuple[str, str]) -> Markup:
    """A row of boxes per column; the chosen one is filled, its name bold.

    Where each group has its own step, a box has a bar below its name: the part that stands there.
    Where names do not fit, the others have their number; the table beside has all names.

    Args:
        ladders: From top to bottom.
        caption: What the figure shows.
        ends: Words for the finest and the coarsest side.
    """
    canvas = Canvas(caption)
    canvas.write(_NAME_ROOM, 16, f"← {ends[0]}", font_size=SMALL)
    canvas.write(WIDTH, 16, f"{ends[1]} →", font_size=SMALL, text_anchor="end")
    top = 28.0
    for ladder in ladders:
        _row(canvas, ladder, top)
        top += _ROW
    return canvas.finish(top - _ROW + _BOX + 2)


def _row(canvas: Canvas, ladder: Ladder, top: float) -> None:
    lines = broken(ladder.name, _NAME_ROOM - 12)[:2]
    for at, line in enumerate(lines):
        canvas.write(0, _middle(top, at, len(lines)), line)
    width = (WIDTH - _NAME_ROOM - _GAP * (len(ladder.steps) - 1)) / len(ladder.steps)
    all_fit = all(_fits(step, width) for step in ladder.steps)
    if ladder.shares:
        _parts(canvas, ladder, top, width)
        return
    for at, step in enumerate(ladder.steps):
        left, is_chosen = _NAME_ROOM + at * (width + _GAP), at == ladder.chosen
        canvas.draw(
            "rect", x=left, y=top, width=width, height=_BOX, rx=3,
            fill=ACCENT if is_chosen else "#ffffff", stroke=ACCENT if is_chosen else SOFT,
        )  # fmt: skip
        text = step if all_fit or (is_chosen and _fits(step, width)) else str(at + 1)
        _name(canvas, text, left + width / 2, top, width, is_chosen=is_chosen)


def _parts(canvas: Canvas, ladder: Ladder, top: float, width: float) -> None:
    """Each step with the part that stands at it: in words, and as a bar along its lower edge."""
    room = width - 2 * _EDGE
    all_fit = all(text_width(step, SMALL) <= room for step in ladder.steps)
    for at, (step, share, said) in enumerate(
        zip(ladder.steps, ladder.shares, ladder.said, strict=True)
    ):
        left = _NAME_ROOM + at * (width + _GAP)
        box = {"x": left, "y": top, "height": _BOX, "rx": 3}
        canvas.draw("rect", **box, width=width, fill="#ffffff", stroke=ACCENT if share else SOFT)
        canvas.draw(
            "rect", x=left, y=top + _BOX - _BAR, width=width * share, height=_BAR, fill=ACCENT
        )  # fmt: skip
        for line, text in enumerate((step if all_fit else str(at + 1), said)):
            canvas.write(
                left + width / 2, top + _LINE * (line + 1) - 2, text, font_size=SMALL,
                text_anchor="middle", font_weight="bold" if line and share else "normal",
            )  # fmt: skip


def _name(
    canvas: Canvas, text: str, middle: float, top: float, width: float, *, is_chosen: bool
) -> None:
    lines = broken(text, width - 2 * _EDGE, SMALL)
    for at, line in enumerate(lines):
        canvas.write(
            middle, _middle(top, at, len(lines)), line, font_size=SMALL, text_anchor="middle",
            fill="#ffffff" if is_chosen else "currentColor",
            font_weight="bold" if is_chosen else "normal",
        )  # fmt: skip


def _middle(top: float, at: int, lines: int) -> float:
    """The baseline of a line in a box with so many lines."""
    return top + _BOX / 2 + TEXT * 0.35 + (at - (lines - 1) / 2) * _LINE


def _fits(text: str, width: float) -> bool:
    lines = broken(text, width - 2 * _EDGE, SMALL)
    return len(lines) <= 2 and all(text_width(one, SMALL) <= width - 2 * _EDGE for one in lines)
