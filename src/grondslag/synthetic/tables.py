"""Rows to a table, by the names of its columns."""

from collections.abc import Sequence

import pyarrow as pa


def table_of(names: Sequence[str], rows: Sequence[Sequence[object]]) -> pa.Table:
    """A table with one column per name.

    Args:
        names: Of the columns.
        rows: Each as long as *names*.
    """
    return pa.table({name: [row[at] for row in rows] for at, name in enumerate(names)})
