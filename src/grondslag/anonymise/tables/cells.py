"""Cells of one or more tables that are read together, and the sums that hold between them.

Tables over the same rows share cells: "region A, everything else" is one cell, in whichever table
it stands. So linked tables are one set of cells with the sums of all tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_matrix

from grondslag.anonymise.tables.trees import Dimension, Floats, Ints
from grondslag.errors import InputError

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """Which cells there are, and which add up to which.

    Args:
        dimensions: Of all tables together, by name, each with the codes of all its trees.
        numbers: Per cell (a row) the number of its code in every dimension.
        sums: Per sum (a row) 1 for the whole and -1 for each part.
    """

    dimensions: tuple[tuple[str, tuple[str, ...]], ...]
    numbers: Ints
    sums: csr_matrix

    @property
    def size(self) -> int:
        """How many cells."""
        return int(self.numbers.shape[0])

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the dimensions."""
        return tuple(name for name, _ in self.dimensions)

    def key(self, at: int) -> Key:
        """The codes of a cell, one per dimension; `ALL` where it is a total."""
        row = self.numbers[at]
        return tuple(codes[row[on]] for on, (_, codes) in enumerate(self.dimensions))

    def keys(self) -> list[Key]:
        """The codes of every cell."""
        columns = [
            np.array(codes, dtype=object)[self.numbers[:, on]]
            for on, (_, codes) in enumerate(self.dimensions)
        ]
        return list(zip(*columns, strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Tables filled with numbers.

    Args:
        frame: The cells and their sums.
        value: What is shown per cell: a count or a sum of amounts.
        contributors: Distinct persons (or businesses) behind each cell.
        largest: Per cell its largest contributions, largest first, filled up with 0.
        whole: Total of the contributions that *largest* is about; equal to *value* unless another
            variable casts its shadow on this one.
        smallest: Nobody's contribution to a cell is less; one below zero hides how much of the
            cell is another's, so that no rule could judge it.
        counts: Whether *value* counts, so that it is a whole number.
        asking: Per cell the largest contribution of whoever did not agree to be shown, -1 where
            everybody did; None: nobody agreed.
    """

    frame: Frame
    value: Floats
    contributors: Ints
    largest: Floats
    whole: Floats
    smallest: Floats
    counts: bool
    asking: Floats | None = None

    def __post_init__(self) -> None:
        for numbers in (self.value, self.largest, self.whole, self.smallest):
            if not np.isfinite(numbers).all():
                raise InputError("tables.no-number")
            if (numbers < 0).any():
                raise InputError("tables.negative")
        if (self.contributors < 0).any():
            raise InputError("tables.negative")
        gap = np.abs(self.frame.sums @ self.value)
        scale = abs(self.frame.sums) @ self.value
        wrong = np.flatnonzero(gap > 1e-9 * np.maximum(scale, 1.0))
        if wrong.size:
            raise InputError("tables.do-not-add-up", sums=int(wrong.size))

    @property
    def size(self) -> int:
        """How many cells."""
        return self.frame.size

    @property
    def whole_numbers(self) -> bool:
        """Whether the values count, and are whole."""
        return self.counts and bool((self.value == np.round(self.value)).all())

    @property
    def shown_share(self) -> Floats:
        """Per cell how much is shown for one of what judges it."""
        return share_of(self.value, self.whole)

    def with_value(self, value: Floats) -> "Cells":
        """The same cells with other numbers to show."""
        return replace(self, value=value)


def share_of(value: Floats, whole: Floats) -> Floats:
    """How much is shown for one of what judges it: what must stay hidden is that share too."""
    share: Floats = np.divide(value, whole, out=np.ones(len(value)), where=whole > 0)
    return share


def frame_of(tables: Sequence[Sequence[Dimension]]) -> Frame:
    """The cells of tables over the same rows.

    Args:
        tables: Per table its dimensions; a name that returns is the same column, perhaps with
            another tree over the same finest codes.

    Raises:
        InputError: No tables, a table without dimensions, or a name twice in one table.
    """
    if not tables or not all(tables):
        raise InputError("tables.none")
    codes: dict[str, dict[str, int]] = {}
    for table in tables:
        if len({dimension.name for dimension in table}) != len(table):
            raise InputError("tables.dimension-twice")
        for dimension in table:
            known = codes.setdefault(dimension.name, {})
            for code in dimension.codes:
                known.setdefault(code, len(known))
    names = tuple(codes)
    known_cells: dict[bytes, int] = {}
    rows: list[Ints] = []
    places = [_place(table, names, codes, known_cells, rows) for table in tables]
    sums = [one for table, place in zip(tables, places, strict=True) for one in _sums(table, place)]
    numbers = np.concatenate(rows)
    return Frame(
        tuple((name, tuple(codes[name])) for name in names), numbers, _matrix(sums, len(numbers))
    )


def _place(
    table: Sequence[Dimension],
    names: tuple[str, ...],
    codes: dict[str, dict[str, int]],
    known: dict[bytes, int],
    rows: list[Ints],
) -> Ints:
    """The number of each cell of a table, in the shape of the table; new cells are added."""
    shape = tuple(len(dimension.codes) for dimension in table)
    grid = np.zeros((int(np.prod(shape)), len(names)), dtype=np.int64)
    index = np.indices(shape).reshape(len(shape), -1)
    for on, dimension in enumerate(table):
        own = np.array([codes[dimension.name][code] for code in dimension.codes])
        grid[:, names.index(dimension.name)] = own[index[on]]
    place = np.array([known.setdefault(row.tobytes(), len(known)) for row in grid])
    # New cells get the next numbers in the order in which they stand here.
    fresh = place >= sum(len(one) for one in rows)
    if fresh.any():
        rows.append(grid[fresh])
    return place.reshape(shape)


def _sums(table: Sequence[Dimension], place: Ints) -> list[tuple[Ints, Ints]]:
    """Per family of codes: the numbers of the wholes, and of their parts (one row per whole)."""
    found = []
    for on, dimension in enumerate(table):
        turned = np.moveaxis(place, on, 0)
        for parent, children in dimension.families():
            wholes = turned[parent].ravel()
            parts = turned[children].reshape(len(children), -1).T
            found.append((wholes, parts))
    return found


def _matrix(sums: Sequence[tuple[Ints, Ints]], size: int) -> csr_matrix:
    seen: set[tuple[int, bytes]] = set()
    indices: list[Ints] = []
    signs: list[Floats] = []
    lengths: list[int] = [0]
    for wholes, parts in sums:
        sign = np.concatenate([[1.0], -np.ones(parts.shape[1])])
        for whole, own in zip(wholes, parts, strict=True):
            name = (int(whole), np.sort(own).tobytes())
            if name in seen:
                continue
            seen.add(name)
            indices.append(np.concatenate([[whole], own]))
            signs.append(sign)
            lengths.append(len(own) + 1)
    pointers = np.cumsum(lengths)
    return csr_matrix(
        (np.concatenate(signs), np.concatenate(indices), pointers), shape=(len(pointers) - 1, size)
    )
