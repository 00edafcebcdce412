"""Codes and fields to a Dutch or English sentence, for command line, report and portal alike.

    sentence("contracts.unknown-key", language="nl", file="a.yaml", line=3, key="doel")

One gettext catalogue per room and language: ``locales/<language>/<room>.po``, where the message id
is the code and the translation the sentence with ``{fields}``. The room is the part of the code
before the first dot. Who stands on the engine brings folders of its own (`read_also`). Dutch is
what officials read: B1, sentences up to 15 words. A municipality can change any of it. May import
errors.
"""

import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from grondslag.errors import GrondslagError

LANGUAGES = ("nl", "en")
_WORDS: Mapping[str, Mapping[bool | None, str]] = {
    "nl": {True: "ja", False: "nee", None: "geen"},
    "en": {True: "yes", False: "no", None: "none"},
}

_places: list[Traversable] = [resources.files(__name__) / "locales"]


@dataclass(frozen=True, slots=True)
class Word:
    """A fact that is itself a word of a catalogue: a role, a kind, an outcome.

    Args:
        code: Under which the word stands, such as ``approval.word-owner``.
    """

    code: str

    def __str__(self) -> str:
        return self.code


def read_also(place: Traversable) -> None:
    """Read catalogues in this folder too, for rooms that are not the engine's own.

    Args:
        place: A folder with ``<language>/<room>.po``.
    """
    if place not in _places:
        _places.append(place)
        catalogue.cache_clear()


@cache
def catalogue(room: str, language: str) -> Mapping[str, str]:
    """All sentences of one room in one language; empty when the room has none."""
    for place in _places:
        path = place / language / f"{room}.po"
        if path.is_file():
            with path.open("rb") as stream:
                messages = read_po(stream, locale=language)
            return {str(m.id): str(m.string) for m in messages if m.id and m.string}
    return {}


def has_sentence(code: str, language: str = "nl") -> bool:
    """Whether the catalogue of the code's room holds a sentence for it."""
    return code in catalogue(code.partition(".")[0], language)


def sentence(code: str, /, *, language: str = "nl", **fields: object) -> str:
    """The sentence for a code, with its fields filled in.

    A code without a sentence gives the code itself with its facts, so that nothing is ever lost;
    a repository test holds that this does not happen for codes of ours.

    Args:
        code: ``<room>.<name>``.
        language: ``nl`` or ``en``.
        fields: Facts; dates and numbers are written the way the language writes them. A count is
            asked for as ``{count:n}``: a bare whole number may as well be a year or a line. A
            ratio, as ``{ratio:r}``, keeps its decimals.
    """
    return _say(code, language, fields)


def explain(error: GrondslagError, *, language: str = "nl") -> str:
    """One clear sentence for an error: file and line, what was expected, what to do."""
    return _say(error.code, language, error.fields)


def _say(code: str, language: str, fields: Mapping[str, object]) -> str:
    text = catalogue(code.partition(".")[0], language).get(code)
    if text is None:
        return str(GrondslagError(code, **fields))
    return _Formatter(language).vformat(text, (), fields)


def number(value: float, *, language: str = "nl", digits: int = 0) -> str:
    """A number the way the language writes it: ``1.234,5`` in Dutch."""
    return str(format_decimal(round(value, digits), locale=Locale(language)))


def day(value: date, *, language: str = "nl") -> str:
    """A date in words: ``3 maart 2027``."""
    return str(format_date(value, format="long", locale=Locale(language)))


class _Formatter(string.Formatter):
    """`str.format` that knows Dutch dates and numbers, and never fails on a missing field."""

    def __init__(self, language: str) -> None:
        self._language = language

    def get_value(
        self,
        key: int | str,
        args: object,  # noqa: ARG002 - the signature is the standard library's
        kwargs: Mapping[str, object],
    ) -> object:
        return kwargs.get(str(key), f"{{{key}}}")

    def format_field(self, value: object, format_spec: str) -> str:
        ours = {"n": self._count, "r": self._ratio}
        if format_spec in ours:
            return ours[format_spec](value)
        if format_spec:
            return format(value, format_spec)
        if isinstance(value, (set, frozenset, list, tuple)):
            items = [self.format_field(item, "") for item in value]
            return ", ".join(items if isinstance(value, (list, tuple)) else sorted(items))
        if isinstance(value, date):
            return self._date(value)
        if isinstance(value, Word):
            return sentence(value.code, language=self._language)
        return self._fact(value)

    def _count(self, value: object) -> str:
        """A count; words that stand for one, such as "fewer than ten", as they are."""
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return number(value, language=self._language)
        return self.format_field(value, "")

    def _ratio(self, value: object) -> str:
        """How many times as much: one decimal, two below one, also when they are noughts.

        Beside ``1,7`` a bare ``2`` looks rounded otherwise than it is.
        """
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            pattern = "0.0" if value >= 1 else "0.00"
            return str(format_decimal(value, format=pattern, locale=Locale(self._language)))
        return self.format_field(value, "")

    def _date(self, value: date) -> str:
        if isinstance(value, datetime):
            pattern = "d MMMM y HH:mm"
            return str(format_datetime(value, pattern, locale=Locale(self._language)))
        return day(value, language=self._language)

    def _fact(self, value: object) -> str:
        if value is None or isinstance(value, bool):
            return _WORDS[self._language][value]
        if isinstance(value, int):
            # Within a sentence four digits stand without a point: a year, a line number.
            return str(value) if abs(value) < 10_000 else number(value, language=self._language)
        if isinstance(value, float):
            return number(value, language=self._language, digits=2)
        return str(value)
