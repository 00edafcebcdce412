"""Do streets where people speed more have more crashes? An association, never a cause.

Streets differ in much more than speed. So whatever comes out here, it does not say that speed is
the reason; it only says whether the two go together in this town.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from grondslag.analysis.comparing import rounded
from grondslag.analysis.counting import Tally
from grondslag.analysis.learning import learned_over, may_be_used
from grondslag.errors import InputError
from grondslag.methods import fit_performance
from grondslag.release import ModelOutput

STEP = 10.0
"""The ratio is for so many percentage points more above the limit."""
METHOD = "negative-binomial regression on traffic, limit and share above the limit"


@dataclass(frozen=True, slots=True)
class Streets:
    """What is known of streets beside their crashes.

    Args:
        above: Percentage above the limit, per area measured.
        limit: Speed limit per area measured.
        traffic: Driven distance per area.
        length: Length of road per area.
    """

    above: Mapping[str, float]
    limit: Mapping[str, int]
    traffic: Mapping[str, float]
    length: Mapping[str, float]

    @property
    def known(self) -> list[str]:
        """The areas of which everything is known."""
        return [code for code in self.above if code in self.traffic and code in self.length]


Association = tuple[dict[str, float], int, ModelOutput]


def association(
    tallies: Mapping[str, Tally], streets: Streets, *, years: float, minimum: int
) -> Association | None:
    """How crashes and speeding go together over streets; None when that cannot be learned.

    Args:
        tallies: Count per area.
        streets: What else is known of them.
        years: How many years were counted.
        minimum: Smallest group that will be shown.

    Returns:
        Ratio for `STEP` points more with its limits, how many streets it rests on, and what was
        learned, for the gate.
    """
    areas = [code for code in streets.known if code in tallies]
    counts = [tallies[code].count for code in areas]
    known = [count for count in counts if count is not None]
    if len(known) < len(counts):
        return None
    predictors = {
        "traffic": [math.log(streets.traffic[code] / streets.length[code]) for code in areas],
        "above": [streets.above[code] / STEP for code in areas],
    }
    limits = sorted({streets.limit[code] for code in areas})
    for one in limits[1:]:
        predictors[f"limit_{one}"] = [float(streets.limit[code] == one) for code in areas]
    try:
        learned = fit_performance(
            known, predictors, [streets.length[code] * years for code in areas]
        )
    except InputError:  # too few streets, or all alike: nothing can be learned of them
        return None
    output = learned_over(known, predictors, learned, minimum=minimum)
    if not may_be_used(output, minimum):
        return None
    within = learned.intervals["above"]
    found = {
        "ratio": math.exp(learned.coefficients["above"]),
        "ratio_low": math.exp(within.low),
        "ratio_high": math.exp(within.high),
    }
    return rounded({name: round(value, 2) for name, value in found.items()}), len(areas), output
