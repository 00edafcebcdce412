"""Did it work, measured at sites: speeds before and after, with and without the measure.

A hundred cars past one site are not a hundred witnesses of a measure: what happens at that site,
happens to all of them. The uncertainty is that between sites, and few sites leave much of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError
from grondslag.methods.poisson import Interval, check_level

Floats = npt.NDArray[np.float64]
_DRAWS = 9_999
_SEED = 19_970_115
_ALL_SIGNS = 15
_SITES = 2
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class ClusteredEffect:
    """An effect, with the uncertainty between clusters.

    Args:
        effect: In the unit of the measurements.
        interval: Limits of the effect; infinite where the clusters are too few to set one.
        error: Standard error, clustered.
        naive_error: What it would be if every measurement stood on its own. Only for beside the
            other, to show how far it misleads.
        p_value: Two-sided, of "no effect"; for `multiplicity` only, never to be shown.
        clusters: How many.
    """

    effect: float
    interval: Interval
    error: float
    naive_error: float
    p_value: float
    clusters: int


@dataclass(frozen=True, slots=True)
class Change:
    """A change that somebody else published: after minus before.

    Args:
        value: The change.
        error: Its standard error, above 0.
    """

    value: float
    error: float


def difference_of_changes(mine: Change, others: Change) -> Change:
    """The change with a measure, over and above the change without.

    Args:
        mine: Where the measure was taken.
        others: Where it was not; other sites, so that the two errors do not depend on each other.

    Raises:
        InputError: An error that is not above 0.

    Source:
        Card and Krueger (1994), Minimum wages and employment, American Economic Review 84,
        772-793, table 3.
    """
    if not (mine.error > 0 and others.error > 0):
        raise InputError("methods.no-variance")
    return Change(mine.value - others.value, float(np.hypot(mine.error, others.error)))


def difference_in_differences(
    values: Any, *, treated: Any, after: Any, sites: Sequence[Any], level: float = 0.95
) -> ClusteredEffect:
    """How much more the measurements changed where the measure was taken.

    Args:
        values: One per measurement: the speed of a car, or the mean of an hour.
        treated: Per measurement whether its site got the measure, as true or false.
        after: Per measurement whether it was made after.
        sites: Per measurement its site: what is measured together varies together. Give pairs of
            sites instead when sites were chosen in pairs.
        level: Confidence, between 0 and 1.

    Raises:
        InputError: Lengths differ, a value is missing, or fewer than two sites with or without the
            measure.

    Source:
        As for `clustered_effect`; why sites and not cars: Bertrand, Duflo and Mullainathan (2004),
        How much should we trust differences-in-differences estimates?,
        doi:10.1162/003355304772839588.
    """
    speeds = np.asarray(values, dtype=np.float64)
    measure = np.asarray(treated, dtype=np.bool_)
    later = np.asarray(after, dtype=np.bool_)
    if not speeds.shape == measure.shape == later.shape == (len(sites),):
        raise InputError("methods.lengths-differ")
    for group in (measure, ~measure):
        for period in (later, ~later):
            places = {site for site, here in zip(sites, group & period, strict=True) if here}
            if len(places) < _SITES:
                raise InputError("methods.too-few-sites", known=_SITES)
    others = np.column_stack([np.ones(speeds.size), measure, later]).astype(np.float64)
    return clustered_effect(speeds, measure & later, others, sites, level=level)


def clustered_effect(
    values: Any, effect: Any, others: Any, clusters: Sequence[Any], *, level: float = 0.95
) -> ClusteredEffect:
    """The coefficient of one thing in a linear model, when measurements come in clusters.

    Interval and p-value are those of the wild cluster bootstrap with the effect that is tested
    imposed: the sign of all that a cluster leaves over is turned at random, which keeps what
    measurements of a cluster share. With up to fifteen clusters all signs are tried; the interval
    holds the effects that are not rejected.

    Args:
        values: One per measurement.
        effect: What the effect is of, one per measurement.
        others: What else is in the model: one row per measurement, one column each, with a column
            of ones for the level.
        clusters: Per measurement its cluster.
        level: Confidence, between 0 and 1.

    Raises:
        InputError: Lengths differ, a value is missing, one cluster, or an effect that cannot be
            told from the others.

    Source:
        Cameron, Gelbach and Miller (2008), Bootstrap-based improvements for inference with
        clustered errors, doi:10.1162/rest.90.3.414 (restricted, Rademacher weights); the standard
        error is their CR1.
    """
    check_level(level)
    seen, wanted = np.asarray(values, dtype=np.float64), np.asarray(effect, dtype=np.float64)
    rest = np.asarray(others, dtype=np.float64)
    if rest.ndim != 2 or not seen.shape == wanted.shape == (len(clusters),) == rest.shape[:1]:
        raise InputError("methods.lengths-differ")
    if not all(np.all(np.isfinite(numbers)) for numbers in (seen, wanted, rest)):
        raise InputError("methods.not-a-number")
    names = {name: at for at, name in enumerate(dict.fromkeys(clusters))}
    if len(names) < _SITES:
        raise InputError("methods.too-few-sites", known=_SITES)
    own = wanted - rest @ np.linalg.lstsq(rest, wanted, rcond=None)[0]
    if float(own @ own) <= _CLOSE * float(wanted @ wanted):
        raise InputError("methods.predictors-alike")
    left = seen - rest @ np.linalg.lstsq(rest, seen, rcond=None)[0]
    wild = _wild(left, own, rest, np.array([names[name] for name in clusters]))
    found = wild.effect
    residual = left - found * own
    freedom = seen.size - rest.shape[1] - 1
    return ClusteredEffect(
        effect=found,
        interval=Interval(low=wild.limit(-1, 1 - level), high=wild.limit(1, 1 - level)),
        error=wild.error,
        naive_error=float(np.sqrt(residual @ residual / freedom / (own @ own))),
        p_value=wild.p_value(0.0),
        clusters=len(names),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Wild:
    """Sums per cluster: all that turning the signs of clusters needs.

    Args:
        left: Effect times what is left of the values, per cluster.
        square: Effect times itself, per cluster.
        rest_left: The others times what is left of the values: one row per cluster.
        rest_own: The others times the effect: one row per cluster.
        inverse: Of the others' cross product.
        scale: Correction for few clusters and many coefficients.
        signs: The turns that are tried: one row each, one column per cluster.
    """

    left: Floats
    square: Floats
    rest_left: Floats
    rest_own: Floats
    inverse: Floats
    scale: float
    signs: Floats

    @property
    def effect(self) -> float:
        return float(self.left.sum() / self.square.sum())

    @property
    def error(self) -> float:
        scores = self.left - self.effect * self.square
        return float(np.sqrt(self.scale * (scores**2).sum()) / self.square.sum())

    def p_value(self, supposed: float) -> float:
        """Share of the turns that lie as far from the supposed effect as the data do."""
        together = self.square.sum()
        turned = self.signs * (self.left - supposed * self.square)
        shift = turned.sum(axis=1) / together
        refitted = self.signs @ (self.rest_left - supposed * self.rest_own) @ self.inverse
        scores = turned - refitted @ self.rest_own.T - shift[:, None] * self.square
        errors = np.sqrt(self.scale * (scores**2).sum(axis=1)) / together
        tiny = _CLOSE * max(float(errors.max()), abs(self.effect - supposed), 1e-300)
        far = abs(self.effect - supposed) / max(self.error, tiny)
        reached = np.abs(shift) / np.maximum(errors, tiny)
        return float(np.mean(reached >= far * (1 - _CLOSE)))

    def limit(self, side: int, rejected: float) -> float:
        """The furthest effect on one side that is not rejected."""
        inside, step = self.effect, self.error or abs(self.effect) or 1.0
        for _doubling in range(20):
            outside = inside + side * step
            if self.p_value(outside) <= rejected:
                break
            inside, step = outside, 2 * step
        else:
            return side * float("inf")
        for _halving in range(30):
            middle = (inside + outside) / 2
            if self.p_value(middle) <= rejected:
                outside = middle
            else:
                inside = middle
        return inside


def _wild(left: Floats, own: Floats, rest: Floats, cluster: npt.NDArray[np.int_]) -> _Wild:
    count = int(cluster.max()) + 1

    def summed(numbers: Floats) -> Floats:
        total = np.zeros((count, *numbers.shape[1:]))
        np.add.at(total, cluster, numbers)
        return total

    many, coefficients = left.size, rest.shape[1] + 1
    return _Wild(
        left=summed(own * left),
        square=summed(own * own),
        rest_left=summed(rest * left[:, None]),
        rest_own=summed(rest * own[:, None]),
        inverse=np.asarray(np.linalg.pinv(rest.T @ rest), dtype=np.float64),
        scale=count / (count - 1) * (many - 1) / (many - coefficients),
        signs=_signs(count),
    )


def _signs(count: int) -> Floats:
    """Turns of the clusters; the first is never turned, since the opposite says the same."""
    if count <= _ALL_SIGNS:
        numbers = np.arange(2 ** (count - 1))[:, None] >> np.arange(count - 1)
        turned = 1.0 - 2.0 * (numbers & 1)
        return np.column_stack([np.ones(len(turned)), turned])
    chance = np.random.default_rng(_SEED)
    drawn = chance.choice([-1.0, 1.0], size=(_DRAWS, count))
    return np.vstack([np.ones(count), drawn])
