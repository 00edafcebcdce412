"""Signs that deceive: those that hide, turn the direction of reading, or look like another letter.

A person and a computer must read the same word. What two readers could see differently is
refused, not repaired: a repaired document is no longer the one that somebody signed.
"""

import re
import unicodedata

_HIDING = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"))
# Letters and marks that draw nothing, though Unicode does not call them control signs.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0") | {chr(code) for code in range(0xFE00, 0xFE10)}
# Own letters of units and of Dutch that Unicode keeps apart from the plain ones.
_COMMON = frozenset("µªºĳĲ")
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_WORD = re.compile(r"\w+")


def deceiving_sign(text: str) -> tuple[str, int] | None:
    """The first sign in a text that deceives.

    Args:
        text: One or more lines; tab and line breaks are allowed.

    Returns:
        What is wrong (``hidden-sign``, ``not-composed`` or ``look-alike``) and its line from 1;
        None for a text that reads as it is.

    Source:
        Unicode Standard Annex 15 (normal forms); Unicode Technical Standard 39, section 5.1
        (mixed scripts within one word).
    """
    for number, line in enumerate(_LINE_BREAK.split(text), start=1):
        wrong = _wrong_in(line)
        if wrong:
            return wrong, number
    return None


def _wrong_in(line: str) -> str | None:
    if _hides(line):
        return "hidden-sign"
    if line.isascii():  # one script, and nothing to compose
        return None
    if not unicodedata.is_normalized("NFC", line):
        return "not-composed"
    if any(_mixes_letters(word) for word in _WORD.findall(line)):
        return "look-alike"
    return None


def _hides(line: str) -> bool:
    if line.isascii() and line.isprintable():
        return False
    return any(
        sign in _BLANK or (unicodedata.category(sign) in _HIDING and sign != "\t") for sign in line
    )


def _mixes_letters(word: str) -> bool:
    """Whether a word holds letters of two scripts, or a styled copy of a plain letter."""
    if word.isascii():
        return False
    letters = {sign for sign in word if sign.isalpha()} - _COMMON
    if any(unicodedata.normalize("NFKC", sign) != sign for sign in letters):
        return True
    # The first word of a letter's Unicode name is its script: LATIN, CYRILLIC, GREEK.
    return len({unicodedata.name(sign, "?").split()[0] for sign in letters}) > 1
