"""Whether an answer in words is an answer: a decision, a reason, a limit.

No machine understands a reason. These tests catch what is no reason in any case: nothing, a filler,
the question again. The people who sign judge the rest.
"""

import re
import unicodedata
from functools import lru_cache

_INSIGHT = (
    "meer inzicht", "beter inzicht", "inzicht krijgen", "inzicht in", "inzichtelijk maken",
    "in kaart brengen", "meer te weten", "meer weten", "beeld krijgen", "een beeld van",
    "beter begrijpen", "more insight", "better insight", "gain insight", "know more",
)  # fmt: skip
"""Wanting to know is not deciding."""

_DECIDING = re.compile(
    r"\b(besluit\w*|besliss\w+|beslist?|kiezen|kiest?|decid\w+"
    r"|te (plaatsen|verhogen|verlagen|stoppen|verlenen|verdelen)"
    r"|(vast te stell|aan te legg|toe te kenn|in te voer|af te schaff|toe te wijz)en)\b"
)
"""Words of someone who is going to do something."""

_FILLERS = (
    "handig", "voor de zekerheid", "je weet nooit", "nooit weg", "nice to have", "misschien later",
    "voor later", "omdat het kan", "omdat het er is", "geen idee", "weet ik niet", "weet niet",
    "nog te bepalen", "nog invullen", "nog in te vullen", "nader te bepalen", "volgt nog", "n.v.t",
    "nvt", "niet van toepassing", "tbd", "todo", "useful to have", "just in case",
    "not applicable", "to be determined",
)  # fmt: skip
"""Phrases that stand where a reason should."""

_EVERYONE = (
    "iedereen", "alle medewerkers", "alle ambtenaren", "alle collega s", "hele organisatie",
    "hele gemeente", "het publiek", "wie wil", "nog te bepalen", "everyone", "everybody",
    "anyone", "all staff", "all employees", "the public",
)  # fmt: skip
"""Names of nobody in particular."""

_NOTHING = frozenset({"openbaar", "publiek", "onbekend", "onbekende", "unknown", "public", ""})
"""Texts that say nothing when nothing else is said."""

_SMALL = frozenset(
    {
        "de", "het", "een", "van", "voor", "in", "op", "aan", "en", "of", "om", "te", "is", "zijn",
        "dit", "dat", "die", "nodig", "omdat", "we", "wij", "bij", "met", "door", "the", "a", "for",
        "on", "and", "or", "to", "are", "needed", "because", "by", "with",
    }
)  # fmt: skip


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Lower case, without accents, signs and double spaces."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    words = re.sub(r"[^\w.]+", " ", letters).split()
    return " ".join(word.strip(".") for word in words if word.strip("."))


def letters_in(text: str) -> int:
    """How many letters a text has."""
    return sum(sign.isalpha() for sign in text)


def has_filler(text: str) -> bool:
    """Whether the text leans on a filler: ``handig``, ``voor de zekerheid``, ``nog te bepalen``."""
    return plain(text) in _NOTHING or _holds(text, _FILLERS)


def is_reason(text: str, least: int | None) -> bool:
    """Whether a text can be a reason: of *least* letters or more, and no filler.

    Without a known *least* nothing is a reason.
    """
    return least is not None and letters_in(text) >= least and not has_filler(text)


def is_decision(text: str) -> bool:
    """Whether the text says what is decided, not only what someone wants to know."""
    said = plain(text)
    if has_filler(said):
        return False
    return not _holds(said, _INSIGHT) or _DECIDING.search(said) is not None


def names_everyone(text: str) -> bool:
    """Whether access is given to nobody in particular."""
    return plain(text) in _NOTHING or _holds(text, _EVERYONE)


def repeats(text: str, *others: str) -> bool:
    """Whether a text says nothing beyond the *others*, small words apart."""
    said = set(_bare(text))
    known = {word for other in others for word in _bare(other)}
    return not said - known - _SMALL


def _bare(text: str) -> list[str]:
    return [word for word in re.split(r"[\W_]+", plain(text)) if word]


def _holds(text: str, phrases: tuple[str, ...]) -> bool:
    said = f" {plain(text)} "
    return any(f" {phrase} " in said for phrase in phrases)
