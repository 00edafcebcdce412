"""Local recoding: each group as fine as its own people allow, instead of one level for all.

Starts from groups that satisfy the models and only ever splits them, so that no model breaks and
the loss only falls. The rows that one level for all would suppress start together, at the top.
"""

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from grondslag.anonymise.classes import ROWS, mixed_keys
from grondslag.anonymise.grouping_loops import Numbers, Small, Whole
from grondslag.anonymise.models import Mask
from grondslag.anonymise.nodes import Node, Nodes, judge
from grondslag.errors import InputError

Levels = npt.NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class Recoded:
    """Groups, each with levels of its own.

    Args:
        of_class: The group of each class; -1 where its rows stay suppressed.
        levels: Per group (row) the level of each column.
        value: The loss.
    """

    of_class: Small = field(repr=False)
    levels: Levels = field(repr=False)
    value: float


@dataclass(frozen=True, slots=True, eq=False)
class _Split:
    """What splitting groups along one column would give."""

    gain: float
    of_class: Small
    levels: Levels


class LocalRecoding:
    """Splits groups as long as all parts satisfy the models.

    Args:
        nodes: Of the table; the models must be about single groups.
        weights: Per column how much it matters, with a mean of 1.

    Raises:
        InputError: A model is about a population or about the whole table.
    """

    def __init__(self, nodes: Nodes, weights: Numbers) -> None:
        if any(model.of_all is not None or model.is_of_table for model in nodes.models):
            raise InputError("anonymise.model-not-local")
        self.nodes, self.weights = nodes, weights
        self.hierarchies = nodes.classes.hierarchies
        self.codes = nodes.classes.codes
        self.rows = nodes.classes.weights[:, ROWS].astype(float)
        self._shares = [
            [share[codes] for share, codes in zip(h.shares, h.codes, strict=True)]
            for h in self.hierarchies
        ]

    def best(self, node: Node) -> Recoded:
        """The better of two starts: the groups of a node, and everybody in one group.

        Args:
            node: The best node with one level for all.

        Source:
            LeFevre, DeWitt and Ramakrishnan (2006), Mondrian, doi:10.1109/ICDE.2006.101: from the
            top down, here along hierarchies and with a part that stays as it is.
        """
        top = np.array([[h.height - 1 for h in self.hierarchies]], np.int16)
        everybody = self._refined(np.zeros(len(self.codes), np.int32), top)
        found = self._refined(*self._from(node))
        return min(found, everybody, key=lambda one: one.value)

    def _from(self, node: Node) -> tuple[Small, Levels]:
        """The kept groups of a node; what it suppresses is one group at the top where that may."""
        partition, of_class = self.nodes.look_of_classes(node)
        kept = ~partition.fails
        count = int(kept.sum())
        number = np.full(len(kept), count, np.int32)
        number[kept] = np.arange(count, dtype=np.int32)
        top = [h.height - 1 for h in self.hierarchies]
        levels = np.array([list(node)] * count + [top], np.int16)
        return number[of_class], levels

    def _refined(self, of_class: Small, levels: Levels) -> Recoded:
        """Groups split along the column that gains most, again and again."""
        fails, _ = judge(self.nodes.groups_of(of_class, len(levels)), self.nodes.models)
        of_class = np.where(fails[of_class], -1, of_class).astype(np.int32)
        while True:
            columns = range(len(self.hierarchies))
            most = max(
                (self._split(column, of_class, levels) for column in columns),
                key=lambda split: split.gain,
            )
            if most.gain <= 0:
                break
            of_class, levels = most.of_class, most.levels
        levels = self._sharpened(of_class, levels)
        return Recoded(of_class, levels, self.loss(of_class, levels))

    def _sharpened(self, of_class: Small, levels: Levels) -> Levels:
        """The finest level of each column at which a group is still one: it costs nobody anything.

        A split along it gained nothing, as when a period holds one year only.
        """
        levels = levels.copy()
        there = np.flatnonzero(of_class >= 0)
        of = of_class[there]
        for column in range(len(self.hierarchies)):
            able = levels[:, column] > 0
            while able.any():
                finer = self._codes_at(column, there, np.maximum(levels[of, column] - 1, 0))
                least = np.full(len(levels), np.iinfo(finer.dtype).max, finer.dtype)
                most = np.full(len(levels), -1, finer.dtype)
                np.minimum.at(least, of, finer)
                np.maximum.at(most, of, finer)
                able &= (least == most) & (levels[:, column] > 0)
                levels[able, column] -= 1
        return levels

    def _split(self, column: int, of_class: Small, levels: Levels) -> _Split:
        """One level finer in a column, for every group of which the parts satisfy the models.

        Parts that do not stay together at the old level, when they satisfy the models together.
        """
        level = levels[:, column]
        able = np.flatnonzero((of_class >= 0) & (level[of_class] > 0))
        if not len(able):
            return _Split(0.0, of_class, levels)
        finer = self._codes_at(column, able, level[of_class[able]] - 1)
        parents = of_class[able]
        keys = mixed_keys([parents, finer], [len(levels), int(finer.max()) + 1])
        _, firsts, part = np.unique(keys, return_index=True, return_inverse=True)
        parent = parents[firsts]
        passes = self._passes(able, part.astype(np.int32), len(firsts))
        some = np.zeros(len(levels), np.bool_)
        some[parent[passes]] = True
        rest = np.where(passes[part], len(levels), parents).astype(np.int32)
        together = self._passes(able, rest, len(levels) + 1)[:-1]
        has_rest = np.zeros(len(levels), np.bool_)
        has_rest[parent[~passes]] = True
        splits = some & (together | ~has_rest)
        return self._applied(column, able, part, passes & splits[parent], of_class, levels, parent)

    def _applied(  # noqa: PLR0913, PLR0917 - the parts of one step
        self,
        column: int,
        able: Whole,
        part: Whole,
        new: Mask,
        of_class: Small,
        levels: Levels,
        parent: Small,
    ) -> _Split:
        """Parts that are split off, with what it gains."""
        number = np.full(len(new), -1, np.int64)
        number[new] = len(levels) + np.arange(int(new.sum()))
        moves = new[part]
        after = of_class.copy()
        after[able[moves]] = number[part[moves]]
        added = levels[parent[new]].copy()
        added[:, column] -= 1
        widened = np.concatenate([levels, added])
        moved = able[moves]
        old, fresh = levels[of_class[moved], column], widened[after[moved], column]
        fell = self._share(column, moved, old) - self._share(column, moved, fresh)
        gain = float((self.rows[moved] * fell).sum()) * float(self.weights[column])
        return _Split(gain, after, widened)

    def _passes(self, able: Whole, part: Small, count: int) -> Mask:
        """Which parts satisfy the models; classes that take no part are put aside."""
        of_class = np.full(len(self.codes), count, np.int32)
        of_class[able] = part
        groups = self.nodes.groups_of(of_class, count + 1)
        fails, _ = judge(groups, self.nodes.models)
        passes: Mask = ~fails[:count] & (groups.rows[:count] > 0)
        return passes

    def _codes_at(self, column: int, classes: Whole, level: Levels) -> Small:
        """The code of each class at a level of its own."""
        hierarchy = self.hierarchies[column]
        codes: Small = hierarchy.codes[level, self.codes[classes, column]]
        return codes

    def _share(self, column: int, classes: Whole, level: Levels) -> Numbers:
        """The share of the domain that each class covers at a level of its own."""
        shares = np.array(self._shares[column])
        covered: Numbers = shares[level, self.codes[classes, column]]
        return covered

    def loss(self, of_class: Small, levels: Levels) -> float:
        """As `measures.Loss`, with a level per group.

        Args:
            of_class: The group of each class; -1 where its rows are left out.
            levels: Per group (row) the level of each column.
        """
        kept = np.flatnonzero(of_class >= 0)
        total, lost = self.rows.sum(), self.rows[of_class < 0].sum()
        logs = 0.0
        for column, hierarchy in enumerate(self.hierarchies):
            size = len(hierarchy.values)
            if size == 1:
                continue
            level = levels[of_class[kept], column]
            covered = float((self.rows[kept] * self._share(column, kept, level)).sum()) + lost
            share = max((covered - total / size) / (total - total / size), 0.0)
            logs += math.log1p(math.floor(share * 1e10) / 1e10 * self.weights[column])
        return math.expm1(logs / len(self.hierarchies))
