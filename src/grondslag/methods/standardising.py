"""Rates of groups that are made up differently, on one footing.

A district with many old people has more falls than one with many children, also when nobody in it
falls more than elsewhere. Direct standardising asks: what would the rate be with the make-up of the
standard? Indirect standardising asks: how many events would there be at the standard's rates?
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError
from grondslag.methods.poisson import Interval, check_count, check_level, gamma_limits

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class StandardisedRate:
    """A directly standardised rate.

    Args:
        rate: Events per unit of exposure, with the make-up of the standard.
        interval: Limits of that rate.
        crude: The rate as it is, for beside it.
    """

    rate: float
    interval: Interval
    crude: float


@dataclass(frozen=True, slots=True)
class ObservedExpected:
    """Events against those to be expected.

    Args:
        ratio: Observed over expected.
        interval: Limits of that ratio.
        expected: Events at the standard's rates.
    """

    ratio: float
    interval: Interval
    expected: float


def direct_rate(
    counts: Sequence[int],
    exposures: Sequence[float],
    standard: Sequence[float],
    *,
    level: float = 0.95,
) -> StandardisedRate:
    """The rate a group would have with the make-up of the standard.

    The limits are those of a gamma distribution with the mean and variance of the rate. For one
    stratum they are the exact limits of its count.

    Args:
        counts: Events per stratum (say, per age group).
        exposures: Exposure per stratum, each above 0.
        standard: Size of each stratum in the standard population.
        level: Confidence, between 0 and 1.

    Raises:
        InputError: Lengths differ, a negative count, no exposure, nothing counted at all.

    Source:
        Fay and Feuer (1997),
        doi:10.1002/(SICI)1097-0258(19970415)16:7<791::AID-SIM500>3.0.CO;2-#.
    """
    check_level(level)
    seen, size, share = _strata(counts, exposures, standard)
    if not seen.sum():
        raise InputError("methods.nothing-counted")
    weight = share / share.sum() / size
    rate = float((weight * seen).sum())
    variance = float((weight**2 * seen).sum())
    largest = float(weight.max())
    above, spread = rate + largest, variance + largest**2
    interval = Interval(
        low=_gamma_limit((1 - level) / 2, rate, variance),
        high=_gamma_limit(1 - (1 - level) / 2, above, spread),
    )
    return StandardisedRate(rate, interval, crude=float(seen.sum() / size.sum()))


def observed_expected(count: int, expected: float, *, level: float = 0.95) -> ObservedExpected:
    """Events against those to be expected, with the exact interval of the count.

    The expected number is taken as known: take it from a standard that is far larger than the
    group, and that does not contain it.

    Raises:
        InputError: A negative count, or nothing expected.

    Source:
        Breslow and Day (1987), Statistical methods in cancer research II.
    """
    check_count(count)
    check_level(level)
    if not expected > 0:
        raise InputError("methods.nothing-expected")
    limits = gamma_limits(count, level)
    interval = Interval(low=limits.low / expected, high=limits.high / expected)
    return ObservedExpected(count / expected, interval, expected)


def expected_events(
    exposures: Sequence[float],
    standard_counts: Sequence[int],
    standard_exposures: Sequence[float],
) -> float:
    """Events a group would have at the standard's rates: the indirect way.

    Args:
        exposures: Of the group, per stratum.
        standard_counts: Events of the standard, per stratum.
        standard_exposures: Its exposure, per stratum, each above 0.

    Raises:
        InputError: Lengths differ, a negative count, no exposure.
    """
    seen, size, own = _strata(standard_counts, standard_exposures, exposures)
    return float((own * seen / size).sum())


def _strata(
    counts: Sequence[float], exposures: Sequence[float], others: Sequence[float]
) -> tuple[Floats, Floats, Floats]:
    seen, size, other = (
        np.asarray(numbers, dtype=np.float64) for numbers in (counts, exposures, others)
    )
    if seen.ndim != 1 or not seen.shape == size.shape == other.shape:
        raise InputError("methods.lengths-differ")
    if not np.all(seen >= 0):
        raise InputError("methods.negative-count")
    if not (np.all(size > 0) and np.all(np.isfinite(size)) and np.all(other >= 0)):
        raise InputError("methods.no-exposure")
    return seen, size, other


def _gamma_limit(tail: float, mean: float, variance: float) -> float:
    from scipy.stats import gamma

    return float(gamma.ppf(tail, mean**2 / variance, scale=variance / mean))
