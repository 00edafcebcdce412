"""By whose amounts a table of a delivery is judged, and who agreed to be recognisable in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from grondslag.anonymise.tables import Cells, Measure
from grondslag.contracts import Contract
from grondslag.errors import InputError

_AMOUNT, _JUDGE, _AGREED = "#amount", "#judge", "#agreed"


@dataclass(frozen=True, slots=True)
class JudgedAmounts:
    """The amounts of a table, and what its owner says about judging them.

    Args:
        measure: What is added up, on whose amounts dominance is judged, and who agreed.
        columns: The columns it names, row for row beside the delivered ones.
        judged_by: The column that judges; empty: the amounts themselves.
        said: For whoever reads the table: that column, and the statement of who agreed.
    """

    measure: Measure
    columns: Mapping[str, pa.ChunkedArray]
    judged_by: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)


def judged_amounts(
    amount: str, table: pa.Table, contract: Contract, person: str, *, day: date
) -> JudgedAmounts:
    """What is added up in a delivered table, with its owner's words about judging it.

    Who agreed counts only where the column that tells it was delivered: else nobody did.

    Args:
        amount: The column.
        table: The delivered rows.
        contract: Of its dataset.
        person: The column with contributors.
        day: Today.

    Raises:
        InputError: The column, or the one that judges it, was not delivered or holds no amounts; or
            the day of the statements is still to come.
    """
    privacy = contract.column(amount).privacy if amount in contract.column_names else None
    by = "" if privacy is None else privacy.judged_by
    for column in (amount, by):
        if column and column not in table.column_names:
            code = "analysis.column-not-delivered" if column == amount else "analysis.judge-missing"
            raise InputError(code, dataset=contract.name, column=column[:63])
    columns = {_AMOUNT: _amounts(table[amount])}
    said: dict[str, Any] = {}
    if by:
        columns[_JUDGE], said["judged_by"] = _amounts(table[by]), by
    waivers = contract.privacy.waivers
    if waivers is not None and waivers.column in table.column_names:
        if waivers.date > day:
            raise InputError("analysis.waivers-to-come", dataset=contract.name)
        agreed = pc.equal(table[waivers.column].cast(pa.string()), waivers.value)
        columns[_AGREED] = pc.fill_null(agreed, fill_value=False)
        said |= {"waivers": waivers.statement, "waivers_date": waivers.date.isoformat()}
    measure = Measure(
        _AMOUNT,
        contributor=person,
        shadow=_JUDGE if by else None,
        waiver=_AGREED if _AGREED in columns else None,
    )
    return JudgedAmounts(measure, columns, by, said)


def judging_of(cells: Cells, at: int, amounts: JudgedAmounts) -> Mapping[str, Any]:
    """What judges the amount of one cell, by the names of `grondslag.release.Cell`."""
    return {
        "amount": float(cells.value[at]),
        "largest": tuple(map(float, cells.largest[at][: min(int(cells.contributors[at]), 3)])),
        "smallest": float(cells.smallest[at]),
        "judged": float(cells.whole[at]) if amounts.judged_by else None,
        "asking": None if cells.asking is None else float(cells.asking[at]),
    }


def _amounts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    try:
        return column.cast(pa.float64())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise InputError("tables.no-number") from error
