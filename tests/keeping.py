"""Whether a table keeps what its contract promises, said in words; independent of our own check."""

from collections.abc import Iterator
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from grondslag.contracts import Column, Contract, LogicalType

ARROW = {
    LogicalType.STRING: pa.string(),
    LogicalType.INTEGER: pa.int64(),
    LogicalType.NUMBER: pa.float64(),
    LogicalType.BOOLEAN: pa.bool_(),
    LogicalType.DATE: pa.date32(),
    LogicalType.TIMESTAMP: pa.timestamp("us"),
}


def broken_promises(contract: Contract, table: pa.Table) -> list[str]:
    """What a table breaks; empty when it keeps the contract."""
    if tuple(table.column_names) != contract.column_names:
        return ["other columns"]
    broken = [
        f"{column.name}: {fault}"
        for column in contract.columns
        for fault in _faults(contract, column, table[column.name])
    ]
    return broken + list(_areas_that_do_not_nest(contract, table))


def _faults(contract: Contract, column: Column, values: pa.ChunkedArray) -> Iterator[str]:
    if values.type != ARROW[column.type]:
        yield f"type {values.type}"
        return
    present = values.drop_null().to_pylist()
    if column.required and values.null_count:
        yield f"{values.null_count} missing"
    if column.unique and len(set(present)) < len(present):
        yield "not unique"
    if column.minimum is not None and any(_below(v, column.minimum) for v in present):
        yield "below the minimum"
    if column.maximum is not None and any(_below(column.maximum, v) for v in present):
        yield "above the maximum"
    privacy = column.privacy
    if privacy is None:
        return
    if privacy.values and set(present) - set(privacy.values):
        yield "a value outside the list"
    if privacy.area_level:
        codes = contract.privacy.areas.codes(privacy.area_level)
        if set(present) - set(codes):
            yield "an area outside the list"
    if column.type in (LogicalType.INTEGER, LogicalType.NUMBER):
        for edges in privacy.bands.values():
            if any(not edges[0] <= value < edges[-1] for value in present):
                yield "a number outside the bands"


def _below(value: object, bound: object) -> bool:
    if isinstance(value, str) != isinstance(bound, str):  # a day or moment against a day's text
        return str(value)[:10] < str(bound)[:10]
    return value < bound


def _areas_that_do_not_nest(contract: Contract, table: pa.Table) -> Iterator[str]:
    areas = contract.privacy.areas
    levels = {c.privacy.area_level: c.name for c in contract.columns if c.privacy}
    levels.pop("", None)
    if areas is None:
        return
    order = sorted(levels, key=areas.levels.index)
    for fine, coarse in pairwise(order):
        pairs = zip(table[levels[fine]].to_pylist(), table[levels[coarse]].to_pylist(), strict=True)
        if any(a and b and areas.ancestor(a, coarse) != b for a, b in pairs):
            yield f"{levels[fine]} lies in another {levels[coarse]}"


def count_of(table: pa.Table, column: str, value: object) -> int:
    """How many rows hold a value."""
    return int(pc.sum(pc.equal(table[column], value)).as_py() or 0)
