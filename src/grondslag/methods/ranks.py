"""Places in an order, with the places that are possible.

An order of areas looks certain and seldom is: most areas could stand nearly anywhere. So a place is
given with its interval, or not at all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError
from grondslag.methods.poisson import check_level
from grondslag.methods.shrinking import Expected

Floats = npt.NDArray[np.float64]
Draw = Callable[[np.random.Generator, int], Floats]
_DRAWS = 9_999
_SEED = 19_960_401


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """Per area its place, 1 for the highest value, and the places that are possible.

    Args:
        mean: Expected place; between two whole places when nobody can tell.
        low: Best possible place.
        high: Worst possible place.
        certainty_among: Per area the probability that it is among the highest, for as many as were
            asked.
    """

    mean: Floats
    low: npt.NDArray[np.int_]
    high: npt.NDArray[np.int_]
    certainty_among: Floats

    @property
    def median_width(self) -> float:
        """How many places the area in the middle could take: the verdict on the whole order."""
        return float(np.median(self.high - self.low + 1))


def ranks_of(expected: Expected, sizes: Any, *, highest: int = 1, level: float = 0.95) -> Ranks:
    """Places of areas by their rate, from what is to be expected of them.

    Args:
        expected: Events to be expected per area, with their uncertainty.
        sizes: What they are divided by: exposure, or events that were expected; above 0.
        highest: For the certainty of being among that many highest.
        level: Confidence of the places, between 0 and 1.

    Raises:
        InputError: Lengths differ, no exposure, fewer than two areas, more highest than areas.

    Source:
        Goldstein and Spiegelhalter (1996), League tables and their limitations,
        doi:10.2307/2983325; places from draws of the posterior: Laird and Louis (1989), Empirical
        Bayes ranking methods, Journal of Educational Statistics 14, 29-46.
    """
    size = np.asarray(sizes, dtype=np.float64)
    if size.shape != expected.mean.shape:
        raise InputError("methods.lengths-differ")
    if not (np.all(size > 0) and np.all(np.isfinite(size))):
        raise InputError("methods.no-exposure")

    def draw(chance: np.random.Generator, times: int) -> Floats:
        drawn = chance.gamma(expected.shape, 1 / expected.rate, (times, size.size))
        return np.asarray(drawn / size)

    return _ranks(draw, size.size, highest=highest, level=level)


def ranks_of_estimates(means: Any, errors: Any, *, highest: int = 1, level: float = 0.95) -> Ranks:
    """Places of areas by an estimate with a normal error: of a survey, of an area model.

    Args:
        means: Estimate per area.
        errors: Its standard error, above 0.
        highest: For the certainty of being among that many highest.
        level: Confidence of the places, between 0 and 1.

    Raises:
        InputError: Lengths differ, an error not above 0, fewer than two areas, more highest than
            areas.

    Source:
        As for `ranks_of`.
    """
    mean = np.asarray(means, dtype=np.float64)
    error = np.asarray(errors, dtype=np.float64)
    if mean.ndim != 1 or mean.shape != error.shape:
        raise InputError("methods.lengths-differ")
    if not (np.all(error > 0) and np.all(np.isfinite(error)) and np.all(np.isfinite(mean))):
        raise InputError("methods.no-variance")

    def draw(chance: np.random.Generator, times: int) -> Floats:
        return chance.normal(mean, error, (times, mean.size))

    return _ranks(draw, mean.size, highest=highest, level=level)


def _ranks(draw: Draw, areas: int, *, highest: int, level: float) -> Ranks:
    check_level(level)
    if areas < 2:
        raise InputError("methods.too-few-areas")
    if not 1 <= highest <= areas:
        raise InputError("methods.too-many-highest", known=areas)
    chance = np.random.default_rng(_SEED)
    # In parts, so that many areas do not ask for much memory at once.
    part = max(1, min(_DRAWS, 2_000_000 // areas))
    places = np.empty((_DRAWS, areas), dtype=np.int32)
    for start in range(0, _DRAWS, part):
        drawn = draw(chance, min(part, _DRAWS - start))
        order = np.argsort(-drawn, axis=1)
        rows = np.arange(len(drawn))[:, None]
        places[start + rows, order] = np.arange(1, areas + 1)
    tail = (1 - level) / 2
    return Ranks(
        mean=np.asarray(places.mean(axis=0), dtype=np.float64),
        low=np.asarray(np.quantile(places, tail, axis=0, method="lower"), dtype=np.int_),
        high=np.asarray(np.quantile(places, 1 - tail, axis=0, method="higher"), dtype=np.int_),
        certainty_among=np.asarray((places <= highest).mean(axis=0), dtype=np.float64),
    )
