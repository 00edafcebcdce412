"""The embedded engine, locked down: it reads the named files and reaches nothing else."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from grondslag.errors import SourceError

Engine = duckdb.DuckDBPyConnection
"""A connection of the embedded engine; made by `open_engine` only."""


@contextmanager
def open_engine(
    readable: Sequence[Path], *, memory_mb: int = 3000, threads: int = 2
) -> Iterator[Engine]:
    """An engine in memory that may read *readable* and nothing else.

    Nothing is written to disk: the engine can spill what does not fit in memory, but not
    encrypted without an extension from outside, so a delivery that does not fit is refused. No
    extension is loaded, no setting can be changed afterwards, no other file can be named.

    Args:
        readable: The files it may read, as absolute paths without links.
        memory_mb: How much memory it may take.
        threads: How many threads it may use.

    Raises:
        SourceError: The engine cannot be started, stopped, or ran out of memory.
    """
    try:
        engine = duckdb.connect(
            config={
                "threads": threads,
                "memory_limit": f"{memory_mb}MB",
                "temp_directory": "",
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "allow_community_extensions": False,
                "python_enable_replacements": False,
                "preserve_insertion_order": False,
            }
        )
    except duckdb.Error as error:
        raise SourceError("sources.engine", reason=type(error).__name__) from error
    try:
        engine.execute("SET allowed_paths = $1", [[str(path) for path in readable]])
        engine.execute("SET enable_external_access = false")
        engine.execute("SET lock_configuration = true")
        yield engine
    except duckdb.OutOfMemoryException as error:
        raise SourceError("sources.memory", limit=memory_mb) from error
    except duckdb.Error as error:  # its own words may hold a value of a row
        raise SourceError("sources.engine", reason=type(error).__name__) from None
    finally:
        engine.close()


def column_of(name: str) -> duckdb.Expression:
    """A column as an expression of the engine, so that its name is never read as a statement."""
    return duckdb.ColumnExpression(name)


def engine_version() -> str:
    """The version of the embedded engine."""
    return str(duckdb.__version__)
