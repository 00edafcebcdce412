"""Which cells must be withheld besides the small ones, so that nothing small follows.

Everything that is out is one set of groups of rows: the cells of the new tables and those of all
earlier ones. A group that lies in another, with what is left over, gives a sum. The cheapest choice
over those sums is that of `grondslag.anonymise.tables`, audited against an attacker who knows
which cells are the small ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix

from grondslag.anonymise.tables import (
    Cells,
    Choice,
    Frame,
    Rules,
    Sensitivity,
    Wishes,
    protect_found,
)
from grondslag.errors import DisclosureRefusedError
from grondslag.release.figure import Figure
from grondslag.release.region import Region, cell_region, scope_region
from grondslag.release.released import ReleasedFigure

Keys = tuple[str, ...]
_LEFT = 2
"""So many cells of a table that is no total must stay visible for it to say something."""


@dataclass(slots=True)
class _Known:
    """A group of rows with its true count.

    Args:
        region: Which rows.
        count: How many.
        group: How many stand behind it.
        small: Whether it is withheld for its own sake.
        fixed: Whether it is out already, or follows from a number that is shown.
        figures: In which new tables it stands, under which keys.
        total: Whether it is only ever a total there.
    """

    region: Region
    count: int
    group: int
    small: bool = False
    fixed: bool = False
    figures: list[tuple[str, Keys]] = field(default_factory=list)
    total: bool = True


def others_to_withhold(
    mine: Sequence[tuple[Figure, ReleasedFigure]], earlier: Sequence[ReleasedFigure]
) -> Mapping[str, frozenset[Keys]] | None:
    """Per new table the cells to withhold besides its small ones; None when too little is left.

    Args:
        mine: New tables of one dataset and population, and how they would be shown.
        earlier: Everything that was released of it.
    """
    known = _known(mine, earlier)
    minimum = max(table.minimum for _, table in mine)
    sums, rests = _sums(known)
    for cheap_totals in (False, True):
        hidden = _hidden(known, sums, rests, minimum, cheap_totals=cheap_totals)
        if hidden is None:
            return None
        others: dict[str, set[Keys]] = {figure.id: set() for figure, _ in mine}
        for node, gone in zip(known, hidden, strict=True):
            if gone and not node.small:
                for figure_id, keys in node.figures:
                    others[figure_id].add(keys)
        if all(_says_something(table, others[table.id]) for _, table in mine):
            return {name: frozenset(keys) for name, keys in others.items()}
    return None


def _says_something(table: ReleasedFigure, others: set[Keys]) -> bool:
    if not others:
        return True
    left = [
        cell
        for cell in table.cells
        if not cell.withheld and cell.keys not in others and "*" not in cell.keys
    ]
    return len(left) >= _LEFT


def _known(
    mine: Sequence[tuple[Figure, ReleasedFigure]], earlier: Sequence[ReleasedFigure]
) -> list[_Known]:
    """All groups whose true count we know: new cells, and what was shown before."""
    nodes: dict[Region, _Known] = {}
    for figure, table in mine:
        for cell, shown in zip(figure.cells, table.cells, strict=True):
            if cell.count is None or cell.group is None:
                continue  # withheld at delivery: the audit of everything looks at it
            region = _region(table, cell.keys)
            node = nodes.setdefault(region, _Known(region, cell.count, cell.group))
            node.small |= shown.withheld
            node.total &= cell.is_total
            node.figures.append((figure.id, cell.keys))
        if table.implied_total is not None:
            _fix(nodes, scope_region(table.scope, table.area_parents), table.implied_total)
    for table in earlier:
        for seen in table.cells:
            if seen.count is not None:
                _fix(nodes, _region(table, seen.keys), seen.count)
        if table.implied_total is not None:
            _fix(nodes, scope_region(table.scope, table.area_parents), table.implied_total)
    return list(nodes.values())


def _fix(nodes: dict[Region, _Known], region: Region, count: int) -> None:
    nodes.setdefault(region, _Known(region, count, count)).fixed = True


def _region(table: ReleasedFigure, keys: Keys) -> Region:
    return cell_region(table.scope, table.dimensions, keys, table.area_parents)


@dataclass(frozen=True, slots=True)
class _Sum:
    """A whole, its parts, and what is left over."""

    whole: int
    parts: tuple[int, ...]
    rest: int


def _sums(known: Sequence[_Known]) -> tuple[list[_Sum], int]:
    """Every whole with parts that lie apart, larger parts first; and how many leave a rest."""
    kinds: dict[object, list[int]] = {}
    for at, node in enumerate(known):
        names = frozenset(name for name, _ in node.region.where)
        depth = len(node.region.area)
        for kind in ((names, node.region.period), (names, node.region.period, depth), (names,)):
            kinds.setdefault(kind, []).append(at)
    groups = [
        sorted(places, key=lambda at: (len(known[at].region.area), at)) for places in kinds.values()
    ]
    found: dict[tuple[int, tuple[int, ...]], _Sum] = {}
    for whole, node in enumerate(known):
        for group in groups:
            parts: list[int] = []
            for at in group:
                inside = at != whole and node.region.holds(known[at].region)
                if inside and all(known[at].region.apart(known[one].region) for one in parts):
                    parts.append(at)
            rest = node.count - sum(known[at].count for at in parts)
            if parts and rest >= 0:
                found.setdefault((whole, tuple(sorted(parts))), _Sum(whole, tuple(parts), rest))
    sums = list(found.values())
    return sums, sum(one.rest > 0 for one in sums)


def _hidden(
    known: Sequence[_Known], sums: Sequence[_Sum], rests: int, minimum: int, *, cheap_totals: bool
) -> list[bool] | None:
    """Which groups are withheld; what is left over of a whole is a group that nobody sees."""
    size, left = len(known), [one.rest for one in sums if one.rest > 0]
    value = np.array([node.count for node in known] + left, dtype=np.float64)
    group = np.array([node.group for node in known] + left, dtype=np.int64)
    small = np.array(
        [node.small and not node.fixed for node in known] + [rest < minimum for rest in left]
    )
    cells = Cells(
        frame=Frame((), np.zeros((size + rests, 0), dtype=np.int64), _matrix(sums, size, rests)),
        value=value,
        contributors=group,
        largest=np.zeros((size + rests, 1)),
        whole=value,
        counts=True,
    )
    rules = Rules(minimum=minimum)
    width = float((minimum + 1) // 2 - 1)
    above = np.minimum(width // 2, np.maximum(minimum - 1 - value, 0.0))
    below = np.minimum(value, width - above)
    found = Sensitivity(small, below, width - below, {})
    allowed = np.array([not node.fixed and node.count > 0 for node in known] + [False] * rests)
    cheap = np.array([cheap_totals and node.total for node in known] + [False] * rests)
    never = np.arange(size + rests) >= size
    choice = Choice(allowed, never, np.where(cheap, 1.0, value))
    try:
        done = protect_found(cells, rules, found, choice, Wishes())
    except DisclosureRefusedError:
        return None
    return [bool(one) for one in done.hidden[:size]]


def _matrix(sums: Sequence[_Sum], size: int, rests: int) -> csr_matrix:
    rows: list[int] = []
    columns: list[int] = []
    factors: list[float] = []
    left = size
    for row, one in enumerate(sums):
        parts = list(one.parts)
        if one.rest > 0:
            parts.append(left)
            left += 1
        rows += [row] * (1 + len(parts))
        columns += [one.whole, *parts]
        factors += [1.0, *[-1.0] * len(parts)]
    # The whole stands first in its row, as `group_demands` expects.
    lengths = np.bincount(np.array(rows, dtype=np.int64), minlength=len(sums))
    pointers = np.concatenate([[0], np.cumsum(lengths)])
    return csr_matrix(
        (np.array(factors), np.array(columns, dtype=np.int64), pointers),
        shape=(len(sums), size + rests),
    )
