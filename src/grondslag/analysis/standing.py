"""How every area stands beside what is to be expected there: nothing but visible counts go in.

Three questions are kept apart. How much more than expected is it? The empirical-Bayes ratio, which
takes off the part of a high count that is chance. Is it really more? The probability that this
ratio lies a tenth above one. Does it stand out from how areas differ anyway? A funnel whose limits
are widened by that spread, with a correction for the number of areas looked at.
"""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from grondslag.analysis.comparing import LEAST_EXPECTED, interval, rounded
from grondslag.methods import discoveries, funnel, shrunk, spread_between
from grondslag.release import Cell

RELEVANT = 1.1
"""From so many times what is expected it is called more: a smaller difference helps nobody."""
_FEW = 5
"""Fewer areas than this tell nothing about how much areas differ."""
_CHANCE_ONLY = 1e-6
"""Dispersion where areas differ by no more than chance: every area is then like all others."""
_LIKELY_CHANCE = 0.05


@dataclass(frozen=True, slots=True)
class Standing:
    """The areas of one level beside what is to be expected there.

    Args:
        cells: One per area with an expectation; with a ratio where enough is expected.
        tested: How many areas were set against their expectation.
        spread: Standard deviation between areas beyond chance, as a share of what is expected, in
            hundredths; None when there are too few areas to tell.
        between: The same as the variance that a funnel takes: of the root of the ratio.
    """

    cells: tuple[Cell, ...]
    tested: int
    spread: float | None
    between: float = 0.0


def standings(
    counts: Mapping[str, int],
    expected: Mapping[str, float],
    exposures: Mapping[str, float],
    *,
    focus: Collection[str],
) -> Standing:
    """Set every area against what is to be expected in it.

    An area that nobody asked about must survive the number of areas that was looked at; one that
    was asked about beforehand is looked at once (``stands``).

    Args:
        counts: Per area what was counted: visible counts only, so that none follows from a ratio.
        expected: Per area what would be counted when nothing were the matter.
        exposures: Per area its population.
        focus: Areas that were asked about beforehand.
    """
    areas = [area for area in counts if area in expected]
    tested = [area for area in areas if expected[area] >= LEAST_EXPECTED]
    numbers: dict[str, dict[str, float]] = {area: interval(counts[area]) for area in areas}
    for area in areas:
        if expected[area] > 0:
            numbers[area]["expected"] = round(expected[area], 1)
    spread, between = None, 0.0
    if len(tested) >= _FEW and any(counts[area] > 0 for area in tested):
        spread, between = _tested(tested, counts, expected, numbers, focus)
    cells = tuple(
        Cell((area,), counts[area], rounded(numbers[area]), exposures[area]) for area in areas
    )
    return Standing(cells, len(tested) if spread is not None else 0, spread, between)


def _tested(
    areas: list[str],
    counts: Mapping[str, int],
    expected: Mapping[str, float],
    numbers: Mapping[str, dict[str, float]],
    focus: Collection[str],
) -> tuple[float, float]:
    """Add ratio, certainty and whether it stands; give how much areas differ beyond chance."""
    from scipy.stats import norm

    seen = np.array([counts[area] for area in areas], dtype=np.float64)
    like = np.array([expected[area] for area in areas], dtype=np.float64)
    # Every area takes part in the spread that shrinks: an area that stands apart is then drawn in
    # less. The funnel's own spread leaves the outer ones out, so that they do not hide themselves.
    whole = spread_between(seen / like, 1 / like)
    estimate = shrunk(seen, like, max(whole, _CHANCE_ONLY))
    low, high = estimate.interval()
    certain = estimate.certainty_above(RELEVANT * like)
    seen_beside = funnel([int(one) for one in seen], like.tolist())
    chances = norm.sf(seen_beside.score).tolist()
    survived = discoveries(chances, rate=_LIKELY_CHANCE)
    for at, area in enumerate(areas):
        stands = chances[at] <= _LIKELY_CHANCE if area in focus else survived[at]
        numbers[area].update(
            ratio=float(estimate.mean[at] / like[at]),
            ratio_low=float(low[at] / like[at]),
            ratio_high=float(high[at] / like[at]),
            certainty=float(certain[at]),
            stands=float(stands),
        )
    return round(2 * math.sqrt(seen_beside.between), 2), round(seen_beside.between, 6)
