"""Groups of rows with their true numbers, and the sums between them: a whole, parts and a rest."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix

from grondslag.release.region import Region

Keys = tuple[str, ...]


@dataclass(slots=True)
class Known:
    """A group of rows with its true number.

    Args:
        region: Which rows.
        value: How many, or how much.
        group: How many persons stand behind it.
        largest: The largest amounts of single persons; empty for counts, and where nobody knows.
        judged: What those amounts are about; None where nobody knows.
        asking: The largest of them of whoever did not agree to be recognisable; None: nobody did.
        unsafe: Whether it is withheld for its own sake.
        below: How far below it must stay open besides.
        fixed: Whether it is out already, or follows from a number that is shown.
        gone: Whether it is withheld in any case, and need not stay hidden.
        places: In which new tables it stands, under which keys.
        total: Whether it is only ever a total there.
    """

    region: Region
    value: float
    group: int
    largest: tuple[float, ...] = ()
    judged: float | None = None
    asking: float | None = None
    unsafe: bool = False
    below: float = 0.0
    fixed: bool = False
    gone: bool = False
    places: list[tuple[str, Keys]] = field(default_factory=list)
    total: bool = True


@dataclass(frozen=True, slots=True)
class Sum:
    """A whole, its parts, and what is left over.

    Args:
        whole: Number of the whole.
        parts: Numbers of parts that lie apart.
        rest: What is left.
        group: At least so many persons stand behind the rest.
        largest: The largest amounts that may be in the rest.
        judged: What those amounts are about.
        asking: At most so much of the rest is of one person who did not agree to be recognisable;
            None: nobody did.
    """

    whole: int
    parts: tuple[int, ...]
    rest: float
    group: int
    largest: tuple[float, ...]
    judged: float
    asking: float | None


def sums_between(known: Sequence[Known], *, by_person: bool) -> list[Sum]:
    """Every whole with parts that lie apart, larger parts first.

    Args:
        known: The groups.
        by_person: Whether the minimum is about persons apart from the rows: one may stand in
            several parts.
    """
    kinds: dict[object, list[int]] = {}
    for at, node in enumerate(known):
        names = frozenset(name for name, _ in node.region.where)
        depth = len(node.region.area)
        for kind in ((names, node.region.period), (names, node.region.period, depth), (names,)):
            kinds.setdefault(kind, []).append(at)
    groups = [
        sorted(places, key=lambda at: (len(known[at].region.area), at)) for places in kinds.values()
    ]
    found: dict[tuple[int, tuple[int, ...]], Sum] = {}
    for whole in range(len(known)):
        for group in groups:
            parts = _parts(known, whole, group)
            if parts:
                one = _sum(known, whole, parts, by_person=by_person)
                if one.rest >= 0:
                    found.setdefault((whole, tuple(sorted(parts))), one)
    return list(found.values())


def _parts(known: Sequence[Known], whole: int, group: Sequence[int]) -> tuple[int, ...]:
    parts: list[int] = []
    region = known[whole].region
    for at in group:
        inside = at != whole and region.holds(known[at].region)
        if inside and all(known[at].region.apart(known[one].region) for one in parts):
            parts.append(at)
    return tuple(parts)


def _sum(known: Sequence[Known], whole: int, parts: tuple[int, ...], *, by_person: bool) -> Sum:
    node = known[whole]
    rest = node.value - sum(known[at].value for at in parts)
    if abs(rest) < 1e-9 * max(1.0, node.value):
        rest = 0.0
    group = node.group - sum(known[at].group for at in parts)
    if by_person:
        group = max(group, 1)
    taken = [amount for at in parts for amount in known[at].largest]
    judged = _judged(node, [known[at] for at in parts])
    largest = _left(node.largest, taken, judged)
    if math.isinf(judged):  # then there may be nobody else in the rest
        judged = sum(largest) if largest else rest
    return Sum(whole, parts, rest, max(group, 0), largest, judged, node.asking)


def _judged(node: Known, parts: Sequence[Known]) -> float:
    """What is left of what is judged; without end where nobody knows."""
    if node.judged is None:
        return math.inf
    left = node.judged
    for part in parts:
        if part.judged is None:
            return math.inf
        left -= part.judged
    return 0.0 if left < 1e-9 * max(1.0, node.judged) else left


def _left(largest: tuple[float, ...], taken: list[float], rest: float) -> tuple[float, ...]:
    """The amounts of single persons that may be in the rest; at worst those next in size."""
    left: list[float] = []
    for amount in largest:
        if amount in taken:
            taken.remove(amount)
        else:
            left.append(min(amount, rest))
    if not largest:
        return ()
    left += [min(largest[-1], rest)] * (len(largest) - len(left))
    # Together they are no more than there is.
    total = 0.0
    fits = []
    for amount in left:
        fits.append(min(amount, rest - total))
        total += fits[-1]
    return tuple(fits)


def matrix_of(sums: Sequence[Sum], size: int) -> csr_matrix:
    """A row per sum; what is left over stands behind the groups."""
    rows: list[int] = []
    columns: list[int] = []
    factors: list[float] = []
    left = size
    for row, one in enumerate(sums):
        parts = list(one.parts)
        if one.rest > 0:
            parts.append(left)
            left += 1
        rows += [row] * (1 + len(parts))
        columns += [one.whole, *parts]
        factors += [1.0, *[-1.0] * len(parts)]
    # The whole stands first in its row, as `group_demands` expects.
    lengths = np.bincount(np.array(rows, dtype=np.int64), minlength=len(sums))
    pointers = np.concatenate([[0], np.cumsum(lengths)])
    return csr_matrix(
        (np.array(factors), np.array(columns, dtype=np.int64), pointers),
        shape=(len(sums), left),
    )
