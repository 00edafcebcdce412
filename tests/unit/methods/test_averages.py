"""Means over few clusters: thousands of vehicles in one week are one week."""

import math

import pytest

from grondslag.errors import InputError
from grondslag.methods import change_beside, clustered_difference, clustered_mean

DRUG_1 = (0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
DRUG_2 = (1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)


def test_welch_on_the_sleep_data():
    """Student (1908), The probable error of a mean, doi:10.1093/biomet/6.1.1: the sleep data.

    Means .75 and 2.33 as in the paper; t = -1.8608, 17.776 degrees of freedom, p = .07939 and the
    interval (-3.3655, .2055) are what the manual of R's ``t.test`` gives for the same table.
    """
    one, other = clustered_mean(DRUG_1), clustered_mean(DRUG_2)

    found = clustered_difference(one, other)

    assert (one.mean, other.mean) == pytest.approx((0.75, 2.33))
    assert found.difference / math.hypot(one.error, other.error) == pytest.approx(-1.8608, abs=5e-5)
    assert found.freedom == pytest.approx(17.776, abs=5e-4)
    assert found.p_value == pytest.approx(0.07939, abs=5e-6)
    assert found.interval.low == pytest.approx(-3.3655, abs=5e-5)
    assert found.interval.high == pytest.approx(0.2055, abs=5e-5)
    assert found.certainty_higher == pytest.approx(0.07939 / 2, abs=5e-6)


def test_the_interval_of_one_mean_is_students():
    """The same table, second drug: 2.33 with a deviation of 2.002 over 10, so 2.33 -/+ 1.432.

    By hand: 2.262157 (t of 9 at 97.5%) times 2.0022 over the root of 10.
    """
    found = clustered_mean(DRUG_2)

    assert found.interval.low == pytest.approx(2.33 - 1.4323, abs=1e-3)
    assert found.interval.high == pytest.approx(2.33 + 1.4323, abs=1e-3)


def test_a_weighted_mean_by_hand():
    """Weights 1 and 3, shares .2 and .4.

    Mean (.2 + 1.2)/4 = .35. Squares (1 * .15)^2 + (3 * .05)^2 = .045, times 2/1 is .09, root .3,
    over 4 is .075.
    """
    found = clustered_mean([0.2, 0.4], [1, 3])

    assert found.mean == pytest.approx(0.35)
    assert found.error == pytest.approx(0.075)
    assert found.clusters == 2


def test_a_week_of_many_vehicles_is_still_one_week():
    """Ten times as many vehicles in each week make no mean surer."""
    few = clustered_mean([0.3, 0.5, 0.4], [100, 120, 90])
    many = clustered_mean([0.3, 0.5, 0.4], [1000, 1200, 900])

    assert (many.mean, many.error) == pytest.approx((few.mean, few.error))


@pytest.mark.parametrize(
    ("values", "weights", "code"),
    [
        ([0.1], None, "methods.too-few-clusters"),
        ([0.1, 0.2], [1], "methods.lengths-differ"),
        ([0.1, math.nan], None, "methods.not-a-number"),
        ([0.1, 0.2], [1, 0], "methods.no-exposure"),
    ],
)
def test_what_cannot_be_averaged_is_refused(values, weights, code):
    with pytest.raises(InputError) as refused:
        clustered_mean(values, weights)

    assert refused.value.code == code


def test_one_place_beside_others_by_hand():
    """Before 50, 52 (mean 51, error 1), after 46, 48 (47, 1), others -1, 0, 1 (0, error .577).

    Change -4 - 0; variance 1 + 1 + 1/3 = 7/3, error 1.5275; freedom (7/3)^2 / (1 + 1 + 1/18) =
    2.6486.
    """
    before, after = clustered_mean([50, 52]), clustered_mean([46, 48])

    found = change_beside(before, after, clustered_mean([-1, 0, 1]))

    assert found.difference == -4
    assert found.freedom == pytest.approx(2.6486, abs=1e-4)
    half = (found.interval.high - found.interval.low) / 2
    assert 3.182 * 1.5275 < half < 4.303 * 1.5275  # Student's t of 3 and of 2 degrees
    assert found.certainty_higher < 0.1


def test_without_any_spread_nothing_says_how_sure_it_is():
    flat = clustered_mean([1.0, 1.0])

    with pytest.raises(InputError) as refused:
        clustered_difference(flat, flat)

    assert refused.value.code == "methods.no-spread-between"
