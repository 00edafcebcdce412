"""Places in an order.

Known answers by a formula: of two areas with a normal error, the chance that the first is the
higher one is Phi of the difference over the error of it; of n areas about which nothing is known,
every place has the same chance. That an order of areas is mostly wide open: Goldstein and
Spiegelhalter (1996), doi:10.2307/2983325: few of the institutions can be told apart.
"""

import numpy as np
import pytest
from scipy.stats import norm

from grondslag.errors import InputError
from grondslag.methods import Expected, ranks_of, ranks_of_estimates, small_areas

SCHOOLS = [28.0, 8.0, -3.0, 7.0, -1.0, 1.0, 18.0, 12.0]
SCHOOL_ERRORS = [15.0, 10.0, 16.0, 11.0, 9.0, 11.0, 10.0, 18.0]
"""Coaching for an examination at eight schools: Rubin (1981), doi:10.3102/10769986006004377, as
rounded in Gelman and others, Bayesian Data Analysis, doi:10.1201/b16018, table 5.2."""


def test_which_of_eight_schools_is_the_best():
    """Exercise 5.3b of that book: schools apart. Solved by its authors, with 1,000 draws."""
    solution = [0.556, 0.034, 0.028, 0.034, 0.004, 0.013, 0.170, 0.162]

    found = ranks_of_estimates(SCHOOLS, SCHOOL_ERRORS, highest=1)

    assert found.certainty_among == pytest.approx(solution, abs=0.01)


def test_the_best_of_eight_schools_by_the_integral():
    """A school is best when all others lie below it: its density times their distributions."""
    at = np.linspace(-80, 120, 20_001)
    density = [norm.pdf(at, m, s) for m, s in zip(SCHOOLS, SCHOOL_ERRORS, strict=True)]
    below = [norm.cdf(at, m, s) for m, s in zip(SCHOOLS, SCHOOL_ERRORS, strict=True)]
    best = [
        float(
            np.trapezoid(
                density[j] * np.prod([b for k, b in enumerate(below) if k != j], axis=0), at
            )
        )
        for j in range(8)
    ]

    found = ranks_of_estimates(SCHOOLS, SCHOOL_ERRORS, highest=1)

    assert sum(best) == pytest.approx(1, abs=1e-6)
    assert found.certainty_among == pytest.approx(best, abs=0.015)  # 9,999 draws: 3 errors


def test_two_areas_by_the_formula():
    found = ranks_of_estimates([1.0, 0.0], [0.6, 0.8])

    sure = norm.cdf(1.0)  # the error of the difference is 1
    assert found.certainty_among == pytest.approx([sure, 1 - sure], abs=0.012)
    assert found.mean == pytest.approx([2 - sure, 1 + sure], abs=0.012)


def test_areas_of_which_nothing_is_known_can_stand_anywhere():
    found = ranks_of_estimates(np.zeros(40), np.ones(40), highest=10)

    assert found.mean == pytest.approx(np.full(40, 20.5), abs=0.5)
    assert found.certainty_among == pytest.approx(np.full(40, 0.25), abs=0.02)
    assert np.all(found.low <= 2)
    assert np.all(found.high >= 39)


def test_areas_that_are_far_apart_have_one_place_each():
    found = ranks_of_estimates([30.0, 10.0, 20.0], [0.1, 0.1, 0.1])

    assert list(found.low) == [1, 3, 2]
    assert list(found.high) == [1, 3, 2]
    assert found.median_width == 1


def test_a_rate_and_not_a_count_makes_the_order():
    """Ten times as many in an area twenty times as large is half as much."""
    large = Expected(
        np.array([1000.0, 100.0]), np.zeros(2), np.array([1e4, 1e3]), np.array([10.0, 10.0])
    )

    found = ranks_of(large, [20.0, 1.0])

    assert list(found.low) == [2, 1]


def test_the_same_areas_get_the_same_places_every_time():
    once = ranks_of_estimates([3.0, 2.0, 1.0], [1.0, 1.0, 1.0])
    again = ranks_of_estimates([3.0, 2.0, 1.0], [1.0, 1.0, 1.0])

    assert np.array_equal(once.mean, again.mean)


def test_small_areas_can_take_many_places():
    """Sixty areas with 1 to 25 events to be expected: half could take 25 places or more."""
    chance = np.random.default_rng(20270605)
    size = chance.uniform(1, 25, 60)
    seen = chance.poisson(chance.gamma(9.0, 1 / 9.0, 60) * size)

    found = ranks_of(small_areas(seen, size).expected, size)

    assert found.median_width > 25


@pytest.mark.long
def test_the_true_place_lies_within_as_often_as_it_says():
    """200 maps of 60 areas, whose ratios are spread as the method supposes."""
    chance = np.random.default_rng(20270606)
    held = []
    for _map in range(200):
        size = chance.uniform(5, 60, 60)
        ratio = chance.gamma(9.0, 1 / 9.0, 60)
        found = ranks_of(small_areas(chance.poisson(ratio * size), size).expected, size)
        place = np.empty(60)
        place[np.argsort(-ratio)] = np.arange(1, 61)
        held.append((found.low <= place) & (place <= found.high))

    assert 0.92 <= np.mean(held) <= 0.98


@pytest.mark.parametrize(
    ("means", "errors", "highest", "code"),
    [
        ([1.0, 2.0], [1.0], 1, "methods.lengths-differ"),
        ([1.0, 2.0], [1.0, 0.0], 1, "methods.no-variance"),
        ([1.0], [1.0], 1, "methods.too-few-areas"),
        ([1.0, 2.0], [1.0, 1.0], 3, "methods.too-many-highest"),
        ([1.0, 2.0], [1.0, 1.0], 0, "methods.too-many-highest"),
    ],
)
def test_what_has_no_order_is_refused(means, errors, highest, code):
    with pytest.raises(InputError) as refused:
        ranks_of_estimates(means, errors, highest=highest)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("sizes", "code"),
    [([1.0], "methods.lengths-differ"), ([1.0, 0.0], "methods.no-exposure")],
)
def test_sizes_that_cannot_be_are_refused(sizes, code):
    two = Expected(np.ones(2), np.zeros(2), np.ones(2), np.ones(2))

    with pytest.raises(InputError) as refused:
        ranks_of(two, sizes)

    assert refused.value.code == code
