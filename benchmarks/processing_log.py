"""Processing log: lines written per second, and one lookup in 5 million lines over 100 deliveries.

Run by hand: ``python benchmarks/processing_log.py``. Prints medians. Everything is made up. The
log files are read once before the lookups are timed, so the figure is for a warm disk cache.
"""

import os
import statistics
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from grondslag.processing_log import LogEntry, Status, find_person, write_log

LINES = 500_000
DELIVERIES = 100
LINES_PER_DELIVERY = 50_000
ROUNDS = 7
START = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)


def entry(number: int) -> LogEntry:
    return LogEntry(
        delivery_id=f"benchmark-{number:03d}",
        trace_id=os.urandom(16),
        name="Made-up delivery for a benchmark",
        processing_activity_id="https://voorbeeldstad.example/register/7/versions/2",
        data_subject_id_type="BSN",
        start=START + timedelta(hours=number),
        end=START + timedelta(hours=number, minutes=1),
        purpose="Measuring",
        legal_basis="Made up",
        status=Status.OK,
        retain_until=date(2047, 3, 3),
    )


def seconds(act) -> tuple[float, float]:
    """On the clock, and on the processor: on a busy machine only the second says much."""
    begin = time.perf_counter(), time.process_time()
    act()
    return time.perf_counter() - begin[0], time.process_time() - begin[1]


def medians(taken: list[tuple[float, float]]) -> tuple[float, float]:
    clock, processor = zip(*taken, strict=True)
    return statistics.median(clock), statistics.median(processor)


def writing(folder: Path, key: bytes) -> None:
    identifiers = [f"9999{number:07d}" for number in range(LINES)]
    taken = [
        seconds(lambda n=n: write_log(folder, entry=entry(n), identifiers=identifiers, log_key=key))
        for n in range(ROUNDS)
    ]
    size = next(folder.glob("*/*.parquet")).stat().st_size
    clock, processor = medians(taken)
    print(f"write   {LINES:,} lines: median {clock:.3f} s, {LINES / clock:,.0f} lines/s")
    print(f"        processor {processor:.3f} s, {LINES / processor:,.0f} lines/s per core")
    print(f"        {size / LINES:.1f} bytes per line")


def lookup(folder: Path, key: bytes) -> None:
    for number in range(DELIVERIES):
        first = number * LINES_PER_DELIVERY // 2
        persons = (f"9999{first + at:07d}" for at in range(LINES_PER_DELIVERY))
        write_log(folder, entry=entry(number), identifiers=persons, log_key=key)
    sought = f"9999{LINES_PER_DELIVERY:07d}"
    found = find_person(folder, identifier=sought, log_key_for=lambda _: key)
    taken = [
        seconds(lambda: find_person(folder, identifier=sought, log_key_for=lambda _: key))
        for _ in range(3 * ROUNDS)
    ]
    lines = DELIVERIES * LINES_PER_DELIVERY
    print(
        f"lookup  {lines:,} lines over {found.searched} deliveries: "
        f"median {medians(taken)[0] * 1000:.0f} ms, {len(found.hits)} hits"
    )


def main() -> None:
    key = os.urandom(32)
    with tempfile.TemporaryDirectory() as place:
        writing(Path(place) / "writing", key)
        lookup(Path(place) / "lookup", key)


if __name__ == "__main__":
    main()
