"""A population beside a table: how many people could be meant by each combination of values.

It comes in as any other data: a dataset of the plan, delivered as counts of persons in the same
columns and forms. In a delivery the counts are whole while it is made; afterwards small ones are
withheld. What is withheld counts for as many people as the table itself has there, since everybody
in the table is in the population: a chance that follows is then too high rather than too low.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from grondslag.delivery.compile import PERSONS, RESULT
from grondslag.delivery.model import TablePlan
from grondslag.delivery.opening import OpenedDelivery
from grondslag.delivery.roles import ColumnRoles, column_roles
from grondslag.delivery.running import TableResult
from grondslag.errors import InputError, PolicyRefusedError
from grondslag.plan import WantedModel
from grondslag.sources import Engine
from grondslag.vocabulary import OutputStep

_COUNT = "__count"
_CHANGED = ("averaged", "noisy", "rounded")
"""Forms that follow from the rows of one table: in another they would be other values."""


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """How many people of a population have each combination of values.

    Args:
        dataset: Where they stand.
        combinations: The columns of the combinations, and ``__count``.
        is_whole: Whether no count was withheld.
    """

    dataset: str
    combinations: pa.Table = field(repr=False)
    is_whole: bool


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """A population laid beside one table.

    Args:
        dataset: Where it stands.
        everybody: One row per person, in the columns that an outsider may know.
        not_found: So many persons of the table are not among those that were counted.
        smallest: The smallest number of people that was counted of one combination.
    """

    dataset: str
    everybody: pa.Table = field(repr=False)
    not_found: int
    smallest: int

    def told(self, minimum: int) -> dict[str, object]:
        """What the manifest says of it.

        Args:
            minimum: A smaller number of persons is left out, with the sum of all: beside the counts
                that are shown it would give back those that are withheld.
        """
        few = 0 < self.not_found < minimum or self.smallest < minimum
        return {
            "dataset": self.dataset,
            "persons": None if few else self.everybody.num_rows,
            "not_found": None if few else self.not_found,
        }

    def cautious(self, attack: Mapping[str, Any], minimum: int) -> dict[str, Any]:
        """Chances of an outsider, as upper bounds where exact ones give back a withheld count.

        One in 94 tells that four live beside the ninety that are shown.

        Args:
            attack: Of `risks_mapping`.
            minimum: Smaller counts are withheld.
        """
        if self.smallest >= minimum:
            return dict(attack)
        alike = math.floor(1 / attack["highest"] + 1e-9) if attack["highest"] else 0
        highest = 1 / max(alike // minimum * minimum, 1) if alike else 0.0
        hidden = [{"size": one["size"], "share": None} for one in attack["up_to"]]
        return {"highest": highest, "average": highest, "up_to": hidden}


def populations_first(tables: Sequence[TablePlan]) -> tuple[TablePlan, ...]:
    """The tables in an order in which every population is read before what stands beside it.

    Raises:
        PolicyRefusedError: A population is not asked as counts of persons in the same columns and
            forms; a rule says so too.
    """
    named: set[str] = set()
    for table in tables:
        for name in () if table.anonymity is None else table.anonymity.populations:
            other = next((one for one in tables if one.name == name), None)
            if other is None or not _is_alike(table, other):
                raise PolicyRefusedError(
                    "delivery.population-otherwise",
                    dataset=table.name,
                    population=name,
                    columns=table.quasi,
                )
            named.add(name)
    return tuple(sorted(tables, key=lambda table: table.name not in named))


def _is_alike(table: TablePlan, other: TablePlan) -> bool:
    """Whether a table counts persons in the columns by which those of another are known."""
    if other.output is not OutputStep.AGGREGATE or other.count != "persons":
        return False
    there = {column.name: column for column in other.columns}
    for column in table.columns:
        if column.name not in table.quasi:
            continue
        same = there.get(column.name)
        if same is None or column.form.name in _CHANGED:
            return False
        if (same.type, same.form, same.edges) != (column.type, column.form, column.edges):
            return False
        if column.form.name == "age" and same.reference != column.reference:
            return False
    return True


def counted_in(engine: Engine, result: TableResult) -> Counted:
    """The whole counts of a population that was just delivered; never to be kept.

    Args:
        engine: Still holds what was made.
        result: What came of it.

    Raises:
        InputError: Somebody stands in it twice, and would be counted twice.
    """
    table = result.plan
    if result.rows != len(result.persons):
        raise InputError("delivery.person-twice", dataset=table.name, column=table.scan.person)
    made = engine.table(RESULT).to_arrow_table()
    names = [column.name for column in table.columns]
    counts = made.select([*names, PERSONS]).rename_columns([*names, _COUNT])
    return Counted(table.name, counts, is_whole=True)


def counted_of_delivery(opened: OpenedDelivery, dataset: str, beside: ColumnRoles) -> Counted:
    """A population out of a delivery: a table of counts of persons, or of records.

    Args:
        opened: The delivery.
        dataset: The table with the population.
        beside: The parts of the columns of the table that it is laid beside.

    Raises:
        InputError: There is no such table, it counts no persons in the same columns and forms, or
            somebody stands in it twice.
    """
    entries = {one["name"]: one for one in opened.manifest["tables"]}
    if dataset not in entries or dataset == beside.dataset:
        raise InputError("delivery.no-such-table", dataset=dataset[:63], known=opened.datasets)
    entry, quasi = entries[dataset], list(beside.quasi)
    if not set(_forms(entries[beside.dataset], quasi)) <= set(_forms(entry, quasi)):
        raise _otherwise(beside, dataset)
    if entry["output"] != OutputStep.AGGREGATE:
        return _of_records(opened, dataset, quasi)
    if entry["count"] != "persons":
        raise _otherwise(beside, dataset)
    table = opened.table(dataset)
    counts = pc.fill_null(table.column("persons"), 0)
    withheld = pc.any(table.column("withheld")).as_py() or False
    return Counted(dataset, table.select(quasi).append_column(_COUNT, counts), not withheld)


def _of_records(opened: OpenedDelivery, dataset: str, quasi: list[str]) -> Counted:
    roles, table = column_roles(opened, dataset), opened.table(dataset)
    if roles.person is not None:
        persons = pc.count_distinct(table.column(roles.person)).as_py()
        if persons != table.num_rows:
            raise InputError("delivery.person-twice", dataset=dataset, column=roles.person)
    counts = pa.array(np.ones(table.num_rows, np.int64))
    return Counted(dataset, table.select(quasi).append_column(_COUNT, counts), is_whole=True)


def _forms(entry: Mapping[str, Any], quasi: Sequence[str]) -> list[tuple[str, str]]:
    return [(one["name"], one["form"]) for one in entry["columns"] if one["name"] in quasi]


def _otherwise(beside: ColumnRoles, population: str) -> InputError:
    return InputError(
        "delivery.population-otherwise",
        dataset=beside.dataset,
        population=population[:63],
        columns=beside.quasi,
    )


def population_beside(
    counted: Counted,
    content: pa.Table,
    *,
    quasi: Sequence[str],
    person: str | None,
    promises: Sequence[WantedModel] = (),
) -> Population:
    """Lay a population beside the rows of a table.

    Args:
        counted: The population.
        content: The rows, in the forms in which they are delivered.
        quasi: Columns that an outsider may know.
        person: The column that tells persons of the table apart; None when every row is one.
        promises: What is asked beside it.

    Raises:
        InputError: A lowest chance is asked and counts are withheld or miss somebody: then it
            would be shown too high.
    """
    names = list(quasi)
    here = content.select(names if person is None else [*names, person])
    if person is not None:
        here = here.group_by([*names, person]).aggregate([]).select(names)
    known = counted.combinations.column(_COUNT).cast(pa.int64())
    there = counted.combinations.select(names).cast(here.schema)
    both = pa.concat_tables(
        [
            here.append_column("table", _all(1, here)).append_column("known", _all(0, here)),
            there.append_column("table", _all(0, there)).append_column("known", known),
        ]
    )
    both = both.group_by(names).aggregate([("table", "sum"), ("known", "sum")])
    table, known = both.column("table_sum"), both.column("known_sum")
    missing = pc.sum(pc.max_element_wise(pc.subtract(table, known), 0)).as_py() or 0
    if any(one.low > 0 for one in promises) and (missing or not counted.is_whole):
        raise InputError("delivery.population-not-whole", population=counted.dataset)
    people = pc.max_element_wise(table, known).to_numpy()
    rows = np.repeat(np.arange(both.num_rows), people)
    everybody = both.select(names).take(pa.array(rows))
    smallest = pc.min(counted.combinations.column(_COUNT)).as_py() or 0
    return Population(counted.dataset, everybody, missing, smallest)


def _all(count: int, table: pa.Table) -> pa.Array:
    return pa.array(np.full(table.num_rows, count, np.int64))
