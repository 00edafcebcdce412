"""What the difference between two deliveries of one plan shows about one person.

Two safe tables can be unsafe together: last month 41 persons, this month 42, and who moved in is
known. A difference of fewer persons than the minimum group is refused before anything is visible.
"""

from collections import Counter

import pyarrow as pa

from grondslag.delivery.model import TablePlan
from grondslag.errors import DisclosureRefusedError
from grondslag.vocabulary import OutputStep


def check_difference(table: TablePlan, earlier: pa.Table, now: pa.Table, *, delivery: str) -> None:
    """Refuse a delivery whose difference with an earlier one could show a person.

    Args:
        table: The plan of both tables.
        earlier: The table of an earlier delivery.
        now: The new table, not visible yet.
        delivery: The earlier delivery, for the message.

    Raises:
        DisclosureRefusedError: In some cell, or over the whole, the two differ by at least one and
            fewer than the minimum group.
    """
    if table.output is OutputStep.OPEN or earlier.schema.names != now.schema.names:
        return
    smallest = _smallest_change(table, earlier, now)
    if 0 < smallest < table.minimum:
        raise DisclosureRefusedError(
            "delivery.difference", dataset=table.name, delivery=delivery, minimum=table.minimum
        )


def _smallest_change(table: TablePlan, earlier: pa.Table, now: pa.Table) -> int:
    """The smallest number of persons or rows above 0 by which the two differ; 0 when by none."""
    if table.is_aggregate:
        before, after = _cells(table, earlier), _cells(table, now)
        changes = {
            abs(after.get(key, 0) - before.get(key, 0))
            for key in before.keys() | after.keys()
            if before.get(key, 0) >= 0 and after.get(key, 0) >= 0
        }
        return min(changes - {0}, default=0)
    pseudonym = next((c.name for c in table.columns if c.form.name == "pseudonym"), "")
    if pseudonym:
        old = set(earlier.column(pseudonym).to_pylist())
        new = set(now.column(pseudonym).to_pylist())
        return min({len(old - new), len(new - old)} - {0}, default=0)
    old_rows, new_rows = _rows(earlier), _rows(now)
    gone, come = (old_rows - new_rows).total(), (new_rows - old_rows).total()
    return min({gone, come} - {0}, default=0)


def _cells(table: TablePlan, content: pa.Table) -> dict[tuple[object, ...], int]:
    """Counts per cell; -1 where the cell is withheld."""
    keys = [content.column(column.name).to_pylist() for column in table.columns]
    counts = content.column(table.count).to_pylist()
    cells = zip(zip(*keys, strict=True), counts, strict=True)
    return {key: -1 if count is None else count for key, count in cells}


def _rows(content: pa.Table) -> Counter[tuple[object, ...]]:
    return Counter(zip(*(column.to_pylist() for column in content.columns), strict=True))
