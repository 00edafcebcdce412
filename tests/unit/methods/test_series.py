"""A row of months with a measure in it.

Known answer: acute coronary episodes in Sicily, 2002 to 2006, and the ban on smoking of January
2005, the worked example of Lopez Bernal, Cummins and Gasparrini (2017), doi:10.1093/ije/dyw098:
a ratio of 0.894 by plain Poisson, and of 0.885 (0.839 to 0.933) with season and scatter.
"""

import numpy as np
import pytest

from grondslag.errors import InputError
from grondslag.methods import seasonal_factors, step_change

EPISODES = [
    728, 659, 791, 734, 757, 726, 760, 740, 720, 814, 795, 858,
    887, 766, 851, 769, 781, 756, 766, 752, 765, 831, 879, 928,
    914, 808, 937, 840, 916, 828, 845, 818, 860, 839, 887, 886,
    831, 796, 833, 820, 877, 758, 767, 738, 781, 843, 850, 908,
    1021, 859, 976, 888, 962, 838, 810, 876, 843, 936, 912,
]  # fmt: skip
PEOPLE = [
    379875.3, 376495.5, 377040.8, 377116.4, 377383.4, 374113.1, 379513.3, 376295.5, 374653.2,
    378485.6, 375955.5, 378349.7, 376762.4, 379032.3, 379360.4, 376162.0, 377972.4, 381830.7,
    379888.6, 380872.2, 380966.9, 381240.4, 382104.9, 381802.7, 381656.3, 383680.0, 383504.2,
    386462.9, 383783.1, 380836.8, 383483.0, 380906.2, 382926.8, 384052.4, 384449.6, 383428.4,
    388153.2, 388373.2, 386470.1, 386033.2, 383686.4, 385509.3, 385901.9, 386516.6, 388436.5,
    383255.2, 390148.7, 385874.9, 391613.6, 391750.4, 394005.6, 391364.9, 391664.6, 389022.3,
    391878.5, 388575.3, 392989.0, 390018.8, 390712.3,
]  # fmt: skip
BAN = 36


def test_the_ban_on_smoking_in_sicily_with_season_and_scatter():
    found = step_change(EPISODES, PEOPLE, since=BAN)

    assert found.ratio == pytest.approx(0.885, abs=5e-4)
    assert found.interval.low == pytest.approx(0.839, abs=1e-3)
    assert found.interval.high == pytest.approx(0.933, abs=1e-3)
    assert found.dispersion > 1


def test_without_a_season_the_ratio_is_the_plain_one():
    found = step_change(EPISODES, PEOPLE, since=BAN, season=0)

    assert found.ratio == pytest.approx(0.894, abs=5e-4)
    assert found.dispersion > step_change(EPISODES, PEOPLE, since=BAN).dispersion


def test_without_the_measure_the_months_before_are_as_fitted():
    found = step_change(EPISODES, PEOPLE, since=BAN)

    assert found.without[:BAN] == pytest.approx(found.fitted[:BAN])
    assert found.fitted[BAN:] / found.without[BAN:] == pytest.approx(
        np.full(len(EPISODES) - BAN, found.ratio)
    )


def test_months_that_resemble_each_other_never_make_it_surer():
    alone = step_change(EPISODES, PEOPLE, since=BAN)
    alike = step_change(EPISODES, PEOPLE, since=BAN, lags=6)

    assert alike.ratio == alone.ratio
    assert alike.interval.high >= alone.interval.high


def test_a_measure_that_does_nothing_is_seldom_said_to_work():
    chance = np.random.default_rng(20270301)
    wave = np.exp(0.2 * np.sin(2 * np.pi * np.arange(72) / 12) + 0.004 * np.arange(72))
    surprised = 0
    for _ in range(200):
        found = step_change(chance.poisson(60 * wave), np.ones(72), since=40)
        surprised += not found.interval.low < 1 < found.interval.high

    assert surprised <= 20  # of 200 at 5%: more happens once in 200


@pytest.mark.parametrize(
    ("counts", "exposures", "since", "code"),
    [
        ([1] * 30, [1.0] * 29, 15, "methods.lengths-differ"),
        ([-1] * 30, [1.0] * 30, 15, "methods.negative-count"),
        ([1] * 30, [0.0] * 30, 15, "methods.no-exposure"),
        ([1] * 30, [1.0] * 30, 5, "methods.too-few-each-side"),
        ([1] * 30, [1.0] * 30, 25, "methods.too-few-each-side"),
    ],
)
def test_bad_input_is_refused(counts, exposures, since, code):
    with pytest.raises(InputError) as refused:
        step_change(counts, exposures, since=since)

    assert refused.value.code == code


def test_a_planted_season_comes_back_also_with_months_unknown_and_a_step():
    """A wave of four tenths either way, which halves at the measure with the level."""
    at = np.arange(72)
    wave = np.exp(0.4 * np.cos(2 * np.pi * at / 12))
    level = np.where(at >= 36, 100, 200)
    counts = [round(one) for one in level * wave]
    counts[5] = counts[40] = None

    found = seasonal_factors(counts, [1.0] * 72, since=36)

    assert found == pytest.approx(wave / wave[:12].mean(), rel=0.02)
    assert found[:12].mean() == pytest.approx(1)


def test_a_season_seen_less_than_twice_is_none():
    assert seasonal_factors([5] * 23, [1.0] * 23, since=12) is None
    assert seasonal_factors([5] * 23 + [None], [1.0] * 24, since=12) is None
    assert seasonal_factors([0] * 30, [1.0] * 30, since=12) is None


def test_a_row_that_ends_before_the_measure_has_its_season_too():
    found = seasonal_factors([20, 40] * 18, [1.0] * 36, since=36)

    assert found is not None
    assert np.isfinite(found).all()


@pytest.mark.parametrize(
    ("counts", "exposures", "code"),
    [
        ([1] * 24, [1.0] * 23, "methods.lengths-differ"),
        ([-1] * 24, [1.0] * 24, "methods.negative-count"),
        ([1] * 24, [0.0] * 24, "methods.no-exposure"),
    ],
)
def test_a_season_of_bad_input_is_refused(counts, exposures, code):
    with pytest.raises(InputError) as refused:
        seasonal_factors(counts, exposures, since=12)

    assert refused.value.code == code
