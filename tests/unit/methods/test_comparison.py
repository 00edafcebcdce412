"""Two Poisson rates compared.

Known answers:
- Fay (2010), doi:10.32614/RJ-2010-008, and the vignette of R's exactci: 2 in 17,877 against 10 in
  20,000 gives ratio 0.2237512 with limits 0.02383738 and 1.04995468.
- R manual, ``poisson.test(c(11, 6+8+7), c(800, 1083+1050+878))`` (lung cancer in Fredericia against
  three other Danish cities): ratio 1.971488 with limits 0.8584264 and 4.2772659.
- Przyborowski and Wilenski (1940), Biometrika 31, 313-323, dodder seeds in clover: 0 against
  3 in equal samples has a one-sided conditional probability of 0.125.
"""

import math

import pytest
from scipy.stats import poisson_means_test

from grondslag.errors import InputError
from grondslag.methods import compare_rates

PUBLISHED = [
    # count exposure other exposure  ratio      low         high
    (2, 17877, 10, 20000, 0.2237512, 0.02383738, 1.04995468),
    (11, 800, 21, 3011, 1.971488, 0.8584264, 4.2772659),
]


def compare(count, exposure, other_count, other_exposure, **options):
    return compare_rates(
        count=count,
        exposure=exposure,
        other_count=other_count,
        other_exposure=other_exposure,
        **options,
    )


@pytest.mark.parametrize(
    ("count", "exposure", "other", "other_exposure", "ratio", "low", "high"), PUBLISHED
)
def test_ratio_and_limits_are_the_published_ones(
    count, exposure, other, other_exposure, ratio, low, high
):
    found = compare(count, exposure, other, other_exposure)

    assert found.ratio == pytest.approx(ratio, rel=1e-6)
    assert found.interval.low == pytest.approx(low, rel=1e-6)
    assert found.interval.high == pytest.approx(high, rel=1e-6)


def test_dodder_in_clover_has_the_published_probability():
    found = compare(0, 100, 3, 100)

    assert found.p_value == pytest.approx(2 * 0.125)


def test_the_interval_touches_equality_at_the_level_of_the_p_value():
    found = compare(2, 17877, 10, 20000)

    edge = compare(2, 17877, 10, 20000, level=1 - found.p_value)

    assert edge.interval.high == pytest.approx(1)


@pytest.mark.parametrize(
    ("count", "exposure", "other", "other_exposure"),
    [(60, 51477.5, 30, 54308.7), (14, 900, 40, 3000), (25, 1000, 31, 1000)],
)
def test_it_agrees_with_the_unconditional_test_of_scipy(count, exposure, other, other_exposure):
    """Krishnamoorthy and Thomson (2004), doi:10.1016/S0378-3758(02)00408-1: another road, near."""
    found = compare(count, exposure, other, other_exposure)

    unconditional = poisson_means_test(count, exposure, other, other_exposure).pvalue

    assert found.p_value == pytest.approx(unconditional, rel=0.35)
    assert found.p_value >= unconditional


def test_expected_is_what_the_others_rate_would_give():
    assert compare(30, 1000, 50, 4000).expected == pytest.approx(12.5)


def test_more_of_the_same_is_more_certain():
    few, many = compare(6, 100, 4, 100), compare(600, 100, 400, 100)

    assert 0.5 < few.certainty_higher < 0.80
    assert many.certainty_higher > 0.999


def test_no_events_on_the_other_side_leaves_the_ratio_open_above():
    found = compare(8, 100, 0, 100)

    assert found.ratio == math.inf
    assert found.interval.high == math.inf
    assert found.interval.low > 1


def test_no_events_on_this_side_leaves_the_ratio_open_below():
    found = compare(0, 100, 8, 100)

    assert found.ratio == 0
    assert found.interval.low == 0
    assert 0 < found.interval.high < 1


def test_overdispersion_widens_the_interval_and_softens_the_certainty():
    plain, scattered = compare(30, 100, 200, 1000), compare(30, 100, 200, 1000, dispersion=3)

    assert scattered.ratio == plain.ratio
    assert scattered.interval.low < plain.interval.low
    assert scattered.interval.high > plain.interval.high
    assert 0.5 < scattered.certainty_higher < plain.certainty_higher
    assert scattered.p_value > plain.p_value


def test_less_scatter_than_chance_makes_nothing_more_certain():
    assert compare(30, 100, 200, 1000, dispersion=0.2) == compare(30, 100, 200, 1000)


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ((3, 0, 4, 10), "methods.no-exposure"),
        ((3, 10, 4, 0), "methods.no-exposure"),
        ((-3, 10, 4, 10), "methods.negative-count"),
        ((3, 10, -4, 10), "methods.negative-count"),
        ((0, 10, 0, 10), "methods.nothing-counted"),
    ],
)
def test_what_cannot_be_compared_is_refused(numbers, code):
    with pytest.raises(InputError) as refused:
        compare(*numbers)

    assert refused.value.code == code


def test_a_level_that_is_none_is_refused():
    with pytest.raises(InputError) as refused:
        compare(3, 10, 4, 10, level=95)

    assert refused.value.code == "methods.not-a-level"
