"""The owner's words about a column to the levels that its values can take in anonymous records."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

import pyarrow as pa

from grondslag.anonymise import Hierarchy, areas, dates, hierarchy_of, intervals, masking, ordered
from grondslag.anonymise.hierarchies import to_nothing
from grondslag.contracts.areas import AreaList
from grondslag.contracts.hierarchies import ColumnHierarchy, HierarchyKind

Values: TypeAlias = pa.Array | pa.ChunkedArray


def hierarchy_from(
    column: str,
    values: Values,
    said: ColumnHierarchy,
    *,
    areas: AreaList | None = None,
    level: str = "",
) -> Hierarchy:
    """The levels of a column; as many as its owner wrote, and one that says nothing.

    Args:
        column: Whose values these are.
        values: The column, as it is read.
        said: What the owner said of it.
        areas: The contract's list of areas, for a column of areas.
        level: Which level of that list the column holds.

    Raises:
        InputError: The column is empty, or holds what the owner's words do not cover.
    """
    if said.kind is HierarchyKind.AREAS and areas is not None:
        return area_hierarchy(column, areas, level, said.levels)
    return _MAKERS[said.kind](column, values, said)


def area_hierarchy(column: str, known: AreaList, level: str, levels: tuple[str, ...]) -> Hierarchy:
    """Areas of one level within areas of coarser ones, out of a fixed list.

    Args:
        column: Whose values these are.
        known: The list.
        level: The level of the values.
        levels: The coarser ones, from fine to coarse.
    """
    codes = pa.array(known.codes(level), pa.string())
    if not levels:
        return to_nothing(hierarchy_of(column, [codes]))
    mappings = [known.mapping(level, coarser) for coarser in levels]
    return to_nothing(areas(column, mappings, names=list(levels)))


def _intervals(column: str, values: Values, said: ColumnHierarchy) -> Hierarchy:
    return intervals(
        column,
        values,
        widths=said.widths,
        origin=said.origin,
        ends=said.ends,
        every_level=True,
    )


def _ordered(column: str, _values: Values, said: ColumnHierarchy) -> Hierarchy:
    if not said.sizes:
        return to_nothing(hierarchy_of(column, [pa.array(said.values)]))
    return to_nothing(ordered(column, said.values, sizes=said.sizes))


def _masking(column: str, values: Values, said: ColumnHierarchy) -> Hierarchy:
    return masking(column, values, keep=said.keep, length=said.length, every_level=True)


def _dates(column: str, values: Values, said: ColumnHierarchy) -> Hierarchy:
    return dates(column, values, steps=said.steps, every_level=True)


def _file(column: str, _values: Values, said: ColumnHierarchy) -> Hierarchy:
    levels = [pa.array(level, pa.string()) for level in zip(*said.rows, strict=True)]
    return to_nothing(hierarchy_of(column, levels))


_MAKERS: Mapping[HierarchyKind, Callable[[str, Values, ColumnHierarchy], Hierarchy]] = {
    HierarchyKind.INTERVALS: _intervals,
    HierarchyKind.ORDERED: _ordered,
    HierarchyKind.MASKING: _masking,
    HierarchyKind.DATES: _dates,
    HierarchyKind.FILE: _file,
}
