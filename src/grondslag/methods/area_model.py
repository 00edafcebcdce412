"""Areas in a survey: many say something, few say enough.

A survey gives each area an estimate with its own variance, and in small areas that variance is
large. The area model weighs the estimate against what areas with the same characteristics have, as
far as the survey falls short.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError
from grondslag.methods.poisson import check_level

Floats = npt.NDArray[np.float64]
_SPARE = 3
_GRID = 60


@dataclass(frozen=True, slots=True, eq=False)
class AreaModel:
    """What areas are to be expected to have.

    Args:
        mean: Per area, in the unit of the survey's estimates.
        mean_square_error: Per area, of that mean: sampling, coefficients and spread all counted.
        weight: How much the survey's own estimate weighs per area, 0 to 1.
        between: Variance between areas beyond what their characteristics explain; 0 when the survey
            shows none.
        coefficients: First the level, then one per characteristic.
        deviations: Standard deviation of each coefficient.
    """

    mean: Floats
    mean_square_error: Floats
    weight: Floats
    between: float
    coefficients: Floats
    deviations: Floats

    def interval(self, *, level: float = 0.95) -> tuple[Floats, Floats]:
        """Lower and upper limits, per area.

        Raises:
            InputError: A level outside 0 to 1.
        """
        from scipy.stats import norm

        check_level(level)
        width = float(norm.isf((1 - level) / 2)) * np.sqrt(self.mean_square_error)
        return self.mean - width, self.mean + width


def area_model(
    estimates: Any, variances: Any, characteristics: Any = None, *, restricted: bool = True
) -> AreaModel:
    """The best prediction per area from a survey, by the model of Fay and Herriot.

    Args:
        estimates: The survey's estimate per area.
        variances: The sampling variance of each estimate, above 0 and taken as known.
        characteristics: What is known of every area from elsewhere: one row per area, one column
            per characteristic, without a column of ones. Nothing: areas are drawn to one mean.
        restricted: Restricted maximum likelihood, which allows for the coefficients that were
            estimated. Plain maximum likelihood finds too little spread when areas are few.

    Raises:
        InputError: Lengths differ, a value is missing, a variance is not above 0, fewer areas than
            coefficients and three, or characteristics that say the same thing.

    Source:
        Fay and Herriot (1979), doi:10.1080/01621459.1979.10482505; mean square error: Prasad and
        Rao (1990), doi:10.1080/01621459.1990.10475320, for restricted and plain maximum likelihood
        as in Datta and Lahiri (2000), A unified measure of uncertainty of estimated best linear
        unbiased predictors in small area estimation problems, Statistica Sinica 10, 613-627.
    """
    seen, chance, design = _checked(estimates, variances, characteristics)
    between = _between(seen, chance, design, restricted=restricted)
    total = between + chance
    precision, coefficients, _residual = _weighted(seen, total, design)
    like = design @ coefficients
    weight = between / total
    return AreaModel(
        mean=like + weight * (seen - like),
        mean_square_error=_error(chance, between, design, restricted=restricted),
        weight=weight,
        between=between,
        coefficients=coefficients,
        deviations=np.sqrt(np.diag(np.linalg.inv(precision))),
    )


def _checked(estimates: Any, variances: Any, characteristics: Any) -> tuple[Floats, Floats, Floats]:
    seen = np.asarray(estimates, dtype=np.float64)
    chance = np.asarray(variances, dtype=np.float64)
    if seen.ndim != 1 or seen.shape != chance.shape:
        raise InputError("methods.lengths-differ")
    ones = np.ones((seen.size, 1))
    design = ones
    if characteristics is not None:
        known = np.asarray(characteristics, dtype=np.float64)
        if known.ndim != 2 or known.shape[0] != seen.size:
            raise InputError("methods.lengths-differ")
        design = np.hstack([ones, known])
    if not (np.all(np.isfinite(seen)) and np.all(np.isfinite(design))):
        raise InputError("methods.not-a-number")
    if not (np.all(chance > 0) and np.all(np.isfinite(chance))):
        raise InputError("methods.no-variance")
    needed = design.shape[1] + _SPARE
    if seen.size < needed:
        raise InputError("methods.too-few-places", known=needed)
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise InputError("methods.predictors-alike")
    return seen, chance, design


def _weighted(seen: Floats, total: Floats, design: Floats) -> tuple[Floats, Floats, Floats]:
    """Precision of the coefficients, the coefficients, and what they leave over."""
    precision = design.T @ (design / total[:, None])
    coefficients = np.asarray(
        np.linalg.solve(precision, design.T @ (seen / total)), dtype=np.float64
    )
    return precision, coefficients, seen - design @ coefficients


def _between(seen: Floats, chance: Floats, design: Floats, *, restricted: bool) -> float:
    """The variance between areas under which the survey is most likely.

    The likelihood may have more than one top, so it is looked at along the whole range before the
    highest one is climbed.
    """
    from scipy.optimize import minimize_scalar

    def unlikely(between: float) -> float:
        total = between + chance
        precision, _coefficients, left = _weighted(seen, total, design)
        value = float(np.log(total).sum() + (left**2 / total).sum())
        return value + float(np.linalg.slogdet(precision)[1]) if restricted else value

    _precision, _coefficients, left = _weighted(seen, np.ones(seen.size), design)
    highest = 2 * float((left**2).sum()) / (seen.size - design.shape[1])
    steps = highest * np.linspace(0, 1, _GRID) ** 3
    best = int(np.argmin([unlikely(step) for step in steps]))
    if highest <= 0:
        return 0.0
    found = minimize_scalar(
        unlikely,
        bounds=(steps[max(best - 1, 0)], steps[min(best + 1, _GRID - 1)]),
        method="bounded",
        options={"xatol": 1e-10 * highest},
    )
    return float(found.x) if found.fun < unlikely(0.0) else 0.0


def _error(chance: Floats, between: float, design: Floats, *, restricted: bool) -> Floats:
    """Sampling, then the coefficients, then the spread: Datta and Lahiri's three terms."""
    total = between + chance
    information = float((1 / total**2).sum())
    precision = design.T @ (design / total[:, None])
    spread = np.linalg.inv(precision)
    drawn = chance / total
    own = between * drawn
    fitted = drawn**2 * np.einsum("ij,jk,ik->i", design, spread, design)
    guessed = drawn**2 / total * 2 / information
    if restricted:
        return np.asarray(own + fitted + 2 * guessed)
    # Plain maximum likelihood finds too little spread; how much too little is known.
    middle = design.T @ (design / (total**2)[:, None])
    short = -float(np.trace(spread @ middle)) / information
    return np.asarray(own + fitted + 2 * guessed - short * drawn**2)
