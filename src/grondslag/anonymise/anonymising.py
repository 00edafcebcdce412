"""A table in, an anonymous table out, with what it cost and what risk is left.

The finest combination of levels that satisfies the models at least cost is searched, rows that
would still stand out are left out, and the result is checked again from its rows alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from grondslag.anonymise.asking import Roles, Wish, roles_of
from grondslag.anonymise.checking import has_model
from grondslag.anonymise.choosing import Chosen, choose, sizes_before
from grondslag.anonymise.classes import ROWS, Classes, classes_of
from grondslag.anonymise.grouping_loops import Whole
from grondslag.anonymise.groups import SensitiveRisk, sensitive_disclosure
from grondslag.anonymise.hierarchies import Hierarchy, Step
from grondslag.anonymise.measures import Measure
from grondslag.anonymise.models import Model
from grondslag.anonymise.releasing import Release, rows_of
from grondslag.anonymise.risks import Risks, risks_of
from grondslag.anonymise.search import Watch
from grondslag.errors import IntegrityError


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
        spread: When groups have levels of their own: so many rows are released at each level. A
            text that stands at two levels counts at the finer one.
    """

    column: str
    level: int
    height: int
    before: int
    after: int
    steps: tuple[Step, ...] = ()
    spread: tuple[int, ...] = ()


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
        is_blind: Whether sensitive values were kept out of the choice of levels.
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
    is_blind: bool = False

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
        sources: When groups have levels of their own: per released row the number of the row of the
            source that it was; for who looks again, never to be kept.
    """

    table: pa.Table = field(repr=False)
    node: Mapping[str, int]
    report: Report
    sources: Whole | None = field(default=None, repr=False)


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
    blind: bool = False,
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
        blind: Whether the levels are chosen without looking at sensitive values, so that the choice
            tells nothing about them. Half of the rows that may be left out is for that choice, the
            other half for groups that then fail a model of sensitive values.
        earlier: The nodes at which the same people were released before, with these hierarchies;
            a column that was not in it counts as its coarsest level.
        seconds: Stop searching after this time, with the best so far and how far off it can be.
        watch: Called with looks, best value and bound; False stops the search.

    Raises:
        DisclosureRefusedError: No combination of levels satisfies the models, or a blind choice
            fails them; nothing is released.
        InputError: A column without a role or with two, values that a hierarchy does not hold,
            too many columns, or local recoding beside an earlier release.
        IntegrityError: The result does not have the models after all; nothing is released.
    """
    roles = roles_of(
        table.column_names, hierarchies=hierarchies, model=model, sensitive=sensitive, person=person
    )
    wish = Wish(
        suppression=suppression,
        measure=measure,
        weights=weights or {},
        local=local,
        blind=blind,
        earlier=earlier,
        seconds=seconds,
        watch=watch,
    )
    classes = classes_of(
        table, hierarchies, sensitive=roles.sensitive, person=person, population=roles.population
    )
    chosen = choose(classes, roles, wish)
    made = chosen.made
    with_rows = bool(person) or local
    released, rows = rows_of(table, classes, made, roles.sensitive, with_rows=with_rows)
    people = released
    if person is not None:
        people = released.append_column(person, table.column(person).take(pa.array(rows)))
    _check_released(people, table, roles, classes, made)
    report = report_of(
        classes, chosen, wish, before=_gives_away(table, roles), after=_gives_away(people, roles)
    )
    node = dict(zip(roles.quasi, made.node, strict=True))
    return Anonymised(released, node, report, rows if local else None)


def report_of(
    classes: Classes,
    chosen: Chosen,
    wish: Wish,
    *,
    before: Mapping[str, SensitiveRisk],
    after: Mapping[str, SensitiveRisk],
) -> Report:
    """What was done, in numbers.

    Args:
        classes: The grouped rows.
        chosen: The groups that are released.
        wish: How they were chosen.
        before: Per sensitive column what groups gave away.
        after: What they give away now.
    """
    made = chosen.made
    return Report(
        measure=Measure(wish.measure),
        value=chosen.value,
        bound=chosen.bound,
        local_loss=made.loss,
        rows=classes.rows,
        suppressed=classes.rows - int(made.sizes.sum()),
        limit=chosen.limit,
        columns=_changes(classes, made),
        before=risks_of(*sizes_before(classes)),
        after=risks_of(made.persons, made.population if len(made.population) else None),
        gives_away_before=before,
        gives_away=after,
        looks=chosen.looks,
        nodes=chosen.nodes,
        is_blind=wish.blind,
    )


def _check_released(
    released: pa.Table, source: pa.Table, roles: Roles, classes: Classes, made: Release
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
            () if made.loss is None else _spread(hierarchy, made, at),
        )
        for at, (hierarchy, level) in enumerate(zip(classes.hierarchies, made.node, strict=True))
    )


def _spread(hierarchy: Hierarchy, made: Release, at: int) -> tuple[int, ...]:
    """Rows per level of a column, where each group has its own."""
    level_of: dict[object, int] = {}
    for level, labels in enumerate(hierarchy.labels):
        for text in labels.cast(pa.string()).to_pylist():
            level_of.setdefault(text, level)
    levels = np.array([level_of[text] for text in made.labels[at].to_pylist()], dtype=np.int64)
    rows = np.bincount(levels[made.codes[at]], made.sizes, hierarchy.height)
    return tuple(int(one) for one in rows)


def _gives_away(table: pa.Table, roles: Roles) -> dict[str, SensitiveRisk]:
    return {
        name: sensitive_disclosure(table, quasi=roles.quasi, sensitive=name, person=roles.person)
        for name in roles.sensitive
    }
