"""An area against the rest of the city: exact, and widened for real differences between areas."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from grondslag.analysis.counting import Tally
from grondslag.methods import (
    compare_rates,
    discoveries,
    exact_interval,
    rate_interval,
    robust_dispersion,
)
from grondslag.release import Cell, ModelOutput

LEAST_EXPECTED = 5.0
"""No ratio where fewer events are to be expected: chance then rules."""
_BACKGROUND = 3
_MANY = 5
_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Comparison:
    """The areas of a level against the rest, by one exposure.

    Args:
        cells: One per area with an exposure.
        total: Count over all of those.
        dispersion: How many times more counts scatter than chance; None when it is not known.
        model: What it was learned with, for the gate; None when nothing was learned.
    """

    cells: tuple[Cell, ...]
    total: int | None
    dispersion: float | None
    model: ModelOutput | None = None

    def at(self, level: str) -> "Comparison":
        """The same, with the level in the name of what was learned."""
        if self.model is None:
            return self
        return replace(self, model=replace(self.model, outcome=f"{self.model.outcome}/{level}"))


def counted_cells(tallies: Mapping[str, Tally]) -> tuple[Cell, ...]:
    """Counts with their exact intervals."""
    return tuple(
        Cell((code,), tally.count, interval(tally.count), contributors=tally.contributors)
        for code, tally in tallies.items()
    )


def compared(
    tallies: Mapping[str, Tally],
    exposures: Mapping[str, float],
    *,
    per: float,
    minimum: int,
    focus: Sequence[str],
) -> Comparison:
    """Every area with an exposure against the rest of them.

    No ratio is given where fewer than five events would be expected: chance then rules. A call of
    "almost certain" for an area that nobody asked about must also survive the number of areas that
    was looked at (``stands``).

    Args:
        tallies: Count per area.
        exposures: Exposure per area; areas without one are left out.
        per: Size of the unit of the rates.
        minimum: Smallest group that will be shown.
        focus: The areas that were asked about beforehand.
    """
    areas = [code for code in tallies if code in exposures]
    counts = [tallies[code].count for code in areas]
    known = [count for count in counts if count is not None]
    total = sum(known) if len(known) == len(counts) else None
    scatter = _scatter(areas, tallies, exposures, minimum, focus)
    size = sum(exposures[code] for code in areas)
    rows = [
        _row(tallies[code], exposures[code], total=total, size=size, per=per, scatter=scatter)
        for code in areas
    ]
    p_values = [row[1] for row in rows]
    stands = iter(discoveries([p for p in p_values if p is not None]))
    cells = []
    for code, (derived, p_value) in zip(areas, rows, strict=True):
        sure = next(stands) if p_value is not None else False
        if p_value is not None:
            derived["stands"] = float(sure or code in focus)
        cells.append(
            Cell((code,), tallies[code].count, derived, exposures[code],
                 tallies[code].contributors)
        )  # fmt: skip
    return Comparison(tuple(cells), total, scatter)


def _row(
    tally: Tally,
    exposure: float,
    *,
    total: int | None,
    size: float,
    per: float,
    scatter: float | None,
) -> tuple[dict[str, float], float | None]:
    """The numbers of one area, and its p-value."""
    if tally.count is None:
        return {}, None
    limits = rate_interval(tally.count, exposure, per=per)
    derived = interval(tally.count) | {
        "rate": tally.count / exposure * per,
        "rate_low": limits.low,
        "rate_high": limits.high,
    }
    if total is None or total == 0 or size <= exposure:
        return rounded(derived), None
    found = compare_rates(
        count=tally.count,
        exposure=exposure,
        other_count=total - tally.count,
        other_exposure=size - exposure,
        dispersion=scatter or 1.0,
    )
    if found.expected < LEAST_EXPECTED:
        return rounded(derived), None
    derived |= {
        "expected": found.expected,
        "ratio": found.ratio,
        "ratio_low": found.interval.low,
        "ratio_high": found.interval.high,
        "certainty": found.certainty_higher,
    }
    return rounded(derived), found.p_value


def _scatter(
    areas: Sequence[str],
    tallies: Mapping[str, Tally],
    exposures: Mapping[str, float],
    minimum: int,
    focus: Sequence[str],
) -> float | None:
    """How much more the areas of the background scatter than chance alone, to a tenth.

    Withheld counts take part only when there are many of them, so that none follows from it.
    """
    background = [
        (count, exposures[code])
        for code in areas
        if code not in focus and (count := tallies[code].count) is not None
    ]
    small = sum(count < minimum for count, _ in background)
    if 0 < small < _MANY:
        background = [(count, size) for count, size in background if count >= minimum]
    if len(background) < _BACKGROUND or not any(count for count, _ in background):
        return None
    counts, sizes = zip(*background, strict=True)
    return max(1.0, round(robust_dispersion(counts, sizes), 1))


def interval(count: int | None) -> dict[str, float]:
    """The exact interval of a count; nothing when it is withheld."""
    if count is None:
        return {}
    limits = exact_interval(count)
    return rounded({"low": limits.low, "high": limits.high})


def rounded(numbers: Mapping[str, float]) -> dict[str, float]:
    """Finite numbers only: a limit without end is left out, and read as one."""
    return {name: round(value, _DIGITS) for name, value in numbers.items() if math.isfinite(value)}
