"""One figure as SVG: named and described for who cannot see it, whole in itself.

Built as a tree and written out by the standard library, so that no label can break out of its
place. Text and axes take the colour of the page around them.
"""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from babel import Locale
from babel.numbers import format_decimal
from markupsafe import Markup

from grondslag.errors import InputError

WIDTH = 640.0
"""Units across: one unit is one CSS pixel on the text width of an A4 page."""

TEXT = 14.0
"""Size of text: 10.5 points in print."""

SMALL = 12.5
"""Size of the least important text: above 9 points in print."""

_FAMILY = "'Noto Sans', 'Segoe UI', system-ui, sans-serif"
_ID = re.compile(r"[a-z][a-z0-9-]*")
_UNPRINTABLE = re.compile(r"[^\t\n\r -\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_NARROW, _WIDE = frozenset("fijlrtI.,:;!'|()[] "), frozenset("mwMW%@—")


@dataclass(frozen=True, slots=True)
class Caption:
    """What a figure is called, for eye and ear.

    Args:
        id: Unique on its page; small letters, digits and hyphens.
        title: What the figure shows, with its denominator and period.
        description: What a reader sees in it, in a sentence or two: the alternative to looking.
        language: ``nl`` or ``en``; also how numbers are written.

    Raises:
        InputError: The id has other signs, or title or description is empty.
    """

    id: str
    title: str
    description: str
    language: str = "nl"

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise InputError("documents.bad-id")
        if not (self.title.strip() and self.description.strip()):
            raise InputError("documents.figure-without-words", figure=self.id)


class Canvas:
    """A figure being drawn, from top to bottom; its height is known only at the end.

    Args:
        caption: Its name and description.
    """

    def __init__(self, caption: Caption) -> None:
        self.caption = caption
        self._root = ET.Element("svg")
        ET.SubElement(self._root, "title", id=f"{caption.id}-title").text = _clean(caption.title)
        description = ET.SubElement(self._root, "desc", id=f"{caption.id}-desc")
        description.text = _clean(caption.description)

    def draw(self, tag: str, **attributes: str | float) -> ET.Element:
        """Add an element; numbers are rounded to a tenth, ``_`` in names becomes ``-``."""
        return element(self._root, tag, **attributes)

    def write(self, x: float, y: float, text: str, **attributes: str | float) -> None:
        """Add a line of text with its baseline at *y*."""
        settings: dict[str, str | float] = {"fill": "currentColor", "font_size": TEXT}
        settings |= attributes
        self.draw("text", x=x, y=y, **settings).text = _clean(text)

    def write_over(self, x: float, y: float, text: str, **attributes: str | float) -> None:
        """Add a line of text that stays readable on any fill: a white edge, then the letters."""
        edge: dict[str, str | float] = {
            "fill": "#ffffff", "stroke": "#ffffff", "stroke_width": 4, "stroke_linejoin": "round",
        }  # fmt: skip
        self.write(x, y, text, **(attributes | edge | {"aria_hidden": "true"}))
        self.write(x, y, text, **attributes)

    def finish(self, height: float) -> Markup:
        """The figure as markup for a page."""
        self._root.attrib |= {
            "xmlns": "http://www.w3.org/2000/svg",
            "role": "img",
            "aria-labelledby": f"{self.caption.id}-title {self.caption.id}-desc",
            "viewBox": f"0 0 {tidy(WIDTH)} {tidy(height)}",
            "width": tidy(WIDTH),
            "height": tidy(height),
            "font-family": _FAMILY,
            "lang": self.caption.language,
        }
        return Markup(ET.tostring(self._root, encoding="unicode"))  # noqa: S704 - escaped as a tree


def element(parent: ET.Element, tag: str, **attributes: str | float) -> ET.Element:
    """Add an element to another, with the names and numbers of `Canvas.draw`."""
    named = {
        name.replace("_", "-"): _clean(value) if isinstance(value, str) else tidy(value)
        for name, value in attributes.items()
    }
    return ET.SubElement(parent, tag, named)


def tidy(value: float) -> str:
    """A coordinate to a tenth of a unit, without needless zeros."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


_BOLD = 1.12
"""So many times as wide are bold letters, in the widest common sans-serif."""


def text_width(text: str, size: float = TEXT, *, bold: bool = False) -> float:
    """About how wide a text is in a common sans-serif; rather too wide than too narrow."""
    units = sum(_sign_width(sign) for sign in text)
    return units * size * 1.04 * (_BOLD if bold else 1.0)


def _sign_width(sign: str) -> float:
    if sign in _NARROW:
        return 0.36
    if sign in _WIDE:
        return 0.92
    return 0.68 if sign.isupper() else 0.58


def broken(text: str, room: float, size: float = TEXT, *, bold: bool = False) -> list[str]:
    """A text in as many lines as it needs to fit; a word too long for a line is not cut."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size, bold=bold) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def fixed(value: float, digits: int, language: str) -> str:
    """A number with exactly so many decimals: under each other, ``1,0`` stands beside ``1,4``."""
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(value, format=pattern, locale=Locale(language)))


def _clean(text: str) -> str:
    """Without the signs that XML cannot hold."""
    return _UNPRINTABLE.sub("", text)
