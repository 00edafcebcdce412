"""Random orders: what would lie around a place if values lay anywhere?

Each place keeps its own value, and gets as many others around it as it has neighbours, drawn from
all other places (a conditional permutation). All places share the same draws, so thousands of
places take no longer than the draws themselves.
"""

import math
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
_AT_ONCE = 500
"""So many random orders are held in memory together."""


def needed_orders(places: int, *, rate: float = 0.05) -> int:
    """How many random orders it takes before one place of many can stand by itself.

    The smallest p-value that orders can give is two over their number. With fewer, a place that is
    alone in standing out never gets below what so many places ask for, however high it is.

    Args:
        places: How many are looked at together.
        rate: The accepted share of false alarms, as for `multiplicity.discoveries`.

    Raises:
        InputError: No places, or a rate that is not between 0 and 1.
    """
    if places < 1:
        raise InputError("methods.too-few-areas")
    if not 0 < rate < 1:
        raise InputError("methods.not-a-level")
    return math.ceil(2 * places / rate)


def others_around(neighbours: Sequence[Sequence[int]], size: int) -> list[list[int]]:
    """The neighbours of every place, each once and never itself.

    Raises:
        InputError: Another number of places, or a neighbour that is none.
    """
    if len(neighbours) != size:
        raise InputError("methods.lengths-differ")
    around = [sorted(set(found) - {at}) for at, found in enumerate(neighbours)]
    if any(found and not 0 <= found[0] <= found[-1] < size for found in around):
        raise InputError("methods.no-such-neighbour")
    return around


def surrounded_p_values(
    values: Floats, around: list[list[int]], *, orders: int, chance: np.random.Generator
) -> Floats:
    """How often random surroundings are as high, or as low, as the real ones; two-sided.

    Args:
        values: One per place, not all equal.
        around: From `others_around`.
        orders: How many random orders.
        chance: Where they come from.

    Returns:
        Twice the smaller tail, the real order counted as one; 1 for a place without neighbours.

    Source:
        Conditional permutation: Anselin (1995), doi:10.1111/j.1538-4632.1995.tb00338.x;
        counting the real order: Phipson and Smyth (2010), doi:10.2202/1544-6115.1585.
    """
    seen = (values - values.mean()) / values.std()
    count = np.array([len(found) for found in around])
    real = np.array([seen[found].sum() for found in around])
    close = 1e-9 * (1 + np.abs(real))
    floor, roof = real - close, real + close
    higher, lower = np.zeros(seen.size), np.zeros(seen.size)
    for drawn in _draws(seen.size, int(count.max()), orders, chance):
        sums = np.cumsum(seen[drawn], axis=1)
        for some in np.unique(count[count > 0]):
            ordered, of = np.sort(sums[:, some - 1]), count == some
            higher[of] += ordered.size - np.searchsorted(ordered, floor[of], side="left")
            lower[of] += np.searchsorted(ordered, roof[of], side="right")
        # A place that drew itself gets the last place instead, which nobody draws.
        order, column = np.nonzero(np.arange(drawn.shape[1]) < count[drawn])
        place = drawn[order, column]
        without = sums[order, count[place] - 1]
        instead = without + seen[-1] - seen[place]
        gained = (instead >= floor[place]) * 1.0 - (without >= floor[place])
        higher += np.bincount(place, gained, seen.size)
        gained = (instead <= roof[place]) * 1.0 - (without <= roof[place])
        lower += np.bincount(place, gained, seen.size)
    one_sided = (np.minimum(higher, lower) + 1) / (orders + 1)
    return np.where(count > 0, np.minimum(1.0, 2 * one_sided), 1.0)


def _draws(size: int, most: int, orders: int, chance: np.random.Generator) -> Iterator[Whole]:
    """Per random order the first few of all places but the last, shuffled; in batches."""
    for start in range(0, orders if most else 0, _AT_ONCE):
        rows = np.arange(min(_AT_ONCE, orders - start))
        places = np.tile(np.arange(size - 1), (rows.size, 1))
        for column in range(most):
            other = chance.integers(column, size - 1, rows.size)
            held = places[rows, column].copy()
            places[rows, column] = places[rows, other]
            places[rows, other] = held
        yield places[:, :most]
