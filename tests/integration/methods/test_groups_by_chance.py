"""How often a group of areas is seen where there is none, and where there is one.

The spread between areas is not given but estimated from the same areas, as the analysis does. The
truth is known because the maps are made here.
"""

import numpy as np
import pytest

from grondslag.methods import Places, funnel, scan

pytestmark = pytest.mark.long

MAPS = 300
POINTS = [(float(at % 6), float(at // 6)) for at in range(30)]
CORNER = [0, 1, 6, 7]


def seen_groups(chance, *, variance, times=1.0):
    """One map of thirty areas that differ this much; a corner of it has so many times more."""
    expected = 60.0 * chance.uniform(0.3, 2.0, 30)
    risk = chance.gamma(1 / variance, variance, 30) if variance else np.ones(30)
    risk[CORNER] *= times
    counts = chance.poisson(expected * risk)
    like = expected * counts.sum() / expected.sum()
    between = funnel(counts.tolist(), like.tolist()).between
    found = scan(
        Places(counts.tolist(), like.tolist(), POINTS),
        orders=199,
        chance=chance,
        dispersion=4 * between,
    )
    return [set(one.places) for one in found if one.p_value <= 0.05 and len(one.places) > 1]


@pytest.mark.parametrize("variance", [0.0, 0.04, 0.15])
def test_a_group_is_seen_where_there_is_none_about_one_in_twenty_times_at_most(variance):
    """One in twenty, and twice the error of 300 maps: 0.05 + 2 * sqrt(0.05 * 0.95 / 300)."""
    chance = np.random.default_rng(5)

    false = sum(bool(seen_groups(chance, variance=variance)) for _ in range(MAPS))

    assert false / MAPS <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / MAPS)


def test_a_group_with_half_as_much_again_is_mostly_seen_and_in_its_place():
    chance = np.random.default_rng(6)

    found = [seen_groups(chance, variance=0.0, times=1.5) for _ in range(100)]

    assert sum(any(set(CORNER) & group for group in one) for one in found) >= 80
