"""The least that must be withheld beside the unsafe cells: proven, or soon and near to it.

A master programme chooses cells; the attacker's programme finds what the choice leaves open, and
that becomes a condition of the master. First the master may choose parts of cells, which is quick
and says what is needed at least. Whole cells follow: a choice is filled until it holds, and then
trimmed; what that brings to light are conditions too. Conditions stay true when more must be
hidden, so a search goes on where it stood.

Source:
    Fischetti and Salazar-González (2000), doi:10.1080/01621459.2000.10474282.
"""

import itertools
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csc_matrix

from grondslag.anonymise.tables.audit import NEAR, audit
from grondslag.anonymise.tables.cutting import Cut, Cuts, Problem, Proofs, violated
from grondslag.anonymise.tables.demands import Demands
from grondslag.anonymise.tables.solving import INFINITE, Answer, Programme, Solver, solved
from grondslag.anonymise.tables.trees import Bools, Floats, Ints

_ROUGHLY = 0.01
"""Share by which a trimmed choice may cost more than its cheapest part."""
_CLOSER, _ROUGHEST = 0.2, 0.1
"""Share of the distance to the least that a choice anew may leave, and the most it may be."""
_FAR, _ENOUGH = 1.1, 2
"""A choice that costs so much more than the least after some rounds will not come near soon."""
_TRIES = 6
"""So many parts of a choice are tried freely, before what was tried stays."""


@dataclass(frozen=True, slots=True)
class Effort:
    """When a search is content; counted in steps, so that the answer is the same everywhere.

    Args:
        rounds: How often whole cells are chosen anew.
        gap: Share by which the choice may cost more than the least.
        nodes: How far the master looks at most in a round; None: until it is sure.
        slow: Share of the cost; a round with parts of cells that adds less is the last.
    """

    rounds: int = 200
    gap: float = 1e-6
    nodes: int | None = None
    slow: float = 0.0


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


class Search:
    """A search for the least that must be withheld.

    Args:
        problem: What must be protected.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._candidates = np.flatnonzero(problem.allowed & ~problem.unsafe)
        self._cost = problem.cost[self._candidates]
        self._cuts = Cuts(len(self._candidates))
        self._proofs = Proofs()
        self._master = Solver(self._programme(whole=False))
        report = audit(problem.shown(problem.unsafe), problem.demands, problem.knowledge)
        self._todo = np.flatnonzero(~report.safe)
        self._bound = 0.0
        self._best: Bools | None = None
        self._rounded = True

    @property
    def difficult(self) -> int:
        """How many demands need other cells."""
        return len(self._todo)

    def with_more(self, demands: Demands) -> None:
        """More must stay open; what was found still holds."""
        number = self.problem.demands.size
        self.problem = replace(self.problem, demands=self.problem.demands.with_more(demands))
        self._best, self._rounded = None, True
        self._todo = np.concatenate([self._todo, number + np.arange(demands.size)])

    def least(self, effort: Effort) -> Optimum | None:
        """Withhold as little as possible; None when no choice protects everything."""
        if not len(self._todo):
            return Optimum(self.problem.unsafe.copy(), 0.0, proven=True)
        if not len(self._candidates):
            return None
        for number in range(effort.rounds):
            parts = self._in_parts(effort)
            if parts is None:
                return None
            start = self._start(parts, effort)
            choice = None if start is None else self._filled(start, effort)
            choice = None if choice is None else self._trimmed(choice, effort)
            if choice is not None and self._spent(choice) < self._spent(self._best):
                self._best = choice
            near = self._spent(self._best) <= self._bound * (1 + effort.gap)
            far = self._spent(self._best) > self._bound * _FAR
            if near or start is None or (far and number >= _ENOUGH and effort.nodes is not None):
                break
        spent, hidden = self._spent(self._best), None
        if self._best is not None:
            hidden = self._hidden(self._best)
        return Optimum(hidden, self._bound, proven=spent <= self._bound * (1 + 1e-6) + 1e-9)

    def _start(self, parts: Answer, effort: Effort) -> Bools | None:
        """Whole cells to go on from; None when nothing costs less than the best so far."""
        if self._best is None and self._rounded:
            self._rounded = False
            return parts.values > 0.5
        spent = self._spent(self._best)
        # What a candidate costs in parts tells whether a cheaper choice can have it.
        useful = parts.reduced <= spent - parts.bound + NEAR
        if self._best is not None:  # far from the least a rough choice is progress enough
            gap = _CLOSER * (spent / max(parts.bound, NEAR) - 1.0)
            effort = replace(effort, gap=max(effort.gap, min(gap, _ROUGHEST)))
        answer = self._chosen(effort, most=useful)
        if answer is None:
            self._bound = spent if self._best is not None else self._bound
            return None
        self._bound = max(self._bound, min(answer.bound, spent))
        return answer.values > 0.5

    def _in_parts(self, effort: Effort) -> Answer | None:
        """Conditions from a master that may choose parts of cells; None when one cannot be met."""
        active, cost = self._todo, 0.0
        while True:
            answer = self._master.solve()
            if answer is None:
                return None
            self._bound = max(self._bound, answer.bound)
            slow = answer.cost - cost < effort.slow * answer.cost
            cost = answer.cost
            parts = np.where(answer.values > NEAR, answer.values, 0.0)
            known = len(self._cuts.found)
            found = self._violated(active, parts)
            if found is None:
                return None
            if slow or (len(self._cuts.found) == known and len(active) == len(self._todo)):
                return answer
            active = _demands_of(found) if len(self._cuts.found) > known else self._todo

    def _filled(self, choice: Bools, effort: Effort) -> Bools | None:
        """With as much more as makes it hold; None when that is not found."""
        active = self._todo
        while True:
            known = len(self._cuts.found)
            found = self._violated(active, choice.astype(np.float64))
            if found is None or (found and len(self._cuts.found) == known):
                return None
            if not found and len(active) == len(self._todo):
                return choice
            if found:
                answer = self._chosen(effort, least=choice)
                if answer is None:
                    return None
                choice = choice | (answer.values > 0.5)
            active = _demands_of(found) if found else self._todo

    def _trimmed(self, choice: Bools, effort: Effort) -> Bools:
        """A cheap part of a choice that holds."""
        active, part = self._todo, np.zeros(len(choice), dtype=bool)
        effort = replace(effort, gap=max(effort.gap, _ROUGHLY))
        for number in itertools.count():
            least = part if number >= _TRIES else None
            answer = self._chosen(effort, least=least, most=choice)
            if answer is None:
                return choice
            part = answer.values > 0.5
            if self._spent(part) >= self._spent(choice):
                return choice
            known = len(self._cuts.found)
            found = self._violated(active, part.astype(np.float64))
            if found is None or (found and len(self._cuts.found) == known):
                return choice
            if not found and len(active) == len(self._todo):
                return part
            active = _demands_of(found) if found else self._todo
        return choice

    def _spent(self, choice: Bools | None) -> float:
        return np.inf if choice is None else float(self._cost[choice].sum())

    def _hidden(self, choice: Bools) -> Bools:
        hidden = self.problem.unsafe.copy()
        hidden[self._candidates[choice]] = True
        return hidden

    def _violated(self, which: Ints, values: Floats) -> list[Cut] | None:
        """Conditions that are not met, new ones kept; None when one can never be met."""
        share = self.problem.unsafe.astype(np.float64)
        share[self._candidates] = values
        found = violated(self.problem, which, share, self._candidates, self._proofs)
        if found is None:
            return None
        for cut in found:
            if self._cuts.add(cut):
                self._master.add_condition(1.0, INFINITE, cut.places, cut.factors)
        return found

    def _chosen(
        self, effort: Effort, *, least: Bools | None = None, most: Bools | None = None
    ) -> Answer | None:
        """The cheapest whole cells, with at least or at most these."""
        options: dict[str, float | int] = {"mip_rel_gap": effort.gap}
        if effort.nodes is not None:
            options["mip_max_nodes"] = effort.nodes
        programme = self._programme(whole=True)
        low = programme.low if least is None else least.astype(np.float64)
        high = programme.high if most is None else most.astype(np.float64)
        return solved(replace(programme, low=low, high=high), **options)

    def _programme(self, *, whole: bool) -> Programme:
        matrix = self._cuts.matrix()
        return Programme(
            cost=self._cost,
            low=np.zeros(len(self._cost)),
            high=np.ones(len(self._cost)),
            matrix=csc_matrix(matrix),
            least=np.ones(matrix.shape[0]),
            most=np.full(matrix.shape[0], INFINITE),
            whole=np.ones(len(self._cost), dtype=bool) if whole else None,
        )


def _demands_of(found: list[Cut]) -> Ints:
    return np.unique(np.array([cut.demand for cut in found]))
