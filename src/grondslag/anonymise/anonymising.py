"""A table in, an anonymous table out, with what it cost and what risk is left.

The finest combination of levels that satisfies the models at least cost is searched, rows that
would still stand out are left out, and the result is checked again from its rows alone.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from grondslag.anonymise.boxes import BoxSearch
from grondslag.anonymise.checking import has_model
from grondslag.anonymise.classes import PERSONS, POPULATION, ROWS, Classes, classes_of
from grondslag.anonymise.grouping_loops import Whole
from grondslag.anonymise.groups import SensitiveRisk, sensitive_disclosure
from grondslag.anonymise.hierarchies import Hierarchy, Step
from grondslag.anonymise.measures import Measure, cost_of
from grondslag.anonymise.models import Model
from grondslag.anonymise.nodes import Nodes
from grondslag.anonymise.releasing import Release, release_of_node, release_of_recoding, rows_of
from grondslag.anonymise.risks import Risks, risks_of
from grondslag.anonymise.search import Found, Search, Watch
from grondslag.errors import DisclosureRefusedError, InputError, IntegrityError

MOST_COLUMNS = 30
"""More columns that an outsider may know leave nothing to tell apart, and no search to finish."""

MOST_NODES = 2_000_000
"""Up to so many combinations of levels each has a place in memory; beyond, boxes are searched."""


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """What became of one column.

    Args:
        column: Its name.
        level: The level that was chosen; 0 leaves it as it is.
        height: How many levels there are.
        before: Different values before.
        after: Different values in what is released.
        steps: What each level does to values, from finest to coarsest.
    """

    column: str
    level: int
    height: int
    before: int
    after: int
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What anonymising did; holds no value of a row.

    Args:
        measure: The measure that was kept low.
        value: Its value.
        bound: No combination of levels is better than this.
        local_loss: The loss after local recoding; None without it.
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
    local_loss: float | None
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
class _Asked:
    """What was asked of the search, and what it found."""

    measure: Measure
    limit: int
    found: Found


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
    local: bool = False,
    earlier: Sequence[Mapping[str, int]] = (),
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
        local: Whether each group may then be as fine as its own people allow; fewer rows are left
            out and less is lost, but one column holds values of several levels.
        earlier: The nodes at which the same people were released before, with these hierarchies;
            a column that was not in it counts as its coarsest level.
        seconds: Stop searching after this time, with the best so far and how far off it can be.
        watch: Called with looks, best value and bound; False stops the search.

    Raises:
        DisclosureRefusedError: No combination of levels satisfies the models; nothing is released.
        InputError: A column without a role or with two, values that a hierarchy does not hold,
            too many columns, or local recoding beside an earlier release.
        IntegrityError: The result does not have the models after all; nothing is released.
    """
    models = (model,) if isinstance(model, Model) else tuple(model)
    about = [one.about for one in models if one.about is not None]
    roles = _Roles(tuple(hierarchies), models, tuple(dict.fromkeys([*sensitive, *about])), person)
    _check_roles(table, roles)
    is_huge = math.prod(hierarchy.height for hierarchy in hierarchies) > MOST_NODES
    if is_huge and earlier:
        raise InputError("anonymise.too-many-nodes", most=MOST_NODES)
    if local and earlier:
        raise InputError("anonymise.local-beside-earlier")
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
    before = [
        tuple(node.get(h.column, h.height - 1) for h in classes.hierarchies) for node in earlier
    ]
    if is_huge:
        found = BoxSearch(nodes, cost, limit, heights).run(seconds=seconds, watch=watch)
    else:
        search = Search(nodes, cost, limit, heights, earlier=before)
        found = search.run(seconds=seconds, watch=watch)
    if found.partition is None:
        raise DisclosureRefusedError("anonymise.no-way", rows=classes.rows, limit=limit)
    node = found.partition.node
    made = release_of_recoding(nodes, node, cost.weights) if local else release_of_node(nodes, node)
    return _told(table, roles, classes, made, _Asked(_measure(measure), limit, found))


def _told(
    table: pa.Table, roles: _Roles, classes: Classes, made: Release, found: _Asked
) -> Anonymised:
    """The rows of groups that are kept, checked and told about."""
    released, rows = rows_of(table, classes, made, roles.sensitive, with_rows=bool(roles.person))
    people = released
    if roles.person is not None:
        who = table.column(roles.person).take(pa.array(rows))
        people = released.append_column(roles.person, who)
    _check_released(people, table, roles, classes, made)
    report = Report(
        measure=found.measure,
        value=found.found.value,
        bound=found.found.bound,
        local_loss=made.loss,
        rows=table.num_rows,
        suppressed=table.num_rows - int(made.sizes.sum()),
        limit=found.limit,
        columns=_changes(classes, made),
        before=risks_of(*_sizes_before(classes)),
        after=risks_of(made.persons, made.population if len(made.population) else None),
        gives_away_before=_gives_away(table, roles),
        gives_away=_gives_away(people, roles),
        looks=found.found.looks,
        nodes=found.found.nodes,
    )
    return Anonymised(released, dict(zip(roles.quasi, made.node, strict=True)), report)


def _check_released(
    released: pa.Table, source: pa.Table, roles: _Roles, classes: Classes, made: Release
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
                for hierarchy, level in zip(classes.hierarchies, made.node, strict=True)
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


def _changes(classes: Classes, made: Release) -> tuple[ColumnChange, ...]:
    """Before and after per column."""
    there = classes.weights[:, ROWS] > 0
    return tuple(
        ColumnChange(
            hierarchy.column,
            level,
            hierarchy.height,
            int((np.bincount(classes.codes[there, at]) > 0).sum()),
            len(np.unique(made.codes[at])),
            tuple(map(hierarchy.step, range(hierarchy.height))),
        )
        for at, (hierarchy, level) in enumerate(zip(classes.hierarchies, made.node, strict=True))
    )


def _sizes_before(classes: Classes) -> tuple[Whole, Whole | None]:
    sizes = classes.weights[:, PERSONS].copy()
    sizes += np.bincount(classes.shared_owners, minlength=classes.count)
    population = classes.weights[:, POPULATION]
    return sizes, population if population.any() else None


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
