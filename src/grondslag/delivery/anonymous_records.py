"""Anonymous records: the rows of the query made so that nobody stands out, and looked at again.

The search for the best levels is one thing, what came out of it another: the released rows are made
here once more from the levels alone, by other code, and held against the models from the rows.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from grondslag.anonymise import Anonymised, ColumnUse, Hierarchy, anonymise, column_uses
from grondslag.anonymise.checking import has_model
from grondslag.anonymise.hierarchies import distinct_values
from grondslag.anonymise.search import Watch
from grondslag.contracts import Contract
from grondslag.delivery.compile import PERSON
from grondslag.delivery.generalising import generalised_hierarchy
from grondslag.delivery.local_records import locally_generalised_rows
from grondslag.delivery.model import AnonymityPlan, TablePlan
from grondslag.delivery.safe_numbers import SafeNumbers
from grondslag.errors import DisclosureRefusedError, InputError, IntegrityError

_ROWS = "__rows"
_ROOM = 1 << 62
"""Keys of groups are whole numbers below this."""


@contextmanager
def _nobody_looks_on() -> Iterator[Watch | None]:
    yield None


@dataclass(frozen=True, slots=True)
class Seeking:
    """How long the levels of anonymous records are sought, and who looks on.

    Args:
        seconds: Stop after this time, with the best so far and how far off it can be; None seeks
            until it is proven that no levels are better.
        looked_on: Entered for each table while its levels are sought, and left before its rows are
            written: so only then what it does can stop the search.
    """

    seconds: float | None = None
    looked_on: Callable[[], AbstractContextManager[Watch | None]] = _nobody_looks_on


@dataclass(frozen=True, slots=True, eq=False)
class AnonymousRecords:
    """A table of anonymous records, with what a later one must be laid beside.

    Args:
        table: The rows as they are delivered.
        made: How they came about.
        hierarchies: The levels of each column that others may know.
        groups: Rows per group that looks alike: per column its label at the delivered level and
            at every coarser one.
        sizes: How many groups there are per number of persons (rows, where nobody is known).
        most_rows: The most rows of one person.
        uses: What is left of each column.
        numbers: What was done to numbers that are no averages, as the manifest says it.
    """

    table: pa.Table = field(repr=False)
    made: Anonymised
    hierarchies: tuple[Hierarchy, ...] = field(repr=False)
    groups: Mapping[tuple[tuple[str | None, ...], ...], int] = field(repr=False)
    sizes: Mapping[int, int]
    most_rows: int
    uses: tuple[ColumnUse, ...]
    numbers: tuple[Mapping[str, object], ...]


def anonymous_records(
    numbers: SafeNumbers,
    table: TablePlan,
    anonymity: AnonymityPlan,
    contracts: Mapping[str, Contract],
    *,
    earlier: Sequence[Mapping[str, int]] = (),
    seeking: Seeking | None = None,
) -> AnonymousRecords:
    """Make the rows of a governed query anonymous.

    Args:
        numbers: The rows, with the number of the person behind them when persons are known, and
            with their numbers made safer.
        table: Their plan.
        anonymity: What every group must satisfy.
        contracts: Of its datasets.
        earlier: Levels at which the same people were delivered before.
        seeking: How long levels are sought; left out, until it is proven that none are better.

    Raises:
        DisclosureRefusedError: There are too few persons, everything is equal, or no levels do.
        InputError: A value has no place in its column's hierarchy; or each group has its own levels
            while a column has averages, or while the same people left before.
        IntegrityError: The result does not have the models after all.
    """
    content = numbers.content
    person = PERSON if PERSON in content.schema.names else None
    check_worth_while(
        content,
        [column.name for column in table.columns],
        dataset=table.name,
        minimum=table.minimum,
        person=person,
    )
    everybody = next((one.of_all for one in anonymity.models if one.of_all is not None), None)
    hierarchies = tuple(_hierarchies(numbers, table, contracts, everybody))
    if anonymity.local and numbers.averages:
        raise InputError(
            "delivery.local-averages", dataset=table.name, column=next(iter(numbers.averages))
        )
    kept = [column.name for column in table.columns if column.name not in table.quasi]
    limits = seeking or Seeking()
    with limits.looked_on() as watch:
        made = anonymise(
            content,
            hierarchies=hierarchies,
            model=anonymity.models,
            suppression=anonymity.suppression,
            measure=anonymity.measure,
            weights=dict(anonymity.weights),
            sensitive=[*kept, *numbers.moved.values()],
            person=person,
            earlier=earlier,
            local=anonymity.local,
            seconds=limits.seconds,
            watch=watch,
            blind=True,  # who knows the method must not read sensitive values from the levels
        )
    if made.sources is None:
        people = generalised_rows(content, hierarchies, made.node, made.table)
    else:
        people = locally_generalised_rows(content, hierarchies, made.sources, made.table)
    names = [column.name for column in table.columns]
    released = _plain(made.table).select([*names, *numbers.moved.values()])
    if not same_rows(people, released):
        raise IntegrityError("anonymise.release-fails", model="rows")
    coarse = None if everybody is None else _at(everybody, hierarchies, made.node)
    _check_models(people, content, coarse, anonymity, table, person)
    return AnonymousRecords(
        table=numbers.leaving(released),
        made=made,
        hierarchies=hierarchies,
        groups={} if anonymity.local else groups_of(people, hierarchies, made.node),
        sizes=_sizes(people, table, person),
        most_rows=most_rows(content, person),
        uses=_uses(column_uses(content, made, hierarchies, sensitive=kept), numbers.kept(made)),
        numbers=tuple(numbers.told()),
    )


def check_worth_while(
    content: pa.Table, columns: Sequence[str], *, dataset: str, minimum: int, person: str | None
) -> None:
    """There is nothing to make anonymous in no rows, few persons, or rows that are all equal.

    Args:
        content: The rows.
        columns: Those that could be released.
        dataset: What they are of.
        minimum: The smallest group.
        person: The column that says who; None when every row is one person.

    Raises:
        DisclosureRefusedError: It is so.
    """
    check_enough(content, dataset=dataset, minimum=minimum, person=person)
    if all(len(distinct_values(content.column(name))[0]) == 1 for name in columns):
        raise DisclosureRefusedError("delivery.anonymous-all-equal", dataset=dataset)


def check_enough(content: pa.Table, *, dataset: str, minimum: int, person: str | None) -> None:
    """Refuse a table of too few persons to tell anything of.

    Raises:
        DisclosureRefusedError: There are no rows, or fewer persons than the smallest group.
    """
    if not content.num_rows:
        raise DisclosureRefusedError("delivery.anonymous-no-rows", dataset=dataset)
    there = content.num_rows
    if person is not None:
        there = pc.count_distinct(content.column(person)).as_py()
        if content.column(person).null_count:  # who they are is for another check
            return
    if there < minimum:
        raise DisclosureRefusedError("delivery.anonymous-too-few", dataset=dataset, minimum=minimum)


def _uses(uses: Sequence[ColumnUse], closely: Mapping[str, float]) -> tuple[ColumnUse, ...]:
    """Of numbers that were made safer: how closely they follow, and not how many there are."""
    return tuple(replace(one, kept=closely.get(one.column, one.kept)) for one in uses)


def _hierarchies(
    numbers: SafeNumbers,
    table: TablePlan,
    contracts: Mapping[str, Contract],
    everybody: pa.Table | None,
) -> list[Hierarchy]:
    found = []
    for scan in table.scans:
        for column in scan.columns:
            if column.name not in table.quasi:
                continue
            values = with_everybody(numbers.content.column(column.name), everybody, column.name)
            made = numbers.averages.get(column.name) or generalised_hierarchy(
                column, contracts[scan.dataset], values
            )
            missing = distinct_values(values)[0].null_count
            found.append(made.covering_missing() if missing else made)
    return found


def with_everybody(
    values: pa.ChunkedArray, everybody: pa.Table | None, name: str
) -> pa.ChunkedArray:
    """The values of a column, with those that only occur in the population."""
    if everybody is None:
        return values
    return pa.chunked_array([*values.chunks, *everybody.column(name).cast(values.type).chunks])


def _at(content: pa.Table, hierarchies: Sequence[Hierarchy], node: Mapping[str, int]) -> pa.Table:
    """Rows at the chosen levels."""
    for hierarchy in hierarchies:
        level = node[hierarchy.column]
        codes = hierarchy.codes[level][hierarchy.encode(content.column(hierarchy.column))]
        place = content.schema.get_field_index(hierarchy.column)
        labels = _as_plain(hierarchy.label_column(codes, level))
        content = content.set_column(place, hierarchy.column, labels)
    return content


def generalised_rows(
    content: pa.Table,
    hierarchies: Sequence[Hierarchy],
    node: Mapping[str, int],
    left: pa.Table,
) -> pa.Table:
    """The rows as they were at the chosen levels, of the groups that were released.

    Args:
        content: The rows, with who they are about.
        hierarchies: Of the columns that others may know.
        node: The level of each.
        left: What was released: says which groups.
    """
    coarse = _at(content, hierarchies, node)
    quasi = [hierarchy.column for hierarchy in hierarchies]
    return coarse.filter(_stand_in(coarse, _counted(_plain(left), quasi), quasi))


def _stand_in(coarse: pa.Table, groups: pa.Table, quasi: Sequence[str]) -> pa.Array:
    """Per row whether its group is one of these; not-a-number is missing, as it is in groups."""
    rows, known = np.zeros(coarse.num_rows, np.int64), np.zeros(groups.num_rows, np.int64)
    if not len(known):
        return pa.array(np.zeros(len(rows), np.bool_))
    room = 1
    for name in quasi:
        distinct, values = distinct_values(
            pa.chunked_array([*coarse.column(name).chunks, *groups.column(name).chunks])
        )
        if room * len(distinct) > _ROOM:
            found, keys = np.unique(np.append(rows, known), return_inverse=True)
            rows, known, room = keys[: len(rows)], keys[len(rows) :], len(found)
        rows = rows * len(distinct) + values[: len(rows)]
        known = known * len(distinct) + values[len(rows) :]
        room *= len(distinct)
    known.sort()
    places = np.minimum(np.searchsorted(known, rows), len(known) - 1)
    return pa.array(known[places] == rows)


def _key(row: tuple[object, ...]) -> tuple[object, ...]:
    """Values that can be looked up: not-a-number is missing, as it is in the groups."""
    return tuple(None if value != value else value for value in row)  # noqa: PLR0124 - only NaN


def _check_models(
    people: pa.Table,
    content: pa.Table,
    everybody: pa.Table | None,
    anonymity: AnonymityPlan,
    table: TablePlan,
    person: str | None,
) -> None:
    """The rows made anew have every model.

    Raises:
        IntegrityError: They have not.
    """
    for model in anonymity.models:
        if not has_model(
            people,
            model,
            quasi=table.quasi,
            person=person,
            source=content,
            population=everybody,
        ):
            raise IntegrityError("anonymise.release-fails", model=type(model).__name__)


def same_rows(people: pa.Table, released: pa.Table) -> bool:
    """Whether rows that were made anew are those that were released, in any order."""
    names = released.schema.names
    ours, theirs = people.select(names), _plain(released)
    if not ours.schema.equals(theirs.schema):
        return False
    weighed = [
        one.append_column(_ROWS, pa.array(np.full(one.num_rows, sign)))
        for one, sign in ((ours, 1), (theirs, -1))
    ]
    left = pa.concat_tables(weighed).group_by(names).aggregate([(_ROWS, "sum")])
    return not pc.any(pc.not_equal(left.column(f"{_ROWS}_sum"), 0)).as_py()


def groups_of(
    people: pa.Table, hierarchies: Sequence[Hierarchy], node: Mapping[str, int]
) -> dict[tuple[tuple[str | None, ...], ...], int]:
    """Per group its labels from the chosen level up, and its rows.

    Args:
        people: Rows at the chosen levels.
        hierarchies: Of the columns that others may know.
        node: The level of each.
    """
    quasi = [hierarchy.column for hierarchy in hierarchies]
    counted = _counted(people, quasi)
    paths = [_paths(hierarchy, node[hierarchy.column]) for hierarchy in hierarchies]
    keys = zip(*(counted.column(name).to_pylist() for name in quasi), strict=True)
    return {
        tuple(path[value] for path, value in zip(paths, _key(key), strict=True)): rows
        for key, rows in zip(keys, counted.column(_ROWS).to_pylist(), strict=True)
    }


def _paths(hierarchy: Hierarchy, level: int) -> dict[object, tuple[str | None, ...]]:
    """Per label of a level that label and those of all coarser levels, as texts."""
    finest = {int(code): at for at, code in enumerate(hierarchy.codes[level])}
    return {
        hierarchy.labels[level][code].as_py(): tuple(
            _text(hierarchy.labels[up][int(hierarchy.codes[up, at])].as_py())
            for up in range(level, hierarchy.height)
        )
        for code, at in finest.items()
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _sizes(people: pa.Table, table: TablePlan, person: str | None) -> dict[int, int]:
    """How many groups there are per number of persons, small ones first."""
    quasi = list(table.quasi)
    each = people
    if person is not None:
        each = people.group_by([*quasi, person]).aggregate([])
    counts = Counter(_counted(each, quasi).column(_ROWS).to_pylist())
    return dict(sorted(counts.items()))


def most_rows(content: pa.Table, person: str | None) -> int:
    """The most rows of one person."""
    if person is None:
        return 1
    return int(pc.max(_counted(content, [person]).column(_ROWS)).as_py())


def _counted(table: pa.Table, names: Sequence[str]) -> pa.Table:
    """Rows per combination of values."""
    counted = table.select(list(names)).group_by(list(names)).aggregate([([], "count_all")])
    return counted.rename_columns([*names, _ROWS])


def _plain(table: pa.Table) -> pa.Table:
    columns = [_as_plain(column) for column in table.columns]
    return pa.table(columns, names=table.schema.names)


def _as_plain(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """Values instead of places in a dictionary, as every other delivered column has them."""
    kind = column.type
    return column.cast(kind.value_type) if pa.types.is_dictionary(kind) else column
