"""Averages of measurements that are few: thousands of vehicles in one week are one week.

Vehicles of one week share its weather and its works, so they tell less than as many from different
weeks would. Here a week counts as one, and the spread between weeks says how sure a mean is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError
from grondslag.methods.poisson import Interval, check_level

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ClusteredMean:
    """A mean over clusters.

    Args:
        mean: Weighted, when weights were given.
        interval: Its limits.
        error: Its standard error.
        clusters: How many clusters.
    """

    mean: float
    interval: Interval
    error: float
    clusters: int


@dataclass(frozen=True, slots=True)
class ClusteredDifference:
    """One mean less another.

    Args:
        difference: First less second.
        interval: Its limits.
        certainty_higher: Probability that the first is really higher, when nothing was known.
        p_value: Of no difference, two-sided.
        freedom: Degrees of freedom: how many clusters it is worth.
    """

    difference: float
    interval: Interval
    certainty_higher: float
    p_value: float
    freedom: float


def clustered_mean(
    values: Sequence[float], weights: Sequence[float] | None = None, *, level: float = 0.95
) -> ClusteredMean:
    """The mean over clusters, with an interval from how much clusters differ.

    Args:
        values: One per cluster: its own mean or share.
        weights: How much stands behind each, above 0; left out when clusters count alike.
        level: Confidence, between 0 and 1.

    Raises:
        InputError: Fewer than two clusters, lengths differ, a value that is no number, a weight
            that is none.

    Source:
        Cochran (1977), Sampling techniques: the ratio estimator and its
        variance; without weights it is the mean with its usual standard error. Limits by Student's
        t with one less than the clusters.
    """
    from scipy.stats import t

    check_level(level)
    seen, size = _checked(values, weights)
    count = seen.size
    mean = float((size * seen).sum() / size.sum())
    apart = ((size * (seen - mean)) ** 2).sum()
    error = float(np.sqrt(count / (count - 1) * apart) / size.sum())
    width = float(t.isf((1 - level) / 2, count - 1)) * error
    return ClusteredMean(mean, Interval(low=mean - width, high=mean + width), error, count)


def clustered_difference(
    one: ClusteredMean, other: ClusteredMean, *, level: float = 0.95
) -> ClusteredDifference:
    """How much one mean lies above another, when both rest on few clusters.

    Args:
        one: The mean that is asked about.
        other: What it is set against; other clusters than the first.
        level: Confidence, between 0 and 1.

    Raises:
        InputError: No clusters differ, so that nothing says how sure it is.

    Source:
        Welch (1947), The generalization of Student's problem when several different population
        variances are involved, doi:10.1093/biomet/34.1-2.28.
    """
    from scipy.stats import t

    check_level(level)
    variances = one.error**2, other.error**2
    if not sum(variances) > 0:
        raise InputError("methods.no-spread-between")
    freedom = sum(variances) ** 2 / (
        variances[0] ** 2 / (one.clusters - 1) + variances[1] ** 2 / (other.clusters - 1)
    )
    difference, error = one.mean - other.mean, float(np.sqrt(sum(variances)))
    width = float(t.isf((1 - level) / 2, freedom)) * error
    return ClusteredDifference(
        difference=difference,
        interval=Interval(low=difference - width, high=difference + width),
        certainty_higher=float(t.cdf(difference / error, freedom)),
        p_value=2 * float(t.sf(abs(difference) / error, freedom)),
        freedom=float(freedom),
    )


def change_beside(
    before: ClusteredMean, after: ClusteredMean, others: ClusteredMean, *, level: float = 0.95
) -> ClusteredDifference:
    """How much more one place changed than the others did: for a single place with a measure.

    Args:
        before: Of the place, over its measurements before.
        after: Of the place, over its measurements after.
        others: Of the changes of the other places, each of them as one.
        level: Confidence, between 0 and 1.

    Raises:
        InputError: Nothing differs, so that nothing says how sure it is.

    Source:
        The difference of a difference and a mean; variances add up, and the degrees of freedom are
        those of Welch (1947), doi:10.1093/biomet/34.1-2.28, for three means.
    """
    from scipy.stats import t

    check_level(level)
    parts = (before, after, others)
    variance = sum(one.error**2 for one in parts)
    if not variance > 0:
        raise InputError("methods.no-spread-between")
    freedom = variance**2 / sum(one.error**4 / (one.clusters - 1) for one in parts)
    change, error = after.mean - before.mean - others.mean, float(np.sqrt(variance))
    width = float(t.isf((1 - level) / 2, freedom)) * error
    return ClusteredDifference(
        difference=change,
        interval=Interval(low=change - width, high=change + width),
        certainty_higher=float(t.cdf(change / error, freedom)),
        p_value=2 * float(t.sf(abs(change) / error, freedom)),
        freedom=float(freedom),
    )


def _checked(values: Sequence[float], weights: Sequence[float] | None) -> tuple[Floats, Floats]:
    seen = np.asarray(values, dtype=np.float64)
    size = np.ones(seen.shape) if weights is None else np.asarray(weights, dtype=np.float64)
    if seen.ndim != 1 or seen.shape != size.shape:
        raise InputError("methods.lengths-differ")
    if not np.all(np.isfinite(seen)):
        raise InputError("methods.not-a-number")
    if not (np.all(size > 0) and np.all(np.isfinite(size))):
        raise InputError("methods.no-exposure")
    if seen.size < 2:
        raise InputError("methods.too-few-clusters")
    return seen, size
