"""Withhold the unsafe cells, and as little else as keeps them hidden; proven by the audit."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from grondslag.anonymise.tables.audit import AuditReport, Shown, audit
from grondslag.anonymise.tables.cells import Cells, Key
from grondslag.anonymise.tables.cutting import Problem
from grondslag.anonymise.tables.demands import (
    Demands,
    cell_demands,
    group_demands,
    knowledge_of,
)
from grondslag.anonymise.tables.growing import grown
from grondslag.anonymise.tables.optimal import Effort, Optimum, Search
from grondslag.anonymise.tables.primary import Rules, Sensitivity, sensitivity
from grondslag.anonymise.tables.solving import Work
from grondslag.anonymise.tables.trees import Bools, Floats
from grondslag.errors import DisclosureRefusedError, InputError

_AGAIN_UP_TO = 10_000
"""Up to so many cells a large table is grown a second time, over the first choice."""
_SEARCHED_UP_TO = 8_000_000
"""Demands that need other cells times cells of the table; above, a choice is grown: a search would
take minutes."""
_ENOUGH, _MOST = 1e9, 3e9
"""Work after which a choice is not made better any more, and after which whatever holds is taken;
some ten and some thirty seconds."""
_SHARE, _OF_MANY = 4e8, 2e8
"""Work of one search, and of one where groups of withheld cells may ask for more of them."""
_LONG = 2e10
"""The same where the least is asked: some minutes."""
_ANEW = 5
"""So often everything is chosen anew when groups of withheld cells must be safe too."""
_FURTHER = 3
"""So many persons further at most must counts be open, where parts of persons mislead."""
_SMALL, _MIDDLE = 1_500, 5_000
"""Cells of a table of which the least is worth a longer search, and of one of which it is not."""


class Method(Enum):
    """How the cells to withhold are chosen."""

    AUTOMATIC = "automatic"
    OPTIMAL = "optimal"
    FAST = "fast"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What may be withheld, and what that costs.

    Args:
        method: Optimal where that ends soon, else fast.
        weigh: ``value``, ``contributors`` or ``cells``: what is lost least of.
        waived: Cells whose contributors agreed to be shown: not unsafe.
        shown: Cells that may not be withheld besides.
        together: Whether withheld cells that a shown whole gives away together must be safe too.
    """

    method: Method = Method.AUTOMATIC
    weigh: str = "value"
    waived: Collection[Key] = ()
    shown: Collection[Key] = ()
    together: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Suppression:
    """A protected table.

    Args:
        cells: The tables.
        hidden: Which cells are withheld.
        found: Which are unsafe by themselves, and why.
        demands: What stays hidden: the unsafe cells, and groups that a whole gives away.
        report: Of the audit: the proof.
        optimal: Whether no choice costs less.
        cost: Of the other cells that are withheld.
        bound: No choice costs less than this; 0 when it is not known.
    """

    cells: Cells
    hidden: Bools
    found: Sensitivity
    demands: Demands
    report: AuditReport
    optimal: bool
    cost: float
    bound: float

    @property
    def secondary(self) -> Bools:
        """Cells that are withheld for the sake of others."""
        return self.hidden & ~self.found.unsafe

    def shown(self) -> dict[Key, float]:
        """What may be seen."""
        keys = self.cells.frame.keys()
        return {
            key: float(value)
            for key, value, hidden in zip(keys, self.cells.value, self.hidden, strict=True)
            if not hidden
        }


def protect(cells: Cells, rules: Rules, wishes: Wishes | None = None) -> Suppression:
    """Protect tables by withholding cells.

    Args:
        cells: One or more tables, filled.
        rules: What is unsafe.
        wishes: What may be withheld.

    Raises:
        DisclosureRefusedError: No choice keeps the unsafe cells hidden.
        InputError: A wish names a cell that is not there, or an unknown weight.
    """
    wanted = wishes or Wishes()
    found = _with_waived(cells, sensitivity(cells, rules), wanted)
    allowed = cells.value > 0
    allowed[_numbers(cells, wanted.shown)] = False
    choice = Choice(allowed, np.zeros(cells.size, dtype=bool), _cost(cells, wanted.weigh))
    return protect_found(cells, rules, found, choice, wanted)


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """What there is to choose from.

    Args:
        allowed: Cells that may be withheld for the sake of others.
        never_shown: Cells that nobody sees in any case, unsafe or not.
        cost: Of withholding a cell.
    """

    allowed: Bools
    never_shown: Bools
    cost: Floats


def protect_found(
    cells: Cells, rules: Rules, found: Sensitivity, choice: Choice, wanted: Wishes
) -> Suppression:
    """Protect cells that somebody else judged, in sums that need not be a table.

    Args:
        cells: With their sums.
        rules: For groups that a whole gives away.
        found: Which cells are unsafe.
        choice: What may be withheld.
        wanted: The method, and whether groups count.

    Raises:
        DisclosureRefusedError: No choice keeps the unsafe cells hidden.
    """
    cost = choice.cost
    problem = Problem(
        value=cells.value,
        sums=cells.frame.sums,
        unsafe=found.unsafe | choice.never_shown,
        demands=cell_demands(found),
        knowledge=knowledge_of(cells, found, rules),
        cost=cost,
        allowed=choice.allowed,
        work=_work(wanted),
    )
    hidden, bound, optimal, demands = _chosen(cells, rules, problem, wanted, found.unsafe)
    report = _attacked(cells, problem, hidden, demands)
    for further in range(1, _FURTHER + 1):
        if report.passed:
            break
        # Parts of persons kept it open: ask more, so that a whole table reaches far enough.
        wider = _wider(demands, report, further)
        asked = replace(problem, demands=problem.demands.with_more(wider))
        hidden, _, optimal, demands = _chosen(cells, rules, asked, wanted, found.unsafe)
        demands = demands.without(problem.demands.size, wider.size)
        optimal, report = False, _attacked(cells, problem, hidden, demands)
    if not report.passed:
        raise DisclosureRefusedError("tables.not-protected")
    spent = float(cost[hidden & ~problem.unsafe].sum())
    return Suppression(cells, hidden, found, demands, report, optimal, spent, bound)


def _work(wanted: Wishes) -> Work:
    longest = wanted.method is Method.OPTIMAL
    return Work(enough=_LONG if longest else _ENOUGH, most=_LONG if longest else _MOST)


def _attacked(cells: Cells, problem: Problem, hidden: Bools, demands: Demands) -> AuditReport:
    shown = Shown(cells.value, hidden, cells.frame.sums, counts=cells.whole_numbers)
    return audit(shown, demands, problem.knowledge)


def _wider(demands: Demands, report: AuditReport, further: int) -> Demands:
    """The demands that are not open in whole tables, each so much further."""
    own = demands.only(~report.safe)
    return replace(own, below=own.below + further, above=own.above + further)


def _chosen(
    cells: Cells, rules: Rules, problem: Problem, wanted: Wishes, unsafe: Bools
) -> tuple[Bools, float, bool, Demands]:
    """The withheld cells; groups that a choice gives away are added to what must stay hidden."""
    search = Search(problem)
    chosen = _choice(search, wanted)
    if chosen is None:
        raise DisclosureRefusedError("tables.not-protected")
    hidden, bound, optimal = chosen
    demands = problem.demands
    if not wanted.together:
        return hidden, bound, optimal, demands
    for number in range(cells.size):
        groups = group_demands(cells, rules, hidden, unsafe)
        if groups.size:
            report = audit(problem.shown(hidden), groups, problem.knowledge)
            groups = groups.only(~report.safe)
        if not groups.size:
            return hidden, bound, optimal, demands
        demands, optimal = demands.with_more(groups), False
        chosen = None
        if number < _ANEW and _is_searched(search) and not problem.work.is_enough:
            search.with_more(groups)
            chosen = _choice(search, wanted)
        if chosen is None:  # only more, on top of what is withheld
            more = replace(problem, unsafe=hidden, demands=groups)
            chosen = _choice(Search(more), wanted)
        if chosen is None:
            break
        hidden = chosen[0]
    raise DisclosureRefusedError("tables.not-protected")


def _choice(search: Search, wanted: Wishes) -> tuple[Bools, float, bool] | None:
    """The withheld cells, what is needed at least, and whether that is proven; None without."""
    problem = search.problem
    best: Optimum | None = None
    if wanted.method is Method.OPTIMAL:
        best = search.least(Effort())
    elif _is_searched(search):
        share = _OF_MANY if wanted.together else _SHARE
        best = search.least(replace(_soon(problem), work=share))
        if best is not None and wanted.method is Method.AUTOMATIC and _is_small(problem):
            best = search.least(Effort(rounds=10, nodes=100, work=share / 2))
    if best is not None and best.hidden is not None:
        return best.hidden, best.bound, best.proven
    if best is None and (wanted.method is Method.OPTIMAL or _is_searched(search)):
        return None  # no choice protects everything
    hidden = _grown(problem)
    return None if hidden is None else (hidden, 0.0 if best is None else best.bound, False)


def _is_searched(search: Search) -> bool:
    return search.difficult * len(search.problem.value) <= _SEARCHED_UP_TO


def _is_small(problem: Problem) -> bool:
    return len(problem.value) <= _SMALL


def _soon(problem: Problem) -> Effort:
    """How long to look, so that large tables do not take long."""
    if _is_small(problem):
        return Effort(rounds=12, gap=0.0005, nodes=100, slow=0.0005)
    if len(problem.value) <= _MIDDLE:
        return Effort(rounds=6, gap=0.005, nodes=50, slow=0.001)
    return Effort(rounds=1, gap=0.01, nodes=20, slow=0.003, nearby=0.5)


def _grown(problem: Problem) -> Bools | None:
    parts = 6 if len(problem.value) <= _AGAIN_UP_TO else 4
    hidden = grown(problem, problem.allowed, parts=parts, seed=1)
    if hidden is None or len(problem.value) > _AGAIN_UP_TO or problem.work.is_enough:
        return hidden
    better = grown(problem, hidden, parts=parts, seed=2)
    if better is None or problem.cost[better].sum() > problem.cost[hidden].sum():
        return hidden
    return better


def _with_waived(cells: Cells, found: Sensitivity, wanted: Wishes) -> Sensitivity:
    unsafe = found.unsafe.copy()
    unsafe[_numbers(cells, wanted.waived)] = False
    return replace(found, unsafe=unsafe)


def _numbers(cells: Cells, keys: Collection[Key]) -> list[int]:
    if not keys:
        return []
    known = {key: at for at, key in enumerate(cells.frame.keys())}
    strange = sum(key not in known for key in keys)
    if strange:
        raise InputError("tables.no-such-cell", cells=strange)
    return [known[key] for key in keys]


def _cost(cells: Cells, weigh: str) -> Floats:
    costs = {
        "value": cells.value,
        "contributors": cells.contributors.astype(np.float64),
        "cells": np.ones(cells.size),
    }
    if weigh not in costs:
        raise InputError("tables.unknown-weight", weight=weigh[:40], known=sorted(costs))
    return costs[weigh]
