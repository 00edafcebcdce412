"""The register of crashes as the department keeps it: the registered part, with realistic dirt.

About one row in 180 stands there twice, streets and road users are missing here and there, notes
end in spaces and hold what should not be in them. No row carries anybody's identity.
"""

import numpy as np

from grondslag.synthetic.chance import Integers, stream
from grondslag.synthetic.crashes import KINDS, SEVERITIES, Crashes, missing_parties
from grondslag.synthetic.geography import streets
from grondslag.synthetic.names import person_numbers
from grondslag.synthetic.roads import Roads
from grondslag.synthetic.texts import crash_texts

COLUMNS = (
    "ongeval_id",
    "datum",
    "jaar",
    "straat",
    "buurt",
    "wijk",
    "km_vanaf_kruispunt",
    "ernst",
    "partij_1",
    "partij_2",
    "toelichting",
)
MISSING = "NULL"
_NO_STREET = 0.02
_TWICE = 1 / 180

Row = list[str]


def crash_rows(seed: int, roads: Roads, crashes: Crashes) -> list[Row]:
    """The rows of the file, in order of registration; a few stand there twice."""
    chance = stream(seed, "crash register")
    known = np.flatnonzero(crashes.registered)
    known = known[np.argsort(crashes.day[known], kind="stable")]
    rows = _rows(chance, roads, crashes, known)
    twice = np.flatnonzero(chance.random(len(rows)) < _TWICE)
    after = np.minimum(len(rows), twice + chance.integers(1, 40, twice.size))
    for at, later in sorted(zip(twice.tolist(), after.tolist(), strict=True), reverse=True):
        rows.insert(later, list(rows[at]))
    return rows


def _rows(
    chance: np.random.Generator, roads: Roads, crashes: Crashes, known: Integers
) -> list[Row]:
    segments = crashes.segment[known]
    day = crashes.day[known]
    years = (day.astype("datetime64[Y]").astype(int) + 1970).tolist()
    no_street = (chance.random(known.size) < _NO_STREET).tolist()
    no_first, no_second = missing_parties(chance, known.size)
    away = chance.exponential(0.06, known.size).tolist()
    texts = crash_texts(chance, known.size)
    rows = []
    for n, (segment, kind, severity) in enumerate(
        zip(
            segments.tolist(),
            crashes.kind[known].tolist(),
            crashes.severity[known].tolist(),
            strict=True,
        )
    ):
        street = streets()[int(roads.street[segment])]
        first, second = KINDS[kind].first, KINDS[kind].second
        rows.append(
            [
                f"VB{years[n]}-{n + 1:06d}",
                _dutch_day(str(day[n])),
                str(years[n]),
                MISSING if no_street[n] else street.code,
                street.neighbourhood,
                street.district,
                f"{away[n]:.2f}".replace(".", ","),
                SEVERITIES[severity],
                MISSING if no_first[n] else first + ("  " if n % 83 == 0 else ""),
                MISSING if no_second[n] or not second else second,
                texts[n] or MISSING,
            ]
        )
    return rows


def dirty_rows(rows: list[Row]) -> list[Row]:
    """The first rows again, now with what no reader can make sense of: for tests of refusals.

    Dates in three forms, a street nobody knows, a severity nobody knows, a year in words, a person
    number in a note.
    """
    dirty = [list(row) for row in rows[:200]]
    day, month, year = dirty[3][1].split("-")
    dirty[3][1] = f"{year}-{month}-{day}"
    dirty[5][1] = f"{month}/{day}/{year}"
    dirty[7][3] = "ST9999"
    dirty[8][2] = "tweeduizend"
    dirty[9][7] = "ZWAAR"
    dirty[11][10] = f"Bestuurder gaf bsn {person_numbers(1)[0]} op."
    return dirty


def _dutch_day(day: str) -> str:
    year, month, rest = day.split("-")
    return f"{rest}-{month}-{year}"
