"""Controlled adjustment: unsafe cells move away from their value, and all sums still hold.

Each unsafe cell goes down or up by at least what it must stay hidden by; other cells move as little
as possible, all moves added up. Zeros that are safe stay zero and nothing goes below zero. In a
small table an integer programme chooses the directions; in a large one they are chosen so that
neighbours make up for each other, and a cell whose direction does not fit is turned.

Source:
    Dandekar and Cox (2002), Synthetic tabular data: an alternative to complementary cell
    suppression; Castro (2006), Minimum-distance controlled perturbation methods for large-scale
    tabular data protection, doi:10.1016/j.ejor.2004.08.034.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import bmat, csc_matrix, csr_matrix, identity

from grondslag.anonymise.tables.audit import NEAR
from grondslag.anonymise.tables.cells import Cells, Key
from grondslag.anonymise.tables.primary import Rules, Sensitivity, sensitivity
from grondslag.anonymise.tables.solving import INFINITE, Answer, Programme, Solver, solved
from grondslag.anonymise.tables.trees import Bools, Floats, Ints
from grondslag.errors import DisclosureRefusedError, SourceError

_SMALL = 200
"""Up to so many unsafe cells the directions are chosen by an integer programme."""
_NODES = 500
"""How far that programme looks at most."""
_TURNS = 30
"""So often directions that do not fit are turned."""
_WHOLE_DEARER = 1e-3
"""A cell that others add up to costs so much more: of equal choices, totals stay."""


@dataclass(frozen=True, slots=True, eq=False)
class Adjustment:
    """An adjusted table.

    Args:
        cells: The true tables.
        value: The adjusted value per cell.
        found: Which cells are unsafe by themselves, and why.
        moved: How far all cells moved together.
        optimal: Whether no adjustment moves less.
    """

    cells: Cells
    value: Floats
    found: Sensitivity
    moved: float
    optimal: bool

    @property
    def others(self) -> Bools:
        """Cells that moved for the sake of others."""
        return (np.abs(self.value - self.cells.value) > NEAR) & ~self.found.unsafe

    def shown(self) -> dict[Key, float]:
        """What may be seen."""
        return dict(zip(self.cells.frame.keys(), map(float, self.value), strict=True))


def adjust(cells: Cells, rules: Rules) -> Adjustment:
    """Adjust tables so that no unsafe cell shows its value or one near it.

    Args:
        cells: The tables.
        rules: What is unsafe, and how far it must move.

    Raises:
        DisclosureRefusedError: No adjustment moves every unsafe cell far enough.
    """
    found = sensitivity(cells, rules)
    at = np.flatnonzero(found.unsafe)
    if not len(at):
        return Adjustment(cells, cells.value.copy(), found, 0.0, optimal=True)
    task = _Task(cells, at, *_distances(cells, found, at))
    moves = _with_directions(task)
    optimal = False
    if len(at) <= _SMALL:
        moves, optimal = _best(task, moves)
    if moves is None:
        raise DisclosureRefusedError("tables.not-adjusted")
    value = np.maximum(cells.value + moves, 0.0)
    _check(task, value)
    moved = float(np.abs(value - cells.value).sum())
    return Adjustment(cells, value, found, moved, optimal)


def _distances(cells: Cells, found: Sensitivity, at: Ints) -> tuple[Floats, Floats]:
    """How far each unsafe cell must go down, and up; a count goes to another count in any case."""
    below, above = found.below[at], found.above[at]
    if cells.counts:
        below, above = np.ceil(below - NEAR), np.ceil(above - NEAR)
        return np.maximum(below, 1.0), np.maximum(above, 1.0)
    least = np.where(np.maximum(below, above) > 0, 0.0, 1.0)  # a zero that says something
    return np.maximum(below, least), np.maximum(above, least)


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    """The cells, which are unsafe, and how far those go down or up at least."""

    cells: Cells
    at: Ints
    below: Floats
    above: Floats

    @property
    def cost(self) -> Floats:
        sums = self.cells.frame.sums
        cost = np.ones(self.cells.size)
        cost[sums.indices[sums.indptr[:-1]]] += _WHOLE_DEARER
        return cost

    @property
    def room(self) -> tuple[Floats, Floats]:
        """How far cells can go down and up; safe zeros stay."""
        value = self.cells.value
        up = np.where(value > 0, max(1.0, float(value.max())), 0.0)
        up[self.at] = np.maximum(up[self.at], self.above + float(value.max()))
        return value.copy(), up

    def programme(self, low: Floats, high: Floats) -> Programme:
        """Cells move up (first half) and down (second half); sums hold."""
        sums = csc_matrix(self.cells.frame.sums)
        matrix = csc_matrix(bmat([[sums, -sums]]))
        zeros = np.zeros(matrix.shape[0])
        cost = np.concatenate([self.cost, self.cost])
        whole = np.ones(len(cost), dtype=bool) if self.cells.whole_numbers else None
        return Programme(cost, low, high, matrix, zeros, zeros, whole)


def _with_directions(task: _Task) -> Floats | None:
    """Moves with directions chosen beforehand; None when no directions are found that fit."""
    up = _directions(task)
    size, number = task.cells.size, len(task.at)
    down_room, up_room = task.room
    seen: set[bytes] = set()
    for _ in range(_TURNS):
        high = np.concatenate([up_room, down_room])
        high[task.at[~up]] = 0.0
        high[size + task.at[up]] = 0.0
        needs = np.where(up, task.above, task.below)
        # Falling short is possible and dear: it tells which directions do not fit.
        base = task.programme(np.zeros(2 * size), high)
        rows = identity(2 * size, format="csr")[np.where(up, task.at, size + task.at)]
        short = identity(number, format="csr")
        dear = np.full(number, 4.0 * size)
        whole = None if base.whole is None else np.append(base.whole, np.zeros(number, dtype=bool))
        programme = Programme(
            np.append(base.cost, dear),
            np.append(base.low, np.zeros(number)),
            np.append(base.high, needs),
            csc_matrix(bmat([[base.matrix, None], [rows, short]])),
            np.append(base.least, needs),
            np.append(base.most, np.full(number, INFINITE)),
            whole,
        )
        answer = solved(programme, mip_rel_gap=0.01, mip_max_nodes=_NODES)
        if answer is None:
            return None
        missing = answer.values[2 * size :] > NEAR * np.maximum(1.0, needs)
        if not missing.any():
            return _moves(task, answer)
        seen.add(up.tobytes())
        up = up ^ missing
        if up.tobytes() in seen:
            return None
    return None


def _directions(task: _Task) -> Bools:
    """Up or down, the largest first, so that cells in one sum make up for each other."""
    sums = task.cells.frame.sums.tocsc()
    balance = np.zeros(sums.shape[0])
    up = np.zeros(len(task.at), dtype=bool)
    for number in np.argsort(-task.above, kind="stable"):
        place = task.at[number]
        own = slice(sums.indptr[place], sums.indptr[place + 1])
        rows, factors = sums.indices[own], sums.data[own]
        tilt = float((balance[rows] * factors).sum())
        up[number] = tilt <= 0 or task.cells.value[place] < task.below[number]
        step = task.above[number] if up[number] else -task.below[number]
        balance[rows] += factors * step
    return up


def _best(task: _Task, start: Floats | None) -> tuple[Floats | None, bool]:
    """The least moves, directions and all; whether that is proven."""
    size, number = task.cells.size, len(task.at)
    down_room, up_room = task.room
    base = task.programme(np.zeros(2 * size), np.concatenate([up_room, down_room]))
    turn = csr_matrix((np.ones(number), (np.arange(number), np.arange(number))))
    ups = identity(2 * size, format="csr")[task.at]
    downs = identity(2 * size, format="csr")[size + task.at]

    def times(factors: Floats) -> csr_matrix:
        return turn.multiply(factors[:, None]).tocsr()

    matrix = bmat(
        [
            [base.matrix, None],
            [ups, times(-task.above)],  # up by enough, when it goes up
            [ups, times(-up_room[task.at])],  # and not at all when it does not
            [downs, times(task.below)],
            [downs, times(down_room[task.at])],
        ]
    )
    zeros, far = np.zeros(number), np.full(number, INFINITE)
    stuck = task.below > down_room[task.at] + NEAR  # cannot go down so far: goes up
    programme = Programme(
        np.append(base.cost, zeros),
        np.append(base.low, stuck.astype(np.float64)),
        np.append(base.high, np.ones(number)),
        csc_matrix(matrix),
        np.concatenate([base.least, zeros, -far, task.below, -far]),
        np.concatenate([base.most, far, zeros, far, down_room[task.at]]),
        np.append(
            np.zeros(2 * size, dtype=bool) if base.whole is None else base.whole,
            np.ones(number, dtype=bool),
        ),
    )
    solver = Solver(programme, mip_rel_gap=1e-6, mip_max_nodes=_NODES)
    if start is not None:
        way = (start[task.at] > 0).astype(np.float64)
        solver.start_at(np.concatenate([np.maximum(start, 0.0), np.maximum(-start, 0.0), way]))
    try:
        answer = solver.solve()
    except SourceError:  # it looked far enough without finding one
        return start, False
    return (start, False) if answer is None else (_moves(task, answer), answer.proven)


def _moves(task: _Task, answer: Answer) -> Floats:
    size = task.cells.size
    moves = answer.values[:size] - answer.values[size : 2 * size]
    if task.cells.whole_numbers:
        moves = np.round(moves)
    else:
        moves = np.where(np.abs(moves) < NEAR, 0.0, moves)
    found: Floats = moves
    return found


def _check(task: _Task, value: Floats) -> None:
    """What is given back holds: sums, and every unsafe cell far enough away.

    Raises:
        DisclosureRefusedError: It does not.
    """
    sums = task.cells.frame.sums
    gap = np.abs(sums @ value) > 1e-6 * np.maximum(abs(sums) @ value, 1.0)
    moved = (value - task.cells.value)[task.at]
    slack = NEAR * np.maximum(1.0, task.cells.value[task.at])
    near = (moved < task.above - slack) & (-moved < task.below - slack)
    if gap.any() or near.any():
        raise DisclosureRefusedError("tables.not-adjusted")
