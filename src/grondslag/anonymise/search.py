"""The best node of the lattice, with proof: nothing that was left out could have been better.

Every node has a bound that its value is not below, from single columns before any group is made.
A node that suppresses too much rules out all finer ones; one that does not raises the bounds of
the finer ones, for rows lost in it are lost there too. A search ends when every node that is left
has a bound no better than the best value.
"""

import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np

from grondslag.anonymise.expecting import Expectation
from grondslag.anonymise.grouping_loops import Marks, Numbers, Whole
from grondslag.anonymise.lattice_loops import (
    add_terms,
    choose,
    close_hopeless,
    mark_box,
    open_above,
    open_below,
    open_worse,
    raise_below,
    raise_box,
)
from grondslag.anonymise.measures import Cost
from grondslag.anonymise.nodes import Node, Nodes, Partition

ROOM = 1e-9
"""Values this close, relative to the best, are equal: then the lower sum of levels wins."""

WORTH_A_THREAD = 50_000
"""From so many classes on, a second node is looked at on a second core."""

WORTH_RESTING = 20_000
"""From so many classes on, it pays to start from a node below all that is still open."""

Watch = Callable[[int, float, float], bool]


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The outcome of a search.

    Args:
        partition: The best node, with its groups; None when no node satisfies the models.
        value: Its value, as published.
        bound: No node is better than this; equal to the value when the search ran to its end.
        looks: How many nodes were grouped.
        nodes: How many nodes there are.
    """

    partition: Partition | None = field(repr=False)
    value: float
    bound: float
    looks: int
    nodes: int

    @property
    def is_optimal(self) -> bool:
        """Whether it is proven that no node is better."""
        return self.bound >= self.value


class Search:
    """A search over all nodes, each with a place in arrays.

    Args:
        nodes: Looks at nodes.
        cost: The measure.
        limit: Rows that may be suppressed.
        heights: Levels per column.
        earlier: Nodes at which the same people were released before. Only nodes that are coarser
            or finer than each of them in every column are chosen: laid beside each other, two
            releases then tell no more than the finer one.
    """

    def __init__(
        self,
        nodes: Nodes,
        cost: Cost,
        limit: int,
        heights: Sequence[int],
        *,
        earlier: Sequence[Node] = (),
    ) -> None:
        self.nodes, self.cost, self.limit = nodes, cost, limit
        self.heights = np.array(heights, np.int64)
        self.size = int(np.prod(self.heights))
        self.steps = np.append(np.cumprod(self.heights[:0:-1])[::-1], 1).astype(np.int64)
        self.expectation = Expectation(nodes.classes)
        self.looks = 0
        self._open = np.ones(self.size, np.uint8)
        for node in earlier:
            self._open &= self._beside(np.array(node, np.int64))
        self._allowed = self._open.copy()
        self._known = np.zeros(self.size, np.uint8)
        self._counts = np.zeros(self.size, np.int32)
        self._settled = np.zeros(self.size, np.int32)
        self._expected = np.zeros(self.size)
        levels = np.tile(np.arange(max(heights), dtype=float), (len(heights), 1))
        self._sums = self._added(levels).astype(np.int32)
        self._bounds = self._floor()
        self._best: list[tuple[float, int, int, Partition]] = []
        self._bottom = np.zeros(len(heights), np.int64)
        self._rest = self._bottom

    def run(self, *, seconds: float | None = None, watch: Watch | None = None) -> Found:
        """Search until nothing can be better, or until it must stop.

        Args:
            seconds: Stop after this time with the best so far.
            watch: Called now and then with looks, best value and bound; False stops the search.
        """
        began = time.monotonic()
        threads = 2 if self.nodes.visited >= WORTH_A_THREAD and (os.cpu_count() or 1) > 1 else 1
        with ThreadPoolExecutor(threads) as pool:
            for place in (0, self.size - 1):
                self._settle(self.nodes.look(self._node(place)))
            while self._close():
                nodes = [self._node(place) for place in self._chosen(threads)]
                looks = pool.map if len(nodes) > 1 else map
                for partition in looks(self.nodes.look, nodes):
                    self._settle(partition)
                if seconds is not None and time.monotonic() - began > seconds:
                    break
                if watch is not None and not watch(self.looks, *self._values()):
                    break
                self._rise()
        value, bound = self._values()
        return Found(self._winner(), value, bound, self.looks, self.size)

    def _beside(self, node: Whole) -> Marks:
        """Nodes that are in every column coarser than one, or in every column finer."""
        marks = np.zeros(self.size, np.uint8)
        mark_box(marks, self.steps, np.zeros_like(node), node, 1)
        mark_box(marks, self.steps, node, self.heights - 1, 1)
        return marks

    def _floor(self) -> Numbers:
        floor = self.cost.floor()
        if isinstance(floor, float):
            return np.full(self.size, floor)
        return self._added(floor)

    def _added(self, terms: Numbers) -> Numbers:
        """The sum of one term per column for every node."""
        total = np.empty(self.size)
        add_terms(terms, self.steps, self.heights, total)
        return total

    def _node(self, place: int) -> Node:
        return tuple(int(level) for level in place // self.steps % self.heights)

    def _close(self) -> int:
        """Close what cannot win any more; how many nodes stay open."""
        if not self._best:
            return int(self._open.sum())
        best = min(one[0] for one in self._best)
        room = _room(best)
        self._best = [one for one in self._best if one[0] <= best + room]
        tie = min(self._best, key=lambda one: one[1:3])[2]
        return close_hopeless(self._open, self._bounds, self._sums, best, room, tie)

    def _chosen(self, how_many: int) -> list[int]:
        """The nodes of which a look probably settles most."""
        add_terms(self.expectation.terms(), self.steps, self.heights, self._expected)
        limit, off = self.expectation.odds(self.limit + 0.5), self.expectation.off
        is_open, known = self._open, self._known
        places: list[int] = []
        for _ in range(how_many):
            open_below(is_open, self.steps, self.heights, self._counts)
            if self.cost.settles_above:
                open_above(is_open, self.steps, self.heights, self._settled)
            else:
                open_worse(is_open, self._bounds, self._settled)
            place, likely = choose(
                is_open, known, self._counts, self._settled, self._expected, limit, off
            )
            if place < 0:
                break
            places.append(place)
            if how_many > 1:  # as if the first had turned out as expected
                is_open, known = is_open.copy(), known.copy()
                is_open[place], known[place] = 0, 1
                if likely > 0.5:
                    node = np.array(self._node(place), np.int64)
                    mark_box(is_open, self.steps, self._bottom, node, 0)
        return places

    def _settle(self, partition: Partition) -> None:
        """Take in what a look showed."""
        self.looks += 1
        node = np.array(partition.node, np.int64)
        top = self.heights - 1
        place = int((node * self.steps).sum())
        surely = partition.surely_suppressed
        self.expectation.learn(partition.node, surely)
        self._open[place], self._known[place] = 0, 1
        above = self.cost.above(partition)
        if above is not None:
            raise_box(self._bounds, self.steps, node, top, above)
        if surely > self.limit:
            mark_box(self._open, self.steps, self._bottom, node, 0)
            mark_box(self._known, self.steps, self._bottom, node, 1)
            return
        if self.nodes.is_monotone:
            mark_box(self._known, self.steps, node, top, 1)
        self._lower(self.cost.below(partition), node)
        is_good = partition.suppressed <= self.limit and bool(partition.kept.any())
        if is_good and self._allowed[place]:
            value = self.cost.value(partition)
            self._best.append((value, int(node.sum()), place, partition))

    def _lower(self, below: float | Numbers | None, node: Whole) -> None:
        """Raise the bounds of the nodes below one."""
        if isinstance(below, float):
            raise_box(self._bounds, self.steps, self._bottom, node, below)
        elif below is not None:
            raise_below(self._bounds, self.steps, node, below)

    def _rise(self) -> None:
        """Start later looks from a node below all that is open, when that has become coarser."""
        if self.nodes.visited < WORTH_RESTING or self.looks % 8:
            return
        open_nodes = self._open.reshape(tuple(self.heights)).astype(bool)
        axes = range(len(self.heights))
        lowest = [
            int(open_nodes.any(axis=tuple(other for other in axes if other != axis)).argmax())
            for axis in axes
        ]
        meet = np.array(lowest, np.int64)
        if open_nodes.any() and (meet > self._rest).any():
            self._rest = meet
            self.nodes.rest_on(tuple(lowest))

    def _values(self) -> tuple[float, float]:
        """The best value and what no node is better than, as published."""
        value = min((one[0] for one in self._best), default=float("inf"))
        still = self._bounds[self._open.astype(bool)]
        bound = min(value, float(still.min())) if len(still) and self._close() else value
        return self.cost.published(value), self.cost.published(bound)

    def _winner(self) -> Partition | None:
        if not self._best:
            return None
        best = min(one[0] for one in self._best)
        near = [one for one in self._best if one[0] <= best + _room(best)]
        return min(near, key=lambda one: one[1:3])[3]


def _room(value: float) -> float:
    return ROOM * max(1.0, abs(value))
