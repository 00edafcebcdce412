"""In which deliveries was this person: the answer to a resident who asks.

One keyed hash per delivery, then the statistics of the sorted file point to the one part to read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from grondslag.errors import IntegrityError
from grondslag.processing_log.entry import LogEntry
from grondslag.processing_log.reading import open_log
from grondslag.processing_log.writing import PERSON

_TOKEN_BYTES = 16


@dataclass(frozen=True, slots=True)
class LogHit:
    """One delivery that the person was in.

    Args:
        delivery_id: Which delivery.
        name: What was done, in plain words.
        purpose: What for.
        legal_basis: On which ground.
        time: When it began, UTC.
        processing_activity_id: Where it stands in the record of processing.
    """

    delivery_id: str
    name: str
    purpose: str
    legal_basis: str
    time: datetime
    processing_activity_id: str


@dataclass(frozen=True, slots=True)
class LookupResult:
    """What was found, and what could not be searched.

    Args:
        hits: Oldest first.
        unsearchable_years: Years with logs whose key was destroyed; nobody can search them.
        searched: How many deliveries were searched.
    """

    hits: tuple[LogHit, ...]
    unsearchable_years: tuple[int, ...]
    searched: int


def find_person(
    folder: Path, *, identifier: str, log_key_for: Callable[[int], bytes | None]
) -> LookupResult:
    """Find the deliveries a person was in.

    Args:
        folder: Of all processing logs.
        identifier: The person's number, exactly as it stands in the sources.
        log_key_for: The log key of a year; None when it was destroyed.

    Raises:
        InputError: The identifier is no valid text.
        IntegrityError: A log is damaged or stands under another name; none is ever skipped.

    Source:
        GDPR art. 15(1); Wet BRP art. 3.22.
    """
    key_of = cache(log_key_for)
    hits: list[LogHit] = []
    unsearchable: set[int] = set()
    searched = 0
    for path in sorted(folder.glob("*/*.parquet")):
        file, entry = open_log(path)
        try:
            key = key_of(entry.year)
            if key is None:
                unsearchable.add(entry.year)
                continue
            searched += 1
            if _holds(file, entry.pseudonym(identifier, key)):
                hits.append(_hit(entry))
        except (pa.ArrowException, OSError, ValueError) as error:
            raise IntegrityError("processing_log.damaged", file=str(path)) from error
        finally:
            file.close()
    hits.sort(key=lambda hit: (hit.time, hit.delivery_id))
    return LookupResult(tuple(hits), tuple(sorted(unsearchable)), searched)


def _holds(file: Any, token: bytes) -> bool:
    """Whether the token is in the file: search the groups by their first token, then one group."""
    if file.metadata.num_rows == 0:
        return False
    low, high = 0, file.metadata.num_row_groups
    while low < high:  # the first group that begins after the token
        middle = (low + high) // 2
        if _first_of(file, middle) <= token:
            low = middle + 1
        else:
            high = middle
    if low == 0:
        return False
    column = file.read_row_group(low - 1, columns=[PERSON], use_threads=False).column(0)
    return any(_in_sorted(chunk, token) for chunk in column.chunks)


def _first_of(file: Any, group: int) -> bytes:
    statistics = file.metadata.row_group(group).column(0).statistics
    if statistics is None or not statistics.has_min_max:
        raise ValueError("a log of ours always holds the first pseudonym of each group")
    first: bytes = statistics.min
    return first


def _in_sorted(chunk: Any, token: bytes) -> bool:
    content = memoryview(chunk.buffers()[1])
    start = chunk.offset * _TOKEN_BYTES
    halves = np.frombuffer(content[start : start + len(chunk) * _TOKEN_BYTES], dtype=">u8")
    low, high = 0, len(chunk)
    sought = (int.from_bytes(token[:8], "big"), int.from_bytes(token[8:], "big"))
    while low < high:
        middle = (low + high) // 2
        found = (int(halves[2 * middle]), int(halves[2 * middle + 1]))
        if found == sought:
            return True
        low, high = (middle + 1, high) if found < sought else (low, middle)
    return False


def _hit(entry: LogEntry) -> LogHit:
    return LogHit(
        delivery_id=entry.delivery_id,
        name=entry.name,
        purpose=entry.purpose,
        legal_basis=entry.legal_basis,
        time=entry.start,
        processing_activity_id=entry.processing_activity_id,
    )
