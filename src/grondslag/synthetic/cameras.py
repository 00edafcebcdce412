"""Speed cameras on the streets with most registered crashes per kilometre, on a known day.

What they do is planted: a share of the crashes that does not happen, and so many kilometres an
hour. With nothing planted crashes still seem to fall, because the streets were chosen in bad years.
"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from grondslag.synthetic.chance import Integers, stream
from grondslag.synthetic.crashes import Crashes
from grondslag.synthetic.geography import streets
from grondslag.synthetic.roads import Roads

SITES = 12
_YEARS_LOOKED_AT = 2
_FEWEST = 5
"""A street with fewer registered crashes in those years is not looked at."""


@dataclass(frozen=True, slots=True)
class Cameras:
    """Where cameras stand, and what they do.

    Args:
        street: Positions of the streets.
        since: The day they began.
        effect: Share of the crashes that does not happen any more.
        slower: By how many kilometres an hour everybody drives slower.
    """

    street: Integers
    since: date
    effect: float
    slower: float


def place_cameras(
    roads: Roads, crashes: Crashes, *, since: date, effect: float, slower: float
) -> Cameras:
    """Cameras on the streets with most registered crashes per kilometre in the two years before."""
    first = np.datetime64(f"{since.year - _YEARS_LOOKED_AT}-01-01")
    seen = crashes.registered & (crashes.day >= first) & (crashes.day < np.datetime64(since))
    counts = np.bincount(roads.street[crashes.segment[seen]], minlength=len(streets()))
    length = np.bincount(roads.street, roads.length, minlength=len(streets()))
    per_kilometre = np.where(counts >= _FEWEST, counts / np.maximum(length, 1.0), 0.0)
    worst = np.sort(np.argsort(-per_kilometre, kind="stable")[:SITES])
    return Cameras(worst, since, effect, slower)


def with_cameras(seed: int, roads: Roads, crashes: Crashes, cameras: Cameras) -> Crashes:
    """The crashes that still happen."""
    chance = stream(seed, "cameras")
    watched = np.isin(roads.street[crashes.segment], cameras.street)
    later = crashes.day >= np.datetime64(cameras.since)
    kept = ~(watched & later & (chance.random(crashes.day.size) < cameras.effect))
    return replace(
        crashes,
        segment=crashes.segment[kept],
        day=crashes.day[kept],
        kind=crashes.kind[kept],
        severity=crashes.severity[kept],
        registered=crashes.registered[kept],
    )


def camera_rows(cameras: Cameras) -> list[tuple[str, str, str, str, str]]:
    """The register of cameras, as the department keeps it."""
    places = [streets()[at] for at in cameras.street.tolist()]
    why = "veel geregistreerde ongevallen"
    day = cameras.since.isoformat()
    return [(one.code, one.neighbourhood, one.district, day, why) for one in places]
