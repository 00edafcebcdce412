"""A made-up delivery about crashes, residents and traffic, for tests of analysis and report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from grondslag.canonical import canonical_bytes, sha256_hex, to_yaml
from grondslag.clock import FixedClock
from grondslag.contracts import Contract, read_contracts
from grondslag.plan import Plan
from grondslag.release import FourEyes, Ledger, Profile, ReleasedFigure, release
from made_contracts import column, contract_content
from made_plans import made_plan

OPEN = Profile("open", 10, date(2018, 5, 25))
CLOCK = FixedClock(datetime(2027, 3, 3, 12, tzinfo=UTC))
_NAMES = ("Noord", "Oost", "Zuid", "West", "Haven", "Centrum")
DISTRICTS = {f"W{n}": f"Wijk {name}" for n, name in enumerate(_NAMES, start=1)}
STREETS = {f"S{n}{m}": f"Straat {n}{m}" for n in range(1, 7) for m in range(1, 4)}
AREAS: dict[str, Any] = {
    "areas": "grondslag/1",
    "name": "Straten en wijken",
    "levels": ["straat", "wijk"],
    "list": [
        *({"code": code, "name": name, "level": "wijk"} for code, name in DISTRICTS.items()),
        *(
            {"code": code, "name": name, "level": "straat", "within": f"W{code[1]}"}
            for code, name in STREETS.items()
        ),
    ],
}
POLYGONS = {
    code: {
        "type": "Polygon",
        "coordinates": [[[n, 0], [n + 1, 0], [n + 1, 1], [n, 1], [n, 0]]],
    }
    for n, code in enumerate(DISTRICTS)
}


@dataclass(frozen=True)
class MadeDelivery:
    """A delivery without keys: what an analysis asks of one."""

    plan: Plan
    contracts: Mapping[str, Contract]
    tables: Mapping[str, pa.Table]
    manifest: Mapping[str, Any] = field(default_factory=dict)

    def table(self, dataset: str) -> pa.Table:
        """One table."""
        return self.tables[dataset]


def _area(name: str, level: str) -> dict[str, Any]:
    return column(name, privacy={"area_level": level})


def write_contracts(folder: Path, **crash_columns: Any) -> None:
    """Contracts of crashes, districts and roads, with their list of areas."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "gebieden.areas.yaml").write_text(to_yaml(AREAS), encoding="utf-8")
    areas = {"file": "gebieden.areas.yaml", "sha256": sha256_hex(canonical_bytes(AREAS))}
    open_data = {"data": "open", "access": "open", "areas": areas}
    columns = {
        "straat": _area("straat", "straat"),
        "wijk": _area("wijk", "wijk"),
        "ernst": column("ernst"),
        "jaar": column("jaar", "integer"),
    } | crash_columns
    contents = [
        contract_content(name="ongevallen", columns=list(columns.values()), privacy=open_data),
        contract_content(
            name="wijken",
            columns=[
                _area("wijk", "wijk"),
                column("inwoners", "integer", description="Inwoners op 1 januari 2022."),
                column("grens"),
            ],
            privacy=open_data,
        ),
        contract_content(
            name="wegen",
            columns=[_area("straat", "straat"), column("vkm", "number")],
            privacy=open_data,
        ),
        contract_content(
            name="snelheden",
            columns=[
                _area("straat", "straat"),
                column("week", "date"),
                *(column(name, "integer") for name in ("passages", "limiet")),
                *(column(name, "number") for name in ("v85", "te_hard")),
            ],
            privacy=open_data,
        ),
    ]
    for content in contents:
        path = folder / f"{content['name']}.odcs.yaml"
        path.write_text(to_yaml(content), encoding="utf-8")


def wanted(*names: str) -> list[dict[str, str]]:
    """Columns of a plan, as they are."""
    return [
        {"name": name, "form": "exact", "reason": "Nodig voor de vergelijking."} for name in names
    ]


def crash_table(per_street: Mapping[str, Sequence[tuple[str, int]]]) -> pa.Table:
    """Rows from counts per street and severity, spread over the years."""
    rows = [
        (street, f"W{street[1]}", severity, 2015 + at % 4)
        for street, counts in per_street.items()
        for severity, count in counts
        for at in range(count)
    ]
    names = ("straat", "wijk", "ernst", "jaar")
    return pa.table({name: [row[at] for row in rows] for at, name in enumerate(names)})


def made_delivery(
    folder: Path,
    crashes: pa.Table,
    *,
    residents: Mapping[str, int | None] | None = None,
    traffic: Sequence[tuple[str, float | None]] = (),
    focus: Sequence[str] = (),
    columns: Sequence[str] = ("straat", "wijk", "ernst", "jaar"),
    speeds: pa.Table | None = None,
    **crash_columns: Any,
) -> MadeDelivery:
    """A delivery with its plan and contracts."""
    write_contracts(folder / "contracts", **crash_columns)
    people = dict.fromkeys(DISTRICTS, 1000) if residents is None else residents
    data = [
        {"dataset": "ongevallen", "columns": wanted(*columns), "output": "open"},
        {"dataset": "wijken", "columns": wanted("wijk", "inwoners", "grens"), "output": "open"},
    ]
    analysis: dict[str, Any] = {
        "question": "area_comparison",
        "dataset": "ongevallen",
        "area": "straat" if "straat" in columns else "wijk",
        "focus": list(focus),
        "comparison": "rest",
        "severity": "ernst",
        "period": "jaar",
        "residents": {"dataset": "wijken", "area": "wijk", "value": "inwoners"},
        "map": {"dataset": "wijken", "area": "wijk", "value": "grens"},
    }
    tables = {
        "ongevallen": crashes,
        "wijken": pa.table(
            {
                "wijk": list(people),
                "inwoners": pa.array(list(people.values()), pa.int64()),
                "grens": [canonical_bytes(POLYGONS[code]).decode() for code in people],
            }
        ),
    }
    if traffic:
        data.append({"dataset": "wegen", "columns": wanted("straat", "vkm"), "output": "open"})
        analysis["traffic"] = {"dataset": "wegen", "area": "straat", "value": "vkm"}
        tables["wegen"] = pa.table(
            {
                "straat": [street for street, _ in traffic],
                "vkm": pa.array([value for _, value in traffic], pa.float64()),
            }
        )
    if speeds is not None:
        data.append(
            {"dataset": "snelheden", "columns": wanted(*speeds.column_names), "output": "open"}
        )
        analysis["speeds"] = {
            "dataset": "snelheden",
            "area": "straat",
            **{name: name for name in ("week", "passages", "v85")},
            "above": "te_hard",
            "limit": "limiet",
        }
        tables["snelheden"] = speeds
    plan = made_plan(folder, data=data, analysis=analysis, example=True)
    return MadeDelivery(plan, read_contracts(folder / "contracts"), tables)


def speed_table(per_street: Mapping[str, Sequence[tuple[int, float, float, int]]]) -> pa.Table:
    """Measuring weeks from passages, v85, percentage above the limit and limit, per street."""
    rows = [
        (street, date(2016, 1, 4 + 7 * at), *week)
        for street, weeks in per_street.items()
        for at, week in enumerate(weeks)
    ]
    names = ("straat", "week", "passages", "v85", "te_hard", "limiet")
    kinds = (pa.string(), pa.date32(), pa.int64(), pa.float64(), pa.float64(), pa.int64())
    return pa.table(
        {
            name: pa.array([row[at] for row in rows], kind)
            for at, (name, kind) in enumerate(zip(names, kinds, strict=True))
        }
    )


def let_out(folder: Path, figures: Sequence[Any]) -> tuple[ReleasedFigure, ...]:
    """Let figures out against a ledger in a folder."""
    return release(
        figures,
        profile=OPEN,
        ledger=Ledger(folder / "ledger"),
        by=FourEyes("analyst", "colleague"),
        project="veilige-straat",
        clock=CLOCK,
    )
