"""From grouped rows to groups that may be released: the levels chosen, and each group judged.

With a blind choice the levels follow from what an outsider may know alone. Then groups that fail
a model of sensitive values are left out afterwards, and who knows the method learns nothing more
of anybody who is released: any other spread of the values over the same people would have led to
the same levels.
"""

import math
from dataclasses import dataclass, field, replace

import numpy as np

from grondslag.anonymise.asking import Roles, Wish
from grondslag.anonymise.boxes import BoxSearch
from grondslag.anonymise.classes import PERSONS, POPULATION, Classes
from grondslag.anonymise.grouping_loops import Whole
from grondslag.anonymise.measures import Cost, Measure, cost_of
from grondslag.anonymise.models import Mask
from grondslag.anonymise.nodes import Nodes, judge
from grondslag.anonymise.recoding import LocalRecoding
from grondslag.anonymise.releasing import Release, release_of_node, release_of_recoding, without
from grondslag.anonymise.search import Found, Search
from grondslag.errors import DisclosureRefusedError, InputError

MOST_NODES = 2_000_000
"""Up to so many combinations of levels each has a place in memory; beyond, boxes are searched."""


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """Groups that may be released.

    Args:
        made: The groups.
        value: The measure over all rows, the left out included; of one level for all.
        bound: No combination of levels is better than this.
        limit: Rows that might be left out.
        looks: Combinations of levels that were grouped.
        nodes: Combinations of levels that there are.
    """

    made: Release = field(repr=False)
    value: float
    bound: float
    limit: int
    looks: int
    nodes: int


def choose(classes: Classes, roles: Roles, wish: Wish) -> Chosen:
    """The best groups that satisfy the models.

    Raises:
        DisclosureRefusedError: No combination of levels satisfies the models.
        InputError: Too many levels beside an earlier release, a population that is too small, or
            a blind choice without a model that it could follow.
    """
    _check_population(classes, roles)
    is_blind = wish.blind and bool(roles.about_values)
    models = roles.about_people if is_blind else roles.models
    if not models:
        raise InputError("anonymise.blind-without-model")
    nodes = Nodes(classes, models)
    cost = cost_of(Measure(wish.measure), classes, models, wish.weights)
    limit = wish.limit(classes.rows)
    found = _searched(nodes, cost, limit // 2 if is_blind else limit, wish)
    if found.partition is None:
        if math.isfinite(found.bound):  # something is still open
            raise DisclosureRefusedError("anonymise.stopped-too-early", looks=found.looks)
        raise DisclosureRefusedError("anonymise.no-way", rows=classes.rows, limit=limit)
    node = found.partition.node
    recoded = LocalRecoding(nodes, cost.weights).best(node) if wish.local else None
    made = release_of_recoding(nodes, node, recoded) if recoded else release_of_node(nodes, node)
    chosen = Chosen(made, found.value, found.bound, limit, found.looks, found.nodes)
    if not is_blind:
        return chosen
    kept, fails = _seen(chosen, nodes, roles)
    if recoded:
        of_class = np.where(kept.of_class < 0, -1, recoded.of_class).astype(np.int32)
        loss = LocalRecoding(nodes, cost.weights).loss(of_class, recoded.levels)
        return replace(chosen, made=replace(kept, loss=loss))
    return _valued_again(chosen, kept, fails, nodes, cost)


def sizes_before(classes: Classes) -> tuple[Whole, Whole | None]:
    """Persons per class, also those with rows in others, and people of the population."""
    sizes = classes.weights[:, PERSONS].copy()
    sizes += np.bincount(classes.shared_owners, minlength=classes.count)
    population = classes.weights[:, POPULATION]
    return sizes, population if population.any() else None


def _searched(nodes: Nodes, cost: Cost, limit: int, wish: Wish) -> Found:
    hierarchies = nodes.classes.hierarchies
    heights = [hierarchy.height for hierarchy in hierarchies]
    if math.prod(heights) > MOST_NODES:
        if wish.earlier:
            raise InputError("anonymise.too-many-nodes", most=MOST_NODES)
        boxes = BoxSearch(nodes, cost, limit, heights)
        return boxes.run(seconds=wish.seconds, watch=wish.watch)
    earlier = [
        tuple(node.get(hierarchy.column, hierarchy.height - 1) for hierarchy in hierarchies)
        for node in wish.earlier
    ]
    search = Search(nodes, cost, limit, heights, earlier=earlier)
    return search.run(seconds=wish.seconds, watch=wish.watch)


def _seen(chosen: Chosen, nodes: Nodes, roles: Roles) -> tuple[Release, Mask]:
    """Groups that were chosen blindly, without those that fail a model of sensitive values."""
    made, classes = chosen.made, nodes.classes
    of_class = np.where(made.of_class < 0, len(made.sizes), made.of_class).astype(np.int32)
    fails, _ = judge(nodes.groups_of(of_class, len(made.sizes) + 1), roles.about_values)
    fails = fails[:-1]
    kept = without(made, fails)
    suppressed = classes.rows - int(kept.sizes.sum())
    if suppressed > chosen.limit or not len(kept.sizes):
        raise DisclosureRefusedError(
            "anonymise.blind-choice-fails", groups=int(fails.sum()), limit=chosen.limit
        )
    return kept, fails


def _valued_again(chosen: Chosen, kept: Release, fails: Mask, nodes: Nodes, cost: Cost) -> Chosen:
    """With what the groups that were left out afterwards cost."""
    partition = nodes.look(kept.node)
    gone = partition.fails.copy()
    gone[np.flatnonzero(partition.kept)[fails]] = True
    value = cost.published(cost.value(replace(partition, fails=gone)))
    is_proven = chosen.bound >= chosen.value
    return replace(chosen, made=kept, value=value, bound=value if is_proven else chosen.bound)


def _check_population(classes: Classes, roles: Roles) -> None:
    """A population holds everybody in the table."""
    if roles.population is None:
        return
    sizes, _ = sizes_before(classes)
    missing = int((sizes > classes.weights[:, POPULATION]).sum())
    if missing:
        raise InputError("anonymise.population-too-small", count=missing)
