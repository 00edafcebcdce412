"""Roads in segments: how long, how busy, and which are really dangerous.

What is measured is not what is: counts are off by some 15%, rounded, and one in sixteen is missing.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from grondslag.synthetic.chance import Floats, Integers, stream
from grondslag.synthetic.geography import (
    DANGEROUS_STREET,
    DISTRICT_AT,
    DISTRICTS,
    SEEMINGLY_DANGEROUS_DISTRICT,
    district_code,
    street_named,
    streets,
)

DANGER = 3.0
"""How many times more crashes a planted dangerous segment has, given its traffic."""

_DANGEROUS_TOO = (("Poortstraat", 1), ("Rietweg", 0), ("Molenstraat", 2))
_KINDS = ("gebiedsontsluitingsweg", "wijkontsluitingsweg", "erftoegangsweg")
SPEED_LIMITS = (50, 50, 30)
"""In km/h, per kind of road."""
_TRAFFIC = (8200.0, 4100.0, 620.0)
_SPREAD = (0.32, 0.35, 0.55)
_SEGMENTS = (6, 4, 2)
_LENGTHS = (210.0, 180.0, 130.0)
_LINDELAAN_TRAFFIC = 6800.0
_UNEVENNESS = 4.0  # shape of the gamma behind unobserved differences: a spread of one half
_MEASUREMENT_ERROR = 0.15
_NOT_MEASURED = 1 / 16


@dataclass(frozen=True, slots=True)
class Roads:
    """All segments, by position; the true values never leave this room but in ``truth.json``.

    Args:
        street: Position of the street.
        number: Number of the segment within its street.
        length: Metres.
        kind: 0 main road, 1 collector, 2 residential street.
        traffic: True vehicles a day.
        measured: Measured vehicles a day; NaN where nobody counted.
        unevenness: Unobserved difference; 1 is usual.
        danger: `DANGER` where planted, otherwise 1.
    """

    street: Integers
    number: Integers
    length: Floats
    kind: Integers
    traffic: Floats
    measured: Floats
    unevenness: Floats
    danger: Floats

    def codes(self) -> list[str]:
        """Code per segment: its street and its number in it."""
        return [
            f"{streets()[s].code}-{n + 1:02d}"
            for s, n in zip(self.street.tolist(), self.number.tolist(), strict=True)
        ]

    def districts(self) -> Integers:
        """Position of the district per segment."""
        return np.array([street.district_at for street in streets()])[self.street]


def make_roads(seed: int) -> Roads:
    """All segments of the town."""
    chance = stream(seed, "roads")
    kinds = np.array([min(street.rank, 2) for street in streets()])
    centre = district_code(DISTRICT_AT[SEEMINGLY_DANGEROUS_DISTRICT])
    count = np.array([_SEGMENTS[kind] for kind in kinds])
    count = np.maximum(1, count + chance.integers(-1, 2, count.size))
    count[[s.district == centre for s in streets()]] += 1  # much road on little ground
    lindelaan = streets().index(street_named(DANGEROUS_STREET))
    count[lindelaan] = 6
    street = np.repeat(np.arange(count.size), count)
    number = np.concatenate([np.arange(n) for n in count])
    kind = kinds[street]
    busy = np.array([DISTRICTS[s.district_at].busyness for s in streets()])[street]
    usual = np.take(_TRAFFIC, kind) * busy
    # Segments of one street share most of their traffic.
    along = chance.normal(size=count.size)[street] * np.take(_SPREAD, kind)
    traffic = usual * np.exp(along + 0.08 * chance.normal(size=street.size))
    is_lindelaan = street == lindelaan
    traffic[is_lindelaan] = _LINDELAAN_TRAFFIC * np.exp(0.05 * chance.normal(size=6))
    length = np.maximum(
        40, np.take(_LENGTHS, kind) * np.exp(0.25 * chance.normal(size=street.size))
    )
    length[is_lindelaan] = 215.0
    unevenness = chance.gamma(_UNEVENNESS, 1 / _UNEVENNESS, street.size)
    danger = np.ones(street.size)
    for at in planted(street, number):
        danger[at], unevenness[at] = DANGER, 1.0  # so that the truth is three, exactly
    measured = traffic * np.exp(_MEASUREMENT_ERROR * chance.normal(size=street.size))
    measured = np.maximum(50, np.round(measured / 50) * 50)
    measured[chance.random(street.size) < _NOT_MEASURED] = np.nan
    return Roads(street, number, length.round(), kind, traffic, measured, unevenness, danger)


def planted(street: Integers, number: Integers) -> list[int]:
    """Positions of the segments that are really dangerous: the whole Lindelaan and three more."""
    wanted = {(streets().index(street_named(name)), at) for name, at in _DANGEROUS_TOO}
    lindelaan = streets().index(street_named(DANGEROUS_STREET))
    return [
        at
        for at, pair in enumerate(zip(street.tolist(), number.tolist(), strict=True))
        if pair[0] == lindelaan or pair in wanted
    ]


def road_table(roads: Roads) -> pa.Table:
    """The register of roads, as the department keeps it."""
    all_streets = [streets()[at] for at in roads.street.tolist()]
    measured = pa.array(
        [None if np.isnan(value) else int(value) for value in roads.measured], pa.int64()
    )
    distance = roads.measured * 365 * roads.length / 1000
    return pa.table(
        {
            "segment": roads.codes(),
            "straat": [street.code for street in all_streets],
            "buurt": [street.neighbourhood for street in all_streets],
            "wijk": [street.district for street in all_streets],
            "lengte_m": pa.array(roads.length.astype(np.int64)),
            "verkeer_per_dag": measured,
            "voertuigkm_per_jaar": pa.array(
                [None if np.isnan(value) else round(value) for value in distance], pa.int64()
            ),
            "snelheid": pa.array([SPEED_LIMITS[kind] for kind in roads.kind.tolist()], pa.int64()),
            "wegtype": [_KINDS[kind] for kind in roads.kind.tolist()],
        }
    )
