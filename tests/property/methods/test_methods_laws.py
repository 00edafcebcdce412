"""Laws that hold for all counts, not only for those in a table."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from grondslag.methods import (
    Certainty,
    certainty_word,
    compare_rates,
    discoveries,
    dispersion,
    exact_interval,
    widened,
)

counts = st.integers(0, 50_000)
levels = st.floats(0.5, 0.999)
exposures = st.floats(0.01, 1e9)
scatters = st.floats(1, 20)


@given(counts, levels)
def test_an_interval_holds_its_own_count(count, level):
    interval = exact_interval(count, level=level)

    assert 0 <= interval.low <= count <= interval.high < math.inf


@given(counts, levels)
def test_more_events_move_both_limits_up(count, level):
    fewer, more = exact_interval(count, level=level), exact_interval(count + 1, level=level)

    assert fewer.low < more.low
    assert fewer.high < more.high


@given(counts, levels, levels)
def test_more_confidence_is_never_narrower(count, one, another):
    less, more = sorted((one, another))

    narrow, wide = exact_interval(count, level=less), exact_interval(count, level=more)

    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


@given(counts, levels, scatters)
def test_a_widened_interval_holds_the_exact_one(count, level, scatter):
    exact = exact_interval(count, level=level)

    wide = widened(count, dispersion=scatter, level=level)

    assert wide.low <= exact.low * (1 + 1e-9)
    assert wide.high >= exact.high * (1 - 1e-9)


@given(st.integers(0, 5000), exposures, st.integers(1, 5000), exposures)
def test_swapping_the_two_inverts_the_ratio(count, exposure, other, other_exposure):
    there = compare_rates(
        count=count, exposure=exposure, other_count=other, other_exposure=other_exposure
    )
    back = compare_rates(
        count=other, exposure=other_exposure, other_count=count, other_exposure=exposure
    )

    assert there.ratio * back.ratio == pytest.approx(1) or count == 0
    assert there.interval.low == pytest.approx(1 / back.interval.high, rel=1e-5)
    assert back.interval.low == pytest.approx(1 / there.interval.high, rel=1e-5)
    assert there.certainty_higher + back.certainty_higher == pytest.approx(1)
    assert there.p_value == pytest.approx(back.p_value)


@given(st.integers(0, 5000), exposures, st.integers(1, 5000), exposures)
def test_a_ratio_lies_in_its_interval(count, exposure, other, other_exposure):
    found = compare_rates(
        count=count, exposure=exposure, other_count=other, other_exposure=other_exposure
    )

    assert found.interval.low <= found.ratio <= found.interval.high


@given(st.integers(0, 400), exposures, st.integers(1, 400), exposures)
def test_certainty_lies_between_the_exact_one_sided_tests(count, exposure, other, other_exposure):
    share = exposure / (exposure + other_exposure)
    with_outcome = binom.sf(count - 1, count + other, share)
    without_outcome = binom.sf(count, count + other, share)

    found = compare_rates(
        count=count, exposure=exposure, other_count=other, other_exposure=other_exposure
    )

    assert without_outcome - 1e-9 <= 1 - found.certainty_higher <= with_outcome + 1e-9


@given(st.lists(st.tuples(st.integers(0, 900), exposures), min_size=2, max_size=30), exposures)
def test_the_unit_of_exposure_does_not_change_the_scatter(areas, unit):
    seen, size = [count for count, _ in areas] + [1], [size for _, size in areas] + [1.0]

    assert dispersion(seen, size) == pytest.approx(dispersion(seen, [s * unit for s in size]))


@given(st.lists(st.floats(0, 1), max_size=40), st.floats(0.001, 0.5))
def test_what_stands_among_many_would_stand_alone(p_values, rate):
    standing = discoveries(p_values, rate=rate)

    assert all(
        p <= rate * (1 + 1e-9) for p, stands in zip(p_values, standing, strict=True) if stands
    )


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_higher_probability_never_gets_a_weaker_word(one, another):
    order = list(reversed(Certainty))
    low, high = sorted((one, another))

    assert order.index(certainty_word(low)) <= order.index(certainty_word(high))
