"""What is odd about the data: identical rows, empty fields, severities too rare to show."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from grondslag.analysis.counting import Material, Tally, texts
from grondslag.analysis.result import Note
from grondslag.contracts import Contract, LogicalType
from grondslag.plan import DataNeed
from grondslag.vocabulary import Form

_EXACT = Form("exact")

REPEATS = "repeats"
"""Column of a delivery: the row equals an earlier one in every column of the source."""


@dataclass(frozen=True, slots=True)
class Identical:
    """Rows that are the same as an earlier row in every column of the source.

    Args:
        distinct: The delivered rows without those.
        repeated: The rows that repeat an earlier one.
        note: What may be said of them.
    """

    distinct: Material
    repeated: Material
    note: Note


def identical_rows(material: Material, contract: Contract, need: DataNeed) -> Identical | None:
    """Find rows that repeat an earlier row; None when the delivery cannot show it.

    The delivery marks them, or holds every column as it is: rows that look alike in a coarser form
    may well differ in the source.
    """
    table = material.table
    if REPEATS in table.column_names:
        mark = table[REPEATS]
        return Identical(
            distinct=material.with_table(table.filter(pc.invert(mark))),
            repeated=material.with_table(table.filter(mark)),
            note=_judgement(contract),
        )
    if material.is_aggregate or not _is_whole(contract, need):
        return None
    names = [name for name in table.column_names if name in contract.column_names]
    ordered = table.append_column("__row", pa.array(range(table.num_rows), pa.int64()))
    first = ordered.group_by(names).aggregate([("__row", "min")])["__row_min"]
    is_first = pc.is_in(ordered["__row"], value_set=first.combine_chunks())
    return Identical(
        distinct=material.with_table(table.filter(is_first)),
        repeated=material.with_table(table.filter(pc.invert(is_first))),
        note=_judgement(contract),
    )


def _is_whole(contract: Contract, need: DataNeed) -> bool:
    return all(
        (wanted := need.wants(column.name)) is not None and wanted.form == _EXACT
        for column in contract.columns
    )


def _judgement(contract: Contract) -> Note:
    """Whether identical rows can be called duplicates: only when something tells rows apart."""
    keys = [column.name for column in contract.columns if column.unique]
    if keys:
        return Note("analysis.identical-are-duplicates", {"columns": keys})
    dated = any(
        column.type in (LogicalType.DATE, LogicalType.TIMESTAMP) for column in contract.columns
    )
    if dated:
        return Note("analysis.identical-no-number")
    return Note("analysis.identical-no-number-no-date")


def severities_per_area(
    material: Material, severity: str, areas: list[str | None]
) -> dict[str, dict[str, Tally]]:
    """Per severity the counts per area."""
    found = material.per([texts(material.table, severity), areas])
    per: dict[str, dict[str, Tally]] = {}
    for (value, area), tally in found.items():
        per.setdefault(value, {})[area] = tally
    return per


def merged_until_shown(tallies: Mapping[str, Tally], minimum: int) -> dict[str, tuple[str, ...]]:
    """Values put together until every group reaches the minimum, the smallest first.

    Returns:
        Per group its values; empty when a count is not known, or all together are too few.
    """
    counts = Counter({key: tally.count for key, tally in tallies.items() if tally.count})
    if any(tally.count is None for tally in tallies.values()):
        return {}
    groups: list[tuple[int, tuple[str, ...]]] = [(n, (key,)) for key, n in counts.items()]
    groups.sort()
    while len(groups) > 1 and groups[0][0] < minimum:
        (few, small), (more, next_one) = groups[0], groups[1]
        groups = sorted([(few + more, tuple(sorted((*small, *next_one)))), *groups[2:]])
    if not groups or groups[0][0] < minimum:
        return {}
    return {"+".join(values): values for _, values in reversed(groups)}
