"""Months beside each other.

Known answers: NIST/SEMATECH e-Handbook of Statistical Methods, the worked examples of sections
6.3.2.2 (individuals), 6.3.3.1 (counts) and 6.3.3.2 (shares).
"""

import numpy as np
import pytest

from grondslag.errors import InputError
from grondslag.methods import individuals_chart, rates_chart, shares_chart

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
