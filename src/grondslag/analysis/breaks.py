"""What changed in a period, so that years before and after are not the same thing.

Found in two places: the calendar, for the years of the corona measures, and ``breaks`` in the
contract. Nobody but its owner knows when a register changed. Free text of an owner is only looked
at for a sentence that should have stood there: it then is a question, and nothing follows from it.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from grondslag.contracts import Contract

COVID_YEARS = (2020, 2021)
"""Most of these two years fewer people were on the road, in town and in shops."""

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_YEAR = re.compile(r"\b(19[5-9]\d|20[0-4]\d)\b")
_BORDERS = re.compile(
    r"herindeling|grenzen|(buurt|wijk|gebieds)(indeling|code)|indeling in (buurten|wijken)"
    r"|boundar|redistrict",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"trendbreuk|gewijzigd|wijzig(t|de|ing)|veranderd|verander(t|de|ing)|vernieuwd|overgestapt"
    r"|\b(nieuwe?|andere) (manier|wijze|systeem|registratie|definitie|\w*indeling)|\banders\b"
    r"|break in|changed|changes|new (way|system|definition)|redefined",
    re.IGNORECASE,
)


class BreakKind(StrEnum):
    """What changed: as an owner put it down, by the calendar, or perhaps, in words only."""

    REGISTRATION = "registration"
    DEFINITION = "definition"
    BORDERS = "borders"
    COVID = "covid"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class Break:
    """A change within a period.

    Args:
        kind: What changed.
        year: In which year; the first of them when there are more.
        said: The owner's own sentence about it; empty when the calendar says it.
    """

    kind: BreakKind
    year: int
    said: str = ""

    @property
    def fields(self) -> Mapping[str, Any]:
        """What fills in the sentence about it."""
        if self.kind is BreakKind.COVID:
            return {"first": COVID_YEARS[0], "last": COVID_YEARS[1]}
        return {"year": self.year, "said": self.said}


def breaks_in(period: tuple[str, str] | None, contracts: Iterable[Contract]) -> tuple[Break, ...]:
    """What changed within a period, the calendar first.

    A contract names the first whole year of the new way: a period that begins with that year lies
    after the change. Of a sentence nobody knows the month, so it also counts in the first year.

    Args:
        period: First and last day; None when there is none, and then nothing changed within it.
        contracts: Of the datasets that are counted or counted against.
    """
    if period is None:
        return ()
    first, last = (int(day[:4]) for day in period)
    found = []
    if any(first <= year <= last for year in COVID_YEARS):
        found.append(Break(BreakKind.COVID, COVID_YEARS[0]))
    for contract in contracts:
        told = [Break(BreakKind(one.kind), one.year, one.said) for one in contract.privacy.breaks]
        years = {one.year for one in told}
        hints = [one for one in looks_like_breaks(_texts(contract)) if one.year not in years]
        found += [one for one in told if first < one.year <= last]
        found += [one for one in hints if first <= one.year <= last]
    return tuple(dict.fromkeys(found))


def looks_like_breaks(text: str) -> tuple[Break, ...]:
    """Sentences that may tell of a change: with a year and a word of change.

    Words miss changes and see ones that are none, so nothing is refused or kept apart for them.
    """
    found = []
    for sentence in filter(None, map(str.strip, _SENTENCE.split(text))):
        if _CHANGED.search(sentence) or _BORDERS.search(sentence):
            years = _YEAR.findall(sentence)[:1]
            found += [Break(BreakKind.UNTOLD, int(year), sentence) for year in years]
    return tuple(found)


def _texts(contract: Contract) -> str:
    """What the owner says that the data cannot tell, and what they are for."""
    content = contract.document.content
    said = content.get("description") if isinstance(content, Mapping) else None
    if isinstance(said, str):
        return said
    if not isinstance(said, Mapping):
        return ""
    return "\n".join(str(said.get(name) or "") for name in ("limitations", "usage", "purpose"))
