"""A contract held against its data, batch by batch.

Memory grows by 16 bytes a row, and as much again per column that must be unique.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from grondslag.approval import CheckMandate
from grondslag.clock import Clock, timestamp, today
from grondslag.contracts import Column, Contract, DataKind
from grondslag.errors import ApprovalError, InputError
from grondslag.quality.gauges import Gauge, Sightings, Tally
from grondslag.quality.report import Count, Fault, FaultKind, QualityReport
from grondslag.sources import Location, Source, open_source, present_columns

_WITHOUT_ORDER = ("postgres", "sqlite")
_BETWEEN = "\x1f"
_NOTHING = "\x00"


def check_contract(
    mandate: CheckMandate,
    contract: Contract,
    location: Location,
    *,
    clock: Clock,
    for_owner: bool = False,
) -> QualityReport:
    """Say whether the data keep their contract: in counts, names of columns and lines.

    Rows are identical when every column that the contract names is. A line is a line of the file
    as long as no value holds a line break.

    Args:
        mandate: The owner's check mandate for this dataset.
        contract: The dataset.
        location: Where it stands, as `locate` found it.
        clock: Tells the day, for the mandate and for how fresh the data are.
        for_owner: Whether the report is for the owner alone. For anyone else counts are rounded
            to the minimum group and lines are left out, unless the data are open and the count
            reaches the minimum group.

    Raises:
        ApprovalError: No check mandate, it is over, or it is about another contract.
        InputError: The file can't be read as the contract says, or its first line holds no names.
        SourceError: The file is damaged or changed meanwhile, or the server can't be reached.
    """
    if not isinstance(mandate, CheckMandate):
        raise ApprovalError("quality.needs-check-mandate", dataset=contract.name)
    mandate.check_open(clock)
    names = present_columns(mandate, contract, location)
    columns = [column for column in contract.columns if names.count(column.name) == 1]
    if not columns:
        raise InputError("quality.no-names", dataset=contract.name, contract=contract.file)
    source = open_source(mandate, contract, location, columns=[column.name for column in columns])
    rows, gauges, again = _measure(source, columns)
    faults = [
        *_about_names(contract, names),
        *_about_columns(contract, gauges),
        *_about_the_whole(contract, gauges, rows, again, clock),
    ]
    shown = [_for_reader(fault, contract, for_owner=for_owner) for fault in faults]
    return QualityReport(
        dataset=contract.name,
        contract=contract.file,
        contract_sha256=contract.sha256,
        source_sha256=source.sha256 if for_owner or _is_open(contract) else "",
        checked=timestamp(clock),
        rows=_rounded(Count(rows), contract, for_owner=for_owner),
        faults=tuple(shown),
    )


def _measure(source: Source, columns: Sequence[Column]) -> tuple[int, list[Gauge], Tally]:
    """Pass all rows once; gives their number, a gauge per column and the rows seen before."""
    gauges = [Gauge(column, source.contract.privacy.areas) for column in columns]
    sightings = Sightings()
    rows = 0
    for batch in source.batches():
        for gauge, values in zip(gauges, batch.columns, strict=True):
            fault = source.faults.get(gauge.column.name)
            gauge.pass_batch(values, fault.last if fault else None, rows)
        sightings.add(_whole_rows(batch), rows)
        rows += batch.num_rows
    for gauge in gauges:
        gauge.finish()
    return rows, gauges, sightings.again()


def _whole_rows(batch: pa.RecordBatch) -> pa.Array:
    """Each row as one text, with signs between that stand in no file of a person."""
    texts = [column.cast(pa.string()).fill_null(_NOTHING) for column in batch.columns]
    return pc.binary_join_element_wise(*texts, _BETWEEN)


def _about_names(contract: Contract, names: Sequence[str]) -> Iterator[Fault]:
    for column in contract.columns:
        times = names.count(column.name)
        if times != 1:
            kind = FaultKind.COLUMN_TWICE if times else FaultKind.MISSING_COLUMN
            yield Fault(kind, column.name, Count(times), line=column.line)
    for name in dict.fromkeys(names):
        if name not in contract.column_names:
            yield Fault(FaultKind.EXTRA_COLUMN, name[:63], Count(1))


def _about_columns(contract: Contract, gauges: Sequence[Gauge]) -> Iterator[Fault]:
    for gauge in gauges:
        for (kind, pattern), tally in gauge.tallies.items():
            if tally.count:
                yield Fault(
                    kind,
                    gauge.column.name,
                    Count(tally.count),
                    _lines(contract, tally),
                    gauge.column.line,
                    gauge.column.type,
                    pattern,
                    not _has_lines(contract),
                )


def _about_the_whole(
    contract: Contract, gauges: Sequence[Gauge], rows: int, again: Tally, clock: Clock
) -> Iterator[Fault]:
    if not rows:
        yield Fault(FaultKind.EMPTY, "", Count(0))
        return
    if again.count:
        yield Fault(
            FaultKind.IDENTICAL_ROWS,
            "",
            Count(again.count),
            _lines(contract, again),
            in_rows=not _has_lines(contract),
        )
    named = [gauge for gauge in gauges if gauge.column.name == contract.freshness_column]
    if contract.freshness_days is None or not named:
        return
    line = contract.document.line(("slaProperties",))
    newest = named[0].newest
    if newest is None:
        yield Fault(FaultKind.UNDATED, contract.freshness_column, Count(0), line=line)
        return
    late = (today(clock) - newest).days - contract.freshness_days
    if late > 0:
        yield Fault(FaultKind.STALE, contract.freshness_column, Count(late), line=line)


def _lines(contract: Contract, tally: Tally) -> tuple[int, ...]:
    """Lines of the file; a table in a database has no order."""
    if contract.server.kind in _WITHOUT_ORDER:
        return ()
    first = 2 if _has_lines(contract) else 1  # the names stand on the first line
    return tuple(row + first for row in tally.rows)


def _has_lines(contract: Contract) -> bool:
    return contract.server.kind == "csv"


_COUNTS_NO_ROWS = frozenset(
    (
        FaultKind.EMPTY,
        FaultKind.MISSING_COLUMN,
        FaultKind.COLUMN_TWICE,
        FaultKind.EXTRA_COLUMN,
        FaultKind.UNDATED,
        FaultKind.STALE,
    )
)


def _for_reader(fault: Fault, contract: Contract, *, for_owner: bool) -> Fault:
    """The fault as this reader may see it; lines of a rounded count would give the count away."""
    if fault.kind in _COUNTS_NO_ROWS:
        return fault
    count = _rounded(fault.count, contract, for_owner=for_owner)
    return replace(fault, count=count, lines=() if count.is_about else fault.lines)


def _rounded(count: Count, contract: Contract, *, for_owner: bool) -> Count:
    """To the nearest multiple of the minimum group, and never to nothing."""
    least = contract.privacy.minimum_group
    if for_owner or not count.number or (_is_open(contract) and count.number >= least):
        return count
    return Count(max(least, least * round(count.number / least)), is_about=True)


def _is_open(contract: Contract) -> bool:
    return contract.privacy.data is DataKind.OPEN
