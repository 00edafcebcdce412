"""Which rows a cell is about, and which cells add up to it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from attacker.reading import Keys, Seen, Table

ALL = "*"
"""The key of a total over a dimension, as the release writes it."""


@dataclass(frozen=True)
class Region:
    """Rows of one dataset and period that meet some conditions; the key of an unknown.

    Args:
        world: Dataset, what is counted, period: numbers of other worlds do not add up with these.
        conditions: Column and value, in order of column.
    """

    world: Keys
    conditions: tuple[tuple[str, str], ...]


def region_of(table: Table, keys: Keys) -> Region:
    """The rows of one cell; a total over a dimension has no condition there."""
    conditions = dict(table.where)
    conditions |= {
        name: key for name, key in zip(table.dimensions, keys, strict=True) if key != ALL
    }
    world = (table.dataset, table.population, *table.period)
    return Region(world, tuple(sorted(conditions.items())))


@dataclass(frozen=True)
class Sum:
    """One region is all of some others together, or holds them.

    Args:
        whole: The region.
        parts: Others in it, apart from each other.
        fills: Whether nothing else is in it.
    """

    whole: Region
    parts: tuple[Region, ...]
    fills: bool = True


def sums_of(tables: Iterable[Table]) -> Iterator[Sum]:
    """Every way in which the cells of a table lie in another cell, or fill it.

    Of a table that leaves rows out it is known how many: those whose column is empty stand in a
    table of gaps.
    """
    tables = list(tables)
    regions = {region_of(table, cell.keys) for table in tables for cell in table.cells}
    parents: dict[str, str] = {}
    for table in tables:
        parents |= table.parents
    for table in tables:
        for whole in regions:
            parts = _parts(table, whole, parents)
            if parts and parts != (whole,):
                yield Sum(whole, parts, fills=table.covers)
    yield from _without_gaps(tables)


def _without_gaps(tables: Iterable[Table]) -> Iterator[Sum]:
    """All rows of which a column is filled are the cells by that column."""
    tables = list(tables)
    for gaps in tables:
        name = gaps.id.removeprefix("gaps-")
        inner = next((one for one in tables if one.id == name), None)
        if gaps.id.startswith("gaps-") and inner is not None:
            filled = region_of(gaps, ("filled",))
            yield Sum(filled, tuple(region_of(inner, cell.keys) for cell in inner.cells))


def _parts(table: Table, whole: Region, parents: Mapping[str, str]) -> tuple[Region, ...]:
    """The cells of a table that lie in a region and fill it; none when they do not."""
    if whole.world != (table.dataset, table.population, *table.period):
        return ()
    wanted = dict(whole.conditions)
    if any(wanted.get(name) != value for name, value in table.where.items()):
        return ()
    named = {*table.where, *table.dimensions}
    if not wanted.keys() <= named:
        return ()
    parts = [
        region_of(table, cell.keys)
        for cell in table.cells
        if _lies_in(table, cell, wanted, parents)
    ]
    return tuple(dict.fromkeys(parts))


def _lies_in(
    table: Table, cell: Seen, wanted: Mapping[str, str], parents: Mapping[str, str]
) -> bool:
    for name, key in zip(table.dimensions, cell.keys, strict=True):
        if key == ALL:
            return False
        if name not in wanted:
            continue
        while name == "area" and key != wanted[name] and key in parents:
            key = parents[key]  # noqa: PLW2901 - upwards from the cell's own area
        if key != wanted[name]:
            return False
    return True
