"""What is to be expected of a place.

Known answers: the worked examples of Hauer, Harwood, Council and Griffith (2002),
doi:10.3141/1784-16: a road of 1.8 km with 4,000 vehicles a day, of which the like have
0.0224 * 4000**0.564 = 2.41 accidents per kilometre and year, with a spread of 2.05 per kilometre.
"""

import numpy as np
import pytest

from grondslag.errors import InputError
from grondslag.methods import shrunk, shrunk_rates

LENGTH = 1.8
LIKE = 0.0224 * 4000**0.564 * LENGTH
SPREAD = 1 / (2.05 * LENGTH)


@pytest.mark.parametrize(
    ("counts", "mean", "deviation"),
    [
        ([12], 4.71 * LENGTH, 1.19 * LENGTH),  # their example 1: one year
        ([12, 7, 8], 7.97, 1.44),  # their example 2: three years
    ],
)
def test_the_roads_of_the_tutorial(counts, mean, deviation):
    years = len(counts)

    found = shrunk([sum(counts)], [LIKE * years], SPREAD)

    assert found.mean[0] / years == pytest.approx(mean, abs=0.011)
    assert found.deviation[0] / years == pytest.approx(deviation, abs=0.011)


def test_the_weight_of_the_tutorial_falls_as_years_are_added():
    """In their examples 0.460 for one year, 0.221 for three."""
    found = shrunk([12, 27], [LIKE, 3 * LIKE], SPREAD)

    assert found.weight == pytest.approx([0.460, 0.221], abs=1e-3)


def test_the_mean_lies_between_the_count_and_the_like():
    found = shrunk([0, 40], [10.0, 10.0], 0.5)

    assert 0 < found.mean[0] < 10 < found.mean[1] < 40


def test_places_that_hardly_differ_are_told_by_their_like():
    found = shrunk([40], [10.0], 1e-9)

    assert found.mean[0] == pytest.approx(10, rel=1e-6)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    """Places whose true means are spread as the method supposes."""
    chance = np.random.default_rng(20270301)
    like, spread = chance.uniform(1, 9, 20_000), 0.7
    truth = like * chance.gamma(1 / spread, spread, like.size)

    low, high = shrunk(chance.poisson(truth), like, spread).interval()

    assert np.mean((low <= truth) & (truth <= high)) == pytest.approx(0.95, abs=0.006)


def test_certainty_of_excess_is_calibrated():
    chance = np.random.default_rng(7)
    like, spread = np.full(60_000, 4.0), 0.5
    truth = like * chance.gamma(1 / spread, spread, like.size)

    sure = shrunk(chance.poisson(truth), like, spread).certainty_above(like)

    band = (sure > 0.75) & (sure < 0.85)
    assert np.mean(truth[band] > 4.0) == pytest.approx(np.mean(sure[band]), abs=0.02)


def test_areas_are_drawn_to_the_common_rate_the_small_ones_most():
    rates = shrunk_rates([4, 400, 100, 900], [100.0, 10_000.0, 5_000.0, 20_000.0])

    common = 1404 / 35_100
    assert rates[1] == pytest.approx(0.04, rel=0.01)
    assert abs(rates[2] - common) < abs(100 / 5_000 - common)


def test_areas_that_differ_by_chance_alone_get_one_rate():
    assert np.ptp(shrunk_rates([10, 11, 9, 10], [100.0] * 4)) == 0


@pytest.mark.parametrize(
    ("counts", "predicted", "dispersion", "code"),
    [
        ([1, 2], [1.0], 0.5, "methods.lengths-differ"),
        ([-1], [1.0], 0.5, "methods.negative-count"),
        ([1], [0.0], 0.5, "methods.nothing-expected"),
        ([1], [1.0], 0.0, "methods.no-dispersion"),
    ],
)
def test_bad_input_is_refused(counts, predicted, dispersion, code):
    with pytest.raises(InputError) as refused:
        shrunk(counts, predicted, dispersion)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("counts", "exposures", "code"),
    [
        ([1], [1.0], "methods.too-few-areas"),
        ([0, 0], [1.0, 1.0], "methods.nothing-counted"),
        ([1, 1], [1.0, 0.0], "methods.no-exposure"),
    ],
)
def test_areas_without_ground_for_a_rate_are_refused(counts, exposures, code):
    with pytest.raises(InputError) as refused:
        shrunk_rates(counts, exposures)

    assert refused.value.code == code
