"""Crashes that happen, and the part of them that anyone registers.

How a crash comes about here shares no formula with any analysis: traffic works in a curve that
flattens, segments differ by what nobody observes, and the police registers a car against a car
far more often than someone who falls off a bicycle.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from grondslag.synthetic.chance import Days, Flags, Floats, Integers, drawn, stream
from grondslag.synthetic.geography import DISTRICT_AT, SEEMINGLY_DANGEROUS_DISTRICT
from grondslag.synthetic.roads import Roads

YEARS = 8
SEVERITIES = ("UMS", "LET", "DOD")
_PER_KILOMETRE = 13.0
_FLATTENS_AT = 6000.0
_QUIET_YEARS = (2020, 2021)
_QUIET = 0.82
_FORMER_REGISTRATION = 0.85  # the first two years: the police registered less
_NO_PARTY_1 = 0.13
_NO_PARTY_2 = 0.08


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of crash: who against whom, how often, how it ends, how often it is registered.

    Args:
        first: First road user.
        second: Second road user; empty when alone.
        share: Share in all crashes.
        outcomes: Chance of damage only, of injury, of death.
        registered: Chance that it is registered when there is damage only, and when injury.
    """

    first: str
    second: str
    share: float
    outcomes: tuple[float, float, float]
    registered: tuple[float, float]


KINDS = (
    Kind("auto", "auto", 0.33, (0.84, 0.156, 0.004), (0.62, 0.88)),
    Kind("auto", "fiets", 0.19, (0.38, 0.61, 0.010), (0.35, 0.66)),
    Kind("fiets", "", 0.24, (0.35, 0.643, 0.007), (0.01, 0.09)),
    Kind("fiets", "fiets", 0.05, (0.45, 0.547, 0.003), (0.02, 0.14)),
    Kind("auto", "voetganger", 0.05, (0.15, 0.825, 0.025), (0.30, 0.72)),
    Kind("bromfiets", "auto", 0.06, (0.40, 0.59, 0.010), (0.45, 0.74)),
    Kind("vrachtauto", "auto", 0.04, (0.80, 0.19, 0.010), (0.70, 0.90)),
    Kind("auto", "", 0.04, (0.75, 0.24, 0.010), (0.55, 0.80)),
)


@dataclass(frozen=True, slots=True)
class Crashes:
    """Every crash that happened, by position.

    Args:
        segment: Position of the segment.
        day: When.
        kind: Position in `KINDS`.
        severity: Position in `SEVERITIES`.
        registered: Whether anyone registered it.
    """

    segment: Integers
    day: Days
    kind: Integers
    severity: Integers
    registered: Flags


def crash_years(today: date) -> tuple[int, ...]:
    """The whole years for which crashes are known."""
    return tuple(range(today.year - YEARS, today.year))


def expected_a_year(roads: Roads) -> Floats:
    """Crashes that a segment may expect in a usual year, registered or not."""
    flattened = 1 - np.exp(-((roads.traffic / _FLATTENS_AT) ** 1.1))
    kilometres = roads.length / 1000
    expected: Floats = _PER_KILOMETRE * kilometres * flattened * roads.unevenness * roads.danger
    return expected


def make_crashes(seed: int, roads: Roads, today: date) -> Crashes:
    """All crashes in `crash_years`."""
    chance = stream(seed, "crashes")
    expected = expected_a_year(roads)
    segments, days = [], []
    for year in crash_years(today):
        usual = expected * (_QUIET if year in _QUIET_YEARS else 1.0)
        counts = chance.poisson(usual)
        segments.append(np.repeat(np.arange(counts.size), counts))
        first = np.datetime64(f"{year}-01-01")
        length = int((np.datetime64(f"{year + 1}-01-01") - first).astype(int))
        days.append(first + chance.integers(0, length, int(counts.sum())))
    segment, day = np.concatenate(segments), np.concatenate(days)
    kind = _kinds(chance, roads.districts()[segment])
    severity = _severities(chance, kind)
    return Crashes(segment, day, kind, severity, _registered(chance, kind, severity, day))


def registration_share() -> float:
    """Share of all crashes that is registered in a year with present-day registration."""
    return sum(
        kind.share
        * (
            kind.outcomes[0] * kind.registered[0]
            + kind.outcomes[1] * kind.registered[1]
            + kind.outcomes[2]
        )
        for kind in KINDS
    )


def _kinds(chance: np.random.Generator, district: Integers) -> Integers:
    """Kinds of crashes; in the town centre more people cycle and walk."""
    usual = np.array([kind.share for kind in KINDS])
    soft = np.array(
        [1.3 if kind.second != "auto" and kind.first != "auto" else 1.0 for kind in KINDS]
    )
    centre = district == DISTRICT_AT[SEEMINGLY_DANGEROUS_DISTRICT]
    kind = drawn(chance, usual, district.size)
    kind[centre] = drawn(chance, usual * soft, int(centre.sum()))
    return kind


def _severities(chance: np.random.Generator, kind: Integers) -> Integers:
    edges = np.cumsum([item.outcomes for item in KINDS], axis=1)[kind]
    draw = chance.random(kind.size)
    return (draw > edges[:, 0]).astype(np.int64) + (draw > edges[:, 1])


def _registered(
    chance: np.random.Generator, kind: Integers, severity: Integers, day: Days
) -> Flags:
    shares = np.array([[*item.registered, 1.0] for item in KINDS])[kind, severity]
    year = day.astype("datetime64[Y]").astype(int) + 1970
    former = (year < year.min() + 2) & (severity < 2)
    return chance.random(kind.size) < shares * np.where(former, _FORMER_REGISTRATION, 1.0)


def missing_parties(chance: np.random.Generator, count: int) -> tuple[Flags, Flags]:
    """For which rows the first and the second road user were not written down."""
    return chance.random(count) < _NO_PARTY_1, chance.random(count) < _NO_PARTY_2
