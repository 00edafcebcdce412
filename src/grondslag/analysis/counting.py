"""Rows of a delivered table to counts per area, and per severity."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from grondslag.analysis.places import Places
from grondslag.contracts import Contract
from grondslag.plan import DataNeed
from grondslag.vocabulary import OutputStep

_MISSING_TEXTS = ("", "NULL", "null", "NaN", "nan", "None", "N/A", "n/a", "NA", "onbekend")


@dataclass(frozen=True, slots=True)
class Tally:
    """A count, None when the delivery withheld a part of it; and the persons behind it."""

    count: int | None
    contributors: int | None = None


@dataclass(frozen=True, slots=True)
class Material:
    """The delivered table that is counted.

    Args:
        table: As delivered, texts that mean "missing" read as missing.
        counted: Column with counts, for aggregates; empty for records.
        person: Column with the person's pseudonym; empty when there is none.
    """

    table: pa.Table
    counted: str
    person: str

    @property
    def is_aggregate(self) -> bool:
        """Whether the delivery counted already."""
        return bool(self.counted)

    def with_table(self, table: pa.Table) -> "Material":
        """The same, of other rows."""
        return Material(table, self.counted, self.person)

    def total(self) -> Tally:
        """All rows."""
        return self.per([])[()] if self.table.num_rows else Tally(0)

    def per(self, keys: Sequence[list[str | None]]) -> dict[tuple[str, ...], Tally]:
        """Counts per combination of keys; rows with a missing key are left out.

        Args:
            keys: Per dimension one value for each row of the table.
        """
        names = [f"key{at}" for at in range(len(keys))]
        columns: dict[str, pa.Array] = {
            name: pa.array(values, pa.string()) for name, values in zip(names, keys, strict=True)
        }
        if self.is_aggregate:
            columns["count"] = self.table[self.counted].combine_chunks()
        if self.person:
            columns["person"] = self.table[self.person].combine_chunks()
        columns["one"] = pa.array([1] * self.table.num_rows, pa.int64())
        table = pa.table(columns)
        for name in names:
            table = table.filter(pc.is_valid(table[name]))
        wanted = [("one", "sum")]
        if self.is_aggregate:
            wanted += [("count", "sum"), ("count", "count")]
        if self.person:
            wanted.append(("person", "count_distinct"))
        grouped = table.group_by(names).aggregate(wanted)
        return {tuple(row[name] for name in names): self._tally(row) for row in grouped.to_pylist()}

    def _tally(self, row: Mapping[str, int]) -> Tally:
        persons = row["person_count_distinct"] if self.person else None
        if not self.is_aggregate:
            return Tally(row["one_sum"], persons)
        whole = row["count_count"] == row["one_sum"]  # a withheld part makes the sum unknown
        return Tally(row["count_sum"] if whole else None)


def material_of(table: pa.Table, contract: Contract, need: DataNeed) -> Material:
    """A delivered table, ready to be counted."""
    counted = need.count if need.output is OutputStep.AGGREGATE else ""
    person = contract.privacy.person_key
    kept = person if person in table.column_names and not counted else ""
    return Material(_without_missing_texts(table), counted, kept)


def _without_missing_texts(table: pa.Table) -> pa.Table:
    """The text ``NULL`` is no value, also when the contract forgot to say so."""
    for at, name in enumerate(table.column_names):
        column = table[name]
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            missing = pc.is_in(column, value_set=pa.array(_MISSING_TEXTS, column.type))
            table = table.set_column(at, name, pc.if_else(missing, None, column))
    return table


def texts(table: pa.Table, column: str) -> list[str | None]:
    """A column as texts, one per row."""
    values = table[column].to_pylist()
    return [None if value is None else str(value) for value in values]


def area_keys(table: pa.Table, places: Places, level: str) -> list[str | None]:
    """Per row the code of its area at a level."""
    column, _ = places.source(level)
    known: dict[str | None, str | None] = {}
    keys = []
    for code in texts(table, column):
        if code not in known:
            known[code] = places.lift(code, level)
        keys.append(known[code])
    return keys


def per_area(material: Material, places: Places, level: str) -> dict[str, Tally]:
    """Counts per area of a level; every area of the list is in it, with nothing counted too."""
    found = material.per([area_keys(material.table, places, level)])
    tallies = {code: tally for (code,), tally in found.items()}
    zero = Tally(0, 0 if material.person else None)
    codes = places.codes(level) or sorted(tallies)
    return {code: tallies.get(code, zero) for code in codes}
