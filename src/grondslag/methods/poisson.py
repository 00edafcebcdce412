"""One count, and how far the number behind it may lie from it."""

import math
from dataclasses import dataclass

from grondslag.errors import InputError


@dataclass(frozen=True, slots=True)
class Interval:
    """A range that holds the truth with the stated confidence.

    Args:
        low: Lower limit.
        high: Upper limit; ``inf`` where the data set none.
    """

    low: float
    high: float


def exact_interval(count: int, *, level: float = 0.95) -> Interval:
    """The exact interval for the mean of a Poisson count.

    Exact means: it holds the true mean at least *level* of the time, for every mean, however small.
    The price is that it is somewhat wider than needed for small counts.

    Args:
        count: Events seen, 0 or more.
        level: Confidence, between 0 and 1.

    Returns:
        Limits of the mean; the lower is 0 for a count of 0.

    Raises:
        InputError: The count is negative, or the level is not between 0 and 1.

    Source:
        Garwood (1936), Fiducial limits for the Poisson distribution,
        doi:10.1093/biomet/28.3-4.437; chi-square form: Ulm (1990),
        doi:10.1093/oxfordjournals.aje.a115507.
    """
    check_count(count)
    check_level(level)
    return gamma_limits(count, level)


def rate_interval(
    count: int, exposure: float, *, per: float = 1.0, level: float = 0.95
) -> Interval:
    """The exact interval for a rate: events per unit of exposure, the exposure taken as known.

    Args:
        count: Events seen.
        exposure: What they were seen over: residents, vehicle-kilometres, years; above 0.
        per: Size of the unit that is reported, so ``1000`` for "per 1,000 residents".
        level: Confidence, between 0 and 1.

    Raises:
        InputError: As for `exact_interval`, or the exposure is not above 0.

    Source:
        As for `exact_interval`.
    """
    check_exposure(exposure)
    limits = exact_interval(count, level=level)
    return Interval(low=limits.low / exposure * per, high=limits.high / exposure * per)


def gamma_limits(count: float, level: float) -> Interval:
    """Garwood's limits, also for the broken counts that overdispersion leads to."""
    from scipy.stats import chi2

    tail = (1 - level) / 2
    low = float(chi2.ppf(tail, 2 * count)) / 2 if count > 0 else 0.0
    return Interval(low=low, high=float(chi2.isf(tail, 2 * (count + 1))) / 2)


def check_count(count: int) -> None:
    """Refuse a number of events below nothing."""
    if not count >= 0:
        raise InputError("methods.negative-count")


def check_exposure(exposure: float) -> None:
    """Refuse an exposure of nothing, below nothing, or without end."""
    if not (exposure > 0 and math.isfinite(exposure)):
        raise InputError("methods.no-exposure")


def check_level(level: float) -> None:
    """Refuse a confidence that is none."""
    if not 0 < level < 1:
        raise InputError("methods.not-a-level")
