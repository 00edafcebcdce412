"""Without a car and far from a stop, household by household.

In Veenkant there is no stop nearby. In Biezenveld the stops are as everywhere, but many people who
live there have no car anywhere in the town. The Dotterveld was not there before the last year.
"""

import numpy as np

from grondslag.synthetic.chance import Flags, stream
from grondslag.synthetic.geography import neighbourhoods
from grondslag.synthetic.households import Households, position

FAR = "Veenkant"
SEEMING = "Biezenveld"
NEW = "Dotterveld"
YEARS = (2023, 2024, 2025)
_NO_CAR = np.array([[0.55, 0.28], [0.24, 0.08], [0.22, 0.07], [0.48, 0.22]])
"""Share without a car: per kind of household, renting and owning."""
_TO_A_STOP = 330.0
"""Metres to the nearest stop, in the middle of all."""
_FAR = 500.0
_NO_STOP = 1.35


def stranded(seed: int, households: Households) -> dict[int, Flags]:
    """Per year which households have no car and live far from a stop."""
    chance = stream(seed, "mobility")
    away = np.exp(chance.normal(0.0, 0.05, len(neighbourhoods())))
    away[position(FAR)] = _NO_STOP
    away[position(SEEMING)] = 1.0
    distance = (
        _TO_A_STOP
        * away[households.neighbourhood]
        * np.exp(chance.normal(0.0, 0.45, households.size))
    )
    found = {}
    for year in YEARS:
        without = chance.random(households.size) < _NO_CAR[households.kind, households.tenure]
        here = without & (distance > _FAR)
        if year < YEARS[-1]:
            here &= households.neighbourhood != position(NEW)
        found[year] = here
    return found
