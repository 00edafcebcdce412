"""Controlled adjustment: unsafe cells move away from their value, and all sums still hold.

Each unsafe cell goes down or up by at least what it must stay hidden by; other cells move as little
as possible, all moves added up. Zeros that are safe stay zero and nothing goes below zero.
Directions are first chosen so that neighbours make up for each other. Where that does not fit, an
integer programme chooses anew around the cells that fall short; in a small table it then chooses
all directions.

Source:
    Dandekar and Cox (2002), Synthetic tabular data: an alternative to complementary cell
    suppression; Castro (2006), Minimum-distance controlled perturbation methods for large-scale
    tabular data protection, doi:10.1016/j.ejor.2004.08.034.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import bmat, csc_matrix, diags, identity

from grondslag.anonymise.tables.audit import NEAR
from grondslag.anonymise.tables.cells import Cells, Key
from grondslag.anonymise.tables.primary import Rules, Sensitivity, sensitivity
from grondslag.anonymise.tables.solving import INFINITE, Answer, Programme, Solver
from grondslag.anonymise.tables.trees import Bools, Floats, Ints
from grondslag.errors import DisclosureRefusedError, SourceError

_SMALL = 60
"""Up to so many unsafe cells all directions are chosen by an integer programme."""
_NODES = 200
"""How far that programme looks at most."""
_TURNS = 10
"""So often directions are chosen anew around cells that fall short."""
_FLIPS = 4
"""So often at first only those cells themselves are turned."""
_DEAR = 1e3
"""What falling short costs beside moving as far."""
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
    if moves is None:
        raise DisclosureRefusedError("tables.not-adjusted")
    optimal = False
    if len(at) <= _SMALL:
        every = np.ones(len(at), dtype=bool)
        best = _solved(task, moves[at] > 0, every, moves)
        if best is not None and not best.missing.any():
            moves, optimal = best.moves, best.proven
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
        # No cell needs to go further than all that must move together, and that with room.
        far = 4.0 * float(np.maximum(self.below, self.above).sum())
        up = np.where(value > 0, far, 0.0)
        up[self.at] = far
        return np.minimum(value, far), up

    def programme(self, low: Floats, high: Floats) -> Programme:
        """Cells move up (first half) and down (second half); sums hold."""
        sums = csc_matrix(self.cells.frame.sums)
        matrix = csc_matrix(bmat([[sums, -sums]]))
        zeros = np.zeros(matrix.shape[0])
        cost = np.concatenate([self.cost, self.cost])
        whole = np.ones(len(cost), dtype=bool) if self.cells.whole_numbers else None
        return Programme(cost, low, high, matrix, zeros, zeros, whole)


def _with_directions(task: _Task) -> Floats | None:
    """Moves that bring every unsafe cell far enough; None when no directions are found."""
    up, free = _directions(task), np.zeros(len(task.at), dtype=bool)
    for turn in range(_TURNS):
        found = _solved(task, up, free)
        if found is None:
            return None
        if not found.missing.any():
            return found.moves
        if turn < _FLIPS:
            up = found.up ^ found.missing
        else:
            up, free = found.up, free | _around(task, found.missing)
    return None


def _around(task: _Task, which: Bools) -> Bools:
    """These unsafe cells, and those that share a sum with them."""
    own = task.cells.frame.sums[:, task.at]
    touched = abs(own) @ which.astype(np.float64) > 0
    found: Bools = which | (abs(own).T @ touched.astype(np.float64) > 0)
    return found


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


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """Moves, per unsafe cell whether it goes up and whether it falls short; whether proven."""

    moves: Floats
    up: Bools
    missing: Bools
    proven: bool


def _solved(task: _Task, up: Bools, free: Bools, start: Floats | None = None) -> _Found | None:
    """The least moves, where some directions are given and others are free.

    Falling short is possible and dear: it tells which directions do not fit.
    """
    programme, whole = _programme(task, up, free)
    solver = Solver(programme, mip_rel_gap=1e-6 if free.all() else 0.01, mip_max_nodes=_NODES)
    size, number = task.cells.size, len(task.at)
    if start is not None:
        none = np.zeros(number)
        ways = np.where(up, 1.0, 0.0)
        moves = np.maximum(start, 0.0), np.maximum(-start, 0.0)
        solver.start_at(np.concatenate([*moves, ways, none]))
    try:
        answer = solver.solve()
    except SourceError:  # it looked far enough without finding any
        return None
    if answer is None:
        return None
    needs = np.maximum(1.0, np.maximum(task.below, task.above))
    return _Found(
        moves=_moves(task, answer),
        up=answer.values[2 * size : 2 * size + number] > 0.5,
        missing=answer.values[2 * size + number :] > 1e-6 * needs,
        proven=answer.proven or not whole,
    )


def _programme(task: _Task, up: Bools, free: Bools) -> tuple[Programme, bool]:
    """Moves up, moves down, directions and shortages; and whether any must be whole."""
    number = len(task.at)
    down_room, up_room = task.room
    base = task.programme(np.zeros(2 * task.cells.size), np.concatenate([up_room, down_room]))
    ups = identity(2 * task.cells.size, format="csr")[task.at]
    downs = identity(2 * task.cells.size, format="csr")[task.cells.size + task.at]
    short, own_down = identity(number, format="csr"), down_room[task.at]
    matrix = bmat(
        [
            [base.matrix, None, None],
            [ups, diags(-task.above), short],  # up by enough, when it goes up
            [ups, diags(-up_room[task.at]), None],  # and not at all when it does not
            [downs, diags(task.below), short],
            [downs, diags(own_down), None],
        ]
    )
    none, far = np.zeros(number), np.full(number, INFINITE)
    stuck = task.below > own_down + NEAR  # cannot go down so far: goes up
    given = np.where(up | stuck, 1.0, 0.0)
    sums_whole = np.zeros(2 * task.cells.size, dtype=bool) if base.whole is None else base.whole
    whole = np.concatenate([sums_whole, free, np.zeros(number, dtype=bool)])
    programme = Programme(
        np.concatenate([base.cost, none, np.full(number, _DEAR)]),
        np.concatenate([base.low, np.where(free & ~stuck, 0.0, given), none]),
        np.concatenate([base.high, np.where(free, 1.0, given), np.maximum(task.above, task.below)]),
        csc_matrix(matrix),
        np.concatenate([base.least, none, -far, task.below, -far]),
        np.concatenate([base.most, far, none, far, own_down]),
        whole if whole.any() else None,
    )
    return programme, bool(whole.any())


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
