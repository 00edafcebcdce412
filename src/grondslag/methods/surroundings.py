"""Is a place like the places around it?

High amid high is a hot spot, low amid low a cold one; high amid low stands alone. Many places are
looked at together, so their p-values belong in `multiplicity` before anything is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError
from grondslag.methods.permuting import others_around, surrounded_p_values

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """How each place compares with its neighbours.

    Args:
        moran: Local Moran's I per place: above 0 when it is like its neighbours, below 0 when it is
            their opposite, 0 without neighbours.
        high: Which places lie above the average.
        high_around: Which places have neighbours that lie above it, on average.
        p_values: Two-sided, from random orders; never smaller than their number allows.
    """

    moran: Floats
    high: Flags
    high_around: Flags
    p_values: Floats

    @property
    def overall(self) -> float:
        """Moran's I of the whole map, where every place has a neighbour."""
        return float(self.moran.mean())


def local_moran(
    values: Sequence[float],
    neighbours: Sequence[Sequence[int]],
    *,
    orders: int,
    chance: np.random.Generator,
) -> Surroundings:
    """Local Moran's I: the deviation of a place times the mean deviation of its neighbours.

    In units of the variance of all places, divided by their number; software that divides by one
    less gives a value that is as much smaller, with the same p-values.

    Args:
        values: One per place: shrunken rates, not raw ones, which are highest where least is known.
        neighbours: Per place the positions of its neighbours.
        orders: How many random orders; `needed_orders` says what so many places ask for.
        chance: Where the orders come from.

    Raises:
        InputError: Lengths differ, a missing value, all values equal, a neighbour that is none.

    Source:
        Anselin (1995), Local indicators of spatial association,
        doi:10.1111/j.1538-4632.1995.tb00338.x: local Moran.
    """
    seen = np.asarray(values, dtype=np.float64)
    if not np.all(np.isfinite(seen)):
        raise InputError("methods.not-a-number")
    around = others_around(neighbours, seen.size)
    deviation = seen - seen.mean()
    variance = float((deviation**2).mean())
    if not variance > 0:
        raise InputError("methods.all-equal")
    near = np.array([deviation[found].mean() if found else 0.0 for found in around])
    p_values = surrounded_p_values(seen, around, orders=orders, chance=chance)
    return Surroundings(deviation * near / variance, deviation > 0, near > 0, p_values)
