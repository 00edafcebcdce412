"""Did it work? Accidents before and after a measure, at places chosen for their accidents.

Measures are taken where many accidents were. Part of the many was chance, so fewer follow, also
without a measure. A group of other places does not cure that: they were not chosen for their many.
The comparison here is with what the place itself was to be expected to have.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError
from grondslag.methods.poisson import Interval, check_level
from grondslag.methods.shrinking import shrunk

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a measure did, over all places together.

    Args:
        ratio: Accidents after, over those to be expected without the measure; 0.8 is 20% fewer.
        interval: Limits of that ratio.
        after: Accidents counted after.
        expected: Accidents to be expected after, without the measure.
        naive: After over before, per year: what is said when nobody thinks of chance. Only for
            beside the other, to show how far it misleads.
        certainty_fewer: Probability that there are fewer than without the measure, when nothing
            was known; from the same distribution as the limits.
    """

    ratio: float
    interval: Interval
    after: int
    expected: float
    naive: float
    certainty_fewer: float


@dataclass(frozen=True, slots=True, eq=False)
class Periods:
    """Counts and predictions per place, before and after.

    Args:
        before: Accidents before, per place.
        after: Accidents after, per place.
        predicted_before: What its like have in the years before, per place.
        predicted_after: The same of the years after; with the trend of places without the measure
            in it. With the traffic of after where that is known: else a change in traffic is in the
            effect, as far as the other places did not have it too.
        years_before: How many years.
        years_after: How many years.
        trend_error: Relative standard error of the trend in what is predicted of after.
    """

    before: Any
    after: Any
    predicted_before: Any
    predicted_after: Any
    years_before: float
    years_after: float
    trend_error: float = 0.0


@dataclass(frozen=True, slots=True)
class Trend:
    """How the places without the measure went on.

    Args:
        ratio: Accidents after, over those to be expected had nothing changed but the years.
        error: Its relative standard error.
    """

    ratio: float
    error: float


def trend_of_others(others: Periods, dispersion: Any) -> Trend:
    """What changed where nothing was done, without the luck of not being chosen.

    Places that were not chosen for a measure had a good time before, on average: they go up again
    by themselves, as the chosen ones go down. So what they had before is what they were to be
    expected to have, not what was counted.

    Args:
        others: Counts and predictions of the places without the measure.
        dispersion: Of the safety performance function.

    Raises:
        InputError: As for `before_after`.

    Source:
        Hauer (1997), Observational before-after studies in road safety: a comparison group, with
        his empirical Bayes estimates for its accidents before.
    """
    after = np.asarray(others.after, dtype=np.float64)
    later = np.asarray(others.predicted_after, dtype=np.float64)
    sooner = np.asarray(others.predicted_before, dtype=np.float64)
    expected = shrunk(others.before, sooner, dispersion)
    _check_periods(after, later, sooner, others)
    onward = later / sooner
    total = float((expected.mean * onward).sum())
    variance = float((onward**2 * expected.deviation**2).sum())
    seen = float(after.sum())
    if not seen:
        raise InputError("methods.nothing-counted")
    return Trend(seen / total, float(np.sqrt(1 / seen + variance / total**2)))


def before_after(periods: Periods, dispersion: Any, *, level: float = 0.95) -> Effect:
    """The effect of a measure by the empirical-Bayes before-after method.

    Args:
        periods: Counts and predictions per place.
        dispersion: Of the safety performance function; fitted on all the places that these were
            chosen from, with these among them. Without them the worst would be missing, and the
            like would seem safer than they are.
        level: Confidence, between 0 and 1.

    Raises:
        InputError: Lengths differ, a negative count, nothing predicted, no years, no dispersion.

    Source:
        Hauer (1997), Observational before-after studies in road safety: empirical Bayes; the ratio
        is corrected for being one of two uncertain numbers, with the variance he gives it, and the
        limits are taken on the log.
    """
    from scipy.stats import norm

    check_level(level)
    after = np.asarray(periods.after, dtype=np.float64)
    later = np.asarray(periods.predicted_after, dtype=np.float64)
    sooner = np.asarray(periods.predicted_before, dtype=np.float64)
    expected = shrunk(periods.before, sooner, dispersion)
    _check_periods(after, later, sooner, periods)
    onward = later / sooner
    total = float((expected.mean * onward).sum())
    variance = float((onward**2 * expected.deviation**2).sum())
    seen = float(after.sum())
    relative = variance / total**2 + periods.trend_error**2
    ratio = seen / total / (1 + relative)
    # With nothing counted after, half an accident stands in for the width and the upper limit. So
    # it does for the certainty, but nothing counted never speaks for more.
    spread = float(np.sqrt((1 / max(seen, 0.5) + relative) / (1 + relative) ** 2))
    width = float(norm.isf((1 - level) / 2)) * spread
    low = ratio * float(np.exp(-width))
    middle = max(ratio, 0.5 / total)
    high = middle * float(np.exp(width))
    fewer = float(norm.cdf(-np.log(middle) / spread))
    rate_before = float(np.sum(periods.before)) / periods.years_before
    naive = seen / periods.years_after / rate_before if rate_before else float("inf")
    return Effect(
        ratio,
        Interval(low=low, high=high),
        int(seen),
        total,
        naive,
        fewer if seen else max(0.5, fewer),
    )


def _check_periods(after: Floats, later: Floats, sooner: Floats, periods: Periods) -> None:
    if not after.shape == later.shape == sooner.shape:
        raise InputError("methods.lengths-differ")
    if not np.all(after >= 0):
        raise InputError("methods.negative-count")
    if not (np.all(later > 0) and np.all(np.isfinite(later))):
        raise InputError("methods.nothing-expected")
    if not (periods.years_before > 0 and periods.years_after > 0):
        raise InputError("methods.no-years")


def needed_accidents(reduction: float, *, power: float = 0.8, level: float = 0.95) -> float:
    """Accidents that must be expected without a measure, to see that it works.

    After as many years as before. Both periods are Poisson counts and the roots of counts have the
    variance of a quarter, whatever the mean.

    Args:
        reduction: Share of the accidents that the measure takes away, between 0 and 1.
        power: Probability of seeing it.
        level: Confidence of the two-sided test.

    Returns:
        Expected accidents in each of the two periods, over all places together.

    Raises:
        InputError: A share or probability that is none.

    Source:
        Huffman (1984), An improved approximate two-sample Poisson test, Applied Statistics 33,
        224-226.
    """
    from scipy.stats import norm

    check_level(level)
    check_level(power)
    if not 0 < reduction < 1:
        raise InputError("methods.not-a-share")
    both = float(norm.isf((1 - level) / 2)) + float(norm.ppf(power))
    return float((both / (2 * (1 - np.sqrt(1 - reduction)))) ** 2 * 2)


def power_to_see(reduction: float, accidents: float, *, level: float = 0.95) -> float:
    """Probability that a measure shows, with this many accidents to be expected per period.

    Args:
        reduction: Share of the accidents that the measure takes away, between 0 and 1.
        accidents: To be expected without it, in each of two periods of equal length; above 0.
        level: Confidence of the two-sided test.

    Raises:
        InputError: A share that is none, nothing expected.

    Source:
        As for `needed_accidents`.
    """
    from scipy.stats import norm

    check_level(level)
    if not 0 < reduction < 1:
        raise InputError("methods.not-a-share")
    if not accidents > 0:
        raise InputError("methods.nothing-expected")
    shift = 2 * np.sqrt(accidents) * (1 - np.sqrt(1 - reduction)) / np.sqrt(2)
    edge = float(norm.isf((1 - level) / 2))
    return float(norm.sf(edge - shift) + norm.cdf(-edge - shift))
