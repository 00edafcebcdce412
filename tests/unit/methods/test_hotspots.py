"""Places that stand out together.

Known answers: six points and their values, the example of Getis and Ord's G* in the documentation
of PySAL's esda (binary weights, points within 15 of each other), the formula of Ord and Getis
(1995), doi:10.1111/j.1538-4632.1995.tb00912.x.
"""

from itertools import permutations

import numpy as np
import pytest
from scipy.stats import poisson

from grondslag.errors import InputError
from grondslag.methods import discoveries, hot_spots, neighbourhood_p_values

POINTS = np.array([(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)])
VALUES = [2, 3, 3.2, 5, 8, 7]
NEAR = [
    [other for other in range(6) if other != at and np.hypot(*(POINTS[at] - POINTS[other])) <= 15]
    for at in range(6)
]


def grid(side):
    """Neighbours on a square of places."""
    places = [(row, column) for row in range(side) for column in range(side)]
    number = {place: at for at, place in enumerate(places)}
    steps = [(0, 1), (1, 0), (0, -1), (-1, 0)]
    return [
        [number[near] for dr, dc in steps if (near := (row + dr, column + dc)) in number]
        for row, column in places
    ]


def test_the_scores_of_six_points():
    published = [-1.39727626, -0.28917762, 0.65064964, -0.28917762, 1.23452088, 2.02424331]

    found = hot_spots(VALUES, NEAR, orders=99, chance=np.random.default_rng(1))

    assert found.score == pytest.approx(published, abs=1e-7)


def test_p_values_from_random_orders_are_those_of_every_order():
    """Every place keeps its own value; the other five come in 120 orders."""
    exact = []
    for at, near in enumerate(NEAR):
        others = [value for place, value in enumerate(VALUES) if place != at]
        sums = np.array([sum(order[: len(near)]) for order in permutations(others)])
        real = sum(VALUES[one] for one in near)
        tails = np.mean(sums >= real - 1e-9), np.mean(sums <= real + 1e-9)
        exact.append(min(1.0, 2 * min(tails)))

    found = hot_spots(VALUES, NEAR, orders=19_999, chance=np.random.default_rng(2))

    assert found.p_values == pytest.approx(exact, abs=0.015)


def test_a_place_that_is_high_all_by_itself_is_no_hot_spot():
    values = np.arange(144) % 7 + 1.0
    values[65] = 1000.0

    found = hot_spots(values, grid(12), orders=999, chance=np.random.default_rng(3))

    assert found.p_values[65] > 0.1


def test_skewed_values_in_no_order_seldom_give_a_hot_spot():
    """The normal approximation calls one in a third of such maps."""
    chance = np.random.default_rng(20270301)
    near, called, by_score = grid(12), 0, 0
    for _ in range(60):
        values = chance.lognormal(0, 1, 144)
        found = hot_spots(values, near, orders=1_999, chance=chance)
        called += any(discoveries(found.p_values.tolist()))
        by_score += bool(np.any(np.abs(found.score) > 3.9))  # 5% over 144 places, if normal

    assert called <= 6
    assert by_score > 10


def test_a_planted_hot_spot_is_found():
    chance = np.random.default_rng(4)
    near = grid(12)
    values = chance.normal(1, 0.3, 144)
    planted = [65, *near[65]]
    values[planted] += 1.5

    found = hot_spots(values, near, orders=9_999, chance=chance)

    assert discoveries(found.p_values.tolist())[65]


def test_a_neighbourhood_by_hand():
    found = neighbourhood_p_values([4, 6, 1], [2.0, 3.0, 2.0], [[1], [0, 2], [1]])

    assert found[0] == pytest.approx(poisson.sf(9, 5.0))
    assert found[1] == pytest.approx(poisson.sf(10, 7.0))


def test_places_that_differ_by_themselves_make_it_less_sure():
    plain = neighbourhood_p_values([9, 6], [2.0, 3.0], [[1], [0]])
    spread = neighbourhood_p_values([9, 6], [2.0, 3.0], [[1], [0]], dispersion=0.5)

    assert np.all(spread > plain)


def test_without_a_cause_p_values_are_as_small_as_they_say():
    chance = np.random.default_rng(5)
    like, spread = chance.uniform(1, 5, 144), 0.4
    small = 0
    for _ in range(200):
        counts = chance.poisson(like * chance.gamma(1 / spread, spread, 144))
        small += np.mean(neighbourhood_p_values(counts, like, grid(12), dispersion=spread) < 0.05)

    assert small / 200 == pytest.approx(0.05, abs=0.015)


@pytest.mark.parametrize(
    ("values", "near", "code"),
    [
        ([1.0, 2.0], [[1]], "methods.lengths-differ"),
        ([1.0, float("nan")], [[1], [0]], "methods.not-a-number"),
        ([1.0, 1.0], [[1], [0]], "methods.all-equal"),
        ([1.0, 2.0], [[2], [0]], "methods.no-such-neighbour"),
        ([1.0, 2.0], [[-1], [0]], "methods.no-such-neighbour"),
    ],
)
def test_bad_input_is_refused(values, near, code):
    with pytest.raises(InputError) as refused:
        hot_spots(values, near, orders=99, chance=np.random.default_rng(1))

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("counts", "expected", "code"),
    [
        ([1], [1.0, 1.0], "methods.lengths-differ"),
        ([-1], [1.0], "methods.negative-count"),
        ([1], [0.0], "methods.nothing-expected"),
    ],
)
def test_counts_without_ground_are_refused(counts, expected, code):
    with pytest.raises(InputError) as refused:
        neighbourhood_p_values(counts, expected, [[]])

    assert refused.value.code == code
