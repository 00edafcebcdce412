"""What counts are set against: residents, vehicle-kilometres."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from grondslag.analysis.delivered import DeliveredData
from grondslag.analysis.places import Places, level_in
from grondslag.contracts import Contract
from grondslag.errors import InputError
from grondslag.plan import DataNeed, Exposure
from grondslag.vocabulary import OutputStep

_YEAR = re.compile(r"\b(19\d\d|20\d\d)\b")
_ENOUGH = 0.8


@dataclass(frozen=True, slots=True)
class Denominator:
    """An exposure per area.

    Args:
        kind: ``residents`` or ``traffic``.
        level: Finest level at which it is known.
        values: Per area code of that level the parts that are known and those that are not.
        year: The year it is about; None when the contract does not say.
        title: What its dataset is called.
        least: Smallest value that may be shown; persons are never shown in small groups.
    """

    kind: str
    level: str
    values: Mapping[str, tuple[float, int, int]]
    year: int | None
    title: str
    least: float = 0.0

    def per_area(self, places: Places, level: str) -> dict[str, float]:
        """The exposure per area of a level; areas where too much is unknown are left out.

        A part that nobody measured is taken as large as the mean of the measured parts of the same
        area, up to a fifth of its parts.
        """
        if not self.reaches(places, level):
            return {}
        sums: dict[str, list[float]] = {}
        for code, (value, known, all_parts) in self.values.items():
            area = places.lift(code, level)
            if area is not None:
                seen = sums.setdefault(area, [0.0, 0.0, 0.0])
                for at, number in enumerate((value, known, all_parts)):
                    seen[at] += number
        return {
            area: value / known * parts
            for area, (value, known, parts) in sums.items()
            if known and known >= _ENOUGH * parts and value > max(0.0, self.least - 1)
        }

    def reaches(self, places: Places, level: str) -> bool:
        """Whether it can be given at a level: it must be known as fine, or finer."""
        if places.areas is None:
            return True
        order = places.areas.levels
        return self.level in order and order.index(self.level) <= order.index(level)

    @property
    def share_unknown(self) -> float:
        """Share of all parts that nobody measured."""
        parts = sum(all_parts for _, _, all_parts in self.values.values())
        known = sum(known for _, known, _ in self.values.values())
        return 1 - known / parts if parts else 1.0


def denominator(
    kind: str, exposure: Exposure | None, delivered: DeliveredData
) -> Denominator | None:
    """The exposure that the plan names, from its delivered table; None when it names none.

    Raises:
        InputError: The plan does not ask for its columns, or a value is below nothing.
    """
    if exposure is None:
        return None
    need = delivered.plan.need(exposure.dataset)
    contract = delivered.contracts.get(exposure.dataset)
    if need is None or contract is None:
        raise InputError("analysis.no-exposure-data", dataset=exposure.dataset)
    counted = need.output is OutputStep.AGGREGATE and exposure.value == need.count
    if not counted and need.wants(exposure.value) is None:
        raise InputError(
            "analysis.column-not-delivered", dataset=exposure.dataset, column=exposure.value[:63]
        )
    least = contract.privacy.minimum_group
    table = delivered.table(exposure.dataset)
    return Denominator(
        kind=kind,
        level=level_in(contract, need, exposure.area),
        values=_parts(table, exposure, withheld=least / 2 if counted else None),
        year=_period_year(need) if counted else reference_year(contract, exposure.value),
        title=contract.title,
        least=float(least) if contract.holds_personal_data else 0.0,
    )


def _period_year(need: DataNeed) -> int | None:
    """The year that counted persons are of: the last day that was asked for."""
    return need.period.end.year if need.period else None


def _parts(
    table: pa.Table, exposure: Exposure, *, withheld: float | None
) -> dict[str, tuple[float, int, int]]:
    """Per area the sum of what is known, and how many parts are; a withheld part is a small one."""
    parts: dict[str, tuple[float, int, int]] = {}
    codes, values = table[exposure.area].to_pylist(), table[exposure.value].to_pylist()
    for code, given in zip(codes, values, strict=True):
        value = withheld if given is None else given
        if code is None:
            continue
        if value is not None and value < 0:
            raise InputError("analysis.exposure-below-nothing", dataset=exposure.dataset)
        size = float(value) if value is not None and math.isfinite(value) else None
        total, seen, all_parts = parts.get(str(code), (0.0, 0, 0))
        parts[str(code)] = (total + (size or 0.0), seen + (size is not None), all_parts + 1)
    return parts


def reference_year(contract: Contract, column: str) -> int | None:
    """The year that a column is about, when its contract names exactly one."""
    described = contract.column(column)
    for text in (f"{described.title} {described.definition}", contract.title):
        years = set(_YEAR.findall(text))
        if years:
            return int(years.pop()) if len(years) == 1 else None
    return None
