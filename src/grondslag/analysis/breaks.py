"""What changed in a period, so that years before and after are not the same thing.

Found in two places: the calendar, for the years of the corona measures, and the owner's own words
in the contract. Nobody else knows when a register changed.
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
    r"trendbreuk|gewijzigd|wijzig(t|de|ing)|veranderd|verander(t|de|ing)|nieuwe? "
    r"|ander(e|s) (manier|wijze|geteld|geregistreerd)|vernieuwd|overgestapt"
    r"|break in|changed|changes|new (way|system|definition)|redefined",
    re.IGNORECASE,
)


class BreakKind(StrEnum):
    """What changed."""

    REGISTRATION = "registration"
    BORDERS = "borders"
    COVID = "covid"


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

    A change in the first year of a period is a change within it: nobody says in which month.

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
        found += [one for one in said_in(_texts(contract)) if first <= one.year <= last]
    return tuple(dict.fromkeys(found))


def said_in(text: str) -> tuple[Break, ...]:
    """The changes that an owner tells of: a sentence with a year and a word of change."""
    found = []
    for sentence in filter(None, map(str.strip, _SENTENCE.split(text))):
        if not _CHANGED.search(sentence):
            continue
        kind = BreakKind.BORDERS if _BORDERS.search(sentence) else BreakKind.REGISTRATION
        found += [Break(kind, int(year), sentence) for year in _YEAR.findall(sentence)[:1]]
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
