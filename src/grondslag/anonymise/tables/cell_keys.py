"""Counts that are off by a little, always by the same: the cell-key method.

Each person has a number of their own, drawn from a key that is kept outside the data. The numbers
of the persons in a cell add up to the key of the cell, and that key decides how far the shown
count is off. So the same persons give the same count in every table and in every year: asking
again gives nothing to average. Cells and totals are off each by themselves, so they need not add
up.

Source:
    Fraser and Wooton, 2005, UNECE work session on statistical data confidentiality, Geneva
    (keys of records and cells); Marley and Leaver, 2011, 58th ISI congress, Dublin (no shown
    count below a threshold, entropy); Thompson, Broadfoot and Elazar, 2013, UNECE work session,
    Ottawa; Giessing, 2016, LNCS 9867, pages 237-251,
    doi:10.1007/978-3-319-45381-1_18 (most entropy under conditions).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from grondslag.errors import InputError
from grondslag.keys import person_tokens

KEYS = 1 << 32
"""Keys of records and cells are whole numbers below this; sums start again at 0."""

_MOST = 20
_DECIMALS = 9  # so that another processor cannot move a boundary
_STEPS = 200
_NEAR = 1e-13
_LEVEL = 1e-12  # at the bottom rounding makes a step seem to climb


@dataclass(frozen=True, slots=True)
class Perturbation:
    """How far counts may be off.

    Args:
        most: The largest deviation, 1 to 20.
        variance: Of the deviation, for every true count but 0.
        none_up_to: No count from 1 up to this is ever shown; 0 lets all be shown.

    Raises:
        InputError: A number is out of range, or some count cannot be off by that much.
    """

    most: int
    variance: float
    none_up_to: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.most <= _MOST or not 0 <= self.none_up_to < self.most:
            raise InputError("anonymise.perturbation-out-of-range", most=_MOST)
        for count in range(1, self.last + 1):
            least, largest = _variances(self.deviations(count))
            if not least < self.variance < largest:  # NaN is refused too
                raise InputError(
                    "anonymise.perturbation-cannot-be", count=count, least=least, largest=largest
                )

    @property
    def last(self) -> int:
        """From this count on all have the same deviations."""
        return self.most + (self.none_up_to + 1 if self.none_up_to else 0)

    def deviations(self, count: int) -> tuple[int, ...]:
        """What may be added to a true count, from low to high; a 0 stays a 0."""
        if count == 0:
            return (0,)
        return tuple(
            step
            for step in range(-self.most, self.most + 1)
            if count + step == 0 or count + step > self.none_up_to
        )


@dataclass(frozen=True, slots=True)
class PerturbationTable:
    """With which chance a true count is shown as which.

    Args:
        perturbation: The conditions it keeps.
        chances: Per true count up to `Perturbation.last`, the chance of each of its deviations.
    """

    perturbation: Perturbation
    chances: tuple[tuple[float, ...], ...]
    _steps: tuple[NDArray[np.int64], ...] = field(repr=False, compare=False)
    _bounds: tuple[NDArray[np.int64], ...] = field(repr=False, compare=False)

    def shown(self, counts: NDArray[np.int64], keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """The counts as they may be shown.

        Args:
            counts: True counts, 0 or more.
            keys: The key of each cell; see `cell_keys`.
        """
        rows = np.minimum(counts, self.perturbation.last)
        off = np.zeros_like(counts)
        for row in np.unique(rows):
            here = rows == row
            place = np.searchsorted(self._bounds[row], keys[here], side="right")
            off[here] = self._steps[row][place]
        return counts + off

    def margin(self, certainty: float) -> int:
        """A shown count lies within so many of the true one with at least this chance."""
        for margin in range(self.perturbation.most):
            if all(self._within(row, margin) >= certainty for row in range(len(self.chances))):
                return margin
        return self.perturbation.most

    def _within(self, row: int, margin: int) -> float:
        steps = self.perturbation.deviations(row)
        pairs = zip(steps, self.chances[row], strict=True)
        return sum(chance for step, chance in pairs if abs(step) <= margin)


@lru_cache(maxsize=32)
def perturbation_table(perturbation: Perturbation) -> PerturbationTable:
    """The table with the most entropy: it adds nothing to the conditions it is given.

    Every count but 0 is right on average and has the asked variance.

    Source:
        Giessing, 2016, LNCS 9867, pages 237-251.
    """
    rows = range(perturbation.last + 1)
    steps = [perturbation.deviations(row) for row in rows]
    chances = [
        _most_entropy(one, perturbation.variance) if len(one) > 1 else (1.0,) for one in steps
    ]
    return PerturbationTable(
        perturbation,
        tuple(chances),
        tuple(np.array(one, dtype=np.int64) for one in steps),
        tuple(_bounds_of(one) for one in chances),
    )


def record_keys(persons: Sequence[str], key: bytes) -> NDArray[np.int64]:
    """A number below `KEYS` per person; without the key it can be neither made nor recognised.

    Args:
        persons: As the source writes them.
        key: Of the dataset, at least 16 bytes, kept outside the data.

    Raises:
        InputError: The key is too short, or a person is no valid text.
    """
    tokens = [token for token in person_tokens(persons, key) if token is not None]
    cut = b"".join(token[:4] for token in tokens)
    return np.frombuffer(cut, dtype=">u4").astype(np.int64)


def cell_keys(cells: NDArray[np.int64], keys: NDArray[np.int64], *, size: int) -> NDArray[np.int64]:
    """The key of each cell: the numbers of its persons added up, starting again at `KEYS`.

    Args:
        cells: The cell of each person in it; a person in more cells stands here more often.
        keys: The number of that person.
        size: How many cells there are; an empty one has key 0.
    """
    sums = np.zeros(size, dtype=np.uint64)
    np.add.at(sums, cells, keys.astype(np.uint64))  # 2^32 persons fit before it overflows
    return (sums % np.uint64(KEYS)).astype(np.int64)


def _variances(steps: Sequence[int]) -> tuple[float, float]:
    """Between which variances a mean of zero can be kept; two points are the extremes."""
    below = [step for step in steps if step < 0]
    above = [step for step in steps if step > 0]
    least = 0 if 0 in steps else -max(below) * min(above)
    return float(least), float(-min(below) * max(above))


def _most_entropy(steps: Sequence[int], variance: float) -> tuple[float, ...]:
    """Chances with mean 0 and this variance.

    They are proportional to exp(a·v + b·v²); a and b are where a convex function is lowest, found
    by Newton's method with halved steps.
    """
    off = np.array(steps, dtype=float)
    asked = np.stack([off, off**2 - variance])
    slopes, chances = np.zeros(2), np.full(len(off), 1 / len(off))
    for _ in range(_STEPS):
        missed = asked @ chances
        if np.abs(missed).max() < _NEAR:
            break
        curved = (asked * chances) @ asked.T - np.outer(missed, missed)
        step = np.linalg.solve(curved, missed)
        size, now = 1.0, _height(asked, slopes)
        while _height(asked, slopes - size * step) > now + _LEVEL:
            size /= 2
        slopes = slopes - size * step
        weights = slopes @ asked
        chances = np.exp(weights - weights.max())
        chances /= chances.sum()
    return tuple(float(chance) for chance in chances)


def _height(asked: NDArray[np.float64], slopes: NDArray[np.float64]) -> float:
    weights = slopes @ asked
    top = float(weights.max())
    return top + math.log(float(np.exp(weights - top).sum()))


def _bounds_of(chances: Sequence[float]) -> NDArray[np.int64]:
    """From which cell key on the next deviation is taken."""
    shares = [round(share, _DECIMALS) for share in accumulate(chances)][:-1]
    return np.array([round(share * KEYS) for share in shares], dtype=np.int64)
