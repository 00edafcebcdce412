"""One word, however it is written: without capitals, accents and joining signs."""

import re
import unicodedata


def word_of(text: str) -> str:
    """A name as a word to compare by: ``Aantal_Bewoners`` and ``aantal bewoners`` are one."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", plain))
