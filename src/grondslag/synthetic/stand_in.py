"""A small stand-in for the open data of the Utrecht example, with the same shape and faults.

Only column names, value lists and codes of districts are facts; every row, outline and number is
made up. Faults on purpose: some rows stand there twice, missing road users are the text ``NULL``,
party 1 is often absent, and nothing says which rows are one crash.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np

from grondslag.synthetic.chance import drawn, stream
from grondslag.synthetic.writing import write_csv, write_features

DISTRICTS = MappingProxyType(
    {
        "WK034401": "Wijk 01 West",
        "WK034402": "Wijk 02 Noordwest",
        "WK034403": "Wijk 03 Overvecht",
        "WK034404": "Wijk 04 Noordoost",
        "WK034405": "Wijk 05 Oost",
        "WK034406": "Wijk 06 Binnenstad",
        "WK034407": "Wijk 07 Zuid",
        "WK034408": "Wijk 08 Zuidwest",
        "WK034409": "Wijk 09 Leidsche Rijn",
        "WK034410": "Wijk 10 Vleuten-De Meern",
    }
)
"""Codes and names of the ten districts, as Statistics Netherlands publishes them."""

PARTY_COLUMNS = (
    *("jaar_vkl", "ap3_code", "aol_id", "nummer", "ote_id", "lon", "lat"),
    *("wijk_code", "wijk_name"),
)
_YEARS = (2015, 2016, 2017, 2018)
_CRASHES = 420
_KINDS = ("11", "61", "64", "62", "31", "21", "71", "24")
_KIND_SHARES = (0.25, 0.20, 0.21, 0.14, 0.06, 0.05, 0.05, 0.04)
_WEST, _SOUTH, _WIDE, _HIGH = 5.00, 52.05, 0.03, 0.02
_TWICE = 24


def make_stand_in(folder: Path, *, seed: int = 2026) -> Mapping[str, Path]:
    """Write the stand-in; per dataset its file.

    Args:
        folder: Where to write; made when absent.
        seed: Equal seeds give equal bytes.

    Raises:
        SourceError: The disk is full or the folder cannot be written.
    """
    parties, districts = folder / "ongevallen.csv", folder / "wijken.geojson"
    write_csv(parties, PARTY_COLUMNS, _party_rows(seed), delimiter=",")
    write_features(districts, [_feature(at) for at in range(len(DISTRICTS))])
    return MappingProxyType({"ongevallen": parties, "wijken": districts})


def _party_rows(seed: int) -> list[tuple[str, ...]]:
    """One row per crash and party; without anything that says which rows belong together."""
    chance = stream(seed, "stand-in")
    district = drawn(chance, np.linspace(2.0, 0.8, len(DISTRICTS)), _CRASHES)
    severity = drawn(chance, np.array([0.53, 0.46, 0.01]), _CRASHES)
    codes = list(DISTRICTS)
    rows: list[tuple[str, ...]] = []
    for n in range(_CRASHES):
        at = int(district[n])
        place = _somewhere(chance, at)
        shared = (str(_YEARS[n % 4]), ("UMS", "LET", "DOD")[severity[n]], str(n * 7 % 10))
        first = 1 if chance.random() < 0.75 else 2
        for number in range(first, 3 + int(chance.random() < 0.1)):
            kind = _KINDS[int(drawn(chance, np.array(_KIND_SHARES), 1)[0])]
            road_user = "NULL" if chance.random() < 0.19 else kind
            rows.append((*shared, str(number), road_user, *place, codes[at], DISTRICTS[codes[at]]))
    twice = chance.choice(len(rows), size=_TWICE, replace=False)
    rows += [rows[at] for at in twice.tolist()]
    return [rows[at] for at in chance.permutation(len(rows)).tolist()]


def _somewhere(chance: np.random.Generator, at: int) -> tuple[str, str]:
    lon = _WEST + (at % 5 + chance.uniform(0.1, 0.9)) * _WIDE
    lat = _SOUTH + (at // 5 + chance.uniform(0.1, 0.9)) * _HIGH
    return f"{lon:.5f}", f"{lat:.5f}"


def _feature(at: int) -> dict[str, object]:
    """A district as a rectangle on a grid, with the properties of the real file."""
    west, south = _WEST + at % 5 * _WIDE, _SOUTH + at // 5 * _HIGH
    corners = ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))
    ring = [[round(west + x * _WIDE, 5), round(south + y * _HIGH, 5)] for x, y in corners]
    code = list(DISTRICTS)[at]
    shares = {"pop_0_14": 16.0, "pop_15_24": 14.0, "pop_25_44": 36.0, "pop_45_64": 22.0}
    return {
        "type": "Feature",
        "properties": {
            "code": code,
            "name": DISTRICTS[code],
            "province": "Utrecht",
            "area": 5.5,
            "urbanity": "strongly urbanised",
            "population": 20_000 + 2_000 * at,
            **shares,
            "pop_65plus": 12.0,
            "dwelling_total": 10_000 + 1_000 * at,
            "dwelling_value": 350,
            "dwelling_ownership": 45,
            "employment_rate": 70,
            "income_low": 35.0,
            "income_high": 25.0,
            "edu_appl_sci": 55.0,
        },
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
