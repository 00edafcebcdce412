"""Sentences of engine and portal in the language of the reader."""

from django.dispatch import Signal
from django.utils.translation import get_language

from grondslag.wording import LANGUAGES, sentence

language_chosen = Signal()
"""Somebody who signed in chose a language; given `person` and `language`."""


def language() -> str:
    """The language of the reader: Dutch, unless they asked for English."""
    found = (get_language() or "nl")[:2]
    return found if found in LANGUAGES else "nl"


def words(code: str, /, **fields: object) -> str:
    """The sentence for a code, in the language of the reader."""
    return sentence(code, language=language(), **fields)
