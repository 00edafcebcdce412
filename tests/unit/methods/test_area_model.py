"""Areas in a survey.

Known answers: what 43 areas spend on fresh milk, of Arora and Lahiri (1997), On the superiority of
the Bayesian method over the BLUP in small area estimation problems, Statistica Sinica 7, 1053-1063,
with the four major areas of You and Chapman (2006). Coefficients, spread, predictions and mean
square errors as the R package `sae` gives them: Molina and Marhuenda (2015), sae: an R package for
small area estimation, The R Journal 7(1), 81-98, example 1.
"""

import numpy as np
import pytest

from grondslag.errors import InputError
from grondslag.methods import area_model

SPENT = [
    1.099, 1.075, 1.105, 0.628, 0.753, 0.981, 1.257, 1.095, 1.405, 1.356, 0.615, 1.460, 1.338,
    0.854, 1.176, 1.111, 1.257, 1.430, 1.278, 1.292, 1.002, 1.183, 1.044, 1.267, 1.193, 0.791,
    0.795, 0.759, 0.796, 0.565, 0.886, 0.952, 0.807, 0.582, 0.684, 0.787, 0.440, 0.759, 0.770,
    0.800, 0.756, 0.865, 0.640,
]  # fmt: skip
DEVIATION = [
    0.163, 0.080, 0.083, 0.109, 0.119, 0.141, 0.202, 0.127, 0.168, 0.178, 0.100, 0.201, 0.148,
    0.143, 0.149, 0.145, 0.135, 0.172, 0.137, 0.163, 0.125, 0.247, 0.140, 0.171, 0.106, 0.121,
    0.121, 0.259, 0.106, 0.089, 0.225, 0.205, 0.119, 0.067, 0.106, 0.126, 0.092, 0.132, 0.100,
    0.113, 0.083, 0.121, 0.129,
]  # fmt: skip
MAJOR = np.repeat([1, 2, 3, 4], [7, 7, 11, 18])
VARIANCE = np.square(DEVIATION)
KINDS = (MAJOR[:, None] == [2, 3, 4]).astype(float)


def test_milk_by_restricted_maximum_likelihood():
    found = area_model(SPENT, VARIANCE, KINDS)

    assert found.coefficients == pytest.approx([0.968189, 0.132780, 0.226946, -0.241301], abs=2e-6)
    assert found.deviations == pytest.approx([0.069362, 0.103001, 0.092330, 0.081617], abs=2e-6)
    assert found.between == pytest.approx(0.01855022, abs=2e-7)


def test_predictions_of_milk_and_their_errors():
    found = area_model(SPENT, VARIANCE, KINDS)

    assert found.mean[[0, 1, 3, 21, 33, 42]] == pytest.approx(
        [1.0219703, 1.0476018, 0.7608170, 1.1923057, 0.6102302, 0.6810870], abs=2e-6
    )
    assert found.mean_square_error[[0, 1, 3, 21, 33, 42]] == pytest.approx(
        [0.013460220, 0.005372876, 0.008541740, 0.017243977, 0.003870786, 0.009903626], abs=2e-7
    )


def test_milk_by_plain_maximum_likelihood():
    found = area_model(SPENT, VARIANCE, KINDS, restricted=False)

    assert found.coefficients == pytest.approx(
        [0.9677986, 0.1278756, 0.2266909, -0.2425804], abs=2e-5
    )
    assert found.mean[[0, 3, 21, 42]] == pytest.approx(
        [1.0161733, 0.7753489, 1.1921598, 0.6840976], abs=3e-5
    )
    assert found.mean_square_error[[0, 3, 21, 42]] == pytest.approx(
        [0.013579953, 0.008735454, 0.017193729, 0.010037140], abs=4e-6
    )


def test_an_area_with_a_vague_estimate_is_drawn_furthest():
    found = area_model(SPENT, VARIANCE, KINDS)

    assert np.argmin(found.weight) == np.argmax(VARIANCE)
    assert np.argmax(found.weight) == np.argmin(VARIANCE)


def test_the_model_says_more_than_the_survey_alone():
    found = area_model(SPENT, VARIANCE, KINDS)

    assert np.mean(found.mean_square_error < VARIANCE) > 0.9


def test_areas_that_differ_no_more_than_chance_all_get_the_mean():
    estimates = [10.0, 10.1, 9.9, 10.05, 9.95, 10.0]

    found = area_model(estimates, np.full(6, 4.0))

    assert found.between == 0
    assert found.mean == pytest.approx(np.full(6, 10.0))
    assert np.all(found.mean_square_error > 0)


def test_an_estimate_without_chance_is_kept():
    estimates = [1.0, 5.0, 2.0, 8.0, 3.0]

    found = area_model(estimates, np.full(5, 1e-8))

    assert found.mean == pytest.approx(estimates, abs=1e-5)


def test_a_larger_unit_changes_nothing_but_the_unit():
    small = area_model(SPENT, VARIANCE, KINDS)
    large = area_model(np.array(SPENT) * 1000, VARIANCE * 1e6, KINDS)

    assert large.mean == pytest.approx(small.mean * 1000, rel=1e-5)
    assert large.weight == pytest.approx(small.weight, rel=1e-4)


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    """200 surveys of 40 areas, spread as the model supposes, and less than chance spreads them.

    Where a survey shows no spread at all, intervals are somewhat too narrow: 93% in this hard case.
    """
    chance = np.random.default_rng(20270601)
    held = []
    for _survey in range(200):
        known = chance.normal(size=(40, 1))
        truth = 3 + 0.5 * known[:, 0] + chance.normal(0, 0.6, 40)
        variance = chance.uniform(0.1, 1.5, 40)
        low, high = area_model(chance.normal(truth, np.sqrt(variance)), variance, known).interval()
        held.append((low <= truth) & (truth <= high))

    assert 0.92 <= np.mean(held) <= 0.98


@pytest.mark.parametrize(
    ("estimates", "variances", "characteristics", "code"),
    [
        ([1.0, 2.0], [1.0], None, "methods.lengths-differ"),
        ([1.0] * 5, [1.0] * 5, [[1.0]] * 4, "methods.lengths-differ"),
        ([1.0, np.nan, 2.0, 3.0, 4.0], [1.0] * 5, None, "methods.not-a-number"),
        ([1.0] * 5, [1.0, 0.0, 1.0, 1.0, 1.0], None, "methods.no-variance"),
        ([1.0, 2.0, 3.0], [1.0] * 3, None, "methods.too-few-places"),
        ([1.0, 2.0, 3.0, 4.0, 5.0], [1.0] * 5, [[2.0]] * 5, "methods.predictors-alike"),
    ],
)
def test_what_cannot_be_modelled_is_refused(estimates, variances, characteristics, code):
    with pytest.raises(InputError) as refused:
        area_model(estimates, variances, characteristics)

    assert refused.value.code == code
