"""Whether text can be read on its ground in the colours of a municipality; looked at when starting.

Source:
    WCAG 2.2, success criterion 1.4.3 (level AA), and the definitions of "contrast ratio" and
    "relative luminance".
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from django.conf import settings
from django.core import checks

from grondslag_portal.shared.words import words

LEAST = 4.5
TAG = "design"
PAIRS = (
    ("text", "ground"), ("text", "ground-subtle"), ("text", "brand-ground"),
    ("text", "told-ground"), ("text", "careful-ground"), ("text", "wrong-ground"),
    ("text", "good-ground"),
    ("text-subtle", "ground"), ("text-subtle", "ground-subtle"), ("text-subtle", "brand-ground"),
    ("link", "ground"), ("link", "ground-subtle"), ("link", "brand-ground"),
    ("link-hover", "ground"), ("link-hover", "brand-ground"),
    ("on-brand", "brand"), ("on-brand", "brand-hover"), ("on-focus", "focus"),
    ("wrong", "ground"), ("wrong", "wrong-ground"), ("careful", "careful-ground"),
    ("good", "ground"), ("told", "told-ground"),
)  # fmt: skip
"""Our names of a colour of text and of the ground that our style sheets put it on."""

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_TOKEN = re.compile(r"--([\w-]+)\s*:\s*([^;]+)")
_NAMED = {"white": "#ffffff", "black": "#000000"}
_DEEPEST = 20  # tokens that stand for another token


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour of text and its ground, as they come out.

    Args:
        text: Our name of the colour of the text.
        ground: Our name of that of its ground.
        ratio: Their contrast, from 1 to 21; None when a colour is not written so that we can tell.
    """

    text: str
    ground: str
    ratio: float | None

    @property
    def is_readable(self) -> bool:
        """Whether the contrast is enough."""
        return self.ratio is not None and self.ratio >= LEAST


def pairs_of(folder: Path, theme: str) -> list[Pair]:
    """Every pair of colours, with the tokens of a municipality.

    Args:
        folder: With `tokens/theme.css`; our own colours when it is not there.
        theme: The class on the page that its tokens hang on.
    """
    own = resources.files("grondslag_portal.shared") / "static" / "shared" / "tokens.css"
    tokens = _tokens(own.read_text(encoding="utf-8"), theme)
    given = folder / "tokens" / "theme.css"
    if given.is_file():
        tokens |= _tokens(given.read_text(encoding="utf-8"), theme)
    return [_pair(tokens, text, ground) for text, ground in PAIRS]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours that are written as ``#rrggbb``, from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@checks.register(TAG)
def check_contrast(**_asked: object) -> list[checks.CheckMessage]:
    """A warning for each pair of colours that cannot be read, or of which nobody can tell."""
    return [
        checks.Warning(_said(pair), id="shared.W001")
        for pair in pairs_of(Path(settings.FRONTEND), settings.THEME)
        if not pair.is_readable
    ]


def _said(pair: Pair) -> str:
    if pair.ratio is None:
        return words("shared.contrast-unknown", text=pair.text, ground=pair.ground)
    return words(
        "shared.contrast-low", text=pair.text, ground=pair.ground,
        ratio=f"{int(pair.ratio * 10) / 10}",  # never rounded up to enough
    )  # fmt: skip


def _pair(tokens: Mapping[str, str], text: str, ground: str) -> Pair:
    colours = [_colour(tokens, f"var(--{name})", _DEEPEST) for name in (text, ground)]
    if "" in colours:
        return Pair(text, ground, None)
    return Pair(text, ground, contrast(*colours))


def _tokens(style: str, theme: str) -> dict[str, str]:
    """The tokens of a style sheet that hold for a whole page; of one given twice the last."""
    found = {}
    for selector, body in _RULE.findall(re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)):
        parts = {part.strip() for part in selector.split(",")}
        if parts & {f".{theme}", ":root", "html", "body"}:
            found.update({name: value.strip() for name, value in _TOKEN.findall(body)})
    return found


def _colour(tokens: Mapping[str, str], value: str, left: int) -> str:
    """A value as ``#rrggbb``; empty when it is written in a way that is not known here."""
    value = value.strip().lower()
    if value.startswith("var(") and value.endswith(")") and left:
        name, _, otherwise = value[4:-1].partition(",")
        found = tokens.get(name.strip().removeprefix("--"), otherwise)
        return _colour(tokens, found, left - 1)
    value = _NAMED.get(value, value)
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return "#" + "".join(sign * 2 for sign in value[1:])
    if re.fullmatch(r"#[0-9a-f]{6}", value):
        return value
    parts = re.fullmatch(r"rgb\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})\s*\)", value)
    if parts and all(int(part) < 256 for part in parts.groups()):
        return "#" + "".join(f"{int(part):02x}" for part in parts.groups())
    return ""


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    light = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]
