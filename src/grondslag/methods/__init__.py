"""Statistics on numbers and arrays: no law, no wording, no domain.

    poisson         exact interval of one count, or of a rate
    comparison      two rates: ratio, exact interval, probability that the one is really higher
    certainty       that probability as one of four fixed words
    overdispersion  how much more counts scatter than chance alone, and intervals that say so
    multiplicity    many comparisons at once, without false alarms by number
    standardising   rates of groups that are made up differently, on one footing
    shrinking       what a place is to be expected to have, from its own count and its like

May import errors, numpy and scipy. Every method is held against a published worked example.
`scipy.stats` is slow to load, so it is imported where it is first needed.
"""

from grondslag.methods.certainty import Certainty, certainty_word
from grondslag.methods.comparison import RateComparison, compare_rates
from grondslag.methods.multiplicity import adjusted_p_values, discoveries
from grondslag.methods.overdispersion import dispersion, robust_dispersion, widened
from grondslag.methods.poisson import Interval, exact_interval, rate_interval
from grondslag.methods.shrinking import Expected, shrunk, shrunk_rates
from grondslag.methods.standardising import (
    ObservedExpected,
    StandardisedRate,
    direct_rate,
    expected_events,
    observed_expected,
)

__all__ = [
    "Certainty",
    "Expected",
    "Interval",
    "ObservedExpected",
    "RateComparison",
    "StandardisedRate",
    "adjusted_p_values",
    "certainty_word",
    "compare_rates",
    "direct_rate",
    "discoveries",
    "dispersion",
    "exact_interval",
    "expected_events",
    "observed_expected",
    "rate_interval",
    "robust_dispersion",
    "shrunk",
    "shrunk_rates",
    "widened",
]
