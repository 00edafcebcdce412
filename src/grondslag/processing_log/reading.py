"""Reading a log back: its entry, its records in the words of the standard, its hash."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from grondslag.canonical.bytes import sha256_of_file
from grondslag.errors import InputError, IntegrityError
from grondslag.processing_log.entry import LogEntry
from grondslag.processing_log.writing import METADATA, PERSON

_RESOURCE = {"attributes": {"service.name": "grondslag"}}


def open_log(path: Path) -> tuple[Any, LogEntry]:
    """Open a log: the Parquet file, and what its records share.

    Raises:
        InputError: There is no such file.
        IntegrityError: It is damaged, no log, or stands under another name or year.
    """
    try:
        file = pq.ParquetFile(path, memory_map=True)
        entry = LogEntry.from_json(file.metadata.metadata[METADATA])
    except FileNotFoundError:
        raise InputError("processing_log.no-such-log", file=str(path)) from None
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError, InputError) as error:
        raise IntegrityError("processing_log.damaged", file=str(path)) from error
    if (path.name, path.parent.name) != (f"{entry.delivery_id}.parquet", str(entry.year)):
        raise IntegrityError("processing_log.misplaced", file=str(path))
    return file, entry


def read_entry(path: Path) -> LogEntry:
    """What the records of a log share; see `open_log` for what is refused."""
    file, entry = open_log(path)
    file.close()
    return entry


def as_ldv(path: Path) -> Iterator[dict[str, Any]]:
    """Each record in the field names of the standard; ids in hex.

    Raises:
        InputError: There is no such file.
        IntegrityError: It is damaged or stands under another name.

    Source:
        Logboek Dataverwerkingen 0.8: times in milliseconds, one data subject per record.
    """
    file, _ = open_log(path)
    try:
        for batch in file.iter_batches():
            for row in batch.to_pylist():
                yield _record(row)
    except (pa.ArrowException, OSError) as error:
        raise IntegrityError("processing_log.damaged", file=str(path)) from error
    finally:
        file.close()


def verify_file(path: Path, sha256: str) -> None:
    """Check that a log is, byte for byte, the one that was written.

    Args:
        path: The file.
        sha256: As returned when it was written.

    Raises:
        InputError: There is no such file.
        IntegrityError: It was changed.
    """
    if not path.is_file():
        raise InputError("processing_log.no-such-log", file=str(path))
    if sha256_of_file(path) != sha256:
        raise IntegrityError("processing_log.changed", file=str(path))


def _record(row: dict[str, Any]) -> dict[str, Any]:
    record = {
        "trace_id": row["trace_id"].hex(),
        "span_id": row["span_id"].hex(),
        "status": row["status"],
        "name": row["name"],
        "start_time": row["start_time"],
        "end_time": row["end_time"],
        "resource": _RESOURCE,
        "attributes": {
            "dpl.core.processing_activity_id": row["processing_activity_id"],
            "dpl.core.data_subject_id": row[PERSON].hex(),
            "dpl.core.data_subject_id_type": row["data_subject_id_type"],
        },
    }
    if row["parent_span_id"] is not None:
        record["parent_span_id"] = row["parent_span_id"].hex()
    return record
