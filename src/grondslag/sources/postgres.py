"""A table on a PostgreSQL server: only the wanted columns, only the wanted days, read-only.

The address stands in the contract, who we are in the environment (``GRONDSLAG_PG_USER``,
``GRONDSLAG_PG_PASSWORD``): a contract holds no secret.
"""

import os
from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import quote

import pyarrow as pa

from grondslag.contracts import Contract
from grondslag.errors import InputError, SourceError
from grondslag.sources.statements import select_columns

_CAN_BE: dict[str, tuple[str, ...]] = {
    "string": ("string", "large_string", "string_view"),
    "integer": ("int16", "int32", "int64"),
    "number": ("float", "double", "int16", "int32", "int64"),
    "boolean": ("bool",),
    "date": ("date32[day]",),
    "timestamp": ("timestamp[us]", "timestamp[us, tz=UTC]"),
}


def postgres_batches(
    contract: Contract, names: Sequence[str], days: tuple[str, date, date] | None
) -> Iterator[pa.RecordBatch]:
    """The wanted columns of the contract's table, streamed.

    Args:
        contract: Names server, database, schema and table.
        names: Which columns.
        days: Column, first and last day: other rows are never read; None for all rows.

    Raises:
        InputError: The table has no such column, or a column has another type than promised.
        SourceError: The server can't be reached or refuses us.
    """
    from adbc_driver_manager import Error
    from adbc_driver_postgresql import dbapi

    server = contract.server
    column, first, last = days or ("", None, None)
    query = select_columns(
        names, table=server.table, schema=server.schema, dialect="postgres", between=column
    )
    try:
        with dbapi.connect(_address(contract)) as connection, connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
            cursor.execute(query, (first, last) if column else None)
            reader = cursor.fetch_record_batch()
            _check_types(contract, names, reader.schema)
            yield from reader
    except Error as error:
        raise _refusal(contract, error) from error


def postgres_names(contract: Contract) -> tuple[str, ...]:
    """The names of the columns of the contract's table.

    Raises:
        InputError: There is no such table, or we may not see it.
        SourceError: The server can't be reached.
    """
    from adbc_driver_manager import Error
    from adbc_driver_postgresql import dbapi

    server = contract.server
    try:
        with dbapi.connect(_address(contract)) as connection:
            schema = connection.adbc_get_table_schema(
                server.table, db_schema_filter=server.schema or None
            )
    except Error as error:
        raise _refusal(contract, error) from error
    return tuple(schema.names)


def _refusal(contract: Contract, error: Exception) -> InputError | SourceError:
    """What a fault of the server means; its own words may hold values and are not repeated."""
    server = contract.server
    state = str(getattr(error, "sqlstate", "") or "")
    unknown = "NOT_FOUND" in str(getattr(error, "status_code", ""))
    if state.startswith("42") or unknown:  # syntax or access rule: no such table, column or right
        return InputError(
            "sources.no-such-table", dataset=contract.name, file=server.host, table=server.table
        )
    return SourceError(
        "sources.no-server", dataset=contract.name, host=server.host, port=server.port
    )


def _address(contract: Contract) -> str:
    server = contract.server
    user = quote(os.environ.get("GRONDSLAG_PG_USER", ""), safe="")
    password = quote(os.environ.get("GRONDSLAG_PG_PASSWORD", ""), safe="")
    who = f"{user}:{password}@" if password else f"{user}@" if user else ""
    return (
        f"postgresql://{who}{quote(server.host, safe='')}:{server.port}"
        f"/{quote(server.database, safe='')}?application_name=grondslag&connect_timeout=10"
    )


def _check_types(contract: Contract, names: Sequence[str], schema: pa.Schema) -> None:
    for name in names:
        promised = contract.column(name).type
        if str(schema.field(name).type) not in _CAN_BE[promised]:
            raise InputError(
                "sources.other-type",
                dataset=contract.name,
                column=name,
                promised=promised,
                found=str(schema.field(name).type),
                contract=contract.file,
            )
