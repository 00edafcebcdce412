"""Rows drawn from a contract alone: no source is opened, and nothing in them is true.

Every promise of a contract is kept: types, lists of values, minimum and maximum, bands, areas of
the pinned list with the areas around them, required and unique. A column that may be empty is
empty in about one row in eleven.
"""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa

from grondslag.contracts import AreaList, Column, Contract, LogicalType
from grondslag.errors import InputError
from grondslag.synthetic.chance import Integers, stream
from grondslag.synthetic.names import bank_account, number_plate, person_numbers, telephone
from grondslag.vocabulary import IdentifierRole, PersonalDataCategory

_EMPTY = 1 / 11
_MARKED = 0.05
_FEW = 12
_SPAN = 10_000.0
_FIRST_DAY, _LAST_DAY = "2015-01-01", "2025-12-31"
_DAY = 86_400_000_000  # in microseconds
_YEAR_IN_DAYS = 365.2425
_TYPES = MappingProxyType(
    {
        LogicalType.STRING: pa.string(),
        LogicalType.INTEGER: pa.int64(),
        LogicalType.NUMBER: pa.float64(),
        LogicalType.BOOLEAN: pa.bool_(),
        LogicalType.DATE: pa.date32(),
        LogicalType.TIMESTAMP: pa.timestamp("us"),
    }
)


def made_up_rows(contract: Contract, n: int, seed: int) -> pa.Table:
    """Made-up rows that keep a contract.

    Args:
        contract: Any contract, also one whose columns have no privacy entry.
        n: How many rows.
        seed: Equal seeds give equal rows.

    Returns:
        One column per column of the contract, in its order and types.

    Raises:
        InputError: A negative number of rows, or nothing can keep the contract: a minimum above
            the maximum, or fewer values than rows in a unique column.
    """
    if n < 0:
        raise InputError("synthetic.rows", asked=n)
    draw = _Draw(contract, n, stream(seed, f"rows of {contract.name}"))
    places = draw.places()
    arrays = [draw.column(column, places) for column in contract.columns]
    return pa.table(dict(zip(contract.column_names, arrays, strict=True)))


@dataclass(frozen=True, slots=True)
class _Draw:
    """One draw from a contract."""

    contract: Contract
    n: int
    chance: np.random.Generator

    def column(self, column: Column, places: Sequence[str]) -> pa.Array:
        """The values of one column, some of them missing where that is allowed."""
        values = self._values(column, places)
        if not column.required and not column.unique:
            empty = (self.chance.random(self.n) < _EMPTY).tolist()
            values = [None if gone else value for value, gone in zip(values, empty, strict=True)]
        kind = _TYPES[column.type]
        if column.type in (LogicalType.DATE, LogicalType.TIMESTAMP):
            storage = pa.int32() if column.type is LogicalType.DATE else pa.int64()
            return pa.array(values, storage).cast(kind)
        return pa.array(values, kind)

    def places(self) -> list[Any]:
        """Per row the finest area that any column names; others are the areas around it."""
        areas = self.contract.privacy.areas
        columns = [c for c in self.contract.columns if c.privacy and c.privacy.area_level]
        if areas is None or not columns:
            return []
        finest = min((_level(column) for column in columns), key=areas.levels.index)
        unique = [column for column in columns if column.unique]
        if not unique:
            return self._some(columns[0], areas.codes(finest))
        coarsest = max(unique, key=lambda column: areas.levels.index(_level(column)))
        one_each = self._one_in_each(areas, finest, _level(coarsest))
        return self._some(coarsest, one_each)

    def _one_in_each(self, areas: AreaList, finest: str, around: str) -> list[str]:
        codes = areas.codes(finest)
        shuffled = [codes[at] for at in self.chance.permutation(len(codes)).tolist()]
        return list({areas.ancestor(code, around): code for code in shuffled}.values())

    def _values(self, column: Column, places: Sequence[str]) -> list[Any]:
        privacy, areas = column.privacy, self.contract.privacy.areas
        if privacy and privacy.values:
            return self._some(column, list(privacy.values))
        if privacy and privacy.area_level and areas is not None:
            around = areas.mapping(_finest(self.contract, areas), privacy.area_level)
            return [around[place] for place in places]
        if column.type is LogicalType.STRING:
            return self._texts(column)
        if column.type is LogicalType.BOOLEAN:
            return self._some(column, [False, True])
        if column.type is LogicalType.NUMBER:
            low, high = self._range(column)
            share = self.chance.random(self.n)
            return [min(high, low + (high - low) * part) for part in share.tolist()]
        return self._whole(column)

    def _range(self, column: Column) -> tuple[float, float]:
        """Least and greatest that a column may hold."""
        low, high = _RANGES[column.type](column)
        if low > high:
            raise _fault("synthetic.no-value", self.contract, column)
        return low, high

    def _some(self, column: Column, candidates: Sequence[Any]) -> list[Any]:
        """One candidate per row; none of them twice where the column is unique."""
        if not candidates:
            raise _fault("synthetic.no-value", self.contract, column)
        if not column.unique:
            picked = self.chance.integers(0, len(candidates), self.n)
        elif len(candidates) < self.n:
            raise _fault("synthetic.too-many-unique", self.contract, column)
        else:
            picked = self.chance.permutation(len(candidates))[: self.n]
        return [candidates[at] for at in picked.tolist()]

    def _whole(self, column: Column) -> list[Any]:
        """Whole numbers, days since 1970, or microseconds since 1970."""
        low, high = (int(edge) for edge in self._range(column))
        if not column.unique:
            whole: list[Any] = self.chance.integers(low, high, self.n, endpoint=True).tolist()
            return whole
        if high - low + 1 < self.n:
            raise _fault("synthetic.too-many-unique", self.contract, column)
        start = low + int(self.chance.integers(0, high - low + 2 - self.n))
        return [start + at for at in self.chance.permutation(self.n).tolist()]

    def _texts(self, column: Column) -> list[Any]:
        """Texts of the kind that stands in such a column."""
        privacy, mark = column.privacy, self.contract.privacy.secrecy_mark
        if mark is not None and mark.column == column.name:
            marked = self.chance.random(self.n) < _MARKED
            return [mark.value if at else "-" for at in marked.tolist()]
        if self.contract.server.kind == "geojson" and column.name == "geometry":
            return [_square(at) for at in range(self.n)]
        which = self._which(column)
        if privacy is not None and privacy.category is PersonalDataCategory.NATIONAL_ID:
            numbers = person_numbers(self.n)
            return [str(numbers[at]) for at in which.tolist()]
        if privacy is not None and privacy.free_text:
            return [_remark(at) for at in which.tolist()]
        return [f"{column.name} é{at + 1}" for at in which.tolist()]

    def _which(self, column: Column) -> Integers:
        """Who or what each row is about: each once, or some again, or a few often."""
        if column.unique:
            return self.chance.permutation(self.n)
        names_someone = column.name == self.contract.privacy.person_key or (
            column.privacy is not None and column.privacy.role is IdentifierRole.DIRECT
        )
        return self.chance.integers(0, max(1, self.n // 2) if names_someone else _FEW, self.n)


def _level(column: Column) -> str:
    return "" if column.privacy is None else column.privacy.area_level


def _finest(contract: Contract, areas: AreaList) -> str:
    levels = [_level(column) for column in contract.columns if _level(column)]
    return min(levels, key=areas.levels.index)


def _fault(code: str, contract: Contract, column: Column) -> InputError:
    return InputError(code, file=contract.file, line=column.line, column=column.name)


def _bands(column: Column) -> list[float]:
    bands: Mapping[str, tuple[float, ...]] = column.privacy.bands if column.privacy else {}
    return [edge for edges in bands.values() for edge in (edges[0], edges[-1])]


def _numbers(column: Column) -> tuple[float, float]:
    """From and until which a number may be: within bounds and bands; a last edge lies outside."""
    edges = _bands(column)
    lows = [float(column.minimum)] if column.minimum is not None else []
    highs = [float(column.maximum)] if column.maximum is not None else []
    low = max([*lows, *edges[::2]], default=min(highs, default=0.0 + _SPAN) - _SPAN)
    last = [math.nextafter(edge, -math.inf) for edge in edges[1::2]]
    return low, min([*highs, *last], default=low + _SPAN)


def _integers(column: Column) -> tuple[int, int]:
    low, high = _numbers(column)
    return math.ceil(low), math.floor(high)


def _days(column: Column) -> tuple[int, int]:
    """Days since 1970; bands on a date are ages, in whole years on the last day."""
    lows = [] if column.minimum is None else [_day(column.minimum)]
    highs = [] if column.maximum is None else [_day(column.maximum)]
    edges = _bands(column)
    if edges:
        lows.append(_day(_LAST_DAY) - math.floor(min(edges[1::2]) * _YEAR_IN_DAYS) + 2)
        highs.append(_day(_LAST_DAY) - math.ceil(max(edges[::2]) * _YEAR_IN_DAYS) - 2)
    low = max(lows, default=min([_day(_FIRST_DAY), *(high - 3650 for high in highs)]))
    low = max(low, _day("0001-01-01"))  # no calendar of ours has an earlier day
    return low, min(highs, default=max(_day(_LAST_DAY), low + 3650))


def _day(text: float | str) -> int:
    return int(np.datetime64(str(text), "D").astype(int))


def _moments(column: Column) -> tuple[int, int]:
    first, last = _days(column)
    return first * _DAY, (last + 1) * _DAY - 1


_RANGES: Mapping[LogicalType, Callable[[Column], tuple[float, float]]] = MappingProxyType(
    {
        LogicalType.NUMBER: _numbers,
        LogicalType.INTEGER: _integers,
        LogicalType.DATE: _days,
        LogicalType.TIMESTAMP: _moments,
    }
)


def _square(at: int) -> str:
    x, y = 5.4 + at % 20 * 0.01, 52.7 + at // 20 * 0.01
    corners = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
    ring = [[round(x + dx * 0.01, 4), round(y + dy * 0.01, 4)] for dx, dy in corners]
    return json.dumps({"type": "Polygon", "coordinates": [ring]})


def _remark(at: int) -> str:
    more = ("", f" Bel {telephone(at)}.", f" Kenteken {number_plate(at)}.", f" {bank_account(at)}")
    return f"Verzonnen opmerking {at + 1}.{more[at % len(more)]}"
