"""A row of months with a measure somewhere in it: what would have been without it?

Interrupted time series. The months before say what level, trend and season there were; the step
after says what changed. It only says so when nothing else changed in the same month.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError
from grondslag.methods.poisson import Interval, check_level

Floats = npt.NDArray[np.float64]
_EACH_SIDE = 8
_WAVES = 2


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """The change at a measure.

    Args:
        ratio: Level after over level before, at the moment of the measure.
        interval: Limits of that ratio.
        dispersion: How much more the months scatter than chance alone.
        fitted: Expected count per month.
        without: Expected count per month had there been no measure.
    """

    ratio: float
    interval: Interval
    dispersion: float
    fitted: Floats
    without: Floats


def step_change(
    counts: Sequence[int],
    exposures: Sequence[float],
    *,
    since: int,
    season: int = 12,
    lags: int = 0,
    level: float = 0.95,
) -> Step:
    """The step at a measure, beside a trend and a season.

    Quasi-Poisson regression. With *lags* the standard error also allows for months that resemble
    the ones before them (Newey and West).

    Args:
        counts: Events per month, in order.
        exposures: Exposure per month, above 0.
        since: Number of the first month with the measure; 8 months or more on each side.
        season: Months in a season, as two waves; 0 for none. With fewer than two seasons none is
            fitted.
        lags: How many months back months resemble each other; 0 for not at all.
        level: Confidence, between 0 and 1.

    Raises:
        InputError: Lengths differ, a negative count, no exposure, too few months on a side.

    Source:
        Lopez Bernal, Cummins and Gasparrini (2017), Interrupted time series regression for the
        evaluation of public health interventions: a tutorial, doi:10.1093/ije/dyw098; Newey and
        West (1987), doi:10.2307/1913610. Fitted by statsmodels.
    """
    check_level(level)
    seen = np.asarray(counts, dtype=np.float64)
    size = np.asarray(exposures, dtype=np.float64)
    if seen.ndim != 1 or seen.shape != size.shape:
        raise InputError("methods.lengths-differ")
    if not np.all(seen >= 0):
        raise InputError("methods.negative-count")
    if not (np.all(size > 0) and np.all(np.isfinite(size))):
        raise InputError("methods.no-exposure")
    if not _EACH_SIDE <= since <= seen.size - _EACH_SIDE:
        raise InputError("methods.too-few-each-side", known=_EACH_SIDE)
    waves = _WAVES if season and seen.size >= 2 * season else 0
    design = _design(seen.size, since, season, waves)
    from scipy.stats import norm
    from statsmodels.genmod import families
    from statsmodels.genmod.generalized_linear_model import GLM

    model = GLM(seen, design, family=families.Poisson(), offset=np.log(size))
    found = model.fit(scale="X2")
    estimates, error = np.asarray(found.params), float(found.bse[1])
    dispersion = float(found.scale)
    if lags:
        robust = model.fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True})
        error = max(error, float(robust.bse[1]))
    width = float(norm.isf((1 - level) / 2)) * error
    step = float(estimates[1])
    fitted = size * np.exp(design @ estimates)
    without = fitted * np.exp(-step * design[:, 1])
    limits = Interval(low=float(np.exp(step - width)), high=float(np.exp(step + width)))
    return Step(float(np.exp(step)), limits, dispersion, np.asarray(fitted), np.asarray(without))


def seasonal_factors(
    counts: Sequence[int | None], exposures: Sequence[float], *, since: int, season: int = 12
) -> Floats | None:
    """How many times its usual level each month has by its season and its exposure.

    The season is the one of `step_change`, beside its step and trend: a lasting change is no
    season. Unlike there, months may be unknown.

    Args:
        counts: Events per month, in order; None where it is not known.
        exposures: Exposure per month, above 0.
        since: Number of the first month with the measure; what lies before and after may differ.
        season: Months in a season, as two waves.

    Returns:
        One per month, 1 on average over a season. None when fewer than two seasons are known: a
        season seen once cannot be told from chance.

    Raises:
        InputError: Lengths differ, a negative count, no exposure.

    Source:
        As for `step_change`.
    """
    seen = np.array([np.nan if one is None else one for one in counts], dtype=np.float64)
    size = np.asarray(exposures, dtype=np.float64)
    if seen.ndim != 1 or seen.shape != size.shape:
        raise InputError("methods.lengths-differ")
    if np.any(seen < 0):
        raise InputError("methods.negative-count")
    if not (np.all(size > 0) and np.all(np.isfinite(size))):
        raise InputError("methods.no-exposure")
    known = np.isfinite(seen)
    if known.sum() < 2 * season or not seen[known].sum():
        return None
    from statsmodels.genmod import families
    from statsmodels.genmod.generalized_linear_model import GLM

    design = _design(seen.size, since, season, _WAVES)
    used = [at for at in range(design.shape[1]) if at != 1 or np.ptp(design[known, 1]) > 0]
    offset = np.log(size)
    model = GLM(
        seen[known], design[known][:, used], family=families.Poisson(), offset=offset[known]
    )
    waves = 2 * _WAVES
    swing = design[:, -waves:] @ np.asarray(model.fit().params)[-waves:]
    factors = size * np.exp(swing)
    whole = factors[: factors.size // season * season]
    return np.asarray(factors / whole.mean())


def _design(size: int, since: int, season: int, waves: int) -> Floats:
    """Level, step, trend and season per month."""
    month = np.arange(size)
    columns = [np.ones(size), (month >= since).astype(np.float64), month / size]
    for wave in range(1, waves + 1):
        angle = 2 * np.pi * wave * month / season
        columns += [np.sin(angle), np.cos(angle)]
    return np.column_stack(columns)
