"""The only room that opens data; without a mandate it opens nothing.

    engine     the embedded engine, locked down
    location   where a dataset stands, and whether that file may be opened
    typing     text to the types of the contract; what does not fit is counted, never guessed
    texts      CSV, GeoJSON and SQLite, as text, in batches
    postgres   a table on a PostgreSQL server, only the wanted columns and days
    parquet    a Parquet file in the order of its rows, for a check
    names      which columns a dataset has
    repeats    rows that equal an earlier row: a mark, and nothing else of them
    opening    a mandate and a contract to a `Source`

May import approval and everything below it. Used by delivery and quality. A message from here
names files, columns, lines and counts; never a value.
"""

from grondslag.sources.engine import Engine, column_of, engine_version, open_engine
from grondslag.sources.location import Location, locate
from grondslag.sources.names import present_columns
from grondslag.sources.opening import Source, open_source
from grondslag.sources.repeats import REPEATS
from grondslag.sources.typing import UnreadableValues

__all__ = [
    "REPEATS",
    "Engine",
    "Location",
    "Source",
    "UnreadableValues",
    "column_of",
    "engine_version",
    "locate",
    "open_engine",
    "open_source",
    "present_columns",
]
