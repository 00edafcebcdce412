"""Protecting a table always ends, counted in work, and what there is then holds."""

import numpy as np
import pytest

from grondslag.anonymise.tables import (
    Measure,
    Method,
    Rules,
    Shown,
    Wishes,
    audit,
    cell_demands,
    knowledge_of,
    protect,
    sensitivity,
    suppression,
    tabulate,
)
from grondslag.anonymise.tables.cutting import Problem
from grondslag.anonymise.tables.growing import grown
from grondslag.anonymise.tables.optimal import Effort, Search
from grondslag.anonymise.tables.solving import Work
from made_businesses import businesses, size_dimension, tree

RULES = Rules(minimum=3, estimate=0.1)
FIRST = 1e7
"""More than the first choice that holds takes in this table."""


@pytest.fixture(scope="module")
def cells():
    """324 cells in three dimensions that cost ten minutes before the search had an end."""
    rng = np.random.default_rng(14)
    regions, branches = tree("region", [5], rng), tree("branch", [8], rng)
    rows = businesses(regions, branches, 2_000, 14)
    return tabulate(rows, [[regions, branches, size_dimension()]], Measure("amount", "owner"))


def problem_of(cells, work):
    found = sensitivity(cells, RULES)
    return Problem(
        value=cells.value,
        sums=cells.frame.sums,
        unsafe=found.unsafe,
        demands=cell_demands(found),
        knowledge=knowledge_of(cells, found, RULES),
        cost=cells.value,
        allowed=cells.value > 0,
        work=work,
    )


def passes(problem, hidden):
    shown = Shown(problem.value, hidden, problem.sums)
    return audit(shown, problem.demands, problem.knowledge).passed


@pytest.mark.parametrize("enough", [0.0, 1e6, 1.5e7])
def test_a_search_ends_when_its_work_is_done_with_a_choice_that_holds(cells, enough):
    problem = problem_of(cells, Work(enough=enough))

    found = Search(problem).least(Effort(gap=0.0005, nodes=100))

    assert found is not None
    assert passes(problem, found.hidden)
    assert problem.work.spent <= max(enough, FIRST) * 1.5
    assert found.bound <= problem.cost[found.hidden & ~problem.unsafe].sum() + 1e-6


def test_more_work_never_gives_a_dearer_choice(cells):
    costs = []
    for enough in (0.0, 5e6, 2e7):
        problem = problem_of(cells, Work(enough=enough))
        found = Search(problem).least(Effort(gap=0.0005, nodes=100))
        costs.append(float(problem.cost[found.hidden & ~problem.unsafe].sum()))

    assert costs == sorted(costs, reverse=True)
    assert costs[0] > costs[-1]


def test_one_look_over_the_whole_table_has_an_end_too_and_stops_at_one_place(cells):
    hidden = []
    for _ in range(2):
        problem = problem_of(cells, Work())
        search = Search(problem)
        search.least(Effort(rounds=1))
        before = problem.work.spent
        found = search.least(Effort(rounds=1, work=1e6))
        hidden.append(found.hidden)

        assert problem.work.spent - before <= 6e7

    assert (hidden[0] == hidden[1]).all()


def test_when_no_work_is_left_a_choice_is_grown_without_care(cells):
    hurried, careful = problem_of(cells, Work(most=0.0)), problem_of(cells, Work())

    hidden = grown(hurried, hurried.allowed, parts=6, seed=1)
    best = grown(careful, careful.allowed, parts=6, seed=1)

    assert passes(hurried, hidden)
    assert hurried.work.spent < careful.work.spent
    assert hurried.cost[hidden].sum() >= careful.cost[best].sum()


@pytest.mark.parametrize("together", [False, True])
def test_a_table_without_any_work_left_is_protected_all_the_same(cells, together, monkeypatch):
    wishes = Wishes(method=Method.FAST, together=together)
    monkeypatch.setattr(suppression, "_ENOUGH", 0.0)
    monkeypatch.setattr(suppression, "_MOST", 0.0)

    done = protect(cells, RULES, wishes)

    assert done.report.passed
    assert done.secondary.any()
    assert not done.optimal


def test_the_least_of_a_hard_table_is_proven(cells):
    best = protect(cells, RULES, Wishes(method=Method.OPTIMAL, together=False))
    fast = protect(cells, RULES, Wishes(method=Method.FAST, together=False))

    assert best.optimal
    assert best.cost == 11_342
    assert best.cost <= fast.cost <= 1.001 * best.cost
