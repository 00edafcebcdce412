"""Energy poverty: a low income in a house that leaks heat, household by household.

In the Scheepsbuurt the houses leak. In Biezenveld the houses are as everywhere, but many people
live there who have little money: it seems worse, and is not worse than fits them.
"""

import numpy as np

from grondslag.synthetic.chance import Flags, stream
from grondslag.synthetic.geography import neighbourhoods
from grondslag.synthetic.households import Households, position

LEAKING = "Scheepsbuurt"
SEEMING = "Biezenveld"
_INCOME = np.array([[21.0, 30.0], [33.0, 45.0], [37.0, 52.0], [22.0, 31.0]])
"""Middle income in thousands of euros a year: per kind of household, renting and owning."""
_LOW = np.array([17.0, 24.0, 31.0, 23.0])
"""Below this an income is low, per kind of household."""
_GAS = np.array([[800.0, 1000.0], [1000.0, 1250.0], [1250.0, 1500.0], [1050.0, 1250.0]])
"""Middle use of gas, in cubic metres a year."""
_MUCH = 1150.0
_LEAKS = 1.45


def energy_poor(seed: int, households: Households) -> Flags:
    """Which households have a low income and use much gas."""
    chance = stream(seed, "energy")
    income = _INCOME[households.kind, households.tenure] * np.exp(
        chance.normal(0.0, 0.38, households.size)
    )
    # Houses of one neighbourhood are of one time: they differ a little between neighbourhoods.
    house = np.exp(chance.normal(0.0, 0.03, len(neighbourhoods())))
    house[position(LEAKING)] = _LEAKS
    house[position(SEEMING)] = 1.0
    gas = (
        _GAS[households.kind, households.tenure]
        * house[households.neighbourhood]
        * np.exp(chance.normal(0.0, 0.30, households.size))
    )
    return (income < _LOW[households.kind]) & (gas > _MUCH)
