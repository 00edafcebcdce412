"""Bars in pairs: a share before and after, each with its number written beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from grondslag.documents.palette import ACCENT, SOFT
from grondslag.documents.svg import SMALL, WIDTH, Canvas, Caption, broken, text_width
from grondslag.errors import InputError

_LABEL_ROOM = 230.0
_BAR = 20.0
_BETWEEN = 4.0
_ROW = 62.0


@dataclass(frozen=True, slots=True)
class BarPair:
    """One share, before and after.

    Args:
        label: Of what.
        before: From 0 to 1; None when it is not shown.
        after: The same, after.
        said: What is written beside each bar.

    Raises:
        InputError: A share is not between 0 and 1.
    """

    label: str
    before: float | None
    after: float | None
    said: tuple[str, str]

    def __post_init__(self) -> None:
        if not all(share is None or 0 <= share <= 1 for share in (self.before, self.after)):
            raise InputError("documents.no-share")


def paired_bars(rows: Sequence[BarPair], caption: Caption, *, names: tuple[str, str]) -> Markup:
    """Two bars per row: before is open and hatched by its edge, after is filled.

    Args:
        rows: From top to bottom.
        caption: What the figure shows.
        names: Words for before and after.
    """
    canvas = Canvas(caption)
    said = max(
        text_width(f"{name} {text}", SMALL)
        for row in rows
        for name, text in zip(names, row.said, strict=True)
    )
    room = WIDTH - _LABEL_ROOM - said - 16
    top = 4.0
    for row in rows:
        lines = broken(row.label, _LABEL_ROOM - 16)
        for at, line in enumerate(lines):
            canvas.write(0, top + 27 + (at - (len(lines) - 1) / 2) * 17, line)
        for at, share in enumerate((row.before, row.after)):
            y = top + at * (_BAR + _BETWEEN)
            long = room * (share or 0.0)
            if share is not None:
                canvas.draw(
                    "rect", x=_LABEL_ROOM, y=y, width=max(long, 1.0), height=_BAR,
                    fill=ACCENT if at else "#ffffff", stroke=ACCENT if at else SOFT,
                )  # fmt: skip
            canvas.write(
                _LABEL_ROOM + long + 8, y + 14.5, f"{names[at]} {row.said[at]}", font_size=SMALL,
                font_weight="bold" if at else "normal",
            )  # fmt: skip
        top += _ROW
    return canvas.finish(top - _ROW + 2 * _BAR + _BETWEEN + 4)
