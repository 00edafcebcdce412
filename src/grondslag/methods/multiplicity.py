"""Many comparisons at once: of 40 equal streets, two look unequal by chance."""

from collections.abc import Sequence

import numpy as np

from grondslag.errors import InputError


def adjusted_p_values(p_values: Sequence[float]) -> tuple[float, ...]:
    """P-values that may be compared with the wanted share of false alarms, in the order given.

    Args:
        p_values: Of all comparisons that were made, not only of those worth telling.

    Returns:
        One per comparison; empty for none.

    Raises:
        InputError: One of them is not a number from 0 to 1.

    Source:
        Benjamini and Hochberg (1995), Controlling the false discovery rate,
        doi:10.1111/j.2517-6161.1995.tb02031.x.
    """
    from scipy.stats import false_discovery_control

    given = np.asarray(p_values, dtype=np.float64)
    if not np.all((given >= 0) & (given <= 1)):
        raise InputError("methods.not-a-probability")
    if given.size == 0:
        return ()
    return tuple(float(value) for value in false_discovery_control(given, method="bh"))


def sure_discoveries(probabilities: Sequence[float], *, rate: float = 0.05) -> tuple[bool, ...]:
    """Which statements stand, when each has a probability of being true.

    The surest are taken first, as long as the mean chance of being false over those taken stays
    within *rate*.

    Args:
        probabilities: Of all statements that were looked at.
        rate: The accepted share of false ones among those that stand, between 0 and 1.

    Raises:
        InputError: A probability is not from 0 to 1, or the rate is not between 0 and 1.

    Source:
        Newton, Noueiry, Sarkar and Ahlquist (2004), Detecting differential gene expression with a
        semiparametric hierarchical mixture method, doi:10.1093/biostatistics/5.2.155.
    """
    if not 0 < rate < 1:
        raise InputError("methods.not-a-level")
    given = np.asarray(probabilities, dtype=np.float64)
    if not np.all((given >= 0) & (given <= 1)):
        raise InputError("methods.not-a-probability")
    order = np.argsort(-given, kind="stable")
    mean_false = np.cumsum(1 - given[order]) / np.arange(1, given.size + 1)
    stands = np.zeros(given.size, dtype=bool)
    stands[order] = mean_false <= rate
    return tuple(bool(one) for one in stands)


def discoveries(p_values: Sequence[float], *, rate: float = 0.05) -> tuple[bool, ...]:
    """Which comparisons stand, when at most *rate* of those that stand may be false alarms.

    Args:
        p_values: Of all comparisons that were made.
        rate: The accepted share of false alarms among them, between 0 and 1.

    Raises:
        InputError: A p-value is not from 0 to 1, or the rate is not between 0 and 1.

    Source:
        As for `adjusted_p_values`.
    """
    if not 0 < rate < 1:
        raise InputError("methods.not-a-level")
    return tuple(value <= rate for value in adjusted_p_values(p_values))
