"""How much must be measured or asked.

Known answers:

* A study in clusters: ten clusters in two arms, twenty each, effect 0.6, intraclass correlation
  0.1: power 0.5901684, the example of `wp.crt2arm` in WebPower (Zhang and Yuan, 2018), after
  Raudenbush (1997), doi:10.1037/1082-989X.2.2.173.
* Design effects and effective numbers at a correlation of 0.017: Killip, Mahfoud and Pearce (2004),
  doi:10.1370/afm.141.
* Answers for a share within five points: Krejcie and Morgan (1970), Determining sample size for
  research activities, doi:10.1177/001316447003000308.
* Two shares, 0.50 and 0.75: 76.7 per group for a power of 0.90, the example of `power.prop.test`
  in R.
"""

import math

import numpy as np
import pytest
from scipy.stats import ttest_ind

from grondslag.errors import InputError
from grondslag.methods import (
    SpeedStudy,
    answers_to_see,
    design_effect,
    needed_answers,
    needed_repeats,
    needed_sites,
    repeat_power,
    speed_power,
)

CLUSTERS = SpeedStudy(within=math.sqrt(0.9), between=math.sqrt(0.1), vehicles=20, visits=1)
STREETS = SpeedStudy(within=8.0, between=1.5, vehicles=200)


def test_the_published_power_of_ten_clusters():
    assert speed_power(0.6, CLUSTERS, sites=5, others=5) == pytest.approx(0.5901684, abs=1e-6)


@pytest.mark.parametrize(
    ("together", "effect", "worth"), [(10, 1.153, 34), (20, 1.323, 60), (40, 1.663, 96)]
)
def test_published_design_effects(together, effect, worth):
    found = design_effect(together, 0.017)

    assert found == pytest.approx(effect, abs=1e-9)
    assert math.floor(4 * together / found) == worth


@pytest.mark.parametrize(
    ("people", "answers"),
    [(10, 10), (100, 80), (500, 217), (1_000, 278), (10_000, 370), (1_000_000, 384)],
)
def test_published_numbers_of_answers(people, answers):
    assert round(needed_answers(0.05, population=people)) == answers


def test_the_published_number_of_answers_to_see_a_difference():
    assert answers_to_see(0.50, 0.75, power=0.9) == pytest.approx(76.7, abs=0.05)


def test_needed_sites_are_just_enough():
    sites = needed_sites(3.0, STREETS)

    assert speed_power(3.0, STREETS, sites=sites, others=sites) >= 0.8
    assert speed_power(3.0, STREETS, sites=sites - 1, others=sites - 1) < 0.8


def test_the_fewest_sites_are_two():
    assert needed_sites(50.0, STREETS) == 2


def test_more_vehicles_do_not_stand_in_for_sites():
    """Of the 2.25 between sites nothing goes away, however many vehicles pass."""
    crowd = SpeedStudy(within=8.0, between=1.5, vehicles=1_000_000)

    assert crowd.site_variance == pytest.approx(2.25, abs=0.001)
    assert needed_sites(1.0, crowd) > 30


@pytest.mark.long
def test_as_many_studies_see_it_as_planned():
    """Vehicle by vehicle, before and after, at sites that change by themselves."""
    chance = np.random.default_rng(20261128)
    study = SpeedStudy(within=8.0, between=1.5, vehicles=50)

    def changes(sites, shift):
        change = chance.normal(shift, 1.5, sites)
        before = chance.normal(0, 8.0, (sites, 50)).mean(axis=1)
        return change + chance.normal(0, 8.0, (sites, 50)).mean(axis=1) - before

    seen = [ttest_ind(changes(6, -4.0), changes(6, 0.0)).pvalue < 0.05 for _ in range(4_000)]

    assert np.mean(seen) == pytest.approx(speed_power(-4.0, study, sites=6, others=6), abs=0.025)


@pytest.mark.long
def test_as_many_margins_hold_the_share_as_planned():
    chance = np.random.default_rng(20261128)
    answers = math.ceil(needed_answers(0.05, share=0.3))

    found = chance.binomial(answers, 0.3, 20_000) / answers

    assert np.mean(np.abs(found - 0.3) <= 0.05) == pytest.approx(0.95, abs=0.01)


def test_a_share_in_few_people_needs_no_more_than_all():
    assert needed_answers(0.01, population=50) <= 50


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (lambda: speed_power(1.0, STREETS, sites=1, others=5), "methods.too-few-sites"),
        (lambda: speed_power(0.0, STREETS, sites=3, others=3), "methods.not-above-zero"),
        (lambda: needed_sites(1.0, SpeedStudy(0, 0, 9)), "methods.not-above-zero"),
        (lambda: needed_sites(1.0, SpeedStudy(8, 1, 0)), "methods.not-above-zero"),
        (lambda: needed_sites(1e-6, STREETS), "methods.too-small-to-see"),
        (lambda: needed_sites(1.0, STREETS, power=1.0), "methods.not-a-level"),
        (lambda: design_effect(0.5, 0.1), "methods.not-above-zero"),
        (lambda: design_effect(5, 1.1), "methods.not-a-share"),
        (lambda: needed_answers(0.0), "methods.not-a-share"),
        (lambda: needed_answers(0.05, effect=0.5), "methods.not-above-zero"),
        (lambda: answers_to_see(0.5, 0.5), "methods.not-above-zero"),
        (lambda: answers_to_see(0.5, 1.0), "methods.not-a-share"),
    ],
)
def test_plans_without_ground_are_refused(wish, code):
    with pytest.raises(InputError) as refused:
        wish()

    assert refused.value.code == code


def test_the_published_example_of_two_groups_of_the_same_size():
    """Help of R, power.t.test: difference 1, deviation 1, power 0.90 asks 22.02 in each group.

    The usual is then a mean of as many places as there are repeats, with the same deviation.
    """
    powers = [
        repeat_power(1.0, repeats=n, spread=1.0, other_error=n**-0.5, others=n) for n in (22, 23)
    ]

    assert powers == [pytest.approx(0.8997, abs=5e-4), pytest.approx(0.9125, abs=5e-4)]
    assert powers[0] < 0.9 < powers[1]


@pytest.mark.parametrize(("difference", "repeats"), [(0.2, 199), (0.5, 34), (0.8, 15)])
def test_published_numbers_of_repeats_against_a_known_usual(difference, repeats):
    """Small, medium and large effects of Cohen (1988), one sample, two-sided 5%, power 0.80: as
    G*Power gives them, Faul and others (2007), doi:10.3758/BF03193146.
    """
    found = needed_repeats(difference, spread=1.0, other_error=0.0, others=9)

    assert found == repeats


def test_no_number_of_weeks_makes_up_for_a_usual_that_is_not_known():
    assert needed_repeats(1.0, spread=1.0, other_error=2.0, others=9) is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"repeats": 1}, "methods.too-few-sites"),
        ({"others": 1}, "methods.too-few-sites"),
        ({"spread": 0.0}, "methods.not-above-zero"),
        ({"other_error": -1.0}, "methods.not-above-zero"),
    ],
)
def test_repeats_without_ground_are_refused(changes, code):
    wish = {"repeats": 4, "spread": 1.0, "other_error": 0.1, "others": 9} | changes

    with pytest.raises(InputError) as caught:
        repeat_power(1.0, **wish)

    assert caught.value.code == code
