"""CSV, GeoJSON and SQLite: only the wanted columns, as text, in batches."""

import codecs
import csv
import json
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv

from grondslag.contracts import Contract
from grondslag.errors import InputError, SourceError
from grondslag.sources.statements import select_columns

_BLOCK = 8 << 20
_ROWS = 50_000
_MARKS = {"utf-8": codecs.BOM_UTF8, "utf-16": codecs.BOM_UTF16_LE}


def csv_batches(path: Path, contract: Contract, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """The wanted columns of a CSV file; memory use does not grow with the file.

    Raises:
        InputError: No header, a missing column, a row with too many or too few fields, or bytes
            that are not in the encoding the contract names; with the line.
    """
    reading = contract.reading
    header = csv_names(path, contract)
    _check_header(header, contract, names)
    # An empty line is a missing value where there is one column, and nothing where there are more.
    blank_is_nothing = len(header) > 1
    try:
        with pacsv.open_csv(
            path,
            read_options=pacsv.ReadOptions(encoding=reading.encoding, block_size=_BLOCK),
            parse_options=pacsv.ParseOptions(
                delimiter=reading.delimiter,
                newlines_in_values=True,
                ignore_empty_lines=blank_is_nothing,
            ),
            convert_options=pacsv.ConvertOptions(
                include_columns=list(names),
                column_types=dict.fromkeys(names, pa.string()),
                strings_can_be_null=False,
            ),
        ) as reader:
            yield from reader
    except UnicodeDecodeError as error:
        raise _encoding_fault(path, contract) from error
    except pa.ArrowInvalid as error:
        if "UTF8" in str(error):
            raise _encoding_fault(path, contract) from error
        if "Empty CSV" in str(error):  # a header, and not even the end of its line
            return
        raise InputError(
            "sources.broken-row", file=path.name, line=_broken_line(path, contract)
        ) from error


def csv_names(path: Path, contract: Contract) -> tuple[str, ...]:
    """The names in the first line.

    Raises:
        InputError: There is no first line, or it is not in the encoding the contract names.
    """
    try:
        with path.open("r", encoding=_codec(contract), newline="") as stream:
            line = stream.readline(1 << 20)
    except UnicodeError as error:
        raise _encoding_fault(path, contract) from error
    if not line.strip():
        raise InputError("sources.empty-file", dataset=contract.name, file=path.name)
    return tuple(next(csv.reader([line], delimiter=contract.reading.delimiter)))


def _codec(contract: Contract) -> str:
    return "utf-8-sig" if contract.reading.encoding == "utf-8" else contract.reading.encoding


def _check_header(header: Sequence[str], contract: Contract, names: Sequence[str]) -> None:
    for name in names:
        if header.count(name) != 1:
            raise InputError(
                "sources.no-such-column",
                dataset=contract.name,
                column=name,
                delimiter=contract.reading.delimiter,
                contract=contract.file,
            )


def _encoding_fault(path: Path, contract: Contract) -> InputError:
    """The first line whose bytes are not in the promised encoding."""
    decoder = codecs.getincrementaldecoder(contract.reading.encoding)()
    line = 1
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 16):
            try:
                line += decoder.decode(chunk).count("\n")
            except UnicodeDecodeError as error:
                line += chunk[: error.start].count(b"\n")
                break
    return InputError(
        "sources.wrong-encoding",
        dataset=contract.name,
        file=path.name,
        line=line,
        encoding=contract.reading.encoding,
        contract=contract.file,
    )


def _broken_line(path: Path, contract: Contract) -> int:
    """The first line whose number of fields differs from the header's."""
    with path.open("r", encoding=_codec(contract), newline="") as stream:
        rows = csv.reader(stream, delimiter=contract.reading.delimiter)
        width = len(next(rows))
        try:
            for row in rows:
                if row and len(row) != width:
                    return rows.line_num
        except csv.Error:
            return rows.line_num
    return 1


def geojson_batches(
    path: Path, contract: Contract, names: Sequence[str]
) -> Iterator[pa.RecordBatch]:
    """The wanted properties of a GeoJSON file; ``geometry`` is the geometry itself, as JSON.

    Raises:
        InputError: Not a GeoJSON FeatureCollection in UTF-8, or a property is missing.

    Source:
        RFC 7946, sections 3.2 and 3.3.
    """
    try:
        content = json.loads(path.read_bytes())
        features = content["features"]
        rows = [
            {**(feature["properties"] or {}), "geometry": feature["geometry"]}
            for feature in features
        ]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError("sources.no-geojson", dataset=contract.name, file=path.name) from error
    for name in names:
        if not any(name in row for row in rows):
            raise InputError(
                "sources.no-such-column",
                dataset=contract.name,
                column=name,
                delimiter="GeoJSON",
                contract=contract.file,
            )
    for start in range(0, len(rows), _ROWS):
        part = rows[start : start + _ROWS]
        yield pa.record_batch(
            [pa.array([_as_text(row.get(name)) for row in part], pa.string()) for name in names],
            names=list(names),
        )


def _as_text(value: object) -> str | None:
    if value is None:
        return None
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def sqlite_batches(
    path: Path, contract: Contract, names: Sequence[str]
) -> Iterator[pa.RecordBatch]:
    """The wanted columns of a table in a SQLite file, opened for reading only.

    Raises:
        InputError: Not a SQLite file, no such table, or a column is missing.
        SourceError: The file is damaged.
    """
    # The engine pulls batches from a thread of its own, one at a time.
    address = f"{path.as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True, check_same_thread=False)
    try:
        connection.execute("PRAGMA query_only = ON")
        present = {
            str(row[0])
            for row in connection.execute(
                "SELECT name FROM pragma_table_info(?)", [contract.server.table]
            )
        }
        if not present:
            raise InputError(
                "sources.no-such-table",
                dataset=contract.name,
                file=path.name,
                table=contract.server.table,
            )
        for name in names:
            if name not in present:
                raise InputError(
                    "sources.no-such-column",
                    dataset=contract.name,
                    column=name,
                    delimiter="SQLite",
                    contract=contract.file,
                )
        yield from _sqlite_rows(connection, contract.server.table, names)
    except sqlite3.DatabaseError as error:
        raise SourceError("sources.no-sqlite", dataset=contract.name, file=path.name) from error
    finally:
        connection.close()


def _sqlite_rows(
    connection: sqlite3.Connection, table: str, names: Sequence[str]
) -> Iterator[pa.RecordBatch]:
    cursor = connection.execute(select_columns(names, table=table, dialect="sqlite"))
    while rows := cursor.fetchmany(_ROWS):
        yield pa.record_batch(
            [pa.array(column, pa.string()) for column in zip(*rows, strict=True)],
            names=list(names),
        )
