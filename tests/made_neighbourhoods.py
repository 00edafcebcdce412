"""A made-up delivery about households per neighbourhood, for the fair comparison of areas."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from grondslag.canonical import canonical_bytes, sha256_hex, to_yaml
from grondslag.contracts import read_contracts
from made_contracts import column, contract_content
from made_delivery import MadeDelivery, wanted
from made_plans import made_plan

DISTRICTS = {f"W{n}": f"Wijk {n}" for n in range(1, 7)}
AREAS: dict[str, Any] = {
    "areas": "grondslag/1",
    "name": "Buurten en wijken",
    "levels": ["buurt", "wijk"],
    "list": [
        *({"code": code, "name": name, "level": "wijk"} for code, name in DISTRICTS.items()),
        *(
            {"code": f"B{n}{m}", "name": f"Buurt {n}{m}", "level": "buurt", "within": f"W{n}"}
            for n in range(1, 7)
            for m in range(1, 5)
        ),
    ],
}
BUURTEN = tuple(area["code"] for area in AREAS["list"] if area["level"] == "buurt")
KINDS = ("alleen", "samen")

Counts = Mapping[str, int | None]


def write_contracts(folder: Path, limitations: str = "", basis: str = "", **privacy: Any) -> None:
    """Contracts of counts, households and counts per group, with their list of areas."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "gebieden.areas.yaml").write_text(to_yaml(AREAS), encoding="utf-8")
    areas = {"file": "gebieden.areas.yaml", "sha256": sha256_hex(canonical_bytes(AREAS))}
    made_open = {"data": "open", "access": "open", "areas": areas}
    said = {"unit": "koude huishoudens"} | ({"period_basis": basis} if basis else {})
    unit = {"property": "definition", "value": said}
    area = column("buurt", privacy={"area_level": "buurt"})
    counted = column("aantal", "integer")
    counted["customProperties"].append(unit)
    year = column("jaar", "integer")
    kind = column("soort", privacy={"values": list(KINDS)})
    size = column("huishoudens", "integer")
    contents = [
        contract_content(
            name="kou",
            columns=[area, year, counted],
            privacy=made_open | privacy,
            description={"limitations": limitations},
        ),
        contract_content(name="huishoudens", columns=[area, kind, size], privacy=made_open),
        contract_content(name="kou-groepen", columns=[kind, year, counted], privacy=made_open),
        contract_content(
            name="enquete",
            columns=[
                area,
                column("deelnemers", "integer"),
                column("percentage", "number"),
                column("fout", "number"),
            ],
            privacy=made_open,
        ),
    ]
    for content in contents:
        path = folder / f"{content['name']}.odcs.yaml"
        path.write_text(to_yaml(content), encoding="utf-8")


def made_neighbourhoods(
    folder: Path,
    counts: Counts,
    sizes: Mapping[str, tuple[int | None, int | None]],
    *,
    per_kind: tuple[int, int],
    focus: Sequence[str] = (),
    groups: bool = True,
    rows: Sequence[tuple[str, int, int | None]] = (),
    per_kind_rows: Sequence[tuple[str, int, int | None]] = (),
    survey: Sequence[tuple[str, int, float, float]] = (),
    privacy: Mapping[str, Any] | None = None,
    limitations: str = "",
    basis: str = "",
    **fair: Any,
) -> MadeDelivery:
    """A delivery with its plan and contracts.

    Args:
        folder: Where plan and contracts are written.
        counts: Per neighbourhood what its owner counted in 2024; None for too few.
        sizes: Per neighbourhood how many households live alone, and how many together.
        per_kind: What was counted in the whole town of those two.
        focus: Neighbourhoods asked about.
        groups: Whether the plan asks to make the make-up equal.
        rows: Counts per area and year, instead of those of 2024.
        per_kind_rows: The same per kind of household.
        survey: Per neighbourhood respondents, share and standard error.
        privacy: Changes to the contract of the counts.
        limitations: What its owner says that the counts cannot tell.
        basis: Of which time the counts are, as a contract says it.
        fair: Further entries of the plan's ``fair``.
    """
    write_contracts(folder / "contracts", limitations, basis, **(privacy or {}))
    per_area = list(rows) or [(code, 2024, count) for code, count in counts.items()]
    per_group = list(per_kind_rows) or [
        (kind, 2024, count) for kind, count in zip(KINDS, per_kind, strict=True)
    ]
    data = [
        {"dataset": "kou", "columns": wanted("buurt", "jaar", "aantal"), "output": "open"},
        {"dataset": "huishoudens", "columns": wanted("buurt", "soort", "huishoudens"),
         "output": "open"},
        {"dataset": "kou-groepen", "columns": wanted("soort", "jaar", "aantal"), "output": "open"},
    ]  # fmt: skip
    tables = {
        "kou": _table(("buurt", "jaar", "aantal"), per_area),
        "huishoudens": _table(
            ("buurt", "soort", "huishoudens"),
            [
                (code, kind, size)
                for code, both in sizes.items()
                for kind, size in zip(KINDS, both, strict=True)
            ],
        ),
        "kou-groepen": _table(("soort", "jaar", "aantal"), per_group),
    }
    entry: dict[str, Any] = {
        "population": {"dataset": "huishoudens", "area": "buurt", "value": "huishoudens"},
        "counted": "aantal",
    }
    if groups:
        entry |= {"groups": ["soort"], "whole": {"dataset": "kou-groepen", "value": "aantal"}}
    if survey:
        names = ("buurt", "deelnemers", "percentage", "fout")
        data.append({"dataset": "enquete", "columns": wanted(*names), "output": "open"})
        tables["enquete"] = _table(names, survey)
        entry["survey"] = {
            "dataset": "enquete",
            "area": "buurt",
            "respondents": "deelnemers",
            "share": "percentage",
            "error": "fout",
        }
    analysis = {
        "question": "neighbourhoods",
        "dataset": "kou",
        "area": "buurt",
        "focus": list(focus),
        "comparison": "city",
        "period": "jaar",
        "fair": entry | fair,
    }
    plan = made_plan(folder, data=data, analysis=analysis, example=True)
    return MadeDelivery(plan, read_contracts(folder / "contracts"), tables)


def _table(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> pa.Table:
    return pa.table({name: [row[at] for row in rows] for at, name in enumerate(names)})
