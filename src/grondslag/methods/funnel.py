"""Areas beside each other without a league table: which lie further off than their size explains.

A small area lies far from the average by chance alone. The limits of a funnel are wide where little
is to be expected and narrow where much is. Areas differ for more reasons than chance; that spread
is estimated from the areas in the middle and widens the limits.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError
from grondslag.methods.counts_per_area import counts_per_area
from grondslag.methods.overdispersion import winsorised_square
from grondslag.methods.poisson import check_level

Floats = npt.NDArray[np.float64]
_FEW = 5


@dataclass(frozen=True, slots=True, eq=False)
class Funnel:
    """Observed over expected per area, with the limits of its size.

    Args:
        ratio: Observed over expected, per area.
        low: Lower limit per area.
        high: Upper limit per area.
        between: Variance between areas beyond chance, on the scale of the square root of the ratio;
            0 when they scatter no more than chance.
        score: How far an area lies from the average, in standard deviations of its size, with the
            spread between areas taken in.
    """

    ratio: Floats
    low: Floats
    high: Floats
    between: float
    score: Floats

    @property
    def outside(self) -> npt.NDArray[np.bool_]:
        """Which areas lie outside their limits."""
        return (self.ratio < self.low) | (self.ratio > self.high)


def funnel(
    observed: Sequence[int],
    expected: Sequence[float],
    *,
    level: float = 0.998,
    winsorised: float = 0.1,
) -> Funnel:
    """The funnel of areas around a ratio of 1.

    The root of a ratio has nearly the same chance variance in every area of one size:
    ``1 / (4 * expected)``. Scores on that scale are winsorised, so that a few areas that really
    differ do not set the spread of all.

    Args:
        observed: Events per area.
        expected: Events to be expected per area, each above 0.
        level: How much of the areas the limits hold when nothing is the matter.
        winsorised: Share of the areas at each end that counts as the next one inwards, below 0.5.

    Raises:
        InputError: Lengths differ, a negative count, nothing expected, fewer than five areas.

    Source:
        Spiegelhalter (2005), Funnel plots for comparing institutional performance,
        doi:10.1002/sim.1970 (additive over-dispersion); Spiegelhalter (2005), Handling
        over-dispersion of performance indicators, doi:10.1136/qshc.2005.013755.
    """
    check_level(level)
    seen, size = counts_per_area(observed, expected)
    if seen.size < _FEW:
        raise InputError("methods.too-few-for-funnel", known=_FEW)
    ratio = seen / size
    chance = 1 / (4 * size)
    between = spread_between(np.sqrt(ratio) - 1, chance, winsorised=winsorised)
    wide = np.sqrt(chance + between)
    low, high = funnel_limits(size, between, level=level)
    return Funnel(ratio, low, high, between, (np.sqrt(ratio) - 1) / wide)


def funnel_limits(
    expected: npt.ArrayLike, between: float, *, level: float = 0.998
) -> tuple[Floats, Floats]:
    """Between which ratios areas of each size lie when nothing is the matter.

    Args:
        expected: Events to be expected, each above 0.
        between: Variance between areas beyond chance, of the root of the ratio; 0 for chance alone.
        level: How much of the areas the limits hold.

    Raises:
        InputError: A level outside 0 to 1, or nothing expected.

    Source:
        As for `funnel`.
    """
    from scipy.stats import norm

    check_level(level)
    size = np.asarray(expected, dtype=np.float64)
    if not (np.all(size > 0) and np.all(np.isfinite(size))):
        raise InputError("methods.nothing-expected")
    wide = np.sqrt(1 / (4 * size) + between)
    edge = float(norm.isf((1 - level) / 2))
    return np.maximum(0.0, 1 - edge * wide) ** 2, (1 + edge * wide) ** 2


def spread_between(
    effects: npt.ArrayLike, variances: npt.ArrayLike, *, winsorised: float = 0.0
) -> float:
    """Variance between effects beyond what their own variances explain; never below 0.

    Args:
        effects: One per area, as deviations from what is expected, or as estimates: then their
            weighted mean is taken off.
        variances: Of each effect by chance alone, each above 0.
        winsorised: Share of the scores at each end that counts as the next one inwards.

    Source:
        DerSimonian and Laird (1986), doi:10.1016/0197-2456(86)90046-2, with the scores winsorised
        as in Spiegelhalter (2005), doi:10.1002/sim.1970; what that takes away of ordinary
        scatter is given back, as in `overdispersion.robust_dispersion`.
    """
    effect = np.asarray(effects, dtype=np.float64)
    weight = 1 / np.asarray(variances, dtype=np.float64)
    score = (effect - (weight * effect).sum() / weight.sum()) * np.sqrt(weight)
    squares = float((score**2).sum())
    ends = int(winsorised * score.size)
    if ends:
        ordered = np.sort(score)
        drawn_in = np.clip(score, ordered[ends], ordered[-ends - 1])
        squares = float((drawn_in**2).sum()) / winsorised_square(ends / score.size)
    scale = float(weight.sum() - (weight**2).sum() / weight.sum())
    return max(0.0, float(squares - (score.size - 1)) / scale)
