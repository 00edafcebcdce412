"""Areas that resemble their neighbours: what each is to be expected to have, given the others.

Part of what areas differ by they share with their neighbours, and part is their own. How much of
each, the areas say themselves. An area with few events borrows from its neighbours as far as
neighbours are alike, and from all areas for the rest.

For up to a thousand areas; time grows with the third power of their number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError
from grondslag.methods.counts_per_area import counts_per_area
from grondslag.methods.poisson import check_level

Floats = npt.NDArray[np.float64]
_SIZES = np.geomspace(0.03, 3.0, 28)
_MIXES = (np.arange(10) + 0.5) / 10
_PRIOR_VARIANCE = 1.0
_STEPS = 50
_ROUNDS = 20
_SETTLED = 1e-5
_NEGLIGIBLE = 8.0
_CLOSE = 1e-8


@dataclass(frozen=True, slots=True, eq=False)
class RiskMap:
    """Ratio of every area, observed over expected, as far as it can be known.

    The log of a ratio is a mixture of normal distributions, one for each size and mix of the spread
    that the areas leave possible.

    Args:
        means: Of those distributions: one row per size and mix, one column per area.
        deviations: Standard deviation of each.
        weights: How likely each size and mix is; together 1.
        spread: Standard deviation of the log of the ratio between areas; its mean.
        shared: Share of that spread that neighbours have in common, 0 to 1; its mean.
        coefficients: Of level and characteristics; their means.
        coefficient_deviations: Standard deviation of each.
    """

    means: Floats
    deviations: Floats
    weights: Floats
    spread: float
    shared: float
    coefficients: Floats
    coefficient_deviations: Floats

    @property
    def ratio(self) -> Floats:
        """Mean ratio per area."""
        whole = np.exp(self.means + self.deviations**2 / 2)
        return np.asarray(self.weights @ whole)

    def certainty_above(self, than: float) -> Floats:
        """Probability per area that its ratio lies above a number.

        Args:
            than: Above 0: 1 for more than expected, 1.5 for half as much again.
        """
        from scipy.stats import norm

        above = norm.sf((np.log(than) - self.means) / self.deviations)
        return np.asarray(self.weights @ above)

    def interval(self, *, level: float = 0.95) -> tuple[Floats, Floats]:
        """Lower and upper limits of the ratio, per area."""
        check_level(level)
        tail = (1 - level) / 2
        return np.exp(self._quantile(tail)), np.exp(self._quantile(1 - tail))

    def _quantile(self, share: float) -> Floats:
        """Of the mixture, by halving."""
        from scipy.stats import norm

        low = (self.means - 9 * self.deviations).min(axis=0)
        high = (self.means + 9 * self.deviations).max(axis=0)
        for _halving in range(60):
            middle = (low + high) / 2
            below = self.weights @ norm.cdf((middle - self.means) / self.deviations) < share
            low, high = np.where(below, middle, low), np.where(below, high, middle)
        return np.asarray((low + high) / 2)


def risk_map(
    counts: Any, expected: Any, neighbours: Sequence[Sequence[int]], characteristics: Any = None
) -> RiskMap:
    """Ratios of areas by the model of Besag, York and Mollié, as Riebler and others scaled it.

    Size and mix of the spread are gone through on a grid. For each the normal distribution is found
    that lies closest to what is known of the areas. So the same areas always give the same map:
    nothing is drawn at random.

    Args:
        counts: Events per area; two areas or more, and better dozens.
        expected: Events to be expected by its size and make-up, each above 0.
        neighbours: Per area the positions of its neighbours; an area without any stands alone.
        characteristics: One row per area, one column each, without a column of ones, on a scale on
            which a step of 1 is large: the prior of their coefficients is normal with variance 1.

    Raises:
        InputError: Lengths differ, a negative count, nothing expected, too few areas, nothing
            counted, a neighbour that is not in the list, a missing characteristic, or no best fit.

    Source:
        Riebler, Sørbye, Simpson and Rue (2016), An intuitive Bayesian spatial model for disease
        mapping that accounts for scaling, doi:10.1177/0962280216660421; priors: Morris and others
        (2019), doi:10.1016/j.sste.2019.100301; Newton's method: Rasmussen and Williams (2006),
        Gaussian processes for machine learning; the closest normal distribution:
        Opper and Archambeau (2009), The variational Gaussian approximation revisited,
        doi:10.1162/neco.2008.08-07-592; areas that stand alone: Freni-Sterrantino, Ventrucci and
        Rue (2018), doi:10.1016/j.sste.2018.04.002.
    """
    seen, size, design = _checked(counts, expected, characteristics)
    alike = _alike(neighbours, seen.size)
    fits = list(_fits(seen, size, design, alike))
    height = np.array([fit.log_weight for fit in fits])
    weights = np.exp(height - height.max())
    weights /= weights.sum()
    coefficients = np.array([fit.coefficients for fit in fits])
    variances = np.array([fit.coefficient_variances for fit in fits])
    middle = weights @ coefficients
    return RiskMap(
        means=np.array([fit.mean for fit in fits]),
        deviations=np.sqrt(np.array([fit.variance for fit in fits])),
        weights=weights,
        spread=float(weights @ np.array([fit.spread for fit in fits])),
        shared=float(weights @ np.array([fit.shared for fit in fits])),
        coefficients=np.asarray(middle),
        coefficient_deviations=np.sqrt(weights @ (variances + (coefficients - middle) ** 2)),
    )


def _checked(counts: Any, expected: Any, characteristics: Any) -> tuple[Floats, Floats, Floats]:
    seen, size = counts_per_area(counts, expected)
    if seen.size < 2:
        raise InputError("methods.too-few-areas")
    if not seen.sum():
        raise InputError("methods.nothing-counted")
    design = np.ones((seen.size, 1))
    if characteristics is not None:
        known = np.asarray(characteristics, dtype=np.float64)
        if known.ndim != 2 or known.shape[0] != seen.size:
            raise InputError("methods.lengths-differ")
        if not np.all(np.isfinite(known)):
            raise InputError("methods.not-a-number")
        design = np.hstack([design, known])
    return seen, size, design


def _alike(neighbours: Sequence[Sequence[int]], count: int) -> Floats:
    """How far areas go together, scaled so that an area varies by 1 in the geometric mean.

    Every group of areas that hang together is scaled by itself; an area alone varies by 1.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    if len(neighbours) != count:
        raise InputError("methods.lengths-differ")
    pairs = [(one, other) for one, near in enumerate(neighbours) for other in near if one != other]
    if any(not 0 <= other < count for _one, other in pairs):
        raise InputError("methods.no-such-neighbour")
    rows, columns = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    beside = coo_array((np.ones(rows.size), (rows, columns)), shape=(count, count)).toarray() > 0
    beside = (beside | beside.T).astype(np.float64)
    _groups, group = connected_components(coo_array(beside), directed=False)
    together = np.zeros((count, count))
    for one in np.unique(group):
        members = np.flatnonzero(group == one)
        if members.size == 1:
            together[members[0], members[0]] = 1.0
            continue
        part = beside[np.ix_(members, members)]
        spread = np.linalg.pinv(np.diag(part.sum(axis=1)) - part, hermitian=True)
        together[np.ix_(members, members)] = spread / np.exp(np.log(np.diag(spread)).mean())
    return together


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    """The areas for one size and one mix of the spread."""

    spread: float
    shared: float
    log_weight: float
    mean: Floats
    variance: Floats
    coefficients: Floats
    coefficient_variances: Floats


def _fits(seen: Floats, size: Floats, design: Floats, alike: Floats) -> Iterator[_Fit]:
    """Every size and mix that is not hopelessly unlikely, from the likeliest size outwards.

    The mix has the arcsine prior: even steps of the angle. The size has a half-normal one.
    """
    level = np.full(seen.size, float(np.log(seen.sum() / size.sum())))
    by_design = _PRIOR_VARIANCE * design @ design.T
    best, at = -np.inf, len(_SIZES) // 2
    for angle in _MIXES:
        shared = float(np.sin(angle * np.pi / 2) ** 2)
        mixed = (1 - shared) * np.eye(seen.size) + shared * alike
        highest, middle = -np.inf, at
        for outwards in (range(middle, -1, -1), range(middle + 1, len(_SIZES))):
            guess = level
            for index in outwards:
                spread = float(_SIZES[index])
                found = _fit(seen, size, design, by_design + spread**2 * mixed, guess)
                guess = found.mean
                likely = found.log_weight - spread**2 / 2 + float(np.log(spread))
                if likely > highest:
                    highest, at = likely, index
                best = max(best, likely)
                if likely < best - _NEGLIGIBLE:
                    break
                yield replace(found, spread=spread, shared=shared, log_weight=likely)


def _fit(seen: Floats, size: Floats, design: Floats, covariance: Floats, guess: Floats) -> _Fit:
    """The normal distribution that lies closest to what is known, for one covariance.

    The mean of the exponent of a ratio lies above the exponent of its mean. So what is fitted is
    corrected by the variance that was found, until both agree.
    """
    from scipy.linalg import solve_triangular

    ratio, variance = guess, np.zeros_like(guess)
    for _round in range(_ROUNDS):
        ratio = _highest(seen, size * np.exp(variance / 2), covariance, ratio)
        root = np.sqrt(size * np.exp(ratio + variance / 2))
        half = solve_triangular(_lower(root, covariance), root[:, None] * covariance, lower=True)
        found = np.diag(covariance) - (half**2).sum(axis=0)
        settled = float(np.abs(found - variance).max()) < _SETTLED
        variance = np.asarray(found)
        if settled:
            break
    rate = size * np.exp(ratio + variance / 2)
    root, slope = np.sqrt(rate), seen - rate
    lower = _lower(root, covariance)
    across = solve_triangular(lower, root[:, None] * design, lower=True)
    log_weight = (
        _height(seen, size * np.exp(variance / 2), ratio, slope)
        + float(rate @ variance) / 2
        - float(np.log(np.diag(lower)).sum())
    )
    variances = _PRIOR_VARIANCE - _PRIOR_VARIANCE**2 * (across**2).sum(axis=0)
    coefficients = _PRIOR_VARIANCE * design.T @ slope
    return _Fit(0.0, 0.0, log_weight, ratio, variance, coefficients, variances)


def _lower(root: Floats, covariance: Floats) -> Floats:
    """Root of what the counts and the covariance say together."""
    from scipy.linalg import cholesky

    return np.asarray(
        cholesky(np.eye(root.size) + root[:, None] * covariance * root, lower=True),
        dtype=np.float64,
    )


def _highest(seen: Floats, size: Floats, covariance: Floats, guess: Floats) -> Floats:
    """The log ratios that are most likely, by Newton's method; steps that overshoot are halved.

    The first step starts from a guess that the covariance does not know, so it cannot be halved.
    Where it ends up worse than no difference at all, the way starts there.
    """
    pull = _pull(seen, size, covariance, guess)
    ratio = np.asarray(covariance @ pull)
    reached, flat = _height(seen, size, ratio, pull), np.zeros_like(guess)
    if reached < (lowest := _height(seen, size, flat, flat)):
        ratio, pull, reached = flat, flat, lowest
    for _step in range(_STEPS):
        turn = _pull(seen, size, covariance, ratio) - pull
        move = covariance @ turn
        whole, height, slack = 1.0, -np.inf, _CLOSE * (1 + abs(reached))
        while whole > _CLOSE:
            height = _height(seen, size, ratio + whole * move, pull + whole * turn)
            if height >= reached - slack:
                break
            whole /= 2
        else:
            break  # no step helps
        ratio, pull = ratio + whole * move, pull + whole * turn
        if abs(height - reached) < slack:
            return ratio
        reached = height
    raise InputError("methods.no-best-fit")


def _pull(seen: Floats, size: Floats, covariance: Floats, ratio: Floats) -> Floats:
    """How hard the counts pull at every area after one whole step of Newton's from here."""
    from scipy.linalg import cho_solve

    rate = size * np.exp(ratio)
    root = np.sqrt(rate)
    towards = rate * ratio + seen - rate
    held = cho_solve((_lower(root, covariance), True), root * (covariance @ towards))
    return np.asarray(towards - root * held)


def _height(seen: Floats, size: Floats, ratio: Floats, pull: Floats) -> float:
    """Log of likelihood times prior, but for what does not change; -inf beyond all numbers."""
    with np.errstate(over="ignore", invalid="ignore"):
        value = float((seen * ratio - size * np.exp(ratio)).sum() - pull @ ratio / 2)
    return value if np.isfinite(value) else -np.inf
