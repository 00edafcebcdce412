"""Households per neighbourhood, each with what makes people differ: with whom, and renting or not.

For examples about neighbourhoods. Every household is drawn by itself; what a neighbourhood has is
counted afterwards, as an office that keeps statistics would.
"""

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pyarrow as pa

from grondslag.synthetic.chance import Flags, Integers, drawn, stream
from grondslag.synthetic.geography import DISTRICTS, neighbourhoods
from grondslag.synthetic.tables import table_of

KINDS = ("alleen", "paar", "gezin", "eenouder")
TENURES = ("huur", "koop")
LEAST = 10
"""An office leaves out counts below this."""
_ROUNDED = 5
_HOUSEHOLDS = 27_000
_USUAL = (0.36, 0.28, 0.29, 0.07)
_RENTING = (0.62, 0.30, 0.28, 0.66)
_OTHER = MappingProxyType(
    {
        "Biezenveld": ((0.36, 0.10, 0.20, 0.34), (0.95, 0.80, 0.85, 0.96)),
        "Rietlanden": ((0.14, 0.20, 0.61, 0.05), (0.45, 0.20, 0.18, 0.50)),
        "Stationsbuurt": ((0.68, 0.22, 0.07, 0.03), (0.85, 0.60, 0.55, 0.85)),
    }
)
"""Neighbourhoods where other people live: shares of the kinds, and who of each rents."""


@dataclass(frozen=True, slots=True)
class Households:
    """All households, by position.

    Args:
        neighbourhood: Position of the neighbourhood.
        kind: Position in `KINDS`.
        tenure: Position in `TENURES`.
    """

    neighbourhood: Integers
    kind: Integers
    tenure: Integers

    @property
    def size(self) -> int:
        """How many there are."""
        return int(self.neighbourhood.size)


def make_households(seed: int) -> Households:
    """The households of Voorbeeldstad."""
    chance = stream(seed, "households")
    names = [name for _, name, _ in neighbourhoods()]
    per_district = len(names) // len(DISTRICTS)
    weights = np.repeat([district.people for district in DISTRICTS], per_district)
    weights = weights * chance.uniform(0.8, 1.2, weights.size)
    where = drawn(chance, weights, _HOUSEHOLDS)
    kind = np.zeros(_HOUSEHOLDS, dtype=np.int64)
    renting = np.zeros(_HOUSEHOLDS)
    for at, name in enumerate(names):
        kinds, rents = _OTHER.get(name, (_USUAL, _RENTING))
        here = np.flatnonzero(where == at)
        kind[here] = drawn(chance, np.array(kinds), here.size)
        renting[here] = np.array(rents)[kind[here]]
    tenure = (chance.random(_HOUSEHOLDS) >= renting).astype(np.int64)
    return Households(where, kind, tenure)


def position(name: str) -> int:
    """The position of the neighbourhood with this name."""
    return [one for _, one, _ in neighbourhoods()].index(name)


def code(name: str) -> str:
    """The code of the neighbourhood with this name."""
    return neighbourhoods()[position(name)][0]


def size_table(households: Households, *, uncounted: str = "") -> pa.Table:
    """How many households of each kind live where, rounded to fives as such offices do.

    Args:
        households: All of them.
        uncounted: Name of a neighbourhood of which the office does not know it.
    """
    rows: list[tuple[object, ...]] = []
    unknown = code(uncounted) if uncounted else ""
    for at, (area, _, _) in enumerate(neighbourhoods()):
        for kind, with_whom in enumerate(KINDS):
            for tenure, how in enumerate(TENURES):
                mine = (
                    (households.neighbourhood == at)
                    & (households.kind == kind)
                    & (households.tenure == tenure)
                )
                size = None if area == unknown else _ROUNDED * round(int(mine.sum()) / _ROUNDED)
                rows.append((area, with_whom, how, size))
    return table_of(("buurt", "samenstelling", "eigendom", "huishoudens"), rows)


def area_counts(households: Households, trait: Flags, year: int, name: str) -> pa.Table:
    """How many households with a trait live in each neighbourhood; small counts are left out."""
    counts = np.bincount(households.neighbourhood[trait], minlength=len(neighbourhoods()))
    rows = [
        (area, year, int(count) if count >= LEAST else None)
        for (area, _, _), count in zip(neighbourhoods(), counts, strict=True)
    ]
    return table_of(("buurt", "jaar", name), rows)


def group_counts(households: Households, trait: Flags, year: int, name: str) -> pa.Table:
    """How many households of each kind have a trait, in the whole town."""
    rows = []
    for kind, with_whom in enumerate(KINDS):
        for tenure, how in enumerate(TENURES):
            mine = trait & (households.kind == kind) & (households.tenure == tenure)
            count = int(mine.sum())
            rows.append((with_whom, how, year, count if count >= LEAST else None))
    return table_of(("samenstelling", "eigendom", "jaar", name), rows)
