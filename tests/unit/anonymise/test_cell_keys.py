"""Cell keys: the chances of the table, and what somebody can do with counts that are off."""

import math
from collections import Counter

import numpy as np
import pytest
from scipy import optimize, stats

from grondslag.anonymise.tables.cell_keys import (
    KEYS,
    Perturbation,
    cell_keys,
    perturbation_table,
    record_keys,
)
from grondslag.errors import InputError

SECRET, OTHER = b"k" * 32, b"o" * 32
CENSUS = Perturbation(most=5, variance=3, none_up_to=2)
PEOPLE = [f"{number:05d}" for number in range(40_000)]
CHANCE = 1e-9


def table(most, variance, none_up_to=0):
    return perturbation_table(Perturbation(most, variance, none_up_to))


def shown_of(groups, *, perturbation=CENSUS, key=SECRET):
    """The shown count of each group of persons."""
    numbers = dict(zip(PEOPLE, record_keys(PEOPLE, key), strict=True))
    cells = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    keys = np.array([numbers[one] for group in groups for one in group], dtype=np.int64)
    counts = np.array([len(group) for group in groups], dtype=np.int64)
    found = cell_keys(cells, keys, size=len(groups))
    return perturbation_table(perturbation).shown(counts, found)


def test_the_chances_are_those_that_the_makers_of_ptable_print():
    """ptable 1.0.0 (Destatis), "Introduction to the ptable-Package": D = 2, V = 1, count 2."""
    assert table(2, 1).chances[2] == pytest.approx(
        [0.0638, 0.2447, 0.383, 0.2447, 0.0638], abs=6e-5
    )
    assert table(2, 1).chances[0] == (1.0,)


@pytest.mark.parametrize("variance", [0.1, 0.5, 0.9])
def test_off_by_one_at_most_leaves_one_answer(variance):
    """By hand: mean 0 makes both sides equal, and together they are the variance."""
    expected = [variance / 2, 1 - variance, variance / 2]

    for row in table(1, variance).chances[1:]:
        assert row == pytest.approx(expected, abs=1e-12)


def test_a_count_of_one_that_may_go_up_two_solves_its_quartic():
    """By hand, for -1, 0, 1, 2 and variance 1.

    With t the chance of 2, the conditions leave 1/2 - t, 3t, 1/2 - 3t and t, and the entropy is
    highest where 27 t^4 = (1/2 - t)(1/2 - 3t)^3.
    """
    t = optimize.brentq(lambda x: 27 * x**4 - (0.5 - x) * (0.5 - 3 * x) ** 3, 0.05, 0.16)

    assert table(2, 1).chances[1] == pytest.approx([0.5 - t, 3 * t, 0.5 - 3 * t, t], abs=1e-10)


def test_nothing_between_zero_and_the_threshold_leaves_one_answer_for_a_one():
    """By hand: 1 may become 0, 2 or 3 (never 1); three conditions, three unknowns."""
    above = 0.05 / 3  # -a + b + 2c = 0; a + b + 4c = 1.05; a + b + c = 1

    found = table(2, 1.05, 1).chances[1]

    assert found == pytest.approx([0.5 + above / 2, 0.5 - 3 * above / 2, above], abs=1e-10)


@pytest.mark.parametrize("perturbation", [CENSUS, Perturbation(4, 2), Perturbation(3, 2.5, 1)])
def test_a_general_solver_finds_the_same_table(perturbation):
    for count, row in enumerate(perturbation_table(perturbation).chances[1:], start=1):
        steps = np.array(perturbation.deviations(count), dtype=float)
        conditions = [
            {"type": "eq", "fun": lambda p: p.sum() - 1},
            {"type": "eq", "fun": lambda p, s=steps: p @ s},
            {"type": "eq", "fun": lambda p, s=steps: p @ s**2 - perturbation.variance},
        ]
        solved = optimize.minimize(
            lambda p: float(p @ np.log(p)),
            np.full(len(steps), 1 / len(steps)),
            bounds=[(1e-9, 1)] * len(steps),
            constraints=conditions,
            method="SLSQP",
            options={"ftol": 1e-14, "maxiter": 1000},
        )

        assert solved.success
        assert row == pytest.approx(solved.x, abs=2e-5)


def test_counts_come_out_with_the_chances_of_the_table():
    groups = [PEOPLE[at : at + 4] for at in range(0, 40_000, 4)]

    found = Counter((shown_of(groups) - 4).tolist())

    chances = dict(zip(CENSUS.deviations(4), perturbation_table(CENSUS).chances[4], strict=True))
    assert set(found) <= set(chances)
    due = [chances[step] * len(groups) for step in chances]
    assert stats.chisquare([found[step] for step in chances], due).pvalue > CHANCE


def test_the_same_persons_give_the_same_count_in_whatever_order_and_table():
    group, rest = PEOPLE[:17], PEOPLE[17:40]

    assert shown_of([group])[0] == shown_of([rest, list(reversed(group)), []])[1]


def test_asking_again_gives_nothing_to_average():
    asked = [shown_of([PEOPLE[:6]])[0] for _ in range(50)]

    assert len(set(asked)) == 1


def test_two_tables_of_which_one_holds_one_person_more_do_not_tell_that_it_does():
    """The difference spreads over many values; 1, the truth, is rarely what is seen."""
    groups = [PEOPLE[at : at + 20] for at in range(0, 40_000, 20)]
    without = [group[:-1] for group in groups]

    seen = Counter((shown_of(groups) - shown_of(without)).tolist())

    assert seen[1] / len(groups) < 0.25  # about 1 / sqrt(4 pi 3), two normal curves apart
    assert sum(1 for count in seen.values() if count > 20) >= 9
    assert stats.binomtest(seen[1], len(groups), 1 / math.sqrt(4 * math.pi * 3)).pvalue > CHANCE


def test_zero_stays_zero_and_no_count_up_to_the_threshold_is_shown():
    groups = [PEOPLE[at : at + size] for size in range(12) for at in range(0, 12_000, 12)]

    shown = shown_of(groups)

    assert (shown[[not group for group in groups]] == 0).all()
    assert shown.min() == 0
    assert not np.isin(shown, [1, 2]).any()
    assert {len(group) for group, count in zip(groups, shown, strict=True) if count == 0} == {
        *range(6)
    }


def test_another_key_gives_other_counts():
    groups = [PEOPLE[at : at + 30] for at in range(0, 3_000, 30)]

    assert (shown_of(groups) != shown_of(groups, key=OTHER)).sum() > 50


def test_a_number_of_a_person_tells_nothing_without_the_key():
    numbers = record_keys(PEOPLE, SECRET)

    assert stats.kstest(numbers / KEYS, "uniform").pvalue > CHANCE
    assert abs(np.corrcoef(numbers, record_keys(PEOPLE, OTHER))[0, 1]) < 0.04


# The printed chances: a 2 or more stays within 1 in 0.383 + 2 * 0.2447 = 0.8724 of the cases; a 1
# stays itself in 3t of them, about 0.306.
@pytest.mark.parametrize(("certainty", "margin"), [(0.95, 2), (0.88, 2), (0.87, 1), (0.3, 0)])
def test_the_margin_holds_for_the_count_that_is_off_most(certainty, margin):
    assert table(2, 1).margin(certainty) == margin


IMPOSSIBLE = [
    ((0, 1.0, 0), "anonymise.perturbation-out-of-range"),
    ((21, 1.0, 0), "anonymise.perturbation-out-of-range"),
    ((3, 1.0, 3), "anonymise.perturbation-out-of-range"),
    ((1, 1.0, 0), "anonymise.perturbation-cannot-be"),  # 0 or 2 for a 1: nobody stays, no entropy
    ((2, 2.0, 0), "anonymise.perturbation-cannot-be"),  # a 1 can be off by 2 on average at most
    ((5, 2.0, 2), "anonymise.perturbation-cannot-be"),  # a 1 becomes 0 or at least 3
    ((3, math.nan, 0), "anonymise.perturbation-cannot-be"),
]


@pytest.mark.parametrize(("numbers", "code"), IMPOSSIBLE)
def test_a_deviation_that_cannot_be_is_refused(numbers, code):
    with pytest.raises(InputError) as refused:
        Perturbation(*numbers)

    assert refused.value.code == code


def test_a_key_that_is_too_short_is_refused():
    with pytest.raises(InputError, match="key-too-short"):
        record_keys(["a"], b"short")
