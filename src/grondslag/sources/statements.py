"""The one statement that `sources` sends to a database that is not its own: read these columns.

Identifiers come from the contract and are quoted by the compiler; days are bound, never written.
Beside `delivery/compile.py` this is the only file that makes SQL text.
"""

from collections.abc import Sequence

from sqlglot import exp


def select_columns(
    names: Sequence[str],
    *,
    table: str,
    dialect: str,
    schema: str = "",
    between: str = "",
) -> str:
    """Select *names* from a table; in PostgreSQL with two bound days on column *between*.

    Args:
        names: Columns; in SQLite they come back as text.
        table: The table.
        dialect: ``sqlite`` or ``postgres``.
        schema: The schema of the table, when the database has them.
        between: A date column; its first and last day are parameters ``$1`` and ``$2``.
    """
    columns: list[exp.Expr] = [exp.column(name, quoted=True) for name in names]
    if dialect == "sqlite":
        columns = [exp.cast(column, "TEXT") for column in columns]
    place = exp.Table(
        this=exp.to_identifier(table, quoted=True),
        db=exp.to_identifier(schema, quoted=True) if schema else None,
    )
    query = exp.select(*columns).from_(place)
    if between:
        day = exp.column(between, quoted=True)
        first, last = (exp.Parameter(this=exp.Literal.number(at)) for at in (1, 2))
        query = query.where(exp.Between(this=day, low=first, high=last))
    return query.sql(dialect=dialect)
