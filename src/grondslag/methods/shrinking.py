"""What a place is to be expected to have, from what it had and what its like have.

A place with many accidents last year often has fewer next year, without anybody doing anything:
part of the many was chance. The empirical-Bayes estimate weighs the place's own count against what
places like it have, and so takes that chance away.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """What is to be expected per place, in the years that were counted.

    The uncertainty of a place is that of a gamma distribution with this shape and rate.

    Args:
        mean: Expected events.
        weight: How much the like places weigh, 0 to 1; the rest is the place's own count.
        shape: Of the gamma distribution.
        rate: Of the gamma distribution: mean is shape over rate.
    """

    mean: Floats
    weight: Floats
    shape: Floats
    rate: Floats

    @property
    def deviation(self) -> Floats:
        """Standard deviation of the expected events."""
        return np.sqrt(self.shape) / self.rate

    def interval(self, *, level: float = 0.95) -> tuple[Floats, Floats]:
        """Lower and upper limits, per place."""
        from scipy.stats import gamma

        tail = (1 - level) / 2
        low = gamma.ppf(tail, self.shape, scale=1 / self.rate)
        high = gamma.isf(tail, self.shape, scale=1 / self.rate)
        return np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)

    def certainty_above(self, than: Any) -> Floats:
        """Probability that a place's expected events lie above a number, per place.

        Args:
            than: A number, or one per place: take what its like have for the certainty of excess.
        """
        from scipy.stats import gamma

        return np.asarray(gamma.sf(than, self.shape, scale=1 / self.rate), dtype=np.float64)


def shrunk(counts: Any, predicted: Any, dispersion: Any) -> Expected:
    """The empirical-Bayes expectation per place.

    Args:
        counts: Events per place.
        predicted: Events that its like have in the same years (a safety performance function),
            each above 0.
        dispersion: How much like places differ: the variance of a count is
            ``predicted + dispersion * predicted**2``. One number, or one per place: for a rate of
            spread given per kilometre, divide by the place's kilometres. Above 0.

    Raises:
        InputError: Lengths differ, a negative count, nothing predicted, no dispersion.

    Source:
        Hauer, Harwood, Council and Griffith (2002), Estimating safety by the empirical Bayes
        method: a tutorial, doi:10.3141/1784-16.
    """
    seen = np.asarray(counts, dtype=np.float64)
    like = np.asarray(predicted, dtype=np.float64)
    spread = np.asarray(dispersion, dtype=np.float64)
    if seen.shape != like.shape:
        raise InputError("methods.lengths-differ")
    if not np.all(seen >= 0):
        raise InputError("methods.negative-count")
    if not (np.all(like > 0) and np.all(np.isfinite(like))):
        raise InputError("methods.nothing-expected")
    if not np.all(spread > 0):
        raise InputError("methods.no-dispersion")
    shape = 1 / spread + seen
    rate = 1 / (spread * like) + 1
    weight = 1 / (1 + spread * like)
    return Expected(shape / rate, weight, shape, rate)


def shrunk_rates(counts: Any, exposures: Any) -> Floats:
    """Rates of areas, each drawn towards the common rate as far as its smallness asks for.

    Nothing is assumed of how rates are spread but their mean and variance. Where areas differ by no
    more than chance, all get the common rate.

    Args:
        counts: Events per area; two areas or more.
        exposures: Exposure per area, each above 0.

    Raises:
        InputError: Lengths differ, a negative count, no exposure, one area, nothing counted.

    Source:
        Marshall (1991), Mapping disease and mortality rates using empirical Bayes estimators,
        doi:10.2307/2347593 (the global estimator).
    """
    seen = np.asarray(counts, dtype=np.float64)
    size = np.asarray(exposures, dtype=np.float64)
    if seen.ndim != 1 or seen.shape != size.shape:
        raise InputError("methods.lengths-differ")
    if not np.all(seen >= 0):
        raise InputError("methods.negative-count")
    if not (np.all(size > 0) and np.all(np.isfinite(size))):
        raise InputError("methods.no-exposure")
    if seen.size < 2:
        raise InputError("methods.too-few-areas")
    if not seen.sum():
        raise InputError("methods.nothing-counted")
    rates, common = seen / size, seen.sum() / size.sum()
    between = (size * (rates - common) ** 2).sum() / size.sum() - common / size.mean()
    between = max(0.0, float(between))
    drawn: Floats = common + between / (between + common / size) * (rates - common)
    return drawn
