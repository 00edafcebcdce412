"""Controlled rounding: every cell becomes a multiple of a base, and all sums still hold.

Each cell goes to one of the two multiples around it (zero-restricted: a multiple stays, so zero
stays zero). Where no table of such multiples adds up, cells may go one multiple further, and the
result says so. An integer programme chooses the table nearest to the true one.

Source:
    Cox (1987), A constructive procedure for unbiased controlled rounding,
    doi:10.1080/01621459.1987.10478456; Salazar-González (2006), Controlled rounding and cell
    perturbation: statistical disclosure limitation methods for tabular data, for the programme of
    linked tables.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_matrix, hstack

from grondslag.anonymise.tables.around import attacked_around
from grondslag.anonymise.tables.audit import NEAR, AuditReport
from grondslag.anonymise.tables.cells import Cells, Key
from grondslag.anonymise.tables.primary import Rules, Sensitivity, sensitivity
from grondslag.anonymise.tables.solving import Programme, solved
from grondslag.anonymise.tables.trees import Floats
from grondslag.errors import DisclosureRefusedError, InputError

_GAP = 0.01
"""Share of the whole move by which the answer may miss the nearest table."""
_FURTHER = 2
"""How many multiples further a cell may go where the nearest ones do not add up."""


@dataclass(frozen=True, slots=True, eq=False)
class Rounding:
    """A rounded table.

    Args:
        cells: The true tables.
        value: The rounded value per cell.
        base: All values are multiples of it.
        reach: Every value lies less than so many bases from the true one: 1 when each cell went to
            one of the two multiples around it.
        report: Of the audit: what an attacker who knows base and reach can conclude.
    """

    cells: Cells
    value: Floats
    base: float
    reach: int
    report: AuditReport

    def shown(self) -> dict[Key, float]:
        """What may be seen."""
        return dict(zip(self.cells.frame.keys(), map(float, self.value), strict=True))


def round_to(cells: Cells, rules: Rules, base: float) -> Rounding:
    """Round tables so that they still add up, and prove that unsafe cells stay hidden.

    Args:
        cells: The tables.
        rules: What is unsafe.
        base: What values become multiples of; a whole number for counts.

    Raises:
        InputError: The base is not above zero, or not whole for counts.
        DisclosureRefusedError: No multiples add up, or the base is too small to hide the unsafe
            cells.
    """
    if not np.isfinite(base) or base <= 0 or (cells.counts and (base != round(base) or base < 2)):
        raise InputError("tables.base-out-of-range")
    found = sensitivity(cells, rules)
    for further in range(_FURTHER + 1):
        value = _nearest(cells, found, base, further)
        if value is not None:
            break
    else:
        raise DisclosureRefusedError("tables.not-rounded", base=base)
    reach = 1 + int(float(np.abs(value - cells.value).max()) / base + NEAR)
    report = attacked_around(cells, found, value, _reach_of(cells, base, reach))
    if not report.passed:
        raise DisclosureRefusedError("tables.base-too-small", base=base)
    return Rounding(cells, value, base, reach, report)


def _nearest(cells: Cells, found: Sensitivity, base: float, further: int) -> Floats | None:
    """The multiples that add up and lie nearest; None when there are none so near."""
    floor = np.floor(cells.value / base + NEAR)
    rest = np.maximum(cells.value / base - floor, 0.0)
    rest[rest < NEAR] = 0.0
    low, high = np.zeros(cells.size), (rest > 0).astype(np.float64)
    if not cells.counts:
        low, high = _hiding(cells, found, floor * base, base)
    cost, sums = 1.0 - 2.0 * rest, csc_matrix(cells.frame.sums)
    missing = -np.round(sums @ floor)
    matrix = sums
    if further:  # a step further away costs more than any choice between the two around it
        extra = np.where(cells.value > 0, float(further), 0.0)
        below = np.minimum(extra, floor)
        away = np.full(cells.size, 4.0)
        cost, low = np.concatenate([cost, away, away]), np.concatenate([low, 0 * away, 0 * away])
        high = np.concatenate([high, extra, below])
        matrix = hstack([sums, sums, -sums], format="csc")
    whole = np.ones(len(cost), dtype=bool)
    programme = Programme(cost, low, high, matrix, missing, missing, whole)
    answer = solved(programme, mip_rel_gap=_GAP)
    if answer is None:
        return None
    steps = np.round(answer.values)
    if further:
        steps = steps[: cells.size] + steps[cells.size : 2 * cells.size] - steps[2 * cells.size :]
    value: Floats = (floor + steps) * base
    return value


def _hiding(cells: Cells, found: Sensitivity, floor: Floats, base: float) -> tuple[Floats, Floats]:
    """Which of the two multiples an amount may go to: an unsafe one only where it stays hidden."""
    under, over = cells.value - floor, floor + base - cells.value
    inside = under > NEAR * base
    down = ~found.unsafe | (over >= found.above)  # shown below: the attacker sees up to one base on
    up = ~found.unsafe | (under >= found.below)
    # Where neither hides it, the audit says so.
    low = np.where(inside & up & ~down, 1.0, 0.0)
    high = np.where(inside & (up | ~down), 1.0, 0.0)
    return low, high


def _reach_of(cells: Cells, base: float, reach: int) -> float:
    """How far the true value can lie from what is shown: a count that far would be a multiple."""
    return reach * base - (1.0 if cells.counts else 0.0)
