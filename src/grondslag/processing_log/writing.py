"""The records of one delivery in one file: sorted by log pseudonym, columns compressed.

Row order comes from a keyed hash of this delivery alone, so it says nothing about the source, the
delivery or another log. A span id is random: an id made from a person would be a second pseudonym.
"""

import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from grondslag.canonical.bytes import sha256_hex
from grondslag.canonical.writing import sync_folder, write_bytes
from grondslag.errors import InputError, SourceError
from grondslag.processing_log.entry import LogEntry

METADATA = b"grondslag.processing_log"
PERSON = "data_subject_id"
_ROWS_PER_GROUP = 1 << 15


@dataclass(frozen=True, slots=True)
class LogFile:
    """A log as written: its hash goes into the proof of the delivery and the audit chain.

    Args:
        path: Where it stands.
        sha256: Of its bytes, hex.
        records: Persons in it.
    """

    path: Path
    sha256: str
    records: int


def write_log(
    folder: Path, *, entry: LogEntry, identifiers: Iterable[str], log_key: bytes
) -> LogFile:
    """Write one record per distinct person, whole or not at all, before anyone sees the delivery.

    Args:
        folder: Of all processing logs; the file becomes ``<year>/<delivery>.parquet``.
        entry: What all records share.
        identifiers: Persons as in the source; the same person twice is one record.
        log_key: Of the year of the entry; apart from all project keys.

    Returns:
        The file, flushed to disk.

    Raises:
        InputError: This delivery has a log already, or an identifier is missing or no valid text.
        SourceError: The disk let us down; there is no log then.
    """
    persons = _sorted(entry.pseudonyms(list(dict.fromkeys(identifiers)), log_key))
    content = _as_parquet(persons, entry)
    path = folder / str(entry.year) / f"{entry.delivery_id}.parquet"
    _put(path, content, entry)
    return LogFile(path=path, sha256=sha256_hex(content), records=len(persons))


def _sorted(tokens: list[bytes]) -> npt.NDArray[Any]:
    """The tokens in the order of their bytes: rows of two big-endian halves.

    Almost no two tokens share their first 8 bytes, so sorting those is nearly always enough.
    """
    halves = np.frombuffer(b"".join(tokens), dtype=">u8").reshape(-1, 2)
    first = halves[:, 0].astype(np.uint64)
    order = np.argsort(first)
    ordered = first[order]
    if bool(np.any(ordered[1:] == ordered[:-1])):
        order = np.lexsort((halves[:, 1], halves[:, 0]))
    return np.ascontiguousarray(halves[order])


def _as_parquet(persons: npt.NDArray[Any], entry: LogEntry) -> bytes:
    """The file. Random bytes stay as they are; what is equal in all rows takes no room."""
    count = len(persons)
    constants: dict[str, Any] = {
        "trace_id": pa.repeat(pa.scalar(entry.trace_id, pa.binary(16)), count),
        "parent_span_id": pa.repeat(pa.scalar(entry.parent_span_id, pa.binary(8)), count),
        "status": _text_column(entry.status.value, count),
        "name": _text_column(entry.name, count),
        "start_time": pa.repeat(pa.scalar(entry.start_ms, pa.uint64()), count),
        "end_time": pa.repeat(pa.scalar(entry.end_ms, pa.uint64()), count),
        "processing_activity_id": _text_column(entry.processing_activity_id, count),
        "data_subject_id_type": _text_column(entry.data_subject_id_type, count),
    }
    columns: dict[str, Any] = {
        PERSON: _bytes_column(persons.tobytes(), 16, count),
        "span_id": _bytes_column(os.urandom(8 * count), 8, count),
        **constants,
    }
    table = pa.table(columns)
    sink = pa.BufferOutputStream()
    with pq.ParquetWriter(
        sink,
        table.schema,
        use_dictionary=list(constants),
        write_statistics=[PERSON],
        compression={name: "zstd" if name in constants else "none" for name in columns},
        store_schema=False,  # opening a log is quick only while its footer is small
    ) as writer:
        writer.write_table(table, row_group_size=_ROWS_PER_GROUP)
        writer.add_key_value_metadata({METADATA.decode(): entry.to_json().decode()})
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _bytes_column(content: bytes, width: int, count: int) -> Any:
    buffers = [None, pa.py_buffer(content)]
    return pa.FixedSizeBinaryArray.from_buffers(pa.binary(width), count, buffers)


def _text_column(text: str, count: int) -> Any:
    """One text in all rows, handed over as a dictionary: half the time of repeating it."""
    return pa.DictionaryArray.from_arrays(pa.repeat(pa.scalar(0, pa.int32()), count), [text])


def _put(path: Path, content: bytes, entry: LogEntry) -> None:
    """Write aside and give it its name, never over a log that stands there."""
    aside = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        write_bytes(aside, content, mode=0o600)
        os.link(aside, path)
        sync_folder(path.parent)
    except FileExistsError:
        raise InputError("processing_log.exists", delivery=entry.delivery_id) from None
    except OSError as error:
        reason = error.strerror or "?"
        raise SourceError("processing_log.cannot-write", file=str(path), reason=reason) from error
    finally:
        aside.unlink(missing_ok=True)
