"""Files of any size, whole or absent: written beside their name, then renamed."""

import csv
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from grondslag.errors import SourceError

_ROW_GROUP = 250_000


@contextmanager
def aside(path: Path) -> Iterator[Path]:
    """A name beside *path* to write to; renamed to *path* when all went well.

    Raises:
        SourceError: The disk is full or the folder cannot be written.
    """
    unfinished: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        os.close(handle)
        unfinished = Path(name)
        yield unfinished
        unfinished.chmod(0o644)
        unfinished.replace(path)
        unfinished = None
    except (OSError, sqlite3.OperationalError, pa.ArrowException) as error:
        raise SourceError("synthetic.cannot-write", file=path.name) from error
    finally:
        if unfinished is not None:
            unfinished.unlink(missing_ok=True)


def write_csv(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    encoding: str = "utf-8",
    delimiter: str = ";",
) -> None:
    """A CSV file as an office program saves it: lines end in CR LF."""
    with aside(path) as file, file.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_parquet(path: Path, table: pa.Table) -> None:
    """A Parquet file in row groups."""
    with aside(path) as file:
        pq.write_table(table, file, row_group_size=_ROW_GROUP, compression="zstd")


def write_sqlite(path: Path, create: str, insert: str, rows: Iterable[Sequence[object]]) -> None:
    """A SQLite database with one table.

    Args:
        path: Where.
        create: The statement that makes the table, written in full where it is known.
        insert: The statement that adds one row.
        rows: All rows.
    """
    with aside(path) as file, closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute(create)
        database.executemany(insert, rows)
        database.commit()


def write_features(path: Path, features: Sequence[Mapping[str, Any]]) -> None:
    """A GeoJSON file, one feature a line.

    Source:
        RFC 7946.
    """
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in features)
    with aside(path) as file:
        file.write_text(
            f'{{"type": "FeatureCollection", "features": [\n{lines}\n]}}\n', encoding="utf-8"
        )
