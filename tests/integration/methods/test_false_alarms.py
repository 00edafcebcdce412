"""Maps and rows on which nothing is the matter: how often is something said all the same?

Four hundred cells whose inhabitants differ widely in number, one risk everywhere. The tempting
test, z-scores of the normal distribution on raw rates, calls some cell on a third of such maps;
ours must stay at one in twenty, and still see a spot that is there.
"""

import numpy as np
import pytest
from scipy.stats import norm

from grondslag.methods import (
    Periods,
    Places,
    before_after,
    compare_rates,
    discoveries,
    exact_interval,
    hot_spots,
    local_moran,
    needed_orders,
    neighbourhood_p_values,
    scan,
    shrunk_rates,
    step_change,
)

pytestmark = pytest.mark.long

SIDE, MAPS, SEED = 20, 1_000, 20261128
ONE_IN_TWENTY = 0.05 + 2 * np.sqrt(0.05 * 0.95 / MAPS)
"""And what a thousand maps may differ from it by chance."""
POINTS = [(column, row) for row in range(SIDE) for column in range(SIDE)]
NEAR = [
    [
        r * SIDE + c
        for r, c in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1))
        if 0 <= r < SIDE and 0 <= c < SIDE
    ]
    for row in range(SIDE)
    for column in range(SIDE)
]


def empty_map(chance, spread=0.0):
    """Counts and inhabitants; cells differ by themselves when a spread is given."""
    people = chance.lognormal(6, 1, SIDE * SIDE)
    expected = people / people.mean() * 4
    risk = chance.gamma(1 / spread, spread, expected.size) if spread else 1.0
    return chance.poisson(expected * risk), people, expected


def stands(p_values):
    return any(discoveries(p_values.tolist()))


@pytest.fixture(scope="module")
def called():
    """On which share of the maps each test calls at least one cell."""
    chance = np.random.default_rng(SEED)
    found = {"z-scores": [], "hot spots": [], "local Moran": [], "neighbourhoods": []}
    for _ in range(MAPS):
        counts, people, expected = empty_map(chance)
        raw = hot_spots(counts / people, NEAR, orders=1, chance=chance)
        rates = shrunk_rates(counts, people)
        if np.ptp(rates) == 0:  # no cell differs, so none is called
            rates = counts / people
        found["z-scores"].append(stands(2 * norm.sf(np.abs(raw.score))))
        spots = hot_spots(rates, NEAR, orders=needed_orders(SIDE * SIDE), chance=chance)
        found["hot spots"].append(stands(spots.p_values))
        alike = local_moran(rates, NEAR, orders=needed_orders(SIDE * SIDE), chance=chance)
        found["local Moran"].append(stands(alike.p_values))
        more = neighbourhood_p_values(counts, expected, NEAR)
        found["neighbourhoods"].append(stands(more))
    return {test: float(np.mean(maps)) for test, maps in found.items()}


def test_the_tempting_test_calls_a_cell_on_many_empty_maps(called):
    assert called["z-scores"] > 0.25


@pytest.mark.parametrize("test", ["hot spots", "local Moran", "neighbourhoods"])
def test_ours_seldom_call_a_cell_on_an_empty_map(called, test):
    assert called[test] <= ONE_IN_TWENTY


@pytest.mark.parametrize("spread", [0.0, 0.3])
def test_the_scan_seldom_finds_a_cluster_on_an_empty_map(spread):
    chance, found = np.random.default_rng(SEED), []
    for _ in range(MAPS):
        counts, _, expected = empty_map(chance, spread)
        places = Places(counts, expected, POINTS)
        first = scan(places, orders=99, chance=chance, at_most=0.1, dispersion=spread)[0]
        found.append(first.p_value <= 0.05)

    assert np.mean(found) <= ONE_IN_TWENTY


def test_the_scan_without_the_differences_between_places_calls_far_too_much():
    chance, found = np.random.default_rng(SEED), []
    for _ in range(100):
        counts, _, expected = empty_map(chance, 0.3)
        places = Places(counts, expected, POINTS)
        first = scan(places, orders=99, chance=chance, at_most=0.1)[0]
        found.append(first.p_value <= 0.05)

    assert np.mean(found) > 0.5


def test_a_spot_that_is_there_is_seen():
    """Nine cells of average size with three times the risk."""
    chance, seen = np.random.default_rng(SEED), {"spots": 0, "scan": 0}
    planted = [row * SIDE + column for row in range(8, 11) for column in range(8, 11)]
    for _ in range(100):
        _, people, expected = empty_map(chance)
        expected[planted], people[planted] = 4.0, people.mean()
        risk = np.ones(SIDE * SIDE)
        risk[planted] = 3.0
        counts = chance.poisson(expected * risk)
        called = discoveries(neighbourhood_p_values(counts, expected, NEAR).tolist())
        seen["spots"] += any(called[cell] for cell in planted)
        places = Places(counts, expected, POINTS)
        first = scan(places, orders=99, chance=chance, at_most=0.1)[0]
        seen["scan"] += first.p_value <= 0.05 and len(set(first.places) & set(planted)) >= 5

    assert seen["spots"] >= 95
    assert seen["scan"] >= 95


@pytest.mark.parametrize("mean", [0.3, 1.0, 4.0, 25.0])
def test_exact_intervals_hold_the_mean(mean):
    chance = np.random.default_rng(SEED)
    counts, times = np.unique(chance.poisson(mean, 20_000), return_counts=True)
    limits = [exact_interval(int(count)) for count in counts]
    held = np.array([limit.low <= mean <= limit.high for limit in limits])

    assert (held * times).sum() / times.sum() >= 0.95


@pytest.mark.parametrize(("mean", "ratio"), [(3.0, 1.0), (10.0, 2.0), (40.0, 0.5)])
def test_intervals_of_a_ratio_hold_it(mean, ratio):
    chance, held = np.random.default_rng(SEED), []
    for _ in range(3_000):
        one, other = int(chance.poisson(mean * ratio)), int(chance.poisson(mean))
        if one + other:
            found = compare_rates(count=one, exposure=1, other_count=other, other_exposure=1)
            held.append(found.interval.low <= ratio <= found.interval.high)

    assert np.mean(held) >= 0.945


@pytest.mark.parametrize("effect", [1.0, 0.7])
def test_the_effect_of_a_measure_at_the_worst_places_lies_in_its_interval(effect):
    """The thirty worst of two thousand, chosen for their accidents."""
    chance, held, naive = np.random.default_rng(SEED), [], []
    for _ in range(1_000):
        usual = chance.uniform(1, 6, 2_000)
        truth = usual * chance.gamma(2, 0.5, 2_000)
        before = chance.poisson(truth)
        worst = np.argsort(-before, kind="stable")[:30]
        after = chance.poisson(truth[worst] * effect)
        periods = Periods(before[worst], after, usual[worst], usual[worst], 3, 3)
        found = before_after(periods, 0.5)
        held.append(found.interval.low <= effect <= found.interval.high)
        naive.append(found.naive)

    assert 0.93 <= np.mean(held) <= 0.97
    assert np.mean(naive) < effect * 0.9


@pytest.mark.parametrize("spread", [0.0, 0.1])
def test_the_step_at_a_measure_lies_in_its_interval(spread):
    chance, held = np.random.default_rng(SEED), []
    month = np.arange(60)
    for _ in range(1_000):
        mean = 20 * np.exp(0.002 * month + 0.2 * np.sin(np.pi * month / 6) - 0.3 * (month >= 36))
        risk = chance.gamma(1 / spread, spread, 60) if spread else 1.0
        found = step_change(chance.poisson(mean * risk), [1.0] * 60, since=36)
        held.append(found.interval.low <= np.exp(-0.3) <= found.interval.high)

    assert np.mean(held) >= 0.92
