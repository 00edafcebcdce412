"""What partners bring: counts from ambulance and police, and rides that nobody may have.

The ambulance sees what the police does not: someone who fell off a bicycle is taken to hospital
whether or not the crash was registered. Both partners leave out counts under ten.
"""

from datetime import date

import numpy as np
import pyarrow as pa

from grondslag.synthetic.chance import Integers, drawn, stream
from grondslag.synthetic.crashes import Crashes, crash_years
from grondslag.synthetic.geography import DISTRICTS, district_code, neighbourhoods, streets
from grondslag.synthetic.people import People
from grondslag.synthetic.roads import Roads

SMALLEST_COUNT = 10
_TAKEN = 0.6
_INCIDENTS_PER_DISTANCE = 2.1
_DIAGNOSES = (
    *("hersenschudding", "polsbreuk", "sleutelbeenbreuk", "heupbreuk", "kneuzing"),
    *("hartklachten", "benauwdheid", "flauwvallen"),
)
_HOSPITALS = ("Ziekenhuis Voorbeeldstad", "Streekziekenhuis De Wiek")


def ambulance_counts(
    seed: int, roads: Roads, crashes: Crashes, today: date
) -> list[tuple[str, int, int | None]]:
    """Traffic casualties taken by ambulance, per district and year; small counts left out."""
    chance = stream(seed, "ambulance")
    hurt = np.flatnonzero(crashes.severity >= 1)
    taken = hurt[chance.random(hurt.size) < _TAKEN]
    district = roads.districts()[crashes.segment[taken]]
    year = crashes.day[taken].astype("datetime64[Y]").astype(int) + 1970
    counts = _counted(district, year - crash_years(today)[0], (len(DISTRICTS), _years(today)))
    return [
        (district_code(d), year, _large_enough(int(counts[d, n])))
        for d in range(len(DISTRICTS))
        for n, year in enumerate(crash_years(today))
    ]


def police_table(seed: int, roads: Roads, today: date) -> pa.Table:
    """Traffic offences seen by the police, per neighbourhood and year; small counts left out."""
    chance = stream(seed, "police")
    at = np.array([street.neighbourhood_at for street in streets()])[roads.street]
    distance = np.bincount(at, weights=roads.traffic * roads.length * 365 / 1e9)
    counts = chance.poisson(_INCIDENTS_PER_DISTANCE * 10 * distance[:, None], (at.max() + 1, 8))
    rows = [
        (code, year, _large_enough(int(counts[b, n])))
        for b, (code, _, _) in enumerate(neighbourhoods())
        for n, year in enumerate(crash_years(today))
    ]
    codes, years, amounts = zip(*rows, strict=True)
    return pa.table(
        {
            "buurt": codes,
            "jaar": pa.array(years, pa.int64()),
            "overtredingen": pa.array(amounts, pa.int64()),
        }
    )


def ride_table(seed: int, people: People, today: date) -> pa.Table:
    """Ambulance rides with patient and diagnosis: medical secrecy, so no plan may have them."""
    chance = stream(seed, "rides")
    count = max(30, people.number.size // 12)
    who = chance.integers(0, people.number.size, count)
    seconds = np.sort(chance.integers(0, 2 * 365 * 86_400, count))
    moment = np.datetime64(today, "us") - (seconds[::-1] * 1_000_000).astype("timedelta64[us]")
    wijk = [streets()[at].district for at in people.street[who].tolist()]
    diagnosis = drawn(chance, np.array([0.1, 0.1, 0.08, 0.07, 0.15, 0.22, 0.16, 0.12]), count)
    hospital = chance.integers(0, len(_HOSPITALS), count)
    return pa.table(
        {
            "rit_id": [f"A{n + 1:06d}" for n in range(count)],
            "bsn": pa.array(people.number[who]).cast(pa.string()),
            "tijdstip": pa.array(moment, pa.timestamp("us")),
            "wijk": wijk,
            "diagnose": pa.array(_DIAGNOSES).take(pa.array(diagnosis)),
            "bestemming": pa.array(_HOSPITALS).take(pa.array(hospital)),
        }
    )


def _years(today: date) -> int:
    return len(crash_years(today))


def _counted(rows: Integers, columns: Integers, shape: tuple[int, int]) -> Integers:
    flat = np.bincount(rows * shape[1] + columns, minlength=shape[0] * shape[1])
    return flat.reshape(shape).astype(np.int64)


def _large_enough(count: int) -> int | None:
    return count if count >= SMALLEST_COUNT else None
