"""How many people of a population are probably alone in it, estimated from a sample of it."""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from grondslag.anonymise.grouping_loops import Whole
from grondslag.anonymise.models import Groups, Mask, Model
from grondslag.errors import InputError

ESTIMATORS = ("pitman", "zayatz")


@dataclass(frozen=True, slots=True)
class PopulationUniqueness(Model):
    """At most this share of the people in the table is probably alone in the population.

    Where more are, the people who are alone in the table are suppressed: nobody else can be.

    Args:
        share: The largest share, from 0 to 1.
        people: How many people the population has.
        estimator: ``pitman`` or ``zayatz``.
    """

    is_monotone: ClassVar[bool] = False
    is_of_table: ClassVar[bool] = True
    share: float
    people: int
    estimator: str = "pitman"

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise InputError("anonymise.no-share", name="share")
        if self.estimator not in ESTIMATORS:
            raise InputError("anonymise.unknown-estimator", known=ESTIMATORS)

    def fails(self, groups: Groups) -> Mask:
        """People alone in the table, when too many of them are: the others cannot be alone."""
        alone: Mask = groups.persons == 1
        too_many = self.estimate(groups.persons) > self.share
        return alone if too_many else np.zeros_like(alone)

    def estimate(self, sizes: Whole) -> float:
        """The share of the people in groups of these sizes that is alone in the population."""
        if not len(sizes):
            return 0.0
        people = int(sizes.sum())
        if people >= self.people:
            return float((sizes == 1).sum() / people)
        alone = {"pitman": pitman_uniques, "zayatz": zayatz_uniques}[self.estimator]
        return min(1.0, alone(sizes, self.people) / self.people)


def zayatz_uniques(sizes: Whole, people: int) -> float:
    """People alone in the population, from the sizes of groups in a sample.

    Source:
        Zayatz (1991), Estimation of the percent of unique population elements on a microdata file
        using the sample, Statistical Research Division report RR-91/08, US Bureau of the Census.
    """
    from scipy.stats import hypergeom

    size, count = np.unique(sizes, return_counts=True)
    if size[0] != 1:
        return 0.0
    fraction = float(sizes.sum()) / people
    one = hypergeom.pmf(1, people, size, int(sizes.sum()))  # exactly one of a group is drawn
    truly = count[0] * one[0] / float((count * one).sum())
    return float(count[0] * truly / fraction)


def pitman_uniques(sizes: Whole, people: int) -> float:
    """People alone in the population, by Pitman's sampling formula as the sample fits it best.

    Source:
        Hoshino (2001), Applying Pitman's sampling formula to microdata disclosure risk assessment,
        Journal of Official Statistics 17(4), 499-520; its exact expectation, where others take
        the limit for a large population.
    """
    from scipy.special import poch

    if not (sizes == 1).any():
        return 0.0
    if len(sizes) == sizes.sum():  # everybody is alone: no finite fit, and nothing to fit
        return float(people)
    alpha, theta = pitman_fit(sizes)
    gone = poch(theta + alpha, 1 - alpha) / poch(theta + alpha + people - 1, 1 - alpha)
    return float(people * gone)


def pitman_fit(sizes: Whole) -> tuple[float, float]:
    """The alpha and theta at which a sample is likeliest: where both slopes are 0.

    Args:
        sizes: People per group, not all 1.

    Source:
        Hoshino (2001), as for `pitman_uniques`.
    """
    from scipy.optimize import brentq
    from scipy.special import digamma

    size, count = np.unique(sizes, return_counts=True)
    groups, people = int(count.sum()), int((size * count).sum())
    most = math.log(people * (people - 1) / 2 / (people - groups) + 1)  # from there on it falls

    def per_group(alpha: float, theta: float) -> float:
        """The sum of 1 / (theta + i alpha) over i from 1 to the groups less one."""
        return digamma_gap(theta / alpha + 1, groups - 1) / alpha

    def likeliest(alpha: float) -> float:
        def slope(log: float) -> float:
            theta = math.exp(log) - alpha
            return per_group(alpha, theta) - digamma_gap(theta + 1, people - 1)

        return math.exp(brentq(slope, -30.0, most, xtol=1e-12)) - alpha

    def slope(alpha: float) -> float:
        theta = likeliest(alpha)
        between = (groups - 1 - theta * per_group(alpha, theta)) / alpha
        return between - float((count * (digamma(size - alpha) - digamma(1 - alpha))).sum())

    least = 1e-6
    alpha = least if slope(least) <= 0 else brentq(slope, least, 1 - 1e-9, xtol=1e-12)
    return alpha, likeliest(alpha)


def digamma_gap(start: float, more: float) -> float:
    """How much the digamma function grows from a number on; also exact where it is nearly flat."""
    from scipy.special import digamma

    end = start + more
    if start < 1e4:
        return float(digamma(end) - digamma(start))
    flat = (1 / start - 1 / end) / 2 + (1 / start**2 - 1 / end**2) / 12
    return math.log1p(more / start) + flat
