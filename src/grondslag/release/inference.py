"""What a reader can work out: sums, differences and ranges over everything that is visible.

A reader knows three things: the visible counts; that a withheld count is below the minimum; and
that cells add up. From these follow a range for every withheld count, and an exact count for every
group that is left over when visible cells are taken from a visible whole. A release is safe when
every such range stays wide and no group that is left over is small.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from grondslag.release.ranges import Equation, Unknown, narrowed
from grondslag.release.region import Region, cell_region, scope_region
from grondslag.release.released import ReleasedFigure

NEW = ""
"""The release under judgement, where earlier ones have an id."""


class Way(Enum):
    """How something small follows."""

    DIFFERENCE = "difference"
    REST = "rest"
    RANGE = "range"
    BEFORE = "before"


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Something small that follows from what is visible.

    Args:
        way: How it follows.
        figure: The new table with which it follows.
        release: The earlier release it follows together with; empty within the new one.
    """

    way: Way
    figure: str
    release: str = NEW


@dataclass(slots=True)
class _Node:
    """A group of rows about which something was published."""

    region: Region
    count: int | None
    figure: str
    release: str
    minimum: int
    unknown: Unknown


class _Near:
    """Groups by area, so that only those near a whole are looked at; the others lie apart."""

    def __init__(self, nodes: Sequence[_Node]) -> None:
        self._all = nodes
        self._everywhere = [node for node in nodes if not node.region.area]
        self._at: dict[str, list[_Node]] = {}
        self._within: dict[str, list[_Node]] = {}
        for node in nodes:
            for code in node.region.area:
                self._within.setdefault(code, []).append(node)
            for code in node.region.area[:1]:
                self._at.setdefault(code, []).append(node)

    def inside(self, whole: Region) -> Sequence[_Node]:
        """Those that may lie inside a whole, as far as area goes."""
        return self._within.get(whole.area[0], []) if whole.area else self._all

    def touching(self, whole: Region) -> list[_Node]:
        """Those that may lie inside a whole or around it."""
        around = [node for code in whole.area[1:] for node in self._at.get(code, [])]
        return [*self.inside(whole), *around, *(self._everywhere if whole.area else [])]


@dataclass(slots=True)
class _Table:
    """A table as a reader sees it: its groups add up to its scope when it covers that."""

    covers: bool
    scope: Region
    base: list[_Node]
    near: _Near


@dataclass(slots=True)
class _Seen:
    """Everything a reader sees: groups, and tables of groups."""

    nodes: dict[Region, _Node] = field(default_factory=dict)
    tables: list[_Table] = field(default_factory=list)
    known: set[object] = field(default_factory=set)


def disclosure(
    new: Sequence[ReleasedFigure],
    earlier: Iterable[tuple[str, ReleasedFigure]] = (),
) -> Disclosure | None:
    """The first small thing that follows from new tables beside all earlier ones; None when safe.

    Args:
        new: Tables of one dataset and population, as they would be shown.
        earlier: Release id and table, of the same dataset and population.
    """
    seen = _Seen()
    for release, figure in earlier:
        _add(seen, figure, release)
    for figure in new:
        found = _add(seen, figure, NEW)
        if found:
            return found
    minimum = max((figure.minimum for figure in new), default=0)
    return _small_rest(seen, minimum) or _narrow(seen)


def _add(seen: _Seen, figure: ReleasedFigure, release: str) -> Disclosure | None:
    """Add a table; a group that was published before is compared with what was said then."""
    whole = scope_region(figure.scope, figure.area_parents)
    base: list[_Node] = []
    unknown = Unknown(
        floor=0 if figure.zeros_disclose else 1,
        ceiling=(
            figure.minimum - 1 if figure.group == "count" and not figure.others_withheld else None
        ),
        width=(figure.minimum + 1) // 2,
    )
    shown = [
        (cell_region(figure.scope, figure.dimensions, cell.keys, figure.area_parents),
         cell.count, "*" not in cell.keys)
        for cell in figure.cells
    ]  # fmt: skip
    if figure.implied_total is not None:
        shown.append((whole, figure.implied_total, False))
    for region, count, is_base in shown:
        node = _Node(region, count, figure.id, release, figure.minimum, unknown)
        found = _merge(seen, node)
        if found:
            return found
        if is_base:
            base.append(seen.nodes[region])
    known = (figure.covers, whole, tuple(node.region for node in base))
    if known not in seen.known:  # the same table again adds no sum
        seen.known.add(known)
        seen.tables.append(_Table(figure.covers, whole, base, _Near(base)))
    return None


def _merge(seen: _Seen, node: _Node) -> Disclosure | None:
    known = seen.nodes.get(node.region)
    if known is None:
        seen.nodes[node.region] = node
        return None
    if node.count is None:
        return None  # shown before, or withheld before: nothing is added
    found = None
    if known.count is None and node.count < known.minimum:
        found = Disclosure(Way.BEFORE, node.figure, known.release)
    if known.count is not None and 0 < abs(node.count - known.count) < node.minimum:
        found = Disclosure(Way.DIFFERENCE, node.figure, known.release)
    known.count, known.figure, known.release = node.count, node.figure, node.release
    known.minimum, known.unknown = node.minimum, node.unknown
    return found if node.release == NEW else None


def _small_rest(seen: _Seen, minimum: int) -> Disclosure | None:
    """A visible whole minus visible parts that lie apart: what is left is a group too.

    Larger parts are taken first. Where a finer part would leave something small, it does so within
    the larger part too, and that is a whole of its own here.
    """
    kinds: dict[object, list[_Node]] = {}
    for node in seen.nodes.values():
        names = frozenset(name for name, _ in node.region.where)
        kinds.setdefault((names, node.region.period), []).append(node)
    groups = [sorted(nodes, key=lambda node: len(node.region.area)) for nodes in kinds.values()]
    near = [(_Near(group), _has_new(group)) for group in groups]
    near += [(table.near, _has_new(table.base)) for table in seen.tables]
    for whole in seen.nodes.values():
        for group, newer in near:
            if newer or whole.release == NEW:
                found = _rest(whole, group.inside(whole.region), minimum)
                if found:
                    return found
    return None


def _has_new(group: Sequence[_Node]) -> bool:
    return any(node.release == NEW for node in group)


def _rest(whole: _Node, group: Sequence[_Node], minimum: int) -> Disclosure | None:
    if whole.count is None:
        return None
    inside = [node for node in group if node is not whole and whole.region.holds(node.region)]
    parts: list[_Node] = []
    for node in inside:
        if node.count is not None and all(node.region.apart(part.region) for part in parts):
            parts.append(node)
    left = whole.count - sum(part.count or 0 for part in parts)
    hidden = any(
        node.count is None and all(node.region.apart(part.region) for part in parts)
        for node in inside
    )
    newest = next((node for node in (whole, *parts) if node.release == NEW), None)
    if not parts or newest is None:
        return None
    if 0 < left < minimum or (left == 0 and hidden):
        old = next((node for node in (whole, *parts) if node.release != NEW), newest)
        return Disclosure(Way.REST, newest.figure, old.release)
    return None


def _narrow(seen: _Seen) -> Disclosure | None:
    """A withheld count whose range, from all sums together, has become narrow."""
    unknown = {region: node.unknown for region, node in seen.nodes.items() if node.count is None}
    equations = list(_equations(seen))
    fresh = {region for region, node in seen.nodes.items() if node.release == NEW}
    region = narrowed(unknown, equations, fresh)
    if region is None:
        return None
    hidden = seen.nodes[region]
    involved = [seen.nodes[one] for one in _component(region, equations)]
    newest = next((node for node in (hidden, *involved) if node.release == NEW), None)
    if newest is None:
        return None  # it follows from earlier releases alone; nothing new is said
    old = next((node for node in (hidden, *involved) if node.release != NEW), newest)
    return Disclosure(Way.RANGE, newest.figure, old.release)


def _equations(seen: _Seen) -> Iterable[Equation[Region]]:
    """Every "this group is exactly those cells of that table" in which something is withheld."""
    for table in seen.tables:
        if not table.covers:
            continue
        for whole in seen.nodes.values():
            if not table.scope.holds(whole.region):
                continue
            parts = _exactly(whole, table.near.touching(whole.region))
            if parts:
                yield _equation(whole, parts)


def _exactly(whole: _Node, base: Sequence[_Node]) -> list[_Node]:
    """The cells that make up the whole; none when a cell lies partly in it, or when it is one."""
    parts = []
    for node in base:
        if node is whole:
            return []
        if whole.region.holds(node.region):
            parts.append(node)
        elif not whole.region.apart(node.region):
            return []
    return parts


def _equation(whole: _Node, parts: Sequence[_Node]) -> Equation[Region]:
    terms: dict[Region, int] = {part.region: 1 for part in parts if part.count is None}
    constant = -sum(part.count or 0 for part in parts)
    if whole.count is None:
        terms[whole.region] = terms.get(whole.region, 0) - 1
    else:
        constant += whole.count
    everyone = (whole.region, *(part.region for part in parts))
    return Equation(terms, constant, everyone)


def _component(start: Region, equations: Sequence[Equation[Region]]) -> set[Region]:
    """All groups in sums that hang together with one withheld group."""
    reached: set[Region] = {start}
    everyone: set[Region] = set()
    grew = True
    while grew:
        grew = False
        for equation in equations:
            if reached & equation.terms.keys() and not everyone >= set(equation.everyone):
                reached |= equation.terms.keys()
                everyone |= set(equation.everyone)
                grew = True
    return everyone


def by_population(
    figures: Sequence[ReleasedFigure],
) -> Mapping[tuple[str, str], list[ReleasedFigure]]:
    """Tables per dataset and population: only those can be subtracted."""
    sorted_out: dict[tuple[str, str], list[ReleasedFigure]] = {}
    for figure in figures:
        sorted_out.setdefault((figure.dataset, figure.population), []).append(figure)
    return sorted_out
