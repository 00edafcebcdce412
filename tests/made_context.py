"""A made-up delivery with tables beside the question: complaints, ages and casualties."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from grondslag.canonical import canonical_bytes, sha256_hex, to_yaml
from grondslag.contracts import read_contracts
from made_contracts import column, contract_content
from made_delivery import AREAS, DISTRICTS, STREETS, MadeDelivery, crash_table, made_delivery
from made_plans import made_plan

KINDS = ("te_hard", "oversteek")
BANDS = ("0-11", "12-17", "18-64", "65-119")
EVEN: Mapping[str, Sequence[tuple[str, int]]] = {
    street: [("UMS", 20), ("LET", 12)] for street in STREETS
}
COMPLAINTS = {(code, kind): 30 for code in DISTRICTS for kind in KINDS}
AGES = {
    (code, band): count
    for code in DISTRICTS
    for band, count in zip(BANDS, (150, 50, 600, 200), strict=True)
}
CASUALTIES = {(code, year): 12 for code in DISTRICTS for year in range(2014, 2019)}


def _column(name: str, logical_type: str = "string", **parts: Any) -> dict[str, Any]:
    """A column of open data with a definition of its own."""
    definition = parts.pop("definition", None)
    made = column(name, logical_type, **parts)
    if definition:
        made["customProperties"].append({"property": "definition", "value": definition})
    return made


def _write_contracts(folder: Path, domain: str) -> None:
    areas = {"file": "gebieden.areas.yaml", "sha256": sha256_hex(canonical_bytes(AREAS))}
    wijk = column("wijk", privacy={"area_level": "wijk"})
    amount = {"unit": "gewonden", "period_basis": "calendar_year"}
    contents = [
        contract_content(
            name="meldingen",
            columns=[wijk, column("soort", privacy={"values": list(KINDS)})],
            privacy={"areas": areas, "domain": "public_space"},
            description={"limitations": "Sommige mensen melden vaak."},
        ),
        contract_content(
            name="bewoners",
            columns=[
                wijk,
                column(
                    "geboren",
                    "date",
                    privacy={
                        "category": "ordinary",
                        "role": "quasi",
                        "allowed": ["age:leeftijd"],
                        "bands": {"leeftijd": [0, 12, 18, 65, 120]},
                    },
                ),
            ],
            privacy={"areas": areas, "domain": "brp"},
        ),
        contract_content(
            name="gewonden",
            columns=[
                wijk,
                column("jaar", "integer"),
                _column("aantal", "integer", definition=amount),
            ],
            privacy={"areas": areas, "domain": domain},
            slaProperties=[
                {"property": "retention", "value": 10, "unit": "y", "element": "gewonden.jaar"}
            ],
        ),
    ]
    for content in contents:
        path = folder / f"{content['name']}.odcs.yaml"
        path.write_text(to_yaml(content), encoding="utf-8")


def _cells(counts: Mapping[tuple[str, Any], int | None], key: str, count: str) -> pa.Table:
    return pa.table(
        {
            "wijk": [area for area, _ in counts],
            key: [value for _, value in counts],
            count: pa.array(list(counts.values()), pa.int64()),
        }
    )


def beside_delivery(
    folder: Path,
    per_street: Mapping[str, Sequence[tuple[str, int]]] = EVEN,
    *,
    complaints: Mapping[tuple[str, str], int | None] | None = None,
    ages: Mapping[tuple[str, str], int | None] | None = None,
    casualties: Mapping[tuple[str, int], int | None] | None = None,
    domain: str = "care",
    focus: Sequence[str] = (),
) -> MadeDelivery:
    """A delivery about crashes with three tables beside it."""
    traffic = [(street, 1.0) for street in STREETS]
    main = made_delivery(folder, crash_table(per_street), traffic=traffic, focus=focus)
    _write_contracts(folder / "contracts", domain)
    asked = [
        ("meldingen", [("wijk", "exact"), ("soort", "exact")], "aggregate"),
        ("bewoners", [("wijk", "exact"), ("geboren", "age:leeftijd")], "aggregate"),
        ("gewonden", [("wijk", "exact"), ("jaar", "exact"), ("aantal", "exact")], "open"),
    ]
    data = [
        {
            "dataset": name,
            "columns": [{"name": c, "form": f, "reason": "Nodig ernaast."} for c, f in columns],
            "output": output,
            "count": "persons" if output == "aggregate" else "rows",
        }
        for name, columns, output in asked
    ]
    (folder / "beside").mkdir()
    extra = made_plan(folder / "beside", data=data)
    plan = replace(main.plan, data=(*main.plan.data, *extra.data))
    tables = {
        "meldingen": _cells(COMPLAINTS if complaints is None else complaints, "soort", "persons"),
        "bewoners": _cells(AGES if ages is None else ages, "geboren", "persons"),
        "gewonden": _cells(CASUALTIES if casualties is None else casualties, "jaar", "aantal"),
    }
    contracts = read_contracts(folder / "contracts")
    return MadeDelivery(plan, contracts, {**main.tables, **tables})
