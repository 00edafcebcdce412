"""Made-up data per theme of an example: the files, and the truth behind them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from grondslag.canonical import write_json
from grondslag.errors import InputError
from grondslag.synthetic import energy, housing, mobility, safety, shapes
from grondslag.synthetic.geography import neighbourhoods
from grondslag.synthetic.households import (
    area_counts,
    code,
    group_counts,
    make_households,
    size_table,
)
from grondslag.synthetic.writing import write_csv, write_features

_YEAR = 2025


@dataclass(frozen=True, slots=True)
class Theme:
    """The data of one theme.

    Args:
        sources: Per dataset its file.
        truth: What is really so; for tests only.
    """

    sources: Mapping[str, Path]
    truth: Path


@dataclass(frozen=True, slots=True)
class _Made:
    """Per dataset its file and rows, and what was planted."""

    tables: Mapping[str, tuple[str, pa.Table]]
    planted: Mapping[str, Any]


def make_theme(name: str, folder: Path, *, seed: int = 2026) -> Theme:
    """Write the files of a theme.

    Args:
        name: One of `THEMES`.
        folder: Where to write; made when absent.
        seed: Equal seeds give equal bytes.

    Raises:
        InputError: There is no such theme.
        SourceError: The disk is full or the folder cannot be written.
    """
    if name not in _MAKERS:
        raise InputError("synthetic.no-such-theme", name=name[:40], known=THEMES)
    made = _MAKERS[name](seed)
    sources = {dataset: folder / file for dataset, (file, _) in made.tables.items()}
    for dataset, (_, table) in made.tables.items():
        rows = (tuple(row.values()) for row in table.to_pylist())
        write_csv(sources[dataset], table.column_names, rows)
    sources["buurten"] = folder / "geo/buurten.geojson"
    write_features(sources["buurten"], _outlines())
    truth = folder / f"truth-{name}.json"
    write_json(truth, {"made_up": True, **made.planted})
    return Theme(MappingProxyType(sources), truth)


def _outlines() -> list[dict[str, Any]]:
    rings = shapes.outlines()
    return [
        {
            "type": "Feature",
            "properties": {"buurt": area, "naam": name, "wijk": district},
            "geometry": {"type": "Polygon", "coordinates": [shapes.degrees(rings[area])]},
        }
        for area, name, district in neighbourhoods()
    ]


def _energy(seed: int) -> _Made:
    households = make_households(seed)
    poor = energy.energy_poor(seed, households)
    name = "huishoudens_arm"
    tables = {
        "energiearmoede": (
            "statistiek/energiearmoede.csv",
            area_counts(households, poor, _YEAR, name),
        ),
        "energiearmoede-groepen": (
            "statistiek/energiearmoede_groepen.csv",
            group_counts(households, poor, _YEAR, name),
        ),
        "huishoudens": ("statistiek/huishoudens.csv", size_table(households)),
    }
    return _Made(tables, {"worse": code(energy.LEAKING), "seeming": code(energy.SEEMING)})


def _safety(seed: int) -> _Made:
    made = safety.make_safety(seed)
    tables = {
        "misdrijven": ("politie/misdrijven.csv", safety.crime_table(made)),
        "misdrijven-slachtoffers": (
            "politie/misdrijven_slachtoffers.csv",
            safety.victim_table(made),
        ),
        "aanwezigen": ("statistiek/aanwezigen.csv", safety.present_table(made)),
        "veiligheidsenquete": (
            "statistiek/veiligheidsenquete.csv",
            safety.survey_table(made),
        ),
    }
    planted = {
        "worse": code(safety.WORSE),
        "seeming": code(safety.VISITED),
        "felt": code(safety.FELT),
        "changed": safety.CHANGED,
    }
    return _Made(tables, planted)


def _housing(seed: int) -> _Made:
    households = make_households(seed)
    tight = housing.cramped(seed, households)
    name = "huishoudens_krap"
    tables = {
        "krap-wonen": ("statistiek/krap_wonen.csv", area_counts(households, tight, _YEAR, name)),
        "krap-wonen-groepen": (
            "statistiek/krap_wonen_groepen.csv",
            group_counts(households, tight, _YEAR, name),
        ),
        "huishoudens": (
            "statistiek/huishoudens.csv",
            size_table(households, uncounted=housing.UNCOUNTED),
        ),
    }
    planted = {
        "worse": code(housing.SMALL),
        "seeming": code(housing.SEEMING),
        "uncounted": code(housing.UNCOUNTED),
    }
    return _Made(tables, planted)


def _mobility(seed: int) -> _Made:
    households = make_households(seed)
    years = mobility.stranded(seed, households)
    name = "huishoudens_ver"
    new = code(mobility.NEW)
    per_area = pa.concat_tables(
        [area_counts(households, trait, year, name) for year, trait in years.items()]
    )
    is_there = pc.or_(
        pc.not_equal(per_area["buurt"], new), pc.equal(per_area["jaar"], mobility.YEARS[-1])
    )
    tables = {
        "ver-van-halte": ("statistiek/ver_van_halte.csv", per_area.filter(is_there)),
        "ver-van-halte-groepen": (
            "statistiek/ver_van_halte_groepen.csv",
            pa.concat_tables(
                [group_counts(households, trait, year, name) for year, trait in years.items()]
            ),
        ),
        "huishoudens": ("statistiek/huishoudens.csv", size_table(households)),
    }
    planted = {"worse": code(mobility.FAR), "seeming": code(mobility.SEEMING), "new": new}
    return _Made(tables, planted)


_MAKERS: Mapping[str, Callable[[int], _Made]] = MappingProxyType(
    {
        "energie": _energy,
        "veiligheid": _safety,
        "wonen": _housing,
        "mobiliteit": _mobility,
    }
)

THEMES = tuple(_MAKERS)
"""The themes that can be made."""
