"""The years of a fair comparison: what was counted in each, and which belong together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from grondslag.analysis.breaks import breaks_in
from grondslag.analysis.counting import Material, Tally
from grondslag.analysis.protecting import is_shown
from grondslag.analysis.stretches import (
    Change,
    changes_of_codes,
    jumps,
    known_changes,
    stretches,
)
from grondslag.contracts import Contract, PeriodBasis

_YEAR = 4


@dataclass(frozen=True, slots=True)
class Years:
    """The years that were delivered.

    Args:
        column: Column with the year or day.
        per_year: Per year the count of the whole town.
        changes: Why some years are not taken together.
        stretches: First and last year of the years that belong together, in order.
        is_stock: Whether each year counts anew who is there on one day: years are then not added.
    """

    column: str
    per_year: Mapping[int, Tally]
    changes: tuple[Change, ...]
    stretches: tuple[tuple[int, int], ...]
    is_stock: bool = False

    @property
    def used(self) -> tuple[int, int]:
        """The last years that belong together, or the last: areas are compared over these."""
        first, last = self.stretches[-1]
        return (last, last) if self.is_stock else (first, last)

    @property
    def count(self) -> int:
        """How many years those are."""
        first, last = self.used
        return last - first + 1

    @property
    def period(self) -> tuple[str, str]:
        """First and last day of those."""
        first, last = self.used
        return f"{first}-01-01", f"{last}-12-31"

    @property
    def whole_period(self) -> tuple[str, str]:
        """First and last day of everything that was delivered."""
        return f"{self.stretches[0][0]}-01-01", f"{self.stretches[-1][1]}-12-31"

    def within(self, material: Material) -> Material:
        """The rows of those years; all rows of a table that has no years."""
        if self.column not in material.table.column_names:
            return material
        first, last = self.used
        keep = [
            year is not None and first <= year <= last
            for year in years_in(material.table, self.column)
        ]
        return material.with_table(material.table.filter(pa.array(keep, pa.bool_())))


def years_in(table: pa.Table, column: str) -> list[int | None]:
    """The year of every row: of a whole number, a day, or a text that starts with a year."""
    found: list[int | None] = []
    for value in table[column].to_pylist():
        text = "" if value is None else str(value)[:_YEAR]
        found.append(int(text) if len(text) == _YEAR and text.isdigit() else None)
    return found


def years_of(
    town: Material,
    counted: Material,
    *,
    column: str,
    area: str,
    contracts: Sequence[Contract],
    minimum: int,
) -> Years | None:
    """The years, and what keeps some apart; None when no row has a year.

    Args:
        town: Counts of the whole town.
        counted: Counts per area.
        column: Column with the year or day in both.
        area: Column with the area.
        contracts: Of the counts per area first, then of the rest: their owners tell of changes.
        minimum: Smallest group that will be shown: a jump is looked for in such counts only.
    """
    if column not in town.table.column_names or column not in counted.table.column_names:
        return None
    keys = [None if year is None else str(year) for year in years_in(town.table, column)]
    per_year = {int(year): tally for (year,), tally in sorted(town.per([keys]).items())}
    if not per_year:
        return None
    years = sorted(per_year)
    changes = known_changes(breaks_in((f"{years[0]}", f"{years[-1]}"), contracts), years)
    if counted.counted:
        codes: dict[int, set[str]] = {}
        for year, code in zip(
            years_in(counted.table, column), counted.table[area].to_pylist(), strict=True
        ):
            if year is not None and code is not None:
                codes.setdefault(year, set()).add(str(code))
        told = {one.year for one in changes}
        changes += [one for one in changes_of_codes(codes) if one.year not in told]
    shown = {
        year: tally.count
        for year, tally in per_year.items()
        if tally.count is not None and is_shown(tally, minimum)
    }
    changes += jumps(shown, changes)
    changes.sort(key=lambda one: one.year)
    return Years(
        column,
        per_year,
        tuple(changes),
        stretches(years, changes),
        is_stock=_of_one_day(counted, contracts[0]),
    )


def _of_one_day(counted: Material, contract: Contract) -> bool:
    """Whether its owner says that a count is of one day, and not of all that happened in a year."""
    if not counted.counted or counted.counted not in contract.column_names:
        return False
    return contract.column(counted.counted).period_basis is PeriodBasis.FIRST_OF_JANUARY
