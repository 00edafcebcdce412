"""The whole town at once: every file of every department, and the truth behind them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from grondslag.canonical import write_json
from grondslag.errors import InputError
from grondslag.synthetic import crash_register, crashes, partners, registers, roads, shapes, speeds
from grondslag.synthetic.geography import (
    DANGEROUS_STREET,
    DISTRICT_AT,
    DISTRICTS,
    SEEMINGLY_DANGEROUS_DISTRICT,
    district_code,
    neighbourhoods,
    street_named,
    streets,
)
from grondslag.synthetic.people import (
    ADD_RESIDENT,
    CREATE_RESIDENTS,
    People,
    make_people,
    resident_rows,
)
from grondslag.synthetic.writing import write_csv, write_features, write_parquet, write_sqlite

FILES: Mapping[str, str] = MappingProxyType(
    {
        "ongevallen": "mobiliteit/ongevallen.csv",
        "wegen": "mobiliteit/wegen.parquet",
        "snelheden": "mobiliteit/snelheden.parquet",
        "wijken": "geo/wijken.geojson",
        "buurten": "geo/buurten.geojson",
        "inwoners": "burgerzaken/inwoners.sqlite",
        "meldingen": "openbare_ruimte/meldingen.csv",
        "bezwaren": "juridische_zaken/bezwaren.csv",
        "ambulance-aantallen": "partners/ambulance_aantallen.csv",
        "ambulanceritten": "partners/ambulanceritten.parquet",
        "politie-aantallen": "partners/politie_aantallen.parquet",
        "inkomens": "werk_en_inkomen/inkomens.parquet",
        "overlast": "veiligheid/overlast.csv",
        "medewerkers": "hr/medewerkers.csv",
    }
)
"""Per dataset its file, in a folder per department."""

DIRTY_FILE = "mobiliteit/ongevallen_vuil.csv"
_FEWEST, _MOST = 200, 9_000_000  # fewer fill no street; more have no person number


@dataclass(frozen=True, slots=True)
class Town:
    """A town that was made.

    Args:
        folder: Where its files stand.
        residents: How many people live in it.
        seed: From which it came; the same seed gives the same bytes.
        sources: Per dataset its file.
        truth: What is really so; for tests only.
    """

    folder: Path
    residents: int
    seed: int
    sources: Mapping[str, Path]
    truth: Path


def make_town(
    folder: Path, *, today: date, residents: int = 60_000, seed: int = 2026, dirt: bool = False
) -> Town:
    """Write every file of Voorbeeldstad.

    The plan of the town is always the same, and roads, crashes and counts of partners do not hang
    on the number of residents; everything about people does.

    Args:
        folder: Where to write; made when absent.
        today: The day it is; crashes run over the eight whole years before.
        residents: How many.
        seed: Equal seeds give equal bytes.
        dirt: Also write a file of crashes that nobody can read as it stands, for tests.

    Raises:
        InputError: Too few or too many residents.
        SourceError: The disk is full or the folder cannot be written.
    """
    if not _FEWEST <= residents <= _MOST:
        raise InputError("synthetic.residents", least=_FEWEST, most=_MOST, asked=residents)
    sources = {dataset: folder / name for dataset, name in FILES.items()}
    people = make_people(seed, residents, today)
    network = roads.make_roads(seed)
    happened = crashes.make_crashes(seed, network, today)
    _write_traffic(sources, seed, network, happened, today)
    _write_people(sources, seed, people, today)
    _write_areas(sources, people)
    if dirt:
        rows = crash_register.crash_rows(seed, network, happened)
        _write_crashes(folder / DIRTY_FILE, crash_register.dirty_rows(rows))
    truth = folder / "truth.json"
    write_json(truth, _truth(network, happened, today))
    return Town(folder, residents, seed, MappingProxyType(sources), truth)


def _write_crashes(path: Path, rows: list[crash_register.Row]) -> None:
    write_csv(path, crash_register.COLUMNS, rows, encoding="windows-1252")


def _write_traffic(
    sources: Mapping[str, Path],
    seed: int,
    network: roads.Roads,
    happened: crashes.Crashes,
    today: date,
) -> None:
    _write_crashes(sources["ongevallen"], crash_register.crash_rows(seed, network, happened))
    write_parquet(sources["wegen"], roads.road_table(network))
    measured = speeds.make_speeds(seed, network, today)
    write_parquet(sources["snelheden"], speeds.speed_table(measured))
    write_parquet(sources["politie-aantallen"], partners.police_table(seed, network, today))
    write_csv(
        sources["ambulance-aantallen"],
        ("wijk", "jaar", "slachtoffers"),
        partners.ambulance_counts(seed, network, happened, today),
        delimiter=",",
    )


def _write_people(sources: Mapping[str, Path], seed: int, people: People, today: date) -> None:
    write_sqlite(sources["inwoners"], CREATE_RESIDENTS, ADD_RESIDENT, resident_rows(people))
    write_csv(
        sources["meldingen"],
        ("melding_id", "bsn", "datum", "straat", "buurt", "wijk", "soort", "tekst"),
        registers.complaint_rows(seed, people, today),
        encoding="utf-16",
    )
    write_csv(
        sources["bezwaren"],
        ("bsn", "doel", "staat", "datum"),
        registers.objection_rows(seed, people, today),
        delimiter=",",
    )
    write_csv(
        sources["overlast"],
        _NUISANCE_COLUMNS,
        registers.nuisance_rows(seed, people, today),
    )
    write_csv(
        sources["medewerkers"], _EMPLOYEE_COLUMNS, registers.employee_rows(seed, people, today)
    )
    write_parquet(sources["inkomens"], registers.income_table(seed, people, today))
    write_parquet(sources["ambulanceritten"], partners.ride_table(seed, people, today))


_NUISANCE_COLUMNS = (
    *("registratie_id", "bsn", "dag_voorval", "straat", "buurt", "wijk", "soort_overlast"),
    *("strafbaar_feit", "rol", "dossier"),
)
_EMPLOYEE_COLUMNS = (
    *("personeelsnummer", "voornaam", "tussenvoegsel", "achternaam", "geboren_op"),
    *("afdeling", "functie", "schaal", "verzuimdagen", "in_dienst_sinds"),
)


def _write_areas(sources: Mapping[str, Path], people: People) -> None:
    """Districts and neighbourhoods in two files, with how many people live there."""
    at = np.array([street.neighbourhood_at for street in streets()])[people.street]
    counts = np.bincount(at, minlength=len(neighbourhoods())).tolist()
    rings = shapes.outlines()
    districts: dict[str, int] = {}
    neighbourhood_features = []
    for (code, name, district), count in zip(neighbourhoods(), counts, strict=True):
        districts[district] = districts.get(district, 0) + count
        facts = {"buurt": code, "naam": name, "wijk": district, "inwoners": count}
        neighbourhood_features.append(_feature(facts, rings[code]))
    district_features = [
        _feature({"wijk": code, "naam": DISTRICTS[d].name, "inwoners": count}, rings[code])
        for d, (code, count) in enumerate(districts.items())
    ]
    write_features(sources["wijken"], district_features)
    write_features(sources["buurten"], neighbourhood_features)


def _feature(properties: Mapping[str, Any], ring: shapes.Ring) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": [shapes.degrees(ring)]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _truth(network: roads.Roads, happened: crashes.Crashes, today: date) -> dict[str, Any]:
    """What is really so: what was planted, and what happened beside what was registered."""
    expected = crashes.expected_a_year(network)
    lindelaan = network.street == streets().index(street_named(DANGEROUS_STREET))
    district = network.districts()
    share = crashes.registration_share()
    codes = network.codes()
    all_of_them = np.bincount(happened.segment, minlength=district.size)
    registered = np.bincount(happened.segment[happened.registered], minlength=district.size)
    distance = network.traffic * network.length * 365 / 1000
    return {
        "made_up": True,
        "years": list(crashes.crash_years(today)),
        "danger": roads.DANGER,
        "dangerous_street": street_named(DANGEROUS_STREET).code,
        "dangerous_segments": [codes[at] for at in np.flatnonzero(network.danger > 1)],
        "seemingly_dangerous_district": district_code(DISTRICT_AT[SEEMINGLY_DANGEROUS_DISTRICT]),
        "speeding_streets": [street_named(name).code for name, _ in speeds.SPEEDING],
        "registration_share": round(share, 4),
        "dangerous_street_expected_registered": round(
            float(expected[lindelaan].sum()) * share * crashes.YEARS, 1
        ),
        "dangerous_street_registered": int(registered[lindelaan].sum()),
        "districts": {
            district_code(d): {
                "happened": int(all_of_them[district == d].sum()),
                "registered": int(registered[district == d].sum()),
                "vehicle_kilometres_a_year": round(float(distance[district == d].sum())),
            }
            for d in range(len(DISTRICTS))
        },
    }
