"""What a table is at one node of the lattice: its groups, and which of them fail the models.

A node is one level per column. Groups are made from the classes, or from the groups of a finer
node that lies below everything still asked for.
"""

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from grondslag.anonymise.classes import (
    LARGEST_KEY,
    PERSONS,
    POPULATION,
    ROWS,
    Classes,
    SensitiveCounts,
)
from grondslag.anonymise.grouping_loops import (
    Packed,
    Small,
    Whole,
    add_parts,
    add_up,
    by_group,
    number_keys,
    once_per_person,
)
from grondslag.anonymise.models import Groups, Held, Mask, Model

Node = tuple[int, ...]

LARGEST_PACK = 4096
"""Columns are read together while their tables stay in the nearest cache of a processor."""

MOST_TABLES = 4096


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """The groups of one node.

    Args:
        node: The level of each column.
        firsts: A class of each group.
        groups: What the models look at.
        fails: Groups that are suppressed.
        surely: Groups that are suppressed at every finer node too.
    """

    node: Node
    firsts: Small = field(repr=False)
    groups: Groups = field(repr=False)
    fails: Mask = field(repr=False)
    surely: Mask = field(repr=False)

    @property
    def suppressed(self) -> int:
        """Rows in groups that fail."""
        return int(self.groups.rows[self.fails].sum())

    @property
    def surely_suppressed(self) -> int:
        """Rows that are suppressed at every finer node too."""
        return int(self.groups.rows[self.surely].sum())

    @property
    def kept(self) -> Mask:
        """Groups that are released."""
        return ~self.fails & (self.groups.rows > 0)


@dataclass(frozen=True, slots=True, eq=False)
class _Base:
    """What is visited: classes, or groups of a finer node, each by one of its classes.

    Args:
        packed: Per item its packed codes.
        items: Per item a class of it.
        weights: Per kind of weight the weight of each item.
        of_class: The item of each class.
        is_coarser: Whether items are groups, and not the classes themselves.
    """

    packed: Packed
    items: Small
    weights: dict[int, Whole]
    of_class: Small
    is_coarser: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class _Pack:
    """Columns that are read as one number.

    Args:
        columns: Which.
        stage: In which pass it is part of the key; more than one where one number is too small.
        step: What its part is multiplied by.
        size: How many numbers it can have.
    """

    columns: tuple[int, ...]
    stage: int
    step: int
    size: int


class Nodes:
    """Looks at nodes of one table, also from several threads.

    Args:
        classes: The distinct combinations.
        models: What each group must satisfy.
    """

    def __init__(self, classes: Classes, models: Sequence[Model]) -> None:
        self.classes = classes
        self.models = tuple(models)
        self.is_monotone = all(model.is_monotone for model in models)
        largest = min(LARGEST_PACK, max(64, classes.count // 8))
        self._packs = _staged(classes, largest)
        self._tables: dict[tuple[int, ...], Whole] = {}
        everything = np.arange(classes.count, dtype=np.int32)
        weights = {
            kind: np.ascontiguousarray(classes.weights[:, kind]) for kind in _kinds(classes, models)
        }
        self._finest = _Base(_packed(classes, self._packs), everything, weights, everything)
        self._base = self._finest
        self._space = threading.local()

    @property
    def visited(self) -> int:
        """How many classes or groups one look visits."""
        return len(self._base.items)

    def look(self, node: Node) -> Partition:
        """The groups of a node, judged."""
        partition, _ = self._look(node, self._base)
        return partition

    def look_of_classes(self, node: Node) -> tuple[Partition, Small]:
        """The same, with the group of every class; also at a node that later looks rest above."""
        return self._look(node, self._finest)

    def look_with_rows(self, node: Node) -> tuple[Partition, Small]:
        """The same, with the group of every row of the table."""
        partition, of_class = self.look_of_classes(node)
        return partition, of_class[self.classes.of_row]

    def _look(self, node: Node, base: _Base) -> tuple[Partition, Small]:
        count, of_item, firsts = self._rolled_up(node, base)
        of_class = of_item[base.of_class] if base.is_coarser else of_item
        groups = self._groups(_added_up(base, of_item, count), of_class, count)
        fails, surely = judge(groups, self.models)
        return Partition(node, base.items[firsts], groups, fails, surely), of_class

    def groups_of(self, of_class: Small, count: int) -> Groups:
        """Groups made in another way than by a node, numbered per class; to be judged."""
        weights = {}
        for kind, weight in self._finest.weights.items():
            weights[kind] = np.empty(count, np.int64)
            add_up(of_class, weight, weights[kind])
        return self._groups(weights, of_class, count)

    def rest_on(self, node: Node) -> None:
        """Make later looks from the groups of this node, which must lie below all of them."""
        base = self._base
        count, of_item, firsts = self._rolled_up(node, base)
        weights = _added_up(base, of_item, count)
        self._base = _Base(
            base.packed[firsts], base.items[firsts], weights, of_item[base.of_class], True
        )

    def _rolled_up(self, node: Node, base: _Base) -> tuple[int, Small, Small]:
        """How many groups, per item its group, and an item of each group."""
        keys = self._keyed(np.zeros(len(base.items), np.int64), base, node, 0)
        found = self._numbered(keys)
        for stage in range(1, self._packs[-1].stage + 1 if self._packs else 1):
            size = math.prod(pack.size for pack in self._packs if pack.stage == stage)
            found = self._numbered(self._keyed(found[1] * np.int64(size), base, node, stage))
        return found

    def _keyed(self, keys: Whole, base: _Base, node: Node, stage: int) -> Whole:
        """Keys with the parts of one pass added."""
        tables = [
            self._table(at, pack, node) if pack.stage == stage else np.zeros(pack.size, np.int64)
            for at, pack in enumerate(self._packs)
        ]  # fmt: skip
        tables += [np.zeros(1, np.int64)] * (-len(tables) % 4)
        for at in range(0, len(tables), 4):
            first, second, third, fourth = tables[at : at + 4]
            add_parts(base.packed[:, at : at + 4], first, second, third, fourth, keys)
        return keys

    def _numbered(self, keys: Whole) -> tuple[int, Small, Small]:
        """Keys numbered; with more work space when there are more groups than was thought."""
        power = getattr(self._space, "power", 8)
        while True:
            slots, seen, firsts = self._work(len(keys), 1 << power)
            numbers = np.empty(len(keys), np.int32)
            count = number_keys(keys, slots, 64 - power, seen, numbers, firsts)
            if count >= 0:
                self._space.power = max(8, int(4 * count).bit_length())
                return count, numbers, firsts[:count].copy()
            power += 2

    def _work(self, items: int, slots: int) -> tuple[Small, Whole, Small]:
        """Work space of this thread, used again and again: new memory costs more than the work."""
        held = getattr(self._space, "held", None)
        if held is None or len(held[0]) < slots or len(held[1]) < items:
            held = (np.empty(slots, np.int32), np.empty(items, np.int64), np.empty(items, np.int32))
            self._space.held = held
        return held[0][:slots], held[1], held[2]

    def _table(self, at: int, pack: _Pack, node: Node) -> Whole:
        """Per packed number its part of the key at a node."""
        name = (at, *(node[column] for column in pack.columns))
        table = self._tables.get(name)
        if table is None:
            table = np.zeros(1, np.int64)
            for column in pack.columns:
                hierarchy = self.classes.hierarchies[column]
                codes = hierarchy.codes[node[column]].astype(np.int64)
                table = np.add.outer(table * len(hierarchy.values), codes).ravel()
            table *= pack.step
            if len(self._tables) >= MOST_TABLES:
                self._tables.clear()
            self._tables[name] = table
        return table

    def _groups(self, weights: dict[int, Whole], of_class: Small, count: int) -> Groups:
        rows = weights[ROWS]
        persons = weights.get(PERSONS, rows)
        shared = self.classes.shared_persons
        if len(shared):
            nothing = np.zeros(len(shared), np.int32)
            owners, _ = _counted(shared, self.classes.shared_owners, nothing, of_class)
            persons += np.bincount(owners, minlength=count)
        population = weights.get(POPULATION, np.zeros(0, np.int64))
        held = tuple(_held(of, of_class, count) for of in self.classes.sensitive)
        return Groups(rows, persons, population, held)


def _added_up(base: _Base, of_item: Small, count: int) -> dict[int, Whole]:
    sums = {}
    for kind, weights in base.weights.items():
        sums[kind] = np.empty(count, np.int64)
        add_up(of_item, weights, sums[kind])
    return sums


def judge(groups: Groups, models: Sequence[Model]) -> tuple[Mask, Mask]:
    """Which groups fail a model, and which would fail in every finer node."""
    fails = np.zeros(len(groups.rows), np.bool_)
    surely = fails.copy()
    for model in models:
        if not model.is_of_table:
            failing = model.fails(groups)
            fails |= failing
            if model.is_monotone:
                surely |= failing
    there = groups.rows > 0  # a group of the population only has nothing to suppress
    fails &= there
    surely &= there
    for model in models:
        if model.is_of_table:
            left = np.flatnonzero(~fails & there)
            rest = Groups(groups.rows[left], groups.persons[left], groups.population)
            fails[left] = model.fails(rest)
    if fails.any() and any(model.needs_everybody for model in models):
        fails = there
    return fails, surely


def _counted(persons: Small, owners: Small, values: Small, of_class: Small) -> tuple[Small, Small]:
    """The group and value of what people with rows in several classes count for."""
    group, value = np.empty_like(owners), np.empty_like(owners)
    count = once_per_person(persons, owners, values, of_class, group, value)
    return group[:count], value[:count]


def _held(of: SensitiveCounts, of_class: Small, count: int) -> Held:
    """What the groups hold of one sensitive column."""
    owners, values, counts = of_class[of.owners], of.codes, of.counts
    if len(of.shared_persons):
        group, value = _counted(of.shared_persons, of.shared_owners, of.shared_codes, of_class)
        owners, values = np.concatenate([owners, group]), np.concatenate([values, value])
        counts = np.concatenate([counts, np.ones(len(group), np.int64)])
    starts = np.empty(count + 1, np.int64)
    out_values, out_counts = np.empty_like(values), np.empty_like(counts)
    total = by_group(owners, values, counts, count, of.values, starts, out_values, out_counts)
    return Held(of, starts, out_values[:total].copy(), out_counts[:total].copy())


def _kinds(classes: Classes, models: Sequence[Model]) -> list[int]:
    """The weights that must be summed: persons only where they are not the rows."""
    kinds = [ROWS]
    if len(classes.person_of_row):
        kinds.append(PERSONS)
    if any(model.of_all is not None for model in models):
        kinds.append(POPULATION)
    return kinds


def _packs(sizes: Sequence[int], largest: int) -> list[list[int]]:
    """Columns put together while the product of their sizes is small enough, smallest first."""
    packs: list[list[int]] = []
    room = 0
    for column in sorted(range(len(sizes)), key=lambda column: sizes[column]):
        if packs and room * sizes[column] <= largest:
            packs[-1].append(column)
            room *= sizes[column]
        else:
            packs.append([column])
            room = sizes[column]
    return packs


def _staged(classes: Classes, largest: int) -> list[_Pack]:
    """The packs, each with its place in the key."""
    sizes = [len(hierarchy.values) for hierarchy in classes.hierarchies]
    staged: list[_Pack] = []
    stage, step, room = 0, 1, 1
    for columns in _packs(sizes, largest):
        size = math.prod(sizes[column] for column in columns)
        if room * size > LARGEST_KEY:
            stage, step, room = stage + 1, 1, classes.count
        staged.append(_Pack(tuple(columns), stage, step, size))
        step, room = step * size, room * size
    return staged


def _packed(classes: Classes, packs: Sequence[_Pack]) -> Packed:
    """Per class and pack the codes of its columns as one number; filled up to fours."""
    packed = np.zeros((classes.count, -(-len(packs) // 4) * 4), np.uint32)
    for at, pack in enumerate(packs):
        for column in pack.columns:
            packed[:, at] *= np.uint32(len(classes.hierarchies[column].values))
            packed[:, at] += classes.codes[:, column].astype(np.uint32)
    small = all(pack.size <= 1 << 16 for pack in packs)
    return packed.astype(np.uint16) if small else packed
