"""A search for lattices too large for one number per node: by boxes, best bound first.

A box is all nodes between two. What its finest node cannot be below, no node in it is below; what
its coarsest node surely suppresses, all in it suppress. It can be stopped at any time: the best
bound of the boxes that are left says how far off the best node can be.
"""

import heapq
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from grondslag.anonymise.grouping_loops import Numbers
from grondslag.anonymise.measures import Cost
from grondslag.anonymise.nodes import Node, Nodes, Partition
from grondslag.anonymise.search import ROOM, Found, Watch


@dataclass(frozen=True, slots=True, order=True)
class _Box:
    """All nodes from *low* to *high*, of which the coarsest may be suppressing little enough."""

    bound: float
    number: int
    low: Node = field(compare=False)
    high: Node = field(compare=False)
    below: float | Numbers | None = field(compare=False, repr=False)


class BoxSearch:
    """A search over boxes of nodes.

    Args:
        nodes: Looks at nodes.
        cost: The measure.
        limit: Rows that may be suppressed.
        heights: Levels per column.
    """

    def __init__(self, nodes: Nodes, cost: Cost, limit: int, heights: Sequence[int]) -> None:
        self.nodes, self.cost, self.limit = nodes, cost, limit
        self.heights = tuple(heights)
        self.looks = 0
        self._floor = cost.floor()
        self._best: tuple[float, Partition | None] = (math.inf, None)
        self._ruled_out = np.zeros((0, len(heights)), np.int64)
        self._boxes: list[_Box] = []
        self._made = 0

    def run(self, *, seconds: float | None = None, watch: Watch | None = None) -> Found:
        """Search until nothing can be better, or until it must stop.

        Args:
            seconds: Stop after this time with the best so far.
            watch: Called now and then with looks, best value and bound; False stops the search.
        """
        began = time.monotonic()
        bottom = tuple(0 for _ in self.heights)
        self._dive()
        self._push(bottom, tuple(height - 1 for height in self.heights))
        while self._boxes and self._boxes[0].bound < self._target():
            self._halve(heapq.heappop(self._boxes))
            if seconds is not None and time.monotonic() - began > seconds:
                break
            if watch is not None and not watch(self.looks, *self._values()):
                break
        value, bound = self._values()
        return Found(self._best[1], value, bound, self.looks, math.prod(self.heights))

    def _values(self) -> tuple[float, float]:
        """The best value and what no node is better than, as published."""
        value = self._best[0]
        left = self._boxes[0].bound if self._boxes else value
        bound = left if left < self._target() else value
        return self.cost.published(value), self.cost.published(bound)

    def _target(self) -> float:
        """Only a bound below this can still be better."""
        value = self._best[0]
        return value - ROOM * max(1.0, abs(value)) if math.isfinite(value) else value

    def _dive(self) -> None:
        """A first good node: from the top down, each step where a bound falls most."""
        node = [height - 1 for height in self.heights]
        stuck = {column for column, level in enumerate(node) if level == 0}
        while len(stuck) < len(node):
            column = max(
                (column for column in range(len(node)) if column not in stuck),
                key=lambda column: self._fall(column, node[column] - 1, node[column]),
            )
            node[column] -= 1
            if self._look(tuple(node)) is None:
                node[column] += 1
                stuck.add(column)
            elif node[column] == 0:
                stuck.add(column)

    def _fall(self, column: int, low: int, high: int) -> float:
        """How much the bound of a column falls between two levels."""
        if isinstance(self._floor, float):
            return (high - low) / (self.heights[column] - 1)
        return float(self._floor[column, high] - self._floor[column, low])

    def _look(self, node: Node) -> Partition | None:
        """A node that does not surely suppress too much; None when it does."""
        if (self._ruled_out >= np.array(node)).all(axis=1).any():
            return None
        self.looks += 1
        partition = self.nodes.look(node)
        if partition.surely_suppressed > self.limit:
            self._ruled_out = np.vstack([self._ruled_out, [node]])
            return None
        if partition.suppressed <= self.limit and partition.kept.any():
            value = self.cost.value(partition)
            if value < self._best[0]:
                self._best = (value, partition)
        return partition

    def _push(self, low: Node, high: Node) -> None:
        partition = self._look(high)
        if partition is not None:
            self._keep(low, high, self.cost.below(partition))

    def _keep(self, low: Node, high: Node, below: float | Numbers | None) -> None:
        bound = max(_at(self._floor, low), _at(below, low))
        if low != high and bound < self._best[0]:
            self._made += 1
            heapq.heappush(self._boxes, _Box(bound, self._made, low, high, below))

    def _halve(self, box: _Box) -> None:
        """Two boxes out of one, along the column in which its bound differs most."""
        column = max(
            (
                at
                for at, (low, high) in enumerate(zip(box.low, box.high, strict=True))
                if low < high
            ),
            key=lambda at: self._fall(at, box.low[at], box.high[at]),
        )
        middle = (box.low[column] + box.high[column]) // 2
        self._keep(_with(box.low, column, middle + 1), box.high, box.below)
        self._push(box.low, _with(box.high, column, middle))


def _with(node: Node, column: int, level: int) -> Node:
    return (*node[:column], level, *node[column + 1 :])


def _at(bound: float | Numbers | None, node: Node) -> float:
    """A bound at a node, from one number or from a term per column and level."""
    if bound is None:
        return -math.inf
    if isinstance(bound, float):
        return bound
    return float(sum(bound[column, level] for column, level in enumerate(node)))
