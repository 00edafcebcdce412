"""Cells that are the same number whatever happens, taken as one; and cells that stay zero left out.

A sum of which one part is not zero says that whole and part are equal. In fine tables a third of
the cells are such copies; a programme that knows it is smaller, and never asks one of them to go up
while its copy goes down.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from grondslag.anonymise.tables.cells import Cells
from grondslag.anonymise.tables.trees import Bools, Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Merged:
    """Cells taken together.

    Args:
        own: Per cell the number of its group; -1 for a cell that stays zero.
        value: Per group its value.
        sums: Per sum that still says something, its factors over the groups.
    """

    own: Ints
    value: Floats
    sums: csr_matrix

    @property
    def size(self) -> int:
        """How many groups."""
        return len(self.value)

    def added(self, numbers: Floats) -> Floats:
        """Numbers of cells added up per group."""
        there = self.own >= 0
        return np.bincount(self.own[there], numbers[there], self.size).astype(np.float64)

    def most(self, at: Ints, numbers: Floats) -> Floats:
        """Per group the largest of the numbers of some cells; 0 without any."""
        found = np.zeros(self.size)
        np.maximum.at(found, self.own[at], numbers)
        return found

    def spread(self, numbers: Floats) -> Floats:
        """Numbers of groups, given to each of their cells; 0 to cells that stay zero."""
        found: Floats = np.where(self.own >= 0, numbers[self.own], 0.0)
        return found


def merged(cells: Cells, live: Bools) -> Merged:
    """Take cells together that must be equal.

    Args:
        cells: The tables.
        live: Cells that can be anything else than zero.
    """
    sums = csr_matrix(cells.frame.sums.multiply(live[None, :]))
    sums.eliminate_zeros()
    pairs = sums[np.diff(sums.indptr) == 2]
    one, other = pairs.indices[0::2], pairs.indices[1::2]
    joined = csr_matrix((np.ones(len(one)), (one, other)), shape=(cells.size, cells.size))
    _, label = connected_components(joined, directed=False)
    places = np.flatnonzero(live)
    groups, numbers = np.unique(label[places], return_inverse=True)
    own = np.full(cells.size, -1, dtype=np.int64)
    own[places] = numbers
    value = np.zeros(len(groups))
    value[numbers] = cells.value[places]
    belongs = csr_matrix((np.ones(len(places)), (places, numbers)), shape=(cells.size, len(groups)))
    left = csr_matrix(sums @ belongs)
    left.eliminate_zeros()
    return Merged(own, value, left[np.diff(left.indptr) > 0])
