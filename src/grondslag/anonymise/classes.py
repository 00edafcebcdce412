"""Rows grouped once to distinct combinations: what follows costs by combination, not by row.

A class is one combination of the finest codes. It has numbers of rows, of persons and, when a
population is given, of people in it. Persons with rows in one class only are counted there; who
has rows in several is kept apart, for adding classes up would count them twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from grondslag.anonymise.grouping_loops import Small, Whole, number_keys
from grondslag.anonymise.hierarchies import Codes, Hierarchy, distinct_values
from grondslag.errors import DisclosureRefusedError, InputError

ROWS, PERSONS, POPULATION = 0, 1, 2
"""Columns of the weights of a class."""

LARGEST_KEY = 1 << 62


@dataclass(frozen=True, slots=True, eq=False)
class SensitiveCounts:
    """Which values of a sensitive column each class holds, in persons.

    Args:
        column: Its name.
        values: How many values it has, missing included.
        owners: The class of each entry.
        codes: The value of each entry.
        counts: Persons of that class with that value, of those with rows in one class only.
        total: Persons per value in the whole table.
        distinct: The values themselves.
        shared_persons: Persons with rows in several classes, once per class and value; rising.
        shared_owners: The class of each of those.
        shared_codes: The value of each of those.
    """

    column: str
    values: int
    owners: Small = field(repr=False)
    codes: Small = field(repr=False)
    counts: Whole = field(repr=False)
    total: Whole = field(repr=False)
    distinct: pa.Array = field(repr=False)
    shared_persons: Small = field(repr=False)
    shared_owners: Small = field(repr=False)
    shared_codes: Small = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Classes:
    """The distinct combinations of a table.

    Args:
        hierarchies: Of the quasi-identifiers, in order.
        codes: Per class (row) the finest code of each column.
        weights: Per class its rows, its persons with rows in no other class, its population.
        of_row: The class of each row of the table, or of each combination that was counted.
        person_of_row: A number per person, for every row; empty when every row is one person.
        shared_persons: Persons with rows in several classes, rising, once per class.
        shared_owners: The class of each of those entries.
        sensitive: Per sensitive column what the classes hold.
    """

    hierarchies: tuple[Hierarchy, ...]
    codes: npt.NDArray[np.integer] = field(repr=False)
    weights: Whole = field(repr=False)
    of_row: Small = field(repr=False)
    person_of_row: Small = field(repr=False)
    shared_persons: Small = field(repr=False)
    shared_owners: Small = field(repr=False)
    sensitive: tuple[SensitiveCounts, ...] = field(repr=False)

    @property
    def rows(self) -> int:
        """Rows of the table."""
        return int(self.weights[:, ROWS].sum())

    @property
    def count(self) -> int:
        """Number of classes."""
        return len(self.codes)


def classes_of(
    table: pa.Table,
    hierarchies: Sequence[Hierarchy],
    *,
    sensitive: Sequence[str] = (),
    person: str | None = None,
    population: pa.Table | None = None,
) -> Classes:
    """Group a table.

    Args:
        table: One row per event or person.
        hierarchies: One per quasi-identifier.
        sensitive: Columns that nobody should learn of someone.
        person: The column that tells people apart; None when every row is one person.
        population: Everybody the rows could be of, one row each, with the quasi-identifiers.

    Raises:
        DisclosureRefusedError: A person is missing.
        InputError: No rows, no such column, or a value that a hierarchy does not hold.
    """
    if not table.num_rows:
        raise InputError("anonymise.no-rows")
    covering, of_row, codes = _grouped(table, population, hierarchies)
    rows, others = of_row[: table.num_rows], of_row[table.num_rows :]
    people = _people(table, person)
    count = len(codes)
    single, shared = _shared(rows, people, count)
    weights = np.zeros((count, 3), np.int64, order="F")
    weights[:, ROWS] = np.bincount(rows, minlength=count)
    weights[:, PERSONS] = weights[:, ROWS] if not len(people) else single
    weights[:, POPULATION] = np.bincount(others, minlength=count)
    held = tuple(_held(table, name, rows, people, shared) for name in sensitive)
    pairs = _entries(people, rows, shared)
    return Classes(covering, codes, weights, rows, people, *pairs, held)


def classes_of_counts(
    combinations: pa.Table,
    hierarchies: Sequence[Hierarchy],
    *,
    count: str,
    sensitive: Sequence[str] = (),
) -> Classes:
    """Group combinations that a data engine counted; every row is one person.

    Args:
        combinations: One row per combination of quasi-identifiers and sensitive values.
        hierarchies: One per quasi-identifier.
        count: The column that says how many rows a combination stands for.
        sensitive: Columns that nobody should learn of someone.

    Raises:
        InputError: No rows, no such column, or a value that a hierarchy does not hold.
    """
    if not combinations.num_rows:
        raise InputError("anonymise.no-rows")
    covering, of_row, codes = _grouped(combinations, None, hierarchies)
    counts = _column(combinations, count).to_numpy()
    weights = np.zeros((len(codes), 3), np.int64, order="F")
    weights[:, ROWS] = np.bincount(of_row, counts, len(codes))
    weights[:, PERSONS] = weights[:, ROWS]
    nobody = np.zeros(0, np.int32)
    held = []
    for name in sensitive:
        distinct, values = distinct_values(_column(combinations, name))
        held.append(_summed(name, distinct, of_row, values, counts))
    return Classes(covering, codes, weights, of_row, nobody, nobody, nobody, tuple(held))


def _summed(
    name: str, distinct: pa.Array, owners: Small, values: Codes, counts: Whole
) -> SensitiveCounts:
    """Persons per class and value, of combinations that were counted."""
    size = len(distinct)
    keys, entry = np.unique(owners.astype(np.int64) * size + values, return_inverse=True)
    nobody = np.zeros(0, np.int32)
    return SensitiveCounts(
        column=name,
        values=size,
        owners=(keys // size).astype(np.int32),
        codes=(keys % size).astype(np.int32),
        counts=np.bincount(entry, counts).astype(np.int64),
        total=np.bincount(values, counts, size).astype(np.int64),
        distinct=distinct,
        shared_persons=nobody,
        shared_owners=nobody,
        shared_codes=nobody,
    )


def mixed_keys(columns: Sequence[npt.NDArray[np.integer]], sizes: Sequence[int]) -> Whole:
    """One number per row that differs whenever a column does.

    Args:
        columns: Codes from 0, one array per column.
        sizes: How many codes each column has.
    """
    keys = np.zeros(len(columns[0]), np.int64)
    room = 1
    for column, size in zip(columns, sizes, strict=True):
        if room * size > LARGEST_KEY:
            numbers, _, room = numbered(keys)
            keys = numbers.astype(np.int64)
        keys *= size
        keys += column
        room *= size
    return keys


def numbered(keys: Whole) -> tuple[Small, Small, int]:
    """Number the distinct keys in order; also where each stands first, and how many there are."""
    power = (2 * len(keys) - 1).bit_length() + 1
    slots = np.empty(1 << power, np.int32)
    seen, numbers, firsts = np.empty_like(keys), _room(len(keys)), _room(len(keys))
    count = number_keys(keys, slots, 64 - power, seen, numbers, firsts)
    order = np.argsort(keys[firsts[:count]])
    place = np.empty(count, np.int32)
    place[order] = np.arange(count, dtype=np.int32)
    return place[numbers], firsts[:count][order], count


def _room(count: int) -> Small:
    return np.empty(count, np.int32)


def _grouped(
    table: pa.Table, population: pa.Table | None, hierarchies: Sequence[Hierarchy]
) -> tuple[tuple[Hierarchy, ...], Small, npt.NDArray[np.integer]]:
    """The class of every row of the table and then of the population, and the codes per class."""
    tables = [table] if population is None else [table, population]
    columns, covering = [], []
    for hierarchy in hierarchies:
        parts = [distinct_values(_column(part, hierarchy.column)) for part in tables]
        if any(distinct.null_count for distinct, _ in parts):
            hierarchy = hierarchy.covering_missing()  # noqa: PLW2901 - the same, wider
        kind = np.min_scalar_type(len(hierarchy.values))  # small, for there are many rows
        found = [hierarchy.places(distinct).astype(kind)[rows] for distinct, rows in parts]
        columns.append(found[0] if population is None else np.concatenate(found))
        covering.append(hierarchy)
    if not columns:
        rows = sum(part.num_rows for part in tables)
        return (), np.zeros(rows, np.int32), np.zeros((1, 0), np.int32)
    keys = mixed_keys(columns, [len(hierarchy.values) for hierarchy in covering])
    of_row, firsts, _ = numbered(keys)
    kind = max((column.dtype for column in columns), key=lambda one: one.itemsize)
    codes = np.empty((len(firsts), len(columns)), kind, order="F")  # by column: read so, and small
    for at, column in enumerate(columns):
        codes[:, at] = column[firsts]
    return tuple(covering), of_row, codes


def _column(table: pa.Table, name: str) -> pa.ChunkedArray:
    if table.column_names.count(name) != 1:
        raise InputError("anonymise.unknown-column", column=name[:63], known=table.column_names)
    return table.column(name)


def _people(table: pa.Table, person: str | None) -> Small:
    if person is None:
        return np.zeros(0, np.int32)
    distinct, people = distinct_values(_column(table, person))
    if distinct.null_count:
        raise DisclosureRefusedError("anonymise.person-missing", column=person)
    return people.astype(np.int32)


def _shared(rows: Small, people: Small, count: int) -> tuple[Whole, npt.NDArray[np.bool_]]:
    """Persons per class with rows in no other, and per row whether its person has others."""
    if not len(people):
        return np.zeros(0, np.int64), np.zeros(0, np.bool_)
    low = np.full(int(people.max()) + 1, count, np.int32)
    high = np.full(len(low), -1, np.int32)
    np.minimum.at(low, people, rows)
    np.maximum.at(high, people, rows)
    alone = low == high
    return np.bincount(low[alone], minlength=count), ~alone[people]


def _entries(people: Small, rows: Small, shared: npt.NDArray[np.bool_]) -> tuple[Small, Small]:
    """Each person with rows in several classes once per class, by person."""
    persons, owners = _once([people[shared], rows[shared]])
    return persons, owners


def _held(
    table: pa.Table, name: str, rows: Small, people: Small, shared: npt.NDArray[np.bool_]
) -> SensitiveCounts:
    distinct, codes = distinct_values(_column(table, name))
    size = len(distinct)
    if len(people):
        owners, values, _ = _once([rows[~shared], codes[~shared], people[~shared]])
        others = _once([people[shared], rows[shared], codes[shared]])
        of_value = _once([codes, people])[0]
    else:
        owners, values, of_value = rows, codes, codes
        others = [np.zeros(0, np.int32)] * 3
    keys, counts = np.unique(owners.astype(np.int64) * size + values, return_counts=True)
    return SensitiveCounts(
        column=name,
        values=size,
        owners=(keys // size).astype(np.int32),
        codes=(keys % size).astype(np.int32),
        counts=counts.astype(np.int64),
        total=np.bincount(of_value, minlength=size).astype(np.int64),
        distinct=distinct,
        shared_persons=others[0],
        shared_owners=others[1],
        shared_codes=others[2],
    )


def _once(columns: Sequence[npt.NDArray[np.integer]]) -> list[Small]:
    """The distinct combinations of some columns, in order of the first, then the second, ..."""
    if not len(columns[0]):
        return [np.zeros(0, np.int32) for _ in columns]
    keys = mixed_keys(columns, [int(column.max()) + 1 for column in columns])
    _, firsts, _ = numbered(keys)
    return [column[firsts].astype(np.int32) for column in columns]
