"""Counts of areas beside what was to be expected there, as methods over areas take them.

Nothing is estimated here: it is arithmetic that comes before a method.
"""

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError

Floats = npt.NDArray[np.float64]


def counts_per_area(counts: npt.ArrayLike, expected: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Both as rows of numbers, one per area.

    Args:
        counts: Events per area, 0 or more.
        expected: Events that were to be expected there, each above 0.

    Raises:
        InputError: Lengths differ, a negative count, or nothing expected.
    """
    seen = np.asarray(counts, dtype=np.float64)
    size = np.asarray(expected, dtype=np.float64)
    if seen.ndim != 1 or seen.shape != size.shape:
        raise InputError("methods.lengths-differ")
    if not np.all(seen >= 0):
        raise InputError("methods.negative-count")
    if not (np.all(size > 0) and np.all(np.isfinite(size))):
        raise InputError("methods.nothing-expected")
    return seen, size
