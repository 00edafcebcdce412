"""Statistics at the size of a large municipality: areas compared, and segments looked at.

Run by hand:

    python benchmarks/methods.py                  all, five runs
    python benchmarks/methods.py --runs 1 --only segments

Made up from one seed. Areas: a funnel, empirical-Bayes expectations with intervals and certainty,
an exact interval per area, each area against all others, and false discoveries held down. Segments
of road: a safety performance function, empirical-Bayes expectations, hot spots and local Moran's I
with 9,999 random orders each, or with as many as let one segment stand alone, the Poisson test of
each neighbourhood, and false discoveries held down. Scan: all circles on a map of areas, against
999 made maps. Loading libraries does not count. Prints markdown rows: medians of processor seconds
and of seconds on the clock, with the range.
"""

import argparse
import statistics
import time
from collections.abc import Callable

import numpy as np

from grondslag.methods import (
    Places,
    compare_rates,
    discoveries,
    exact_interval,
    fit_performance,
    funnel,
    hot_spots,
    local_moran,
    needed_orders,
    neighbourhood_p_values,
    scan,
    shrunk,
)

SEED = 20261128
AREAS, SEGMENTS, ORDERS = 500, 5_000, 9_999


def areas(chance: np.random.Generator) -> int:
    """Compare every area with what is to be expected of it, and with all others."""
    expected = chance.gamma(2, 10, AREAS)
    counts = chance.poisson(expected * chance.gamma(20, 1 / 20, AREAS))
    outside = funnel(counts.tolist(), expected.tolist()).outside
    found = shrunk(counts, expected, 0.05)
    found.interval()
    found.certainty_above(expected)
    for count in counts:
        exact_interval(int(count))
    total, size = int(counts.sum()), float(expected.sum())
    p_values = [
        compare_rates(
            count=int(count),
            exposure=float(mine),
            other_count=total - int(count),
            other_exposure=size - float(mine),
        ).p_value
        for count, mine in zip(counts, expected, strict=True)
    ]
    return int(outside.sum()) + sum(discoveries(p_values))


def segments(chance: np.random.Generator, orders: int = ORDERS) -> int:
    """Look at every segment of road, by itself and with those around it."""
    traffic, kind = chance.normal(7, 1, SEGMENTS), chance.integers(0, 2, SEGMENTS)
    exposure = chance.uniform(0.05, 0.5, SEGMENTS) * 5
    mean = exposure * np.exp(-5.5 + 0.7 * traffic + 0.3 * kind) * chance.gamma(2, 0.5, SEGMENTS)
    counts = chance.poisson(mean)
    around: list[set[int]] = [set() for _ in range(SEGMENTS)]
    for one, other in zip(
        chance.integers(0, SEGMENTS, 2 * SEGMENTS),
        chance.integers(1, 90, 2 * SEGMENTS),
        strict=True,
    ):
        there = int(one + other) % SEGMENTS
        around[one].add(there)
        around[there].add(int(one))
    near = [sorted(found) for found in around]
    usual = fit_performance(
        counts.tolist(), {"traffic": traffic.tolist(), "kind": kind.tolist()}, exposure.tolist()
    )
    expected = shrunk(counts, usual.predicted, usual.dispersion)
    expected.interval()
    expected.certainty_above(usual.predicted)
    excess = (expected.mean / usual.predicted).tolist()
    spots = hot_spots(excess, near, orders=orders, chance=chance).p_values
    alike = local_moran(excess, near, orders=orders, chance=chance).p_values
    more = neighbourhood_p_values(
        counts.tolist(), usual.predicted.tolist(), near, dispersion=usual.dispersion
    )
    return sum(sum(discoveries(found.tolist())) for found in (spots, alike, more))


def circles(chance: np.random.Generator) -> int:
    """Look for clusters among areas."""
    expected = chance.gamma(2, 10, AREAS)
    places = Places(
        chance.poisson(expected).tolist(), expected.tolist(), chance.uniform(0, 1e4, (AREAS, 2))
    )
    return len(scan(places, orders=999, chance=chance))


def alone(chance: np.random.Generator) -> int:
    """The same, with as many orders as it takes for one segment to stand by itself."""
    return segments(chance, needed_orders(SEGMENTS))


WORK = {
    "areas": (areas, f"{AREAS} areas compared", "under 1 s"),
    "segments": (segments, f"{SEGMENTS:,} segments, {ORDERS:,} random orders", "under 5 s"),
    "alone": (
        alone,
        f"{SEGMENTS:,} segments, {needed_orders(SEGMENTS):,} random orders",
        "none set",
    ),
    "scan": (circles, f"scan of {AREAS} areas, 999 made maps", "none set"),
}


def measured(work: Callable[[np.random.Generator], int], runs: int) -> list[tuple[float, float]]:
    """Processor seconds and seconds on the clock of every run, after one that loads libraries."""
    work(np.random.default_rng(SEED))
    times = []
    for run in range(runs):
        chance = np.random.default_rng(SEED + run)
        processor, clock = time.process_time(), time.perf_counter()
        work(chance)
        times.append((time.process_time() - processor, time.perf_counter() - clock))
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", choices=sorted(WORK))
    asked = parser.parse_args()
    for name, (work, what, aim) in WORK.items():
        if asked.only not in (None, name):
            continue
        processor, clock = zip(*measured(work, asked.runs), strict=True)
        print(
            f"| {what} (`methods.py`) | {aim} "
            f"| {statistics.median(processor):.2f} s processor, "
            f"{statistics.median(clock):.2f} s on the clock "
            f"| {min(processor):.2f}-{max(processor):.2f} s processor |"
        )


if __name__ == "__main__":
    main()
