"""Twenty made-up towns with a known truth: what the methods say of them.

The towns and the methods share no formula: in the towns traffic works in a curve that flattens,
segments differ by what nobody observes, traffic is measured with error, one segment in sixteen is
not measured at all, and the police registers some kinds of crashes far better than others.
"""

from datetime import date

import numpy as np
import pytest

from grondslag.methods import (
    Periods,
    before_after,
    fit_performance,
    funnel,
    shrunk,
    trend_of_others,
)
from grondslag.synthetic import crashes, roads
from grondslag.synthetic.geography import DISTRICT_AT, SEEMINGLY_DANGEROUS_DISTRICT

SEEDS = range(1, 21)
TODAY = date(2026, 11, 2)
CENTRE = DISTRICT_AT[SEEMINGLY_DANGEROUS_DISTRICT]
WORSE = 1.5
"""A segment is ranked by the certainty that it has this many times what its like have."""


class TownRoads:
    """One town: its segments, and what was registered on each."""

    def __init__(self, seed):
        self.network = roads.make_roads(seed)
        self.happened = crashes.make_crashes(seed, self.network, TODAY)
        self.years = self.happened.day.astype("datetime64[Y]").astype(int) + 1970
        self.first = min(crashes.crash_years(TODAY))

    def counts(self, first=0, last=crashes.YEARS):
        """Registered crashes per segment in some of the years."""
        year = self.years - self.first
        wanted = self.happened.registered & (year >= first) & (year < last)
        return np.bincount(self.happened.segment[wanted], minlength=self.network.street.size)

    def traffic(self):
        """Log of the measured traffic; where nobody counted, that of the same street or kind."""
        log = np.log(self.network.measured)
        known = ~np.isnan(log)
        for at in np.flatnonzero(~known):
            street = known & (self.network.street == self.network.street[at])
            kind = known & (self.network.kind == self.network.kind[at])
            log[at] = log[street].mean() if street.any() else np.median(log[kind])
        return log

    def performance(self, first=0, last=crashes.YEARS):
        """What segments like it have, fitted on all segments of the town."""
        kinds = {f"kind_{n}": (self.network.kind == n).astype(float) for n in (1, 2)}
        kilometre_years = self.network.length / 1000 * (last - first)
        return fit_performance(
            self.counts(first, last), {"traffic": self.traffic()} | kinds, kilometre_years
        )

    def truth(self):
        """Registered crashes each segment may expect in all years."""
        usual = [
            crashes._QUIET if year in crashes._QUIET_YEARS else 1.0
            for year in crashes.crash_years(TODAY)
        ]
        seen = [crashes._FORMER_REGISTRATION] * 2 + [1.0] * (crashes.YEARS - 2)
        share = crashes.registration_share() * float(np.dot(usual, seen))
        return crashes.expected_a_year(self.network) * share


@pytest.fixture(scope="module")
def towns():
    return [TownRoads(seed) for seed in SEEDS]


def test_the_dangerous_segments_stand_on_top(towns):
    """At least 80% of those planted at three times the risk, in the top twice as many."""
    found = []
    for town in towns:
        fitted = town.performance()
        expected = shrunk(town.counts(), fitted.predicted, fitted.dispersion)
        planted = np.flatnonzero(town.network.danger > 1)
        certain = expected.certainty_above(WORSE * fitted.predicted)
        top = np.argsort(-certain, kind="stable")[: 2 * planted.size]
        found.append(np.isin(planted, top).mean())

    assert np.mean(found) >= 0.8


def test_counts_alone_would_have_found_fewer(towns):
    """Ranking by the number of crashes sends the money to the busy roads."""
    by_count, by_certainty = [], []
    for town in towns:
        fitted = town.performance()
        expected = shrunk(town.counts(), fitted.predicted, fitted.dispersion)
        certain = expected.certainty_above(WORSE * fitted.predicted)
        planted = np.flatnonzero(town.network.danger > 1)
        for ranking, found in ((town.counts(), by_count), (certain, by_certainty)):
            top = np.argsort(-ranking, kind="stable")[: planted.size]
            found.append(np.isin(planted, top).mean())

    assert np.mean(by_count) < np.mean(by_certainty)


def test_intervals_hold_the_truth_of_segments(towns):
    held = []
    for town in towns:
        fitted = town.performance()
        low, high = shrunk(town.counts(), fitted.predicted, fitted.dispersion).interval()
        truth = town.truth()
        held.append(np.mean((low <= truth) & (truth <= high)))

    assert 0.92 <= np.mean(held) <= 0.98


def test_the_district_that_only_seems_dangerous_is_not_called_so(towns):
    called = 0
    for town in towns:
        district = town.network.districts()
        seen = np.bincount(district, town.counts()).astype(int)
        like = np.bincount(district, town.performance().predicted)
        areas = funnel(seen, like, level=0.95)
        called += bool(areas.ratio[CENTRE] > areas.high[CENTRE])

    assert called <= 3


def test_per_kilometre_it_does_seem_dangerous(towns):
    """Otherwise the test above would test nothing."""
    for town in towns:
        district = town.network.districts()
        rate = np.bincount(district, town.counts()) / np.bincount(district, town.network.length)
        assert rate[CENTRE] > np.median(rate)


def test_cameras_without_effect_are_not_called_effective(towns):
    """On the twelve segments with most crashes of four years; nothing changed in the next four."""
    called, naive = 0, []
    for town in towns:
        before, after = town.counts(0, 4), town.counts(4, 8)
        chosen = np.argsort(-before, kind="stable")[:12]
        fitted = town.performance(0, 4)
        others = np.setdiff1d(np.arange(before.size), chosen)
        apart = fitted.predicted[others]
        trend = trend_of_others(
            Periods(before[others], after[others], apart, apart, 4, 4), fitted.dispersion
        )
        like = fitted.predicted[chosen]
        periods = Periods(
            before[chosen], after[chosen], like, like * trend.ratio, 4, 4, trend.error
        )
        effect = before_after(periods, fitted.dispersion)
        called += effect.interval.high < 1
        naive.append(effect.naive)

    assert called <= 2
    assert np.mean(naive) < 0.9  # nothing was done, and yet a tenth or more seems to be gone
