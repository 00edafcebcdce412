"""The values a delivered column can have: a fixed list, from contract and plan.

A list out of the data would tell who is in them: a value that only one person has would appear or
stay away with that person.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from grondslag.contracts import Column, ColumnPrivacy, Contract, LogicalType
from grondslag.delivery.bands import band_label
from grondslag.errors import InputError
from grondslag.plan import DataNeed, Period
from grondslag.vocabulary.forms import Form

UNKNOWN = "?"
"""The value of whoever has none, or one outside the list; it always has a place."""


def fixed_list(name: str, contract: Contract, need: DataNeed) -> tuple[str, ...]:
    """All values that a delivered column can have, as texts; `UNKNOWN` is the last.

    Args:
        name: The column.
        contract: Of its dataset.
        need: What the plan asks of it: the form decides the list.

    Raises:
        InputError: The plan does not ask for it, it holds what people wrote in their own words, or
            nothing says which values it can have.
    """
    wanted = need.wants(name)
    if wanted is None or wanted.form.name == "drop":
        raise InputError("analysis.column-not-delivered", dataset=contract.name, column=name[:63])
    column = contract.column(name)
    if wanted.form.name == "deidentified":
        raise InputError("analysis.counted-by-text", dataset=contract.name, column=column.name)
    found = _values(column, wanted.form, contract, need.period)
    if not found:
        raise InputError("analysis.no-fixed-list", dataset=contract.name, column=column.name)
    return (*(value for value in found if value != UNKNOWN), UNKNOWN)


def places_in(column: Any, values: Sequence[str]) -> npt.NDArray[np.int64]:
    """Which value of a fixed list every row has; a value outside it has the place of `UNKNOWN`.

    Args:
        column: One Arrow value per row.
        values: The list, `UNKNOWN` among them.
    """
    at = pc.index_in(column.cast(pa.string()), value_set=pa.array(values, pa.string()))
    places: npt.NDArray[np.int64] = pc.fill_null(at, list(values).index(UNKNOWN)).to_numpy()
    return places.astype(np.int64)


def _values(
    column: Column, form: Form, contract: Contract, period: Period | None
) -> tuple[str, ...]:
    privacy = column.privacy
    if privacy is None:
        return ()
    mine = period if period is not None and period.column == column.name else None
    makers: Mapping[str, Callable[[], tuple[str, ...]]] = {
        "exact": lambda: _exact(column, privacy, contract),
        "present": lambda: ("true", "false"),
        "area": lambda: _codes(contract, form.parameter),
        "band": lambda: _bands(privacy, form, whole=column.type is LogicalType.INTEGER),
        "age": lambda: _bands(privacy, form, whole=True),
        "year": lambda: _moments(mine, lambda year, _month: str(year)),
        "quarter": lambda: _moments(mine, lambda year, month: f"{year}-K{(month + 2) // 3}"),
        "month": lambda: _moments(mine, lambda year, month: f"{year}-{month:02d}"),
    }
    return makers[form.name]() if form.name in makers else ()


def _exact(column: Column, privacy: ColumnPrivacy, contract: Contract) -> tuple[str, ...]:
    if privacy.values:
        return tuple(str(value) for value in privacy.values)
    if column.type is LogicalType.BOOLEAN:
        return "true", "false"
    return _codes(contract, privacy.area_level) if privacy.area_level else ()


def _codes(contract: Contract, level: str) -> tuple[str, ...]:
    areas = contract.privacy.areas
    return areas.codes(level) if areas is not None else ()


def _bands(privacy: ColumnPrivacy, form: Form, *, whole: bool) -> tuple[str, ...]:
    edges = privacy.bands[form.parameter]
    return tuple(band_label(edges, at, whole=whole) for at in range(-1, len(edges)))


def _moments(period: Period | None, name: Callable[[int, int], str]) -> tuple[str, ...]:
    """Every year, quarter or month of the plan's own period."""
    if period is None:
        return ()
    months = range(_month(period.start.year, period.start.month),
                   _month(period.end.year, period.end.month) + 1)  # fmt: skip
    return tuple(dict.fromkeys(name(at // 12, at % 12 + 1) for at in months))


def _month(year: int, month: int) -> int:
    return year * 12 + month - 1
