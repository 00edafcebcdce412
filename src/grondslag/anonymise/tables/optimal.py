"""The least that must be withheld beside the unsafe cells: proven, or soon and near to it.

A master programme chooses cells; the attacker's programme finds what the choice leaves open, and
that becomes a condition of the master. First the master may choose parts of cells, which is quick
and says what is needed at least. Whole cells follow: a choice is filled until it holds, and then
trimmed, and made cheaper around one place at a time; what that brings to light are conditions too.
Conditions stay true when more must be hidden, so a search goes on where it stood. It ends when its
work is done, with the best choice so far.

Source:
    Fischetti and Salazar-González (2000), doi:10.1080/01621459.2000.10474282.
"""

import itertools
from dataclasses import dataclass, replace

import numpy as np

from grondslag.anonymise.tables.audit import NEAR, audit
from grondslag.anonymise.tables.cutting import Cut, Cuts, Problem, Proofs, violated
from grondslag.anonymise.tables.demands import Demands
from grondslag.anonymise.tables.master import Care, Chosen, cheapest, in_parts
from grondslag.anonymise.tables.nearby import WIDTHS, Places
from grondslag.anonymise.tables.solving import INFINITE, Answer
from grondslag.anonymise.tables.trees import Bools, Floats, Ints

_ROUGHLY = 0.01
"""Share by which a trimmed choice may cost more than its cheapest part."""
_CLOSER, _ROUGHEST = 0.2, 0.1
"""Share of the distance to the least that a choice anew may leave, and the most it may be."""
_STEP = 5e7
"""Work of one of many programmes for whole cells: half a second."""
_NEARBY = Care(gap=0.001, nodes=50, work=_STEP / 10)
"""How well a choice is made around one place."""
_LOOK = 0.3
"""Share of the work left that one look for whole cells over the whole table may take."""
_TRIES = 6
"""So many parts of a choice are tried freely, before what was tried stays."""


@dataclass(frozen=True, slots=True)
class Effort:
    """When a search is content; counted in steps, so that the answer is the same everywhere.

    Args:
        rounds: How often whole cells are chosen anew.
        gap: Share by which the choice may cost more than the least.
        nodes: How far the master looks at most in a round.
        slow: Share of the cost; a round with parts of cells that adds less is the last.
        work: When this much is solved, the best so far is the answer.
        nearby: Share of the work so far that making it cheaper around places may take.
    """

    rounds: int = 200
    gap: float = 1e-6
    nodes: int = 20_000
    slow: float = 0.0
    work: float = INFINITE
    nearby: float = 1.0


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
        self._master = in_parts(self._cost, problem.work)
        self._places = Places(problem.sums, self._candidates, self._cost)
        report = audit(problem.shown(problem.unsafe), problem.demands, problem.knowledge)
        self._todo = np.flatnonzero(~report.safe)
        self._bound = 0.0
        self._best: Bools | None = None
        self._settled: Bools | None = None
        self._rounded = True
        self._until = INFINITE

    @property
    def difficult(self) -> int:
        """How many demands need other cells."""
        return len(self._todo)

    def with_more(self, demands: Demands) -> None:
        """More must stay open; what was found still holds."""
        number = self.problem.demands.size
        self.problem = replace(self.problem, demands=self.problem.demands.with_more(demands))
        self._best, self._settled, self._rounded = None, None, True
        self._todo = np.concatenate([self._todo, number + np.arange(demands.size)])

    def least(self, effort: Effort) -> Optimum | None:
        """Withhold as little as possible; None when no choice protects everything."""
        if not len(self._todo):
            return Optimum(self.problem.unsafe.copy(), 0.0, proven=True)
        if not len(self._candidates):
            return None
        self._until = self.problem.work.spent + effort.work
        for _ in range(effort.rounds):
            parts = self._in_parts(effort)
            if parts is None:
                return None
            before = self._bound, self._spent(self._best), len(self._cuts.found)
            start = self._start(parts, effort)
            if start is None:
                break
            self._better(start, effort)
            after = self._bound, self._spent(self._best), len(self._cuts.found)
            if self._best is not None and (
                before == after or self._is_near(self._best, effort) or self._is_enough()
            ):
                break
        spent, hidden = self._spent(self._best), None
        if self._best is not None:
            hidden = self._hidden(self._best)
        return Optimum(hidden, self._bound, proven=spent <= self._bound * (1 + 1e-6) + 1e-9)

    def _is_enough(self) -> bool:
        work = self.problem.work
        return work.is_enough or work.spent >= self._until

    def _better(self, start: Bools, effort: Effort) -> None:
        """A choice that holds, kept when it costs less than the best so far."""
        if self._spent(start) < self._spent(self._best):
            choice = self._filled(start, effort)
            choice = None if choice is None else self._trimmed(choice, effort)
            if self._spent(choice) < self._spent(self._best) * (1 - NEAR):
                self._best = choice
        if self._best is not None and self._best is not self._settled:
            self._best = self._nearby(self._best, effort)

    def _start(self, parts: Answer, effort: Effort) -> Bools | None:
        """Whole cells to go on from; None when nothing costs less than the best so far."""
        if self._best is None and self._rounded:
            self._rounded = False
            return parts.values > 0.5
        spent = self._spent(self._best)
        # What a candidate costs in parts tells whether a cheaper choice can have it.
        useful = parts.reduced <= spent - parts.bound + NEAR
        gap = effort.gap
        if self._best is not None:  # far from the least a rough choice is progress enough
            rough = _CLOSER * (spent / max(self._bound, NEAR) - 1.0)
            gap = max(gap, min(rough, _ROUGHEST))
        left = min(self.problem.work.enough, self._until) - self.problem.work.spent
        care = Care(gap, effort.nodes, max(_LOOK * left, _STEP), self._best)
        answer = self._chosen(care, most=useful)
        if answer is None:
            self._bound = spent if self._best is not None else self._bound
            return None
        self._bound = max(self._bound, min(answer.bound, spent))
        return answer.which

    def _in_parts(self, effort: Effort) -> Answer | None:
        """Conditions from a master that may choose parts of cells; None when one cannot be met."""
        active, cost = self._todo, 0.0
        while True:
            answer = self._master.solve()
            if answer is None:
                return None
            self._bound = max(self._bound, answer.bound)
            slow = answer.cost - cost < effort.slow * answer.cost or self._is_enough()
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
            found = self._violated(active, choice.astype(np.float64))
            if found is None:
                return None
            if not found and len(active) == len(self._todo):
                return choice
            if found:
                answer = self._chosen(Care(effort.gap, effort.nodes, _STEP), least=choice)
                if answer is None or (answer.which == choice).all() or self.problem.work.is_over:
                    return None
                choice = answer.which
            active = _demands_of(found) if found else self._todo

    def _trimmed(self, choice: Bools, effort: Effort) -> Bools:
        """A cheap part of a choice that holds."""
        care = Care(max(effort.gap, _ROUGHLY), effort.nodes, _STEP)
        none = np.zeros(len(choice), dtype=bool)
        return self._cheaper(choice, (none, choice), care, tries=_TRIES)

    def _nearby(self, choice: Bools, effort: Effort) -> Bools:
        """A choice that holds, made cheaper around one place at a time, ever wider."""
        work = self.problem.work
        until = min(work.spent * (1 + effort.nearby), self._until)
        for wide in WIDTHS:
            gained = True
            while gained:
                gained = False
                for anew in self._places.around(choice, wide):
                    if self._is_enough() or work.spent > until or self._is_near(choice, effort):
                        return choice
                    part = self._cheaper(choice, (choice & ~anew, choice | anew), _NEARBY)
                    gained = gained or part is not choice
                    choice = part
        self._settled = choice
        return choice

    def _is_near(self, choice: Bools, effort: Effort) -> bool:
        return self._spent(choice) <= self._bound * (1 + effort.gap)

    def _cheaper(
        self, choice: Bools, ends: tuple[Bools, Bools], care: Care, tries: int = 1_000_000
    ) -> Bools:
        """A choice that holds and costs less, between two ends; else the choice itself."""
        active, (part, most) = self._todo, ends
        least = part
        for number in itertools.count():
            answer = self._chosen(care, least=part if number >= tries else least, most=most)
            if answer is None or self._spent(answer.which) >= self._spent(choice) * (1 - NEAR):
                return choice
            part = answer.which
            known = len(self._cuts.found)
            found = self._violated(active, part.astype(np.float64))
            if found is None or (found and len(self._cuts.found) == known):
                return choice
            if not found and len(active) == len(self._todo):
                return part
            active = _demands_of(found) if found else self._todo
            if self.problem.work.is_enough:
                return choice
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
        self, care: Care, *, least: Bools | None = None, most: Bools | None = None
    ) -> Chosen | None:
        """The cheapest whole cells, with at least or at most these."""
        size = len(self._candidates)
        return cheapest(
            self._cuts,
            self._cost,
            care,
            self.problem.work,
            least=np.zeros(size, dtype=bool) if least is None else least,
            most=np.ones(size, dtype=bool) if most is None else most,
        )


def _demands_of(found: list[Cut]) -> Ints:
    return np.unique(np.array([cut.demand for cut in found]))
