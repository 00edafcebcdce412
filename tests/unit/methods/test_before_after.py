"""Did it work?

Known answers: what a place is to be expected to have is that of Hauer et al. (2002),
doi:10.3141/1784-16, see `test_shrinking`. The simulations plant a known effect at places that were
chosen for their many accidents, as in practice.
"""

import numpy as np
import pytest

from grondslag.errors import InputError
from grondslag.methods import (
    Periods,
    before_after,
    needed_accidents,
    power_to_see,
    trend_of_others,
)


def chosen_for_their_counts(seed, *, effect, worst=30, places=2000):
    """The worst places of a town get a measure with a known effect."""
    chance = np.random.default_rng(seed)
    like, spread = chance.uniform(1, 8, places), 0.5
    truth = like * chance.gamma(1 / spread, spread, places)
    before = chance.poisson(truth)
    chosen = np.argsort(-before)[:worst]
    after = chance.poisson(truth[chosen] * effect)
    periods = Periods(before[chosen], after, like[chosen], like[chosen], 3, 3)
    return before_after(periods, spread)


def test_a_measure_that_does_nothing_seems_to_work_to_who_does_not_think_of_chance():
    found = [chosen_for_their_counts(seed, effect=1.0) for seed in range(200)]

    assert np.mean([one.naive for one in found]) < 0.9
    assert np.mean([one.ratio for one in found]) == pytest.approx(1.0, abs=0.01)
    held = np.mean([one.interval.low < 1 < one.interval.high for one in found])
    assert held == pytest.approx(0.95, abs=0.04)


def test_a_measure_that_takes_away_a_third_is_seen_to_do_so():
    found = [chosen_for_their_counts(seed, effect=0.7) for seed in range(200)]

    assert np.mean([one.ratio for one in found]) == pytest.approx(0.7, abs=0.01)
    held = np.mean([one.interval.low < 0.7 < one.interval.high for one in found])
    assert held == pytest.approx(0.95, abs=0.04)


def test_one_place_by_hand():
    """The road of Hauer et al. (2002), example 1: 8.48 are to be expected with variance 4.58."""
    like = 0.0224 * 4000**0.564 * 1.8
    periods = Periods([12], [6], [like], [like], 1, 1)

    found = before_after(periods, 1 / (2.05 * 1.8))

    relative = 4.583 / 8.481**2
    assert found.expected == pytest.approx(8.48, abs=0.01)
    assert found.ratio == pytest.approx(6 / 8.481 / (1 + relative), abs=2e-3)
    assert found.naive == 0.5
    assert found.certainty_fewer == pytest.approx(0.817, abs=2e-3)  # of -ln 0.665 over 0.451


def test_more_traffic_after_is_no_fault_of_the_measure():
    alike = before_after(Periods([10], [10], [8.0], [8.0], 3, 3), 0.5)
    busier = before_after(Periods([10], [10], [8.0], [16.0], 3, 3), 0.5)

    assert busier.ratio < alike.ratio


def test_nothing_counted_after_still_has_an_upper_limit():
    found = before_after(Periods([4], [0], [3.0], [3.0], 3, 3), 0.5)

    assert found.ratio == 0
    assert 0 < found.interval.high < 10


def test_nothing_counted_after_is_as_certain_as_half_an_accident_by_hand():
    """Weight 0.4, so 3.6 expected with variance 2.16; ln(0.5 / 3.6) over the root of 1.592."""
    found = before_after(Periods([4], [0], [3.0], [3.0], 3, 3), 0.5)

    assert found.expected == pytest.approx(3.6)
    assert found.certainty_fewer == pytest.approx(0.941, abs=1e-3)


def test_nothing_where_nothing_was_to_be_expected_says_nothing():
    found = before_after(Periods([0], [0], [0.1], [0.1], 3, 3), 0.5)

    assert found.certainty_fewer == 0.5


@pytest.mark.parametrize("after", range(0, 60, 3))
def test_the_certainty_never_speaks_against_the_limits(after):
    found = before_after(Periods([30], [after], [30.0], [30.0], 3, 3), 0.1)

    assert (found.interval.high < 1) == (found.certainty_fewer > 0.975)
    assert 0 <= found.certainty_fewer <= 1


@pytest.mark.parametrize(("reduction", "low", "high"), [(0.2, 330, 400), (0.4, 75, 90)])
def test_so_many_accidents_are_needed_to_see_it(reduction, low, high):
    """Checked against a count by simulation below."""
    assert low < needed_accidents(reduction) < high


@pytest.mark.parametrize("reduction", [0.2, 0.4])
def test_the_power_is_what_a_simulation_gives(reduction):
    chance = np.random.default_rng(11)
    expected = needed_accidents(reduction)
    before = chance.poisson(expected, 20_000)
    after = chance.poisson(expected * (1 - reduction), 20_000)

    score = 2 * (np.sqrt(before + 3 / 8) - np.sqrt(after + 3 / 8)) / np.sqrt(2)

    assert np.mean(np.abs(score) > 1.96) == pytest.approx(0.8, abs=0.01)
    assert power_to_see(reduction, expected) == pytest.approx(0.8, abs=1e-3)


def test_one_place_with_six_accidents_shows_next_to_nothing():
    assert power_to_see(0.2, 6) < 0.1


@pytest.mark.parametrize(
    ("periods", "code"),
    [
        (Periods([1], [1, 2], [1.0], [1.0], 1, 1), "methods.lengths-differ"),
        (Periods([1], [-1], [1.0], [1.0], 1, 1), "methods.negative-count"),
        (Periods([1], [1], [1.0], [0.0], 1, 1), "methods.nothing-expected"),
        (Periods([1], [1], [1.0], [1.0], 0, 1), "methods.no-years"),
    ],
)
def test_bad_input_is_refused(periods, code):
    with pytest.raises(InputError) as refused:
        before_after(periods, 0.5)

    assert refused.value.code == code


@pytest.mark.parametrize("reduction", [0.0, 1.0, -0.2])
def test_a_reduction_that_is_no_share_is_refused(reduction):
    with pytest.raises(InputError) as refused:
        needed_accidents(reduction)

    assert refused.value.code == "methods.not-a-share"


def test_the_trend_of_others_by_hand():
    """Two places as Hauer et al. (2002), example 1, doi:10.3141/1784-16: 8.48 each, variance 4.58.

    With 9 and 12 after, the trend is 21 / 16.96; its square error 1/21 + 2 * 4.583 / 16.96^2.
    """
    like = 0.0224 * 4000**0.564 * 1.8
    others = Periods([12, 12], [9, 12], [like] * 2, [like] * 2, 1, 1)

    found = trend_of_others(others, 1 / (2.05 * 1.8))

    assert found.ratio == pytest.approx(21 / 16.96, abs=2e-3)
    assert found.error**2 == pytest.approx(1 / 21 + 2 * 4.583 / 16.962**2, abs=1e-4)


def test_those_that_were_not_chosen_go_up_by_themselves():
    """Nothing changes; the chosen had bad luck, so the rest had good luck, and it seems to rise."""
    raw, fair = [], []
    for seed in range(50):
        chance = np.random.default_rng(seed)
        like, spread = chance.uniform(1, 8, 300), 0.5
        truth = like * chance.gamma(1 / spread, spread, 300)
        before, after = chance.poisson(truth), chance.poisson(truth)
        rest = np.argsort(-before)[30:]
        others = Periods(before[rest], after[rest], like[rest], like[rest], 3, 3)
        raw.append(after[rest].sum() / before[rest].sum())
        fair.append(trend_of_others(others, spread).ratio)

    assert np.mean(raw) > 1.03
    assert np.mean(fair) == pytest.approx(1.0, abs=0.015)


def test_an_uncertain_trend_makes_the_effect_less_sure():
    sure = before_after(Periods([10], [10], [8.0], [8.0], 3, 3), 0.5)
    unsure = before_after(Periods([10], [10], [8.0], [8.0], 3, 3, trend_error=0.2), 0.5)

    assert unsure.interval.high / unsure.interval.low > sure.interval.high / sure.interval.low


def test_others_without_a_single_accident_show_no_trend():
    with pytest.raises(InputError) as refused:
        trend_of_others(Periods([1], [0], [1.0], [1.0], 1, 1), 0.5)

    assert refused.value.code == "methods.nothing-counted"
