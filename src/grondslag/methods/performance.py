"""What roads, crossings or areas like this one have: a safety performance function.

Accidents rise with traffic, but not in proportion: twice the traffic brings less than twice the
accidents. So traffic is something to learn from (a predictor), while length and years are a
denominator. Like places still differ among each other, more than chance alone explains; the
function says how much, and `shrinking` weighs with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError
from grondslag.methods.poisson import Interval

Floats = npt.NDArray[np.float64]
_PER_COEFFICIENT = 10
"""So many places per coefficient at least: with fewer a regression tells more about itself."""
_NO_SPREAD = 1e-6
_ALIKE = 1e-9
"""A predictor that varies by less than this share is one value, apart from rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Performance:
    """A fitted function.

    Args:
        intercept: Log of the events per unit of exposure with every predictor 0.
        coefficients: Per predictor; the exponent of traffic when the predictor is its log.
        intervals: Of each coefficient, at 95%.
        dispersion: How much like places differ: the variance of a count is
            ``mean + dispersion * mean**2``. Next to nothing when they differ by chance alone.
        predicted: Events to be expected at each place it was fitted on.
    """

    intercept: float
    coefficients: Mapping[str, float]
    intervals: Mapping[str, Interval]
    dispersion: float
    predicted: Floats

    def predict(
        self, predictors: Mapping[str, Sequence[float]], exposures: Sequence[float]
    ) -> Floats:
        """Events to be expected at other places.

        Args:
            predictors: The same as it was fitted with, one value per place.
            exposures: Length times years of each place, above 0.

        Raises:
            InputError: Another set of predictors, lengths that differ, no exposure.
        """
        if set(predictors) != set(self.coefficients):
            raise InputError("methods.other-predictors", known=sorted(self.coefficients))
        size = _exposures(exposures)
        log_rate = np.full(size.shape, self.intercept)
        for name, coefficient in self.coefficients.items():
            log_rate += coefficient * _values(predictors[name], size)
        return np.asarray(size * np.exp(log_rate))


def fit_performance(
    counts: Sequence[int],
    predictors: Mapping[str, Sequence[float]],
    exposures: Sequence[float],
) -> Performance:
    """Fit a negative-binomial safety performance function by maximum likelihood.

    Give all places of a kind, those without a single accident too, and never only those that were
    chosen for their accidents: then it would say that every place is bad.

    Args:
        counts: Events per place.
        predictors: Per name one value per place: the log of the traffic, the type of road as 0 or
            1. May be empty.
        exposures: Length times years per place, above 0.

    Raises:
        InputError: Lengths differ, a negative count, no exposure, a missing value, too few places
            for this many predictors, nothing counted, or no best fit (predictors that say the same
            thing).

    Source:
        Hauer (2015), The art of regression modeling in road safety; Lawless (1987),
        Negative binomial and mixed Poisson regression, doi:10.2307/3314912. Fitted by statsmodels.
    """
    seen, size = np.asarray(counts, dtype=np.float64), _exposures(exposures)
    if seen.shape != size.shape:
        raise InputError("methods.lengths-differ")
    if not np.all(seen >= 0):
        raise InputError("methods.negative-count")
    needed = _PER_COEFFICIENT * (len(predictors) + 1)
    if seen.size < needed:
        raise InputError("methods.too-few-places", known=needed)
    if not seen.sum():
        raise InputError("methods.nothing-counted")
    columns = [_values(values, size) for values in predictors.values()]
    centres = np.array([column.mean() for column in columns])
    scales = np.array([column.std() for column in columns])
    if not np.all(scales > _ALIKE * (1 + np.abs(centres))):
        raise InputError("methods.predictors-alike")
    # Centred and scaled, so that the search converges whatever the unit of a predictor.
    design = np.column_stack(
        [np.ones(seen.size)]
        + [
            (column - centre) / scale
            for column, centre, scale in zip(columns, centres, scales, strict=True)
        ]
    )
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise InputError("methods.predictors-alike")
    estimates, errors, dispersion = _fit(seen, design, np.log(size))
    slopes = estimates[1:] / scales if columns else estimates[1:]
    widths = 1.959964 * errors[1:] / scales if columns else errors[1:]
    return Performance(
        intercept=float(estimates[0] - (slopes * centres).sum()),
        coefficients=dict(zip(predictors, map(float, slopes), strict=True)),
        intervals={
            name: Interval(low=float(slope - width), high=float(slope + width))
            for name, slope, width in zip(predictors, slopes, widths, strict=True)
        },
        dispersion=dispersion,
        predicted=np.asarray(size * np.exp(design @ estimates)),
    )


def _fit(seen: Floats, design: Floats, log_size: Floats) -> tuple[Floats, Floats, float]:
    """Estimates, their standard errors, and the spread between like places."""
    import warnings

    from statsmodels.discrete.discrete_model import NegativeBinomial, Poisson

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # judged below: by convergence, not by remarks on the way
        plain = Poisson(seen, design, offset=log_size).fit(disp=0, maxiter=200)
        mean = plain.predict()
        spread = _spread(seen, np.asarray(mean))
        if not (plain.mle_retvals["converged"] and np.all(np.isfinite(plain.bse))):
            raise InputError("methods.no-best-fit")
        if spread <= 0:
            return np.asarray(plain.params), np.asarray(plain.bse), _NO_SPREAD
        model = NegativeBinomial(seen, design, offset=log_size)
        start = np.append(plain.params, spread)
        found = model.fit(start_params=start, method="bfgs", disp=0, maxiter=1000, gtol=1e-6)
    if not np.all(np.isfinite(found.params)):
        raise InputError("methods.no-best-fit")
    errors = np.asarray(found.bse[:-1])
    if not np.all(np.isfinite(errors)):
        raise InputError("methods.no-best-fit")
    return np.asarray(found.params[:-1]), errors, max(_NO_SPREAD, float(found.params[-1]))


def _spread(seen: Floats, mean: Floats) -> float:
    """A first guess by moments; nothing above 0 means that chance alone explains it."""
    return float(((seen - mean) ** 2 - seen).sum() / (mean**2).sum())


def _exposures(exposures: Sequence[float]) -> Floats:
    size = np.asarray(exposures, dtype=np.float64)
    if size.ndim != 1 or not (np.all(size > 0) and np.all(np.isfinite(size))):
        raise InputError("methods.no-exposure")
    return size


def _values(values: Sequence[float], size: Floats) -> Floats:
    column = np.asarray(values, dtype=np.float64)
    if column.shape != size.shape:
        raise InputError("methods.lengths-differ")
    if not np.all(np.isfinite(column)):
        raise InputError("methods.not-a-number")
    return column
