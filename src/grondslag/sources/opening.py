"""A mandate and a contract to a `Source`: the one choke point of the engine."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import duckdb
import pyarrow as pa

from grondslag.approval import Mandate
from grondslag.canonical import sha256_of_file
from grondslag.contracts import Column, Contract
from grondslag.errors import ApprovalError, GrondslagError, InputError, SourceError
from grondslag.sources.engine import Engine
from grondslag.sources.location import Location
from grondslag.sources.names import names_in_file
from grondslag.sources.parquet import parquet_batches
from grondslag.sources.postgres import postgres_batches
from grondslag.sources.repeats import REPEATS, split_repeats
from grondslag.sources.texts import csv_batches, geojson_batches, sqlite_batches
from grondslag.sources.typing import ARROW_TYPES, UnreadableValues, typed_batches

_TEXT_KINDS = {"csv": csv_batches, "geojson": geojson_batches, "sqlite": sqlite_batches}


@dataclass(slots=True)
class Source:
    """An opened dataset: some columns of it, and no more.

    Args:
        contract: Describes it.
        location: Where it stands.
        columns: The columns that may be read.
        sha256: Hash over the file's bytes; empty for a database server.
        size: The file's size in bytes; 0 for a database server.
        faults: Per column what did not fit its type; complete after `load`.
        marks_repeats: Whether each row gets a mark in a column ``repeats``: the same as an earlier
            row in every column of the source.
    """

    contract: Contract
    location: Location
    columns: tuple[Column, ...]
    sha256: str
    size: int
    faults: dict[str, UnreadableValues] = field(default_factory=dict)
    marks_repeats: bool = False
    _days: tuple[str, date, date] | None = None
    _fault: GrondslagError | None = None

    def load(self, engine: Engine, name: str) -> None:
        """Make the relation *name* in the engine, in the types of the contract.

        A Parquet file in the types of the contract is read where it stands, each time; other
        sources are read once, so that what does not fit its type is counted.

        Raises:
            InputError: The file has no such column, or can't be read as the contract says.
            SourceError: It was changed while it was read, or is damaged.
        """
        try:
            if self.location.server.kind != "parquet" or not self._load_parquet(engine, name):
                self._load_batches(engine, name)
        except (duckdb.Error, OSError) as error:
            if self._fault is not None:  # ours, wrapped by the engine on its way through
                raise self._fault from error
            if isinstance(error, duckdb.OutOfMemoryException):
                raise
            raise SourceError(
                "sources.damaged", dataset=self.contract.name, reason=type(error).__name__
            ) from error
        self.location.check_unchanged()

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows in the order of the file, in the types of the contract.

        A value that does not fit its type is missing, and stands in `faults`.

        Raises:
            InputError: The file has no such column, or can't be read as the contract says.
            SourceError: It was changed while it was read, or is damaged.
        """
        schema = pa.schema([(column.name, ARROW_TYPES[column.type]) for column in self.columns])
        yield from self._batches(schema)
        self.location.check_unchanged()

    def check_readable(self) -> None:
        """Refuse when a value did not fit its type.

        Raises:
            InputError: The first such column, with how many values and the first line.
        """
        for column in self.columns:
            fault = self.faults.get(column.name)
            if fault and fault.count:
                raise InputError(
                    "sources.unreadable-values",
                    dataset=self.contract.name,
                    column=column.name,
                    count=fault.count,
                    line=fault.lines[0],
                    type=column.type,
                    form=_form(self.contract, column),
                    contract=self.contract.file,
                )

    def _load_parquet(self, engine: Engine, name: str) -> bool:
        """Let the engine read the file itself; False when its types are not those promised."""
        relation = engine.read_parquet(str(self.location.path))
        types = dict(zip(relation.columns, map(str, relation.types), strict=True))
        for column in self.columns:
            if column.name not in types:
                raise InputError(
                    "sources.no-such-column",
                    dataset=self.contract.name,
                    column=column.name,
                    delimiter="Parquet",
                    contract=self.contract.file,
                )
        if any(types[one.name] not in _HELD_BY[str(one.type)] for one in self.columns):
            return False
        wanted = [
            duckdb.ColumnExpression(column.name)
            .cast(_HELD_BY[str(column.type)][0])
            .alias(column.name)
            for column in self.columns
        ]
        relation.select(*wanted).create_view(name)
        return True

    def _load_batches(self, engine: Engine, name: str) -> None:
        schema = pa.schema([(column.name, ARROW_TYPES[column.type]) for column in self.columns])
        batches = self._batches(schema)
        if self.marks_repeats:
            schema = schema.append(pa.field(REPEATS, pa.bool_()))
            batches = self._marked(schema)
        reader = pa.RecordBatchReader.from_batches(schema, self._kept(batches))
        stream = f"{name}_stream"
        engine.register(stream, reader)
        engine.table(stream).create(name)
        engine.unregister(stream)

    def _kept(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The same batches; a fault of ours is kept, for the engine gives back its own."""
        try:
            yield from batches
        except GrondslagError as fault:
            self._fault = fault
            raise

    def _marked(self, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        """The wanted columns, with a mark on each row that equals an earlier one."""
        kind = self.location.server.kind
        if self.location.path is None or kind not in _TEXT_KINDS:
            raise InputError("sources.repeats-only-in-texts", dataset=self.contract.name)
        everything = names_in_file(self.location.path, self.contract)
        marks: list[pa.Array] = []
        rows = split_repeats(
            _TEXT_KINDS[kind](self.location.path, self.contract, everything), marks
        )
        typed = typed_batches(
            rows,
            self.columns,
            self.contract.reading,
            self.faults,
            first_line=2 if kind == "csv" else 1,
        )
        for batch in typed:
            yield pa.record_batch([*batch.columns, marks.pop(0)], schema=schema)

    def _batches(self, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
        names = [column.name for column in self.columns]
        if self.location.server.kind == "postgres":
            for batch in postgres_batches(self.contract, names, self._days):
                yield batch.cast(schema)
            return
        if self.location.path is None:
            raise InputError("sources.not-a-file", dataset=self.contract.name)
        if self.location.server.kind == "parquet":
            yield from parquet_batches(self.location.path, self.contract, self.columns, self.faults)
            return
        read = _TEXT_KINDS[self.location.server.kind]
        yield from typed_batches(
            read(self.location.path, self.contract, names),
            self.columns,
            self.contract.reading,
            self.faults,
            first_line=2 if self.location.server.kind == "csv" else 1,
        )


_SMALLER = ("TINYINT", "SMALLINT", "INTEGER", "UTINYINT", "USMALLINT", "UINTEGER")
_HELD_BY: Mapping[str, tuple[str, ...]] = {
    "string": ("VARCHAR",),
    "integer": ("BIGINT", *_SMALLER),
    "number": ("DOUBLE", "FLOAT", *_SMALLER),
    "boolean": ("BOOLEAN",),
    "date": ("DATE",),
    "timestamp": ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS"),
}
"""Per type of a contract the engine's type, and those that become it without loss."""


def open_source(
    mandate: Mandate,
    contract: Contract,
    location: Location,
    *,
    columns: Sequence[str],
    days: tuple[str, date, date] | None = None,
    marks_repeats: bool = False,
) -> Source:
    """Open some columns of a dataset, under a mandate.

    Args:
        mandate: A sealed approval, or the owner's check mandate; made by `approval` only.
        contract: The dataset, exactly as the mandate names it.
        location: Where it stands, as `locate` found it.
        columns: Which columns; each must be allowed by the mandate.
        days: Column, first and last day: a database server sends no other rows.
        marks_repeats: Mark rows that equal an earlier row; for open data in files only.

    Raises:
        ApprovalError: No mandate, or it does not cover this contract or one of the columns.
        InputError: The file is empty.
    """
    if not isinstance(mandate, Mandate):
        raise ApprovalError("sources.no-mandate", dataset=contract.name)
    mandate.check_covers(contract)
    allowed = set(mandate.allowed_columns(contract.name))
    for name in columns:
        if name not in allowed:
            raise ApprovalError("sources.column-not-allowed", dataset=contract.name, column=name)
    wanted = tuple(contract.column(name) for name in dict.fromkeys(columns))
    size = 0
    digest = ""
    if location.path is not None:
        size = location.path.stat().st_size
        if size == 0:
            raise InputError("sources.empty-file", dataset=contract.name, file=location.path.name)
        digest = sha256_of_file(location.path)
    return Source(contract, location, wanted, digest, size, marks_repeats=marks_repeats, _days=days)


def _form(contract: Contract, column: Column) -> str:
    """How the contract says values of this column are written."""
    reading = contract.reading
    forms = {
        "date": reading.date_format,
        "timestamp": reading.timestamp_format,
        "number": f"1{reading.decimal}5",
        "integer": "15",
        "boolean": "ja, nee",
    }
    return forms.get(str(column.type), "tekst")
