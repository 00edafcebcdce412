"""Personal data by its form, in columns of text: counted, located, replaced.

What is counted is texts, not finds: two telephone numbers in one remark are one remark with a
telephone number. Nothing here gives back what was found.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from grondslag.anonymise.names import Names
from grondslag.anonymise.recognisers import RECOGNISERS, PatternKind, Recogniser
from grondslag.wording import Word, sentence

_ANY_HINT = r"\p{Nd}|[@＠]|\(at\)|\[at\]"
# Signs that look like a space, a hyphen or a digit; each one sign, so that places stay the same.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys(map(chr, (0xA0, 0x2007, 0x2008, 0x2009, 0x200A, 0x202F, 0x3000)), " "),
        **dict.fromkeys(map(chr, (*range(0x2010, 0x2016), 0x2212, 0xFF0D)), "-"),
        **{chr(0xFF10 + digit): str(digit) for digit in range(10)},
        "＠": "@",
        "＋": "+",
        "．": ".",
    }
)
_WORDS = {
    PatternKind.IBAN: "anonymise.word-iban",
    PatternKind.EMAIL: "anonymise.word-email",
    PatternKind.BSN: "anonymise.word-bsn",
    PatternKind.PHONE: "anonymise.word-phone",
    PatternKind.ADDRESS: "anonymise.word-address",
    PatternKind.DATE_OF_BIRTH: "anonymise.word-date-of-birth",
    PatternKind.NUMBER_PLATE: "anonymise.word-number-plate",
}


def find_patterns(texts: pa.Array | pa.ChunkedArray | Iterable[str | None]) -> Counter[PatternKind]:
    """In how many texts each kind of personal data stands.

    Args:
        texts: A column of text, or any texts; missing ones count as nothing.
    """
    return Counter({kind: len(places) for kind, places in pattern_places(texts).items()})


def pattern_places(
    texts: pa.Array | pa.ChunkedArray | Iterable[str | None],
) -> dict[PatternKind, npt.NDArray[np.int64]]:
    """The positions (from 0, rising) of the texts in which each kind stands; only kinds found.

    Args:
        texts: A column of text, or any texts.
    """
    encoded = _column(texts).dictionary_encode()  # each distinct text is looked at once
    distinct = encoded.dictionary
    holds = _holds(distinct)
    indices = encoded.indices.fill_null(len(distinct)).to_numpy(zero_copy_only=False)
    return {
        kind: np.flatnonzero(np.append(marks, False)[indices])
        for kind, marks in holds.items()
        if marks.any()
    }


def pattern_kinds(text: str) -> frozenset[PatternKind]:
    """The kinds of personal data in one text."""
    return frozenset(kind for _, _, kind in _finds(text.translate(_PLAIN), RECOGNISERS))


def deidentify(text: str, *, language: str = "nl", names: Names | None = None) -> str:
    """A text in which every find is replaced by what it is, such as ``[telefoonnummer]``.

    Without *names* no name is recognised, and with it a description still is not: a text can be
    about someone who can be found.

    Args:
        text: What somebody typed.
        language: Of the words that take the place.
        names: What finds names; see `name_finder`. A find by form goes before it.
    """
    plain = text.translate(_PLAIN)
    finds = [(start, end, _WORDS[kind]) for start, end, kind in _finds(plain, RECOGNISERS)]
    taken = [(start, end) for start, end, _ in finds]
    for place in names(plain) if names else ():
        finds += [(*rest, "anonymise.word-name") for rest in _apart(place, taken)]
    parts = []
    at = 0
    for start, end, word in sorted(finds):
        parts += [text[at:start], _placeholder(word, language)]
        at = end
    return "".join(parts) + text[at:]


def deidentify_column(texts: pa.Array | pa.ChunkedArray, *, language: str = "nl") -> pa.Array:
    """A column of texts, each as `deidentify` leaves it; missing ones stay missing."""
    encoded = _column(texts).dictionary_encode()
    distinct = encoded.dictionary
    candidates = np.logical_or.reduce(_hints(distinct))
    cleaned = [
        deidentify(text, language=language) if is_candidate else text
        for text, is_candidate in zip(distinct.to_pylist(), candidates, strict=True)
    ]
    return pa.array(cleaned, pa.string()).take(encoded.indices)


def pattern_word(kind: PatternKind) -> Word:
    """The word by which an official reads a kind."""
    return Word(_WORDS[kind])


def _column(texts: pa.Array | pa.ChunkedArray | Iterable[str | None]) -> pa.Array:
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    column = texts if isinstance(texts, pa.Array) else pa.array(texts, pa.string())
    return column.cast(pa.large_string())


def _holds(distinct: pa.Array) -> dict[PatternKind, npt.NDArray[np.bool_]]:
    """Per kind which of the distinct texts hold it; only texts with a hint are read."""
    hints = _hints(distinct)
    holds = {kind: np.zeros(len(distinct), np.bool_) for kind in PatternKind}
    candidates = np.flatnonzero(np.logical_or.reduce(hints))
    texts = distinct.take(pa.array(candidates)).to_pylist()
    for at, text in zip(candidates, texts, strict=True):
        likely = [item for item, hint in zip(RECOGNISERS, hints, strict=True) if hint[at]]
        for _, _, kind in _finds(text.translate(_PLAIN), likely):
            holds[kind][at] = True
    return holds


def _hints(distinct: pa.Array) -> list[npt.NDArray[np.bool_]]:
    """Per recogniser which texts may hold a find: those with its hint.

    A space, hyphen or digit of another kind would hide a number from a hint: texts with signs
    beyond ASCII are always read when there is any digit or address sign in them.
    """
    beyond = pc.and_(
        pc.invert(pc.string_is_ascii(distinct)), pc.match_substring_regex(distinct, _ANY_HINT)
    )
    return [
        pc.or_(pc.match_substring_regex(distinct, recogniser.hint), beyond).to_numpy(
            zero_copy_only=False
        )
        for recogniser in RECOGNISERS
    ]


def _finds(plain: str, recognisers: Sequence[Recogniser]) -> list[tuple[int, int, PatternKind]]:
    """Every find from left to right; where two overlap, the kind that is named first wins."""
    found: list[tuple[int, int, PatternKind]] = []
    for recogniser in recognisers:
        for start, end in recogniser.spans(plain):
            if all(end <= other or start >= until for other, until, _ in found):
                found.append((start, end, recogniser.kind))
    return sorted(found)


def _apart(place: tuple[int, int], taken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a place beside those that are taken."""
    rests = [place]
    for start, end in taken:
        cut = [((one, min(until, start)), (max(one, end), until)) for one, until in rests]
        rests = [rest for both in cut for rest in both if rest[0] < rest[1]]
    return rests


@cache
def _placeholder(word: str, language: str) -> str:
    return f"[{sentence(word, language=language)}]"
