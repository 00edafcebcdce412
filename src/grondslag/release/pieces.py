"""Groups of rows cut into pieces that lie apart, so that every group is a sum of pieces.

Areas nest, periods overlap, columns restrict: two published groups may share rows. Cut along
every border, the rows fall into pieces, and each group is exactly some of them. Pieces that no
group tells apart are one piece.

Columns that were never published together are cut apart in rounds of their own: crossing them would
cut very many pieces, about which the two tables together say little more than each by itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

import numpy as np
from scipy.sparse import csr_matrix

from grondslag.anonymise.tables.trees import Ints
from grondslag.errors import DisclosureRefusedError
from grondslag.release.region import Region

_Hashes: TypeAlias = "np.ndarray[tuple[int, ...], np.dtype[np.uint64]]"
_LARGEST_GRID = 5_000_000
_OUTSIDE = "~"
"""Sorts after every day: the end of a day that is no date."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A group that its parts fill: there is nobody in it outside them.

    Args:
        region: The group.
        parts: Numbers of the groups that fill it.
    """

    region: Region
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """Groups as sums of pieces.

    Args:
        groups: Numbers of the groups that took part.
        matrix: Per group (a row) 1 for each of its pieces.
    """

    groups: tuple[int, ...]
    matrix: csr_matrix


def cuts(regions: Sequence[Region], wholes: Sequence[Whole]) -> Iterator[Cut]:
    """The groups cut into pieces, per set of columns that were published together.

    Args:
        regions: The groups.
        wholes: Groups that are filled by others.

    Raises:
        DisclosureRefusedError: There is too much to cut.
    """
    names = [frozenset(name for name, _ in region.where) for region in regions]
    kinds = set(names)
    largest = [one for one in kinds if not any(one < other for other in kinds)]
    for columns in sorted(largest, key=sorted):
        groups = tuple(at for at, own in enumerate(names) if own <= columns)
        yield Cut(groups, _Cutting(regions, groups, wholes, sorted(columns)).matrix())


_Box: TypeAlias = "tuple[int | slice, ...]"


class _Cutting:
    """The pieces of groups that restrict the same columns."""

    def __init__(
        self,
        regions: Sequence[Region],
        groups: Sequence[int],
        wholes: Sequence[Whole],
        names: Sequence[str],
    ) -> None:
        self._regions, self._groups, self._names = regions, groups, names
        known = set(groups)
        self._wholes = [one for one in wholes if one.parts and known.issuperset(one.parts)]
        # A random number per group; those of the groups around a piece tell pieces apart.
        chance = np.random.default_rng(0)
        self._hash = chance.integers(1, 2**63, size=len(regions), dtype=np.uint64)

    def matrix(self) -> csr_matrix:
        """Per group its pieces."""
        place = {group: row for row, group in enumerate(self._groups)}
        rows: list[int] = []
        columns: list[int] = []
        width = 0
        for path, around in self._by_area():
            wholes = [
                one for one in self._wholes if not one.region.area or one.region.area[0] in path
            ]
            borders = [self._regions[group] for group in around]
            grid = _Grid([*borders, *(one.region for one in wholes)], self._names)
            boxes = {group: grid.box(self._regions[group]) for group in around}
            label, number = self._labels(grid, boxes, wholes)
            for group, box in boxes.items():
                own = np.unique(label[box])
                own = own[own >= 0]
                rows += [place[group]] * len(own)
                columns += (own + width).tolist()
            width += number
        shape = (len(self._groups), max(width, 1))
        return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)

    def _by_area(self) -> Iterator[tuple[tuple[str, ...], list[int]]]:
        """Per area, less the areas in it: the areas around it, and the groups of all of those."""
        paths: dict[str, tuple[str, ...]] = {"": ()}
        at: dict[str, list[int]] = {}
        for group in self._groups:
            area = self._regions[group].area
            code = area[0] if area else ""
            at.setdefault(code, []).append(group)
            if len(area) > len(paths.get(code, ())):
                paths[code] = area
        for path in paths.values():
            around = [group for code in ("", *path) for group in at.get(code, ())]
            if around:
                yield path, around

    def _labels(
        self, grid: "_Grid", boxes: Mapping[int, _Box], wholes: Sequence[Whole]
    ) -> tuple[Ints, int]:
        """The number of each piece in the grid, -1 where nobody can be; and how many."""
        around: _Hashes = np.zeros(grid.shape, dtype=np.uint64)
        for group, box in boxes.items():
            around[box] ^= self._hash[group]
        for whole in wholes:
            empty = np.zeros(grid.shape, dtype=bool)
            empty[grid.box(whole.region)] = True
            for part in whole.parts:
                if part in boxes:
                    empty[boxes[part]] = False
            around[empty] = 0
        found, label = np.unique(around, return_inverse=True)
        nobody = int(found[0] == 0)
        return label.reshape(grid.shape).astype(np.int64) - nobody, len(found) - nobody


class _Grid:
    """Periods and values along every border that occurs, within one area."""

    def __init__(self, regions: Sequence[Region], names: Sequence[str]) -> None:
        ends = {border for region in regions for border in _borders(region.period)}
        self._starts = {border: at + 1 for at, border in enumerate(sorted(ends))}
        self._names = names
        values: dict[str, dict[str, int]] = {name: {} for name in names}
        for region in regions:
            for name, value in region.where:
                values[name].setdefault(value, len(values[name]) + 1)
        self._values = values
        # One more than there are borders or values: before the first, and any other value.
        self.shape = (len(ends) + 1, *(len(values[name]) + 1 for name in names))
        if int(np.prod(self.shape, dtype=np.int64)) > _LARGEST_GRID:
            raise DisclosureRefusedError("release.too-much-to-judge")

    def box(self, region: Region) -> _Box:
        """Where a group lies, as an index."""
        held = dict(region.where)
        own = [
            self._values[name][held[name]] if name in held else slice(None) for name in self._names
        ]
        return (self._when(region.period), *own)

    def _when(self, period: tuple[str, str] | None) -> slice:
        if period is None:
            return slice(None)
        first, after = _borders(period)
        return slice(self._starts[first], max(self._starts[after], self._starts[first]))


def _borders(period: tuple[str, str] | None) -> tuple[str, ...]:
    """The first day, and the day after the last."""
    if period is None:
        return ()
    try:
        after = (date.fromisoformat(period[1]) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        after = period[1] + _OUTSIDE
    return period[0], after
