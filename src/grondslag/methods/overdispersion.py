"""Counts that scatter more than chance alone.

Accidents of areas differ by more than Poisson chance: roads, traffic and people differ too. An
interval that knows only chance is then too narrow, and calls ordinary differences certain.
"""

from collections.abc import Sequence

import numpy as np

from grondslag.errors import InputError
from grondslag.methods.poisson import Interval, check_count, check_level, gamma_limits


def dispersion(counts: Sequence[int], exposures: Sequence[float]) -> float:
    """Variance of area counts divided by the variance that chance alone would give.

    Pearson's chi-square of "one rate for all areas", divided by its degrees of freedom. Give the
    areas that form the background: an area under suspicion, left in, hides itself by raising the
    dispersion. With few areas it is itself uncertain: ten areas that differ by chance alone give
    0.3 to 2.1, nineteen times out of twenty (chi-square with 9 degrees of freedom, over 9).

    Args:
        counts: Events per area; at least two areas and one event.
        exposures: Exposure per area, in the same order, each above 0.

    Returns:
        About 1 for chance alone; above it when areas really differ.

    Raises:
        InputError: Lengths differ, fewer than two areas, no events, a negative count, no exposure.

    Source:
        Wedderburn (1974), Quasi-likelihood functions, doi:10.1093/biomet/61.3.439; McCullagh and
        Nelder (1989), Generalized linear models.
    """
    seen = np.asarray(counts, dtype=np.float64)
    size = np.asarray(exposures, dtype=np.float64)
    if seen.ndim != 1 or seen.shape != size.shape:
        raise InputError("methods.lengths-differ")
    if seen.size < 2:
        raise InputError("methods.too-few-areas")
    if not np.all(seen >= 0):
        raise InputError("methods.negative-count")
    if not (np.all(size > 0) and np.all(np.isfinite(size))):
        raise InputError("methods.no-exposure")
    if seen.sum() == 0:
        raise InputError("methods.nothing-counted")
    expected = size * (seen.sum() / size.sum())
    return float(((seen - expected) ** 2 / expected).sum() / (seen.size - 1))


def dispersion_of_changes(before: Sequence[int], after: Sequence[int]) -> float:
    """How much more places differ in how they went on than chance alone would make them.

    What a place always had more or less of than others is in both of its counts and drops out;
    what is left are works, detours and whatever else made one street go on otherwise than another.
    Pearson's chi-square of "all went on alike", divided by its degrees of freedom, over the places
    where anything was counted.

    Args:
        before: Events before, per place.
        after: Events after, per place, in the same order.

    Returns:
        About 1 for chance alone; above it when places really went on differently.

    Raises:
        InputError: Lengths differ, fewer than two places with events, nothing on one of the sides,
            a negative count.

    Source:
        McCullagh and Nelder (1989), Generalized linear models: over-dispersion of the binomial; the
        share that came after, of all of a place.
    """
    first, second = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    if first.shape != second.shape:
        raise InputError("methods.lengths-differ")
    if not (np.all(first >= 0) and np.all(second >= 0)):
        raise InputError("methods.negative-count")
    if not (first.sum() and second.sum()):
        raise InputError("methods.nothing-counted")
    both = first + second
    any_at_all = both > 0
    share_before = float(first.sum() / both.sum())
    return dispersion(second[any_at_all].tolist(), both[any_at_all].tolist()) / share_before


def robust_dispersion(counts: Sequence[int], exposures: Sequence[float]) -> float:
    """The dispersion of the ordinary areas, when a few stand far apart from them.

    One area that really differs raises the dispersion of all, and so hides itself and blurs the
    rest. Here the tenth with the highest and the tenth with the lowest rates (at least one of each)
    do not set the common rate, and their deviations count as those of the next area. What that
    takes away of ordinary chance is given back.

    Args:
        counts: Events per area; at least five areas.
        exposures: Exposure per area, in the same order, each above 0.

    Returns:
        About 1 for chance alone; with fewer than five areas, or when the ordinary areas hold no
        event, the plain `dispersion`.

    Raises:
        InputError: As for `dispersion`.

    Source:
        Spiegelhalter (2005), Handling over-dispersion of performance indicators,
        doi:10.1136/qshc.2005.013755 (winsorised z-scores); the correction is the expectation of a
        squared standard normal that is winsorised as much.
    """
    plain = dispersion(counts, exposures)
    seen, size = np.asarray(counts, dtype=np.float64), np.asarray(exposures, dtype=np.float64)
    if seen.size < 5:
        return plain
    ends = max(1, seen.size // 10)
    middle = np.argsort(seen / size, kind="stable")[ends:-ends]
    rate = float(seen[middle].sum() / size[middle].sum())
    if rate == 0:
        return plain
    scores = np.sort((seen - rate * size) / np.sqrt(rate * size))
    scores = np.clip(scores, scores[ends], scores[-ends - 1])
    return float((scores**2).mean() / winsorised_square(ends / seen.size))


def winsorised_square(share: float) -> float:
    """The expected square of a standard normal of which both ends of this share are pulled in."""
    from scipy.stats import norm

    edge = float(norm.isf(share))
    return 1 - 2 * share - 2 * edge * float(norm.pdf(edge)) + 2 * share * edge**2


def widened(count: int, *, dispersion: float, level: float = 0.95) -> Interval:
    """The interval of a count whose variance is *dispersion* times its mean.

    The count weighs as ``count / dispersion`` independent events, which have the wanted relation of
    variance to mean; their exact limits are scaled back. With dispersion 1 it is the exact interval
    itself. A dispersion below 1 is taken as 1: less scatter than chance is luck, not knowledge.

    Args:
        count: Events seen.
        dispersion: From `dispersion`.
        level: Confidence, between 0 and 1.

    Raises:
        InputError: The count is negative, or the level is not between 0 and 1.

    Source:
        The variance of McCullagh and Nelder (1989) in the limits of Garwood (1936).
    """
    check_count(count)
    check_level(level)
    scale = max(1.0, dispersion)
    limits = gamma_limits(count / scale, level)
    return Interval(low=limits.low * scale, high=limits.high * scale)
