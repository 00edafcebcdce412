"""The hierarchy in a column's privacy entry, checked before any data is seen.

Every level must be a coarsening of the one before (monotone), every value must have a place
(complete), and no code may lie in two parents (a tree). Where that is at fault, one sentence says
so with the line: of the contract, or of the file beside it.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path as FilePath
from typing import Any

from grondslag.canonical import Document, Path, read_text, sha256_of_file
from grondslag.contracts.areas import AreaList
from grondslag.contracts.hierarchies import ColumnHierarchy, HierarchyKind
from grondslag.contracts.model import Column, ColumnPrivacy, LogicalType
from grondslag.contracts.profile import fault, value_at
from grondslag.errors import InputError

STEPS = ("day", "month", "quarter", "year", "lustrum", "decade")
"""Periods that lie within each other, from short to long."""

_NUMBERS = (LogicalType.INTEGER, LogicalType.NUMBER)
_CODES = (LogicalType.STRING, LogicalType.INTEGER)
_FITS: Mapping[HierarchyKind, tuple[LogicalType, ...]] = {
    HierarchyKind.INTERVALS: _NUMBERS,
    HierarchyKind.ORDERED: _CODES,
    HierarchyKind.MASKING: _CODES,
    HierarchyKind.DATES: (LogicalType.DATE, LogicalType.TIMESTAMP),
    HierarchyKind.AREAS: _CODES,
    HierarchyKind.FILE: _CODES,
}


def known_hierarchy(column: Column, areas: AreaList | None) -> ColumnHierarchy | None:
    """How a column may become coarser: in its owner's words, or by what the contract says anyway.

    A code of an area lies in coarser areas, and of a list of values each is kept or not told.

    Args:
        column: With its privacy entry.
        areas: The contract's own list of areas.

    Returns:
        None where nobody can know, so that the owner must say it.
    """
    privacy = column.privacy
    if privacy is None or privacy.hierarchy is not None:
        return None if privacy is None else privacy.hierarchy
    if privacy.area_level and areas is not None:
        coarser = areas.levels[areas.levels.index(privacy.area_level) + 1 :]
        return ColumnHierarchy(HierarchyKind.AREAS, levels=coarser)
    values = (False, True) if column.type is LogicalType.BOOLEAN else privacy.values
    return ColumnHierarchy(HierarchyKind.ORDERED, values=values) if values else None


def hierarchy_at(
    document: Document,
    at: Path,
    column: LogicalType,
    *,
    privacy: ColumnPrivacy,
    areas: AreaList | None,
    folder: FilePath,
) -> ColumnHierarchy:
    """The hierarchy at a place in a contract.

    Args:
        document: As read; its form was checked by the schema.
        at: Where the hierarchy stands.
        column: What its column holds.
        privacy: The rest of the column's entry.
        areas: The contract's own list of areas.
        folder: Where a file of a hierarchy stands.

    Raises:
        InputError: The hierarchy does not fit its column, or is no tree.
    """
    name, raw = next(iter(value_at(document, at).items()))
    kind = HierarchyKind(name)
    where = (*at, name)
    if column not in _FITS[kind]:
        raise fault("contracts.hierarchy-type", document, where, kind=name, type=column)
    if kind is HierarchyKind.FILE:
        rows = _rows(document, where, raw, folder)
        if {str(value) for value in privacy.values} - {row[0] for row in rows}:
            raise fault("contracts.hierarchy-values", document, where)
        return ColumnHierarchy(kind, rows=rows)
    if kind is HierarchyKind.AREAS:
        return ColumnHierarchy(kind, levels=_levels(document, where, privacy, areas))
    return _READ[kind](document, where, raw, privacy)


def _intervals(
    document: Document, at: Path, raw: Mapping[str, Any], _privacy: ColumnPrivacy
) -> ColumnHierarchy:
    widths, ends = tuple(raw["widths"]), raw.get("ends")
    _check_widths(document, (*at, "widths"), widths)
    if ends is not None and ends[0] >= ends[1]:
        raise fault("contracts.hierarchy-ends", document, (*at, "ends"))
    return ColumnHierarchy(
        HierarchyKind.INTERVALS,
        widths=tuple(float(width) for width in widths),
        origin=float(raw.get("origin", 0)),
        ends=None if ends is None else (float(ends[0]), float(ends[1])),
    )


def _ordered(
    document: Document, at: Path, raw: Mapping[str, Any], privacy: ColumnPrivacy
) -> ColumnHierarchy:
    values, sizes = tuple(raw["values"]), tuple(raw.get("sizes", ()))
    if sizes:
        _check_widths(document, (*at, "sizes"), sizes)
    if sizes and sizes[0] == 1:
        raise fault("contracts.hierarchy-widths", document, (*at, "sizes"))
    if len(set(map(str, values))) < len(values) or set(privacy.values) - set(values):
        raise fault("contracts.hierarchy-values", document, (*at, "values"))
    return ColumnHierarchy(HierarchyKind.ORDERED, values=values, sizes=sizes)


def _masking(
    document: Document, at: Path, raw: Mapping[str, Any], _privacy: ColumnPrivacy
) -> ColumnHierarchy:
    keep, length = tuple(raw["keep"]), raw["length"]
    if any(many <= few for many, few in pairwise((length, *keep))):
        raise fault("contracts.hierarchy-keep", document, (*at, "keep"))
    return ColumnHierarchy(HierarchyKind.MASKING, keep=keep, length=length)


def _dates(
    document: Document, at: Path, raw: Mapping[str, Any], _privacy: ColumnPrivacy
) -> ColumnHierarchy:
    steps = tuple(raw["steps"])
    places = [STEPS.index(step) for step in steps]
    if places != sorted(places):
        raise fault("contracts.hierarchy-steps", document, (*at, "steps"), known=STEPS)
    return ColumnHierarchy(HierarchyKind.DATES, steps=steps)


_READ: Mapping[
    HierarchyKind,
    Callable[[Document, Path, Mapping[str, Any], ColumnPrivacy], ColumnHierarchy],
] = {
    HierarchyKind.INTERVALS: _intervals,
    HierarchyKind.ORDERED: _ordered,
    HierarchyKind.MASKING: _masking,
    HierarchyKind.DATES: _dates,
}


def _check_widths(document: Document, at: Path, widths: Sequence[float]) -> None:
    """Each fits a whole number of times in the next, or a band would lie in two wider ones."""
    fits = all(
        wide > narrow and abs(wide / narrow - round(wide / narrow)) < 1e-9
        for narrow, wide in pairwise(widths)
    )
    if not fits:
        raise fault("contracts.hierarchy-widths", document, at)


def _levels(
    document: Document, at: Path, privacy: ColumnPrivacy, areas: AreaList | None
) -> tuple[str, ...]:
    """Levels above that of the column, in which each of its areas has a place."""
    where = (*at, "levels")
    levels: tuple[str, ...] = tuple(value_at(document, where))
    if areas is None or not privacy.area_level:
        raise fault("contracts.hierarchy-no-areas", document, at)
    known = areas.levels[areas.levels.index(privacy.area_level) + 1 :]
    if list(levels) != [level for level in known if level in levels]:
        raise fault("contracts.hierarchy-levels", document, where, known=known)
    for level in levels:
        placed = areas.mapping(privacy.area_level, level)
        homeless = len(areas.codes(privacy.area_level)) - len(placed)
        if homeless:
            raise fault(
                "contracts.hierarchy-homeless", document, where, level=level, count=homeless
            )
    return levels


def _rows(
    document: Document, at: Path, raw: Mapping[str, Any], folder: FilePath
) -> tuple[tuple[str, ...], ...]:
    """The rows of a file that is pinned by its hash."""
    path = folder / raw["name"]
    text = read_text(path)  # says when there is no such file
    digest = sha256_of_file(path)
    if digest != raw["sha256"]:
        raise fault(
            "contracts.hierarchy-changed",
            document,
            (*at, "sha256"),
            name=raw["name"],
            sha256=digest,
        )
    rows = [tuple(row) for row in csv.reader(io.StringIO(text), delimiter=";")]
    _check_tree(path.name, rows)
    return tuple(rows)


def _check_tree(file: str, rows: Sequence[tuple[str, ...]]) -> None:
    """Each row as long as the first, each value once, each code in one parent."""
    parents: list[dict[str, str]] = []
    for line, row in enumerate(rows, start=1):
        if len(row) != len(rows[0]) or not all(row):
            raise InputError("contracts.hierarchy-uneven", file=file, line=line)
        parents = parents or [{} for _ in row]
        if row[0] in parents[0]:
            raise InputError("contracts.hierarchy-twice", file=file, line=line)
        for level, (code, parent) in enumerate(zip(row, (*row[1:], ""), strict=True)):
            if parents[level].setdefault(code, parent) != parent:
                raise InputError(
                    "contracts.hierarchy-no-tree", file=file, line=line, level=level + 1
                )
    if not rows:
        raise InputError("contracts.hierarchy-uneven", file=file, line=1)
