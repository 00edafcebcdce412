"""Does a row rise or fall.

Known answers:

* Sen (1968), Estimates of the regression coefficient based on Kendall's tau,
  doi:10.1080/01621459.1968.10480934, its example, which scipy's tests of
  `theilslopes` carry too: seven points, slope 4, limits 26/7 and 35/8 at 93%.
* The Nile, 1871 to 1970: score -1387 and variance 112,728.33 without correction; with that of
  Hamed and Rao 2.1429 times as much (pymannkendall 1.4.3: 241,565.36), Hussain and Mahmud (2019),
  doi:10.21105/joss.01556. Fading resemblance makes it 4% more.
* Five points in every order there is, for the p-value; the correction by hand, with loops.
"""

from fractions import Fraction
from itertools import permutations
from math import sqrt
from statistics import median

import numpy as np
import pytest
from scipy.stats import norm, rankdata

from grondslag.errors import InputError
from grondslag.methods import trend
from nile import FLOW

SEN = [9, 15, 19, 20, 45, 55, 78]
SEN_TIMES = [1, 2, 3, 4, 10, 12, 18]


def wandering(chance, size, resemblance):
    """A row without a direction, in which each moment resembles the one before."""
    row = np.zeros(size + 50)
    for at in range(1, size + 50):
        row[at] = resemblance * row[at - 1] + chance.normal()
    return row[50:]


def test_the_example_of_sen():
    found = trend(SEN, times=SEN_TIMES, apart=True, level=0.93)

    assert found.slope == 4
    assert found.interval.low == pytest.approx(26 / 7)
    assert found.interval.high == pytest.approx(35 / 8)
    assert found.score == 21


def test_the_nile_without_correction():
    found = trend(FLOW, apart=True)

    assert found.score == -1387
    assert found.p_value == pytest.approx(2 * norm.sf(1386 / sqrt(112_728.33)), rel=1e-4)


def test_the_nile_with_correction():
    found = trend(FLOW)

    assert found.inflation == pytest.approx(241_565.36 / 112_728.33, rel=0.05)
    assert found.inflation >= 241_565.36 / 112_728.33
    assert found.interval.high < 0


def test_the_correction_by_hand():
    """Two slow rows take turns: what lies two apart is alike, what lies beside is not."""
    row = [0, 0, 1, 1, 3, 1, 5, 2, 5, 2, 4, 0, 5, 1, 3, 2]
    size = len(row)
    slope = median(Fraction(row[j] - row[i], j - i) for j in range(size) for i in range(j))
    flat = [float(value - slope * at) for at, value in enumerate(row)]
    rank = rankdata(flat) - (size + 1) / 2
    hamed_rao = 1.0
    for lag in range(1, size - 1):
        alike = sum(rank[at] * rank[at + lag] for at in range(size - lag)) / sum(rank**2)
        if abs(alike) > 1.959964 / sqrt(size):
            pairs = (size - lag) * (size - lag - 1) * (size - lag - 2)
            hamed_rao += 2 / (size * (size - 1) * (size - 2)) * pairs * alike

    assert hamed_rao > 1.2
    assert trend(row).inflation == pytest.approx(hamed_rao)


def test_p_values_are_near_those_of_every_order():
    orders = list(permutations(range(6)))
    scores = np.array([trend(order, apart=True).score for order in orders])
    row = [0, 1, 3, 2, 4, 5]

    found = trend(row, apart=True)
    exact = np.mean(np.abs(scores) >= abs(found.score))

    assert found.p_value == pytest.approx(exact, abs=0.01)


def test_equal_values_take_variance_away():
    """Two threes among six: the variance loses 3 * 2 * 11 / 18 twice."""
    found = trend([1, 1, 1, 2, 2, 2], apart=True)

    variance = (6 * 5 * 17 - 2 * 3 * 2 * 11) / 18
    assert found.score == 9
    assert found.p_value == pytest.approx(2 * norm.sf(8 / sqrt(variance)))


def test_a_row_without_any_change_has_no_direction():
    found = trend([7.0] * 8)

    assert (found.slope, found.score, found.p_value, found.inflation) == (0, 0, 1, 1)


def test_resemblance_makes_a_trend_less_sure():
    row = wandering(np.random.default_rng(3), 60, 0.7) + np.arange(60) / 15

    assert trend(row).p_value > trend(row, apart=True).p_value


def test_a_short_row_sets_no_limits():
    found = trend([1.0, 3.0, 2.0, 5.0], level=0.99)

    assert (found.interval.low, found.interval.high) == (-np.inf, np.inf)


@pytest.mark.long
@pytest.mark.parametrize(
    ("size", "resemblance", "at_most"),
    [(10, 0.0, 0.05), (20, 0.0, 0.05), (60, 0.0, 0.06), (20, 0.3, 0.08), (60, 0.3, 0.07)],
)
def test_false_trends_stay_few_and_intervals_hold_none(size, resemblance, at_most):
    chance = np.random.default_rng(20261128)
    found = [trend(wandering(chance, size, resemblance)) for _ in range(2_000)]

    assert np.mean([one.p_value < 0.05 for one in found]) <= at_most + 0.01
    assert np.mean([one.interval.low <= 0 <= one.interval.high for one in found]) >= 0.91


@pytest.mark.parametrize(
    ("values", "times", "code"),
    [
        ([1.0, 2.0, 3.0], None, "methods.too-short"),
        ([1.0, 2.0, 3.0, float("nan")], None, "methods.not-a-number"),
        ([1.0, 2.0, 3.0, 4.0], [1, 2, 3], "methods.lengths-differ"),
        ([1.0, 2.0, 3.0, 4.0], [1, 2, 2, 3], "methods.not-in-order"),
    ],
)
def test_bad_input_is_refused(values, times, code):
    with pytest.raises(InputError) as refused:
        trend(values, times=times)

    assert refused.value.code == code
