"""A released table beside the question, read per area: what is not shown adds up to nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from grondslag.analysis.result import ContextTable
from grondslag.release import ReleasedFigure

_BAND = re.compile(r"(\d+)(?:-(\d+)|(\+))?")
_NO_END = 999
_OLDEST = 110


@dataclass(frozen=True, slots=True)
class ContextFigure:
    """A released table and what it is about.

    Args:
        figure: As released.
        table: What it is about.
    """

    figure: ReleasedFigure
    table: ContextTable

    @property
    def areas(self) -> list[str]:
        """Codes of its areas, in its own order; one empty code when it has none."""
        if not self.table.level:
            return [""]
        return list(dict.fromkeys(cell.keys[0] for cell in self.figure.cells))

    def count(self, area: str, group: str = "") -> int | None:
        """One cell; None when it is withheld."""
        areas = (area,) if self.table.level else ()
        groups = (group,) if self.table.groups else ()
        cell = self.figure.cell(*areas, *groups)
        return cell.count if cell else None

    def total(self, area: str) -> int | None:
        """All groups of an area together; None when one of them is withheld."""
        counts = [self.count(area, group) for group in self.table.groups or ("",)]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None

    def largest(self, area: str) -> list[tuple[str, int]]:
        """The groups of an area that are shown, the largest first."""
        counts = [(group, self.count(area, group)) for group in self.table.groups]
        known = [(group, count) for group, count in counts if count is not None]
        return sorted(known, key=lambda item: -item[1])

    @property
    def bands(self) -> Mapping[str, tuple[int, int]]:
        """Per group of ages its first and its last year."""
        found = {}
        for group in self.table.groups:
            band = _BAND.fullmatch(group)
            if band:
                first = int(band[1])
                last = _NO_END if band[3] else int(band[2] or first)
                found[group] = (first, _NO_END if last >= _OLDEST else last)
        return found

    def is_open(self, group: str) -> bool:
        """Whether a group of ages has no end: the oldest people there are."""
        return self.bands.get(group, (0, 0))[1] == _NO_END

    def per_hundred(self, other: ReleasedFigure | None) -> dict[str, int]:
        """Per area its total for every hundred of another table; only where both are shown."""
        rates = {}
        for code in self.areas:
            mine, cell = self.total(code), other.cell(code) if other else None
            if mine is not None and cell is not None and cell.count:
                rates[code] = round(100 * mine / cell.count)
        return rates
