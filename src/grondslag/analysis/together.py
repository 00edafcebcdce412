"""Do areas that lie together have more, together? Circles on the map, from released counts only.

Each area of a group may be too small to say anything about; the group need not be. Who looks for
groups always finds one, so the worst circle is held against the worst of many made-up maps.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from grondslag.analysis.result import Facts
from grondslag.analysis.standing_out import standing_out
from grondslag.methods import Cluster, Places, scan
from grondslag.release import ReleasedCell, ReleasedFigure

MOST_BY_CHANCE = 0.05
"""So often at most does the worst circle look like this on a map on which nothing is the matter."""
_ORDERS = 999
_FEW = 10
"""Fewer areas than this are no map to look for groups on."""
_MANY = 400
"""With more areas the circles round all of them take too long to try on every made-up map."""
_LONGEST_DEGREE = 180
_HIGHEST_DEGREE = 90


@dataclass(frozen=True, slots=True)
class Together:
    """What the map says of areas that lie together.

    Args:
        level: Of the areas.
        groups: Per group its cells, the surest group first; no ratio, since the worst circle of all
            flatters itself.
        judged: Areas round which circles were drawn.
    """

    level: str
    groups: tuple[tuple[ReleasedCell, ...], ...]
    judged: int


def lying_together(facts: Facts, released: Sequence[ReleasedFigure]) -> Together | None:
    """Groups of two or more areas that have more than expected; None when that is not known.

    It is not known without outlines, with few areas, or when nobody knows how much areas differ
    anyway. An area that has more by itself is no group: its own verdict tells of it.

    Args:
        facts: Of the analysis, with the outlines of the areas.
        released: Its figures, after the gate.
    """
    fair = facts.question == "neighbourhoods"
    found = None if fair else standing_out(facts, released)
    wanted = f"{facts.answer_level}-fair" if fair else f"{found.level}-alike" if found else ""
    table = next((one for one in released if one.id == wanted), None)
    if table is None:
        return None
    cells = [
        cell
        for cell in table.cells
        if cell.count is not None and cell.derived.get("expected", 0.0) > 0
    ]
    dispersion = _dispersion(facts, wanted, cells)
    points = _points(facts.geometry, [cell.keys[0] for cell in cells])
    counts = tuple(cell.count or 0 for cell in cells)
    # Where one outline is missing there is no map either, and a group might be torn apart.
    mapped = all(cell.keys[0] in facts.geometry for cell in table.cells)
    if dispersion is None or points is None or not mapped or not any(counts):
        return None
    if not _FEW <= len(cells) <= _MANY:
        return None
    circles = _found(counts, tuple(cell.derived["expected"] for cell in cells), points, dispersion)
    # The first comes whatever its p-value. In the order of the list of areas: no league table.
    sure = [one for one in circles if one.p_value <= MOST_BY_CHANCE and len(one.places) > 1]
    groups = tuple(tuple(cells[at] for at in sorted(one.places)) for one in sure)
    level = wanted.rpartition("-")[0]
    return Together(level, groups, len(cells))


def _dispersion(facts: Facts, wanted: str, cells: Sequence[ReleasedCell]) -> float | None:
    """How much like areas differ anyway, as the variance of their ratio; None if nobody knows."""
    if facts.question == "neighbourhoods":
        spread = facts.parts["fair"]["spread"].get(wanted)
        return None if spread is None else float(spread) ** 2
    scatter = facts.dispersion.get(wanted)
    if scatter is None or not cells:
        return None
    return max(0.0, scatter - 1) * len(cells) / sum(cell.derived["expected"] for cell in cells)


@lru_cache(maxsize=16)
def _found(
    counts: tuple[int, ...],
    expected: tuple[float, ...],
    points: tuple[tuple[float, float], ...],
    dispersion: float,
) -> tuple[Cluster, ...]:
    """Groups on one map; the made-up maps are the same for everybody who asks again."""
    return scan(
        Places(counts, expected, points),
        orders=_ORDERS,
        chance=np.random.default_rng(0),
        dispersion=dispersion,
        level=1 - MOST_BY_CHANCE,
    )


def _points(
    shapes: Mapping[str, Any], codes: Sequence[str]
) -> tuple[tuple[float, float], ...] | None:
    """The middle of each area, as long a unit north as east; None when one is unknown."""
    middles = [_middle(shapes.get(code)) for code in codes]
    known = [one for one in middles if one is not None]
    if not known or len(known) < len(middles):
        return None
    degrees = all(abs(x) <= _LONGEST_DEGREE and abs(y) <= _HIGHEST_DEGREE for x, y in known)
    mean = sum(y for _, y in known) / len(known)
    squeeze = math.cos(math.radians(mean)) if degrees else 1.0
    return tuple((x * squeeze, y) for x, y in known)


def _middle(shape: Any) -> tuple[float, float] | None:
    """The middle of the box round a GeoJSON geometry of any kind."""
    listed = list(_coordinates(shape.get("coordinates") if isinstance(shape, Mapping) else None))
    if not listed:
        return None
    xs, ys = zip(*listed, strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _coordinates(held: Any) -> Iterator[tuple[float, float]]:
    if not isinstance(held, list | tuple) or not held:
        return
    if isinstance(held[0], int | float):
        if len(held) > 1 and all(math.isfinite(one) for one in held[:2]):
            yield float(held[0]), float(held[1])
        return
    for one in held:
        yield from _coordinates(one)
