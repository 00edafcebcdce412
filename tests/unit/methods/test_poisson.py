"""Exact Poisson limits.

Known answers: two-sided 95% limits as tabulated since Garwood (1936),
doi:10.1093/biomet/28.3-4.437, and printed again in Daly (1992), Comput Biol Med 22:351-361.
Rate: the Welsh nickel workers of the R manual, ``poisson.test(137, 24.19893)``.
"""

import math

import pytest
from scipy.stats import poisson

from grondslag.errors import InputError
from grondslag.methods import exact_interval, rate_interval

TABLE = [
    # count  low    high
    (0, 0.000, 3.689),
    (1, 0.025, 5.572),
    (2, 0.242, 7.225),
    (3, 0.619, 8.767),
    (5, 1.623, 11.668),
    (10, 4.795, 18.390),
    (50, 37.111, 65.919),
    (100, 81.364, 121.627),
]


@pytest.mark.parametrize(("count", "low", "high"), TABLE)
def test_limits_are_those_of_the_published_table(count, low, high):
    interval = exact_interval(count)

    assert interval.low == pytest.approx(low, abs=6e-4)
    assert interval.high == pytest.approx(high, abs=6e-4)


@pytest.mark.parametrize("count", [1, 3, 17, 400])
@pytest.mark.parametrize("level", [0.5, 0.9, 0.95, 0.998])
def test_limits_leave_half_of_the_doubt_in_each_tail(count, level):
    """The definition itself, by way of the Poisson distribution instead of the chi-square."""
    interval = exact_interval(count, level=level)

    assert poisson.sf(count - 1, interval.low) == pytest.approx((1 - level) / 2)
    assert poisson.cdf(count, interval.high) == pytest.approx((1 - level) / 2)


def test_a_rate_is_the_count_over_its_exposure():
    interval = rate_interval(137, 24.19893)

    assert interval.low == pytest.approx(4.753125, abs=1e-6)
    assert interval.high == pytest.approx(6.692709, abs=1e-6)


def test_a_rate_is_given_per_the_unit_asked_for():
    per_resident = rate_interval(12, 8000)
    per_thousand = rate_interval(12, 8000, per=1000)

    assert per_thousand.low == pytest.approx(1000 * per_resident.low)
    assert per_thousand.high == pytest.approx(1000 * per_resident.high)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: exact_interval(-1), "methods.negative-count"),
        (lambda: exact_interval(math.nan), "methods.negative-count"),
        (lambda: exact_interval(3, level=0), "methods.not-a-level"),
        (lambda: exact_interval(3, level=1), "methods.not-a-level"),
        (lambda: exact_interval(3, level=95), "methods.not-a-level"),
        (lambda: rate_interval(3, 0), "methods.no-exposure"),
        (lambda: rate_interval(3, -5), "methods.no-exposure"),
        (lambda: rate_interval(3, math.nan), "methods.no-exposure"),
        (lambda: rate_interval(3, math.inf), "methods.no-exposure"),
    ],
)
def test_what_is_no_count_level_or_exposure_is_refused(call, code):
    with pytest.raises(InputError) as refused:
        call()

    assert refused.value.code == code
