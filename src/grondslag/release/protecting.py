"""Which cells must be withheld besides the unsafe ones, so that nothing small follows.

Everything that is out is one set of groups of rows: the cells of the new tables and those of all
earlier ones. A group that lies in another, with what is left over, gives a sum. The cheapest choice
over those sums is that of `grondslag.anonymise.tables`, audited against an attacker who knows
which cells are the unsafe ones.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from grondslag.anonymise.tables import (
    Cells,
    Choice,
    Frame,
    Rules,
    Sensitivity,
    Wishes,
    protect_found,
)
from grondslag.anonymise.tables.primary import judged, sides
from grondslag.anonymise.tables.trees import Floats
from grondslag.errors import DisclosureRefusedError, InputError
from grondslag.release.figure import LARGEST, Cell, Figure
from grondslag.release.judging import asking_in, nearly_everybody, verdicts
from grondslag.release.profile import Profile
from grondslag.release.region import Region, scope_region
from grondslag.release.released import ReleasedFigure
from grondslag.release.wholes import Keys, Known, Sum, matrix_of, sums_between
from grondslag.release.withholding import Others, region_of, says_something, withheld


@dataclass(frozen=True, slots=True)
class Together:
    """New tables of one dataset and population, and what is out already.

    Args:
        figures: The new tables.
        earlier: Everything that was released of it.
        profile: What may be shown.
    """

    figures: Sequence[Figure]
    earlier: Sequence[ReleasedFigure]
    profile: Profile

    @property
    def minimum(self) -> int:
        """The largest minimum group of the new tables."""
        return max(self.profile.rules(figure.minimum).minimum for figure in self.figures)

    def shown(self, others: Mapping[str, Others]) -> list[ReleasedFigure]:
        """The new tables with cells withheld to protect others."""
        return [withheld(figure, self.profile, others.get(figure.id)) for figure in self.figures]


def others_to_withhold(together: Together) -> Mapping[str, Others] | None:
    """Per new table the cells to withhold besides its unsafe ones; None when too little is left."""
    rules = together.profile.rules(together.minimum)
    for cheap_totals in (False, True):
        counts = _counts(together)
        hidden = _hidden(counts, rules, counts=True, cheap_totals=cheap_totals)
        if hidden is None:
            return None
        others = _by_table(together.figures, counts, hidden, amounts=False)
        for measure in dict.fromkeys(figure.measured for figure in together.figures):
            if measure:
                amounts = _amounts(together, measure, others)
                gone = _hidden(amounts, rules, counts=False, cheap_totals=cheap_totals)
                if gone is None:
                    return None
                more = _by_table(together.figures, amounts, gone, amounts=True)
                others = {
                    name: Others(one.counts, one.amounts | more[name].amounts)
                    for name, one in others.items()
                }
        if all(says_something(table) for table in together.shown(others)):
            return others
    return None


def _by_table(
    figures: Iterable[Figure], known: Sequence[Known], hidden: Sequence[bool], *, amounts: bool
) -> dict[str, Others]:
    found: dict[str, set[Keys]] = {figure.id: set() for figure in figures}
    for node, gone in zip(known, hidden, strict=True):
        if gone and not node.unsafe and not node.gone:
            for figure_id, keys in node.places:
                found[figure_id].add(keys)
    if amounts:
        return {name: Others(amounts=frozenset(keys)) for name, keys in found.items()}
    return {name: Others(counts=frozenset(keys)) for name, keys in found.items()}


def _counts(together: Together) -> list[Known]:
    """All groups whose true count we know: new cells, and what was shown before."""
    nodes: dict[Region, Known] = {}
    for figure in together.figures:
        rules = together.profile.rules(figure.minimum)
        for cell, verdict in zip(figure.cells, verdicts(figure, rules), strict=True):
            if cell.count is None or cell.group is None:
                continue  # withheld at delivery: the audit of everything looks at it
            region = region_of(figure, cell.keys)
            node = nodes.setdefault(region, Known(region, cell.count, cell.group))
            node.unsafe |= verdict.count is not None
            node.below = max(node.below, nearly_everybody(figure, cell, rules))
            node.total &= cell.is_total
            node.places.append((figure.id, cell.keys))
    shown = [withheld(figure, together.profile) for figure in together.figures]
    for table in (*shown, *together.earlier):
        implied = [(region_of(table, keys), count) for keys, count in table.given_back]
        if table.implied_total is not None:
            whole = scope_region(table.scope, table.area_parents)
            implied.append((whole, table.implied_total))
        for region, count in implied:
            _fix(nodes, region, count, count)
    for table in together.earlier:
        for cell_shown in table.cells:
            if cell_shown.count is not None:
                _fix(nodes, region_of(table, cell_shown.keys), cell_shown.count, cell_shown.count)
    return list(nodes.values())


def _amounts(together: Together, measure: str, others: Mapping[str, Others]) -> list[Known]:
    """All groups whose true amount we know.

    Raises:
        InputError: Two tables of one amount are judged by different columns.
    """
    nodes: dict[Region, Known] = {}
    by = {figure.judged_by for figure in together.figures if figure.measured == measure}
    if len(by) > 1:
        raise InputError("release.judged-differently", name=measure)
    by_another = by != {""}
    for figure in together.figures:
        if figure.measured != measure:
            continue
        rules = together.profile.rules(figure.minimum)
        for cell, verdict in zip(figure.cells, verdicts(figure, rules), strict=True):
            if cell.amount is None or cell.group is None:
                continue
            region = region_of(figure, cell.keys)
            node = nodes.setdefault(region, _amount_of(region, cell, cell.group))
            node.unsafe |= verdict.amount is not None
            node.gone |= verdict.amount is None and cell.keys in others[figure.id].counts
            node.total &= cell.is_total
            node.places.append((figure.id, cell.keys))
    for table in together.earlier:
        for seen in table.cells if table.measured == measure else ():
            if seen.amount is not None:
                own = None if by_another else seen.amount
                _fix(nodes, region_of(table, seen.keys), seen.amount, seen.count or 0, own)
    return list(nodes.values())


def _amount_of(region: Region, cell: Cell, group: int) -> Known:
    known = cell.largest[:LARGEST]
    return Known(region, cell.amount or 0.0, group, known, cell.total_judged, cell.asking)


def _fix(
    nodes: dict[Region, Known],
    region: Region,
    value: float,
    group: int,
    judged_on: float | None = None,
) -> None:
    nodes.setdefault(region, Known(region, value, group, judged=judged_on)).fixed = True


def _hidden(
    known: Sequence[Known], rules: Rules, *, counts: bool, cheap_totals: bool
) -> list[bool] | None:
    """Which groups are withheld; what is left over of a whole is a group that nobody sees."""
    by_person = not counts or any(node.group != node.value for node in known)
    sums = sums_between(known, by_person=by_person)
    if not sums:
        return [node.unsafe or node.gone for node in known]
    rests = [one for one in sums if one.rest > 0]
    cells = _cells(known, sums, rests, rules, counts=counts)
    size = len(known)
    choice = Choice(
        allowed=np.array(
            [not (node.fixed or node.gone) and node.value > 0 for node in known]
            + [False] * len(rests)
        ),
        never_shown=np.array([node.gone for node in known] + [True] * len(rests)),
        cost=np.array(
            [1.0 if cheap_totals and node.total else node.value for node in known]
            + [one.rest for one in rests]
        ),
    )
    found = (_of_counts if counts else _of_amounts)(known, rests, cells, rules)
    try:
        done = protect_found(cells, rules, found, choice, Wishes())
    except DisclosureRefusedError:
        return None
    return [bool(one) for one in done.hidden[:size]]


def _cells(
    known: Sequence[Known],
    sums: Sequence[Sum],
    rests: Sequence[Sum],
    rules: Rules,
    *,
    counts: bool,
) -> Cells:
    size = len(known) + len(rests)
    value = np.array([node.value for node in known] + [one.rest for one in rests])
    largest = np.zeros((size, LARGEST))
    for at, own in enumerate([*(node.largest for node in known), *(one.largest for one in rests)]):
        largest[at, : len(own)] = own
    judged_by = [node.value if node.judged is None else node.judged for node in known]
    every: list[Known | Sum] = [*known, *rests]
    asking = [
        asking_in(one.asking, max(one.largest, default=0.0), one.group, rules) for one in every
    ]
    groups = [*(node.group for node in known), *(one.group for one in rests)]
    return Cells(
        frame=Frame((), np.zeros((size, 0), dtype=np.int64), matrix_of(sums, len(known))),
        value=value.astype(np.float64),
        contributors=np.array(groups, dtype=np.int64),
        largest=largest,
        whole=np.array([*judged_by, *(one.judged for one in rests)], dtype=np.float64),
        smallest=np.zeros(size),  # every figure refuses less
        counts=counts,
        asking=np.array(asking, dtype=np.float64),
    )


def _unsafe(known: Sequence[Known]) -> list[bool]:
    return [node.unsafe and not node.fixed for node in known]


def _of_counts(
    known: Sequence[Known], rests: Sequence[Sum], cells: Cells, rules: Rules
) -> Sensitivity:
    """Half of all values below the minimum must stay open; and that not nearly all are in it."""
    unsafe = np.array(_unsafe(known) + [one.group < rules.minimum for one in rests])
    width = float((rules.minimum + 1) // 2 - 1)
    above = np.minimum(width // 2, np.maximum(rules.minimum - 1 - cells.value, 0.0))
    besides = np.array([node.below for node in known] + [0.0] * len(rests))
    below = np.minimum(cells.value, np.maximum(width - above, besides))
    return Sensitivity(unsafe, below, np.maximum(width - below, 0.0), {})


def _of_amounts(
    known: Sequence[Known], rests: Sequence[Sum], cells: Cells, rules: Rules
) -> Sensitivity:
    """What dominance and the estimate ask, and a share of the amount in any case."""
    bad, need, _ = judged(
        cells.contributors, cells.largest, cells.whole, rules, asking=cells.asking
    )
    unsafe = np.array(_unsafe(known) + [False] * len(rests))
    unsafe[len(known) :] = bad[len(known) :]
    need = np.maximum(need * cells.shown_share, rules.margin * cells.value)
    below: Floats
    below, above = sides(cells, cells.value, cells.contributors, need, rules)
    return Sensitivity(unsafe, below, above, {})
