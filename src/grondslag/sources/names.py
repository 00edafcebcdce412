"""Which columns a dataset has, also those its contract does not name. Names only, no values."""

import json
import sqlite3
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from grondslag.approval import CheckMandate
from grondslag.contracts import Contract
from grondslag.errors import ApprovalError, InputError, SourceError
from grondslag.sources.location import Location
from grondslag.sources.postgres import postgres_names
from grondslag.sources.texts import csv_names


def present_columns(
    mandate: CheckMandate, contract: Contract, location: Location
) -> tuple[str, ...]:
    """The names of the columns that are there, in the order of the source.

    Args:
        mandate: The owner's check mandate for this dataset.
        contract: The dataset.
        location: Where it stands, as `locate` found it.

    Raises:
        ApprovalError: It is no check mandate, or not for this contract.
        InputError: The file is empty or not of the promised kind.
        SourceError: The file is damaged, or the server can't be reached.
    """
    if not isinstance(mandate, CheckMandate):
        raise ApprovalError("sources.no-mandate", dataset=contract.name)
    mandate.check_covers(contract)
    if location.path is None:
        return postgres_names(contract)
    try:
        return names_in_file(location.path, contract)
    except (pa.ArrowException, OSError, sqlite3.DatabaseError) as error:
        raise SourceError(
            "sources.damaged", dataset=contract.name, reason=type(error).__name__
        ) from error


def names_in_file(path: Path, contract: Contract) -> tuple[str, ...]:
    """The names of the columns in a file, in its own order; no value of it is kept."""
    if contract.server.kind == "csv":
        return csv_names(path, contract)
    if contract.server.kind == "parquet":
        return tuple(pq.read_schema(path).names)
    if contract.server.kind == "sqlite":
        return _sqlite_names(path, contract)
    return _geojson_names(path, contract)


def _sqlite_names(path: Path, contract: Contract) -> tuple[str, ...]:
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        rows = connection.execute("SELECT name FROM pragma_table_info(?)", [contract.server.table])
        names = tuple(str(row[0]) for row in rows)
    finally:
        connection.close()
    if not names:
        raise InputError(
            "sources.no-such-table",
            dataset=contract.name,
            file=path.name,
            table=contract.server.table,
        )
    return names


def _geojson_names(path: Path, contract: Contract) -> tuple[str, ...]:
    """The properties of any feature; the geometry counts as a column where the contract says so."""
    try:
        features = json.loads(path.read_bytes())["features"]
        names = dict.fromkeys(name for feature in features for name in feature["properties"] or {})
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError("sources.no-geojson", dataset=contract.name, file=path.name) from error
    own = ("geometry",) if "geometry" in contract.column_names else ()
    return tuple(dict.fromkeys((*names, *own)))
