"""The question of an area comparison, made ready: tables, areas, denominators, smallest group."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from grondslag.analysis.counting import Material, area_keys, material_of
from grondslag.analysis.delivered import DeliveredData
from grondslag.analysis.exposure import Denominator, denominator
from grondslag.analysis.places import Places, level_in, places_of
from grondslag.contracts import Contract, LogicalType
from grondslag.errors import InputError
from grondslag.plan import Analysis, DataNeed, Plan
from grondslag.release import Scope

_PARTY = re.compile(r"\b(partij|partijen|party|parties)\b", re.IGNORECASE)
_DAYS_A_YEAR = 365.25
_CRASH = re.compile(r"\b(ongeval|ongevallen|crash|crashes)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AreaQuestion:
    """Everything an area comparison needs.

    Args:
        ask: The question as the plan puts it.
        contract: Of the dataset that is counted.
        need: What the plan asks of it.
        material: Its rows with a known area.
        without_area: How many rows have none.
        places: The areas.
        denominators: Residents, traffic: those that the plan names.
        length: How much road there is, to tell busy roads from long ones.
        minimum: Smallest group that will be shown.
        scope: Which rows, for the ledger.
        unit: What one row is.
        granularity: What the contract says one row is.
    """

    ask: Analysis
    contract: Contract
    need: DataNeed
    material: Material
    without_area: Material
    places: Places
    denominators: tuple[Denominator, ...]
    length: Denominator | None
    minimum: int
    scope: Scope
    unit: str
    granularity: str

    @property
    def party_number(self) -> str:
        """What the contract says of a delivered number of the party; empty when there is none."""
        for wanted in self.need.columns:
            column = self.contract.column(wanted.name)
            if column.type is LogicalType.INTEGER and _PARTY.search(column.definition):
                return column.definition
        return ""

    @property
    def years(self) -> float | None:
        """How many years were counted; None when nobody says."""
        if self.scope.period is None:
            return None
        first, last = (date.fromisoformat(day) for day in self.scope.period)
        return ((last - first).days + 1) / _DAYS_A_YEAR

    @property
    def coarsest(self) -> str:
        """The level that is always shown."""
        return self.places.levels[-1]


def question_of(delivered: DeliveredData, *, minimum: int) -> AreaQuestion:
    """Make the question ready.

    Args:
        delivered: The delivery.
        minimum: Smallest group of the audience; a contract may ask for more.

    Raises:
        InputError: The plan puts no question, does not ask for a column that it needs, or counts
            by what people wrote in their own words.
    """
    ask = delivered.plan.analysis
    if ask is None:
        raise InputError("analysis.no-question")
    need = delivered.plan.need(ask.dataset)
    contract = delivered.contracts.get(ask.dataset)
    if need is None or contract is None:
        raise InputError("analysis.dataset-not-delivered", dataset=ask.dataset)
    places = places_of(contract, need, ask.area)
    everything = material_of(delivered.table(ask.dataset), contract, need)
    for column in filter(None, (ask.severity, ask.period)):
        if column not in everything.table.column_names:
            raise InputError(
                "analysis.column-not-delivered", dataset=ask.dataset, column=column[:63]
            )
    _check_no_text(ask, need)
    known = pc.is_valid(_keys(everything, places))
    found = (
        denominator("residents", ask.residents, delivered),
        denominator("traffic", ask.traffic, delivered),
    )
    granularity = granularity_of(contract)
    return AreaQuestion(
        ask=ask,
        contract=contract,
        need=need,
        material=everything.with_table(everything.table.filter(known)),
        without_area=everything.with_table(everything.table.filter(pc.invert(known))),
        places=places,
        denominators=tuple(one for one in found if one is not None),
        length=denominator("length", ask.length, delivered),
        minimum=max(minimum, contract.privacy.minimum_group),
        scope=scope_of(ask, need, everything),
        unit=unit_of(f"{granularity} {contract.title}", everything, need),
        granularity=granularity or contract.privacy.collection,
    )


def _check_no_text(ask: Analysis, need: DataNeed) -> None:
    """Refuse people's own words as the kinds that rows are counted by: they are no closed list."""
    wanted = need.wants(ask.severity) if ask.severity else None
    if wanted is not None and wanted.form.name == "deidentified":
        raise InputError("analysis.counted-by-text", dataset=need.dataset, column=wanted.name)


def _keys(material: Material, places: Places) -> pa.Array:
    return pa.array(area_keys(material.table, places, places.levels[-1]), pa.string())


def granularity_of(contract: Contract) -> str:
    """What the contract says one row is: ODCS has a field for it, per table."""
    content = contract.document.content
    tables = content.get("schema") if isinstance(content, Mapping) else None
    first = tables[0] if isinstance(tables, list) and tables else {}
    said = first.get("dataGranularityDescription") if isinstance(first, Mapping) else None
    return str(said or "").strip()


def unit_of(said: str, material: Material, need: DataNeed) -> str:
    """The word for what is counted; a contract that says nothing gives the most careful one."""
    if material.is_aggregate and need.count == "persons":
        return "person"
    if _PARTY.search(said):
        return "party"
    return "crash" if _CRASH.search(said) else "row"


def scope_of(ask: Analysis, need: DataNeed, material: Material) -> Scope:
    """Which rows a question is about, for the ledger."""
    period = None
    if need.period is not None:
        period = (need.period.start.isoformat(), need.period.end.isoformat())
    elif ask.period:
        period = _span(material.table[ask.period].to_pylist())
    codes = need.area.codes if need.area else ()
    if len(codes) == 1:
        return Scope(period, codes[0])
    return Scope(period, "", {"areas": ",".join(sorted(codes))} if codes else {})


def _span(values: list[Any]) -> tuple[str, str] | None:
    """First and last day of a column with years or dates."""
    days = [_as_text(value) for value in values if value is not None]
    if not days:
        return None
    first, last = min(days), max(days)
    if len(first) == 4:
        return f"{first}-01-01", f"{last}-12-31"
    return (first, last) if len(first) == 10 else None


def _as_text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


def geometry_of(delivered: DeliveredData) -> tuple[str, dict[str, Any]]:
    """Level and outlines of the areas on the map; empty when the plan names no map.

    Raises:
        InputError: The plan does not ask for the columns, or an outline is no GeoJSON.
    """
    plan: Plan = delivered.plan
    where = plan.analysis.map if plan.analysis else None
    if where is None:
        return "", {}
    need, contract = plan.need(where.dataset), delivered.contracts.get(where.dataset)
    if need is None or contract is None:
        raise InputError("analysis.dataset-not-delivered", dataset=where.dataset)
    for column in (where.area, where.value):
        if need.wants(column) is None:
            raise InputError(
                "analysis.column-not-delivered", dataset=where.dataset, column=column[:63]
            )
    table = delivered.table(where.dataset)
    shapes: dict[str, Any] = {}
    for code, shape in zip(
        table[where.area].to_pylist(), table[where.value].to_pylist(), strict=True
    ):
        if code is not None and shape is not None:
            shapes[str(code)] = _outline(shape, where.dataset)
    return level_in(contract, need, where.area), shapes


def _outline(shape: object, dataset: str) -> Any:
    """A GeoJSON geometry, delivered as text or as a structure."""
    if not isinstance(shape, str):
        return shape
    try:
        return json.loads(shape)
    except ValueError as error:
        raise InputError("analysis.no-outline", dataset=dataset) from error
