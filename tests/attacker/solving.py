"""Between which limits every withheld count lies: linear programmes over all that is known."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix, lil_matrix

from attacker.reading import Table
from attacker.regions import Region, Sum, region_of

_EXACT_UP_TO = 60
"""With more unknowns than this the programmes are solved in fractions, and rounded inwards."""
_MOST = 10_000_000.0


@dataclass(frozen=True)
class Within:
    """A weighted sum of counts lies in a range.

    Args:
        weights: Per region.
        low: Least.
        high: Most.
        because: From what that follows.
    """

    weights: Mapping[Region, float]
    low: float
    high: float
    because: str


@dataclass(frozen=True)
class Limits:
    """What the attacker knows of a withheld count in the end.

    Args:
        table: Where it is withheld.
        region: Of which rows.
        low: Least it can be.
        high: Most.
        need: So many values at least must stay possible.
    """

    table: str
    region: Region
    low: int
    high: int
    need: int

    @property
    def is_pinned(self) -> bool:
        """Whether too few values are left."""
        return self.high - self.low + 1 < self.need


def first_limits(tables: Iterable[Table]) -> dict[Region, tuple[float, float]]:
    """What the rules and the visible numbers say of each count by itself."""
    found: dict[Region, tuple[float, float]] = {}
    for table in tables:
        for cell in table.cells:
            region = region_of(table, cell.keys)
            low, high = 0.0, _MOST
            if cell.count is not None:
                low = high = float(cell.count)
            elif cell.own:
                low, high = (0.0 if table.zeros else 1.0), table.minimum - 1.0
            elif table.zeros:
                low = float(table.minimum)  # it could be shown, and protects another
            before = found.get(region, (0.0, _MOST))
            found[region] = max(low, before[0]), min(high, before[1])
    return found


def all_limits(
    tables: Sequence[Table],
    sums: Iterable[Sum],
    within: Iterable[Within] = (),
    *,
    only: Container[Region] | None = None,
) -> list[Limits]:
    """The limits of every count that is withheld for its own sake.

    Args:
        tables: As published.
        sums: What adds up to what.
        within: What else is known.
        only: Of these regions; all when left out.
    """
    first = first_limits(tables)
    programme = _Programme(first, list(sums), list(within))
    wanted = {}
    for table in tables:
        for cell in table.cells:
            if cell.own and (only is None or region_of(table, cell.keys) in only):
                wanted[region_of(table, cell.keys)] = table
    found = []
    for region, table in wanted.items():
        low, high = programme.limits(region)
        found.append(Limits(table.id, region, low, high, (table.minimum + 1) // 2))
    return found


Fact = tuple[Mapping[Region, float], float, float]
"""A weighted sum of regions, and between which limits it lies."""


class _Programme:
    """All facts as rows over the unknowns; shown counts are filled in."""

    def __init__(
        self,
        first: Mapping[Region, tuple[float, float]],
        sums: Sequence[Sum],
        within: Sequence[Within],
    ) -> None:
        self._first = first
        self._known = {region: low for region, (low, high) in first.items() if low == high}
        facts: list[Fact] = [
            (
                {one.whole: 1.0, **dict.fromkeys(one.parts, -1.0)},
                0.0,
                0.0 if one.fills else _MOST,
            )
            for one in sums
        ]
        facts += [(dict(one.weights), one.low, one.high) for one in within]
        self._parts = _parts_of(facts, self._known)

    def limits(self, region: Region) -> tuple[int, int]:
        """Least and most of one region."""
        if region in self._known:
            return int(self._known[region]), int(self._known[region])
        unknowns, facts = self._parts.get(region, ([region], []))
        at = {one: number for number, one in enumerate(unknowns)}
        matrix = lil_matrix((len(facts), len(unknowns)))
        low, high = np.zeros(len(facts)), np.zeros(len(facts))
        for row, (weights, least, most) in enumerate(facts):
            shown = sum(weight * self._known.get(one, 0.0) for one, weight in weights.items())
            for one, weight in weights.items():
                if one in at:
                    matrix[row, at[one]] = weight
            low[row], high[row] = least - shown, most - shown
        bounds = np.array([self._first.get(one, (0.0, _MOST)) for one in unknowns])
        ends = []
        for sign in (1.0, -1.0):
            goal = np.zeros(len(unknowns))
            goal[at[region]] = sign
            solved = milp(
                goal,
                constraints=LinearConstraint(csr_matrix(matrix), low, high) if facts else (),
                bounds=Bounds(bounds[:, 0], bounds[:, 1]),
                integrality=np.full(len(unknowns), int(len(unknowns) <= _EXACT_UP_TO)),
            )
            if solved.fun is None:
                raise ContradictionError(solved.message)
            ends.append(sign * solved.fun)
        return int(np.ceil(ends[0] - 1e-6)), int(np.floor(ends[1] + 1e-6))


class ContradictionError(AssertionError):
    """No counts at all agree with what is thought to be known: the attacker supposed wrongly."""


def _parts_of(
    facts: Sequence[Fact], known: Mapping[Region, float]
) -> dict[Region, tuple[list[Region], list[Fact]]]:
    """Per unknown the unknowns and facts that hang together with it."""
    about: dict[Region, list[int]] = {}
    for number, (weights, _, _) in enumerate(facts):
        for one in weights:
            if one not in known:
                about.setdefault(one, []).append(number)
    found: dict[Region, tuple[list[Region], list[Fact]]] = {}
    for start in about:
        if start in found:
            continue
        reached, seen, todo = {start}, set(), [start]
        while todo:
            for number in about[todo.pop()]:
                if number in seen:
                    continue
                seen.add(number)
                new = [one for one in facts[number][0] if one in about and one not in reached]
                reached.update(new)
                todo += new
        part = (sorted(reached, key=str), [facts[number] for number in sorted(seen)])
        found |= dict.fromkeys(reached, part)
    return found
