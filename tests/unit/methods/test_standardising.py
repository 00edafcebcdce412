"""Rates on one footing.

Known answers: Down's syndrome by birth order and age of the mother, Michigan 1950-1964, of Stark
and Mantel (1966), doi:10.1093/jnci/37.5.687, as standardised to the age of all mothers in Fleiss
(1981), Statistical methods for rates and proportions.
"""

import pytest

from grondslag.errors import InputError
from grondslag.methods import direct_rate, exact_interval, expected_events, observed_expected

# Births and cases per age of the mother (under 20, ..., 40 and over), per birth order.
BIRTHS = {
    1: [230061, 329449, 114920, 39487, 14208, 3052],
    2: [72202, 326701, 208667, 83228, 28466, 5375],
    3: [15050, 175702, 207081, 117300, 45026, 8660],
    4: [2293, 68800, 132424, 98301, 46075, 9834],
    5: [327, 30666, 123419, 149919, 104088, 34392],
}
CASES = {
    1: [107, 141, 60, 40, 39, 25],
    2: [25, 150, 110, 84, 82, 39],
    3: [3, 71, 114, 103, 108, 75],
    4: [1, 26, 64, 89, 137, 96],
    5: [0, 8, 63, 112, 262, 295],
}
ALL = [sum(column) for column in zip(*BIRTHS.values(), strict=True)]


@pytest.mark.parametrize(
    ("order", "crude", "rate"),
    [(1, 56.3, 92.3), (2, 67.6, 91.2), (3, 83.3, 85.1), (4, 115.5, 92.7), (5, 167.1, 75.5)],
)
def test_a_higher_birth_order_only_seems_to_matter(order, crude, rate):
    """Per 100,000 births the crude rate triples; with equal ages of mothers it does not rise."""
    found = direct_rate(CASES[order], BIRTHS[order], ALL)

    assert round(1e5 * found.crude, 1) == crude
    assert round(1e5 * found.rate, 1) == rate
    assert found.interval.low < found.rate < found.interval.high


def test_one_stratum_has_the_exact_limits_of_its_count():
    """Fay and Feuer (1997): with equal weights the interval is the exact one."""
    exact = exact_interval(17)

    found = direct_rate([17], [1000.0], [5.0])

    assert found.interval.low == pytest.approx(exact.low / 1000)
    assert found.interval.high == pytest.approx(exact.high / 1000)


def test_the_standard_at_its_own_make_up_is_its_crude_rate():
    found = direct_rate(CASES[2], BIRTHS[2], BIRTHS[2])

    assert found.rate == pytest.approx(found.crude)


def test_at_the_standards_own_rates_a_group_has_what_was_expected():
    expected = expected_events(BIRTHS[3], CASES[3], BIRTHS[3])

    assert expected == pytest.approx(sum(CASES[3]))


def test_observed_over_expected_is_one_for_the_standard_itself():
    """Garwood's limits of 15 are 8.395 and 24.740."""
    found = observed_expected(15, 15.0)

    assert found.ratio == 1
    assert found.interval.low == pytest.approx(8.395 / 15, abs=1e-3)
    assert found.interval.high == pytest.approx(24.740 / 15, abs=1e-3)


@pytest.mark.parametrize(
    ("counts", "exposures", "standard", "code"),
    [
        ([1, 2], [1.0], [1.0], "methods.lengths-differ"),
        ([-1], [1.0], [1.0], "methods.negative-count"),
        ([1], [0.0], [1.0], "methods.no-exposure"),
        ([0], [1.0], [1.0], "methods.nothing-counted"),
    ],
)
def test_bad_input_is_refused(counts, exposures, standard, code):
    with pytest.raises(InputError) as refused:
        direct_rate(counts, exposures, standard)

    assert refused.value.code == code


def test_nothing_expected_is_refused():
    with pytest.raises(InputError) as refused:
        observed_expected(3, 0)

    assert refused.value.code == "methods.nothing-expected"
