"""A register of everybody in the small town, beside which its reports become anonymous."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from made_contracts import areas_hash, column, write_contract
from made_records import REASON, need
from small_project import MINIMUM, lawful_plan, number, write_csv
from small_town import SmallTown, make_small_town

RESIDENTS: Mapping[str, int] = {"B11": 90, "B12": 70, "B21": 400}
"""People per neighbourhood; B11 and B12 are W1, B21 is W2."""

POPULATION: Mapping[str, Any] = {
    "dataset": "inwoners",
    "columns": [{"name": "buurt", "form": "exact", "reason": REASON}],
    "output": "aggregate",
    "count": "persons",
}


def records(*models: Mapping[str, Any], **wishes: Any) -> dict[str, Any]:
    """Reports by neighbourhood as anonymous records, with these promises."""
    return need(("buurt", "exact"), models=[dict(one) for one in models], **wishes)


def make_town_with_residents(
    folder: Path,
    *needs: Mapping[str, Any],
    step: str = "anonymous",
    twice: bool = False,
    change: Callable[[Any], None] | None = None,
) -> SmallTown:
    """The small town with a register of its residents; signed.

    Args:
        folder: Where it comes to stand.
        needs: What the plan asks.
        step: The highest step of its output.
        twice: Whether somebody stands in the register twice.
        change: What is changed in the contract of the reports before everybody signs.
    """
    entry = {"category": "ordinary", "role": "quasi", "filterable": True}
    buurt = {"allowed": ["exact", "area:wijk"], "area_level": "buurt"}
    hidden = {"role": "direct", "allowed": ["pseudonym"], "filterable": False}
    write_contract(
        folder / "project" / "contracts",
        name="inwoners",
        columns=[
            column("bsn", privacy=entry | hidden | {"category": "national_id"}),
            column("buurt", privacy=entry | buurt),
            column("sinds", "date", privacy=entry | {"allowed": ["year"]}),
        ],
        privacy={
            "source_folders": ["../../data"],
            "person_key": "bsn",
            "minimum_group": MINIMUM,
            "areas": {"file": "gebieden.areas.yaml", "sha256": areas_hash()},
        },
        server={
            "server": "bron",
            "type": "local",
            "path": "../../data/inwoners.csv",
            "format": "csv",
        },
        slaProperties=[
            {"property": "retention", "value": 5, "unit": "y", "element": "inwoners.sinds"}
        ],
    )
    rows = [buurt for buurt, count in RESIDENTS.items() for _ in range(count)]
    people = [(number(at), buurt, "2026-01-01") for at, buurt in enumerate(rows)]
    write_csv(
        folder / "data" / "inwoners.csv", ("bsn", "buurt", "sinds"), people + people[: int(twice)]
    )
    made = make_small_town(folder, lawful_plan(*needs, step=step))
    if change is not None:
        made.edit("contracts/meldingen.odcs.yaml", change)
    made.sign()
    return made
