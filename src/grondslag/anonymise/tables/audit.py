"""The attacker's arithmetic: between which limits does everything that is out leave a cell?"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix, vstack
from scipy.sparse.csgraph import connected_components

from grondslag.anonymise.tables.demands import Demands, Knowledge
from grondslag.anonymise.tables.solving import Programme, Solver, Work, solved
from grondslag.anonymise.tables.trees import Bools, Floats, Ints
from grondslag.errors import SourceError

NEAR = 1e-6
"""Share of a needed distance that rounding in the solver may take."""
_WHOLE = 1e-6
"""So near to a whole number is whole."""
_FITS = 1e-9
"""So far a table that is given may be off its limits and sums, by rounding."""
_NODES = 10_000
"""How far an integer programme looks for a whole table."""
_MANY = 20
"""From so many demands in one group on, programmes for many at once come first."""


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What everybody sees, beside what is true.

    Args:
        value: The true value per cell.
        hidden: Which cells are withheld.
        sums: Per sum 1 for the whole and -1 for each part.
        counts: Whether the values are whole numbers, and everybody knows it.
    """

    value: Floats
    hidden: Bools
    sums: csr_matrix
    counts: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class AuditReport:
    """What the attacker can conclude, per demand.

    Args:
        low: A value it can have, or the least one when *exact*.
        high: The same, the most.
        open_below: Whether it stays open far enough below.
        open_above: The same above.
        exact: Whether the limits are the true ones; else they are known to reach at least so far.
        components: How many groups of withheld cells with something demanded stand apart.
    """

    low: Floats
    high: Floats
    open_below: Bools
    open_above: Bools
    exact: bool
    components: int

    @property
    def safe(self) -> Bools:
        """Whether each stays hidden far enough on both sides."""
        return self.open_below & self.open_above

    @property
    def passed(self) -> bool:
        """Whether all are safe."""
        return bool(self.safe.all())


def audit(
    shown: Shown,
    demands: Demands,
    knowledge: Knowledge,
    *,
    exact: bool = False,
    tables: Sequence[Floats] = (),
) -> AuditReport:
    """Solve for every demand over all that is shown.

    Groups of withheld cells that no sum connects are solved apart. Every answer is a table that
    could be the true one, so it tells something about all demands: one that has been seen far
    enough away on both sides needs no programme of its own, unless *exact* limits are asked.

    Who knows that values are counts leaves out tables with parts of persons. In two dimensions the
    programme gives whole tables by itself; in more, a table with parts says nothing, and an
    integer programme follows.

    Args:
        shown: What everybody sees.
        demands: What must stay open, and how far.
        knowledge: What the attacker knows beforehand.
        exact: Ask for the true limits.
        tables: Tables that may fit all that is shown, as distances from the true one; those that do
            are looked at before any programme.

    Source:
        Fischetti and Salazar-González (2000), doi:10.1080/01621459.2000.10474282, the attacker's
        subproblem.
    """
    true = demands.members @ shown.value
    low, high = true.copy(), true.copy()
    count = 0
    for group in groups_of(shown, demands):
        count += 1
        attack = Attack(group, shown.value, knowledge, counts=shown.counts)
        own = [table[group.places] for table in tables]
        fitting = [table for table in own if attack.allows(table)]
        _push_all(attack, group, demands, (low, high), exact=exact, fitting=fitting)
    slack = NEAR * np.maximum(1.0, demands.below + demands.above)
    return AuditReport(
        low=low,
        high=high,
        open_below=true - low >= demands.below - slack,
        open_above=high - true >= demands.above - slack,
        exact=exact,
        components=count,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Withheld cells that sums connect.

    Args:
        places: Numbers of the cells.
        rows: Numbers of the sums between them.
        sums: Those sums over these cells.
        demands: Numbers of the demands on these cells.
        members: Those demands over these cells.
    """

    places: Ints
    rows: Ints
    sums: csc_matrix
    demands: Ints
    members: csr_matrix


def groups_of(shown: Shown, demands: Demands) -> Iterator[Group]:
    """Groups of withheld cells that no sum or demand connects, as far as something is demanded."""
    places = np.flatnonzero(shown.hidden)
    matrix, members = shown.sums[:, places].tocsr(), demands.members[:, places].tocsr()
    number, label = connected_components(
        abs(matrix).T @ abs(matrix) + members.T @ members, directed=False
    )
    order = np.argsort(label, kind="stable")
    ends = np.searchsorted(label[order], np.arange(number + 1))
    rows, sums = _blocks(matrix, label, order, ends)
    asked, wanted = _blocks(members, label, order, ends)
    for at in range(number):
        if len(asked[at]):
            mine = places[order[ends[at] : ends[at + 1]]]
            yield Group(mine, rows[at], sums(at).tocsc(), asked[at], wanted(at))


def _blocks(
    matrix: csr_matrix, label: Ints, order: Ints, ends: Ints
) -> tuple[list[Ints], Callable[[int], csr_matrix]]:
    """Per group the rows that touch it, and those rows over its cells, made when asked."""
    filled = np.flatnonzero(np.diff(matrix.indptr) > 0)
    of_row = label[matrix.indices[matrix.indptr[filled]]]
    turned = filled[np.argsort(of_row, kind="stable")]
    row_ends = np.searchsorted(np.sort(of_row), np.arange(len(ends)))
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    sorted_rows = matrix[turned]
    pointers, columns, data = sorted_rows.indptr, place[sorted_rows.indices], sorted_rows.data

    def block(at: int) -> csr_matrix:
        first, last = row_ends[at], row_ends[at + 1]
        own = slice(pointers[first], pointers[last])
        found = csr_matrix(
            (data[own], columns[own] - ends[at], pointers[first : last + 1] - pointers[first]),
            shape=(last - first, ends[at + 1] - ends[at]),
        )
        found.sort_indices()
        return found

    return [turned[row_ends[at] : row_ends[at + 1]] for at in range(len(ends) - 1)], block


class Attack:
    """The programmes of one group of cells, from the true values outwards.

    Args:
        group: The cells.
        value: The true value of every cell.
        knowledge: What the attacker knows beforehand.
        share: Per cell of the group how much of its room it may use; for search only.
        counts: Whether only whole tables count.
        work: What is solved is added to it.
    """

    def __init__(
        self,
        group: Group,
        value: Floats,
        knowledge: Knowledge,
        share: Floats | None = None,
        *,
        counts: bool = False,
        work: Work | None = None,
    ) -> None:
        own = value[group.places]
        # An end far away, so that there always is an answer.
        self.far = 1e3 * max(1.0, float(own.sum()))
        self.low = np.maximum(np.minimum(knowledge.low[group.places] - own, 0.0), -self.far)
        self.high = np.minimum(np.maximum(knowledge.high[group.places] - own, 0.0), self.far)
        used = np.ones(len(own)) if share is None else share
        zeros = np.zeros(group.sums.shape[0])
        self._solver = Solver(
            Programme(
                np.zeros(len(own)), self.low * used, self.high * used, group.sums, zeros, zeros
            ),
            work,
            presolve="off",
            simplex_strategy=4,
        )
        self._group = group
        self.counts = counts

    def push(self, demand: int, sign: float) -> tuple[float, Floats, Floats]:
        """See how far a demand of the group goes: up with sign 1, down with -1.

        Returns:
            The distance, the values of the cells as distances, and the price of each sum.
        """
        members = self._group.members
        places = members.indices[members.indptr[demand] : members.indptr[demand + 1]]
        return self._pushed(places, np.full(len(places), -sign))

    def says_something(self, values: Floats) -> bool:
        """Whether a table, as distances, could be the true one."""
        return not self.counts or bool((np.abs(values - np.round(values)) < _WHOLE).all())

    def allows(self, values: Floats) -> bool:
        """Whether a table, as distances, fits what is shown and known."""
        inside = (values >= self.low - _FITS).all() and (values <= self.high + _FITS).all()
        scale = np.maximum(abs(self._group.sums) @ np.abs(values), 1.0)
        adds_up = (np.abs(self._group.sums @ values) <= _FITS * scale).all()
        return bool(inside and adds_up) and self.says_something(values)

    def push_whole(self, demand: int, sign: float, need: float | None) -> Floats | None:
        """A whole table that shows a demand far enough, or as far as possible when not said.

        Returns:
            The values of the cells as distances; None when there is none, or none is found.
        """
        group, own = self._group, self._group.members[demand]
        rows, least = group.sums, np.zeros(group.sums.shape[0])
        most, cost = least, np.zeros(len(self.low))
        if need is None:
            cost[own.indices] = -sign
        else:
            rows = vstack([rows, csc_matrix(sign * own)], format="csc")
            least, most = np.append(least, need - _WHOLE), np.append(most, np.inf)
        programme = Programme(
            cost, self.low, self.high, rows, least, most, np.ones(len(cost), dtype=bool)
        )
        try:
            answer = solved(programme, mip_max_nodes=_NODES)
        except SourceError:  # not found is not seen: the safe side
            return None
        return None if answer is None else np.round(answer.values)

    def push_many(self, direction: Floats) -> Floats:
        """See how far cells go together; the values of the cells as distances."""
        places = np.flatnonzero(direction)
        return self._pushed(places, -direction[places])[1]

    def _pushed(self, places: Ints, costs: Floats) -> tuple[float, Floats, Floats]:
        for at, cost in zip(places, costs, strict=True):
            self._solver.set_cost(int(at), float(cost))
        answer = self._solver.solve()
        for at in places:
            self._solver.set_cost(int(at), 0.0)
        if answer is None:  # the true values are an answer: this is rounding in the solver
            return 0.0, np.zeros(len(self.low)), np.zeros(self._group.sums.shape[0])
        return -answer.cost, answer.values, answer.duals


class Seen:
    """How far each demand of a group was seen, up and down, and in which table.

    Args:
        group: The cells and demands.
        demands: All demands, those of the group among them.
    """

    def __init__(self, group: Group, demands: Demands) -> None:
        self._members, self._places = group.members, group.places
        self._above, self._below = demands.above[group.demands], demands.below[group.demands]
        self.up, self.down = np.zeros(len(group.demands)), np.zeros(len(group.demands))
        self._up_in = np.full(len(group.demands), -1)
        self._down_in = np.full(len(group.demands), -1)
        self._moved: list[Ints] = []

    def see(self, values: Floats) -> None:
        """A table, as distances from the true one."""
        moved = self._members @ values
        self._up_in[moved > self.up] = self._down_in[-moved > self.down] = len(self._moved)
        self._moved.append(self._places[np.abs(values) > 0.0])
        self.up, self.down = np.maximum(self.up, moved), np.maximum(self.down, -moved)

    def short_up(self) -> Bools:
        """Which were not seen far enough up."""
        return self.up < self._above * (1 - NEAR)

    def short_down(self) -> Bools:
        """Which were not seen far enough down."""
        return self.down < self._below * (1 - NEAR)

    def moved_with(self, demand: int) -> Ints:
        """Cells that move where a demand was seen farthest up and down."""
        numbers = {int(self._up_in[demand]), int(self._down_in[demand])} - {-1}
        found = [self._moved[number] for number in sorted(numbers)]
        return np.concatenate([np.zeros(0, dtype=np.int64), *found])

    def direction(self, chance: np.random.Generator) -> Floats:
        """All cells of demands not yet open, each towards a side that is not."""
        up, down = self.short_up(), self.short_down()
        either = chance.random(len(up)) < 0.5
        weight = chance.random(len(up)) + 0.1
        sign = np.where(up & (either | ~down), 1.0, np.where(down, -1.0, 0.0))
        moved: Floats = self._members.T @ (sign * weight)
        return moved


def _push_all(
    attack: Attack,
    group: Group,
    demands: Demands,
    limits: tuple[Floats, Floats],
    *,
    exact: bool,
    fitting: Sequence[Floats],
) -> None:
    low, high = limits
    seen = Seen(group, demands)
    for table in fitting:
        seen.see(table)
    if not exact:
        seen_together(attack, seen)
    for sign in (1.0, -1.0):
        needs = (demands.above if sign > 0 else demands.below)[group.demands]
        for at, need in enumerate(needs.tolist()):
            short = seen.short_up() if sign > 0 else seen.short_down()
            if exact or short[at]:
                _push_one(attack, seen, (at, sign), None if exact else need)
    low[group.demands] -= seen.down
    high[group.demands] += seen.up
    if exact:
        high[group.demands[seen.up >= attack.far * (1 - NEAR)]] = np.inf


def _push_one(attack: Attack, seen: Seen, way: tuple[int, float], need: float | None) -> None:
    """See how far one demand goes one way; when *need* is given, whether it goes that far."""
    reach, values, _ = attack.push(*way)
    if attack.says_something(values):
        seen.see(values)
    elif need is None or reach >= need * (1 - NEAR):
        whole = attack.push_whole(*way, need)
        if whole is not None:
            seen.see(whole)


def seen_together(attack: Attack, seen: Seen) -> None:
    """Programmes for many demands at once, as long as they show enough; none when there are few."""
    if len(seen.up) <= _MANY:
        return
    chance = np.random.default_rng(0)
    left = int(seen.short_up().sum() + seen.short_down().sum())
    while left:
        values = attack.push_many(seen.direction(chance))
        if attack.says_something(values):
            seen.see(values)
        after = int(seen.short_up().sum() + seen.short_down().sum())
        if after > 0.97 * left:
            return
        left = after
