"""Twenty made-up towns with known speeds: who speeds more, how sure, and does it go with crashes?

In the towns every street has a usual speed, weeks differ, and speed has nothing to do with crashes.
The methods know none of that: they see passages and shares per week.
"""

from datetime import date
from statistics import NormalDist

import numpy as np
import pytest

from grondslag.analysis.counting import Tally
from grondslag.analysis.speed_and_crashes import Streets, association
from grondslag.methods import clustered_difference, clustered_mean, discoveries
from grondslag.synthetic import crashes, roads, speeds
from grondslag.synthetic.geography import street_named, streets

SEEDS = range(1, 21)
TODAY = date(2026, 11, 2)
PLANTED = {streets().index(street_named(name)): more for name, more in speeds.SPEEDING}


class TownSpeeds:
    """One town: its measuring weeks, per street."""

    def __init__(self, seed):
        self.network = roads.make_roads(seed)
        self.happened = crashes.make_crashes(seed, self.network, TODAY)
        self.seen = speeds.make_speeds(seed, self.network, TODAY)
        self.limit = dict(zip(self.seen.street.tolist(), self.seen.limit.tolist(), strict=True))

    def above(self):
        """Share above the limit per street, with its interval."""
        found = {}
        for street in self.limit:
            here = self.seen.street == street
            if here.sum() > 1:
                found[street] = clustered_mean(self.seen.above[here], self.seen.passages[here])
        return found

    def called(self):
        """Streets that surely have more speeding than others with their limit, and p-values."""
        above = self.above()
        found = {}
        for street, mine in above.items():
            others = [
                one.mean
                for other, one in above.items()
                if other != street and self.limit[other] == self.limit[street]
            ]
            found[street] = clustered_difference(mine, clustered_mean(others))
        stands = discoveries([one.p_value for one in found.values()])
        return {
            street: one.certainty_higher > 0.95 and stood
            for (street, one), stood in zip(found.items(), stands, strict=True)
        }


@pytest.fixture(scope="module")
def towns():
    return [TownSpeeds(seed) for seed in SEEDS]


def truth_of(street, limit):
    """Share above the limit over all weeks: two normal groups, widened by how weeks differ."""
    centre = speeds._USUAL[limit] + PLANTED[street]
    width = float(np.hypot(speeds._AROUND[limit], speeds._WEEKS_DIFFER))
    groups = ((1 - speeds._HURRIED, 0.0), (speeds._HURRIED, speeds._HURRIED_MORE))
    # The loop counts whole kilometres an hour: above 50 is 51 and more.
    return 100 * sum(
        share * (1 - NormalDist(centre + more, width).cdf(limit + 0.5)) for share, more in groups
    )


def test_the_streets_that_were_planted_are_called(towns):
    """Four in every town; Lindelaan only mildly."""
    called = [town.called().get(street, False) for town in towns for street in PLANTED]

    assert np.mean(called) >= 0.9


def test_intervals_hold_the_true_share(towns):
    held = []
    for town in towns:
        above = town.above()
        for street in PLANTED:
            if street in above:
                limits, truth = above[street].interval, truth_of(street, town.limit[street])
                held.append(limits.low <= truth <= limits.high)

    assert np.mean(held) >= 0.9  # 80 intervals: 95% give or take 5


def test_counting_every_vehicle_by_itself_would_have_been_far_too_sure(towns):
    """Otherwise clustering by week would be for nothing."""
    held = []
    for town in towns:
        for street in PLANTED:
            here = town.seen.street == street
            size = town.seen.passages[here].sum()
            share = float((town.seen.above[here] * town.seen.passages[here]).sum() / size) / 100
            width = 1.96 * np.sqrt(share * (1 - share) / size)
            held.append(abs(share - truth_of(street, town.limit[street]) / 100) <= width)

    assert np.mean(held) < 0.5


def test_what_has_nothing_to_do_with_each_other_is_seldom_said_to_go_together(towns):
    """Speed does nothing to crashes in these towns: one in twenty may seem so by chance."""
    ratios = []
    for town in towns:
        found = association(*_streets(town), years=crashes.YEARS, minimum=10)
        if found is not None:  # with few small counts nothing may be learned
            ratios.append(found[0])

    wrong = sum(not one["ratio_low"] <= 1 <= one["ratio_high"] for one in ratios)
    assert len(ratios) >= 5
    assert wrong <= 3


def _streets(town):
    network = town.network
    count = np.bincount(
        network.street[town.happened.segment[town.happened.registered]], minlength=len(streets())
    )
    length = np.bincount(network.street, network.length, minlength=len(streets())) / 1000
    driven = np.bincount(network.street, network.traffic * network.length, minlength=len(streets()))
    above = {streets()[street].code: one.mean for street, one in town.above().items()}
    codes = [street.code for street in streets()]
    known = Streets(
        above=above,
        limit={streets()[street].code: limit for street, limit in town.limit.items()},
        traffic=dict(zip(codes, driven.tolist(), strict=True)),
        length=dict(zip(codes, length.tolist(), strict=True)),
    )
    return {code: Tally(int(n)) for code, n in zip(codes, count, strict=True)}, known
