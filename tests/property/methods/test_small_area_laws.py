"""Laws of methods for small areas and for effects, for all areas and not only those in a table."""

import math

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from grondslag.methods import (
    Pooled,
    area_model,
    difference_in_differences,
    pooled,
    ranks_of_estimates,
    risk_map,
    shrunk_to_neighbours,
    small_areas,
    with_prior,
)

counts = st.integers(0, 500)
sizes = st.floats(0.5, 500)
effects = st.floats(-2, 2)
errors = st.floats(0.05, 2)
areas = st.lists(st.tuples(counts, sizes), min_size=3, max_size=25)
surveyed = st.lists(st.tuples(st.floats(-50, 50), st.floats(0.01, 25)), min_size=5, max_size=25)


def columns(rows):
    return [np.array(column, dtype=float) for column in zip(*rows, strict=True)]


@given(areas)
def test_an_area_is_drawn_towards_the_mean_and_never_past_it(rows):
    seen, size = columns(rows)
    assume(seen.sum() > 0)

    found = small_areas(seen, size)

    raw, slack = seen / size, 1e-7 * (1 + found.mean)
    assert np.all(np.minimum(raw, found.mean) - slack <= found.ratio)
    assert np.all(found.ratio <= np.maximum(raw, found.mean) + slack)


@given(areas, st.randoms(use_true_random=False))
def test_the_order_of_areas_does_not_matter(rows, random):
    seen, size = columns(rows)
    assume(seen.sum() > 0)
    order = list(range(len(rows)))
    random.shuffle(order)

    found, again = small_areas(seen, size), small_areas(seen[order], size[order])

    assert again.ratio == pytest.approx(found.ratio[order], rel=1e-6, abs=1e-9)


@given(areas)
def test_a_rate_drawn_to_neighbours_lies_between_the_lowest_and_the_highest(rows):
    seen, size = columns(rows)
    assume(seen.sum() > 0)
    ring = [[(at - 1) % seen.size, (at + 1) % seen.size] for at in range(seen.size)]

    found, raw = shrunk_to_neighbours(seen, size, ring), seen / size

    assert np.all(found >= raw.min() - 1e-9)
    assert np.all(found <= raw.max() + 1e-9)


@given(surveyed)
def test_a_prediction_lies_between_the_survey_and_the_mean(rows):
    estimates, variances = columns(rows)

    found = area_model(estimates, variances)

    level, slack = found.coefficients[0], 1e-6
    assert np.all(np.minimum(estimates, level) - slack <= found.mean)
    assert np.all(found.mean <= np.maximum(estimates, level) + slack)
    assert np.all(found.mean_square_error > 0)
    assert np.all((found.weight >= 0) & (found.weight <= 1))


@given(st.lists(st.tuples(effects, errors), min_size=3, max_size=15))
def test_a_mean_effect_lies_among_the_effects_and_a_new_place_is_less_sure(rows):
    found_there, error = columns(rows)

    found = pooled(found_there, error**2)

    assert found_there.min() - 1e-9 <= found.mean <= found_there.max() + 1e-9
    limits, new = found.interval(), found.at_a_new_place()
    assert new.low <= limits.low <= found.ratio <= limits.high <= new.high


@given(effects, errors, effects, errors, st.floats(0, 1))
def test_an_own_effect_is_drawn_and_becomes_surer(own, own_error, mean, error, between):
    found = with_prior(math.exp(own), own_error, Pooled(mean, error, between, 9))

    low, high = sorted((math.exp(own), math.exp(mean)))
    assert low * (1 - 1e-9) <= found.ratio <= high * (1 + 1e-9)
    assert math.log(found.interval.high / found.interval.low) <= 2 * 1.96 * own_error
    assert 0 < found.own_weight < 1


@given(st.lists(st.tuples(effects, errors), min_size=2, max_size=12), st.integers(1, 12))
def test_places_are_places(rows, highest):
    means, error = columns(rows)
    highest = min(highest, means.size)

    found = ranks_of_estimates(means, error, highest=highest)

    assert np.all((found.low >= 1) & (found.high <= means.size))
    assert np.all(found.low <= found.high)
    assert found.mean.sum() == pytest.approx(means.size * (means.size + 1) / 2)
    assert found.certainty_among.sum() == pytest.approx(highest)


@given(st.lists(st.floats(20, 60), min_size=16, max_size=16), st.floats(-30, 30))
def test_a_faster_town_has_the_same_effect(speeds, faster):
    rows = {
        "treated": [True] * 8 + [False] * 8,
        "after": [False, True] * 8,
        "sites": [at // 2 for at in range(16)],
    }

    found = difference_in_differences(speeds, **rows)
    again = difference_in_differences([one + faster for one in speeds], **rows)

    assert again.effect == pytest.approx(found.effect, abs=1e-6)
    assert 0 < found.p_value <= 1
    assert found.interval.low <= found.effect <= found.interval.high


@given(st.lists(st.tuples(st.integers(0, 60), st.floats(1, 40)), min_size=4, max_size=9))
@example([(0, 1.0), (0, 26.82947199532725), (0, 39.99999999999999), (51, 1.0)])  # no number left
@example([(0, 1.0), (0, 30.0), (0, 40.0), (51, 1.0)])  # too many steps
def test_a_map_of_risk_is_in_order(rows):
    seen, size = columns(rows)
    assume(seen.sum() > 0)
    line = [[near for near in (at - 1, at + 1) if 0 <= near < seen.size] for at in range(seen.size)]

    found = risk_map(seen, size, line)

    low, high = found.interval()
    assert np.all((low > 0) & (low < high))
    assert np.all(found.certainty_above(1) >= found.certainty_above(2))
    assert 0 < found.shared < 1
    assert found.weights.sum() == pytest.approx(1)
