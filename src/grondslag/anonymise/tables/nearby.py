"""A choice of cells made cheaper around one place at a time.

Around a withheld cell the choice is made anew, with all others as they stand; when that holds and
costs less, it is kept. Each step ends soon, and the choice holds after every step, so that it can
stop anywhere.

Source:
    Shaw (1998), doi:10.1007/3-540-49481-2_30: large neighbourhood search.
"""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix

from grondslag.anonymise.tables.trees import Bools, Floats, Ints

WIDTHS = (3, 6)
"""So many times at most are the sums of what is near added, one after the other."""
_SUMS = 4
"""Cells whose sums are added."""


class Places:
    """Candidates near to each other.

    Args:
        sums: Per sum 1 for the whole and -1 for each part.
        candidates: Numbers of the cells that can be chosen.
        cost: Of each candidate.
    """

    def __init__(self, sums: csr_matrix, candidates: Ints, cost: Floats) -> None:
        self._rows, self._columns = csr_matrix(sums), csc_matrix(sums)
        self._candidates, self._cost = candidates, cost
        self._place = np.full(sums.shape[1], -1)
        self._place[candidates] = np.arange(len(candidates))
        self._chance = np.random.default_rng(0)

    def around(self, choice: Bools, wide: int) -> Iterator[Bools]:
        """Per chosen cell which candidates are chosen anew; around dear ones soonest.

        Args:
            choice: What is chosen now.
            wide: So many times at most are the sums of what is near added.
        """
        chosen = np.flatnonzero(choice)
        turn = self._chance.exponential(size=len(chosen)) / (self._cost[chosen] + 1e-9)
        for first in self._candidates[chosen[np.argsort(turn)]]:
            yield self._near(int(first), 1 + int(self._chance.integers(wide)))

    def _near(self, first: int, wide: int) -> Bools:
        near = self._in_sums_of(np.array([first]))
        for _ in range(wide - 1):
            some = self._chance.choice(near, min(_SUMS, len(near)), replace=False)
            near = np.union1d(near, self._in_sums_of(some))
        free = np.zeros(len(self._candidates), dtype=bool)
        at = self._place[near]
        free[at[at >= 0]] = True
        return free

    def _in_sums_of(self, cells: Ints) -> Ints:
        rows = np.unique(self._columns[:, cells].indices)
        return np.unique(self._rows[rows].indices)
