"""Controlled adjustment: unsafe cells move away from their value, and all sums still hold.

Each unsafe cell goes down or up by at least what it must stay hidden by; other cells move as little
as possible, all moves added up. Zeros that are safe stay zero and nothing goes below zero.
Directions are first chosen so that neighbours make up for each other. Where that does not fit, half
of the cells that fall short turn round, drawn anew each time; what then still falls short an
integer programme chooses. In a small table that programme chooses all directions.

The proof is the attacker's arithmetic of `around`: who knows that no number is further off than the
table says, still finds every unsafe cell open on both sides as far as its rule asks.

Source:
    Dandekar and Cox (2002), Synthetic tabular data: an alternative to complementary cell
    suppression; Castro (2006), Minimum-distance controlled perturbation methods for large-scale
    tabular data protection, doi:10.1016/j.ejor.2004.08.034.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import bmat, csc_matrix, csr_matrix, diags, identity

from grondslag.anonymise.tables.around import attacked_around
from grondslag.anonymise.tables.audit import NEAR, AuditReport
from grondslag.anonymise.tables.cells import Cells, Key
from grondslag.anonymise.tables.merging import Merged, merged
from grondslag.anonymise.tables.primary import Rules, Sensitivity, sensitivity
from grondslag.anonymise.tables.solving import INFINITE, Answer, Programme, Solver
from grondslag.anonymise.tables.trees import Bools, Floats, Ints
from grondslag.errors import DisclosureRefusedError, SourceError

_SMALL = 60
"""Up to so many unsafe cells all directions are chosen by an integer programme."""
_NODES = 200
"""How far that programme looks at most."""
_FLIPS, _NO_BETTER = 30, 3
"""So often cells that fall short are turned, and so often in a row without fewer of them."""
_FEW = 30
"""So few that fall short are left to the integer programme."""
_TURNS, _NEARBY = 8, 5
"""So often directions are then chosen anew around cells that fall short; so often only nearby."""
_FAMILY = 30
"""A sum of so many cells at most makes them near each other."""
_LOOKS = 8
"""So many tables are sought that show unsafe cells open, before the audit asks for each."""
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
        reach: No shown value lies further from the true one; may be told.
        report: Of the audit: what an attacker who knows that can conclude.
    """

    cells: Cells
    value: Floats
    found: Sensitivity
    moved: float
    optimal: bool
    reach: float
    report: AuditReport

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
        report = attacked_around(cells, found, cells.value, 0.0)
        return Adjustment(cells, cells.value.copy(), found, 0.0, True, 0.0, report)
    needs = _distances(cells, found, at)
    groups = merged(cells, (cells.value > 0) | found.unsafe)
    task = _task(cells, groups, at, needs)
    moves = _with_directions(task)
    if moves is None:
        raise DisclosureRefusedError("tables.not-adjusted")
    optimal = False
    if len(task.at) <= _SMALL:
        every = np.ones(len(task.at), dtype=bool)
        best = _solved(task, moves[task.at] > 0, every, moves)
        if best is not None and not best.missing.any():
            moves, optimal = best.moves, best.proven
    value = np.maximum(cells.value + groups.spread(moves), 0.0)
    _check(cells, at, needs, value)
    reach = _told(cells, found, value - cells.value)
    possible = [groups.spread(table) for table in _possible(task, moves, reach)]
    report = attacked_around(cells, found, value, reach, possible)
    if not report.passed:
        raise DisclosureRefusedError("tables.not-adjusted")
    moved = float(np.abs(value - cells.value).sum())
    return Adjustment(cells, value, found, moved, optimal, reach, report)


def _told(cells: Cells, found: Sensitivity, moves: Floats) -> float:
    """How far off numbers can be, as it is told.

    Never less than the largest move, and so much that every unsafe cell is open on the side it came
    from as well. Amounts go up to two digits, so that the number itself gives no need away.
    """
    away = np.where(moves > 0, found.below, found.above) + np.abs(moves)
    reach = float(np.where(found.unsafe, away, np.abs(moves)).max(initial=0.0))
    if cells.counts or reach == 0.0:
        return float(np.ceil(reach - NEAR))
    step = 10.0 ** (np.floor(np.log10(reach)) - 1.0)
    return float(np.ceil(reach / step - NEAR) * step)


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
    """Groups of equal cells, their room below and above, and how far unsafe ones go at least."""

    value: Floats
    sums: csr_matrix
    cost: Floats
    whole: bool
    room: tuple[Floats, Floats]
    at: Ints
    below: Floats
    above: Floats

    @property
    def size(self) -> int:
        return len(self.value)

    def programme(self, low: Floats, high: Floats) -> Programme:
        """Cells move up (first half) and down (second half); sums hold."""
        sums = csc_matrix(self.sums)
        matrix = csc_matrix(bmat([[sums, -sums]]))
        zeros = np.zeros(matrix.shape[0])
        cost = np.concatenate([self.cost, self.cost])
        whole = np.ones(len(cost), dtype=bool) if self.whole else None
        return Programme(cost, low, high, matrix, zeros, zeros, whole)


def _task(cells: Cells, groups: Merged, at: Ints, needs: tuple[Floats, Floats]) -> _Task:
    """What there is to move; a group goes as far as the one of its cells that needs most."""
    sums = cells.frame.sums
    cost = np.ones(cells.size)
    cost[sums.indices[sums.indptr[:-1]]] += _WHOLE_DEARER
    own = np.unique(groups.own[at])
    below, above = (groups.most(at, need)[own] for need in needs)
    # No cell needs to go further than all that must move together, and that with room.
    far = 4.0 * float(np.maximum(below, above).sum())
    room = np.minimum(groups.value, far), np.full(groups.size, far)
    whole = cells.whole_numbers
    return _Task(groups.value, groups.sums, groups.added(cost), whole, room, own, below, above)


def _possible(task: _Task, moves: Floats, reach: float) -> Iterator[Floats]:
    """Tables that could be the true one, as distances, and show unsafe cells open on both sides.

    The adjusted table shows each on the side it went to. Then the least moves the other way, for
    all that are left at once: others may go along as they please. What these do not show the audit
    looks for itself.
    """
    yield moves
    room = np.minimum(task.value, reach - moves), np.maximum(reach + moves, 0.0)
    up, down = moves[task.at] < task.above - NEAR, moves[task.at] > NEAR - task.below
    for _ in range(_LOOKS):
        which = up | down
        if not which.any():
            return
        left = replace(
            task, room=room, at=task.at[which], below=task.below[which], above=task.above[which]
        )
        found = _solved(left, up[which], np.zeros(int(which.sum()), dtype=bool))
        if found is None or found.missing.all():
            return
        yield found.moves
        up &= found.moves[task.at] < task.above - NEAR
        down &= found.moves[task.at] > NEAR - task.below


def _with_directions(task: _Task) -> Floats | None:
    """Moves that bring every unsafe cell far enough; None when no directions are found."""
    chance = np.random.default_rng(0)
    free = np.zeros(len(task.at), dtype=bool)
    best = _solved(task, _directions(task), free)
    worse = 0
    for _ in range(_FLIPS):
        if best is None or best.missing.sum() <= _FEW or worse == _NO_BETTER:
            break
        # All at once would only change places with the neighbours that then fall short.
        turned = best.missing & (chance.random(len(free)) < 0.5)
        found = _solved(task, best.up ^ turned, free)
        better = found is not None and found.missing.sum() < best.missing.sum()
        best, worse = (found, 0) if better else (best, worse + 1)
    for turn in range(_TURNS):
        if best is None or not best.missing.any():
            break
        free = free | _around(task, best.missing)
        # First only what is near moves, which is quick; the last turns move all there is.
        held = None if turn >= _NEARBY else _held(task, best, turn + 1)
        best = _solved(task, best.up, free, held=held) or best
    return None if best is None or best.missing.any() else best.moves


def _held(task: _Task, best: "_Found", steps: int) -> tuple[Bools, Floats]:
    """Cells that do not move again, and where they are: all that no few small sums connect."""
    sums = abs(task.sums)
    near = np.zeros(task.size)
    near[task.at[best.missing]] = 1.0
    near = np.asarray(sums.T @ (sums @ near) > 0, dtype=np.float64)
    small = sums[np.diff(sums.indptr) <= _FAMILY]
    for _ in range(steps):
        near = np.maximum(near, small.T @ (small @ near) > 0)
    return near == 0, best.moves


def _around(task: _Task, which: Bools) -> Bools:
    """These unsafe cells, and those that share a sum with them."""
    own = task.sums[:, task.at]
    touched = abs(own) @ which.astype(np.float64) > 0
    found: Bools = which | (abs(own).T @ touched.astype(np.float64) > 0)
    return found


def _directions(task: _Task) -> Bools:
    """Up or down, the largest first, so that cells in one sum make up for each other."""
    sums = task.sums.tocsc()
    balance = np.zeros(sums.shape[0])
    up = np.zeros(len(task.at), dtype=bool)
    for number in np.argsort(-task.above, kind="stable"):
        place = task.at[number]
        own = slice(sums.indptr[place], sums.indptr[place + 1])
        rows, factors = sums.indices[own], sums.data[own]
        tilt = float((balance[rows] * factors).sum())
        up[number] = tilt <= 0 or task.value[place] < task.below[number]
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


def _solved(
    task: _Task,
    up: Bools,
    free: Bools,
    start: Floats | None = None,
    *,
    held: tuple[Bools, Floats] | None = None,
) -> _Found | None:
    """The least moves, where some directions are given and others are free.

    Falling short is possible and dear: it tells which directions do not fit.
    """
    programme, whole = _programme(task, up, free)
    if held is not None:
        still, moves = held
        both = np.concatenate([np.maximum(moves, 0.0), np.maximum(-moves, 0.0)])
        fixed = np.concatenate([still, still, np.zeros(2 * len(task.at), dtype=bool)])
        both = np.concatenate([both, np.zeros(2 * len(task.at))])
        programme = replace(
            programme,
            low=np.where(fixed, both, programme.low),
            high=np.where(fixed, both, programme.high),
        )
    solver = Solver(programme, mip_rel_gap=1e-6 if free.all() else 0.01, mip_max_nodes=_NODES)
    size, number = task.size, len(task.at)
    if start is not None:
        none = np.zeros(number)
        ways = np.where(up, 1.0, 0.0)
        both = np.concatenate([np.maximum(start, 0.0), np.maximum(-start, 0.0)])
        solver.start_at(np.concatenate([both, ways, none]))
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
    base = task.programme(np.zeros(2 * task.size), np.concatenate([up_room, down_room]))
    ups = identity(2 * task.size, format="csr")[task.at]
    downs = identity(2 * task.size, format="csr")[task.size + task.at]
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
    sums_whole = np.zeros(2 * task.size, dtype=bool) if base.whole is None else base.whole
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
    size = task.size
    moves = answer.values[:size] - answer.values[size : 2 * size]
    found: Floats = np.round(moves) if task.whole else np.where(np.abs(moves) < NEAR, 0.0, moves)
    return found


def _check(cells: Cells, at: Ints, needs: tuple[Floats, Floats], value: Floats) -> None:
    """What is given back holds: sums, and every unsafe cell far enough away.

    Raises:
        DisclosureRefusedError: It does not.
    """
    sums = cells.frame.sums
    gap = np.abs(sums @ value) > 1e-6 * np.maximum(abs(sums) @ value, 1.0)
    below, above = needs
    moved = (value - cells.value)[at]
    slack = NEAR * np.maximum(1.0, cells.value[at])
    near = (moved < above - slack) & (-moved < below - slack)
    if gap.any() or near.any():
        raise DisclosureRefusedError("tables.not-adjusted")
