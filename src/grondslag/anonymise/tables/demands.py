"""What must stay hidden: a cell, or a few cells together, by so much on each side."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, identity, vstack

from grondslag.anonymise.tables.cells import Cells, share_of
from grondslag.anonymise.tables.primary import Rules, Sensitivity, judged, sides
from grondslag.anonymise.tables.trees import Bools, Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Knowledge:
    """What the attacker knows beforehand of every cell.

    Args:
        low: Least it can be.
        high: Most it can be.
    """

    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Demands:
    """Sums of withheld cells that must stay open.

    Args:
        members: Per demand (a row) 1 for each of its cells.
        below: How far below its true value each must be able to lie.
        above: How far above.
    """

    members: csr_matrix
    below: Floats
    above: Floats

    @property
    def size(self) -> int:
        """How many demands."""
        return int(self.members.shape[0])

    def with_more(self, other: "Demands") -> "Demands":
        """These and others."""
        return Demands(
            vstack([self.members, other.members]).tocsr(),
            np.concatenate([self.below, other.below]),
            np.concatenate([self.above, other.above]),
        )

    def without(self, first: int, number: int) -> "Demands":
        """All but so many from the first on."""
        kept = np.ones(self.size, dtype=bool)
        kept[first : first + number] = False
        return self.only(kept)

    def only(self, which: Bools | Ints) -> "Demands":
        """Some of them."""
        return Demands(self.members[which], self.below[which], self.above[which])


def cell_demands(found: Sensitivity) -> Demands:
    """Each unsafe cell by itself."""
    at = np.flatnonzero(found.unsafe)
    every = identity(len(found.unsafe), format="csr")
    return Demands(every[at], found.below[at], found.above[at])


def knowledge_of(cells: Cells, found: Sensitivity, rules: Rules) -> Knowledge:
    """What the strongest attacker knows: the rules, and which cells are the unsafe ones.

    Of a count he then knows that an unsafe one is below the minimum and a safe one is not, so that
    a pattern of withheld cells tells him nothing new.
    """
    low, high = np.zeros(cells.size), np.full(cells.size, np.inf)
    if cells.counts:
        small = found.unsafe & (cells.value < rules.minimum)
        high[small] = rules.minimum - 1
        low[~found.unsafe & (cells.value >= rules.minimum)] = rules.minimum
    return Knowledge(low, high)


def group_demands(cells: Cells, rules: Rules, hidden: Bools, unsafe: Bools) -> Demands:
    """Withheld cells that a shown whole gives away together, when together they are unsafe.

    A whole minus its shown parts is a cell too: what is left. And who is alone in one of two
    withheld cells knows the other.

    Args:
        cells: The tables.
        rules: What is unsafe.
        hidden: Which cells are withheld.
        unsafe: Which are unsafe by themselves.

    Source:
        Hundepool and others (2012): singletons and the protection of sums.
    """
    sums = cells.frame.sums
    whole = sums.indices[sums.indptr[:-1]]  # a whole stands first in its row
    parts = sums.multiply(-1.0).tocsr()
    parts.data[sums.indptr[:-1]] = 0.0
    left = parts.multiply(hidden[None, :]).tocsr()
    left.eliminate_zeros()
    number = np.diff(left.indptr)
    exposed = np.flatnonzero(~hidden[whole] & (number > 1))
    left = left[exposed]
    left.sort_indices()
    contributors = (left @ cells.contributors).astype(np.int64)
    largest = _largest_of(left, cells.largest)
    total = left @ cells.whole
    asking = None if cells.asking is None else _most_of(left, cells.asking)
    bad, need, _ = judged(contributors, largest, total, rules, asking=asking)
    value = left @ cells.value
    below, above = sides(cells, value, contributors, need * share_of(value, total), rules)
    alone = _alone(left, cells, unsafe) if rules.singletons else np.zeros(len(bad), dtype=bool)
    smallest = 1.0 if cells.counts else 1e-3 * value
    below = np.where(alone & ~bad, np.minimum(smallest, value), below)
    above = np.where(alone & ~bad, smallest, above)
    kept = (bad | alone) & (value > 0)
    return Demands(left[kept], below[kept], above[kept])


def _most_of(groups: csr_matrix, numbers: Floats) -> Floats:
    """The largest number within groups of cells; no group is empty."""
    if not groups.shape[0]:
        return np.zeros(0)
    most: Floats = np.maximum.reduceat(numbers[groups.indices], groups.indptr[:-1])
    return most


def _largest_of(groups: csr_matrix, largest: Floats) -> Floats:
    """The largest contributions within groups of cells, as if every cell had others."""
    width = largest.shape[1]
    lengths = np.diff(groups.indptr)
    owner = np.repeat(np.repeat(np.arange(len(lengths)), lengths), width)
    amounts = largest[groups.indices].ravel()
    order = np.lexsort((-amounts, owner))
    owner, amounts = owner[order], amounts[order]
    starts = np.searchsorted(owner, np.arange(len(lengths)))
    rank = np.arange(len(owner)) - starts[owner]
    found = np.zeros((len(lengths), width))
    found[owner[rank < width], rank[rank < width]] = amounts[rank < width]
    return found


def _alone(groups: csr_matrix, cells: Cells, unsafe: Bools) -> Bools:
    """Two cells, one with a single contributor, who then knows the other, which is unsafe."""
    two = np.diff(groups.indptr) == 2
    alone = np.zeros(len(two), dtype=bool)
    first = groups.indptr[:-1][two]
    one, other = groups.indices[first], groups.indices[first + 1]
    single = cells.contributors == 1
    alone[two] = (single[one] & unsafe[other]) | (single[other] & unsafe[one])
    return alone
