"""A table in, an anonymous table out, with what it cost and what risk is left.

The finest combination of levels that satisfies the models at least cost is searched, rows that
would still stand out are left out, and the result is checked again from its rows alone.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from grondslag.anonymise.checking import has_model
from grondslag.anonymise.classes import PERSONS, POPULATION, ROWS, Classes, classes_of, mixed_keys
from grondslag.anonymise.grouping_loops import Small, Whole
from grondslag.anonymise.groups import SensitiveRisk, sensitive_disclosure
from grondslag.anonymise.hierarchies import Hierarchy, distinct_values
from grondslag.anonymise.measures import Measure, cost_of
from grondslag.anonymise.models import Mask, Model
from grondslag.anonymise.nodes import Nodes, Partition
from grondslag.anonymise.risks import Risks, risks_of
from grondslag.anonymise.search import Found, Search, Watch
from grondslag.errors import DisclosureRefusedError, InputError, IntegrityError

MOST_COLUMNS = 30
"""More columns that an outsider may know leave nothing to tell apart, and no search to finish."""

MOST_NODES = 20_000_000


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """What became of one column.

    Args:
        column: Its name.
        level: The level that was chosen; 0 leaves it as it is.
        height: How many levels there are.
        before: Different values before.
        after: Different values in what is released.
    """

    column: str
    level: int
    height: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Report:
    """What anonymising did; holds no value of a row.

    Args:
        measure: The measure that was kept low.
        value: Its value.
        bound: No combination of levels is better than this.
        rows: Rows of the table.
        suppressed: Rows that were left out.
        limit: Rows that might be left out.
        columns: What became of each quasi-identifier.
        before: Risks of the table.
        after: Risks of what is released.
        gives_away_before: Per sensitive column the groups in which all have one value.
        gives_away: The same of what is released.
        looks: Combinations of levels that were grouped.
        nodes: Combinations of levels that there are.
    """

    measure: Measure
    value: float
    bound: float
    rows: int
    suppressed: int
    limit: int
    columns: tuple[ColumnChange, ...]
    before: Risks
    after: Risks
    gives_away_before: Mapping[str, SensitiveRisk]
    gives_away: Mapping[str, SensitiveRisk]
    looks: int
    nodes: int

    @property
    def is_optimal(self) -> bool:
        """Whether it is proven that no combination of levels is better."""
        return self.bound >= self.value


@dataclass(frozen=True, slots=True, eq=False)
class Anonymised:
    """An anonymous table.

    Args:
        table: Quasi-identifiers as they are released, then the sensitive columns; in an order
            that says nothing about the order of the source.
        node: The level of each quasi-identifier.
        report: What it cost and what risk is left.
    """

    table: pa.Table = field(repr=False)
    node: Mapping[str, int]
    report: Report


@dataclass(frozen=True, slots=True, eq=False)
class _Roles:
    """Which column plays which part."""

    hierarchies: tuple[Hierarchy, ...]
    models: tuple[Model, ...]
    sensitive: tuple[str, ...]
    person: str | None

    @property
    def quasi(self) -> list[str]:
        return [hierarchy.column for hierarchy in self.hierarchies]

    @property
    def population(self) -> pa.Table | None:
        return next((model.of_all for model in self.models if model.of_all is not None), None)


def anonymise(  # noqa: PLR0913 - the whole question in one call
    table: pa.Table,
    *,
    hierarchies: Sequence[Hierarchy],
    model: Model | Sequence[Model],
    suppression: float = 0.0,
    measure: Measure | str = Measure.LOSS,
    weights: Mapping[str, float] | None = None,
    sensitive: Sequence[str] = (),
    person: str | None = None,
    seconds: float | None = None,
    watch: Watch | None = None,
) -> Anonymised:
    """Make a table anonymous at the least cost.

    Args:
        table: One row per event or person; every column is a quasi-identifier, sensitive, or the
            person.
        hierarchies: One per quasi-identifier: a column that an outsider may know.
        model: What each group that looks alike must satisfy; all of them when there are more.
        suppression: The share of rows that may be left out, from 0 to 1.
        measure: Of what is lost.
        weights: Per column how much it matters to the question; 1 where it is not named.
        sensitive: Columns that nobody should learn of someone. They are released as they are.
        person: The column that tells people apart; None when every row is one person. It is not
            released.
        seconds: Stop searching after this time, with the best so far and how far off it can be.
        watch: Called with looks, best value and bound; False stops the search.

    Raises:
        DisclosureRefusedError: No combination of levels satisfies the models; nothing is released.
        InputError: A column without a role or with two, values that a hierarchy does not hold, or
            too many columns.
        IntegrityError: The result does not have the models after all; nothing is released.
    """
    models = (model,) if isinstance(model, Model) else tuple(model)
    about = [one.about for one in models if one.about is not None]
    roles = _Roles(tuple(hierarchies), models, tuple(dict.fromkeys([*sensitive, *about])), person)
    _check_roles(table, roles)
    if not 0 <= suppression <= 1:
        raise InputError("anonymise.no-share", name="suppression")
    classes = classes_of(
        table, hierarchies, sensitive=roles.sensitive, person=person, population=roles.population
    )
    _check_population(classes, roles)
    limit = math.floor(suppression * classes.rows)
    nodes = Nodes(classes, models)
    cost = cost_of(_measure(measure), classes, models, weights)
    heights = [hierarchy.height for hierarchy in classes.hierarchies]
    found = Search(nodes, cost, limit, heights).run(seconds=seconds, watch=watch)
    if found.partition is None:
        raise DisclosureRefusedError("anonymise.no-way", rows=classes.rows, limit=limit)
    partition, of_row = nodes.look_with_rows(found.partition.node)
    found = replace(found, partition=partition)
    return _released(table, roles, classes, found, of_row, (_measure(measure), limit))


def _released(
    table: pa.Table,
    roles: _Roles,
    classes: Classes,
    found: Found,
    of_row: Small,
    asked: tuple[Measure, int],
) -> Anonymised:
    """The rows of groups that are kept, checked and told about."""
    partition = found.partition
    assert partition is not None  # noqa: S101 - looked at before
    node = dict(zip(roles.quasi, partition.node, strict=True))
    released, rows = _rows_of(table, roles, classes, partition, of_row)
    people = released
    if roles.person is not None:
        who = table.column(roles.person).take(pa.array(rows))
        people = released.append_column(roles.person, who)
    _check_released(people, table, roles, classes, partition)
    measure, limit = asked
    report = Report(
        measure=measure,
        value=found.value,
        bound=found.bound,
        rows=table.num_rows,
        suppressed=partition.suppressed,
        limit=limit,
        columns=_changes(classes, partition),
        before=risks_of(*_sizes_before(classes)),
        after=risks_of(*_sizes_after(partition)),
        gives_away_before=_gives_away(table, roles),
        gives_away=_gives_away(people, roles),
        looks=found.looks,
        nodes=found.nodes,
    )
    return Anonymised(released, node, report)


def _rows_of(
    table: pa.Table, roles: _Roles, classes: Classes, partition: Partition, of_row: Small
) -> tuple[pa.Table, Whole]:
    """The released rows, group by group, and which rows of the table they are.

    Sorted by all that is released, so that the order of the source does not show.
    """
    kept = np.flatnonzero(partition.kept)
    codes = [
        hierarchy.codes[level][classes.codes[partition.firsts[kept], at]]
        for at, (hierarchy, level) in enumerate(
            zip(classes.hierarchies, partition.node, strict=True)
        )
    ]
    order = np.lexsort(codes[::-1])
    sizes = partition.groups.rows[kept[order]]
    columns = {
        hierarchy.column: hierarchy.label_column(np.repeat(code[order], sizes), level)
        for hierarchy, level, code in zip(classes.hierarchies, partition.node, codes, strict=True)
    }
    if not roles.sensitive and roles.person is None:
        return pa.table(columns), np.zeros(0, np.int64)
    ranks = np.full(len(partition.fails), -1, np.int64)
    ranks[kept[order]] = np.arange(len(order))
    there = np.flatnonzero(~partition.fails[of_row])
    keys, widths = [ranks[of_row[there]]], [len(order)]
    for name in roles.sensitive:
        distinct, values = distinct_values(table.column(name).take(pa.array(there)))
        places = np.empty(len(distinct), np.int32)
        places[pc.sort_indices(distinct).to_numpy()] = np.arange(len(distinct), dtype=np.int32)
        keys.append(places[values].astype(np.int64))
        widths.append(len(distinct))
    rows = there[np.argsort(mixed_keys(keys, widths), kind="stable")]
    for name in roles.sensitive:
        columns[name] = table.column(name).take(pa.array(rows)).combine_chunks()
    return pa.table(columns), rows


def _check_released(
    released: pa.Table, source: pa.Table, roles: _Roles, classes: Classes, partition: Partition
) -> None:
    """Look again at every model, from the rows alone."""
    population = None
    if roles.population is not None:
        population = pa.table(
            {
                hierarchy.column: hierarchy.label_column(
                    hierarchy.codes[level][
                        hierarchy.encode(roles.population.column(hierarchy.column))
                    ],
                    level,
                )
                for hierarchy, level in zip(classes.hierarchies, partition.node, strict=True)
            }
        )
    for model in roles.models:
        if not has_model(
            released,
            model,
            quasi=roles.quasi,
            person=roles.person,
            source=source,
            population=population,
        ):
            raise IntegrityError("anonymise.release-fails", model=type(model).__name__)


def _changes(classes: Classes, partition: Partition) -> tuple[ColumnChange, ...]:
    """Before and after per column, from one class of each group that is kept."""
    there = classes.weights[:, ROWS] > 0
    kept = classes.codes[partition.firsts[partition.kept]]
    return tuple(
        ColumnChange(
            hierarchy.column,
            level,
            hierarchy.height,
            int((np.bincount(classes.codes[there, at]) > 0).sum()),
            int((np.bincount(hierarchy.codes[level][kept[:, at]]) > 0).sum()),
        )
        for at, (hierarchy, level) in enumerate(
            zip(classes.hierarchies, partition.node, strict=True)
        )
    )


def _sizes_before(classes: Classes) -> tuple[Whole, Whole | None]:
    sizes = classes.weights[:, PERSONS].copy()
    sizes += np.bincount(classes.shared_owners, minlength=classes.count)
    population = classes.weights[:, POPULATION]
    return sizes, population if population.any() else None


def _sizes_after(partition: Partition) -> tuple[Whole, Whole | None]:
    kept: Mask = partition.kept
    population = partition.groups.population
    return partition.groups.persons[kept], population[kept] if len(population) else None


def _gives_away(table: pa.Table, roles: _Roles) -> dict[str, SensitiveRisk]:
    return {
        name: sensitive_disclosure(table, quasi=roles.quasi, sensitive=name, person=roles.person)
        for name in roles.sensitive
    }


def _measure(name: Measure | str) -> Measure:
    if name not in set(Measure):
        raise InputError("anonymise.unknown-measure", known=[str(one) for one in Measure])
    return Measure(name)


def _check_roles(table: pa.Table, roles: _Roles) -> None:
    """Every column has one role, and there is something to search."""
    if not roles.hierarchies or not roles.models:
        raise InputError("anonymise.nothing-asked")
    if len(roles.hierarchies) > MOST_COLUMNS:
        raise InputError(
            "anonymise.too-many-columns", count=len(roles.hierarchies), most=MOST_COLUMNS
        )
    if math.prod(hierarchy.height for hierarchy in roles.hierarchies) > MOST_NODES:
        raise InputError("anonymise.too-many-nodes", most=MOST_NODES)
    named = [*roles.quasi, *roles.sensitive, *([] if roles.person is None else [roles.person])]
    twice = next((name for name in named if named.count(name) > 1), None)
    if twice is not None:
        raise InputError("anonymise.column-with-two-roles", column=twice)
    without = next((name for name in table.column_names if name not in named), None)
    if without is not None:
        raise InputError("anonymise.column-without-role", column=without[:63])


def _check_population(classes: Classes, roles: _Roles) -> None:
    """A population holds everybody in the table."""
    if roles.population is None:
        return
    sizes, _ = _sizes_before(classes)
    missing = int((sizes > classes.weights[:, POPULATION]).sum())
    if missing:
        raise InputError("anonymise.population-too-small", count=missing)
