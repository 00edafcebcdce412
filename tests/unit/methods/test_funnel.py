"""Areas beside each other.

Known answer: thirteen trials of BCG vaccine, Colditz et al. (1994),
doi:10.1001/jama.1994.03510330076038, the standard example of DerSimonian and Laird's spread
between studies: a chi-square of 152.23 and a variance of 0.309 of the log relative risk.
"""

import math

import numpy as np
import pytest

from grondslag.errors import InputError
from grondslag.methods import funnel, funnel_limits, spread_between

# Cases and persons of the vaccinated, cases and persons of the others.
TRIALS = [
    (4, 123, 11, 139), (6, 306, 29, 303), (3, 231, 11, 220), (62, 13598, 248, 12867),
    (33, 5069, 47, 5808), (180, 1541, 372, 1451), (8, 2545, 10, 629), (505, 88391, 499, 88391),
    (29, 7499, 45, 7277), (17, 1716, 65, 1665), (186, 50634, 141, 27338), (5, 2498, 3, 2341),
    (27, 16913, 29, 17854),
]  # fmt: skip


def test_the_spread_between_the_trials_of_bcg():
    effects = [math.log((a / n) / (c / m)) for a, n, c, m in TRIALS]
    variances = [1 / a - 1 / n + 1 / c - 1 / m for a, n, c, m in TRIALS]

    assert spread_between(effects, variances) == pytest.approx(0.3088, abs=2e-4)


def test_areas_that_differ_by_chance_alone_stay_inside():
    chance = np.random.default_rng(20270301)
    expected = chance.uniform(20, 400, 4000)

    found = funnel(chance.poisson(expected), expected, level=0.95)

    assert found.between < 0.001
    assert np.mean(found.outside) == pytest.approx(0.05, abs=0.01)


def test_a_spread_between_areas_widens_the_limits_of_all():
    chance = np.random.default_rng(3)
    expected = np.full(2000, 200.0)
    truth = expected * chance.gamma(25, 1 / 25, 2000)

    found = funnel(chance.poisson(truth), expected, level=0.95)

    # The root of a gamma with variance 1/25 has a variance of about 1/100.
    assert found.between == pytest.approx(0.01, rel=0.25)
    assert np.mean(found.outside) == pytest.approx(0.05, abs=0.02)


def test_one_area_far_off_does_not_hide_itself():
    expected = [100.0] * 20
    observed = [
        100,
        92,
        108,
        95,
        105,
        99,
        101,
        110,
        90,
        97,
        103,
        104,
        96,
        98,
        102,
        94,
        106,
        91,
        109,
    ]

    found = funnel([*observed, 220], expected)

    assert list(np.flatnonzero(found.outside)) == [19]


def test_a_small_area_may_lie_further_off_than_a_large_one():
    found = funnel([8, 800, 500, 100, 100], [5.0, 500.0, 500.0, 100.0, 100.0], winsorised=0.2)

    assert found.high[0] > found.high[1]
    assert found.score[0] < found.score[1]


@pytest.mark.parametrize(
    ("observed", "expected", "code"),
    [
        ([1, 2, 3, 4, 5], [1.0], "methods.lengths-differ"),
        ([-1, 2, 3, 4, 5], [1.0] * 5, "methods.negative-count"),
        ([1, 2, 3, 4, 5], [0.0] * 5, "methods.nothing-expected"),
        ([1, 2, 3, 4], [1.0] * 4, "methods.too-few-for-funnel"),
    ],
)
def test_bad_input_is_refused(observed, expected, code):
    with pytest.raises(InputError) as refused:
        funnel(observed, expected)

    assert refused.value.code == code


def test_the_limits_of_a_size_follow_from_the_root_of_the_ratio():
    """By hand: the root has standard deviation 1/sqrt(4E); 99.8% is 3.0902 of those on each side.

    With E = 100 that is 1 -/+ 3.0902 / 20, squared; spread 0.01 makes it sqrt(0.0025 + 0.01).
    """
    low, high = funnel_limits([100.0], 0.0)
    assert (low[0], high[0]) == pytest.approx((0.7148, 1.3329), abs=1e-4)

    low, high = funnel_limits([100.0], 0.01)
    assert (low[0], high[0]) == pytest.approx((0.4283, 1.8104), abs=1e-4)
