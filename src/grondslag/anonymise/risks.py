"""How likely it is that someone is found, by what the attacker knows and wants.

The prosecutor knows that a person is in the table, the journalist wants anybody out of a
population, the marketer wants as many as possible.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from grondslag.anonymise.grouping_loops import Whole
from grondslag.anonymise.groups import group_sizes

LIMITS = (1, 2, 3, 5, 10, 20, 50, 100)
"""Sizes of groups at which the distribution of risk is told."""


@dataclass(frozen=True, slots=True)
class Attack:
    """One attacker's chances.

    Args:
        highest: For the person who is easiest to find.
        average: Over all persons in the table.
        up_to: Per size the share of persons in groups of at most that size.
    """

    highest: float
    average: float
    up_to: Mapping[int, float] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Risks:
    """The risks of one table.

    Args:
        persons: Persons in the table, once per group.
        groups: Groups that look alike.
        prosecutor: Who knows that the person is in it.
        journalist: Who knows the population only; None without a population.
        marketer: Share of persons found when everybody is looked for.
    """

    persons: int
    groups: int
    prosecutor: Attack
    journalist: Attack | None
    marketer: float


def risks_of(sizes: Whole, population: Whole | None = None) -> Risks:
    """The risks of groups of these sizes.

    Args:
        sizes: Persons per group; groups of nobody count for nothing.
        population: Per group the people of the population that look like them.

    Source:
        El Emam (2013), Guide to the de-identification of personal health information.
    """
    there = sizes > 0
    persons, groups = int(sizes.sum()), int(there.sum())
    prosecutor = _attack(sizes[there], sizes[there])
    journalist = None
    if population is not None and len(population):
        journalist = _attack(sizes[there], population[there])
    return Risks(persons, groups, prosecutor, journalist, groups / persons if persons else 0.0)


def risks_of_table(
    table: pa.Table,
    *,
    quasi: Sequence[str],
    person: str | None,
    population: pa.Table | None = None,
) -> Risks:
    """The risks of a table as it is.

    Args:
        table: One row per event or person.
        quasi: Columns an outsider may know.
        person: The column that tells people apart; None when every row is one person.
        population: Everybody the rows could be of, one row each; the journalist's risk needs it.

    Raises:
        DisclosureRefusedError: A person is missing or NaN: then people cannot be counted.
        InputError: The table has no such column.
    """
    sizes = group_sizes(table, quasi=quasi, person=person)
    if population is None:
        return risks_of(sizes)
    names = list(quasi)
    here = table.select(names if person is None else [*names, person])
    if person is not None:
        here = here.group_by([*names, person]).aggregate([]).select(names)
    both = pa.concat_tables([here, population.select(names).cast(here.schema)])
    inside = pa.array(np.arange(both.num_rows) < here.num_rows)
    both = both.append_column("__table", inside.cast(pa.int64()))
    alike = both.group_by(names).aggregate([("__table", "sum"), ("__table", "count")])
    persons = alike.column("__table_sum").to_numpy()
    return risks_of(persons, alike.column("__table_count").to_numpy() - persons)


def _attack(sizes: Whole, alike: Whole, limits: Sequence[int] = LIMITS) -> Attack:
    """Chances of persons in groups of these sizes, each one of so many that look alike."""
    persons = sizes.sum()
    if not persons:
        return Attack(0.0, 0.0, dict.fromkeys(limits, 0.0))
    each = 1 / np.maximum(alike, 1)
    up_to = {limit: float(sizes[alike <= limit].sum() / persons) for limit in limits}
    return Attack(float(each.max()), float((sizes * each).sum() / persons), up_to)
