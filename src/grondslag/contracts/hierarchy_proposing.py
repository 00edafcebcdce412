"""How a column could become coarser, out of its own values: parameters, for its owner to mend.

What is proposed ends up in a contract that others read, so it never holds a value. A bound is a
round number with at least so many people beyond it as the smallest group may have; a length of a
code is that of as many people. Which jobs or schools are alike is for a person to say.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from grondslag.anonymise.proposing import FEW, NARROW_BANDS, round_up
from grondslag.contracts.hierarchies import ColumnHierarchy, HierarchyKind
from grondslag.contracts.model import LogicalType

_MOST_WIDTHS = 6
_YEARS = {"lustrum": 5, "decade": 10}
_VALUE, _PERSON = "value", "person"


@dataclass(frozen=True, slots=True)
class _Seen:
    """Who has which value; a pair stands there once."""

    pairs: pa.Table = field(repr=False)
    least: int

    def persons(self, having: pa.ChunkedArray) -> int:
        """How many persons have a value of which *having* says so."""
        return int(pc.count_distinct(self.pairs.filter(having)[_PERSON]).as_py())

    def ends(self, numbers: pa.ChunkedArray) -> tuple[float, float] | None:
        """Numbers with enough persons at or below, and at or above.

        Args:
            numbers: Per pair; what is missing or endless does not count.

        Returns:
            None when there are too few persons.
        """
        counts = pc.fill_null(pc.is_finite(numbers), False)
        known = pa.table({_VALUE: numbers, _PERSON: self.pairs[_PERSON]}).filter(counts)
        each = known.group_by(_PERSON).aggregate([(_VALUE, "min"), (_VALUE, "max")])
        if each.num_rows < 2 * self.least:
            return None
        low = np.sort(each[f"{_VALUE}_min"].to_numpy())
        high = np.sort(each[f"{_VALUE}_max"].to_numpy())
        return float(low[self.least - 1]), float(high[-self.least])


def proposed_hierarchy(
    kind: LogicalType, values: pa.ChunkedArray, persons: pa.ChunkedArray, *, least: int
) -> ColumnHierarchy | None:
    """A hierarchy for a column that tells nothing of anybody in it.

    Args:
        kind: What the column holds.
        values: The column, a row per row.
        persons: Who each row is about.
        least: The smallest group that may be told about.

    Returns:
        None where the values say too little, or only a person can know what is alike.
    """
    make = _MAKERS.get(kind)
    if make is None:
        return None
    pairs = pa.table({_VALUE: values, _PERSON: persons}).group_by([_VALUE, _PERSON]).aggregate([])
    known = pc.and_(pc.is_valid(pairs[_VALUE]), pc.is_valid(pairs[_PERSON]))
    return make(_Seen(pairs.filter(known), least), kind)


def _numbers(seen: _Seen, kind: LogicalType) -> ColumnHierarchy | None:
    found = seen.ends(seen.pairs[_VALUE].cast(pa.float64()))
    if found is None or found[0] >= found[1]:
        return None
    low, high = found
    width = round_up((high - low) / NARROW_BANDS)
    if kind is LogicalType.INTEGER:
        width = max(width, 2.0)
    first, last = (low // width + 1) * width, (high // width) * width
    if first >= last:
        return None
    widths = [width]
    while len(widths) < _MOST_WIDTHS and widths[-1] * 2 <= last - first:
        widths.append(widths[-1] * 2)
    return ColumnHierarchy(HierarchyKind.INTERVALS, widths=tuple(widths), ends=(first, last))


def _dates(seen: _Seen, kind: LogicalType) -> ColumnHierarchy | None:
    found = seen.ends(pc.year(seen.pairs[_VALUE]).cast(pa.float64()))
    if found is None:
        return None
    first = ("day",) if kind is LogicalType.TIMESTAMP else ()
    longer = tuple(step for step, width in _YEARS.items() if found[1] - found[0] >= width)
    return ColumnHierarchy(HierarchyKind.DATES, steps=(*first, "month", "quarter", "year", *longer))


def _codes(seen: _Seen, _kind: LogicalType) -> ColumnHierarchy | None:
    """Codes of one form, such as 1234AB, lose signs from the right."""
    if seen.persons(pc.is_valid(seen.pairs[_VALUE])) < seen.least:
        return None
    forms = pc.replace_substring_regex(seen.pairs[_VALUE], r"\d", "9")
    forms = pc.replace_substring_regex(forms, r"\pL", "A")
    told = _Seen(pa.table({_VALUE: forms, _PERSON: seen.pairs[_PERSON]}), seen.least)
    common = [
        form
        for form in pc.unique(forms).to_pylist()
        if told.persons(pc.equal(forms, form)) >= seen.least
    ]
    if len(common) != 1 or "9" not in common[0] or len(common[0]) < 2:
        return None
    if pc.count_distinct(seen.pairs[_VALUE]).as_py() <= FEW:
        return None
    keep = _kept(common[0])
    return ColumnHierarchy(HierarchyKind.MASKING, keep=keep, length=len(common[0]))


def _kept(form: str) -> tuple[int, ...]:
    """How many signs stay: up to where the kind of sign changes, and then by halves."""
    borders = [found.start() for found in re.finditer(r"(?<=9)[^9]|(?<=A)[^A]", form)]
    keep = sorted(borders, reverse=True) or [(len(form) + 1) // 2]
    while keep[-1] > 1:
        keep.append(keep[-1] // 2)
    return tuple(keep)


_MAKERS: Mapping[LogicalType, Callable[[_Seen, LogicalType], ColumnHierarchy | None]] = {
    LogicalType.INTEGER: _numbers,
    LogicalType.NUMBER: _numbers,
    LogicalType.DATE: _dates,
    LogicalType.TIMESTAMP: _dates,
    LogicalType.STRING: _codes,
}
