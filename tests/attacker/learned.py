"""Back from estimates that were learned of all areas to the counts, also withheld, they rest on.

What like areas have is a line through all areas: two coefficients and a spread. Enough published
numbers give those three back, as closely as rounding leaves. A best fit meets an equation for each
coefficient, and each is a weighted sum of all counts: so weighted sums of the withheld ones follow.
With few withheld, every world is tried: fitted again, and held against all that is published.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.optimize import linprog

from attacker.reading import Range, Seen, Table
from attacker.regions import region_of
from attacker.solving import Within
from grondslag.methods import fit_performance, shrunk

_DIRECTIONS = 16
_TRIED = 3
"""With so many withheld counts every world is tried."""


@dataclass(frozen=True)
class Road:
    """What everybody can know of an area.

    Args:
        traffic: Driven distance.
        length: Length of road.
        years: How many years were counted.
    """

    traffic: float
    length: float
    years: float

    @property
    def busy(self) -> float:
        """The predictor."""
        return math.log(self.traffic / self.length)

    @property
    def offset(self) -> float:
        """Log of the exposure."""
        return math.log(self.length * self.years)


def learned_sums(table: Table, roads: Mapping[str, Road]) -> Iterator[Within]:
    """Two weighted sums of the withheld counts, from the equations of the best fit."""
    cells = [cell for cell in table.cells if cell.keys[0] in roads]
    shown = [cell for cell in cells if cell.count is not None and "expected" in cell.numbers]
    hidden = [cell for cell in cells if cell.count is None]
    if len(shown) < 3 or not hidden:
        return
    lines = _lines(shown, roads)
    if not lines:
        return
    spreads = _spreads(shown, lines, roads)
    if spreads is None:
        return
    middle = np.mean([roads[cell.keys[0]].busy for cell in cells])
    worlds = [(line, spread) for line in lines for spread in spreads]
    centre = (np.mean(lines, axis=0), float(np.mean(spreads)))
    for power in (0, 1):

        def weights(
            world: tuple[np.ndarray, float], some: Sequence[Seen], power: int = power
        ) -> np.ndarray:
            line, spread = world
            busy = np.array([roads[cell.keys[0]].busy for cell in some])
            return (busy - middle) ** power / (1 + spread * _like(line, some, roads))

        held = weights(centre, hidden)
        low, high = math.inf, -math.inf
        for world in worlds:
            given = np.array([float(cell.count or 0) for cell in cells if cell.count is not None])
            counted = [cell for cell in cells if cell.count is not None]
            rest = float(weights(world, cells) @ _like(world[0], cells, roads))
            rest -= float(weights(world, counted) @ given)
            loose = float(np.abs(weights(world, hidden) - held).sum()) * (table.minimum - 1)
            low, high = min(low, rest - loose), max(high, rest + loose)
        named = {
            region_of(table, cell.keys): float(w) for cell, w in zip(hidden, held, strict=True)
        }
        yield Within(named, low, high, f"equation {power} of the fit of {table.id}")


def _like(line: np.ndarray, cells: Sequence[Seen], roads: Mapping[str, Road]) -> np.ndarray:
    """What like areas have, by a line."""
    return np.array(
        [
            math.exp(line[0] + line[1] * roads[cell.keys[0]].busy + roads[cell.keys[0]].offset)
            for cell in cells
        ]
    )


def _lines(shown: Sequence[Seen], roads: Mapping[str, Road]) -> list[np.ndarray]:
    """The outermost lines on which every expected number rounds to what is published."""
    rows, most = [], []
    for cell in shown:
        road = roads[cell.keys[0]]
        least, upper = cell.numbers["expected"]
        rows += [[1.0, road.busy], [-1.0, -road.busy]]
        most += [math.log(upper) - road.offset, road.offset - math.log(max(least, 1e-9))]
    scale = float(np.std([roads[cell.keys[0]].busy for cell in shown])) or 1.0
    found = []
    for step in range(_DIRECTIONS):
        turn = 2 * math.pi * step / _DIRECTIONS
        goal = [math.cos(turn), math.sin(turn) * scale]
        solved = linprog(goal, A_ub=rows, b_ub=most, bounds=[(None, None)] * 2)
        if solved.x is None:
            return []
        found.append(np.asarray(solved.x))
    return found


def _spreads(
    shown: Sequence[Seen], lines: Sequence[np.ndarray], roads: Mapping[str, Road]
) -> tuple[float, float] | None:
    """Least and most spread between like areas that the published ratios allow."""
    least, most = 1e-6, 10.0
    likes = np.array([_like(line, shown, roads) for line in lines])
    for at, cell in enumerate(shown):
        if "ratio" not in cell.numbers:
            continue
        found: list[float] = []
        for like in (likes[:, at].min(), likes[:, at].max()):
            own = (cell.count or 0) / like
            if abs(own - 1) < 0.3:
                found = []
                break  # where count and expectation agree, the ratio tells nothing of the weight
            for ratio in cell.numbers["ratio"]:
                weight = min(max((ratio - own) / (1 - own), 1e-6), 1 - 1e-9)
                found.append((1 / weight - 1) / like)
        if found:
            least, most = max(least, min(found)), min(most, max(found))
    return (least, most) if least <= most else None


def searched(table: Table, roads: Mapping[str, Road]) -> Iterator[Within]:
    """Every world of a few withheld counts, fitted again: which give all that is published?"""
    cells = [cell for cell in table.cells if cell.keys[0] in roads]
    hidden = [at for at, cell in enumerate(cells) if cell.count is None]
    if not 0 < len(hidden) <= _TRIED or not all(cells[at].own for at in hidden):
        return
    counts = [cell.count or 0 for cell in cells]
    possible = []
    for world in product(range(table.minimum), repeat=len(hidden)):
        for at, value in zip(hidden, world, strict=True):
            counts[at] = value
        if _gives(cells, counts, roads):
            possible.append(world)
    for at, values in zip(hidden, zip(*possible, strict=True), strict=False):
        weights = {region_of(table, cells[at].keys): 1.0}
        yield Within(weights, min(values), max(values), f"every world of {table.id} tried")


def _gives(cells: Sequence[Seen], counts: Sequence[int], roads: Mapping[str, Road]) -> bool:
    """Whether these counts, fitted, give every published number."""
    places = [roads[cell.keys[0]] for cell in cells]
    exposures = [place.length * place.years for place in places]
    fitted = fit_performance(counts, {"traffic": [place.busy for place in places]}, exposures)
    expected = shrunk(counts, fitted.predicted, fitted.dispersion)
    low, high = expected.interval()
    for at, cell in enumerate(cells):
        like = float(fitted.predicted[at])
        numbers = {
            "expected": like,
            "ratio": float(expected.mean[at]) / like,
            "ratio_low": float(low[at]) / like,
            "ratio_high": float(high[at]) / like,
        }
        if not all(_rounds(numbers[name], cell.numbers.get(name)) for name in numbers):
            return False
    return True


def _rounds(value: float, span: Range | None) -> bool:
    return span is None or span[0] <= value <= span[1]
