"""Speeds as loops in the road measure them: per street and measuring week, no vehicle by itself.

Nobody drives the same: most keep to a usual speed of the street, some go faster. Weeks differ by
weather and works. Speed has nothing to do with crashes here, so what an analysis says of the two
together can be held against the truth: there is nothing to be found.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from grondslag.synthetic.chance import Floats, Integers, stream
from grondslag.synthetic.geography import DANGEROUS_STREET, street_named, streets
from grondslag.synthetic.roads import SPEED_LIMITS, Roads

SPEEDING = (
    (DANGEROUS_STREET, 4.0),
    ("Merelstraat", 8.0),
    ("Madeliefweide", 7.0),
    ("Wiekenstraat", 7.0),
)
"""Streets where everybody drives faster than elsewhere, by so many kilometres an hour."""

WEEKS = 6
_MEASURED_RANKS = (0, 1, 2)
_LOOP_FAILED = 0.08
_USUAL = {50: 44.0, 30: 28.5}
_AROUND = {50: 5.5, 30: 4.5}
_HURRIED, _HURRIED_MORE = 0.12, 9.0
_STREETS_DIFFER, _WEEKS_DIFFER = 2.2, 0.9
_FASTEST = 140


@dataclass(frozen=True, slots=True)
class Speeds:
    """What was measured, one element per street and week.

    Args:
        street: Position of the street.
        monday: First day of the week.
        passages: Vehicles that passed the loop.
        median: Speed that half of them stayed under, in km/h.
        v85: Speed that 85% of them stayed under, in km/h.
        above: Percentage of them above the limit.
        limit: In km/h.
    """

    street: Integers
    monday: list[date]
    passages: Integers
    median: Floats
    v85: Floats
    above: Floats
    limit: Integers


@dataclass(frozen=True, slots=True)
class Slowed:
    """Streets where everybody drives slower from a day on.

    Args:
        street: Their positions; they are measured too.
        since: From this day.
        by: So many kilometres an hour.
    """

    street: Integers
    since: date
    by: float


def make_speeds(
    seed: int,
    roads: Roads,
    today: date,
    *,
    years: int = 2,
    weeks: int = WEEKS,
    slowed: Slowed | None = None,
) -> Speeds:
    """All measuring weeks of the last whole years.

    Args:
        seed: Equal seeds give equal measurements.
        roads: For the traffic of each street.
        today: The day it is.
        years: How many years.
        weeks: How many weeks on each street in all those years.
        slowed: Where and since when people drive slower; None when nowhere.
    """
    chance = stream(seed, "speeds")
    usually = [at for at, one in enumerate(streets()) if one.rank in _MEASURED_RANKS]
    measured = np.union1d(usually, slowed.street if slowed else []).astype(np.int64)
    ranks = np.array([streets()[at].rank for at in measured])
    limit = np.take(SPEED_LIMITS, np.minimum(ranks, 2))
    faster = _STREETS_DIFFER * chance.normal(size=measured.size)
    for name, more in SPEEDING:
        faster[measured == streets().index(street_named(name))] = more
    usual = np.array([_USUAL[one] for one in limit.tolist()]) + faster
    shape = (measured.size, weeks)
    monday = _mondays(stream(seed, "speed weeks"), shape, today, years)
    centre = usual[:, None] + _WEEKS_DIFFER * chance.normal(size=shape)
    if slowed:
        here = np.isin(measured, slowed.street)[:, None]
        centre -= slowed.by * (here & (monday >= slowed.since.toordinal()))
    daily = np.array([roads.traffic[roads.street == at].mean() for at in measured])
    passages = chance.poisson(7 * daily[:, None] * chance.uniform(0.85, 1.1, shape))
    counts = chance.multinomial(passages, _shares(centre, limit))
    kept = chance.random(shape) >= _LOOP_FAILED
    at, _ = np.nonzero(kept)
    seen = counts[kept]
    return Speeds(
        street=measured[at],
        monday=[date.fromordinal(day) for day in monday[kept].tolist()],
        passages=passages[kept],
        median=_below(seen, 0.5),
        v85=_below(seen, 0.85),
        above=_above(seen, limit[at]),
        limit=limit[at],
    )


def _shares(centre: Floats, limit: Integers) -> Floats:
    """Share of the vehicles per whole kilometre an hour, for each street and week."""
    speed = np.arange(1, _FASTEST + 1)
    around = np.array([_AROUND[one] for one in limit.tolist()])[:, None, None]
    density: Floats = np.zeros((*centre.shape, speed.size))
    for share, more in ((1 - _HURRIED, 0.0), (_HURRIED, _HURRIED_MORE)):
        density += share * np.exp(-(((speed - centre[..., None] - more) / around) ** 2) / 2)
    shares: Floats = density / density.sum(axis=-1, keepdims=True)
    return shares


def _below(counts: Integers, share: float) -> Floats:
    """Speed that this share stays under; between whole numbers on a straight line."""
    reached = np.cumsum(counts, axis=1)
    wanted = share * reached[:, -1:]
    at = (reached >= wanted).argmax(axis=1)
    rows = np.arange(len(counts))
    missing = reached[rows, at] - wanted[:, 0]
    found: Floats = at + 1.5 - missing / counts[rows, at]
    return found.round(1)


def _above(counts: Integers, limit: Integers) -> Floats:
    fast = np.arange(1, _FASTEST + 1) > limit[:, None]
    shares: Floats = 100 * (counts * fast).sum(axis=1) / counts.sum(axis=1)
    return shares.round(1)


def _mondays(
    chance: np.random.Generator, shape: tuple[int, int], today: date, years: int
) -> Integers:
    """A different week for every measurement on a street, over whole years, as ordinals."""
    first = date(today.year - years, 1, 1).toordinal()
    first += (7 - date.fromordinal(first).weekday()) % 7
    count, size = shape
    last = 52 * years - 1
    drawn = [chance.choice(last, size=size, replace=False) for _ in range(count)]
    return first + 7 * np.sort(np.array(drawn, dtype=np.int64), axis=1)


def speed_table(speeds: Speeds) -> pa.Table:
    """The file as the department keeps it."""
    places = [streets()[at] for at in speeds.street.tolist()]
    return pa.table(
        {
            "straat": [one.code for one in places],
            "buurt": [one.neighbourhood for one in places],
            "wijk": [one.district for one in places],
            "week_vanaf": pa.array(speeds.monday, pa.date32()),
            "passages": pa.array(speeds.passages, pa.int64()),
            "v50": speeds.median,
            "v85": speeds.v85,
            "te_hard_procent": speeds.above,
            "limiet": pa.array(speeds.limit, pa.int64()),
        }
    )
