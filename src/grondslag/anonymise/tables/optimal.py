"""The least that must be withheld beside the unsafe cells, proven: for small tables.

A master programme chooses cells; the attacker's programme finds what the choice leaves open; its
prices say which cells could have helped, and that becomes a condition of the master.

Source:
    Fischetti and Salazar-González (2000), doi:10.1080/01621459.2000.10474282: Benders' cuts
    (capacity constraints), with coefficients cut down to what is needed.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csc_matrix, vstack
from scipy.sparse import csr_matrix as rows_matrix

from grondslag.anonymise.tables.audit import NEAR, Attack, Group, Shown, audit, groups_of
from grondslag.anonymise.tables.demands import Demands, Knowledge
from grondslag.anonymise.tables.solving import INFINITE, Answer, Programme, Solver, solved
from grondslag.anonymise.tables.trees import Bools, Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """What must be protected, and what may be withheld for it.

    Args:
        value: The true value per cell.
        sums: Per sum 1 for the whole and -1 for each part.
        unsafe: Cells that are withheld in any case.
        demands: What must stay open.
        knowledge: What the attacker knows beforehand.
        cost: Of withholding a cell.
        allowed: Cells that may be withheld as well.
    """

    value: Floats
    sums: rows_matrix
    unsafe: Bools
    demands: Demands
    knowledge: Knowledge
    cost: Floats
    allowed: Bools

    def shown(self, hidden: Bools) -> Shown:
        """What everybody sees when these cells are withheld."""
        return Shown(self.value, hidden, self.sums)


@dataclass(frozen=True, slots=True, eq=False)
class Optimum:
    """What the search found.

    Args:
        hidden: The withheld cells; None when the search ended before it had a choice that holds.
        bound: No choice costs less.
        proven: Whether the choice is the cheapest.
    """

    hidden: Bools | None
    bound: float
    proven: bool


@dataclass(slots=True)
class _Cuts:
    """The conditions found so far, over the candidates."""

    size: int
    rows: list[rows_matrix] = field(default_factory=list)

    def matrix(self) -> csc_matrix:
        if not self.rows:
            return csc_matrix((0, self.size))
        return vstack(self.rows).tocsc()


def least_hidden(problem: Problem, *, rounds: int = 200, gap: float = 1e-6) -> Optimum | None:
    """Withhold as little as possible.

    Args:
        problem: What must be protected.
        rounds: How often the master is solved at most.
        gap: Share of the cost by which a choice may miss the optimum.

    Returns:
        The choice; None when no choice protects everything.
    """
    report = audit(problem.shown(problem.unsafe), problem.demands, problem.knowledge)
    todo = np.flatnonzero(~report.safe)
    demands = problem.demands.only(todo)
    if not len(todo):
        return Optimum(problem.unsafe.copy(), 0.0, proven=True)
    candidates = np.flatnonzero(problem.allowed & ~problem.unsafe)
    if not len(candidates):
        return None
    cuts = _Cuts(len(candidates))
    cost = problem.cost[candidates]
    master = Solver(_master(cost, cuts, whole=False))
    bound, whole = 0.0, False
    for _ in range(rounds):
        answer = (
            solved(_master(cost, cuts, whole=True), mip_rel_gap=gap) if whole else master.solve()
        )
        if answer is None:
            return None
        bound = max(bound, answer.bound)
        share = _shares(problem, candidates, answer, whole=whole)
        found = _violated(problem, demands, share, candidates)
        if found is None:
            return None
        if not len(found) and whole:
            return Optimum(share > 0, bound, proven=answer.proven)
        whole = whole or not len(found)
        _add(cuts, master, found)
    return Optimum(None, bound, proven=False)


def _master(cost: Floats, cuts: _Cuts, *, whole: bool) -> Programme:
    matrix = cuts.matrix()
    return Programme(
        cost=cost,
        low=np.zeros(len(cost)),
        high=np.ones(len(cost)),
        matrix=matrix,
        least=np.ones(matrix.shape[0]),
        most=np.full(matrix.shape[0], INFINITE),
        whole=np.ones(len(cost), dtype=bool) if whole else None,
    )


def _shares(problem: Problem, candidates: Ints, answer: Answer, *, whole: bool) -> Floats:
    share = problem.unsafe.astype(np.float64)
    chosen = np.where(answer.values > NEAR, answer.values, 0.0)
    share[candidates] = (chosen > 0.5).astype(np.float64) if whole else chosen
    return share


def _add(cuts: _Cuts, master: Solver, found: list[rows_matrix]) -> None:
    for row in found:
        cuts.rows.append(row)
        master.add_condition(1.0, INFINITE, row.indices, row.data)


def _violated(
    problem: Problem, demands: Demands, share: Floats, candidates: Ints
) -> list[rows_matrix] | None:
    """The conditions that a choice does not meet; None when no choice can meet one."""
    found: list[rows_matrix] = []
    seen: set[bytes] = set()
    room = room_of(problem)
    for group in groups_of(problem.shown(share > 0), demands):
        if not len(group.demands):
            continue
        attack = Attack(group, problem.value, problem.knowledge, share[group.places])
        for at, demand in enumerate(group.demands):
            for sign, needs in ((1.0, demands.above), (-1.0, demands.below)):
                need = float(needs[demand])
                reach, _, prices = attack.push(at, sign)
                if reach >= need * (1 - NEAR) - 1e-9:
                    continue
                row = _cut(problem, group, _Found(at, sign, need, prices), room, candidates)
                if row is None:
                    return None
                name = row.indices.tobytes() + np.round(row.data, 9).tobytes()
                if name not in seen:
                    seen.add(name)
                    found.append(row)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    demand: int
    sign: float
    need: float
    prices: Floats


def room_of(problem: Problem) -> tuple[Floats, Floats]:
    """How far each cell can go down and up, with an end."""
    far = 1e3 * max(1.0, float(problem.value.max()))
    down = np.minimum(np.maximum(problem.value - problem.knowledge.low, 0.0), far)
    up = np.minimum(np.maximum(problem.knowledge.high - problem.value, 0.0), far)
    return down, up


def _cut(
    problem: Problem,
    group: Group,
    found: _Found,
    room: tuple[Floats, Floats],
    candidates: Ints,
) -> rows_matrix | None:
    """From the attacker's prices: these cells together must give room for what is needed."""
    price = np.zeros(problem.sums.shape[0])
    price[group.rows] = found.prices
    slope = -(problem.sums.T @ price)
    own = group.members[found.demand]
    slope[group.places[own.indices]] -= found.sign
    slope[np.abs(slope) < 1e-9] = 0.0
    gain = np.where(slope < 0, -slope * room[1], slope * room[0])
    need = found.need - float(gain[problem.unsafe].sum())
    if need <= 1e-9 * max(1.0, found.need):
        need = 1e-9
    factors = np.minimum(gain[candidates], need) / need
    places = np.flatnonzero(factors > 1e-7)
    if not len(places):
        return None
    row = (factors[places], (np.zeros(len(places), dtype=np.int64), places))
    return rows_matrix(row, shape=(1, len(candidates)))
