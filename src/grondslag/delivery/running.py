"""A query plan over loaded relations: persons hashed once, protections counted, results made.

Knows no file, no approval and no vault: relations come in by name, the project key as a function
from persons to tokens. That is also how the reference in the tests runs it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from grondslag.anonymise import Names, deidentify
from grondslag.delivery.compile import (
    compiled,
    group_statement,
    kept_totals_statement,
    tidy_statements,
    totals_statement,
)
from grondslag.delivery.model import ObjectionPlan, Protection, ScanPlan, TablePlan
from grondslag.delivery.persons import person_texts
from grondslag.delivery.statements import Compiled, Statement
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
        reader: The rows, in batches, in an order independent of the source; for anonymous records
            with the number of the person behind them, and not anonymous yet.
        removed: Per protection what it left out.
        rows: Rows of the source that stayed.
        cells: For aggregates: how many cells.
        smallest_group: The smallest group that looks alike; None where nothing identifies.
        groups: How many groups there are per size, small sizes first.
        persons: Persons in it, as the source writes them; for the processing log only.
        statements: What ran, in order; no key and no pseudonym is in it.
        anonymisation: For anonymous records: how they came about, for the manifest.
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
    anonymisation: Mapping[str, Any] | None = None


def run_table(
    engine: Engine,
    table: TablePlan,
    *,
    tokens: Tokens,
    objectors: Mapping[str, pa.Array],
    names: Names | None = None,
) -> TableResult:
    """Run one table; its sources stand in the engine as ``source_0``, ``source_1``, ...

    Args:
        engine: Holds the relations.
        table: What to make.
        tokens: Hashes persons under the project key; called once, with distinct persons.
        objectors: Per dataset with objections: the persons to leave out, as text.
        names: What finds names in free text; left out, they stay in it.

    Raises:
        InputError: A row names no person where persons must be counted, or a joined dataset
            holds a person twice.
        DisclosureRefusedError: The smallest group is below the minimum.
    """
    made = compiled(table)
    kept = [_keep(engine, scan, made, number) for number, scan in enumerate(table.scans)]
    removed = [item for one in kept for item in one.removed]
    people = _admitted(engine, table, made, kept, objectors)
    removed += [item for one in people for item in one.removed]
    _register_people(engine, people, tokens)
    _run(engine, made.result)
    for statement in tidy_statements(table):
        _run(engine, statement)
    totals = _one(engine, totals_statement(table))
    if table.scan.objections:
        gone = kept[0].rows - totals["rows"]
        removed.append(Removed(Protection.OBJECTION, table.scan.dataset, gone))
    if table.is_aggregate:
        removed.append(Removed(Protection.SMALL_CELLS, table.name, totals["small_cells"]))
    groups = _groups(engine, table, totals["rows"])
    relation = engine.sql(made.output.sql, params=made.output.parameters or None)
    return TableResult(
        plan=table,
        reader=_cleaned(relation.to_arrow_reader(100_000), table, names),
        removed=removed,
        rows=totals["rows"],
        cells=totals.get("cells", 0),
        smallest_group=min(groups, default=None),
        groups=groups,
        persons=people[0].distinct if table.scan.person else pa.array([], pa.string()),
        statements=made.in_order,
    )


def objecting_persons(rows: pa.Table, found: ObjectionPlan) -> pa.Array:
    """The persons whose objection counts for this project, as text.

    An objection without a purpose is one against every purpose, and one without a state has not
    been turned down: what is not known lets nobody's data pass.

    Args:
        rows: The dataset of objections.
        found: Which of its columns tell what, and which purposes and states count.

    Source:
        GDPR arts. 18(1)(d) and 21(1): no processing while an objection is pending.
    """
    counts = [
        pc.or_(pc.is_null(values), pc.is_in(values, pa.array(known, pa.string())))
        for values, known in (
            (rows.column(found.purpose).cast(pa.string()), found.purposes),
            (rows.column(found.state).cast(pa.string()), found.states),
        )
    ]
    persons = person_texts(rows.column(found.person), national_id=found.is_national_id)
    return pc.unique(persons.filter(pc.and_(*counts)).drop_null())


@dataclass(frozen=True, slots=True)
class _Kept:
    """One dataset after its cuts: the rows that stay, and what was left out."""

    rows: int
    removed: tuple[Removed, ...]


@dataclass(frozen=True, slots=True)
class _People:
    """The persons of one dataset who may be in the table.

    As the source has them, as text, and each text once: a citizen service number can stand in a
    source with and without its zeros.
    """

    number: int
    native: pa.Array = field(repr=False)
    texts: pa.Array = field(repr=False)
    distinct: pa.Array = field(repr=False)
    removed: tuple[Removed, ...] = ()


def _run(engine: Engine, statement: Statement) -> None:
    engine.execute(statement.sql, statement.parameters or None)


def _one(engine: Engine, statement: Statement) -> dict[str, int]:
    relation = engine.sql(statement.sql, params=statement.parameters or None)
    return dict(zip(relation.columns, relation.fetchall()[0], strict=True))


def _keep(engine: Engine, scan: ScanPlan, made: Compiled, number: int) -> _Kept:
    """Make the rows that stay, and note what each cut and the secrecy mark left out."""
    counted = _one(engine, made.counts[number])
    _run(engine, made.kept[number])
    totals = _one(engine, kept_totals_statement(scan, number))
    rows = totals["rows"]
    left = counted["total"] - rows
    removed: list[Removed] = []
    for at, cut in enumerate(scan.cuts):
        # What the last remover left out is the rest: its column was not read twice.
        here = counted.get(f"cut_{at}", left)
        removed.append(Removed(cut.protection, scan.dataset, here, cut.column))
        left -= here
    if scan.mark and scan.mark.leave_out:
        removed.append(Removed(Protection.SECRECY, scan.dataset, left, scan.mark.column))
    elif scan.mark and scan.coarsens:
        marked = totals["marked"]
        removed.append(Removed(Protection.COARSENED, scan.dataset, marked, scan.mark.column))
    return _Kept(rows, tuple(removed))


def _admitted(
    engine: Engine,
    table: TablePlan,
    made: Compiled,
    kept: Sequence[_Kept],
    objectors: Mapping[str, pa.Array],
) -> list[_People]:
    """Per dataset with persons: who may be in the table, after objections."""
    with_persons = [(number, scan) for number, scan in enumerate(table.scans) if scan.person]
    admitted = []
    for (number, scan), statement in zip(with_persons, made.people, strict=True):
        relation = engine.sql(statement.sql, params=statement.parameters or None)
        native = relation.to_arrow_table().column("person").combine_chunks()
        texts = person_texts(native, national_id=scan.is_national_id)
        distinct = pc.unique(texts) if scan.is_national_id else texts
        if native.null_count or pc.any(pc.equal(texts, "")).as_py():
            raise InputError(
                "delivery.rows-without-person", dataset=scan.dataset, column=scan.person
            )
        if number and not len(distinct) == len(native) == kept[number].rows:
            raise InputError("delivery.person-twice", dataset=scan.dataset, column=scan.person)
        removed: tuple[Removed, ...] = ()
        if scan.objections:
            stays = pc.invert(pc.is_in(texts, value_set=objectors[scan.dataset].cast(pa.string())))
            native, texts = native.filter(stays), texts.filter(stays)
            distinct = pc.unique(texts) if scan.is_national_id else texts
            if number:  # a joined dataset has one row per person; the first is counted by its rows
                gone = kept[number].rows - len(native)
                removed = (Removed(Protection.OBJECTION, scan.dataset, gone),)
        admitted.append(_People(number, native, texts, distinct, removed))
    return admitted


def _register_people(engine: Engine, people: Sequence[_People], tokens: Tokens) -> None:
    """Hash each distinct person of the table once, and register who may be in it.

    Only persons of the dataset the table rests on: of others nothing is delivered, so there is
    nothing to hash.
    """
    if not people:
        return
    first = people[0]
    hashed = pa.array(tokens(first.distinct.to_pylist()), pa.binary(16))
    everyone = pa.array(range(len(first.distinct)), pa.int32())
    for one in people:
        # The same person has one token, so whoever has the same text has the same number.
        is_everyone = one is first and len(one.texts) == len(first.distinct)
        number = everyone if is_everyone else pc.index_in(one.texts, value_set=first.distinct)
        known = pa.table({"person": one.native, "number": number, "token": hashed.take(number)})
        name = f"people_{one.number}"
        engine.register(f"{name}_arrow", known.filter(pc.is_valid(number)))
        engine.table(f"{name}_arrow").create(name)
        engine.unregister(f"{name}_arrow")


def _groups(engine: Engine, table: TablePlan, rows: int) -> dict[int, int]:
    """Sizes of groups that look alike; refused when the smallest is below the minimum.

    Where nothing sets persons apart, all of them together are the group. An aggregate withholds
    small cells instead, anonymous records get their groups afterwards; open data and identified
    persons have none.
    """
    checked = table.output is OutputStep.PSEUDONYMOUS
    if not checked or not rows or not (table.quasi or table.scan.person):
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


def _cleaned(
    reader: pa.RecordBatchReader, table: TablePlan, names: Names | None
) -> pa.RecordBatchReader:
    """The reader, with free text de-identified where the plan asked for it.

    Then the rows are put in order once more, by the texts as they are delivered: by the raw ones
    the order would tell what was taken out of them.
    """
    if not table.texts:
        return reader
    content = reader.read_all()
    for name in table.texts:
        texts = content.column(name).to_pylist()
        clean = pa.array(
            [None if t is None else deidentify(t, names=names) for t in texts], pa.string()
        )
        content = content.set_column(content.schema.get_field_index(name), name, clean)
    return content.sort_by([(name, "ascending") for name in content.schema.names]).to_reader()
