"""Small made-up publications, and what would weaken them, for the attacker to be tried on."""

import math

import numpy as np

from attacker.learned import Road
from attacker.reading import Range, Report, Seen, Table
from grondslag.methods import compare_rates, exact_interval, fit_performance, shrunk

MINIMUM = 10


def exactly(value: float, digits: int) -> Range:
    """A number as it is written with so many decimals."""
    half = 0.5 * 10.0**-digits
    return round(value, digits) - half, round(value, digits) + half


def table(name, cells, dimensions=("area",), **changes):
    settings = {
        "dataset": "ongevallen", "population": "crash", "period": ("2024-01-01", "2025-12-31"),
        "where": {}, "minimum": MINIMUM, "covers": True, "zeros": True, "parents": {},
    }  # fmt: skip
    return Table(id=name, dimensions=dimensions, cells=tuple(cells), **(settings | changes))


def shown(key, count, **numbers):
    keys = (key,) if isinstance(key, str) else key
    return Seen(keys, count, numbers)


def withheld(key, **numbers):
    keys = (key,) if isinstance(key, str) else key
    return Seen(keys, None, dict(numbers), own=True)


COUNTS = {"a": 31, "b": 44, "c": 4, "d": 7, "e": 52}
"""Made-up counts per area: c and d are too small to show."""


def fair_report(**changes) -> Report:
    """Two small areas withheld, nothing that adds up: safe."""
    cells = [
        shown(code, count) if count >= MINIMUM else withheld(code, **changes.get(code, {}))
        for code, count in COUNTS.items()
    ]
    return Report((table("wijk", cells),))


def with_total(*, one_hidden: bool) -> Report:
    """The total of the city beside areas of which one, or two, are withheld."""
    cells = [
        shown(code, count) if count >= MINIMUM or (one_hidden and code == "d") else withheld(code)
        for code, count in COUNTS.items()
    ]
    city = table("city", [shown((), sum(COUNTS.values()))], dimensions=())
    return Report((table("wijk", cells), city))


def interval_of(count: int, digits: int) -> dict[str, Range]:
    """The exact interval of a count as it would be published."""
    limits = exact_interval(count)
    return {"low": exactly(limits.low, digits), "high": exactly(limits.high, digits)}


def ratio_of(count: int, expected: float, digits: int) -> dict[str, Range]:
    """A ratio beside what was expected."""
    return {"ratio": exactly(count / expected, digits), "expected": exactly(expected, digits)}


EXPOSURES = {"a": 900.0, "b": 1200.0, "c": 300.0, "d": 400.0, "e": 1000.0}


def against_the_rest(hidden: tuple[str, ...], digits: int) -> Report:
    """Areas against the rest of the city; the total stands in every expected number."""
    total, size = sum(COUNTS.values()), sum(EXPOSURES.values())
    cells = []
    for code, count in COUNTS.items():
        exposure = EXPOSURES[code]
        found = compare_rates(
            count=count, exposure=exposure, other_count=total - count,
            other_exposure=size - exposure, dispersion=1.0,
        )  # fmt: skip
        numbers = {
            "expected": exactly(found.expected, max(digits - 2, 0)),
            "ratio": exactly(found.ratio, digits),
            "ratio_low": exactly(found.interval.low, digits),
            "ratio_high": exactly(found.interval.high, digits),
        }
        if code in hidden:
            cells.append(Seen((code,), None, {}, exposure, own=True))
        else:
            cells.append(Seen((code,), count, numbers, exposure))
    return Report((table("wijk-traffic", cells, covers=False),))


def learned_of_all(
    hidden: int, *, digits: int, busy: float = 0.03
) -> tuple[Report, dict[str, Road], dict[str, int]]:
    """Roads against what like roads have, learned of all: so many of them withheld.

    Args:
        hidden: How many are too small to show.
        digits: Decimals of ratios; expected numbers have two fewer, as on the page.
        busy: Traffic of the small roads: at 0.1 nearly all of them have 9.
    """
    draw = np.random.default_rng(20260801)
    roads, counts = {}, {}
    for at in range(60):
        small = at < hidden
        traffic = 3e5 * (1 + at / 20) * (busy if small else 2.0)
        road = Road(traffic=traffic, length=1.0 if small else 2.0, years=2.0)
        roads[f"r{at}"] = road
        like = 0.004 * math.exp(0.7 * road.busy) * road.length * road.years
        count = int(draw.poisson(like * draw.gamma(5, 0.2)))
        counts[f"r{at}"] = min(count, MINIMUM - 1) if small else max(count, MINIMUM)
    values = list(counts.values())
    places = list(roads.values())
    fitted = fit_performance(
        values, {"traffic": [one.busy for one in places]},
        [one.length * one.years for one in places],
    )  # fmt: skip
    estimate = shrunk(values, fitted.predicted, fitted.dispersion)
    low, high = estimate.interval()
    cells = []
    for at, (code, count) in enumerate(counts.items()):
        like = float(fitted.predicted[at])
        if count < MINIMUM:
            cells.append(withheld(code))
            continue
        numbers = {
            "expected": exactly(like, max(digits - 2, 0)),
            "ratio": exactly(float(estimate.mean[at]) / like, digits),
            "ratio_low": exactly(float(low[at]) / like, digits),
            "ratio_high": exactly(float(high[at]) / like, digits),
        }
        cells.append(Seen((code,), count, numbers))
    return Report((table("straat-alike", cells, covers=False),)), roads, counts
