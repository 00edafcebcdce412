"""A place and the places around it.

Known answers, on sudden infant deaths in North Carolina with touching counties, from the
documentation and tests of PySAL's esda (`Moran`, `Moran_Rate`, `Moran_Local_Rate`):

* rates of 1974 to 1978: Moran's I of the map 0.24772519;
* rates of 1979 to 1984, made comparable as Assunção and Reis (1999),
  doi:10.1002/(SICI)1097-0258(19990830)18:16<2147::AID-SIM179>3.0.CO;2-I, do: Moran's I 0.16622344,
  and the first ten counties in the quadrants 2, 4, 3, 1, 2, 1, 1, 4, 2, 4 (1 high amid high, 2 low
  amid high, 3 low amid low, 4 high amid low).

Places of one map by hand, p-values against every order there is.
"""

from itertools import permutations

import numpy as np
import pytest

import north_carolina as carolina
from grondslag.errors import InputError
from grondslag.methods import discoveries, local_moran, needed_orders, shrunk_rates

ROW = [[1], [0, 2], [1, 3], [2, 4], [3, 0]]
"""Neighbours need not be mutual: the last looks back at the first."""
VALUES = [1.0, 2.0, 4.0, 8.0, 10.0]


def chance(seed=20261128):
    return np.random.default_rng(seed)


def comparable(events, exposures):
    events, exposures = np.array(events, dtype=float), np.array(exposures, dtype=float)
    common = events.sum() / exposures.sum()
    spread = (exposures * (events / exposures - common) ** 2).sum() / exposures.sum()
    between = spread - common / exposures.mean()
    return (events / exposures - common) / np.sqrt(between + common / exposures)


def test_the_published_map_of_rates():
    rates = np.array(carolina.DEATHS) / np.array(carolina.BIRTHS)

    found = local_moran(rates, carolina.TOUCHING, orders=99, chance=chance())

    assert found.overall == pytest.approx(0.24772519, abs=1e-6)


def test_the_published_map_of_comparable_rates():
    rates = comparable(carolina.LATER_DEATHS, carolina.LATER_BIRTHS)

    found = local_moran(rates, carolina.TOUCHING, orders=99, chance=chance())
    quadrant = np.where(
        found.high, np.where(found.high_around, 1, 4), np.where(found.high_around, 2, 3)
    )

    assert found.overall == pytest.approx(0.16622344, abs=1e-8)
    assert quadrant[:10].tolist() == [2, 4, 3, 1, 2, 1, 1, 4, 2, 4]


def test_five_places_by_hand():
    """Deviations -4, -3, -1, 3, 5; their squares are 12 on average."""
    found = local_moran(VALUES, ROW, orders=99, chance=chance())

    by_hand = [-4 * -3, -3 * -2.5, -1 * 0, 3 * 2, 5 * -0.5]
    assert found.moran == pytest.approx([one / 12 for one in by_hand])
    assert found.high.tolist() == [False, False, False, True, True]
    assert found.high_around.tolist() == [False, False, False, True, False]


def test_p_values_are_those_of_every_order():
    exact = []
    for at, near in enumerate(ROW):
        others = [value for place, value in enumerate(VALUES) if place != at]
        sums = np.array([sum(order[: len(near)]) for order in permutations(others)])
        real = sum(VALUES[one] for one in near)
        exact.append(min(1.0, 2 * min(np.mean(sums >= real), np.mean(sums <= real))))

    found = local_moran(VALUES, ROW, orders=19_999, chance=chance())

    assert found.p_values == pytest.approx(exact, abs=0.015)


def test_a_place_without_neighbours_says_nothing():
    found = local_moran([1.0, 5.0, 3.0], [[1], [0], []], orders=99, chance=chance())

    assert found.moran[2] == 0
    assert found.p_values[2] == 1


def test_a_place_amid_all_others_says_nothing():
    everybody = [[other for other in range(5) if other != at] for at in range(5)]

    found = local_moran(VALUES, everybody, orders=99, chance=chance())

    assert found.p_values.tolist() == [1] * 5


def test_a_planted_hot_spot_is_found_in_shrunken_rates():
    random, side = chance(), 12
    exposure = random.uniform(200, 800, side * side)
    risk = np.full((side, side), 0.05)
    risk[3:6, 3:6] = 0.15
    counts = random.poisson(exposure * risk.ravel())
    near = [
        [
            row * side + column
            for row, column in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1))
            if 0 <= row < side and 0 <= column < side
        ]
        for r in range(side)
        for c in range(side)
    ]

    found = local_moran(shrunk_rates(counts, exposure), near, orders=9_999, chance=random)
    stands = np.array(discoveries(found.p_values.tolist()))

    assert stands[4 * side + 4]
    assert found.high[stands & found.high_around].mean() > 0.5


@pytest.mark.parametrize(("places", "orders"), [(1, 40), (400, 16_000), (5_000, 200_000)])
def test_with_enough_orders_one_place_of_many_can_stand_alone(places, orders):
    """Benjamini and Hochberg (1995): the smallest of n p-values must be at most 0.05 / n."""
    assert needed_orders(places) == orders
    assert discoveries([2 / (orders + 1)] + [1.0] * (places - 1))[0]
    assert not discoveries([2 / (orders - 1)] + [1.0] * (places - 1))[0]


@pytest.mark.parametrize(
    ("places", "rate", "code"),
    [(0, 0.05, "methods.too-few-areas"), (9, 1.0, "methods.not-a-level")],
)
def test_orders_for_nothing_are_refused(places, rate, code):
    with pytest.raises(InputError) as refused:
        needed_orders(places, rate=rate)

    assert refused.value.code == code


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
        local_moran(values, near, orders=9, chance=chance())

    assert refused.value.code == code
