"""What places like this one have.

Known answers:
- Bliss and Fisher (1953), Biometrics 9:176-200: mites on 150 apple leaves, negative binomial with
  mean 1.1467 and k = 1.0246 by maximum likelihood.
- McCullagh and Nelder (1989), Generalized linear models, section 6.3.2: damage to ships
  per month of service, log-linear, with their estimates (chance-only variance).
"""

import numpy as np
import pytest

from grondslag.errors import InputError
from grondslag.methods import fit_performance

MITES = np.repeat([0, 1, 2, 3, 4, 5, 6, 7, 8], [70, 38, 17, 10, 9, 3, 2, 1, 0])

# Type, year of building, period of operation, months of service, incidents.
SHIPS = [
    ("A", 60, 60, 127, 0), ("A", 60, 75, 63, 0), ("A", 65, 60, 1095, 3), ("A", 65, 75, 1095, 4),
    ("A", 70, 60, 1512, 6), ("A", 70, 75, 3353, 18), ("A", 75, 75, 2244, 11),
    ("B", 60, 60, 44882, 39), ("B", 60, 75, 17176, 29), ("B", 65, 60, 28609, 58),
    ("B", 65, 75, 20370, 53), ("B", 70, 60, 7064, 12), ("B", 70, 75, 13099, 44),
    ("B", 75, 75, 7117, 18), ("C", 60, 60, 1179, 1), ("C", 60, 75, 552, 1), ("C", 65, 60, 781, 0),
    ("C", 65, 75, 676, 1), ("C", 70, 60, 783, 6), ("C", 70, 75, 1948, 2), ("C", 75, 75, 274, 1),
    ("D", 60, 60, 251, 0), ("D", 60, 75, 105, 0), ("D", 65, 60, 288, 0), ("D", 65, 75, 192, 0),
    ("D", 70, 60, 349, 2), ("D", 70, 75, 1208, 11), ("D", 75, 75, 2051, 4), ("E", 60, 60, 45, 0),
    ("E", 65, 60, 789, 7), ("E", 65, 75, 437, 7), ("E", 70, 60, 1157, 5), ("E", 70, 75, 2161, 12),
    ("E", 75, 75, 542, 1),
]  # fmt: skip


def test_the_mites_of_bliss_and_fisher():
    leaves = MITES[:150]

    found = fit_performance(leaves, {}, np.ones(150))

    assert np.exp(found.intercept) == pytest.approx(1.1467, abs=1e-4)
    assert 1 / found.dispersion == pytest.approx(1.0246, abs=2e-3)


def test_the_ships_of_mccullagh_and_nelder(monkeypatch):
    """Their nine coefficients on 34 rows: fewer rows than we ask of roads, so that check is off."""
    monkeypatch.setattr("grondslag.methods.performance._PER_COEFFICIENT", 1)
    monkeypatch.setattr("grondslag.methods.performance._spread", lambda *_: 0.0)
    predictors = {kind: [float(ship[0] == kind) for ship in SHIPS] for kind in "BCDE"}
    predictors |= {str(year): [float(ship[1] == year) for ship in SHIPS] for year in (65, 70, 75)}
    predictors["period"] = [float(ship[2] == 75) for ship in SHIPS]

    found = fit_performance([ship[4] for ship in SHIPS], predictors, [ship[3] for ship in SHIPS])

    published = {
        "B": -0.54, "C": -0.69, "D": -0.08, "E": 0.33,
        "65": 0.70, "70": 0.82, "75": 0.45, "period": 0.38,
    }  # fmt: skip
    assert found.intercept == pytest.approx(-6.41, abs=0.01)
    assert found.coefficients == pytest.approx(published, abs=0.006)


def roads(seed, *, size=3000, exponent=0.6, spread=0.5):
    """Made-up roads whose accidents rise less than in proportion to their traffic."""
    chance = np.random.default_rng(seed)
    traffic, length = chance.lognormal(8.5, 0.8, size), chance.uniform(0.1, 2, size)
    mean = length * 5 * np.exp(-6.5) * traffic**exponent
    truth = mean * chance.gamma(1 / spread, spread, size)
    return chance.poisson(truth), {"log_traffic": np.log(traffic)}, length * 5


def test_accidents_rise_less_than_traffic():
    found = fit_performance(*roads(20270301))

    limits = found.intervals["log_traffic"]
    assert limits.low < 0.6 < limits.high < 1
    assert found.dispersion == pytest.approx(0.5, rel=0.15)


def test_intervals_of_the_exponent_hold_the_truth():
    held = 0
    for seed in range(40):
        limits = fit_performance(*roads(seed, size=400)).intervals["log_traffic"]
        held += limits.low < 0.6 < limits.high

    assert held >= 34  # of 40 at 95%: fewer happens once in 1,700 times


def test_places_that_differ_by_chance_alone_have_next_to_no_spread():
    chance = np.random.default_rng(5)
    found = fit_performance(chance.poisson(4, 500), {}, np.ones(500))

    assert found.dispersion < 0.02


def test_prediction_at_the_same_places_is_what_was_fitted():
    counts, predictors, exposures = roads(1, size=200)
    found = fit_performance(counts, predictors, exposures)

    assert found.predict(predictors, exposures) == pytest.approx(found.predicted)


@pytest.mark.parametrize(
    ("counts", "predictors", "exposures", "code"),
    [
        ([1] * 9, {}, [1.0] * 9, "methods.too-few-places"),
        ([1] * 19, {"x": range(19)}, [1.0] * 19, "methods.too-few-places"),
        ([1] * 20, {"x": [1.0] * 20}, [1.0] * 20, "methods.predictors-alike"),
        ([1] * 30, {"x": range(30), "y": range(30)}, [1.0] * 30, "methods.predictors-alike"),
        ([1] * 20, {"x": range(19)}, [1.0] * 20, "methods.lengths-differ"),
        ([1] * 20, {"x": [float("nan")] * 20}, [1.0] * 20, "methods.not-a-number"),
        ([0] * 20, {}, [1.0] * 20, "methods.nothing-counted"),
        ([-1] * 20, {}, [1.0] * 20, "methods.negative-count"),
        ([1] * 20, {}, [0.0] * 20, "methods.no-exposure"),
    ],
)
def test_bad_input_is_refused(counts, predictors, exposures, code):
    with pytest.raises(InputError) as refused:
        fit_performance(counts, predictors, exposures)

    assert refused.value.code == code


def test_a_prediction_asks_for_the_same_predictors():
    found = fit_performance([1, 2] * 10, {}, [1.0] * 20)

    with pytest.raises(InputError) as refused:
        found.predict({"x": [1.0]}, [1.0])

    assert refused.value.code == "methods.other-predictors"
