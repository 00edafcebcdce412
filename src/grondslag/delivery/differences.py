"""What the difference between two deliveries of one project shows about one person.

Two safe tables can be unsafe together: last month 41 persons, this month 42, and who moved in is
known. With stable pseudonyms it is worse: the one new record of a neighbourhood is that person. So
whatever left or came must itself be a group of at least the minimum, or nothing at all; that is
refused before anything is visible.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from math import isnan

import pyarrow as pa

from grondslag.delivery.model import TablePlan
from grondslag.errors import DisclosureRefusedError
from grondslag.vocabulary import OutputStep

Row = tuple[object, ...]


def check_difference(table: TablePlan, earlier: pa.Table, now: pa.Table, *, delivery: str) -> bool:
    """Refuse a delivery whose difference with an earlier one could show a person.

    Args:
        table: The plan of the new table.
        earlier: The table of an earlier delivery.
        now: The new table, not visible yet.
        delivery: The earlier delivery, for the message.

    Returns:
        Whether the two could be compared: open data needs no comparing, and tables about other
        columns cannot be.

    Raises:
        DisclosureRefusedError: In some cell or group the two differ by at least one and fewer than
            the minimum group.
    """
    if table.output is OutputStep.OPEN:
        return True
    if earlier.schema.names != now.schema.names:
        return False
    changes = (
        _cell_changes(table, earlier, now)
        if table.is_aggregate
        else _row_changes(table, earlier, now)
    )
    if any(0 < change < table.minimum for change in changes):
        raise DisclosureRefusedError(
            "delivery.difference", dataset=table.name, delivery=delivery, minimum=table.minimum
        )
    return True


def _cell_changes(table: TablePlan, earlier: pa.Table, now: pa.Table) -> Iterable[int]:
    """Per cell by how many it changed."""
    before, after = _cells(table, earlier), _cells(table, now)
    for key in before.keys() | after.keys():
        yield _change(before.get(key, 0), after.get(key, 0), table.minimum)


def _cells(table: TablePlan, content: pa.Table) -> Mapping[Row, int | None]:
    """Counts per cell; None where the cell is withheld."""
    keys = (_values(content.column(column.name)) for column in table.columns)
    counts = content.column(table.count).to_pylist()
    return dict(zip(zip(*keys, strict=True), counts, strict=True))


def _change(before: int | None, after: int | None, minimum: int) -> int:
    """By how many a cell changed; of a withheld one, the most that a reader must reckon with."""
    if before is None and after is None:
        return 0
    if before is None or after is None:
        shown = (before or 0) + (after or 0)
        return max(shown - 1, minimum - 1 - shown)
    return abs(after - before)


def _row_changes(table: TablePlan, earlier: pa.Table, now: pa.Table) -> Iterable[int]:
    """Per group that looks alike: how many persons, or rows, left it and came into it."""
    old, new = Counter(_rows(earlier)), Counter(_rows(now))
    names = now.schema.names
    quasi = [names.index(name) for name in table.quasi]
    person = next((names.index(c.name) for c in table.columns if c.form.name == "pseudonym"), None)
    for changed in (old - new, new - old):
        groups: dict[Row, set[object]] = {}
        for at, row in enumerate(changed.elements()):
            who = at if person is None else row[person]
            groups.setdefault(tuple(row[n] for n in quasi), set()).add(who)
        yield from map(len, groups.values())


def _rows(content: pa.Table) -> Iterable[Row]:
    return zip(*(_values(column) for column in content.columns), strict=True)


def _values(column: pa.ChunkedArray) -> list[object]:
    """The values of a column; not-a-number as a text, as it does not equal itself.

    Rows that did not change would else pass for changed, and hide the one that did.
    """
    values: list[object] = column.to_pylist()
    if not pa.types.is_floating(column.type):
        return values
    return ["nan" if isinstance(value, float) and isnan(value) else value for value in values]
