"""A file of an example as its contract says to read it; tests only, for files we made ourselves."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from grondslag.contracts import Contract
from grondslag.sources.texts import csv_batches, geojson_batches, sqlite_batches
from grondslag.sources.typing import ARROW_TYPES, UnreadableValues, typed_batches

_READERS = {"csv": csv_batches, "geojson": geojson_batches, "sqlite": sqlite_batches}


def read_as(contract: Contract, path: Path) -> tuple[pa.Table, int]:
    """The whole table in the types of the contract, and how many values did not fit."""
    schema = pa.schema([(column.name, ARROW_TYPES[column.type]) for column in contract.columns])
    if contract.server.kind == "parquet":
        return pq.read_table(path).select(contract.column_names).cast(schema), 0
    faults: dict[str, UnreadableValues] = {}
    batches = typed_batches(
        _READERS[contract.server.kind](path, contract, contract.column_names),
        contract.columns,
        contract.reading,
        faults,
        first_line=2,
    )
    table = pa.Table.from_batches(list(batches), schema)
    return table, sum(fault.count for fault in faults.values())
