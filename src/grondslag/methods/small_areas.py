"""Small areas, each weighed against all others or against its neighbours.

`shrinking` asks for what like places have. Here nobody knows that beforehand: the areas themselves
say how far areas differ.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError
from grondslag.methods.counts_per_area import counts_per_area
from grondslag.methods.shrinking import Expected, shrunk, shrunk_rates

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class SmallAreas:
    """Areas, each drawn to what all have.

    Args:
        expected: Events to be expected per area, with their uncertainty.
        ratio: The same over the events that were expected beforehand: the area's own ratio, drawn
            to the mean.
        mean: Mean ratio of all areas.
        spread: Variance of the ratio between areas beyond chance; 0 when areas differ by no more.
    """

    expected: Expected
    ratio: Floats
    mean: float
    spread: float


def small_areas(counts: Any, expected: Any) -> SmallAreas:
    """Events to be expected per area, when ratios of areas are spread as a gamma distribution.

    Mean and spread come from two moments of the areas. The mean weighs large areas more, as far as
    chance is the reason that they differ; the spread is what is left when chance is taken off. When
    nothing is left, all areas get the common ratio, which is then known as well as all events
    together tell it.

    Args:
        counts: Events per area; two areas or more.
        expected: Events that were to be expected by its size and make-up, each above 0: from
            `standardising.expected_events`, or a share of the whole.

    Raises:
        InputError: Lengths differ, a negative count, nothing expected, one area, nothing counted.

    Source:
        Clayton and Kaldor (1987), Empirical Bayes estimates of age-standardized relative risks for
        use in disease mapping, doi:10.2307/2532003: the mean and variance equations.
    """
    seen, size = counts_per_area(counts, expected)
    if seen.size < 2:
        raise InputError("methods.too-few-areas")
    if not seen.sum():
        raise InputError("methods.nothing-counted")
    common = float(seen.sum() / size.sum())
    square = float(((seen - common * size) ** 2 / (common * size)).sum())
    if square <= seen.size - 1:
        # The common ratio rests on all events together.
        total = np.full(seen.size, float(seen.sum()))
        alike = Expected(common * size, np.ones(seen.size), total, total / (common * size))
        return SmallAreas(alike, np.full(seen.size, common), common, 0.0)
    rate = _prior_rate(seen, size)
    mean = _mean(seen, size, rate)
    found = shrunk(seen, mean * size, 1 / (mean * rate))
    return SmallAreas(found, found.mean / size, mean, mean / rate)


def _mean(seen: Floats, size: Floats, rate: float) -> float:
    """The mean of the shrunk ratios, which shrink to that mean themselves."""
    return float((seen / (size + rate)).sum() / (size / (size + rate)).sum())


def _prior_rate(seen: Floats, size: Floats) -> float:
    """Rate of the gamma distribution of ratios: their mean over their variance.

    The variance equation has one root once areas differ by more than chance: below it the areas
    would differ too little for the spread that is taken, above it too much.
    """
    from scipy.optimize import brentq

    def too_much(log_rate: float) -> float:
        rate = float(np.exp(log_rate))
        mean = _mean(seen, size, rate)
        squares = float((rate * (seen - mean * size) ** 2 / (size * (size + rate))).sum())
        return squares / (seen.size - 1) - mean

    small, large = float(np.log(size.min())) - 1, float(np.log(size.max())) + 1
    while too_much(small) > 0:
        small -= 5
    while too_much(large) < 0:
        large += 5
    return float(np.exp(brentq(too_much, small, large, xtol=1e-12)))


def shrunk_to_neighbours(
    counts: Any, exposures: Any, neighbours: Sequence[Sequence[int]]
) -> Floats:
    """Rates of areas, each drawn to the rate of the areas around it, itself taken in.

    An area without neighbours has nothing around it, and is drawn to the rate of all.

    Args:
        counts: Events per area; two areas or more.
        exposures: Exposure per area, each above 0.
        neighbours: Per area the positions of its neighbours.

    Raises:
        InputError: As for `shrunk_rates`, or a neighbour that is not in the list.

    Source:
        Marshall (1991), Mapping disease and mortality rates using empirical Bayes estimators,
        doi:10.2307/2347593 (the local estimator).
    """
    drawn = shrunk_rates(counts, exposures)
    seen = np.asarray(counts, dtype=np.float64)
    size = np.asarray(exposures, dtype=np.float64)
    if len(neighbours) != seen.size:
        raise InputError("methods.lengths-differ")
    if any(not 0 <= one < seen.size for around in neighbours for one in around):
        raise InputError("methods.no-such-neighbour")
    rates = seen / size
    for at, around in enumerate(neighbours):
        near = sorted({at, *around})
        if len(near) == 1:
            continue
        events, people = seen[near].sum(), size[near].sum()
        common = events / people
        between = (size[near] * (rates[near] - common) ** 2).sum() / people
        between = max(0.0, float(between - common / (people / len(near))))
        own = between / (between + common / size[at]) if events else 0.0
        drawn[at] = common + own * (rates[at] - common)
    return drawn
