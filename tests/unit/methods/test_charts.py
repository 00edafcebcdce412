"""Months beside each other.

Known answers: NIST/SEMATECH e-Handbook of Statistical Methods, the worked examples of sections
6.3.2.2 (individuals), 6.3.3.1 (counts) and 6.3.3.2 (shares).
"""

import numpy as np
import pytest

from grondslag.errors import InputError
from grondslag.methods import individuals_chart, rates_chart, seasonal_factors, shares_chart

FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
DEFECTS = [
    16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14,
    16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13,
]  # fmt: skip
FAILED = [
    12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22,
    8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6,
]  # fmt: skip


def test_the_flow_rates_of_the_handbook():
    found = individuals_chart(FLOW)

    assert found.centre == pytest.approx(50.81)
    assert (found.low[0], found.high[0]) == pytest.approx((45.8159, 55.8041), abs=2e-3)
    assert not found.outside.any()


def test_the_defects_of_the_handbook():
    found = rates_chart(DEFECTS, [1.0] * 25)

    assert found.centre == 16
    assert (found.low[0], found.high[0]) == (4, 28)
    assert list(np.flatnonzero(found.outside)) == [23]


def test_the_shares_of_the_handbook():
    found = shares_chart(FAILED, [50] * 30)

    assert found.centre == pytest.approx(0.2313, abs=1e-4)
    assert (found.low[0], found.high[0]) == pytest.approx((0.0524, 0.4102), abs=2e-4)
    assert list(np.flatnonzero(found.outside)) == [14, 22]


def test_a_longer_period_has_narrower_limits():
    found = rates_chart([10, 10, 100], [1.0, 1.0, 10.0])

    assert found.high[2] - found.low[2] < found.high[0] - found.low[0]


def test_a_run_on_one_side_is_a_signal_without_a_point_outside():
    values = [10.0, 12.0, 9.0, 11.0, 12.0, 9.0, 10.0, 11.0] + [12.2, 12.4, 12.1] * 3

    found = individuals_chart(values)

    assert not found.outside.any()
    assert list(np.flatnonzero(found.in_a_run)) == list(range(8, 17))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: individuals_chart([1.0, 2.0]), "methods.too-few-periods"),
        (lambda: individuals_chart([1.0, 2.0, float("nan")]), "methods.not-a-number"),
        (lambda: rates_chart([1, 2, 3], [1.0]), "methods.lengths-differ"),
        (lambda: rates_chart([1, 2, -3], [1.0] * 3), "methods.negative-count"),
        (lambda: rates_chart([1, 2, 3], [1.0, 0.0, 1.0]), "methods.no-exposure"),
        (lambda: shares_chart([1, 2, 3], [5, 5, 2]), "methods.part-above-whole"),
    ],
)
def test_bad_input_is_refused(make, code):
    with pytest.raises(InputError) as refused:
        make()

    assert refused.value.code == code


def test_no_step_is_taken_over_a_figure_that_is_not_known():
    """Steps 2 and 2, not the 10 over the gap: limits 3 * 2 / 1.128 around the mean of 16.

    The run of eight is cut in two by the gap as well.
    """
    found = individuals_chart([10.0, 12.0, None, 22.0, 20.0])

    assert found.centre == 16
    assert found.high[0] - 16 == pytest.approx(3 * 2 / 1.128, abs=1e-2)
    assert not found.outside[2]
    low, high = [1.0] * 4, [3.0] * 8
    assert not individuals_chart([*low, None, *low, *high]).in_a_run[:9].any()
    assert individuals_chart([*low, *low, None, *high]).in_a_run[:8].all()


def test_figures_without_neighbours_give_no_limits():
    with pytest.raises(InputError) as refused:
        individuals_chart([1.0, None, 2.0, None, 3.0])

    assert refused.value.code == "methods.too-few-periods"


def test_seasonal_months_stand_out_no_oftener_than_months_without_a_season():
    """Sixty crashes a month, winters of 1.35 times that: one in twenty stood out by its season."""
    chance = np.random.default_rng(12)
    wave = np.exp(0.3 * np.cos(2 * np.pi * np.arange(48) / 12))
    bare, without = [], []
    for _ in range(60):
        counts = chance.poisson(60 * wave).tolist()
        sooner = [*counts[:36], *[None] * 12]
        factors = seasonal_factors(sooner, [1.0] * 48, since=36)
        for found, values in ((bare, np.array(counts)), (without, counts / factors)):
            usual = individuals_chart(values[:36].tolist())
            found.append(np.mean((values < usual.low[0]) | (values > usual.high[0])))

    assert np.mean(bare) > 0.03
    assert np.mean(without) < 0.012
