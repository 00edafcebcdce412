"""The noise is what it is said to be: its distribution, its promise, its margins.

Every statistical test fails by chance less than once in a million runs.
"""

import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from grondslag.errors import InputError
from grondslag.release.noise import Noise, in_costs, in_epsilon, noise_for
from grondslag.release.noisy import adding_up

MILLION = 1_000_000
CHANCE = 1e-9
DRAWS = 20_000


def chances(noise, *, until=400):
    """The exact chance of every whole number, by the formula of the distribution."""
    at = np.arange(-until, until + 1)
    if noise.one_in:
        weight = np.exp(-(at.astype(float) ** 2) / (2 * noise.scale**2))
        return dict(zip(at.tolist(), weight / weight.sum(), strict=True))
    p = math.exp(-1 / noise.scale)
    return dict(zip(at.tolist(), (1 - p) / (1 + p) * p ** np.abs(at), strict=True))


def misfit(drawn, expected):
    """The chance of counts at least this odd under a distribution (chi-square)."""
    found = Counter(drawn)
    likely = [at for at, chance in expected.items() if chance * len(drawn) >= 10]
    seen = [found[at] for at in likely]
    due = [expected[at] * len(drawn) for at in likely]
    seen.append(len(drawn) - sum(seen))
    due.append(len(drawn) - sum(due))
    return stats.chisquare(seen, due).pvalue


KINDS = [
    noise_for(Fraction(1), one_in=0, cells_per_person=3),
    noise_for(Fraction(1, 2), one_in=MILLION, cells_per_person=1),
]


@pytest.mark.parametrize("noise", KINDS, ids=["laplace", "gaussian"])
def test_the_noise_has_the_distribution_it_is_said_to_have(noise):
    assert misfit(noise.drawn([0] * DRAWS), chances(noise)) > CHANCE


def test_the_test_of_the_distribution_sees_a_scale_that_is_a_tenth_off():
    said = KINDS[0]
    less = Noise(said.epsilon, 0, 3, said.scale * 0.9, said.cost)

    assert misfit(less.drawn([0] * DRAWS), chances(said)) < CHANCE


def largest_ratio(noise, one, other):
    """The surely largest logarithm of how much likelier an outcome is for one of two counts."""
    ours, theirs = (Counter(noise.drawn([count] * DRAWS)) for count in (one, other))
    sure = []
    for at in ours.keys() | theirs.keys():
        low = stats.beta.ppf(CHANCE, ours[at], DRAWS - ours[at] + 1) if ours[at] else 0.0
        high = stats.beta.ppf(1 - CHANCE, theirs[at] + 1, DRAWS - theirs[at])
        sure.append(math.log(low / high) if low else -math.inf)
    return max(sure)


@pytest.mark.parametrize("epsilon", ["0.5", "1", "2"])
def test_one_person_more_or_less_changes_no_chance_by_more_than_was_promised(epsilon):
    noise = noise_for(Fraction(epsilon), one_in=0, cells_per_person=1)

    assert largest_ratio(noise, 3, 2) <= float(epsilon)
    assert largest_ratio(noise, 2, 3) <= float(epsilon)


def test_the_test_of_the_promise_sees_half_the_noise():
    noise = noise_for(Fraction(4), one_in=0, cells_per_person=1)

    assert largest_ratio(noise, 3, 2) > 2


def test_the_noise_grows_with_the_cells_one_person_can_be_in():
    one, four = (noise_for(Fraction(1), one_in=0, cells_per_person=n) for n in (1, 4))

    assert four.scale == pytest.approx(4 * one.scale)
    one, four = (noise_for(Fraction(1), one_in=MILLION, cells_per_person=n) for n in (1, 4))
    assert four.scale == pytest.approx(2 * one.scale)


def test_a_margin_as_worked_out_by_hand():
    # p = 1/2: more than t off in 2/3 of (1/2)^t of the cases: 0.0833 for 3, 0.0417 for 4.
    noise = Noise(Fraction(1), 0, 1, 1 / math.log(2), Fraction(1))

    assert noise.margin == 4


@pytest.mark.parametrize("epsilon", ["0.1", "0.7", "3"])
@pytest.mark.parametrize("one_in", [0, MILLION])
def test_a_margin_is_the_least_that_holds_95_times_in_100(epsilon, one_in):
    noise = noise_for(Fraction(epsilon), one_in=one_in, cells_per_person=1)

    def beyond(margin):
        return sum(chance for at, chance in chances(noise).items() if abs(at) > margin)

    assert beyond(noise.margin) <= 0.05
    assert noise.margin == 0 or beyond(noise.margin - 1) > 0.05


@pytest.mark.parametrize("cells", [1, 7, 60])
@pytest.mark.parametrize("noise", KINDS, ids=["laplace", "gaussian"])
def test_the_margin_of_a_sum_is_wide_enough_and_not_twice_too_wide(noise, cells):
    one = np.array(list(chances(noise, until=200).values()))
    total = np.array([1.0])
    for _ in range(cells):
        total = np.convolve(total, one)
    off = np.abs(np.arange(len(total)) - len(total) // 2)

    assert total[off > noise.margin_of_sum(cells)].sum() <= 0.05
    assert total[off > noise.margin_of_sum(cells) / 2].sum() > 0.05


def test_costs_of_the_pure_promise_are_the_epsilons_themselves():
    noise = noise_for(Fraction("0.1"), one_in=0, cells_per_person=2)

    assert noise.cost == Fraction(1, 10)
    assert in_costs(Fraction(1), one_in=0) - 10 * noise.cost == 0


def test_a_cost_in_zcdp_is_that_of_the_gaussian():
    noise = noise_for(Fraction(1), one_in=MILLION, cells_per_person=4)

    # Bun and Steinke 2016, proposition 1.6: rho = distance squared over twice the variance.
    assert float(noise.cost) == pytest.approx(4 / (2 * noise.scale**2))
    # Proposition 1.3: epsilon is at most rho + 2 sqrt(rho ln(1/delta)); ours is a tighter one.
    rho = float(noise.cost)
    assert rho + 2 * math.sqrt(rho * math.log(MILLION)) > 1


def test_many_small_questions_cost_less_together_in_zcdp():
    whole = in_costs(Fraction(1), one_in=MILLION)
    small = noise_for(Fraction(1, 10), one_in=MILLION, cells_per_person=1).cost

    assert whole / small > 50


@pytest.mark.parametrize("one_in", [0, MILLION])
def test_what_is_left_can_be_asked_for(one_in):
    rest = in_costs(Fraction(1), one_in=one_in) * Fraction(2, 3)

    left = in_epsilon(rest, one_in=one_in)

    assert noise_for(left, one_in=one_in, cells_per_person=1).cost <= rest
    assert in_epsilon(Fraction(0), one_in=one_in) == 0


@pytest.mark.parametrize(
    ("epsilon", "cells", "code"),
    [
        ("0", 1, "release.epsilon-out-of-range"),
        ("-1", 1, "release.epsilon-out-of-range"),
        ("20.1", 1, "release.epsilon-out-of-range"),
        ("1", 0, "release.cells-per-person"),
    ],
)
def test_numbers_out_of_range_are_refused(epsilon, cells, code):
    with pytest.raises(InputError) as refused:
        noise_for(Fraction(epsilon), one_in=0, cells_per_person=cells)

    assert refused.value.code == code


def test_without_opendp_one_sentence_says_what_to_install(monkeypatch):
    from grondslag.release import noise

    noise._opendp.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "opendp.prelude", None)

    with pytest.raises(InputError) as refused:
        noise_for(Fraction(7, 5), one_in=0, cells_per_person=1)

    assert refused.value.code == "release.no-opendp"


DRAWN = st.lists(st.integers(-30, 60), min_size=1, max_size=12)


@given(DRAWN)
def test_counts_that_add_up_do_so_exactly_and_none_is_below_zero(drawn):
    total = max(sum(drawn), 0)

    shown, _further = adding_up(drawn, total)

    assert sum(shown) == total
    assert min(shown) >= 0


@given(DRAWN, st.integers(0, 9), st.data())
def test_counts_that_add_up_are_no_further_off_than_is_said(drawn, margin, data):
    true = [
        data.draw(st.integers(max(count - margin, 0), max(count + margin, 0))) for count in drawn
    ]
    near = [abs(one - count) <= margin for one, count in zip(true, drawn, strict=True)]

    shown, further = adding_up(drawn, max(sum(drawn), 0))

    assert all(
        abs(one - count) <= margin + further
        for one, count, held in zip(true, shown, near, strict=True)
        if held
    )


def test_counts_that_add_up_already_stay_as_they_are():
    assert adding_up([5, 0, 7], 12) == ([5, 0, 7], 0)
