"""A small town with a register of businesses: amounts of which one may be most of a cell.

Every cell of 3 districts and 3 trades has ten businesses of 100, but for a few that are larger.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from made_contracts import column, write_contract
from small_project import lawful_plan, write_csv
from small_town import SmallTown, make_small_town

DISTRICTS, TRADES = ("noord", "oost", "zuid"), ("bouw", "handel", "zorg")
HEADER = ("kvk", "dag", "wijk", "branche", "energie", "omzet", "akkoord")
WAIVERS: Mapping[str, Any] = {
    "column": "akkoord",
    "value": "ja",
    "statement": "Getekende verklaringen in zaak 2027-014",
    "date": "2027-02-01",
}
Large = Mapping[tuple[str, str], tuple[float, float, str]]
"""Per cell the energy, the turnover and the consent of its first business."""


def rows(large: Large) -> list[tuple[object, ...]]:
    """All businesses."""
    found: list[tuple[object, ...]] = []
    for district in DISTRICTS:
        for trade in TRADES:
            for at in range(10):
                energy, turnover, agreed = large.get((district, trade), (100.0, 100.0, "nee"))
                if at:
                    energy, turnover, agreed = 100.0, 100.0, "nee"
                name = f"{68000000 + len(found)}"
                found.append((name, "2026-05-01", district, trade, energy, turnover, agreed))
    return found


def columns(judged_by: str = "") -> list[dict[str, Any]]:
    """The columns of the register."""
    judge = {"judged_by": judged_by} if judged_by else {}
    return [
        column("kvk", privacy={"role": "direct", "allowed": ["pseudonym"], "filterable": False}),
        column("dag", "date", privacy={"allowed": ["year"]}),
        column("wijk", privacy={"values": list(DISTRICTS)}),
        column("branche", privacy={"values": list(TRADES)}),
        column("energie", "number", privacy=judge),
        column("omzet", "number"),
        column("akkoord", privacy={"values": ["ja", "nee"]}),
    ]


def privacy(**changes: Any) -> dict[str, Any]:
    """The entry of the register as a whole."""
    return {
        "person_key": "kvk",
        "minimum_group": 5,
        "contributors": "organisations",
        "waivers": dict(WAIVERS),
        "source_folders": ["../../data"],
    } | changes


NEED: Mapping[str, Any] = {
    "dataset": "bedrijven",
    "columns": [
        {"name": "kvk", "form": "pseudonym", "reason": "Om elk bedrijf één keer te tellen."},
        {"name": "wijk", "form": "exact", "reason": "Waar het bedrijf staat, om te vergelijken."},
        {"name": "branche", "form": "exact", "reason": "Wat het bedrijf doet, om te vergelijken."},
        {"name": "energie", "form": "exact", "reason": "Hoeveel energie daar gebruikt wordt."},
        {"name": "omzet", "form": "exact", "reason": "Om te zien wie een cel overheerst."},
        {"name": "akkoord", "form": "exact", "reason": "Om te zien wie herkenbaar mag zijn."},
    ],
    "rows": {"period": {"column": "dag", "from": "2022-01-01", "until": "2026-12-31"}},
    "output": "pseudonymous",
    "count": "rows",
}


def without(*names: str) -> dict[str, Any]:
    """The need without some columns."""
    kept = [one for one in NEED["columns"] if one["name"] not in names]
    return dict(NEED) | {"columns": kept}


def small_businesses(
    folder: Path,
    large: Large,
    *,
    judged_by: str = "",
    need: Mapping[str, Any] = NEED,
    entry: Mapping[str, Any] | None = None,
) -> SmallTown:
    """The town, signed and delivered."""
    made = rows(large)
    write_csv(folder / "data" / "bedrijven.csv", HEADER, made)
    write_contract(
        folder / "project" / "contracts",
        name="bedrijven",
        columns=columns(judged_by),
        privacy=privacy() if entry is None else dict(entry),
        server={
            "server": "bron",
            "type": "local",
            "path": "../../data/bedrijven.csv",
            "format": "csv",
        },
        slaProperties=[
            {"property": "retention", "value": 5, "unit": "y", "element": "bedrijven.dag"}
        ],
    )
    town = make_small_town(folder, lawful_plan(need, step="pseudonymous"))
    town.sign()
    town.deliver()
    return town


def amounts_of(figure: Any) -> dict[Sequence[str], float | None]:
    """Per cell its amount, None where it is withheld."""
    return {cell.keys: cell.amount for cell in figure.cells}
