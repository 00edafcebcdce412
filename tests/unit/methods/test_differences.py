"""Differences between sites.

Known answers:

- Darwin's fifteen pairs of maize, one of each crossed and one self-fertilised: Fisher (1935), The
  design of experiments, section 21: of the 32,768 ways to turn signs, 863 give as much or more on
  one side, so 1,726 on both.
- Card and Krueger (1994), American Economic Review 84, 772-793, table 3: employment per restaurant
  changed by 0.59 (0.54) in New Jersey and by -2.16 (1.25) in Pennsylvania: a difference of 2.76
  with a standard error of 1.36.
- Warning signs for speed in Cambridgeshire, 14 pairs of sites and 100 cars per visit: the data of
  Davison and Hinkley (1997), Bootstrap methods and their application,
  doi:10.1017/CBO9780511802843 (`amis`), before and shortly after. Effect and errors by the formula
  for two groups of sites.
"""

import math

import numpy as np
import pytest

from grondslag.errors import InputError
from grondslag.methods import (
    Change,
    clustered_effect,
    difference_in_differences,
    difference_of_changes,
)

CROSSED = [
    23.5, 12, 21, 22, 19.125, 21.5, 22.125, 20.375, 18.25, 21.625, 23.25, 21, 22.125, 23, 12,
]  # fmt: skip
SELFED = [
    17.375, 20.375, 20, 20, 18.375, 18.625, 18.625, 15.25, 16.5, 18, 16.25, 18, 12.75, 15.5, 18,
]  # fmt: skip

# Mean speed of 100 cars before and after, in miles per hour: with a sign, and without.
SIGN = [
    (34.53, 35.97), (38.95, 38.28), (32.22, 33.59), (36.38, 35.95), (36.61, 34.04),
    (40.13, 33.33), (29.86, 27.75), (38.35, 38.68), (38.05, 34.31), (33.95, 35.09),
    (34.62, 33.63), (38.57, 35.30), (39.62, 42.61), (39.30, 42.24),
]  # fmt: skip
NO_SIGN = [
    (34.17, 38.65), (30.25, 35.00), (37.95, 36.49), (37.95, 36.49), (38.75, 38.79),
    (38.75, 38.79), (42.14, 42.19), (38.09, 36.91), (40.76, 37.47), (34.02, 35.07),
    (32.19, 35.12), (40.86, 43.52), (44.59, 49.46), (44.59, 44.18),
]  # fmt: skip
SPREAD = 5.2  # of cars at one site, about; the clustered error does not depend on it
CARS = SPREAD * np.tile([-1.0, 1.0], 50)


def measured():
    """Every car: its speed, whether at a sign, whether after, and its site."""
    speeds, sign, after, sites = [], [], [], []
    for group, means in ((True, SIGN), (False, NO_SIGN)):
        for site, visits in enumerate(means):
            for later, mean in enumerate(visits):
                speeds += list(mean + CARS)
                sign += [group] * 100
                after += [bool(later)] * 100
                sites += [(group, site)] * 100
    return {"values": speeds, "treated": sign, "after": after, "sites": sites}


def test_darwins_maize():
    pairs = list(range(15))
    level = np.eye(15)[pairs + pairs]

    found = clustered_effect(
        CROSSED + SELFED, [1.0] * 15 + [0.0] * 15, level, pairs + pairs, level=0.95
    )

    assert found.effect == pytest.approx(2.6167, abs=1e-4)
    assert found.p_value == pytest.approx(1726 / 32768)
    assert found.interval.low < 0 < found.interval.high


def test_the_difference_of_card_and_krueger():
    found = difference_of_changes(Change(0.59, 0.54), Change(-2.16, 1.25))

    assert found.value == pytest.approx(2.76, abs=0.011)  # their means are rounded
    assert found.error == pytest.approx(1.36, abs=0.005)


def test_warning_signs_by_the_formula_for_two_groups_of_sites():
    found = difference_in_differences(**measured())

    changes = [np.diff(visits, axis=1)[:, 0] for visits in (SIGN, NO_SIGN)]
    by_hand = changes[0].mean() - changes[1].mean()
    squares = sum(((change - change.mean()) ** 2).sum() / 14**2 for change in changes)
    few = 28 / 27 * 5599 / 5596
    assert by_hand == pytest.approx(-1.674, abs=1e-3)
    assert found.effect == pytest.approx(by_hand)
    assert found.error == pytest.approx(math.sqrt(squares * few))
    assert found.error == pytest.approx(0.99, abs=0.005)


def test_cars_taken_for_witnesses_would_make_the_signs_a_sure_success():
    """Each car on its own: five standard errors from nothing. By site it may be chance."""
    found = difference_in_differences(**measured())

    assert abs(found.effect) > 4.5 * found.naive_error
    assert found.error > 2.5 * found.naive_error
    assert found.interval.low < 0 < found.interval.high
    assert found.p_value > 0.05
    assert found.clusters == 28


def test_interval_and_p_value_agree():
    """What lies just inside the interval is not rejected, what lies just outside is."""
    speeds = measured()
    found = difference_in_differences(**speeds, level=0.8)
    late = np.array(speeds["treated"]) & np.array(speeds["after"])

    def moved(by):
        return difference_in_differences(**speeds | {"values": speeds["values"] - by * late})

    assert moved(found.interval.high + 0.05).p_value < 0.2 <= moved(found.interval.high).p_value
    assert moved(found.interval.low - 0.05).p_value < 0.2 <= moved(found.interval.low).p_value


def test_two_sites_each_cannot_set_a_limit():
    speeds = measured()
    few = [at for at, (_group, site) in enumerate(speeds["sites"]) if site < 2]

    found = difference_in_differences(
        **{name: [numbers[at] for at in few] for name, numbers in speeds.items()}
    )

    assert found.interval.low == -math.inf
    assert found.interval.high == math.inf


@pytest.mark.long
def test_no_effect_is_called_an_effect_about_as_often_as_it_should():
    """400 towns of 6 sites with and 6 without a sign that does nothing, 30 cars per visit."""
    chance = np.random.default_rng(20270603)
    site = np.repeat(np.arange(12), 60)
    after = np.tile(np.repeat([False, True], 30), 12)
    called, naive = [], []
    for _town in range(400):
        own = chance.normal(0, 3, 12)[site] + chance.normal(0, 2, (12, 2))[site, after.astype(int)]
        found = difference_in_differences(
            35 + own + chance.normal(0, 5, 720), treated=site < 6, after=after, sites=list(site)
        )
        called.append(found.p_value < 0.05)
        naive.append(abs(found.effect) > 1.96 * found.naive_error)

    assert 0.02 <= np.mean(called) <= 0.08
    assert np.mean(naive) > 0.3


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"values": [1.0, 2.0]}, "methods.lengths-differ"),
        ({"values": [1.0, math.nan] * 4}, "methods.not-a-number"),
        ({"sites": ["a", "a", "a", "a", "b", "b", "c", "c"]}, "methods.too-few-sites"),
        ({"after": [True] * 8}, "methods.too-few-sites"),
    ],
)
def test_what_cannot_be_compared_is_refused(change, code):
    fine = {
        "values": [1.0, 2.0, 3.0, 5.0, 4.0, 4.0, 6.0, 7.0],
        "treated": [True] * 4 + [False] * 4,
        "after": [False, True] * 4,
        "sites": ["a", "a", "b", "b", "c", "c", "d", "d"],
    }

    with pytest.raises(InputError) as refused:
        difference_in_differences(**fine | change)

    assert refused.value.code == code


def test_an_effect_that_is_everywhere_is_refused():
    with pytest.raises(InputError) as refused:
        clustered_effect([1.0, 2.0, 3.0], [1.0, 1.0, 1.0], [[1.0]] * 3, ["a", "b", "c"])

    assert refused.value.code == "methods.predictors-alike"


def test_errors_of_others_must_be_there():
    with pytest.raises(InputError) as refused:
        difference_of_changes(Change(1.0, 0.0), Change(1.0, 0.5))

    assert refused.value.code == "methods.no-variance"
