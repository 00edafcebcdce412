"""From rows to cells: what is shown, who stands behind it, and whose share is largest."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from grondslag.anonymise.tables.cells import Cells, Frame, frame_of
from grondslag.anonymise.tables.trees import Bools, Dimension, Floats, Ints
from grondslag.errors import InputError

KEPT = 3
"""How many of the largest contributions are kept per cell: enough for dominance with n up to 3."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted or added up.

    Args:
        value: Column with amounts; None counts rows. (Distinct persons who stand in more than one
            cell do not add up, so no table of them can be kept additive.)
        contributor: Column that tells persons or businesses apart; None: every row is another.
        shadow: Column with the amounts that dominance is judged on; None: the value itself.
        waiver: Column that is true for whoever agreed in writing that their own share may show;
            somebody with one row that is not true did not. None: nobody agreed.
    """

    value: str | None = None
    contributor: str | None = None
    shadow: str | None = None
    waiver: str | None = None


def tabulate(
    rows: pa.Table, tables: Sequence[Sequence[Dimension]], measure: Measure | None = None
) -> Cells:
    """Fill one or more tables over the same rows.

    Args:
        rows: One row per event, person or business; the columns that the dimensions are named
            after hold their finest codes.
        tables: Per table its dimensions.
        measure: What is counted; left out: rows.

    Raises:
        InputError: A column is missing, a row has a code that the tree does not have, an amount is
            negative or no number, an agreement is neither true nor false, or there are no rows.
    """
    what = measure or Measure()
    _check_columns(rows, tables, what)
    frame = frame_of(tables)
    value, shadow = _amounts(rows, what.value), _amounts(rows, what.shadow or what.value)
    who = _contributors(rows, what.contributor)
    asks = ~_agreed(rows, who, what.waiver)
    cell, row = _memberships(rows, tables, frame)
    return _filled(frame, cell, _Rows(who[row], value[row], shadow[row], asks[row]), what)


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """The rows once per cell that they are counted in."""

    who: Ints
    value: Floats
    shadow: Floats
    asks: Bools


def _filled(frame: Frame, cell: Ints, rows: _Rows, what: Measure) -> Cells:
    size = frame.size
    order = np.lexsort((rows.who, cell))
    cell, who = cell[order], rows.who[order]
    first = np.ones(len(cell), dtype=bool)
    first[1:] = (cell[1:] != cell[:-1]) | (who[1:] != who[:-1])
    starts = np.flatnonzero(first)
    owner = cell[starts]
    share = np.add.reduceat(rows.shadow[order], starts)
    asks = rows.asks[order][starts]
    contributors = np.bincount(owner, minlength=size)
    if what.value is None:
        value = np.bincount(cell, minlength=size).astype(np.float64)
    else:
        value = np.bincount(cell, rows.value[order], size).astype(np.float64)
    return Cells(
        frame=frame,
        value=value,
        contributors=contributors.astype(np.int64),
        largest=_largest(owner, share, size),
        whole=np.bincount(owner, share, size).astype(np.float64),
        smallest=_smallest(owner, share, rows.value[order], starts, size),
        counts=what.value is None,
        asking=None if what.waiver is None else _most_asking(owner, share, asks, size),
    )


def _smallest(owner: Ints, share: Floats, value: Floats, starts: Ints, size: int) -> Floats:
    """Per cell the smallest contribution of anybody, shown or judged; 0 where nobody is."""
    least = np.full(size, np.inf)
    np.minimum.at(least, owner, np.minimum(share, np.add.reduceat(value, starts)))
    return np.where(np.isinf(least), 0.0, least)


def _most_asking(owner: Ints, share: Floats, asks: Bools, size: int) -> Floats:
    """Per cell the largest share of whoever did not agree; -1 where everybody did."""
    most = np.full(size, -1.0)
    np.maximum.at(most, owner[asks], share[asks])
    return most


def _largest(owner: Ints, share: Floats, size: int) -> Floats:
    order = np.lexsort((-share, owner))
    owner, share = owner[order], share[order]
    starts = np.searchsorted(owner, np.arange(size))
    rank = np.arange(len(owner)) - starts[owner]
    kept = rank < KEPT
    largest = np.zeros((size, KEPT))
    largest[owner[kept], rank[kept]] = share[kept]
    return largest


def _memberships(
    rows: pa.Table, tables: Sequence[Sequence[Dimension]], frame: Frame
) -> tuple[Ints, Ints]:
    """Every pair of a cell and a row that is counted in it."""
    names = frame.names
    known = [dict(zip(codes, range(len(codes)), strict=True)) for _, codes in frame.dimensions]
    shape = np.array([len(codes) for _, codes in frame.dimensions], dtype=np.int64)
    found: list[Ints] = []
    for table in tables:
        addresses = np.zeros((rows.num_rows, 1), dtype=np.int64)
        for dimension in table:
            on = names.index(dimension.name)
            step = int(np.prod(shape[on + 1 :]))
            own = np.array([known[on][code] for code in dimension.codes])
            path = dimension.paths()[_leaf_numbers(rows, dimension)]
            up = np.where(path >= 0, own[path] * step, -(1 << 62))
            addresses = (addresses[:, :, None] + up[:, None, :]).reshape(rows.num_rows, -1)
        found.append(addresses)
    address = np.concatenate([one.ravel() for one in found])
    row = np.concatenate([np.repeat(np.arange(rows.num_rows), one.shape[1]) for one in found])
    real = address >= 0
    address, row = address[real], row[real]
    if len(tables) > 1:  # a cell of two tables counts a row once
        pairs = np.unique(np.stack([address, row]), axis=1)
        address, row = pairs[0], pairs[1]
    place = np.array([int(np.prod(shape[on + 1 :])) for on in range(len(shape))], dtype=np.int64)
    cells = frame.numbers @ place
    order = np.argsort(cells)
    return order[np.searchsorted(cells[order], address)], row


def _leaf_numbers(rows: pa.Table, dimension: Dimension) -> Ints:
    column = rows.column(dimension.name).combine_chunks()
    encoded = column.dictionary_encode()
    if encoded.null_count:
        raise InputError("tables.code-missing", dimension=dimension.name)
    leaves = dimension.leaves
    codes = [str(code) for code in encoded.dictionary.to_pylist()]
    strange = sum(code not in leaves for code in codes)
    if strange:
        raise InputError("tables.code-not-in-tree", dimension=dimension.name, codes=strange)
    numbers = np.array([dimension.numbers[code] for code in codes], dtype=np.int64)
    found: Ints = numbers[encoded.indices.to_numpy(zero_copy_only=False)]
    return found


def _amounts(rows: pa.Table, name: str | None) -> Floats:
    if name is None:
        return np.ones(rows.num_rows)
    column = rows.column(name)
    if column.null_count:
        raise InputError("tables.no-number")
    amounts: Floats = column.to_numpy().astype(np.float64)
    if not np.isfinite(amounts).all():
        raise InputError("tables.no-number")
    if (amounts < 0).any():
        raise InputError("tables.negative")
    return amounts


def _agreed(rows: pa.Table, who: Ints, name: str | None) -> Bools:
    """Per row whether whoever it is of agreed, in all their rows."""
    if name is None:
        return np.zeros(rows.num_rows, dtype=bool)
    column = rows.column(name)
    if column.null_count or not pa.types.is_boolean(column.type):
        raise InputError("tables.waiver-unclear", column=name[:63])
    said = np.ones(int(who.max(initial=0)) + 1, dtype=bool)
    np.logical_and.at(said, who, column.to_numpy().astype(bool))
    agreed: Bools = said[who]
    return agreed


def _contributors(rows: pa.Table, name: str | None) -> Ints:
    if name is None:
        return np.arange(rows.num_rows)
    encoded = rows.column(name).combine_chunks().dictionary_encode()
    if encoded.null_count:
        raise InputError("tables.contributor-missing")
    numbers: Ints = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return numbers


def _check_columns(rows: pa.Table, tables: Sequence[Sequence[Dimension]], what: Measure) -> None:
    if rows.num_rows == 0:
        raise InputError("tables.no-rows")
    asked = [dimension.name for table in tables for dimension in table]
    asked += [name for name in (what.value, what.contributor, what.shadow, what.waiver) if name]
    for name in asked:
        if rows.column_names.count(name) != 1:
            raise InputError("tables.column-missing", column=name)
