"""The outline of Voorbeeldstad: a blob on a river, cut into cells that share their borders.

Neighbourhoods are Voronoi cells of fixed points, clipped to the bank they lie on, on whole metres;
each border between two cells is bent the same way for both, so nothing overlaps and nothing gapes.
The town lies in the open water of the IJsselmeer, where no town is.
"""

import math
import random
import zlib
from collections.abc import Sequence
from functools import cache

from grondslag.synthetic.geography import DISTRICTS, district_code, neighbourhoods

Point = tuple[int, int]
Ring = tuple[Point, ...]
_Exact = list[tuple[float, float]]

_PLAN_SEED = 9999
_MIDDLE = (5.42, 52.78)
_METRES_PER_DEGREE = 111_195.0
_RIVER_WIDTH = 170.0
_LONGEST_STRAIGHT = 260.0
_BEND = 0.09


def outlines() -> dict[str, Ring]:
    """Per code of a district or neighbourhood its outline in metres, counter-clockwise."""
    cells = _cells()
    rings = {code: _bent(cells[code]) for code, _, _ in neighbourhoods()}
    for d in range(len(DISTRICTS)):
        parts = [
            rings[code] for code, _, district in neighbourhoods() if district == district_code(d)
        ]
        rings[district_code(d)] = _union(parts)
    return rings


def degrees(ring: Ring) -> list[list[float]]:
    """A closed ring of GeoJSON: longitude and latitude in WGS 84."""
    stretch = _METRES_PER_DEGREE * math.cos(math.radians(_MIDDLE[1]))
    return [
        [round(_MIDDLE[0] + x / stretch, 6), round(_MIDDLE[1] + y / _METRES_PER_DEGREE, 6)]
        for x, y in (*ring, ring[0])
    ]


@cache
def _cells() -> dict[str, Ring]:
    """Per neighbourhood its Voronoi cell on its own bank."""
    seeds = _seeds()
    cells: dict[str, Ring] = {}
    for north in (True, False):
        bank = _bank(north=north)
        here = {code: at for code, at in seeds.items() if (at[1] > _river(at[0])) is north}
        for code, at in here.items():
            cell = bank
            for other, there in here.items():
                if other != code:
                    cell = _nearer(cell, at, there)
            cells[code] = _rounded(cell)
    return cells


def _seeds() -> dict[str, tuple[float, float]]:
    """A point per neighbourhood: four around the middle of each district, a little off."""
    chance = random.Random(_PLAN_SEED)  # noqa: S311 - a drawing, no secret
    found: dict[str, tuple[float, float]] = {}
    codes = [code for code, _, _ in neighbourhoods()]
    for d, district in enumerate(DISTRICTS):
        reach = 330.0 if d == 0 else 560.0
        turn = chance.uniform(0, math.pi / 2)
        for n in range(len(district.neighbourhoods)):
            angle = turn + n * math.pi / 2 + chance.uniform(-0.35, 0.35)
            far = reach * chance.uniform(0.75, 1.1)
            x, y = district.centre
            found[codes[d * 4 + n]] = (x + far * math.cos(angle), y + far * math.sin(angle))
    return found


def _river(x: float) -> float:
    """The middle of the river at *x* metres east."""
    return -160.0 + 150.0 * math.sin(x / 1100.0) + 60.0 * math.sin(x / 430.0 + 1.0)


def _bank(*, north: bool) -> _Exact:
    """The part of the town on one side of the river, counter-clockwise."""
    side = 1.0 if north else -1.0
    edge: _Exact = []
    for step in range(160):
        angle = 2 * math.pi * step / 160
        far = (
            1
            + 0.07 * math.sin(2 * angle + 0.6)
            + 0.05 * math.sin(3 * angle)
            + 0.02 * math.sin(7 * angle)
        )
        edge.append((3700 * far * math.cos(angle), 2900 * far * math.sin(angle)))
    if not north:  # start the walk at the west, so that the southern part is one stretch
        edge = edge[60:] + edge[:60]
    dry = [(x, y) for x, y in edge if side * (y - _river(x)) > _RIVER_WIDTH / 2 + 40]
    start, end = dry[-1][0], dry[0][0]
    steps = 36
    shore = [start + (end - start) * step / steps for step in range(steps + 1)]
    return dry + [(x, _river(x) + side * _RIVER_WIDTH / 2) for x in shore]


def _nearer(cell: _Exact, at: tuple[float, float], other: tuple[float, float]) -> _Exact:
    """The part of a polygon that lies nearer to one point than to another.

    Source:
        Sutherland and Hodgman (1974), doi:10.1145/360767.360802: clipping by one half-plane.
    """
    nx, ny = other[0] - at[0], other[1] - at[1]
    limit = (other[0] ** 2 + other[1] ** 2 - at[0] ** 2 - at[1] ** 2) / 2
    inside: _Exact = []
    for here, there in zip(cell, cell[1:] + cell[:1], strict=True):
        a = nx * here[0] + ny * here[1] - limit
        b = nx * there[0] + ny * there[1] - limit
        if a <= 0:
            inside.append(here)
        if (a < 0 < b) or (b < 0 < a):
            share = a / (a - b)
            inside.append(
                (here[0] + share * (there[0] - here[0]), here[1] + share * (there[1] - here[1]))
            )
    return inside


def _rounded(cell: _Exact) -> Ring:
    points = [(round(x), round(y)) for x, y in cell]
    return tuple(
        p for p, before in zip(points, points[-1:] + points[:-1], strict=True) if p != before
    )


def _bent(cell: Ring) -> Ring:
    """The cell with every long straight border bent, alike seen from both its sides."""
    ring: list[Point] = []
    for here, there in zip(cell, cell[1:] + cell[:1], strict=True):
        ring += _bend(here, there) if here < there else [here, *_bend(there, here)[:0:-1]]
    return tuple(ring)


def _bend(here: Point, there: Point) -> list[Point]:
    """From *here* up to but without *there*, with bends where it is long."""
    dx, dy = there[0] - here[0], there[1] - here[1]
    if math.hypot(dx, dy) <= _LONGEST_STRAIGHT:
        return [here]
    turn = zlib.crc32(f"{here}{there}".encode()) / 2**32 * 2 - 1
    middle = (
        round(here[0] + dx / 2 - dy * turn * _BEND),
        round(here[1] + dy / 2 + dx * turn * _BEND),
    )
    return _bend(here, middle) + _bend(middle, there)


def _union(parts: Sequence[Ring]) -> Ring:
    """The outline around cells that touch: what is left when shared borders fall away."""
    borders = {edge for ring in parts for edge in zip(ring, ring[1:] + ring[:1], strict=True)}
    onward = {here: there for here, there in borders if (there, here) not in borders}
    start = min(onward)
    ring = [start]
    while (step := onward[ring[-1]]) != start:
        ring.append(step)
    return tuple(ring)
