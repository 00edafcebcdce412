"""From numbers to places on paper: round steps for an axis that never cuts off what is known."""

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """From a number on an axis to a place on paper.

    Args:
        start: Number at the first end.
        stop: Number at the other end, above *start*.
        left: Place of *start*: a vertical axis has its bottom here.
        right: Place of *stop*.
        logarithmic: Half is as far as double; both ends are then above 0.
    """

    start: float
    stop: float
    left: float
    right: float
    logarithmic: bool = False

    def place(self, value: float) -> float:
        """Where a number stands; one outside the axis stands at its end."""
        if self.logarithmic:
            first, last = math.log(self.start), math.log(self.stop)
            share = (math.log(value) - first) / (last - first) if value > 0 else 0.0
        else:
            share = (value - self.start) / (self.stop - self.start)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)


_LOG_STEPS = ((12.0, (1, 1.5, 2, 3, 5, 7)), (300.0, (1, 2, 5)), (math.inf, (1,)))
"""Which round numbers mark a logarithmic axis, by how far it reaches."""


def log_steps(low: float, high: float) -> list[float]:
    """Round numbers between two numbers above 0, for a logarithmic axis."""
    steps = next(steps for reach, steps in _LOG_STEPS if high / low < reach)
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    ticks = [step * 10.0**power for power in powers for step in steps]
    return [tick for tick in ticks if low <= tick <= high]


def round_steps(low: float, high: float) -> list[float]:
    """About five round numbers: the first at or below *low*, the last at or above *high*."""
    span = (high - low) or 1.0
    rough = span / 5
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * nice for nice in (1, 2, 5, 10) if power * nice >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil((low + span) / step - 1e-9)
    return [step * at for at in range(first, last + 1)]


def spread_out(places: Iterable[float], *, apart: float) -> list[int]:
    """Which of some places, in order, get a label: the first, and then those far enough along."""
    kept: list[int] = []
    last = -math.inf
    for at, place in enumerate(places):
        if place - last >= apart:
            kept.append(at)
            last = place
    return kept
