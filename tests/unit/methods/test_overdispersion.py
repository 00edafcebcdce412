"""Counts that scatter more than chance.

Known answers:
- Bortkiewicz (1898), horse kicks in ten army corps over twenty years: mean 0.61, variance 0.611,
  the classic of pure chance.
- Bliss and Fisher (1953), Biometrics 9:176-200, mites on 150 apple leaves: mean 1.1467, variance
  2.2736, the classic of overdispersion.
"""

import math

import numpy as np
import pytest

from grondslag.errors import InputError
from grondslag.methods import (
    dispersion,
    dispersion_of_changes,
    exact_interval,
    robust_dispersion,
    widened,
)

KICKS = np.repeat([0, 1, 2, 3, 4], [109, 65, 22, 3, 1])
MITES = np.repeat([0, 1, 2, 3, 4, 5, 6, 7], [70, 38, 17, 10, 9, 3, 2, 1])


@pytest.mark.parametrize(
    ("counts", "variance", "mean"), [(KICKS, 0.611, 0.61), (MITES, 2.2736, 1.1467)]
)
def test_with_equal_exposure_it_is_variance_over_mean(counts, variance, mean):
    assert dispersion(counts, np.ones(len(counts))) == pytest.approx(variance / mean, rel=1e-3)


def test_exposure_is_allowed_for():
    """Counts in proportion to exposure do not scatter at all."""
    assert dispersion([10, 20, 400], [100, 200, 4000]) == pytest.approx(0, abs=1e-12)


def test_dispersion_one_gives_the_exact_interval():
    assert widened(17, dispersion=1) == exact_interval(17)


def test_less_scatter_than_chance_is_not_rewarded():
    assert widened(17, dispersion=0.3) == exact_interval(17)


def coverage(*, areas, scatter, towns, seed):
    """How often plain and widened intervals hold the true mean of an area not used for scatter."""
    chance = np.random.default_rng(seed)
    exposure = chance.uniform(0.3, 3, size=(towns, areas + 1))
    mean = 12 * exposure
    counts = chance.negative_binomial(mean / (scatter - 1), 1 / scatter)
    plain = wide = 0
    for town in range(towns):
        phi = dispersion(counts[town, 1:], exposure[town, 1:])
        count, truth = int(counts[town, 0]), mean[town, 0]
        narrow, broad = exact_interval(count), widened(count, dispersion=phi)
        plain += narrow.low <= truth <= narrow.high
        wide += broad.low <= truth <= broad.high
    return plain / towns, wide / towns


def test_widened_intervals_hold_the_truth_where_plain_ones_do_not():
    """Negative binomial counts whose variance is three times their mean."""
    plain, wide = coverage(areas=30, scatter=3.0, towns=600, seed=20270301)

    assert plain < 0.85
    assert wide > 0.93


@pytest.mark.long
@pytest.mark.parametrize("scatter", [1.5, 2.0, 3.0, 5.0])
@pytest.mark.parametrize("areas", [10, 30, 100])
def test_coverage_stays_near_its_level(scatter, areas):
    _, wide = coverage(areas=areas, scatter=scatter, towns=8000, seed=7)

    assert 0.92 < wide < 0.985


@pytest.mark.parametrize(
    ("counts", "exposures", "code"),
    [
        ([1, 2], [10], "methods.lengths-differ"),
        ([[1, 2]], [[10, 20]], "methods.lengths-differ"),
        ([1], [10], "methods.too-few-areas"),
        ([1, -2], [10, 10], "methods.negative-count"),
        ([1, math.nan], [10, 10], "methods.negative-count"),
        ([1, 2], [10, 0], "methods.no-exposure"),
        ([1, 2], [10, math.inf], "methods.no-exposure"),
        ([0, 0], [10, 10], "methods.nothing-counted"),
    ],
)
def test_what_has_no_scatter_is_refused(counts, exposures, code):
    with pytest.raises(InputError) as refused:
        dispersion(counts, exposures)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"count": -1, "dispersion": 2}, "methods.negative-count"),
        ({"count": 1, "dispersion": 2, "level": 2}, "methods.not-a-level"),
    ],
)
def test_a_widened_interval_needs_a_count_and_a_level(options, code):
    with pytest.raises(InputError) as refused:
        widened(options.pop("count"), **options)

    assert refused.value.code == code


def test_one_area_that_stands_apart_does_not_blur_the_others():
    ordinary = [98, 105, 91, 103, 110, 95, 99, 101]
    exposures = [100.0] * 9

    plain = dispersion([*ordinary, 700], exposures)
    robust = robust_dispersion([*ordinary, 700], exposures)

    assert plain > 100
    assert robust < 2


def test_chance_alone_gives_about_one_with_ends_pulled_in():
    chance = np.random.default_rng(7)
    found = [robust_dispersion(chance.poisson(40, 20), [1.0] * 20) for _ in range(400)]

    assert np.mean(found) == pytest.approx(1.0, abs=0.08)


def test_real_differences_are_not_taken_for_chance():
    chance = np.random.default_rng(8)
    found = []
    for _ in range(400):
        means = chance.gamma(10, 10, 20)  # variance of counts: 100 + 1000, so 11 times the mean
        found.append(robust_dispersion(chance.poisson(means), [1.0] * 20))

    assert np.mean(found) == pytest.approx(11, rel=0.15)


@pytest.mark.parametrize("counts", [[3, 9, 4, 8], [0, 0, 0, 0, 0, 12]])
def test_too_few_ordinary_areas_give_the_plain_dispersion(counts):
    exposures = [1.0] * len(counts)

    assert robust_dispersion(counts, exposures) == dispersion(counts, exposures)


def test_the_dispersion_of_changes_is_the_chi_square_of_the_table_by_hand():
    """Two places: N(ad - bc)^2 over the product of the margins, 50 * 100^2 / (20 * 30 * 20 * 30).

    A third place without events says nothing.
    """
    assert dispersion_of_changes([10, 10, 0], [10, 20, 0]) == pytest.approx(50 / 36)


def test_places_that_differ_but_go_on_alike_scatter_as_chance():
    chance = np.random.default_rng(9)
    means = chance.gamma(1, 20, 400)
    before, after = chance.poisson(2 * means), chance.poisson(means)

    assert dispersion(before, [1.0] * 400) > 10
    assert dispersion_of_changes(before, after) == pytest.approx(1.0, abs=0.2)


def test_places_that_go_on_differently_scatter_more():
    chance = np.random.default_rng(10)
    before, after = chance.poisson(20, 400), chance.poisson(20 * chance.gamma(2, 0.5, 400))

    assert dispersion_of_changes(before, after) > 3


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ([1, 2], [1], "methods.lengths-differ"),
        ([1, -2], [1, 2], "methods.negative-count"),
        ([1, 2], [0, 0], "methods.nothing-counted"),
        ([4, 0], [5, 0], "methods.too-few-areas"),
    ],
)
def test_changes_that_cannot_be_set_beside_each_other_are_refused(before, after, code):
    with pytest.raises(InputError) as refused:
        dispersion_of_changes(before, after)

    assert refused.value.code == code
