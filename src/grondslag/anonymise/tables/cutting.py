"""What a choice of cells to withhold leaves open, as conditions that every good choice meets.

The attacker's programme finds a demand that is not open far enough; its prices say which cells
could have given room, and how much. Cells that give too little room together are no choice.

Source:
    Fischetti and Salazar-González (2000), doi:10.1080/01621459.2000.10474282: Benders' cuts
    (capacity constraints), with coefficients cut down to what is needed.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix, vstack

from grondslag.anonymise.tables.audit import (
    NEAR,
    Attack,
    Group,
    Seen,
    Shown,
    groups_of,
    seen_together,
)
from grondslag.anonymise.tables.demands import Demands, Knowledge
from grondslag.anonymise.tables.solving import Work
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
        work: What choosing takes is added to it.
    """

    value: Floats
    sums: csr_matrix
    unsafe: Bools
    demands: Demands
    knowledge: Knowledge
    cost: Floats
    allowed: Bools
    work: Work = field(default_factory=Work)

    def shown(self, hidden: Bools) -> Shown:
        """What everybody sees when these cells are withheld."""
        return Shown(self.value, hidden, self.sums)


def room_of(problem: Problem) -> tuple[Floats, Floats]:
    """How far each cell can go down and up, with an end."""
    far = 1e3 * max(1.0, float(problem.value.max()))
    down = np.minimum(np.maximum(problem.value - problem.knowledge.low, 0.0), far)
    up = np.minimum(np.maximum(problem.knowledge.high - problem.value, 0.0), far)
    return down, up


@dataclass(frozen=True, slots=True, eq=False)
class Cut:
    """A condition: the chosen candidates at these places give at least 1 together.

    Args:
        demand: For which demand.
        places: Among the candidates.
        factors: What each gives; at most 1.
    """

    demand: int
    places: Ints
    factors: Floats


@dataclass(slots=True)
class Cuts:
    """The conditions found so far.

    Args:
        size: How many candidates there are.
    """

    size: int
    found: list[Cut] = field(default_factory=list)
    _seen: set[bytes] = field(default_factory=set)
    _matrix: csr_matrix | None = None

    def add(self, cut: Cut) -> bool:
        """Keep a condition; False when it was there."""
        name = cut.places.tobytes() + np.round(cut.factors, 9).tobytes()
        if name in self._seen:
            return False
        self._seen.add(name)
        self.found.append(cut)
        return True

    def matrix(self) -> csr_matrix:
        """A row per condition over the candidates."""
        known = csr_matrix((0, self.size)) if self._matrix is None else self._matrix
        new = self.found[known.shape[0] :]
        if new:
            pointers = np.cumsum([0, *(len(cut.places) for cut in new)])
            places = np.concatenate([cut.places for cut in new])
            factors = np.concatenate([cut.factors for cut in new])
            rows = csr_matrix((factors, places, pointers), shape=(len(new), self.size))
            known = vstack([known, rows], format="csr")
        self._matrix = known
        return known


@dataclass(slots=True)
class Proofs:
    """Per demand the cells that move in tables that show it open on both sides.

    As long as all those are withheld, the demand is open and needs no programme.
    """

    moving: dict[int, Ints] = field(default_factory=dict)

    def missing(self, which: Ints, hidden: Bools) -> Ints:
        """Demands that these withheld cells may leave closed, as far as is known."""
        known = [
            demand in self.moving and bool(hidden[self.moving[demand]].all())
            for demand in which.tolist()
        ]
        missing: Ints = which[~np.array(known, dtype=bool)]
        return missing


def violated(
    problem: Problem, which: Ints, share: Floats, candidates: Ints, proofs: Proofs
) -> list[Cut] | None:
    """The conditions that a choice does not meet; None when no choice can meet one.

    Args:
        problem: What must be protected.
        which: Numbers of the demands that are looked at.
        share: Per cell how much of its room it gives: 1 for a withheld cell, 0 for a shown one.
        candidates: Numbers of the cells that can still be chosen.
        proofs: What is known; more is added when *share* holds whole cells only.
    """
    found: list[Cut] = []
    hidden = share > 0
    whole = bool((share[hidden] == 1.0).all())
    if whole:
        which = proofs.missing(which, hidden)
    demands = problem.demands.only(which)
    maker = _Maker(problem, csc_matrix(problem.sums), room_of(problem), candidates)
    for group in groups_of(problem.shown(hidden), demands):
        attack = Attack(
            group, problem.value, problem.knowledge, share[group.places], work=problem.work
        )
        seen = Seen(group, demands)
        seen_together(attack, seen)
        closed = _closed(attack, group, demands, seen)
        for push in closed:
            cut = maker.cut(group, push)
            if cut is None:
                return None
            found.append(Cut(int(which[group.demands[push.demand]]), *cut))
        if whole:
            still = {push.demand for push in closed}
            for at, demand in enumerate(which[group.demands].tolist()):
                if at not in still:
                    proofs.moving[demand] = seen.moved_with(at)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Push:
    """A demand of a group that is not open far enough on one side, and the prices that say why."""

    demand: int
    sign: float
    need: float
    prices: Floats


def _closed(attack: Attack, group: Group, demands: Demands, seen: Seen) -> list[_Push]:
    found = []
    for sign in (1.0, -1.0):
        needs = (demands.above if sign > 0 else demands.below)[group.demands]
        for at, need in enumerate(needs.tolist()):
            if (seen.short_up() if sign > 0 else seen.short_down())[at]:
                reach, values, prices = attack.push(at, sign)
                seen.see(values)
                if reach < need * (1 - NEAR) - 1e-9:
                    found.append(_Push(at, sign, need, prices))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Maker:
    """Makes conditions: of the candidates, with how far each cell can go."""

    problem: Problem
    sums: csc_matrix
    room: tuple[Floats, Floats]
    candidates: Ints

    def cut(self, group: Group, push: _Push) -> tuple[Ints, Floats] | None:
        """From the attacker's prices: these cells together must give room for what is needed."""
        price = np.zeros(self.sums.shape[0])
        price[group.rows] = push.prices
        slope = -(self.sums.T @ price)
        own = group.members[push.demand]
        slope[group.places[own.indices]] -= push.sign
        slope[np.abs(slope) < 1e-9] = 0.0
        gain = np.where(slope < 0, -slope * self.room[1], slope * self.room[0])
        need = push.need - float(gain[self.problem.unsafe].sum())
        if need <= 1e-9 * max(1.0, push.need):
            need = 1e-9
        factors = np.minimum(gain[self.candidates], need) / need
        places = np.flatnonzero(factors > 1e-7)
        return (places, factors[places]) if len(places) else None
