"""Measuring a column while its batches pass: what is wrong, how often, on which lines."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from grondslag.anonymise import PatternKind, pattern_places
from grondslag.contracts import AreaList, Column, LogicalType
from grondslag.quality.report import FaultKind
from grondslag.vocabulary import IdentifierRole, PersonalDataCategory

MOST_LINES = 5

Key = tuple[FaultKind, PatternKind | None]


@dataclass(slots=True)
class Tally:
    """How often something was wrong, and on which rows first (from 0)."""

    count: int = 0
    rows: list[int] = field(default_factory=list)

    def add(self, rows: npt.NDArray[np.int64]) -> None:
        """Add the rows of one batch, rising."""
        self.count += len(rows)
        self.rows += rows[: max(MOST_LINES - len(self.rows), 0)].tolist()


@dataclass(slots=True)
class Sightings:
    """What was seen in every row, as a number of 64 bits, to find what comes again.

    Two different rows get one number once in 18 trillion million pairs; the numbers differ in
    every process, so that they say nothing outside it.
    """

    _marks: list[npt.NDArray[np.int64]] = field(default_factory=list)
    _rows: list[npt.NDArray[np.int64]] = field(default_factory=list)

    def add(self, texts: pa.Array, first_row: int) -> None:
        """Add the texts of one batch; missing ones are not compared."""
        there = np.flatnonzero(pc.is_valid(texts).to_numpy(zero_copy_only=False))
        marks = np.fromiter(map(hash, texts.drop_null().to_pylist()), np.int64, len(there))
        self._marks.append(marks)
        self._rows.append(there + first_row)

    def again(self) -> Tally:
        """The rows that repeat an earlier one."""
        tally = Tally()
        if self._marks:
            marks = np.concatenate(self._marks)
            rows = np.concatenate(self._rows)
            order = np.argsort(marks, kind="stable")
            repeats = marks[order][1:] == marks[order][:-1]
            tally.add(np.sort(rows[order[1:][repeats]]))
        return tally


@dataclass(slots=True)
class Gauge:
    """Everything that is measured of one column.

    Args:
        column: As the contract describes it.
        areas: The contract's list of areas, when there is one.
        tallies: Per way of breaking the contract, and per kind of personal data.
        newest: The newest day seen, for columns with days or years.
    """

    column: Column
    areas: AreaList | None
    tallies: dict[Key, Tally] = field(default_factory=dict)
    newest: date | None = None
    _sightings: Sightings = field(default_factory=Sightings)

    def pass_batch(self, values: pa.Array, unreadable: pa.Array | None, first_row: int) -> None:
        """Measure the values of one batch.

        Args:
            values: In the type of the contract; what does not fit is missing.
            unreadable: Which of the missing values are there but do not fit.
            first_row: The number of the first row, from 0.
        """
        for kind, wrong in self._wrong(values, unreadable):
            places = pc.indices_nonzero(wrong.fill_null(False)).to_numpy().astype(np.int64)
            self._tally((kind, None)).add(places + first_row)
        for pattern, places in self._personal_data(values).items():
            self._tally((FaultKind.PERSONAL_DATA, pattern)).add(places + first_row)
        if self.column.unique:
            self._sightings.add(values.cast(pa.string()), first_row)
        self._see_newest(values)

    def finish(self) -> None:
        """Count what can only be known at the end."""
        again = self._sightings.again()
        if again.count:
            self.tallies[FaultKind.NOT_UNIQUE, None] = again

    def _tally(self, key: Key) -> Tally:
        return self.tallies.setdefault(key, Tally())

    def _wrong(
        self, values: pa.Array, unreadable: pa.Array | None
    ) -> Iterator[tuple[FaultKind, pa.Array]]:
        column = self.column
        if unreadable is not None:
            yield FaultKind.TYPE, unreadable
        if column.required:
            missing = pc.is_null(values)
            if unreadable is not None:
                missing = pc.and_not(missing, unreadable)
            yield FaultKind.NULLS, missing
        if column.minimum is not None:
            yield FaultKind.TOO_LOW, pc.less(values, _lower(column))
        if column.maximum is not None:
            yield FaultKind.TOO_HIGH, _is_above(values, column)
        if column.privacy is not None and column.privacy.values:
            known = pa.array(column.privacy.values).cast(values.type)
            yield FaultKind.NOT_IN_LIST, _is_strange(values, known)
        level = "" if column.privacy is None else column.privacy.area_level
        if level and self.areas is not None:
            codes = pa.array(self.areas.codes(level), pa.string())
            yield FaultKind.NOT_AN_AREA, _is_strange(values.cast(pa.string()), codes)

    def _personal_data(self, values: pa.Array) -> dict[PatternKind, npt.NDArray[np.int64]]:
        """Where personal data stands that the contract does not say is there."""
        if self.column.type not in (LogicalType.STRING, LogicalType.INTEGER):
            return {}
        return {
            kind: places
            for kind, places in pattern_places(values.cast(pa.string())).items()
            if not declares(self.column, kind)
        }

    def _see_newest(self, values: pa.Array) -> None:
        if self.column.type not in (LogicalType.DATE, LogicalType.TIMESTAMP, LogicalType.INTEGER):
            return
        newest = _day(pc.max(values).as_py())
        if newest is not None and (self.newest is None or newest > self.newest):
            self.newest = newest


def declares(column: Column, kind: PatternKind) -> bool:
    """Whether the contract says that this kind of personal data stands in the column.

    A citizen service number must be named as one; anything else where the column is said to point
    at people, or to hold whatever people type.
    """
    privacy = column.privacy
    if privacy is None or privacy.category is PersonalDataCategory.NONE:
        return False
    if kind is PatternKind.BSN:
        return privacy.category is PersonalDataCategory.NATIONAL_ID
    return privacy.free_text or privacy.role is IdentifierRole.DIRECT


def _is_strange(values: pa.Array, known: pa.Array) -> pa.Array:
    return pc.and_(pc.is_valid(values), pc.invert(pc.is_in(values, known)))


def _lower(column: Column) -> pa.Scalar:
    return pa.scalar(_bound(column, column.minimum))


def _is_above(values: pa.Array, column: Column) -> pa.Array:
    """Above the upper limit; a whole day belongs to the limit of a column with moments."""
    bound = _bound(column, column.maximum)
    if isinstance(bound, datetime):
        return pc.greater_equal(values, pa.scalar(bound + timedelta(days=1)))
    return pc.greater(values, pa.scalar(bound))


def _bound(column: Column, text: float | str | None) -> date | datetime | float | str | None:
    if not isinstance(text, str) or column.type is LogicalType.STRING:
        return text
    day = date.fromisoformat(text)
    return datetime.combine(day, time()) if column.type is LogicalType.TIMESTAMP else day


def _day(newest: object) -> date | None:
    """A day; a year counts until its last day."""
    if isinstance(newest, datetime):
        return newest.date()
    if isinstance(newest, date):
        return newest
    if isinstance(newest, int) and date.min.year <= newest <= date.max.year:
        return date(newest, 12, 31)
    return None
