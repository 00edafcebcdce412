"""Places beside each other that stand out together.

One segment may have too few events to say anything, while it and its neighbours together say
something. Two tests: do these neighbours have more than is to be expected of them, and are high
values nearer to each other than in a random order? Many places are tested at once, so their
p-values belong in `multiplicity` before anything is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError
from grondslag.methods.counts_per_area import counts_per_area
from grondslag.methods.permuting import others_around, surrounded_p_values

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class HotSpots:
    """How high the values around each place are.

    Args:
        score: Getis and Ord's G* per place, in standard deviations.
        p_values: Two-sided, from random orders; never smaller than their number allows.
    """

    score: Floats
    p_values: Floats


def hot_spots(
    values: Sequence[float],
    neighbours: Sequence[Sequence[int]],
    *,
    orders: int,
    chance: np.random.Generator,
) -> HotSpots:
    """Places amid high or low values.

    The normal approximation of G* calls far too many places certain when values are skewed, as
    rates are; so p-values come from random orders of the other values: is what lies around this
    place higher than what could lie around it? A place that is high all by itself is no hot spot.

    Args:
        values: One per place: shrunken rates, not raw ones, which are highest where least is known.
        neighbours: Per place the positions of its neighbours; itself is taken in.
        orders: How many random orders; `needed_orders` says what so many places ask for.
        chance: Where the orders come from.

    Raises:
        InputError: Lengths differ, a missing value, all values equal, a neighbour that is none.

    Source:
        Ord and Getis (1995), Local spatial autocorrelation statistics,
        doi:10.1111/j.1538-4632.1995.tb00912.x, their G* (itself taken in); p-values: see
        `permuting.surrounded_p_values`.
    """
    seen = np.asarray(values, dtype=np.float64)
    if not np.all(np.isfinite(seen)):
        raise InputError("methods.not-a-number")
    around = _with_itself(neighbours, seen.size)
    deviation = float(seen.std())
    if not deviation > 0:
        raise InputError("methods.all-equal")
    size = np.asarray(around.sum(axis=1)).ravel()
    spread = deviation * np.sqrt((seen.size * size - size**2) / (seen.size - 1))
    # A place with everybody around it cannot stand out.
    spread = np.where(spread > 0, spread, np.inf)
    score = np.asarray((around @ seen - seen.mean() * size) / spread)
    others = others_around(neighbours, seen.size)
    return HotSpots(score, surrounded_p_values(seen, others, orders=orders, chance=chance))


def neighbourhood_p_values(
    counts: Sequence[int],
    expected: Sequence[float],
    neighbours: Sequence[Sequence[int]],
    *,
    dispersion: float = 0.0,
) -> Floats:
    """Probability of as many events or more around each place, if nothing is the matter.

    Args:
        counts: Events per place.
        expected: Events to be expected per place, each above 0.
        neighbours: Per place the positions of its neighbours; itself is taken in.
        dispersion: How much like places differ, from a safety performance function; 0 for chance
            alone.

    Raises:
        InputError: Lengths differ, a negative count, nothing expected, a neighbour that is none.

    Source:
        The Poisson tail of a neighbourhood's sum: Besag and Newell (1991),
        doi:10.2307/2982708; with dispersion a negative binomial of the same mean and variance.
    """
    seen, like = counts_per_area(counts, expected)
    around = _with_itself(neighbours, seen.size)
    events, mean = np.asarray(around @ seen), np.asarray(around @ like)
    from scipy.stats import nbinom, poisson

    if not dispersion > 0:
        return np.asarray(poisson.sf(events - 1, mean), dtype=np.float64)
    beyond = dispersion * np.asarray(around @ like**2)
    shape = mean**2 / beyond
    return np.asarray(nbinom.sf(events - 1, shape, shape / (shape + mean)), dtype=np.float64)


def _with_itself(neighbours: Sequence[Sequence[int]], size: int) -> "csr_array":
    """Ones where a place lies around another, itself taken in."""
    from scipy.sparse import csr_array

    if len(neighbours) != size:
        raise InputError("methods.lengths-differ")
    near = [sorted({at, *found}) for at, found in enumerate(neighbours)]
    columns = np.array([one for found in near for one in found], dtype=np.int64)
    if columns.size and not (columns.min() >= 0 and columns.max() < size):
        raise InputError("methods.no-such-neighbour")
    ends = np.concatenate([[0], np.cumsum([len(found) for found in near])])
    return csr_array((np.ones(columns.size), columns, ends), shape=(size, size))
