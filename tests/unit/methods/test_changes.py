"""When a row changed its level.

Known answers:

* The Nile, 1871 to 1970: one change, after the 28th year, 1898: Cobb (1978), The problem of the
  Nile, doi:10.1093/biomet/65.2.243, with means of about 1100 and 850; limits of 95%
  from the 25th to the 32nd year (`strucchange`, after Bai and Perron (2003), doi:10.1002/jae.659).
* Coal-mining disasters, 1851 to 1962: Jarrett (1979), A note on the intervals between coal-mining
  disasters, doi:10.1093/biomet/66.1.191, in counts per year; one change after the 41st year, 1891,
  from 3.1 to 0.9 a year: Carlin, Gelfand and Smith (1992), doi:10.2307/2347570.
* Every partition of a short row, counted out.
"""

from itertools import combinations, pairwise
from math import log

import numpy as np
import pytest

from grondslag.errors import InputError
from grondslag.methods import level_changes, rate_changes
from nile import FLOW

# fmt: off
DISASTERS = [
    4, 5, 4, 1, 0, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1, 4, 4, 1, 5, 5,
    3, 4, 2, 5, 2, 2, 3, 4, 2, 1, 3, 2, 2, 1, 1, 1, 1, 3, 0, 0, 1, 0, 1, 1, 0, 0, 3, 1,
    0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 2, 1, 0, 0, 0, 1, 1, 0, 2, 3, 3, 1, 1,
    2, 1, 1, 1, 1, 2, 4, 2, 0, 0, 0, 1, 4, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1,
]
# fmt: on


def poisson_misfit(counts, exposures):
    events = sum(counts)
    return -2 * events * log(events / sum(exposures)) if events else 0.0


def best_by_hand(counts, exposures, least):
    """Every way to cut the row."""
    size, best = len(counts), (np.inf, ())
    for cuts in range(size):
        for places in combinations(range(1, size), cuts):
            parts = list(pairwise((0, *places, size)))
            if min(end - start for start, end in parts) < least:
                continue
            misfit = sum(poisson_misfit(counts[a:b], exposures[a:b]) for a, b in parts)
            best = min(best, (misfit + 3 * log(size) * cuts, places))
    return best[1]


def test_the_change_of_the_nile():
    (change,) = level_changes(FLOW)

    assert change.at == 28
    assert 1871 + change.at - 1 == 1898
    assert change.before == pytest.approx(1100, abs=5)
    assert change.after == pytest.approx(850, abs=1)
    assert 25 <= change.earliest <= 28 <= change.latest <= 33


def test_the_change_in_coal_mining_disasters():
    (change,) = rate_changes(DISASTERS, [1.0] * 112)

    assert change.at == 41
    assert change.before == pytest.approx(3.1, abs=0.05)
    assert change.after == pytest.approx(0.9, abs=0.05)


@pytest.mark.parametrize("seed", range(12))
def test_no_partition_is_better(seed):
    chance = np.random.default_rng(seed)
    exposures = chance.uniform(1, 3, 11)
    counts = chance.poisson(np.repeat(chance.choice([1, 6, 20], 4), [3, 2, 4, 2]) * exposures)
    least = 1 + seed % 3

    found = rate_changes(counts, exposures, least=least)

    by_hand = best_by_hand(counts.tolist(), exposures.tolist(), least)
    assert tuple(change.at for change in found) == by_hand


def test_levels_are_those_between_changes():
    counts = [2] * 10 + [20] * 10 + [6] * 10

    first, second = rate_changes(counts, [2.0] * 30)

    assert (first.at, second.at) == (10, 20)
    assert (first.before, first.after, second.after) == (1, 10, 3)
    assert first.after == second.before


def test_a_moment_never_reaches_the_next_change():
    first, second = rate_changes([2] * 10 + [20] * 10 + [6] * 10, [2.0] * 30)

    assert first.latest < second.at
    assert second.earliest > first.at


def test_counts_that_scatter_by_themselves_change_less_soon():
    counts = [3, 4, 2, 3, 5, 8, 9, 7, 10, 8]

    assert rate_changes(counts, [1.0] * 10)
    assert not rate_changes(counts, [1.0] * 10, dispersion=4.0)


def test_a_row_without_scatter_has_no_change():
    assert level_changes([5.0] * 9) == ()


def test_nothing_counted_has_no_change():
    assert rate_changes([0] * 9, [1.0] * 9) == ()


def test_the_unit_changes_no_moment():
    there = level_changes(FLOW)
    other = level_changes([1e6 + value / 1000 for value in FLOW])

    assert [change.at for change in there] == [change.at for change in other]


def wandering(chance, size, resemblance):
    row = np.zeros(size + 50)
    for at in range(1, size + 50):
        row[at] = resemblance * row[at - 1] + chance.normal()
    return row[50:]


@pytest.mark.long
@pytest.mark.parametrize(
    ("size", "resemblance", "at_most"),
    [(12, 0.0, 0.05), (40, 0.0, 0.05), (100, 0.0, 0.05), (40, 0.3, 0.06), (100, 0.6, 0.06)],
)
def test_rows_without_a_change_seldom_show_one(size, resemblance, at_most):
    chance = np.random.default_rng(20261128)

    found = [bool(level_changes(wandering(chance, size, resemblance))) for _ in range(2_000)]

    assert np.mean(found) <= at_most


@pytest.mark.long
@pytest.mark.parametrize("mean", [0.5, 4.0, 40.0])
def test_counts_without_a_change_seldom_show_one(mean):
    chance = np.random.default_rng(20261128)

    found = [bool(rate_changes(chance.poisson(mean, 48), [1.0] * 48)) for _ in range(2_000)]

    assert np.mean(found) <= 0.05


@pytest.mark.long
@pytest.mark.parametrize(("size", "step"), [(40, 2.0), (100, 1.0), (100, 2.0)])
def test_moments_hold_the_truth(size, step):
    chance, held = np.random.default_rng(20261128), []
    for _ in range(2_000):
        row, at = chance.normal(size=size), int(chance.integers(size // 4, 3 * size // 4))
        row[at:] += step
        found = level_changes(row)
        if len(found) == 1:
            held.append(found[0].earliest <= at <= found[0].latest)

    assert len(held) > 500
    assert np.mean(held) >= 0.95


@pytest.mark.parametrize(
    ("values", "wishes", "code"),
    [
        ([1.0, 2.0, 3.0], {}, "methods.too-short"),
        ([1.0, 2.0, 3.0, float("nan")], {}, "methods.not-a-number"),
        ([1.0, 2.0, 3.0, 4.0], {"least": 3}, "methods.too-short"),
        ([1.0, 2.0, 3.0, 4.0], {"level": 0.0}, "methods.not-a-level"),
    ],
)
def test_bad_rows_are_refused(values, wishes, code):
    with pytest.raises(InputError) as refused:
        level_changes(values, **wishes)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("counts", "exposures", "code"),
    [
        ([1, 2, 3, 4], [1.0] * 3, "methods.lengths-differ"),
        ([1, 2, -3, 4], [1.0] * 4, "methods.negative-count"),
        ([1, 2, 3, 4], [1.0, 1.0, 0.0, 1.0], "methods.no-exposure"),
    ],
)
def test_bad_counts_are_refused(counts, exposures, code):
    with pytest.raises(InputError) as refused:
        rate_changes(counts, exposures)

    assert refused.value.code == code
