"""Between which limits sums of unknown pieces lie, given what is known of groups of them.

The attacker's arithmetic. What one known group leaves for one piece is filled in first; what is
still open is solved by linear programmes. Where few pieces hang together, integer programmes give
the exact limits of counts; where many do, one value more must stay open instead. Sums that
contradict each other (the data changed between two releases) are widened by as little as makes
them possible.

Source:
    Fischetti and Salazar-González (2000), Models and algorithms for optimizing cell suppression in
    tabular data with linear constraints, doi:10.1080/01621459.2000.10474282: the attacker's
    problem, two programmes per cell.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_matrix, csr_matrix, hstack, identity, vstack
from scipy.sparse.csgraph import connected_components

from grondslag.anonymise.tables.solving import Programme, Solver, solved
from grondslag.anonymise.tables.trees import Floats, Ints
from grondslag.release.filling import NEAR, State, Sums, filled_in

_EXACT_UP_TO = 40
"""So many pieces that hang together are solved in whole numbers."""
_TOGETHER = 8
"""From so many questions in one component on, programmes for all at once come first."""


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """What must stay open.

    Args:
        need: Per group how many values must stay possible (of an amount: which share of its most);
            0 for a group that need not stay hidden.
        minimum: A piece that lies below this, or may, must stay open too.
        width: How many values of such a piece.
    """

    need: Floats
    minimum: float = 0.0
    width: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Pinned:
    """Pieces that lie too close.

    Args:
        pieces: Which, together.
        low: Least they can be.
        high: Most.
        group: The group that they are; None for a piece that nobody published.
        groups: Every group that helps to pin it.
    """

    pieces: Ints
    low: float
    high: float
    group: int | None
    groups: Ints


def pinned(sums: Sums, wanted: Wanted) -> Iterator[Pinned]:
    """Everything that lies too close now that something new is known."""
    state = filled_in(sums)
    yield from _known_exactly(sums, wanted, state)
    for part in _parts(sums, state):
        yield from _Part(sums, wanted, state, part).pinned()


def limits(sums: Sums, pieces: Ints) -> tuple[float, float]:
    """Between which values some pieces lie together."""
    state = filled_in(sums)
    low = high = float(np.nansum(state.known[pieces]))
    for part in _parts(sums, state, every=True):
        own = np.intersect1d(pieces, part.pieces)
        if own.size:
            least, most = _Part(sums, None, state, part).limits_of(own)
            low, high = low + least, high + most
    lost = np.isnan(state.known[pieces]) & ~np.isin(pieces, _touched(sums, state))
    return low, np.inf if lost.any() else high


def _known_exactly(sums: Sums, wanted: Wanted, state: State) -> Iterator[Pinned]:
    settled = state.rests_on_new & state.usable & (state.open == 0)
    hidden = wanted.need > 1 if sums.whole else wanted.need > 0
    for group in np.flatnonzero(settled & hidden):
        pieces = sums.matrix[group].indices.astype(np.int64)
        value = float(state.known[pieces].sum())
        yield Pinned(pieces, value, value, int(group), _around(sums, pieces))
    small = state.new & (state.known > NEAR) & (state.known < wanted.minimum)
    for piece in np.flatnonzero(small):
        value = float(state.known[piece])
        own = np.array([piece], dtype=np.int64)
        yield Pinned(own, value, value, None, _around(sums, own))


def _around(sums: Sums, pieces: Ints) -> Ints:
    """Groups that hold these pieces, or share a piece with one that does."""
    member = np.zeros(sums.matrix.shape[1])
    member[pieces] = 1
    near = sums.matrix @ member > 0
    second = sums.matrix @ (sums.matrix[near].sum(axis=0).A1 > 0).astype(np.float64) > 0
    found: Ints = np.flatnonzero(second)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Place:
    """A component: pieces that no group connects with others."""

    pieces: Ints
    groups: Ints


def _touched(sums: Sums, state: State) -> Ints:
    used = np.flatnonzero(state.usable & (state.open > 0))
    return np.unique(sums.matrix[used].indices).astype(np.int64)


def _parts(sums: Sums, state: State, *, every: bool = False) -> Iterator[_Place]:
    used = np.flatnonzero(state.usable & (state.open > 0))
    open_pieces = np.flatnonzero(np.isnan(state.known))
    if not used.size or not open_pieces.size:
        return
    matrix = sums.matrix[used][:, open_pieces]
    empty = csr_matrix((matrix.shape[0], matrix.shape[0]))
    graph = vstack(
        [hstack([empty, matrix]), hstack([matrix.T, csr_matrix((len(open_pieces),) * 2)])]
    )
    _, label = connected_components(graph, directed=False)
    for one in np.unique(label[: len(used)]):
        groups = used[label[: len(used)] == one]
        if every or state.rests_on_new[groups].any():
            yield _Place(open_pieces[label[len(used) :] == one], groups)


class _Part:
    """The programmes of one component."""

    def __init__(self, sums: Sums, wanted: Wanted | None, state: State, place: _Place) -> None:
        self._sums, self._wanted, self._place = sums, wanted, place
        matrix = sums.matrix[place.groups][:, place.pieces].tocsc()
        low = np.maximum(state.low[place.groups], 0.0)
        high = state.high[place.groups]
        finite = np.concatenate([low, high[np.isfinite(high)]])
        # An end far away, so that there always is an answer.
        self._far = 10.0 * float(finite.max(initial=0.0)) + 1e4
        self._low, self._high = _possible(matrix, low, high, self._far, whole=sums.whole)
        self._matrix = matrix
        self._in_whole = sums.whole and len(place.pieces) <= _EXACT_UP_TO
        self._solver = Solver(self._programme())

    def limits_of(self, pieces: Ints) -> tuple[float, float]:
        """Between which values some of its pieces lie together."""
        member = np.isin(self._place.pieces, pieces).astype(np.float64)
        return self._exact(member)

    def pinned(self) -> Iterator[Pinned]:
        """What lies too close."""
        members, need, group = self._questions()
        if not members.shape[0]:
            return
        seen = _Seen(members, whole=self._in_whole)
        if members.shape[0] > _TOGETHER:
            self._look_together(seen, need)
        for at in range(members.shape[0]):
            if self._is_wide(seen.low[at], seen.high[at], need[at]):
                continue
            member = members[at].toarray()[0]
            low, high = self._limits(member, seen, need[at])
            if not self._is_wide(low, high, need[at]) and not self._is_harmless(
                group[at], low, high
            ):
                pieces = self._place.pieces[np.flatnonzero(member)]
                yield Pinned(pieces, low, high, group[at], self._place.groups)

    def _questions(self) -> tuple[csr_matrix, Floats, list[int | None]]:
        """Per question its pieces, how wide it must stay, and the group that it is."""
        wanted = self._wanted
        if wanted is None:
            return csr_matrix((0, len(self._place.pieces))), np.zeros(0), []
        asked = np.flatnonzero(wanted.need[self._place.groups] > 0)
        rows = [self._matrix.tocsr()[asked]]
        needs = [wanted.need[self._place.groups][asked]]
        groups: list[int | None] = [int(self._place.groups[at]) for at in asked]
        if wanted.width > 0:
            size = len(self._place.pieces)
            rows.append(identity(size, format="csr"))
            needs.append(np.full(size, wanted.width))
            groups += [None] * size
        return vstack(rows).tocsr(), np.concatenate(needs), groups

    def _is_wide(self, low: float, high: float, need: float) -> bool:
        if self._in_whole:
            return high - low + 1 >= need
        return high - low >= (need if self._sums.whole else need * high)

    def _is_harmless(self, group: int | None, low: float, high: float) -> bool:
        """A piece that nobody published may be known when it is not small."""
        return (
            group is None
            and self._wanted is not None
            and (low >= self._wanted.minimum or high < 0.5)
        )

    def _look_together(self, seen: "_Seen", need: Floats) -> None:
        """Programmes for many questions at once, as long as they show enough."""
        chance = np.random.default_rng(0)
        left = len(need) + 1
        while True:
            short = np.array(
                [
                    not self._is_wide(low, high, one)
                    for low, high, one in zip(seen.low, seen.high, need, strict=True)
                ]
            )
            if not short.any() or short.sum() > 0.97 * left:
                return
            left = int(short.sum())
            weight = (
                short * chance.choice([-1.0, 1.0], len(need)) * (chance.random(len(need)) + 0.1)
            )
            direction = np.asarray(seen.members.T @ weight)
            for sign in (1.0, -1.0):
                seen.see(self._solve(sign * direction))

    def _limits(self, member: Floats, seen: "_Seen", need: float) -> tuple[float, float]:
        values = []
        for sign in (1.0, -1.0):
            answer = self._solve(sign * member)
            seen.see(answer)
            values.append(answer)
        low, high = float(member @ values[0]), float(member @ values[1])
        if self._in_whole:
            low, high = float(np.ceil(low - NEAR)), float(np.floor(high + NEAR))
            if self._is_wide(low, high, need) and not all(_is_whole(one) for one in values):
                return self._exact(member)
        return low, high

    def _exact(self, member: Floats) -> tuple[float, float]:
        found = []
        for sign in (1.0, -1.0):
            programme = self._programme(sign * member, whole=self._in_whole)
            answer = solved(programme)
            found.append(np.nan if answer is None else float(member @ answer.values))
        low, high = found
        return (0.0 if np.isnan(low) else low), (np.inf if np.isnan(high) else high)

    def _solve(self, cost: Floats) -> Floats:
        for at in np.flatnonzero(cost):
            self._solver.set_cost(int(at), float(cost[at]))
        answer = self._solver.solve()
        for at in np.flatnonzero(cost):
            self._solver.set_cost(int(at), 0.0)
        return np.zeros(len(cost)) if answer is None else answer.values

    def _programme(self, cost: Floats | None = None, *, whole: bool = False) -> Programme:
        size = len(self._place.pieces)
        return Programme(
            cost=np.zeros(size) if cost is None else cost,
            low=np.zeros(size),
            high=np.full(size, self._far),
            matrix=self._matrix,
            least=self._low,
            most=self._high,
            whole=np.ones(size, dtype=bool) if whole else None,
        )


class _Seen:
    """The least and the most that each question was seen to be."""

    def __init__(self, members: csr_matrix, *, whole: bool) -> None:
        self.members, self._whole = members, whole
        self.low = np.full(members.shape[0], np.inf)
        self.high = np.full(members.shape[0], -np.inf)

    def see(self, values: Floats) -> None:
        if self._whole and not _is_whole(values):
            return
        seen = self.members @ values
        self.low, self.high = np.minimum(self.low, seen), np.maximum(self.high, seen)


def _is_whole(values: Floats) -> bool:
    return bool((np.abs(values - np.round(values)) < NEAR).all())


def _possible(
    matrix: csc_matrix, low: Floats, high: Floats, far: float, *, whole: bool
) -> tuple[Floats, Floats]:
    """Limits of the groups, as little wider as makes all of them possible together."""
    number, size = matrix.shape
    slack = identity(number, format="csc")
    programme = Programme(
        cost=np.concatenate([np.zeros(size), np.ones(2 * number)]),
        low=np.zeros(size + 2 * number),
        high=np.full(size + 2 * number, far),
        matrix=hstack([matrix, slack, -slack]).tocsc(),
        least=low,
        most=high,
    )
    answer = solved(programme)
    if answer is None or answer.cost < NEAR:
        return low, high
    value = matrix @ answer.values[:size]
    below = np.floor(value + NEAR) if whole else value - NEAR
    above = np.ceil(value - NEAR) if whole else value + NEAR
    return np.minimum(low, below), np.maximum(high, above)
