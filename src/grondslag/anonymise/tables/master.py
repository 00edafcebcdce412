"""The master programme: the cheapest cells that meet every condition found so far.

Conditions that are met by what is chosen in any case are left out, and so are cells that none of
the others asks: what is left is often a hundredth of the whole.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix, diags

from grondslag.anonymise.tables.cutting import Cuts
from grondslag.anonymise.tables.solving import INFINITE, Programme, Solver, Work
from grondslag.anonymise.tables.trees import Bools, Floats
from grondslag.errors import SourceError

_MET = 1e-6
"""A condition that lacks no more than this is met: the solver is not more exact."""


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """Candidates that meet the conditions.

    Args:
        which: Per candidate whether it is chosen.
        bound: No choice costs less.
    """

    which: Bools
    bound: float


@dataclass(frozen=True, slots=True, eq=False)
class Care:
    """How well a master is solved.

    Args:
        gap: Share by which its choice may cost more than the least.
        nodes: How far it looks at most.
        work: What it may take, more or less.
        known: A choice that meets all conditions, to go on from.
    """

    gap: float
    nodes: int
    work: float
    known: Bools | None = None


def in_parts(cost: Floats, work: Work) -> Solver:
    """A master without conditions yet, that may choose parts of candidates."""
    return Solver(
        Programme(
            cost=cost,
            low=np.zeros(len(cost)),
            high=np.ones(len(cost)),
            matrix=csc_matrix((0, len(cost))),
            least=np.zeros(0),
            most=np.zeros(0),
        ),
        work,
    )


def cheapest(
    cuts: Cuts, cost: Floats, care: Care, work: Work, *, least: Bools, most: Bools
) -> Chosen | None:
    """The cheapest whole candidates.

    Args:
        cuts: The conditions.
        cost: Per candidate.
        care: How well it is solved.
        work: What is solved is added to it.
        least: Candidates that are chosen in any case.
        most: Candidates that may be chosen.

    Returns:
        The choice; None when none meets the conditions.
    """
    matrix = cuts.matrix()
    lacking = 1.0 - matrix @ least.astype(np.float64)
    open_rows = np.flatnonzero(lacking > _MET)
    spent = float(cost[least].sum())
    if not len(open_rows):
        return Chosen(least.copy(), spent)
    rows = csr_matrix(diags(1.0 / lacking[open_rows]) @ matrix[open_rows])
    free = np.flatnonzero(most & ~least & (rows.getnnz(axis=0) > 0))
    rows = csr_matrix(rows[:, free])
    np.minimum(rows.data, 1.0, out=rows.data)
    if (rows.sum(axis=1) < 1.0 - _MET).any():
        return None
    count = len(free)
    programme = Programme(
        cost=cost[free],
        low=np.zeros(count),
        high=np.ones(count),
        matrix=csc_matrix(rows),
        least=np.ones(len(open_rows)),
        most=np.full(len(open_rows), INFINITE),
        whole=np.ones(count, dtype=bool),
    )
    solver = Solver(programme, work, mip_rel_gap=care.gap, mip_max_nodes=care.nodes)
    solver.stop_after(care.work)
    if care.known is not None:
        solver.start_at(care.known[free].astype(np.float64))
    which = least.copy()
    try:
        answer = solver.solve()
    except SourceError:  # stopped before it found any: all together are one
        which[free] = True
        return Chosen(which, spent)
    if answer is None:
        return None
    which[free[answer.values > 0.5]] = True
    return Chosen(which, spent + max(answer.bound, 0.0))
