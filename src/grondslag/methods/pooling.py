"""Effects that others found, taken together, and one's own effect beside them.

A measure does not work equally well everywhere. So two intervals: where the mean effect lies, and
where the effect at one new place may lie. The second is the wider one, and the one that somebody
who decides about one street needs.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from grondslag.errors import InputError
from grondslag.methods.funnel import spread_between
from grondslag.methods.poisson import Interval, check_level

_TO_PREDICT = 3


@dataclass(frozen=True, slots=True)
class Pooled:
    """A mean effect, on the log scale.

    Args:
        mean: Mean of the log of the ratio.
        error: Standard error of that mean.
        between: Standard deviation of the true effects of places around it; 0 when one effect holds
            everywhere.
        places: How many effects it rests on; for the width of what is predicted.
    """

    mean: float
    error: float
    between: float
    places: int

    @property
    def ratio(self) -> float:
        """The mean effect as a ratio: 0.8 is a fifth fewer."""
        return float(np.exp(self.mean))

    def interval(self, *, level: float = 0.95) -> Interval:
        """Where the mean effect lies, as ratios."""
        from scipy.stats import norm

        check_level(level)
        width = float(norm.isf((1 - level) / 2)) * self.error
        return Interval(low=float(np.exp(self.mean - width)), high=float(np.exp(self.mean + width)))

    def at_a_new_place(self, *, level: float = 0.95) -> Interval:
        """Where the effect at one new place lies, as ratios.

        Raises:
            InputError: Fewer than three effects: nobody knows then how far effects differ.

        Source:
            Higgins, Thompson and Spiegelhalter (2009), A re-evaluation of random-effects
            meta-analysis, doi:10.1111/j.1467-985X.2008.00552.x.
        """
        from scipy.stats import t

        check_level(level)
        if self.places < _TO_PREDICT:
            raise InputError("methods.too-few-effects", known=_TO_PREDICT)
        spread = float(np.hypot(self.between, self.error))
        width = float(t.isf((1 - level) / 2, self.places - 2)) * spread
        return Interval(low=float(np.exp(self.mean - width)), high=float(np.exp(self.mean + width)))


@dataclass(frozen=True, slots=True)
class Combined:
    """One's own effect, drawn to what others found.

    Args:
        ratio: The effect as a ratio.
        interval: Its limits.
        own: The effect as it was measured here, as a ratio.
        own_weight: How much the own measurement weighs, 0 to 1; the rest is what others found.
        certainty_lower: Probability that the ratio lies below 1: that the measure helps.
    """

    ratio: float
    interval: Interval
    own: float
    own_weight: float
    certainty_lower: float


def pooled(effects: Any, variances: Any) -> Pooled:
    """The mean of effects that differ by more than chance.

    Args:
        effects: Log of the ratio per study or place; two or more.
        variances: Of each by chance alone, above 0.

    Raises:
        InputError: Lengths differ, a value is missing, a variance not above 0, one effect.

    Source:
        DerSimonian and Laird (1986), Meta-analysis in clinical trials,
        doi:10.1016/0197-2456(86)90046-2.
    """
    found = np.asarray(effects, dtype=np.float64)
    chance = np.asarray(variances, dtype=np.float64)
    if found.ndim != 1 or found.shape != chance.shape:
        raise InputError("methods.lengths-differ")
    if not np.all(np.isfinite(found)):
        raise InputError("methods.not-a-number")
    if not (np.all(chance > 0) and np.all(np.isfinite(chance))):
        raise InputError("methods.no-variance")
    if found.size < 2:
        raise InputError("methods.too-few-effects", known=2)
    between = spread_between(found, chance)
    weight = 1 / (chance + between)
    mean = float((weight * found).sum() / weight.sum())
    return Pooled(mean, float(weight.sum() ** -0.5), float(np.sqrt(between)), int(found.size))


def with_prior(own: float, own_error: float, prior: Pooled, *, level: float = 0.95) -> Combined:
    """One's own effect, weighed against what others found elsewhere.

    What is weighed against the own measurement is the effect at one new place, and not the mean:
    this place may be different. So the further places differ, the less the others weigh.

    Args:
        own: The effect as it was measured here, as a ratio above 0.
        own_error: Standard error of its log, above 0.
        prior: What others found.
        level: Confidence, between 0 and 1.

    Raises:
        InputError: A ratio or an error that is not above 0.

    Source:
        Normal distributions of log ratios: Spiegelhalter, Abrams and Myles (2004), Bayesian
        approaches to clinical trials and health-care evaluation, doi:10.1002/0470092602.
    """
    from scipy.stats import norm

    check_level(level)
    if not (own > 0 and own_error > 0):
        raise InputError("methods.no-variance")
    here, elsewhere = own_error**-2, 1 / (prior.between**2 + prior.error**2)
    mean = (here * float(np.log(own)) + elsewhere * prior.mean) / (here + elsewhere)
    error = (here + elsewhere) ** -0.5
    width = float(norm.isf((1 - level) / 2)) * error
    return Combined(
        ratio=float(np.exp(mean)),
        interval=Interval(low=float(np.exp(mean - width)), high=float(np.exp(mean + width))),
        own=own,
        own_weight=here / (here + elsewhere),
        certainty_lower=float(norm.cdf(-mean / error)),
    )
