"""When did a row change its level, and how sure is that moment?

Nobody says beforehand when: every moment is looked at, and any number of changes, and a change must
explain so much more that chance seldom does. What is found is a moment, never a cause.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError
from grondslag.methods.poisson import check_level

Floats = npt.NDArray[np.float64]
_FEW = 4
_MOST_ALIKE = 0.9
_Cost = Callable[[npt.NDArray[np.int64], npt.NDArray[np.int64]], Floats]
"""How badly one level fits the values from one position up to another, in units of chance."""


@dataclass(frozen=True, slots=True)
class LevelChange:
    """A change of level.

    Args:
        at: Position of the first value of the new level.
        earliest: Position the change could as well have been at; not earlier.
        latest: The same, not later.
        before: Level since the change before it.
        after: Level until the next change.
    """

    at: int
    earliest: int
    latest: int
    before: float
    after: float


def level_changes(
    values: Sequence[float], *, least: int = 3, level: float = 0.95
) -> tuple[LevelChange, ...]:
    """Changes in the mean of a row of measurements.

    How much a row scatters is learnt from steps between values one and two apart, which a few
    changes of level hardly touch. Where neighbours in the row are alike, it takes a larger change
    to stand out. Of rows without a change at most 2% then seem to have one; of rows in which each
    value is much like the one before (0.6), 5 to 9%.

    Args:
        values: In order of time, evenly spaced; four or more.
        least: Fewest values between two changes.
        level: Confidence of the moments.

    Raises:
        InputError: Fewer than four, a value that is no number.

    Source:
        The best of all partitions: Killick, Fearnhead and Eckley (2012), Optimal detection of
        changepoints with a linear computational cost, doi:10.1080/01621459.2012.737745; what
        a change must explain, three times the log of the length: Zhang and Siegmund (2007),
        doi:10.1111/j.1541-0420.2006.00662.x, its first term; scatter from steps: Tecuapetla-Gomez
        and Munk (2017), doi:10.1111/sjos.12256; range of the moment: Siegmund (1988), Confidence
        sets in change-point problems.
    """
    check_level(level)
    seen = np.asarray(values, dtype=np.float64)
    _check_row(seen)
    sums, squares = _so_far(seen - seen.mean()), _so_far((seen - seen.mean()) ** 2)
    scatter = _scatter(seen)

    def cost(start: npt.NDArray[np.int64], end: npt.NDArray[np.int64]) -> Floats:
        within = squares[end] - squares[start] - (sums[end] - sums[start]) ** 2 / (end - start)
        return np.asarray(within / scatter)

    if not scatter > 0:
        return ()
    return _changes(cost, seen, np.ones(seen.size), least, level)


def rate_changes(
    counts: Sequence[int],
    exposures: Sequence[float],
    *,
    dispersion: float = 1.0,
    least: int = 3,
    level: float = 0.95,
) -> tuple[LevelChange, ...]:
    """Changes in the rate behind a row of counts.

    Args:
        counts: Events per period, in order; four or more.
        exposures: Exposure per period, each above 0.
        dispersion: Variance divided by mean of such counts; below 1 counts as 1.
        least: Fewest periods between two changes.
        level: Confidence of the moments.

    Raises:
        InputError: Lengths differ, fewer than four, a negative count, no exposure.

    Source:
        As for `level_changes`, with the Poisson likelihood.
    """
    check_level(level)
    seen = np.asarray(counts, dtype=np.float64)
    size = np.asarray(exposures, dtype=np.float64)
    if seen.shape != size.shape:
        raise InputError("methods.lengths-differ")
    _check_row(seen)
    if not np.all(seen >= 0):
        raise InputError("methods.negative-count")
    if not (np.all(size > 0) and np.all(np.isfinite(size))):
        raise InputError("methods.no-exposure")
    events, exposed = _so_far(seen), _so_far(size)
    scale = max(1.0, dispersion)

    def cost(start: npt.NDArray[np.int64], end: npt.NDArray[np.int64]) -> Floats:
        some = events[end] - events[start]
        rate = np.maximum(some, 1e-300) / (exposed[end] - exposed[start])
        return np.asarray(-2 * some * np.log(rate) / scale)

    return _changes(cost, seen, size, least, level)


def _changes(
    cost: _Cost, seen: Floats, size: Floats, least: int, level: float
) -> tuple[LevelChange, ...]:
    """The best partition, with per change the range of its moment."""
    if not 1 <= least <= seen.size // 2:
        raise InputError("methods.too-short", known=max(_FEW, 2 * least))
    ends = _best_partition(cost, seen.size, least, 3 * float(np.log(seen.size)))
    means = [float(seen[a:b].sum() / size[a:b].sum()) for a, b in pairwise(ends)]
    # Twice the log of how much likelier the best moment is than the true one, at most.
    margin = -2 * float(np.log(1 - np.sqrt(level)))
    found = []
    for number, at in enumerate(ends[1:-1]):
        low, high = ends[number], ends[number + 2]
        moments = np.arange(low + 1, high)
        loss = cost(np.full_like(moments, low), moments) + cost(
            moments, np.full_like(moments, high)
        )
        near = moments[loss <= loss[at - low - 1] + margin]
        before, after = means[number], means[number + 1]
        found.append(LevelChange(at, int(near[0]), int(near[-1]), before, after))
    return tuple(found)


def _best_partition(cost: _Cost, size: int, least: int, price: float) -> list[int]:
    """Positions that cut a row so that misfit and the price of the cuts together are smallest."""
    best = np.full(size + 1, np.inf)
    best[0] = -price
    came_from = np.zeros(size + 1, dtype=np.int64)
    for end in range(least, size + 1):
        starts = np.arange(0, end - least + 1)
        total = best[starts] + cost(starts, np.full_like(starts, end)) + price
        came_from[end] = int(np.argmin(total))
        best[end] = total[came_from[end]]
    ends = [size]
    while ends[-1]:
        ends.append(int(came_from[ends[-1]]))
    return ends[::-1]


def _scatter(seen: Floats) -> float:
    """Variance of a value, and more where neighbours are alike: what a mean of many varies by."""
    one = float((np.diff(seen) ** 2).mean()) / 2
    two = float(((seen[2:] - seen[:-2]) ** 2).mean()) / 2
    if not one > 0:
        return 0.0
    alike = min(max(two / one - 1, 0.0), _MOST_ALIKE)
    return one * (1 + alike) / (1 - alike) ** 2


def _so_far(values: Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(values)])


def _check_row(seen: Floats) -> None:
    if seen.ndim != 1 or seen.size < _FEW:
        raise InputError("methods.too-short", known=_FEW)
    if not np.all(np.isfinite(seen)):
        raise InputError("methods.not-a-number")
