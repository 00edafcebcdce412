"""What generalising and suppressing costs: the measures of the field, to the tenth decimal.

All are lower for better tables. Compare values with a relative room of 1e-9: the order in which
numbers are added moves the last decimals.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import ClassVar

import numpy as np

from grondslag.anonymise.classes import ROWS, Classes
from grondslag.anonymise.grouping_loops import Numbers
from grondslag.anonymise.models import Mask, Model
from grondslag.anonymise.nodes import Node, Partition
from grondslag.errors import InputError


class Measure(StrEnum):
    """Measures of what is lost."""

    LOSS = "loss"
    PRECISION = "precision"
    AECS = "aecs"
    ENTROPY = "entropy"
    DISCERNIBILITY = "discernibility"


class Cost(ABC):
    """A measure made ready for one table; values are in units of its own until published."""

    settles_above: ClassVar[bool] = True  # whether a look says more of coarser nodes than of finer

    def __init__(self, classes: Classes, models: Sequence[Model], weights: Numbers) -> None:
        self.classes = classes
        self.rows = classes.rows
        self.weights = weights
        self.least = max((model.least for model in models), default=1)
        self.is_monotone = all(model.is_monotone for model in models)

    @abstractmethod
    def value(self, partition: Partition) -> float:
        """The value of a node, in units of its own."""

    @abstractmethod
    def floor(self) -> float | Numbers:
        """What no node is below: one number, or a term per column (row) and level."""

    def below(self, partition: Partition) -> float | Numbers | None:  # noqa: ARG002 - a default
        """What no node below this one is below, for rows lost here are lost there too."""
        return None

    def above(self, partition: Partition) -> float | None:  # noqa: ARG002 - a default
        """What no node above this one is below."""
        return None

    def published(self, value: float) -> float:
        """The value as the field writes it."""
        return value


class _PerColumn(Cost):
    """A measure that is a sum over columns: the bound of every node follows from single columns."""

    settles_above: ClassVar[bool] = False

    def __init__(self, classes: Classes, models: Sequence[Model], weights: Numbers) -> None:
        super().__init__(classes, models, weights)
        self.heights = [hierarchy.height for hierarchy in classes.hierarchies]
        self.per_value = [
            np.bincount(
                classes.codes[:, column],
                classes.weights[:, ROWS],
                minlength=len(hierarchy.values),
            )
            for column, hierarchy in enumerate(classes.hierarchies)
        ]

    @abstractmethod
    def term(self, column: int, level: int) -> float:
        """The term of a column at a level when nothing is suppressed."""

    @abstractmethod
    def term_with(self, column: int, level: int, at: int, lost: Numbers) -> float:
        """A bound of the term of a column at a level when at least these rows are suppressed.

        Args:
            column: Its place.
            level: Not above *at*; exact when equal.
            at: The level at which rows are known.
            lost: Rows suppressed per code of that level.
        """

    def value(self, partition: Partition) -> float:
        """The sum of the terms."""
        lost = self._lost(partition.node, partition, partition.fails)
        return sum(
            self.term_with(column, level, level, lost[column])
            for column, level in enumerate(partition.node)
        )

    def floor(self) -> Numbers:
        """The terms of single columns."""
        terms = np.full((len(self.heights), max(self.heights, default=1)), np.inf)
        for column, height in enumerate(self.heights):
            terms[column, :height] = [self.term(column, level) for level in range(height)]
        return terms

    def below(self, partition: Partition) -> Numbers | None:
        """The terms with what is surely suppressed."""
        if not partition.surely.any():
            return None
        lost = self._lost(partition.node, partition, partition.surely)
        terms = np.zeros((len(self.heights), max(self.heights)))
        for column, at in enumerate(partition.node):
            for level in range(at + 1):
                terms[column, level] = self.term_with(column, level, at, lost[column])
        return terms

    def _lost(self, node: Node, partition: Partition, which: Mask) -> list[Numbers]:
        """Per column the suppressed rows per code."""
        codes = self.classes.codes[partition.firsts[which]]
        rows = partition.groups.rows[which]
        return [
            np.bincount(
                hierarchy.codes[level][codes[:, column]],
                rows,
                minlength=len(hierarchy.labels[level]),
            ).astype(float)
            for column, (hierarchy, level) in enumerate(
                zip(self.classes.hierarchies, node, strict=True)
            )
        ]


class Loss(_PerColumn):
    """The share of each column's domain that a cell covers, as a geometric mean over columns.

    Source:
        Iyengar (2002), Transforming data to satisfy privacy constraints,
        doi:10.1145/775047.775089; normalised per column, floored to ten decimals and averaged as
        ARX 3.9 does.
    """

    def __init__(self, classes: Classes, models: Sequence[Model], weights: Numbers) -> None:
        super().__init__(classes, models, weights)
        self._shares = [hierarchy.shares for hierarchy in classes.hierarchies]
        self._widest: dict[tuple[int, int, int], Numbers] = {}
        self._plain = [
            [
                float((values * shares[level][hierarchy.codes[level]]).sum())
                for level in range(hierarchy.height)
            ]
            for values, shares, hierarchy in zip(
                self.per_value, self._shares, classes.hierarchies, strict=True
            )
        ]

    def term(self, column: int, level: int) -> float:
        """Of the normalised share."""
        return self._normalised(column, self._plain[column][level])

    def term_with(self, column: int, level: int, at: int, lost: Numbers) -> float:
        """Suppressed rows cover the whole domain."""
        more = float((lost * (1 - self._widest_below(column, at, level))).sum())
        return self._normalised(column, self._plain[column][level] + more)

    def published(self, value: float) -> float:
        """The geometric mean."""
        return math.expm1(value)

    def _normalised(self, column: int, covered: float) -> float:
        size = len(self.classes.hierarchies[column].values)
        if size == 1:  # one value: nothing to lose
            return 0.0
        least = self.rows / size
        share = max((covered - least) / (self.rows - least), 0.0)
        share = math.floor(share * 1e10) / 1e10
        return math.log1p(share * self.weights[column]) / len(self.heights)

    def _widest_below(self, column: int, at: int, level: int) -> Numbers:
        """Per code at a level the largest share of the codes below it at a finer level."""
        if (column, at, level) not in self._widest:
            hierarchy = self.classes.hierarchies[column]
            widest = np.zeros(len(hierarchy.labels[at]))
            shares = self._shares[column][level][hierarchy.codes[level]]
            np.maximum.at(widest, hierarchy.codes[at], shares)
            self._widest[column, at, level] = widest
        return self._widest[column, at, level]


class Precision(_PerColumn):
    """How far up its hierarchy a cell is, as a mean over columns.

    Source:
        Sweeney (2002), Achieving k-anonymity privacy protection using generalization and
        suppression, doi:10.1142/S021848850200165X.
    """

    def term(self, column: int, level: int) -> float:
        """Of the height."""
        return self._height(column, level, 0.0)

    def term_with(self, column: int, level: int, at: int, lost: Numbers) -> float:  # noqa: ARG002 - any level
        """Suppressed rows are at the top."""
        return self._height(column, level, float(lost.sum()))

    def _height(self, column: int, level: int, lost: float) -> float:
        top = self.heights[column] - 1
        share = level / top if top else 0.0
        mean = ((self.rows - lost) * share + lost) / self.rows
        return mean * float(self.weights[column]) / len(self.heights)


class Entropy(_PerColumn):
    """How much harder the original value of a cell has become to guess, in bits, summed.

    Source:
        Gionis and Tassa (2009), k-Anonymization with minimal loss of information,
        doi:10.1109/TKDE.2008.129 (non-uniform entropy); suppressed rows as ARX 3.9 counts them.
    """

    def term(self, column: int, level: int) -> float:
        """Of all rows."""
        return self._floored(column, self._plain(column, level))

    def term_with(self, column: int, level: int, at: int, lost: Numbers) -> float:  # noqa: ARG002 - any level
        """Suppressed rows lose their generalised value too."""
        some = lost[lost > 0]
        more = float((some * np.log2(lost.sum() / some)).sum()) if len(some) else 0.0
        return self._floored(column, self._plain(column, level) + more)

    def _plain(self, column: int, level: int) -> float:
        codes = self.classes.hierarchies[column].codes[level]
        fine = self.per_value[column]
        coarse = np.bincount(codes, fine)[codes]
        there = fine > 0
        return float((fine[there] * np.log2(coarse[there] / fine[there])).sum())

    def _floored(self, column: int, bits: float) -> float:
        return math.floor(bits * 1e10) / 1e10 * float(self.weights[column])


class Aecs(Cost):
    """Rows per group; suppressed rows together are one group.

    Source:
        LeFevre, DeWitt and Ramakrishnan (2006), Mondrian, doi:10.1109/ICDE.2006.101, without
        dividing by k; the group of the suppressed as ARX 3.9 counts it.
    """

    def value(self, partition: Partition) -> float:
        """Rows divided by groups."""
        return self.rows / (int(partition.kept.sum()) + bool(partition.fails.any()))

    def floor(self) -> float:
        """Groups are not smaller than the models want, and not more than there are classes."""
        most = min(self.classes.count, self.rows // self.least)
        return self.rows / (most + 1)

    def above(self, partition: Partition) -> float | None:
        """Joining makes no group out of fewer rows than the models want."""
        lost = int(partition.groups.persons[partition.surely].sum())
        kept = int((~partition.surely & (partition.groups.rows > 0)).sum())
        rest = lost > 0 or not self.is_monotone
        return self.rows / (kept + lost // self.least + rest)


class Discernibility(Cost):
    """Every row costs the number of rows it looks like; a suppressed one costs all rows.

    Source:
        Bayardo and Agrawal (2005), Data privacy through optimal k-anonymization,
        doi:10.1109/ICDE.2005.42.
    """

    def value(self, partition: Partition) -> float:
        """The sum of squared sizes."""
        sizes = partition.groups.rows[partition.kept].astype(float)
        return float((sizes**2).sum()) + float(partition.suppressed) * self.rows

    def floor(self) -> float:
        """As if every class could stay as it is."""
        sizes = self.classes.weights[:, ROWS].astype(float)
        return max(float((sizes**2).sum()), float(self.rows))

    def below(self, partition: Partition) -> float | None:
        """What is lost here is lost there; what is left is in groups as the models want them."""
        lost = float(partition.surely_suppressed)
        return lost * self.rows + (self.rows - lost)

    def above(self, partition: Partition) -> float | None:
        """Joined groups have larger squares."""
        sizes = partition.groups.rows.astype(float)
        return float((sizes**2).sum())


COSTS: Mapping[Measure, type[Cost]] = {
    Measure.LOSS: Loss,
    Measure.PRECISION: Precision,
    Measure.AECS: Aecs,
    Measure.ENTROPY: Entropy,
    Measure.DISCERNIBILITY: Discernibility,
}


def cost_of(
    measure: Measure,
    classes: Classes,
    models: Sequence[Model],
    weights: Mapping[str, float] | None = None,
) -> Cost:
    """A measure made ready for one table.

    Args:
        measure: Which.
        classes: The distinct combinations of the table.
        models: What each group must satisfy.
        weights: Per column how much it matters, 1 where it is not named; scaled to a mean of 1.

    Raises:
        InputError: A weight of a column without a hierarchy, a weight below 0, all weights 0, or
            weights for a measure that looks at groups and not at columns.
    """
    names = [hierarchy.column for hierarchy in classes.hierarchies]
    given = dict(weights or {})
    if given and not issubclass(COSTS[measure], _PerColumn):
        raise InputError("anonymise.weights-not-for-measure", measure=str(measure))
    unknown = sorted(set(given) - set(names))
    if unknown:
        raise InputError("anonymise.unknown-column", column=unknown[0][:63], known=names)
    scale = np.array([float(given.get(name, 1)) for name in names])
    if names and (not np.isfinite(scale).all() or scale.min() < 0 or scale.sum() == 0):
        raise InputError("anonymise.no-weights")
    return COSTS[measure](classes, models, scale / scale.mean() if names else scale)
