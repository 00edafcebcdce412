"""An area against others that are as long and as busy: what has a road like this one?

Per driven kilometre is not fair to a quiet road: accidents rise less than traffic does. So what the
roads of this city have at each traffic is learned from all of them, and an area is set against
that. Part of a high count is chance; the empirical-Bayes estimate takes it off.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from grondslag.analysis.comparing import LEAST_EXPECTED, Comparison, interval
from grondslag.analysis.counting import Tally
from grondslag.analysis.learning import learned_over, may_be_used
from grondslag.errors import InputError
from grondslag.methods import fit_performance, shrunk, sure_discoveries
from grondslag.release import Cell

_DIGITS = 2
"""No more than a reader reads: with four, what was learned gives ten small counts back."""
_ENOUGH = 30
"""So many areas at least: two coefficients and a spread are learned from them."""


def compared_alike(
    tallies: Mapping[str, Tally],
    *,
    traffic: Mapping[str, float],
    length: Mapping[str, float],
    years: float,
    minimum: int,
    focus: Sequence[str] = (),
) -> Comparison | None:
    """Every area against what areas as long and as busy have; None when that cannot be learned.

    Args:
        tallies: Count per area.
        traffic: Driven distance per area.
        length: Length of road per area.
        years: How many years were counted.
        minimum: Smallest group that will be shown.
        focus: The areas that were asked about beforehand; the others must survive their number.
    """
    areas = [code for code in tallies if code in traffic and code in length]
    counts = [tallies[code].count for code in areas]
    known = [count for count in counts if count is not None]
    if len(areas) < _ENOUGH or len(known) < len(counts):
        return None
    exposures = [length[code] * years for code in areas]
    busy = [math.log(traffic[code] / length[code]) for code in areas]
    try:
        learned = fit_performance(known, {"traffic": busy}, exposures)
    except InputError:  # one traffic everywhere, or nothing counted: nothing can be learned of it
        return None
    output = learned_over(known, {"traffic": busy}, learned, minimum=minimum)
    if not may_be_used(output, minimum):
        return None
    expected = shrunk(known, learned.predicted, learned.dispersion)
    low, high = expected.interval()
    certain = expected.certainty_above(learned.predicted)
    judged = learned.predicted >= LEAST_EXPECTED
    survives = np.zeros(len(areas), dtype=bool)
    survives[judged] = sure_discoveries(certain[judged].tolist())
    cells = []
    for at, code in enumerate(areas):
        derived = interval(known[at])
        like = float(learned.predicted[at])
        if judged[at]:
            derived |= {
                "expected": round(like, 1),
                "ratio": round(float(expected.mean[at]) / like, _DIGITS),
                "ratio_low": round(float(low[at]) / like, _DIGITS),
                "ratio_high": round(float(high[at]) / like, _DIGITS),
                "certainty": round(float(certain[at]), _DIGITS + 1),
                "stands": float(survives[at] or code in focus),
            }
        cells.append(Cell((code,), known[at], derived, traffic[code], tallies[code].contributors))
    usual = float(np.mean(learned.predicted))
    scatter = round(1 + learned.dispersion * usual, 1)
    return Comparison(tuple(cells), sum(known), scatter, output)
