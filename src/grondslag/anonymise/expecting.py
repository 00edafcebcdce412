"""What a node will probably suppress, learned from the nodes that were looked at.

Only the order of a search rests on it, never what the search proves.
"""

import math

import numpy as np

from grondslag.anonymise.classes import ROWS, Classes
from grondslag.anonymise.grouping_loops import Numbers
from grondslag.anonymise.nodes import Node


class Expectation:
    """A regression of the log odds of being suppressed on the level of each column.

    Starts from the entropy of the columns: the finer they are together, the fewer look alike.
    Recursive least squares, so that a look costs no more at the end than at the start.

    Args:
        classes: The distinct combinations of the table.
    """

    def __init__(self, classes: Classes) -> None:
        self.rows = classes.rows
        self._heights = [hierarchy.height for hierarchy in classes.hierarchies]
        self._starts = 2 + np.concatenate([[0], np.cumsum(self._heights)[:-1]]).astype(int)
        self._there = np.arange(max(self._heights)) < np.array(self._heights)[:, None]
        self._entropies = np.zeros(self._there.shape)
        for column, height in enumerate(self._heights):
            self._entropies[column, :height] = _entropies(classes, column)
        self._columns = np.arange(len(self._heights))
        size = 2 + sum(self._heights)
        self._weights = np.zeros(size)
        self._spread = np.eye(size)
        self._spread[0, 0] = 1000.0
        self._spread[1, 1] = 100.0
        self._missed, self._seen = 0.5, 1.0

    @property
    def off(self) -> float:
        """How far off it usually is, in log odds."""
        return max(0.15, math.sqrt(self._missed / self._seen))

    def odds(self, suppressed: float) -> float:
        """Log odds of a number of suppressed rows."""
        return math.log((suppressed + 0.5) / (self.rows - suppressed + 0.5))

    def learn(self, node: Node, suppressed: int) -> None:
        """Take in what a node suppressed."""
        features = np.zeros(len(self._weights))
        features[0] = 1
        levels = np.array(node, int)
        features[1] = self._entropies[self._columns, levels].sum()
        features[self._starts + levels] = 1
        missed = self.odds(suppressed) - float(features @ self._weights)
        gain = self._spread @ features
        scale = 1 + float(features @ gain)
        self._weights += gain * (missed / scale)
        self._spread -= np.outer(gain, gain / scale)
        if self._seen > 2:  # the first looks say nothing about how good it is later
            self._missed = 0.95 * self._missed + missed * missed / scale
            self._seen = 0.95 * self._seen + 1
        else:
            self._seen += 1
            self._missed += 0.25

    def terms(self) -> Numbers:
        """Per column (row) and level what is expected; the sum over columns is that of a node."""
        terms: Numbers = self._entropies * self._weights[1]
        terms[self._there] += self._weights[2:]
        terms[0] += self._weights[0]
        return terms


def _entropies(classes: Classes, column: int) -> Numbers:
    """Per level the entropy of a column."""
    hierarchy = classes.hierarchies[column]
    values = np.bincount(
        classes.codes[:, column], classes.weights[:, ROWS], minlength=len(hierarchy.values)
    )
    found = []
    for codes in hierarchy.codes:
        shares = np.bincount(codes, values) / classes.rows
        there = shares[shares > 0]
        found.append(float(-(there * np.log(there)).sum()))
    return np.array(found)
