"""A query plan over loaded relations: persons hashed once, protections counted, results made.

Knows no file, no approval and no vault: relations come in by name, the project key as a function
from persons to tokens. That is also how the reference in the tests runs it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from grondslag.anonymise import deidentify
from grondslag.delivery.compile import (
    Statement,
    counts_statement,
    duplicates_statement,
    group_statement,
    output_statement,
    people_statement,
    result_statement,
    totals_statement,
)
from grondslag.delivery.model import Cut, Protection, ScanPlan, TablePlan
from grondslag.errors import DisclosureRefusedError, InputError
from grondslag.sources import Engine
from grondslag.vocabulary import OutputStep

Tokens = Callable[[Iterable[str]], Sequence[bytes | None]]
"""From distinct persons to their 16-byte tokens under the project key."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What one protection left out.

    Args:
        protection: Which.
        dataset: Of which dataset.
        rows: How many rows, or cells for `SMALL_CELLS`, or values for `COARSENED`.
        column: The column it looked at, when it is one.
        persons: How many distinct persons, where persons are what is counted.
    """

    protection: Protection
    dataset: str
    rows: int
    column: str = ""
    persons: int | None = None


@dataclass(slots=True)
class TableResult:
    """One delivered table, with what was left out of it.

    Args:
        plan: Its plan.
        reader: The rows, in batches, in an order independent of the source.
        removed: Per protection what it left out.
        rows: Rows of the source that stayed.
        cells: For aggregates: how many cells.
        smallest_group: The smallest group that looks alike; None where nothing identifies.
        groups: How many groups there are per size, small sizes first.
        persons: Persons in it, as the source writes them; for the processing log only.
        statements: What ran, in order; no key and no pseudonym is in it.
    """

    plan: TablePlan
    reader: pa.RecordBatchReader
    removed: list[Removed]
    rows: int
    cells: int
    smallest_group: int | None
    groups: Mapping[int, int]
    persons: pa.Array = field(repr=False)
    statements: tuple[Statement, ...]


def run_table(
    engine: Engine,
    table: TablePlan,
    *,
    tokens: Tokens,
    objectors: Mapping[str, pa.Array],
) -> TableResult:
    """Run one table; its sources stand in the engine as ``source_0``, ``source_1``, ...

    Args:
        engine: Holds the relations.
        table: What to make.
        tokens: Hashes persons under the project key; called once, with distinct persons.
        objectors: Per dataset with objections: the persons to leave out, as text.

    Raises:
        InputError: A row names no person where persons must be counted, or a joined dataset
            holds a person twice.
        DisclosureRefusedError: The smallest group is below the minimum.
    """
    numbers = {scan.dataset: at for at, scan in enumerate(table.scans)}
    removed: list[Removed] = []
    statements: list[Statement] = []
    left: dict[str, int] = {}
    for scan in table.scans:
        counts = counts_statement(scan, numbers[scan.dataset])
        found = _one(engine, counts)
        statements.append(counts)
        left[scan.dataset] = _count_cuts(scan, found, removed)
    persons = _register_people(engine, table, numbers, tokens, objectors, statements)
    for scan in table.joined:
        _check_once(engine, scan, numbers[scan.dataset])
    made = result_statement(table, numbers)
    engine.execute(made.sql, made.parameters or None)
    statements.append(made)
    totals = _one(engine, totals_statement(table))
    if table.scan.objections:
        gone = left[table.scan.dataset] - totals["rows"]
        removed.append(Removed(Protection.OBJECTION, table.scan.dataset, gone))
    if table.is_aggregate:
        removed.append(Removed(Protection.SMALL_CELLS, table.name, totals["small_cells"]))
    groups = _groups(engine, table, totals["rows"])
    output = output_statement(table)
    statements.append(output)
    relation = engine.sql(output.sql, params=output.parameters or None)
    return TableResult(
        plan=table,
        reader=_cleaned(relation.to_arrow_reader(100_000), table),
        removed=removed,
        rows=totals["rows"],
        cells=totals.get("cells", 0),
        smallest_group=min(groups, default=None),
        groups=groups,
        persons=persons,
        statements=tuple(statements),
    )


def _one(engine: Engine, statement: Statement) -> dict[str, int]:
    relation = engine.sql(statement.sql, params=statement.parameters or None)
    return dict(zip(relation.columns, relation.fetchall()[0], strict=True))


def _count_cuts(scan: ScanPlan, found: Mapping[str, int], removed: list[Removed]) -> int:
    """Note what each cut left out; the rows that stay."""
    stays = found["total"]
    for at, cut in enumerate(scan.cuts):
        removed.append(_removed(cut, scan, found[f"cut_{at}"]))
        stays -= found[f"cut_{at}"]
    if found.get("nobody"):
        raise InputError("delivery.rows-without-person", dataset=scan.dataset, column=scan.person)
    if scan.mark:
        marked = found["marked"]
        if scan.mark.leave_out:
            removed.append(Removed(Protection.SECRECY, scan.dataset, marked, scan.mark.column))
            stays -= marked
        elif any(column.marked_form not in (None, column.form) for column in scan.columns):
            removed.append(Removed(Protection.COARSENED, scan.dataset, marked, scan.mark.column))
    return stays


def _removed(cut: Cut, scan: ScanPlan, rows: int) -> Removed:
    return Removed(cut.protection, scan.dataset, rows, cut.column)


def _register_people(
    engine: Engine,
    table: TablePlan,
    numbers: Mapping[str, int],
    tokens: Tokens,
    objectors: Mapping[str, pa.Array],
    statements: list[Statement],
) -> pa.Array:
    """Hash each distinct person of the table once, and register who may be in it.

    Returns:
        The persons that may be in the table, as text.
    """
    native: dict[str, pa.Array] = {}
    texts: dict[str, pa.Array] = {}
    for scan in table.scans:
        if not scan.person:
            continue
        statement = people_statement(scan, numbers[scan.dataset])
        statements.append(statement)
        relation = engine.sql(statement.sql, params=statement.parameters or None)
        people = relation.to_arrow_table().column("person").combine_chunks()
        text = people.cast(pa.string())
        if scan.objections:
            stays = pc.invert(pc.is_in(text, value_set=objectors[scan.dataset].cast(pa.string())))
            people, text = people.filter(stays), text.filter(stays)
        native[scan.dataset], texts[scan.dataset] = people, text
    if not texts:
        return pa.array([], pa.string())
    everyone = pc.unique(pa.chunked_array(list(texts.values())))
    hashed = pa.array(tokens(everyone.to_pylist()), pa.binary(16))
    order = pc.sort_indices(hashed.cast(pa.binary()))
    everyone, hashed = everyone.take(order), hashed.take(order)
    for dataset, text in texts.items():
        number = pc.index_in(text, value_set=everyone)
        people = pa.table(
            {"person": native[dataset], "number": number, "token": hashed.take(number)}
        )
        name = f"people_{numbers[dataset]}"
        engine.register(f"{name}_arrow", people)
        engine.table(f"{name}_arrow").create(name)
        engine.unregister(f"{name}_arrow")
    return texts[table.scan.dataset] if table.scan.person else everyone


def _check_once(engine: Engine, scan: ScanPlan, number: int) -> None:
    twice = _one(engine, duplicates_statement(scan, number))["twice"]
    if twice:
        raise InputError("delivery.person-twice", dataset=scan.dataset, column=scan.person)


def _groups(engine: Engine, table: TablePlan, rows: int) -> dict[int, int]:
    """Sizes of groups that look alike; refused when the smallest is below the minimum.

    An aggregate withholds small cells instead; open data and identified persons have no groups.
    """
    checked = table.output in (OutputStep.ANONYMOUS, OutputStep.PSEUDONYMOUS)
    if not checked or not table.quasi or not rows:
        return {}
    statement = group_statement(table)
    found = engine.sql(statement.sql, params=statement.parameters or None).fetchall()
    groups = {int(size): int(count) for size, count in found}
    smallest = min(groups)
    if smallest < table.minimum:
        raise DisclosureRefusedError(
            "delivery.group-too-small",
            dataset=table.name,
            minimum=table.minimum,
            columns=table.quasi,
        )
    return groups


def _cleaned(reader: pa.RecordBatchReader, table: TablePlan) -> pa.RecordBatchReader:
    """The reader, with free text de-identified where the plan asked for it."""
    texts = [c.name for c in table.columns if c.form.name == "deidentified"]
    if not texts:
        return reader

    def batches() -> Iterable[pa.RecordBatch]:
        for batch in reader:
            for name in texts:
                at = batch.schema.get_field_index(name)
                clean = [None if t is None else deidentify(t) for t in batch.column(at).to_pylist()]
                batch = batch.set_column(at, name, pa.array(clean, pa.string()))  # noqa: PLW2901
            yield batch

    return pa.RecordBatchReader.from_batches(reader.schema, batches())
