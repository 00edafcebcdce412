"""Compiled loops over the lattice: one number per node, the last column running fastest.

A node is at ``sum(level * step)`` over its columns. Below a node lie all that are nowhere coarser.
"""

import numpy as np

from grondslag.anonymise.compiled import compiled
from grondslag.anonymise.grouping_loops import Marks, Numbers, Small, Whole


@compiled
def mark_box(marks: Marks, steps: Whole, low: Whole, high: Whole, mark: int) -> None:
    """Give every node between two nodes, both included, a mark."""
    last = steps.shape[0] - 1
    level = low.copy()
    place = np.int64(0)
    for column in range(last + 1):
        place += low[column] * steps[column]
    while True:
        for at in range(high[last] - low[last] + 1):
            marks[place + at] = mark
        column = last - 1
        while column >= 0 and level[column] == high[column]:
            place -= (level[column] - low[column]) * steps[column]
            level[column] = low[column]
            column -= 1
        if column < 0:
            return
        level[column] += 1
        place += steps[column]


@compiled
def raise_below(bounds: Numbers, steps: Whole, node: Whole, terms: Numbers) -> None:
    """Raise the bound of every node below one to a sum of terms per column and level."""
    last = steps.shape[0] - 1
    level = np.zeros(last + 1, np.int64)
    sums = np.zeros(last + 1)  # of the columns before each column
    for column in range(last):
        sums[column + 1] = sums[column] + terms[column, 0]
    place = np.int64(0)
    while True:
        for at in range(node[last] + 1):
            bounds[place + at] = max(bounds[place + at], sums[last] + terms[last, at])
        column = last - 1
        while column >= 0 and level[column] == node[column]:
            place -= level[column] * steps[column]
            level[column] = 0
            column -= 1
        if column < 0:
            return
        level[column] += 1
        place += steps[column]
        for at in range(column, last):
            sums[at + 1] = sums[at] + terms[at, level[at]]


@compiled
def raise_box(bounds: Numbers, steps: Whole, low: Whole, high: Whole, bound: float) -> None:
    """Raise the bound of every node between two nodes, both included."""
    last = steps.shape[0] - 1
    level = low.copy()
    place = np.int64(0)
    for column in range(last + 1):
        place += low[column] * steps[column]
    while True:
        for at in range(high[last] - low[last] + 1):
            bounds[place + at] = max(bounds[place + at], bound)
        column = last - 1
        while column >= 0 and level[column] == high[column]:
            place -= (level[column] - low[column]) * steps[column]
            level[column] = low[column]
            column -= 1
        if column < 0:
            return
        level[column] += 1
        place += steps[column]


@compiled
def close_hopeless(
    is_open: Marks, bounds: Numbers, sums: Small, best: float, room: float, tie: int
) -> int:
    """Close the open nodes that cannot win any more; returns how many stay open.

    Args:
        is_open: Nodes that may still win.
        bounds: Their value is not lower than this.
        sums: Their sums of levels.
        best: The best value so far.
        room: Within this, values are equal and the place decides.
        tie: The best node; nodes of a larger sum, or an equal one and later, lose a tie.
    """
    count = 0
    for at in range(is_open.shape[0]):
        if is_open[at]:
            gap = bounds[at] - best
            later = sums[at] > sums[tie] or (sums[at] == sums[tie] and at >= tie)
            if gap > room or (gap >= -room / 2 and later):
                is_open[at] = 0
            count += is_open[at]
    return count


@compiled
def open_below(is_open: Marks, steps: Whole, heights: Whole, counts: Small) -> None:
    """Fill, for every node, how many open nodes lie below it or are it."""
    for at in range(is_open.shape[0]):
        counts[at] = is_open[at]
    for column in range(steps.shape[0]):
        step = steps[column]
        for begin in range(0, counts.shape[0], step * heights[column]):
            for level in range(1, heights[column]):
                here = counts[begin + level * step : begin + (level + 1) * step]
                below = counts[begin + (level - 1) * step : begin + level * step]
                for at in range(step):  # two slices of their own, so that many go at once
                    here[at] += below[at]


@compiled
def open_worse(is_open: Marks, bounds: Numbers, counts: Small) -> None:
    """Fill, for every open node, how many open nodes have a clearly higher bound."""
    low, high = np.inf, -np.inf
    for at in range(is_open.shape[0]):
        if is_open[at]:
            low = min(low, bounds[at])
            high = max(high, bounds[at])
    scale = 255.0 / (high - low) if high > low else 0.0
    worse = np.zeros(257, np.int32)
    for at in range(is_open.shape[0]):
        if is_open[at]:
            worse[int((bounds[at] - low) * scale)] += 1
    for place in range(255, -1, -1):
        worse[place] += worse[place + 1]
    for at in range(is_open.shape[0]):
        counts[at] = 1 + worse[int((bounds[at] - low) * scale) + 1] if is_open[at] else 0


@compiled
def open_above(is_open: Marks, steps: Whole, heights: Whole, counts: Small) -> None:
    """Fill, for every open node, how many open nodes lie above it or are it."""
    for at in range(is_open.shape[0]):
        counts[at] = is_open[at]
    for column in range(steps.shape[0]):
        step = steps[column]
        for begin in range(0, counts.shape[0], step * heights[column]):
            for level in range(heights[column] - 2, -1, -1):
                here = counts[begin + level * step : begin + (level + 1) * step]
                above = counts[begin + (level + 1) * step : begin + (level + 2) * step]
                for at in range(step):
                    here[at] += above[at]
    for at in range(is_open.shape[0]):
        counts[at] *= is_open[at]


@compiled
def add_terms(terms: Numbers, steps: Whole, heights: Whole, sums: Numbers) -> None:
    """Fill, for every node, the sum of one term per column and level."""
    sums[0] = 0.0
    filled = 1
    for column in range(steps.shape[0] - 1, -1, -1):
        for level in range(heights[column] - 1, -1, -1):
            term = terms[column, level]
            for at in range(filled):
                sums[level * filled + at] = sums[at] + term
        filled *= heights[column]


@compiled
def choose(  # noqa: PLR0913, PLR0917 - compiled loops take arrays, not objects
    is_open: Marks,
    known: Marks,
    counts: Small,
    settled: Small,
    expected: Numbers,
    limit: float,
    spread: float,
) -> tuple[int, float]:
    """The node of which a look probably settles most open nodes, and how likely it fails.

    One that fails settles all below it, also when it could not win itself. One that is open and
    does not fail settles those that cannot be better than it.

    Args:
        is_open: Nodes that may still win.
        known: Nodes of which it is known whether they fail.
        counts: Open nodes below each node.
        settled: Open nodes that each open node settles when it does not fail; else 0.
        expected: What each node probably suppresses, as log odds.
        limit: What it may suppress, as log odds.
        spread: How far off the expectation usually is.
    """
    chosen, most, likely = -1, -1.0, 0.0
    for at in range(is_open.shape[0]):
        if known[at] and not is_open[at]:
            continue
        settles = settled[at]
        if max(settles, counts[at]) <= most:
            continue
        far = (expected[at] - limit) / spread
        fails = 0.0 if known[at] else 0.5 + 0.5 * far / np.sqrt(1.0 + far * far)
        gain = fails * counts[at] + (1.0 - fails) * settles
        if gain > most:
            chosen, most, likely = at, gain, fails
    return chosen, likely
