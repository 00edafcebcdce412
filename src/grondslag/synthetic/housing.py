"""Living cramped: a dwelling that is too small for who lives in it, household by household.

In the Dokkenbuurt the dwellings are small. In the Rietlanden they are as everywhere, but many
families live there, who are short of room anywhere. Of the Dotterveld, which is being built,
nobody counted the households yet.
"""

import numpy as np

from grondslag.synthetic.chance import Flags, stream
from grondslag.synthetic.geography import neighbourhoods
from grondslag.synthetic.households import Households, position

SMALL = "Dokkenbuurt"
SEEMING = "Rietlanden"
UNCOUNTED = "Dotterveld"
_SQUARE_METRES = np.array([[54.0, 66.0], [70.0, 90.0], [86.0, 104.0], [72.0, 90.0]])
"""Middle size of a dwelling: per kind of household, rented and owned."""
_NEEDS = np.array([34.0, 48.0, 76.0, 56.0])
"""Room that a household needs before it is called cramped."""
_SMALLER = 0.86


def cramped(seed: int, households: Households) -> Flags:
    """Which households live in too small a dwelling."""
    chance = stream(seed, "housing")
    built = np.exp(chance.normal(0.0, 0.02, len(neighbourhoods())))
    built[position(SMALL)] = _SMALLER
    built[position(SEEMING)] = 1.0
    size = (
        _SQUARE_METRES[households.kind, households.tenure]
        * built[households.neighbourhood]
        * np.exp(chance.normal(0.0, 0.26, households.size))
    )
    return size < _NEEDS[households.kind]
