"""How many people look alike, and what a group gives away about each of them.

People and not rows: someone with ten rows is still one person. Missing values and NaN are values
of their own, for they set someone apart as any value does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from grondslag.errors import DisclosureRefusedError, InputError

SIZES = (2, 3, 5, 10, 20)
"""Group sizes below which persons are counted, unless others are asked for."""

_Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class GroupRisk:
    """How many people look alike.

    Args:
        smallest: Persons in the smallest group: the *k* of k-anonymity; 0 for an empty table.
        below: Per size the number of persons in any group with fewer persons than that.
        groups: Number of groups.
        persons: Number of persons.
    """

    smallest: int
    below: Mapping[int, int]
    groups: int
    persons: int


@dataclass(frozen=True, slots=True)
class SensitiveRisk:
    """What groups give away: all in the group have one value, so whoever is in it has it.

    Args:
        groups: Number of groups.
        giving_away: Groups in which the sensitive column has one value.
        persons: Persons in any such group.
    """

    groups: int
    giving_away: int
    persons: int

    @property
    def share(self) -> float:
        """The share of groups that give their value away; 0 for an empty table."""
        return self.giving_away / self.groups if self.groups else 0.0


def smallest_group(
    table: pa.Table, *, quasi: Sequence[str], person: str | None, sizes: Sequence[int] = SIZES
) -> GroupRisk:
    """Count the people in each group that looks alike.

    Args:
        table: One row per event or person.
        quasi: Columns an outsider may know; without any, all people look alike.
        person: The column that tells people apart; None when every row is one person.
        sizes: Sizes of which to say how many persons are in a smaller group.

    Raises:
        DisclosureRefusedError: A person is missing or NaN: then people cannot be counted.
        InputError: The table has no such column.

    Source:
        Sweeney (2002), k-anonymity, doi:10.1142/S0218488502001648.
    """
    groups, group_count = _groups(table, quasi)
    people, person_count = _people(table, person)
    each = _persons_per_group(groups, group_count, people, person_count)
    per_row = each[groups]
    below = {size: _distinct(people, person_count, per_row < size) for size in sorted(set(sizes))}
    smallest = int(each.min()) if group_count else 0
    return GroupRisk(smallest, below, group_count, person_count)


def group_sizes(table: pa.Table, *, quasi: Sequence[str], person: str | None) -> _Codes:
    """The persons in each group that looks alike; someone in two groups counts in both.

    Args:
        table: One row per event or person.
        quasi: Columns an outsider may know; without any, all people look alike.
        person: The column that tells people apart; None when every row is one person.

    Raises:
        DisclosureRefusedError: A person is missing or NaN: then people cannot be counted.
        InputError: The table has no such column.
    """
    groups, group_count = _groups(table, quasi)
    people, person_count = _people(table, person)
    return _persons_per_group(groups, group_count, people, person_count)


def sensitive_disclosure(
    table: pa.Table, *, quasi: Sequence[str], sensitive: str, person: str | None
) -> SensitiveRisk:
    """Count the groups in which a sensitive column has one value.

    Args:
        table: One row per event or person.
        quasi: Columns an outsider may know.
        sensitive: The column that nobody should learn of someone.
        person: The column that tells people apart; None when every row is one person.

    Raises:
        DisclosureRefusedError: A person is missing or NaN.
        InputError: The table has no such column.

    Source:
        Machanavajjhala, Kifer, Gehrke and Venkitasubramaniam (2007), l-diversity
        (homogeneity attack), doi:10.1145/1217299.1217302.
    """
    groups, group_count = _groups(table, quasi)
    people, person_count = _people(table, person)
    values, value_count = _codes(_column(table, sensitive))
    each = _persons_per_group(groups, group_count, values, value_count)  # distinct values
    alike = each == 1
    persons = _distinct(people, person_count, alike[groups])
    return SensitiveRisk(group_count, int(alike.sum()), persons)


def _column(table: pa.Table, name: str) -> pa.ChunkedArray:
    if table.column_names.count(name) != 1:
        raise InputError("anonymise.unknown-column", column=name[:63], known=table.column_names)
    return table.column(name)


def _people(table: pa.Table, person: str | None) -> tuple[_Codes, int]:
    """A number per person, for every row."""
    if person is None:
        return np.arange(table.num_rows, dtype=np.int64), table.num_rows
    column = _column(table, person)
    missing = column.null_count > 0
    if not missing and pa.types.is_floating(column.type):
        missing = bool(pc.any(pc.is_nan(column)).as_py())
    if missing:
        raise DisclosureRefusedError("anonymise.person-missing", column=person)
    return _codes(column)


def _groups(table: pa.Table, quasi: Sequence[str]) -> tuple[_Codes, int]:
    """A number per group that looks alike, for every row."""
    groups = np.zeros(table.num_rows, np.int64)
    count = min(table.num_rows, 1)
    for name in quasi:
        codes, different = _codes(_column(table, name))
        # Both are at most the number of rows, so that the product always has room.
        groups, count = _codes(pa.chunked_array([pa.array(groups * max(different, 1) + codes)]))
    return groups, count


def _codes(column: pa.ChunkedArray) -> tuple[_Codes, int]:
    """A number from 0 per distinct value, missing and NaN included, for every row."""
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if pa.types.is_floating(column.type):
        column = _one_nan_one_zero(column)
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return codes, len(encoded.dictionary)


def _one_nan_one_zero(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """NaN has many bit patterns and zero has two: each becomes one."""
    nan = pa.scalar(float("nan"), column.type)
    return pc.add(pc.if_else(pc.is_nan(column), nan, column), pa.scalar(0.0, column.type))


def _persons_per_group(
    groups: _Codes, group_count: int, people: _Codes, person_count: int
) -> _Codes:
    """The number of distinct persons (or values) in each group.

    Sorted and not hashed: with millions of pairs that is fifty times as fast.
    """
    pairs = np.sort(groups * max(person_count, 1) + people)
    is_new = np.append(True, pairs[1:] != pairs[:-1])[: len(pairs)]
    each: _Codes = np.bincount(pairs[is_new] // max(person_count, 1), minlength=group_count)
    return each


def _distinct(people: _Codes, person_count: int, rows: npt.NDArray[np.bool_]) -> int:
    """How many persons have at least one of the rows."""
    seen = np.zeros(person_count, np.bool_)
    seen[people[rows]] = True
    return int(seen.sum())
