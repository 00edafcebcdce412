"""A file larger than memory made anonymous: a data engine counts, and rows are written in parts.

The engine counts how often each combination stands in the file; that is all a search needs, and
all that is released follows from it. What was written is counted again before it gets its name.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from grondslag.anonymise.anonymising import Report, report_of
from grondslag.anonymise.asking import Roles, Wish, roles_of
from grondslag.anonymise.checking import counts_have_model
from grondslag.anonymise.choosing import Chosen, choose
from grondslag.anonymise.classes import Classes, classes_of_counts, mixed_keys
from grondslag.anonymise.grouping_loops import Small, Whole
from grondslag.anonymise.groups import SensitiveRisk
from grondslag.anonymise.hierarchies import Hierarchy, distinct_values
from grondslag.anonymise.measures import Measure
from grondslag.anonymise.models import Model
from grondslag.anonymise.releasing import Release
from grondslag.anonymise.search import Watch
from grondslag.errors import InputError, IntegrityError, SourceError

COUNT = "rows of this combination"
"""Name of the column with counts; a column of a file that is called the same is refused."""

PART = 1 << 21
"""Rows that are written at once."""


@dataclass(frozen=True, slots=True, eq=False)
class AnonymisedFile:
    """An anonymous file.

    Args:
        path: Where it stands: Parquet, in an order that says nothing about that of the source.
        node: The level of each quasi-identifier.
        report: What it cost and what risk is left.
    """

    path: Path
    node: Mapping[str, int]
    report: Report = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class _Entries:
    """What is released: so many rows of a group with the sensitive values of a combination.

    Args:
        groups: The group of each entry.
        combinations: A combination with its sensitive values; empty without sensitive columns.
        counts: How many rows.
    """

    groups: Whole
    combinations: Whole
    counts: Whole


def anonymise_file(  # noqa: PLR0913 - the whole question in one call, as `anonymise`
    source: Path,
    into: Path,
    *,
    hierarchies: Sequence[Hierarchy],
    model: Model | Sequence[Model],
    suppression: float = 0.0,
    measure: Measure | str = Measure.LOSS,
    weights: Mapping[str, float] | None = None,
    sensitive: Sequence[str] = (),
    local: bool = False,
    blind: bool = False,
    seconds: float | None = None,
    watch: Watch | None = None,
    memory: str = "4GB",
) -> AnonymisedFile:
    """Make a Parquet or CSV file anonymous at the least cost; every row is one person.

    Args:
        source: The file; every column is a quasi-identifier or sensitive.
        into: Where the anonymous Parquet file must stand; what stood there is replaced.
        hierarchies: One per quasi-identifier.
        model: What each group that looks alike must satisfy; none beside a population.
        suppression: The share of rows that may be left out, from 0 to 1.
        measure: Of what is lost.
        weights: Per column how much it matters to the question.
        sensitive: Columns that nobody should learn of someone. They are released as they are.
        local: Whether each group may then be as fine as its own people allow.
        blind: Whether the levels are chosen without looking at sensitive values.
        seconds: Stop searching after this time, with the best so far and how far off it can be.
        watch: Called with looks, best value and bound; False stops the search.
        memory: What the engine may use to count, as it writes that; the rest goes to disk.

    Raises:
        DisclosureRefusedError: No combination of levels satisfies the models; nothing is written.
        InputError: As `anonymise`, or a model beside a population.
        IntegrityError: What was written does not have the models after all; it is removed.
        SourceError: The file cannot be read or the other not written.
    """
    wish = Wish(
        suppression=suppression, measure=measure, weights=weights or {}, local=local, blind=blind,
        seconds=seconds, watch=watch,
    )  # fmt: skip
    models = (model,) if isinstance(model, Model) else tuple(model)
    if any(one.of_all is not None for one in models):
        raise InputError("anonymise.file-beside-population")
    with TemporaryDirectory(dir=into.parent, prefix=".anonymise-") as aside:
        part = Path(aside, "part.parquet")
        counting = duckdb.connect(
            config={"memory_limit": memory, "temp_directory": aside, "threads": 2,
                    "preserve_insertion_order": False}
        )  # fmt: skip
        with counting:
            rows = _read(counting, source)
            roles = roles_of(
                rows.columns, hierarchies=hierarchies, model=models, sensitive=sensitive,
                person=None,
            )  # fmt: skip
            combinations = _counted(rows, roles)
            classes = classes_of_counts(
                combinations, hierarchies, count=COUNT, sensitive=roles.sensitive
            )
            chosen = choose(classes, roles, wish)
            entries = _entries(combinations, classes, chosen.made, roles)
            _write(part, chosen.made, entries, combinations, roles)
            released = _counted(_read(counting, part), roles)
        _check(released, combinations, roles, chosen)
        try:
            part.replace(into)
        except OSError as error:
            raise SourceError("anonymise.file-not-written") from error
    report = report_of(
        classes, chosen, wish,
        before={name: _gives_away(combinations, roles.quasi, name) for name in roles.sensitive},
        after={name: _gives_away(released, roles.quasi, name) for name in roles.sensitive},
    )  # fmt: skip
    return AnonymisedFile(into, dict(zip(roles.quasi, chosen.made.node, strict=True)), report)


def _read(counting: duckdb.DuckDBPyConnection, source: Path) -> duckdb.DuckDBPyRelation:
    try:
        if source.suffix == ".parquet":
            return counting.read_parquet(str(source))
        return counting.read_csv(str(source))
    except duckdb.Error as error:
        raise SourceError("anonymise.file-not-read") from error


def _counted(rows: duckdb.DuckDBPyRelation, roles: Roles) -> pa.Table:
    """How often each combination stands in a file."""
    names = [*roles.quasi, *roles.sensitive]
    missing = next((name for name in names if name not in rows.columns), None)
    if missing is not None or COUNT in names:
        raise InputError(
            "anonymise.unknown-column", column=(missing or COUNT)[:63], known=rows.columns
        )
    columns = [duckdb.ColumnExpression(name) for name in names]
    count = duckdb.FunctionExpression("count_star").alias(COUNT)
    try:
        return rows.aggregate([*columns, count]).to_arrow_table()
    except duckdb.Error as error:
        raise SourceError("anonymise.file-not-read") from error


def _entries(combinations: pa.Table, classes: Classes, made: Release, roles: Roles) -> _Entries:
    """What is released, sorted by it."""
    order = np.lexsort(made.codes[::-1])
    if not roles.sensitive:
        return _Entries(order, np.zeros(0, np.int64), made.sizes[order])
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    groups = made.of_class[classes.of_row]
    kept = np.flatnonzero(groups >= 0)
    keys, widths = [ranks[groups[kept]]], [len(order)]
    for name in roles.sensitive:
        distinct, values = distinct_values(combinations.column(name).take(pa.array(kept)))
        places = np.empty(len(distinct), np.int64)
        places[pc.sort_indices(distinct).to_numpy()] = np.arange(len(distinct))
        keys.append(places[values])
        widths.append(len(distinct))
    _, firsts, entry = np.unique(mixed_keys(keys, widths), return_index=True, return_inverse=True)
    counts = np.bincount(entry, combinations.column(COUNT).to_numpy()[kept]).astype(np.int64)
    return _Entries(groups[kept[firsts]].astype(np.int64), kept[firsts], counts)


def _write(
    part: Path, made: Release, entries: _Entries, combinations: pa.Table, roles: Roles
) -> None:
    """Rows in parts: an entry is written as often as it counts."""
    writer = None
    try:
        for first, last, counts in _parts(entries.counts):
            entry = np.repeat(np.arange(first, last), counts)
            rows = _rows(made, entries.groups[entry], roles)
            for name in roles.sensitive:
                values = combinations.column(name).take(pa.array(entries.combinations[entry]))
                rows = rows.append_column(name, values)
            writer = writer or pq.ParquetWriter(part, rows.schema)
            writer.write_table(rows)
    except OSError as error:
        raise SourceError("anonymise.file-not-written") from error
    finally:
        if writer is not None:
            writer.close()


def _parts(counts: Whole) -> Iterator[tuple[int, int, Whole]]:
    """Entries of which the rows fit in one part, an entry cut where it does not."""
    ends = np.cumsum(counts)
    for begin in range(0, int(ends[-1]), PART):
        end = min(begin + PART, int(ends[-1]))
        first = int(np.searchsorted(ends, begin, "right"))
        last = int(np.searchsorted(ends, end, "left")) + 1
        here = counts[first:last].copy()
        here[0] = ends[first] - begin
        here[-1] -= ends[last - 1] - end
        yield first, last, here


def _rows(made: Release, groups: Whole, roles: Roles) -> pa.Table:
    columns: list[pa.Array] = []
    for codes, labels in zip(made.codes, made.labels, strict=True):
        here: Small = codes[groups]
        columns.append(pa.DictionaryArray.from_arrays(pa.array(here, pa.int32()), labels))
    return pa.table(columns, roles.quasi)


def _check(released: pa.Table, source: pa.Table, roles: Roles, chosen: Chosen) -> None:
    """Look again at every model and at the number of rows, from what was written."""
    written = int(released.column(COUNT).to_numpy().sum())
    for model in roles.models:
        if written != int(chosen.made.sizes.sum()) or not counts_have_model(
            released, model, quasi=roles.quasi, source=source, count=COUNT
        ):
            raise IntegrityError("anonymise.release-fails", model=type(model).__name__)


def _gives_away(counted: pa.Table, quasi: Sequence[str], about: str) -> SensitiveRisk:
    """Groups in which all have one value."""
    plain = counted.group_by([*quasi, about]).aggregate([(COUNT, "sum")])
    groups = plain.group_by(list(quasi)).aggregate([([], "count_all"), (f"{COUNT}_sum", "sum")])
    alike = groups.column("count_all").to_numpy() == 1
    persons = groups.column(f"{COUNT}_sum_sum").to_numpy()
    return SensitiveRisk(groups.num_rows, int(alike.sum()), int(persons[alike].sum()))
