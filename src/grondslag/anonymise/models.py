"""What a group must satisfy before it may be released: models of privacy, one class each.

A model is monotone when joining groups never brings more rows to fail it. Then a node that
suppresses too much rules out all finer ones.
"""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from grondslag.anonymise.classes import SensitiveCounts
from grondslag.anonymise.distances import (
    hierarchical_distance,
    largest_and_tail,
    ordered_distance,
)
from grondslag.anonymise.grouping_loops import Numbers, Small, Whole
from grondslag.anonymise.hierarchies import Hierarchy
from grondslag.errors import InputError

Mask = npt.NDArray[np.bool_]

CLOSE = 1e-12
"""Room for rounding, so that exactly on the limit is within it."""

DISTANCES = ("equal", "ordered", "hierarchical")


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """What the groups hold of one sensitive column.

    Args:
        of: The column, with its values in the whole table.
        starts: Where the entries of each group start; one longer than the groups.
        values: Per entry its value.
        counts: Per entry its persons.
    """

    of: SensitiveCounts
    starts: Whole = field(repr=False)
    values: Small = field(repr=False)
    counts: Whole = field(repr=False)

    @property
    def different(self) -> Whole:
        """Different values in each group."""
        return np.diff(self.starts)

    @property
    def whole(self) -> Numbers:
        """Per value its share in the whole table, rows that are suppressed later included."""
        shares: Numbers = self.of.total / self.of.total.sum()
        return shares

    def sums(self, terms: npt.NDArray[np.generic]) -> Numbers:
        """The sum over each group of a term per entry."""
        owners = np.repeat(np.arange(len(self.starts) - 1), self.different)
        summed: Numbers = np.bincount(owners, terms, minlength=len(self.starts) - 1).astype(float)
        return summed

    def shares(self) -> Numbers:
        """Per entry its share in its group."""
        return self.counts / np.repeat(self.sums(self.counts), self.different)


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """The groups of one node: what a model looks at.

    Args:
        rows: Per group its rows.
        persons: Per group its persons.
        population: Per group the people of the population that look like them; 0 without one.
        held: Per sensitive column what the groups hold.
    """

    rows: Whole = field(repr=False)
    persons: Whole = field(repr=False)
    population: Whole = field(repr=False)
    held: tuple[Held, ...] = ()

    def of(self, column: str) -> Held:
        """What the groups hold of a sensitive column."""
        return next(held for held in self.held if held.of.column == column)


class Model(ABC):
    """What a group must satisfy."""

    is_monotone: ClassVar[bool] = True
    is_of_table: ClassVar[bool] = False  # about all groups that are left together, not about each
    __slots__ = ()

    @property
    def least(self) -> int:
        """No group with fewer persons satisfies it."""
        return 1

    @property
    def about(self) -> str | None:
        """The sensitive column that it is about."""
        return None

    @property
    def of_all(self) -> pa.Table | None:
        """Everybody the rows could be of, where it needs to know."""
        return None

    @property
    def needs_everybody(self) -> bool:
        """Whether it holds only when no group is suppressed."""
        return False

    @abstractmethod
    def fails(self, groups: Groups) -> Mask:
        """Which groups of a node do not satisfy it."""


@dataclass(frozen=True, slots=True)
class KAnonymity(Model):
    """At least *k* persons look alike.

    Source:
        Sweeney (2002), k-anonymity, doi:10.1142/S0218488502001648.
    """

    k: int

    def __post_init__(self) -> None:
        _check_at_least("k", self.k, 1)

    @property
    def least(self) -> int:
        """No group with fewer persons satisfies it."""
        return self.k

    def fails(self, groups: Groups) -> Mask:
        """Groups of fewer than *k* persons."""
        return groups.persons < self.k


@dataclass(frozen=True, slots=True)
class KMap(Model):
    """At least *k* people of the population look like those in the group.

    Source:
        Sweeney (2001), Computational disclosure control, PhD thesis MIT.
    """

    k: int
    population: pa.Table = field(repr=False)

    def __post_init__(self) -> None:
        _check_at_least("k", self.k, 1)

    @property
    def of_all(self) -> pa.Table | None:
        """Everybody the rows could be of."""
        return self.population

    def fails(self, groups: Groups) -> Mask:
        """Groups that fewer than *k* people of the population look like."""
        return groups.population < self.k


@dataclass(frozen=True, slots=True)
class DeltaPresence(Model):
    """Nobody can be said to be in the table, or not in it, with more certainty than this.

    Source:
        Nergiz, Atzori and Clifton (2007), Hiding the presence of individuals from shared
        databases, doi:10.1145/1247480.1247554.
    """

    is_monotone: ClassVar[bool] = False
    low: float
    high: float
    population: pa.Table = field(repr=False)

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high <= 1:
            raise InputError("anonymise.no-share", name="delta")

    @property
    def of_all(self) -> pa.Table | None:
        """Everybody the rows could be of."""
        return self.population

    @property
    def needs_everybody(self) -> bool:
        """With a lowest certainty above 0: people who are suppressed look absent."""
        return self.low > CLOSE

    def fails(self, groups: Groups) -> Mask:
        """Groups of which too few or too many of the population are in the table.

        A group of the population with nobody in the table says of all in it that they are not
        there. Leaving rows out cannot mend that, so then every group fails.
        """
        if self.low > CLOSE and (groups.persons == 0).any():
            return np.ones(len(groups.rows), np.bool_)
        presence = groups.persons / np.maximum(groups.population, 1)
        return (presence < self.low - CLOSE) | (presence > self.high + CLOSE)


@dataclass(frozen=True, slots=True)
class DistinctDiversity(Model):
    """At least *l* different values of a sensitive column in every group.

    Source:
        Machanavajjhala, Kifer, Gehrke and Venkitasubramaniam (2007), l-diversity,
        doi:10.1145/1217299.1217302.
    """

    column: str
    l: int  # noqa: E741 - the name of the literature

    def __post_init__(self) -> None:
        _check_at_least("l", self.l, 1)

    @property
    def about(self) -> str | None:
        """The sensitive column that it is about."""
        return self.column

    def fails(self, groups: Groups) -> Mask:
        """Groups with fewer than *l* values."""
        return groups.of(self.column).different < self.l


@dataclass(frozen=True, slots=True)
class EntropyDiversity(Model):
    """The entropy of a sensitive column in every group is at least that of *l* equal shares.

    Source:
        Machanavajjhala and others (2007), l-diversity, definition 4.1,
        doi:10.1145/1217299.1217302. Entropy after Shannon.
    """

    is_monotone: ClassVar[bool] = False
    column: str
    l: float  # noqa: E741 - the name of the literature

    def __post_init__(self) -> None:
        _check_at_least("l", self.l, 1)

    @property
    def about(self) -> str | None:
        """The sensitive column that it is about."""
        return self.column

    def fails(self, groups: Groups) -> Mask:
        """Groups of which the entropy is less than the logarithm of *l*."""
        held = groups.of(self.column)
        shares = held.shares()
        entropy = -held.sums(shares * np.log(shares))
        return entropy < math.log(self.l) - CLOSE


@dataclass(frozen=True, slots=True)
class RecursiveDiversity(Model):
    """The most frequent value is less than *c* times those from the *l*-th on.

    Source:
        Machanavajjhala and others (2007), l-diversity, definition 4.2,
        doi:10.1145/1217299.1217302.
    """

    is_monotone: ClassVar[bool] = False
    column: str
    c: float
    l: int  # noqa: E741 - the name of the literature

    def __post_init__(self) -> None:
        _check_at_least("l", self.l, 1)
        _check_at_least("c", self.c, 0)

    @property
    def about(self) -> str | None:
        """The sensitive column that it is about."""
        return self.column

    def fails(self, groups: Groups) -> Mask:
        """Groups in which one value is too frequent."""
        held = groups.of(self.column)
        ratios = np.empty(len(groups.rows))
        largest_and_tail(held.starts, held.counts, self.l, ratios)
        return ratios >= self.c - CLOSE


@dataclass(frozen=True, slots=True)
class TCloseness(Model):
    """The values of a group are spread as in the whole table, but for a distance of *t*.

    Args:
        column: Which is sensitive.
        t: The largest earth mover's distance, from 0 to 1.
        distance: What moving between values costs: ``equal``, ``ordered`` (their rank), or
            ``hierarchical`` (how far up the tree they meet).
        hierarchy: Of the sensitive column, for the hierarchical distance.

    Source:
        Li, Li and Venkatasubramanian (2007), t-closeness, doi:10.1109/ICDE.2007.367856.
    """

    is_monotone: ClassVar[bool] = False
    column: str
    t: float
    distance: str = "equal"
    hierarchy: Hierarchy | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not 0 <= self.t <= 1:
            raise InputError("anonymise.no-share", name="t")
        if self.distance not in DISTANCES:
            raise InputError("anonymise.unknown-distance", known=DISTANCES)
        if (self.distance == "hierarchical") != (self.hierarchy is not None):
            raise InputError("anonymise.distance-needs-hierarchy", column=self.column)

    @property
    def about(self) -> str | None:
        """The sensitive column that it is about."""
        return self.column

    def fails(self, groups: Groups) -> Mask:
        """Groups that lie further than *t* from the whole table."""
        return self.distances(groups.of(self.column)) > self.t + CLOSE

    def distances(self, held: Held) -> Numbers:
        """The distance of each group from the whole table."""
        far = np.zeros(len(held.starts) - 1)
        if self.distance == "equal":
            here = held.whole[held.values]
            far = (held.sums(np.abs(held.shares() - here)) + 1 - held.sums(here)) / 2
        elif self.distance == "ordered":
            ranks = _ranks(held.of.distinct)
            whole = np.empty(held.of.values)
            whole[ranks] = held.whole
            ordered_distance(held.starts, ranks[held.values], held.counts, whole, far)
        elif self.hierarchy is not None:
            tree = _tree(self.hierarchy, held.of.distinct)
            hierarchical_distance(held.starts, held.values, held.counts, held.whole, tree, far)
        return far


def _ranks(distinct: pa.Array) -> Small:
    """The place of each value in its natural order; missing last."""
    order = pc.sort_indices(distinct).to_numpy(zero_copy_only=False)
    ranks = np.empty(len(order), np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    return ranks


def _tree(hierarchy: Hierarchy, distinct: pa.Array) -> Small:
    """Per level and value the code, numbered from 0 per level, ending in one code."""
    if distinct.null_count:
        hierarchy = hierarchy.covering_missing()
    codes = hierarchy.codes[:, hierarchy.places(distinct)]
    if len(hierarchy.labels[-1]) > 1:
        codes = np.vstack([codes, np.zeros(len(distinct), np.int32)])
    rows = [np.unique(row, return_inverse=True)[1] for row in codes]
    rows[0] = np.arange(len(distinct))
    return np.array(rows, np.int32)


def _check_at_least(name: str, value: float, least: float) -> None:
    if not value >= least:
        raise InputError("anonymise.too-small", name=name, least=least)
