"""How many people of a population are probably alone in it, estimated from a sample of it."""

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from grondslag.anonymise.grouping_loops import Numbers, Whole
from grondslag.anonymise.models import Groups, Mask, Model
from grondslag.errors import InputError

ESTIMATORS = ("pitman", "zayatz")


@dataclass(frozen=True, slots=True)
class PopulationUniqueness(Model):
    """At most this share of the people in the table is probably alone in the population.

    The smallest groups are suppressed first, until the estimate is low enough.

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
        """The smallest groups, as many as must go."""
        sizes = groups.persons
        limits = np.unique(np.append(sizes, 0))
        low, high = 0, len(limits) - 1
        while low < high:  # the least limit at which it holds; all gone holds always
            middle = (low + high) // 2
            kept = sizes[sizes > limits[middle]]
            if self.estimate(kept) <= self.share:
                high = middle
            else:
                low = middle + 1
        smallest: Mask = sizes <= limits[low]
        return smallest

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
    size, count = np.unique(sizes, return_counts=True)
    if size[0] != 1:
        return 0.0
    fraction = float(sizes.sum()) / people
    # The chance that a group of so many people has exactly one in the sample.
    with np.errstate(under="ignore"):
        one = size * fraction * (1 - fraction) ** (size - 1.0)
    shares = count / count.sum()
    truly = shares[0] * one[0] / float((shares * one).sum())
    return float(count[0] * truly / fraction)


def pitman_uniques(sizes: Whole, people: int) -> float:
    """People alone in the population, by Pitman's sampling formula as the sample fits it best.

    Source:
        Hoshino (2001), Applying Pitman's sampling formula to microdata disclosure risk assessment,
        Journal of Official Statistics 17(4), 499-520.
    """
    from scipy.optimize import minimize
    from scipy.special import gammaln

    size, count = np.unique(sizes, return_counts=True)
    if size[0] != 1:
        return 0.0
    start = np.array([0.0, math.log(max(len(sizes) / 2, 1.0))])
    found = minimize(
        lambda at: -_likelihood(at, size, count), start, method="Nelder-Mead",
        options={"xatol": 1e-8, "fatol": 1e-9, "maxiter": 2000},
    )  # fmt: skip
    alpha, theta = _parameters(found.x)
    logs = (
        gammaln(theta + 1) - gammaln(theta + alpha)
        + gammaln(theta + alpha + people - 1) - gammaln(theta + people)
    )  # fmt: skip
    return float(people * math.exp(logs))


def _parameters(at: Numbers) -> tuple[float, float]:
    """Alpha between 0 and 1 and theta above minus alpha, from two free numbers."""
    alpha = 1 / (1 + math.exp(-min(max(at[0], -30.0), 30.0)))
    return alpha, math.exp(min(max(at[1], -30.0), 40.0)) - alpha


def _likelihood(at: Numbers, size: Whole, count: Whole) -> float:
    from scipy.special import gammaln

    alpha, theta = _parameters(at)
    groups, people = int(count.sum()), int((size * count).sum())
    ratio = theta / alpha
    by_group = (groups - 1) * math.log(alpha) + gammaln(ratio + groups) - gammaln(ratio + 1)
    by_person = gammaln(theta + people) - gammaln(theta + 1)
    within = float((count * (gammaln(size - alpha) - gammaln(1 - alpha))).sum())
    return float(by_group - by_person + within)
