"""What a reader can work out: sums, differences and ranges over everything that is visible.

A reader knows three things: the visible numbers; that a number withheld for its own sake is below
the minimum; and that groups add up. From these follow a range for every withheld number, and a
number for every group that is left over when visible groups are taken from each other. A release is
safe when every such range stays wide and no group that is left over is small.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from grondslag.release.filling import Sums
from grondslag.release.pieces import Cut, cuts
from grondslag.release.ranges import Pinned, Wanted, limits, pinned
from grondslag.release.region import Region
from grondslag.release.released import ReleasedFigure
from grondslag.release.seen import COUNTS, NEW, Disclosure, Node, Seen, Way, by_population

__all__ = ["Disclosure", "Way", "by_population", "disclosure", "disclosures"]


def disclosure(
    new: Sequence[ReleasedFigure],
    earlier: Iterable[tuple[str, ReleasedFigure]] = (),
    *,
    persons: Mapping[Region, int] | None = None,
) -> Disclosure | None:
    """The first small thing that follows from new tables beside all earlier ones; None when safe.

    Args:
        new: Tables of one dataset and population, as they would be shown.
        earlier: Release id and table, of the same dataset and population.
        persons: Distinct persons behind new groups whose numbers are rows, as far as known.
    """
    return next(disclosures(new, earlier, persons=persons), None)


def disclosures(
    new: Sequence[ReleasedFigure],
    earlier: Iterable[tuple[str, ReleasedFigure]] = (),
    *,
    persons: Mapping[Region, int] | None = None,
) -> Iterator[Disclosure]:
    """Every small thing that follows; the new tables by themselves first.

    Args:
        new: Tables of one dataset and population, as they would be shown.
        earlier: Release id and table, of the same dataset and population.
        persons: Distinct persons behind new groups whose numbers are rows, as far as known.
    """
    known = persons or {}
    before = list(earlier)
    alone = list(_follows(new, (), known))
    yield from alone or (_follows(new, before, known) if before else ())


def _follows(
    new: Sequence[ReleasedFigure],
    earlier: Sequence[tuple[str, ReleasedFigure]],
    persons: Mapping[Region, int],
) -> Iterator[Disclosure]:
    for measure in dict.fromkeys([COUNTS, *(figure.measured for figure in new)]):
        seen = Seen(measure)
        for release, figure in earlier:
            if measure in (COUNTS, figure.measured):
                seen.add(figure, release)
        for figure in new:
            found = seen.add(figure, NEW) if measure in (COUNTS, figure.measured) else None
            if found:
                yield found
                return  # what was said twice is settled before sums are looked at
        minimum = 0
        if measure == COUNTS:
            minimum = max((figure.minimum for figure in new), default=0)
            yield from _small_rests(seen, minimum, persons)
        yield from _narrow(seen, minimum)


class _Near:
    """Groups by area, so that only those near a whole are looked at; the others lie apart."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._all = nodes
        self._within: dict[str, list[Node]] = {}
        for node in nodes:
            for code in node.region.area:
                self._within.setdefault(code, []).append(node)

    def inside(self, whole: Region) -> Sequence[Node]:
        """Those that may lie inside a whole, as far as area goes."""
        return self._within.get(whole.area[0], []) if whole.area else self._all


def _small_rests(seen: Seen, minimum: int, persons: Mapping[Region, int]) -> Iterator[Disclosure]:
    """A visible whole minus visible parts that lie apart: what is left is a group too.

    Larger parts are taken first. Where a finer part would leave something small, it does so within
    the larger part too, and that is a whole of its own here.
    """
    kinds: dict[object, list[Node]] = {}
    for node in seen.nodes.values():
        names = frozenset(name for name, _ in node.region.where)
        kinds.setdefault((names, node.region.period), []).append(node)
    groups = [sorted(nodes, key=lambda node: len(node.region.area)) for nodes in kinds.values()]
    groups += [[seen.nodes[region] for region in base] for _, base in seen.filled]
    near = [(_Near(group), any(node.release == NEW for node in group)) for group in groups]
    for whole in seen.nodes.values():
        for group, newer in near:
            if newer or whole.release == NEW:
                found = _rest(whole, group.inside(whole.region), minimum, persons)
                if found:
                    yield found


def _rest(
    whole: Node, group: Sequence[Node], minimum: int, persons: Mapping[Region, int]
) -> Disclosure | None:
    if whole.exact is None:
        return None
    inside = [node for node in group if node is not whole and whole.region.holds(node.region)]
    parts: list[Node] = []
    for node in inside:
        if node.exact is not None and all(node.region.apart(part.region) for part in parts):
            parts.append(node)
    newest = next((node for node in (whole, *parts) if node.release == NEW), None)
    if not parts or newest is None:
        return None
    left = whole.exact - sum(part.exact or 0 for part in parts)
    hidden = [
        node
        for node in inside
        if node.exact is None and all(node.region.apart(part.region) for part in parts)
    ]
    small = 0 < left < minimum or (left == 0 and any(node.need for node in hidden))
    if small or (left > 0 and _too_few_persons(whole, parts, hidden, minimum, persons)):
        old = next((node for node in (whole, *parts) if node.release != NEW), newest)
        return Disclosure(Way.REST, newest.figure, old.release, _places((whole, *parts)))
    return None


def _too_few_persons(
    whole: Node,
    parts: Sequence[Node],
    hidden: Sequence[Node],
    minimum: int,
    persons: Mapping[Region, int],
) -> bool:
    """Whether many rows that are left over may be those of few persons.

    Somebody may stand in several parts, so what is left has at least the persons of the whole less
    those of the parts, and at least those of any withheld part.
    """
    if not whole.by_person:
        return False
    least = max((persons.get(node.region, 0) for node in hidden), default=0)
    everybody = persons.get(whole.region)
    taken = [persons.get(part.region) for part in parts]
    if everybody is not None and None not in taken:
        least = max(least, everybody - sum(one or 0 for one in taken))
    return least < minimum


def _places(nodes: Iterable[Node]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(place for node in nodes for place in node.places)


def _narrow(seen: Seen, minimum: int) -> Iterator[Disclosure]:
    """Groups whose range, from all sums together, has become narrow."""
    nodes = list(seen.nodes.values())
    if not any(node.need for node in nodes) and len(nodes) < 2:
        return
    numbers = {node.region: at for at, node in enumerate(nodes)}
    scale = 1.0
    if seen.measure:
        scale = max((node.low for node in nodes), default=1.0) or 1.0
    for cut in cuts([node.region for node in nodes], seen.wholes(numbers)):
        yield from _pinned_in(cut, [nodes[at] for at in cut.groups], seen, minimum, scale)


def _pinned_in(
    cut: Cut, nodes: Sequence[Node], seen: Seen, minimum: int, scale: float
) -> Iterator[Disclosure]:
    sums = Sums(
        matrix=cut.matrix,
        low=np.array([node.low for node in nodes]) / scale,
        high=np.array([node.high for node in nodes]) / scale,
        fresh=np.array([node.release == NEW for node in nodes]),
        whole=not seen.measure,
    )
    wanted = Wanted(
        need=np.array([node.need for node in nodes]),
        minimum=minimum,
        width=(minimum + 1) // 2,
    )
    older = sums.earlier()
    mixed = any(node.release != NEW for node in nodes)
    for found in pinned(sums, wanted):
        if mixed and _said_before(older, found):
            continue
        yield _told(found, nodes, seen.measure)


def _said_before(older: Sums, found: Pinned) -> bool:
    """Whether earlier releases alone leave it no more open; then nothing new is said."""
    low, high = limits(older, found.pieces)
    return high - low <= found.high - found.low + 1e-6


def _told(found: Pinned, nodes: Sequence[Node], measure: str) -> Disclosure:
    involved = [nodes[at] for at in found.groups]
    newest = next((node for node in involved if node.release == NEW), None)
    old = next((node for node in involved if node.release != NEW), None)
    exact = found.group is None and math.isclose(found.low, found.high)
    return Disclosure(
        Way.REST if exact else Way.RANGE,
        newest.figure if newest else "",
        old.release if old else NEW,
        _places(involved),
        measure,
    )
