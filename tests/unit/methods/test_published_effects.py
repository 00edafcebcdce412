"""What others found, and what may be done with it."""

import math

import pytest

from grondslag.errors import InputError
from grondslag.methods import PUBLISHED, Measure, Outcome, Setting, effects_of


@pytest.mark.parametrize("effect", PUBLISHED)
def test_every_effect_says_where_it_stands(effect):
    assert effect.source
    assert "(" in effect.source
    assert effect.doi == "" or effect.doi.startswith("10.")
    assert effect.ratio > 0
    assert effect.read.year >= 2026


@pytest.mark.parametrize("effect", [one for one in PUBLISHED if one.interval])
def test_every_interval_holds_its_effect(effect):
    assert 0 < effect.interval.low < effect.ratio < effect.interval.high


@pytest.mark.parametrize("effect", [one for one in PUBLISHED if not one.interval])
def test_an_effect_without_an_interval_is_never_weighed(effect):
    with pytest.raises(InputError) as refused:
        effect.as_prior(between=0.2, places=10)

    assert refused.value.code == "methods.effect-not-confirmed"
    assert not effect.confirmed


def test_zones_in_london_as_the_abstract_tells_them():
    """41.9% fewer (36.0 to 47.8): Grundy and others (2009), doi:10.1136/bmj.b4469."""
    zone = effects_of(Measure.ZONE_30, Outcome.CASUALTIES)[0]

    assert zone.ratio == pytest.approx(1 - 0.419)
    assert zone.interval.low == pytest.approx(1 - 0.478)
    assert zone.interval.high == pytest.approx(1 - 0.360)


def test_a_prior_has_the_error_of_its_interval():
    prior = effects_of(Measure.ZONE_30)[0].as_prior(between=0.25, places=399)

    assert prior.error == pytest.approx(math.log(0.640 / 0.522) / 3.92, rel=1e-4)
    assert prior.interval().low == pytest.approx(0.525, abs=0.005)
    assert prior.at_a_new_place().low < prior.interval().low
    assert prior.between == 0.25


def test_a_standard_error_becomes_an_interval():
    """CMF Clearinghouse 8196: 0.81 with an error of 0.217, so 0.479 to 1.369, by hand on the log.

    The study calls what it finds at the camera itself not significant: the interval holds 1.
    """
    camera = next(one for one in effects_of(Measure.SPEED_CAMERA) if one.confirmed)

    assert camera.setting is Setting.OUTSIDE
    assert camera.interval.low == pytest.approx(0.81 * math.exp(-1.96 * 0.217 / 0.81), abs=1e-4)
    assert camera.interval.high == pytest.approx(1.369, abs=0.001)


def test_a_spread_below_nothing_is_refused():
    with pytest.raises(InputError) as refused:
        effects_of(Measure.ZONE_30)[0].as_prior(between=-0.1, places=10)

    assert refused.value.code == "methods.no-dispersion"


def test_effects_are_found_by_measure_and_outcome():
    fatal = effects_of(Measure.SPEED_CAMERA, Outcome.FATAL_CRASHES)

    assert [one.ratio for one in fatal] == [0.49]
    assert len(effects_of(Measure.SPEED_CAMERA)) > len(fatal)
