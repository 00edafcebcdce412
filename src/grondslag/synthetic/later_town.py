"""Voorbeeldstad a few years later: twelve cameras stand there, and what they did is known."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

import numpy as np

from grondslag.canonical import write_json
from grondslag.synthetic import cameras, crash_register, crashes, roads, speeds
from grondslag.synthetic.geography import streets
from grondslag.synthetic.town import Town
from grondslag.synthetic.writing import write_csv, write_parquet

LATER = date(2029, 3, 1)
SINCE = date(2027, 1, 1)
_FIRST_MONTH = 2023
"""Before this year the police registered less: no months from before it."""
_SPEED_YEARS = 4
_SPEED_WEEKS = 16

_OPEN = ("jaar", "straat", "buurt", "wijk", "ernst")
"""What is open of a registered crash."""

LATER_FILES: Mapping[str, str] = MappingProxyType(
    {
        "ongevallen": "mobiliteit/ongevallen_open.csv",
        "wegen": "mobiliteit/wegen.parquet",
        "snelheden": "mobiliteit/snelheden.parquet",
        "flitspalen": "mobiliteit/flitspalen.csv",
        "maandcijfers": "mobiliteit/maandcijfers.csv",
    }
)
"""Per dataset its file."""


def make_later_town(
    folder: Path, *, seed: int = 2026, effect: float = 0.0, slower: float = 4.0
) -> Town:
    """Write the files about traffic of Voorbeeldstad in 2029.

    Args:
        folder: Where to write; made when absent.
        seed: Equal seeds give equal bytes.
        effect: Share of the crashes that the cameras take away; nothing by default.
        slower: By how many km/h people drive slower where a camera stands.

    Raises:
        SourceError: The disk is full or the folder cannot be written.
    """
    sources = {dataset: folder / name for dataset, name in LATER_FILES.items()}
    network = roads.make_roads(seed)
    happened = crashes.make_crashes(seed, network, LATER)
    stand = cameras.place_cameras(network, happened, since=SINCE, effect=effect, slower=slower)
    happened = cameras.with_cameras(seed, network, happened, stand)
    rows = crash_register.crash_rows(seed, network, happened)
    at = [crash_register.COLUMNS.index(name) for name in _OPEN]
    write_csv(sources["ongevallen"], _OPEN, ([row[n] for n in at] for row in rows))
    write_parquet(sources["wegen"], roads.road_table(network))
    calmer = speeds.Slowed(stand.street, SINCE, slower)
    measured = speeds.make_speeds(
        seed, network, LATER, years=_SPEED_YEARS, weeks=_SPEED_WEEKS, slowed=calmer
    )
    write_parquet(sources["snelheden"], speeds.speed_table(measured))
    columns = ("straat", "buurt", "wijk", "geplaatst_op", "reden")
    write_csv(sources["flitspalen"], columns, cameras.camera_rows(stand))
    write_csv(sources["maandcijfers"], ("maand", "ongevallen"), monthly_rows(happened))
    truth = folder / "truth.json"
    sites = [streets()[at].code for at in stand.street.tolist()]
    planted = {"sites": sites, "since": SINCE.isoformat(), "effect": effect, "slower": slower}
    write_json(truth, {"made_up": True, **planted})
    return Town(folder, 0, seed, MappingProxyType(sources), truth)


def monthly_rows(happened: crashes.Crashes) -> list[tuple[str, int]]:
    """Registered crashes in the whole town, per month."""
    months = happened.day[happened.registered].astype("datetime64[M]")
    first, last = np.datetime64(f"{_FIRST_MONTH}-01"), np.datetime64(f"{LATER.year}-01")
    return [
        (f"{month}-01", int((months == month).sum()))
        for month in np.arange(first, last).astype("datetime64[M]")
    ]
