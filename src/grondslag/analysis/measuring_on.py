"""How long to measure speed in a street, when what was measured does not tell.

From released figures only. Not the difference that was found decides: that would promise what
chance gave. A difference that matters does, and how much weeks differ in streets like this one.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from grondslag.analysis.result import Facts
from grondslag.methods import clustered_mean, needed_repeats
from grondslag.release import ReleasedCell, ReleasedFigure

WORTH_SEEING = 5.0
"""Percentage points more above the limit: one driver in twenty. A choice of ours, and said."""
_FEWEST_OTHERS = 5


@dataclass(frozen=True, slots=True)
class MeasuringOn:
    """What it takes to tell whether people speed more in a street.

    Args:
        weeks: That must be measured in all; None when no number of weeks is enough.
        now: That were measured.
        vehicles: Per week, as they were counted now.
    """

    weeks: int | None
    now: int
    vehicles: int


def measuring_on(facts: Facts, released: Sequence[ReleasedFigure], code: str) -> MeasuringOn | None:
    """How many weeks must be measured in a street; None when nothing is known to plan with.

    Args:
        facts: Of the analysis.
        released: Its figures, after the gate.
        code: Of the street, which was measured.
    """
    part = facts.parts.get("speeds", {})
    table = next((one for one in released if one.id == part.get("figure")), None)
    mine = table.cell(code) if table else None
    if table is None or mine is None or mine.count is None or not mine.exposure:
        return None
    like = [
        cell
        for cell in table.cells
        if part["limit"].get(cell.keys[0]) == part["limit"].get(code) and cell.count is not None
    ]
    others = [cell.derived["above"] for cell in like if cell is not mine]
    spread = _between_weeks(like)
    if len(others) < _FEWEST_OTHERS or not spread:
        return None
    usual = clustered_mean(others)
    weeks = needed_repeats(WORTH_SEEING, spread=spread, other_error=usual.error, others=len(others))
    now = round(mine.exposure)
    return MeasuringOn(weeks, now, round(mine.count / now))


def _between_weeks(cells: Sequence[ReleasedCell]) -> float:
    """Standard deviation between weeks of one street, over all these streets; 0 when unknown.

    One street has too few weeks to say it; together they have many.
    """
    from scipy.stats import t

    variance, freedom = 0.0, 0
    for cell in cells:
        weeks = round(cell.exposure or 0)
        if weeks < 2 or not {"above", "above_low", "above_high"} <= cell.derived.keys():
            continue
        middle = cell.derived["above"]
        # A limit stops at 0 or 100: the other one then tells how wide the range is.
        width = max(middle - cell.derived["above_low"], cell.derived["above_high"] - middle)
        error = width / float(t.isf(0.025, weeks - 1))
        variance += (weeks - 1) * weeks * error**2
        freedom += weeks - 1
    return math.sqrt(variance / freedom) if freedom else 0.0
