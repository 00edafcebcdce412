"""Two rates side by side: how many times, how sure."""

import math
from dataclasses import dataclass

from grondslag.errors import InputError
from grondslag.methods.poisson import Interval, check_count, check_exposure, check_level


@dataclass(frozen=True, slots=True)
class RateComparison:
    """What two counts with their exposures say about the two rates behind them.

    Args:
        ratio: First rate divided by the other; ``inf`` when the other has no events.
        interval: Exact interval of the ratio; the upper limit is ``inf`` when the other has no
            events, since nothing then bounds the ratio from above.
        certainty_higher: Probability that the first rate is truly the higher one, 0 to 1.
        expected: Events the first would have had at the other's rate.
        p_value: Two-sided, of "the rates are equal"; for `multiplicity` only, never to be shown.
    """

    ratio: float
    interval: Interval
    certainty_higher: float
    expected: float
    p_value: float


def compare_rates(
    *,
    count: int,
    exposure: float,
    other_count: int,
    other_exposure: float,
    level: float = 0.95,
    dispersion: float = 1.0,
) -> RateComparison:
    """Compare two Poisson rates, exactly.

    Given the total of both counts, the first is binomial with probability
    ``ratio·exposure / (ratio·exposure + other_exposure)``: the limits of that probability
    (Clopper and Pearson) are the limits of the ratio. The interval and the p-value agree: one
    excludes equality exactly when the other does at that level.

    `certainty_higher` is a probability about the rates, not about the data, so it needs a prior.
    We take Jeffreys' for the conditional binomial. It favours neither side, so swapping the two
    gives the complement; and it always lies between the two exact one-sided tail probabilities
    (with and without the outcome itself), so it can never say more than the exact test allows by
    more than the chance of that single outcome.

    Args:
        count: Events of the first.
        exposure: Its exposure, above 0, in the same unit as the other's.
        other_count: Events of the other. The other must not contain the first.
        other_exposure: The other's exposure, above 0.
        level: Confidence of the interval, between 0 and 1.
        dispersion: Variance divided by mean of such counts, from `overdispersion.dispersion`; the
            counts then weigh as that many times fewer events. Below 1 counts as 1.

    Raises:
        InputError: A negative count, no exposure, a level outside 0 to 1, or no event in either.

    Source:
        Przyborowski and Wilenski (1940), Biometrika 31, 313-323; Clopper and Pearson (1934),
        doi:10.1093/biomet/26.4.404; matching of test and interval: Fay (2010),
        doi:10.32614/RJ-2010-008; Jeffreys' interval: Brown, Cai and DasGupta (2001),
        doi:10.1214/ss/1009213286.
    """
    for number in (count, other_count):
        check_count(number)
    for size in (exposure, other_exposure):
        check_exposure(size)
    check_level(level)
    if count + other_count == 0:
        raise InputError("methods.nothing-counted")
    scale = max(1.0, dispersion)
    from scipy.stats import beta

    mine, others = count / scale, other_count / scale
    equal = exposure / (exposure + other_exposure)
    odds_to_ratio = other_exposure / exposure
    limits = _binomial_limits(mine, others, (1 - level) / 2)
    at_least, at_most = _tails(mine, others, equal)
    return RateComparison(
        ratio=count / other_count * odds_to_ratio if other_count else math.inf,
        interval=Interval(
            low=_odds(limits.low) * odds_to_ratio, high=_odds(limits.high) * odds_to_ratio
        ),
        certainty_higher=float(beta.sf(equal, mine + 0.5, others + 0.5)),
        expected=other_count * exposure / other_exposure,
        p_value=min(1.0, 2 * min(at_least, at_most)),
    )


def _binomial_limits(hits: float, misses: float, tail: float) -> Interval:
    from scipy.stats import beta

    return Interval(
        low=float(beta.ppf(tail, hits, misses + 1)) if hits > 0 else 0.0,
        high=float(beta.isf(tail, hits + 1, misses)) if misses > 0 else 1.0,
    )


def _tails(hits: float, misses: float, probability: float) -> tuple[float, float]:
    """The chance of at least, and of at most, this many hits."""
    from scipy.stats import beta

    at_least = float(beta.cdf(probability, hits, misses + 1)) if hits > 0 else 1.0
    at_most = float(beta.sf(probability, hits + 1, misses)) if misses > 0 else 1.0
    return at_least, at_most


def _odds(probability: float) -> float:
    return probability / (1 - probability) if probability < 1 else math.inf
