"""A choice of cells to withhold for large tables: many demands protected by one programme.

One table that differs from the true one in many places at once shows of all demands it moves far
enough that they stay open. The cheapest such table, over cells that may still be shown, says which
cells to withhold. Demands that hinder each other wait for the next programme.

Source:
    Fischetti and Salazar-González (2000), doi:10.1080/01621459.2000.10474282, for the
    programme of one cell; Candès, Wakin and Boyd (2008), doi:10.1007/s00041-008-9045-x, for few
    places instead of small moves by weighing again. Many cells at once is ours.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import bmat, csc_matrix, csr_matrix, diags, identity

from grondslag.anonymise.tables.audit import NEAR
from grondslag.anonymise.tables.cutting import Problem, room_of
from grondslag.anonymise.tables.solving import INFINITE, Programme, solved
from grondslag.anonymise.tables.trees import Bools, Floats, Ints

_ALONE = 4
"""Programmes over the withheld cells only, before others are looked at."""
_STUCK = 12
"""Programmes in a row that help nobody: then no choice is found."""
_HURRIED = 3
"""So many when no work is left; then all that may be is withheld."""
_LARGE = 10_000
"""From so many cells on, places are weighed again once instead of twice."""


@dataclass(slots=True, eq=False)
class _State:
    """How far the search is: withheld cells, and per demand which side is not yet open."""

    hidden: Bools
    up: Bools
    down: Bools
    chance: np.random.Generator


def grown(problem: Problem, allowed: Bools, *, parts: int, seed: int) -> Bools | None:
    """Withhold cells until every demand is open on both sides; None when it does not succeed.

    Args:
        problem: What must be protected.
        allowed: Cells that may be withheld as well; zeros never help.
        parts: In how many programmes the demands that need others are taken, largest first.
        seed: Same seed, same choice.
    """
    number = problem.demands.size
    state = _State(
        problem.unsafe.copy(),
        problem.demands.above > 0,
        problem.demands.below > 0,
        np.random.default_rng(seed),
    )
    for _ in range(_ALONE):
        _round(problem, state, state.hidden, np.arange(number), weigh=0)
    weigh = 2 if len(problem.value) <= _LARGE else 1
    stuck = 0
    while (state.up | state.down).any() and stuck < _STUCK:
        before = int(state.up.sum() + state.down.sum())
        open_sides = np.flatnonzero(state.up | state.down)
        size = np.maximum(problem.demands.above, problem.demands.below)[open_sides]
        chosen = open_sides[np.argsort(-size, kind="stable")]
        chosen = chosen[: max(1, -(-len(chosen) // max(parts, 1)))]
        parts -= 1
        if stuck:  # some hinder each other: a part of them, drawn anew
            chosen = state.chance.permutation(chosen)[: max(1, len(chosen) // (stuck + 1))]
        _round(problem, state, allowed | state.hidden, chosen, weigh=weigh)
        stuck = stuck + 1 if int(state.up.sum() + state.down.sum()) == before else 0
        if problem.work.is_over:  # no care any more; when that fails, all there is
            parts, weigh = 0, 0
            if stuck > _HURRIED:
                return allowed | state.hidden
    return None if (state.up | state.down).any() else state.hidden


def _round(problem: Problem, state: _State, allowed: Bools, chosen: Ints, *, weigh: int) -> None:
    chosen = chosen[(state.up | state.down)[chosen]]
    if not len(chosen):
        return
    sign = _signs(problem, state, chosen)
    chosen, sign = chosen[sign != 0.0], sign[sign != 0.0]
    needs = np.where(sign > 0, problem.demands.above[chosen], problem.demands.below[chosen])
    usual = max(float(np.median(needs)), 1e-9)
    down, up = room_of(problem)
    cost = problem.cost + 1e-3
    price = np.where(state.hidden, 0.0, cost / np.minimum(np.maximum(down, 1e-9), usual))
    moves = np.zeros(len(price))
    for _ in range(weigh + 1):
        # Falling short costs more than any way to move; where nothing does, small needs.
        top = float(price.max(where=allowed, initial=0.0))
        penalty = np.full(len(needs), 50.0 * top) if top > 0 else 1.0 / np.maximum(needs, 1e-9)
        asked = _Asked(chosen, sign, needs, penalty)
        moves = _moved(problem, allowed, price, (down, up), asked)
        if not (np.abs(moves) > NEAR)[~state.hidden].any():
            break
        price = np.where(state.hidden, 0.0, cost / (np.abs(moves) + 0.05 * usual))
    state.hidden |= np.abs(moves) > NEAR
    reached = problem.demands.members @ moves
    state.up &= reached < problem.demands.above * (1 - NEAR) - 1e-9
    state.down &= -reached < problem.demands.below * (1 - NEAR) - 1e-9


def _signs(problem: Problem, state: _State, chosen: Ints) -> Floats:
    """Up or down per demand, so that demands in one sum move against each other."""
    sums = problem.sums.tocsc()
    members = problem.demands.members
    balance = np.zeros(sums.shape[0])
    needs = np.maximum(problem.demands.above, problem.demands.below)
    found = np.zeros(problem.demands.size)
    turned = state.chance.random(problem.demands.size) < 0.25
    for demand in chosen[np.argsort(-needs[chosen], kind="stable")]:
        at = members.indices[members.indptr[demand]]
        rows = sums.indices[sums.indptr[at] : sums.indptr[at + 1]]
        factors = sums.data[sums.indptr[at] : sums.indptr[at + 1]]
        size = needs[demand]
        tilt = (np.sign(balance[rows] * factors) * np.minimum(np.abs(balance[rows]), size)).sum()
        sign = -1.0 if (tilt > 0) != turned[demand] else 1.0
        if not (state.up if sign > 0 else state.down)[demand]:
            if tilt != 0.0 and not turned[demand]:
                continue  # only the side that hinders others is left: a later programme's turn
            sign = -sign
        found[demand] = sign
        balance[rows] += factors * sign * size
    return found[chosen]


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """Which demands a programme moves, which way, how far, and what falling short costs."""

    demands: Ints
    sign: Floats
    needs: Floats
    penalty: Floats


def _moved(
    problem: Problem, allowed: Bools, price: Floats, room: tuple[Floats, Floats], asked: _Asked
) -> Floats:
    """The cheapest table that moves the demands, as distances from the true one."""
    down, up = room
    free = np.flatnonzero(allowed & (price == 0.0))
    paid = np.flatnonzero(allowed & (price > 0.0))
    rows = problem.sums[:, allowed].getnnz(axis=1) > 0
    sums = problem.sums[rows]
    members = diags(asked.sign) @ problem.demands.members[asked.demands]
    short = identity(len(asked.demands), format="csr")
    left, right = (csr_matrix(sums[:, at]) for at in (free, paid))
    wanted, others = (csr_matrix(members[:, at]) for at in (free, paid))
    matrix = csc_matrix(bmat([[left, right, -right, None], [wanted, others, -others, short]]))
    zeros = np.zeros(int(rows.sum()))
    programme = Programme(
        cost=np.concatenate([price[free], price[paid], price[paid], asked.penalty]),
        low=np.concatenate([-down[free], np.zeros(2 * len(paid) + len(asked.demands))]),
        high=np.concatenate([up[free], up[paid], down[paid], asked.needs]),
        matrix=matrix,
        least=np.concatenate([zeros, asked.needs]),
        most=np.concatenate([zeros, np.full(len(asked.needs), INFINITE)]),
    )
    answer = solved(programme, problem.work)
    moves = np.zeros(len(price))
    if answer is not None:
        count = len(free), len(free) + len(paid)
        moves[free] = answer.values[: count[0]]
        ups = answer.values[count[0] : count[1]]
        moves[paid] = ups - answer.values[count[1] : count[1] + len(paid)]
    return moves
