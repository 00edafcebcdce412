"""The fast lane ends where a column turns out to hold personal data after all."""

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from grondslag.anonymise import PatternKind, find_patterns
from grondslag.delivery.model import ScanPlan
from grondslag.errors import ApprovalError
from grondslag.sources import Engine, Source, column_of

_SAMPLE = 50_000


def check_no_personal_data(engine: Engine, scan: ScanPlan, source: Source, at: int) -> None:
    """Look through every delivered column of texts and whole numbers.

    Args:
        engine: Holds the source as ``source_<at>``.
        scan: Which columns are delivered.
        source: The dataset.
        at: Its number.

    Raises:
        ApprovalError: A column holds what has the form of personal data.
    """
    for column in scan.columns:
        if column.type not in ("string", "integer") or column.name == "geometry":
            continue
        values = engine.table(f"source_{at}").select(column_of(column.name)).distinct()
        batches = (batch.column(0) for batch in values.to_arrow_reader(_SAMPLE))
        if _holds_texts(batches) if column.type == "string" else _holds_numbers(batches):
            raise ApprovalError(
                "delivery.personal-data-found",
                dataset=source.contract.name,
                column=column.name,
            )


def _holds_texts(batches: Iterable[pa.Array]) -> bool:
    """Whether a text has the form of personal data."""
    return any(find_patterns(batch).total() for batch in batches)


def _holds_numbers(batches: Iterable[pa.Array]) -> bool:
    """Whether whole numbers are citizen service numbers.

    One in eleven numbers passes the eleven-test by chance; of real ones all do. So half or more
    of the numbers with nine digits is no chance any more.
    """
    long = found = 0
    for batch in batches:
        nine = batch.filter(pc.and_(pc.greater(batch, 99_999_999), pc.less(batch, 1_000_000_000)))
        long += len(nine)
        found += find_patterns(nine.cast(pa.string()))[PatternKind.BSN]
    return 0 < long <= 2 * found
