"""Months beside each other: which differ from the others by more than they always do.

Process-behaviour charts. A point outside its limits, or a long run on one side, is a reason to
look. Anything else is the ordinary up and down, which needs no explanation and no meeting.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError

Floats = npt.NDArray[np.float64]
_MOVING_RANGE = 2 / np.sqrt(np.pi)
"""Mean of the difference of two normal values, in their standard deviations: 1.128."""
_RUN = 8
"""So many on one side of the middle happen by chance once in 128 starts."""


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """A row of figures in time with its limits.

    Args:
        values: The figures; not a number where one is not known.
        centre: Their middle.
        low: Lower limit per figure.
        high: Upper limit per figure.
    """

    values: Floats
    centre: float
    low: Floats
    high: Floats

    @property
    def outside(self) -> npt.NDArray[np.bool_]:
        """Which figures lie outside their limits."""
        return (self.values < self.low) | (self.values > self.high)

    @property
    def in_a_run(self) -> npt.NDArray[np.bool_]:
        """Which figures belong to a run of eight or more on one side of the middle."""
        side = np.sign(self.values - self.centre)
        found = np.zeros(side.size, dtype=bool)
        start = 0
        for at in range(1, side.size + 1):
            if at == side.size or side[at] != side[start]:
                if at - start >= _RUN and side[start] != 0:
                    found[start:at] = True
                start = at
        return found


def individuals_chart(values: Sequence[float | None]) -> Chart:
    """Single figures (XmR): limits from how much one differs from the next.

    Figures on both sides of a gap are no neighbours: no difference is taken over it.

    Args:
        values: In order of time; three known ones or more, two of them next to each other. None
            where a figure is not known: it comes back as not a number.

    Raises:
        InputError: Fewer than that, or a figure that is no number.

    Source:
        NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.2.2; Wheeler (2000),
        Understanding variation.
    """
    known = _series([value for value in values if value is not None])
    seen = np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    steps = np.abs(np.diff(seen))
    steps = steps[np.isfinite(steps)]
    if not steps.size:
        raise InputError("methods.too-few-periods")
    centre = float(known.mean())
    width = 3 * float(steps.mean()) / _MOVING_RANGE
    return Chart(
        seen, centre, np.full(seen.size, centre - width), np.full(seen.size, centre + width)
    )


def rates_chart(counts: Sequence[int], exposures: Sequence[float]) -> Chart:
    """Counts over an exposure that may differ per period (u); with equal exposures the c chart.

    Args:
        counts: Events per period, in order of time.
        exposures: Exposure per period, each above 0.

    Raises:
        InputError: Lengths differ, fewer than three periods, a negative count, no exposure.

    Source:
        NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.3.1.
    """
    seen, size = _series(counts), _sizes(counts, exposures)
    centre = float(seen.sum() / size.sum())
    width = 3 * np.sqrt(centre / size)
    return Chart(seen / size, centre, np.maximum(0.0, centre - width), centre + width)


def shares_chart(counts: Sequence[int], totals: Sequence[int]) -> Chart:
    """Shares of totals that may differ per period (p).

    Args:
        counts: Those with the property, per period, in order of time.
        totals: All, per period, each above 0.

    Raises:
        InputError: Lengths differ, fewer than three periods, a negative count, a part above its
            whole, no total.

    Source:
        NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.3.2.
    """
    seen, size = _series(counts), _sizes(counts, totals)
    if np.any(seen > size):
        raise InputError("methods.part-above-whole")
    centre = float(seen.sum() / size.sum())
    width = 3 * np.sqrt(centre * (1 - centre) / size)
    return Chart(
        seen / size, centre, np.maximum(0.0, centre - width), np.minimum(1.0, centre + width)
    )


def _series(values: Sequence[float]) -> Floats:
    seen = np.asarray(values, dtype=np.float64)
    if seen.ndim != 1 or seen.size < 3:
        raise InputError("methods.too-few-periods")
    if not np.all(np.isfinite(seen)):
        raise InputError("methods.not-a-number")
    return seen


def _sizes(counts: Sequence[float], exposures: Sequence[float]) -> Floats:
    size = np.asarray(exposures, dtype=np.float64)
    if size.shape != np.shape(counts):
        raise InputError("methods.lengths-differ")
    if not np.all(np.asarray(counts) >= 0):
        raise InputError("methods.negative-count")
    if not (np.all(size > 0) and np.all(np.isfinite(size))):
        raise InputError("methods.no-exposure")
    return size
