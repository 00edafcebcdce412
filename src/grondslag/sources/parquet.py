"""A Parquet file in the order of its rows, for a check; a delivery reads it through the engine."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from grondslag.contracts import Column, Contract
from grondslag.errors import InputError, SourceError
from grondslag.sources.typing import ARROW_TYPES, UnreadableValues

_ROWS = 50_000


def parquet_batches(
    path: Path, contract: Contract, columns: Sequence[Column], faults: dict[str, UnreadableValues]
) -> Iterator[pa.RecordBatch]:
    """The wanted columns in the types of the contract; values of another type become missing.

    Args:
        path: The file.
        contract: Describes it.
        columns: Which columns.
        faults: Filled per column while the batches pass; a line is the number of the row.

    Raises:
        InputError: The file has no such column.
        SourceError: It is damaged, or no Parquet file.
    """
    names = [column.name for column in columns]
    try:
        with pq.ParquetFile(path) as stream:
            for name in names:
                if name not in stream.schema_arrow.names:
                    raise InputError(
                        "sources.no-such-column",
                        dataset=contract.name,
                        column=name,
                        delimiter="Parquet",
                        contract=contract.file,
                    )
            row = 1
            for batch in stream.iter_batches(_ROWS, columns=names):
                arrays = [_typed(batch.column(column.name), column) for column in columns]
                for column, before, after in zip(columns, names, arrays, strict=True):
                    wrong = pc.and_(pc.is_valid(batch.column(before)), pc.is_null(after))
                    faults.setdefault(column.name, UnreadableValues()).note(wrong, row)
                row += batch.num_rows
                yield pa.record_batch(arrays, names=names)
    except (pa.ArrowException, OSError) as error:
        raise SourceError(
            "sources.damaged", dataset=contract.name, reason=type(error).__name__
        ) from error


def _typed(values: pa.Array, column: Column) -> pa.Array:
    """The values in the contract's type; all missing when the file holds another type."""
    wanted = ARROW_TYPES[column.type]
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    try:
        return values.cast(wanted)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return pa.nulls(len(values), wanted)
