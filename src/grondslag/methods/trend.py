"""Does a row of years or months rise or fall? Without a form being assumed, and months not apart.

A high month is often followed by another high month. Then a row wanders by itself, and a test that
takes every month for a new fact finds trends everywhere. Here the row says itself how much its
months resemble the ones before them, and the uncertainty grows with it. A row must not run over a
break: another way of counting, another border, a year of lockdowns.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError
from grondslag.methods.poisson import Interval, check_level

Floats = npt.NDArray[np.float64]
_FEW = 4
_AT_MOST = 0.95


@dataclass(frozen=True, slots=True)
class Direction:
    """What a row says of its direction.

    Args:
        slope: Change per unit of time: the middle one of the slopes between every two moments.
        interval: Limits of that slope; infinite where the row is too short to set them.
        score: How many more pairs rise than fall.
        p_value: Two-sided, of "no direction"; for `multiplicity` only, never to be shown.
        inflation: By how much resemblance between moments makes the score vary more; 1 for none.
    """

    slope: float
    interval: Interval
    score: int
    p_value: float
    inflation: float


def trend(
    values: Sequence[float],
    *,
    times: Sequence[float] | None = None,
    apart: bool = False,
    level: float = 0.95,
) -> Direction:
    """Mann and Kendall's test with the correction of Hamed and Rao, and Sen's slope.

    The correction counts resemblances that are surely there. In rows of ten to forty moments it
    misses much, so resemblance between one moment and the next, which fades with distance, counts
    even when it is not sure. Where that is 0.3, a false trend is then seen in 6 to 7% of rows, not
    in 10%; where it is 0.6, in 7 to 11%, not in about 23%. No correction makes a trend surer: a row
    in which high follows low by luck tells no more than a row without it.

    Args:
        values: In order of time; four or more.
        times: When each was measured, rising; evenly spaced when not given. The correction takes
            them for about evenly spaced.
        apart: The moments have nothing to do with each other, as samples of their own years apart;
            then nothing is corrected.
        level: Confidence, between 0 and 1.

    Raises:
        InputError: Fewer than four, a value or moment that is no number, moments that do not rise.

    Source:
        Mann (1945), doi:10.2307/1907187; Hamed and Rao (1998), A modified Mann-Kendall trend test
        for autocorrelated data, doi:10.1016/S0022-1694(97)00125-X; resemblance that fades, in the
        same formula, with what a trend takes away of it given back: van Giersbergen (2005), On the
        effect of deterministic terms on the bias in stable AR models; slope and limits: Sen (1968),
        Estimates of the regression coefficient based on Kendall's tau,
        doi:10.1080/01621459.1968.10480934.
    """
    from scipy.stats import norm

    check_level(level)
    seen = np.asarray(values, dtype=np.float64)
    moment = np.arange(seen.size) if times is None else np.asarray(times, dtype=np.float64)
    if seen.ndim != 1 or seen.shape != moment.shape:
        raise InputError("methods.lengths-differ")
    if seen.size < _FEW:
        raise InputError("methods.too-short", known=_FEW)
    if not (np.all(np.isfinite(seen)) and np.all(np.isfinite(moment))):
        raise InputError("methods.not-a-number")
    if not np.all(np.diff(moment) > 0):
        raise InputError("methods.not-in-order")
    sooner, later = np.triu_indices(seen.size, 1)
    steps = seen[later] - seen[sooner]
    score = int(np.sign(steps).sum())
    slopes = np.sort(steps / (moment[later] - moment[sooner]))
    slope = float(np.median(slopes))
    inflation = 1.0 if apart else _inflation(seen - slope * moment)
    spread = float(np.sqrt(_variance(seen) * inflation))
    # A score jumps by two, so it is taken one nearer to none.
    away = max(0, abs(score) - 1) / spread if spread > 0 else 0.0
    reach = float(norm.isf((1 - level) / 2)) * spread
    inwards = int((slopes.size - reach) / 2) if reach < slopes.size else 0
    limits = Interval(
        low=float(slopes[inwards - 1]) if inwards else -np.inf,
        high=float(slopes[-inwards]) if inwards else np.inf,
    )
    return Direction(slope, limits, score, float(2 * norm.sf(away)), inflation)


def _variance(seen: Floats) -> float:
    """Of the score, when nothing resembles anything; equal values take part of it away."""
    _, equal = np.unique(seen, return_counts=True)
    whole, ties = (
        (size * (size - 1) * (2 * size + 5)).sum() for size in (np.array([seen.size]), equal)
    )
    return float(whole - ties) / 18


def _inflation(flat: Floats) -> float:
    """What resemblance between moments does to the variance of the score; 1 or more."""
    from scipy.stats import norm, rankdata

    from_middle = flat - np.median(flat)
    # What is equal but for rounding, is equal.
    level = np.round(from_middle / max(float(np.abs(from_middle).max()), 1e-300), 9)
    ranks = rankdata(level) - (flat.size + 1) / 2
    size, power = flat.size, float((ranks**2).sum())
    if not power > 0:
        return 1.0
    lag = np.arange(1, size - 1)
    alike = np.array([(ranks[:-one] * ranks[one:]).sum() / power for one in lag])
    sure = np.abs(alike) > norm.isf(0.025) / np.sqrt(size)
    # Taking a trend off takes resemblance away too: (2 + 4 r) / n of it, given back here.
    first = np.clip((size * alike[0] + 2) / (size - 4), 0, _AT_MOST) if size > _FEW else 0.0
    weight = (size - lag) * (size - lag - 1) * (size - lag - 2)
    share = 2 * weight / (size * (size - 1) * (size - 2))
    return max(1.0, float(1 + (share * alike * sure).sum()), float(1 + (share * first**lag).sum()))
