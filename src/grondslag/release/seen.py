"""Everything a reader sees of a population: groups of rows, and what is known of each.

The strongest reader: knows the rules, and of every withheld cell whether it is withheld for its
own sake or to protect others.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from grondslag.release.pieces import Whole
from grondslag.release.region import Region, cell_region, scope_region
from grondslag.release.released import ReleasedCell, ReleasedFigure

NEW = ""
"""The release under judgement, where earlier ones have an id."""
COUNTS = ""
"""The measure of a table without amounts."""
_AMOUNT_OPEN = 0.18
"""Share of the most a withheld amount can be that must stay open: a tenth on each side of it."""

Keys = tuple[str, ...]


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
        shown: New cells that help to tell it: without one of them it might not follow.
        measure: Of which amounts; empty for counts.
    """

    way: Way
    figure: str
    release: str = NEW
    shown: tuple[tuple[str, Keys], ...] = ()
    measure: str = COUNTS


@dataclass(slots=True)
class Node:
    """A group of rows about which something was published.

    Args:
        region: Which rows.
        low: Least it can be.
        high: Most it can be.
        need: How many values must stay possible (share of the most, for an amount); 0: it is shown,
            or protects others.
        figure: In which table it was published last.
        release: In which release.
        minimum: Smallest group there.
        by_person: Whether the minimum is about persons and the number about rows.
        places: In which new tables it is shown, under which keys.
    """

    region: Region
    low: float
    high: float
    need: float
    figure: str
    release: str
    minimum: int
    by_person: bool
    places: list[tuple[str, Keys]] = field(default_factory=list)

    @property
    def shown(self) -> bool:
        """Whether it was published with a number."""
        return self.need == 0 and math.isfinite(self.high)

    @property
    def exact(self) -> float | None:
        """The number, when the reader has it exactly."""
        return self.low if self.low == self.high else None


@dataclass(slots=True)
class Seen:
    """Groups by region, and the tables that fill their scope."""

    measure: str = COUNTS
    nodes: dict[Region, Node] = field(default_factory=dict)
    filled: dict[tuple[Region, tuple[Region, ...]], None] = field(default_factory=dict)

    def add(self, figure: ReleasedFigure, release: str) -> Disclosure | None:
        """Add a table; a group that was published before is compared with what was said then."""
        base: list[Region] = []
        for node, is_base in _nodes(figure, release, self.measure):
            found = self._merge(node)
            if found:
                return found
            if is_base:
                base.append(node.region)
        if figure.covers and base:
            whole = scope_region(figure.scope, figure.area_parents)
            self.filled[whole, tuple(base)] = None
        return None

    def wholes(self, numbers: Mapping[Region, int]) -> list[Whole]:
        """The scopes that tables fill."""
        return [
            Whole(scope, tuple(numbers[region] for region in base)) for scope, base in self.filled
        ]

    def _merge(self, node: Node) -> Disclosure | None:
        known = self.nodes.get(node.region)
        if known is None:
            self.nodes[node.region] = node
            return None
        if not node.shown:
            if not known.shown:
                known.low, known.high = max(known.low, node.low), min(known.high, node.high)
                known.need = max(known.need, node.need)
            return None
        found = None if self.measure else _compared(known, node)
        node.places += known.places
        self.nodes[node.region] = node
        return found if node.release == NEW else None


def _compared(known: Node, node: Node) -> Disclosure | None:
    """A group that was published before, and is again: what its two numbers tell together."""
    if known.need and node.high < known.minimum:
        return Disclosure(Way.BEFORE, node.figure, known.release, tuple(node.places))
    one, other = known.exact, node.exact
    if one is not None and other is not None and 0 < abs(other - one) < node.minimum:
        return Disclosure(Way.DIFFERENCE, node.figure, known.release, tuple(node.places))
    return None


def _nodes(figure: ReleasedFigure, release: str, measure: str) -> Iterator[tuple[Node, bool]]:
    """The groups of a table, and whether each is one of its finest."""
    for cell in figure.cells:
        region = _region(figure, cell.keys)
        low, high, need = (_amount if measure else _count)(figure, cell)
        node = _node(figure, release, region, (low, high, need))
        if release == NEW and node.shown:
            node.places.append((figure.id, cell.keys))
        yield node, "*" not in cell.keys
    if measure:
        return
    implied = [(_region(figure, keys), count) for keys, count in figure.given_back]
    if figure.implied_total is not None:
        whole = scope_region(figure.scope, figure.area_parents)
        implied.append((whole, figure.implied_total))
    for region, count in implied:
        yield _node(figure, release, region, (count, count, 0.0)), False


def _region(figure: ReleasedFigure, keys: Sequence[str]) -> Region:
    return cell_region(figure.scope, figure.dimensions, keys, figure.area_parents)


def _node(
    figure: ReleasedFigure, release: str, region: Region, known: tuple[float, float, float]
) -> Node:
    low, high, need = known
    by_person = figure.group == "contributors"
    return Node(region, low, high, need, figure.id, release, figure.minimum, by_person)


def _count(figure: ReleasedFigure, cell: ReleasedCell) -> tuple[float, float, float]:
    """Between which limits a reader knows a count, and how many values must stay possible."""
    half = figure.rounding // 2
    if cell.count is not None:
        if figure.rounding == 1:
            return cell.count, cell.count, 0.0
        least = max(cell.count - half, figure.minimum if cell.count else 0)
        return least, cell.count + figure.rounding - half - 1, 0.0
    by_person = figure.group == "contributors"
    if cell.for_others:
        return (0.0 if by_person else figure.minimum), math.inf, 0.0
    # Tables of before cells told which of them protect others: there each can be of any size.
    told = not figure.others_withheld or any(one.for_others for one in figure.cells)
    any_size = by_person or figure.tells_all or not told
    most = math.inf if any_size else figure.minimum - 1
    return (0.0 if figure.zeros_disclose else 1.0), most, float((figure.minimum + 1) // 2)


def _amount(figure: ReleasedFigure, cell: ReleasedCell) -> tuple[float, float, float]:
    """The same of an amount."""
    if cell.amount is not None:
        return cell.amount, cell.amount, 0.0
    average = cell.derived.get("average")
    if average is not None:  # shown instead of the amount, beside a rounded count
        low, high, _ = _count(figure, cell)
        return average * low, average * high, 0.0
    for_others = cell.for_others or cell.amount_for_others
    return 0.0, math.inf, 0.0 if for_others else _AMOUNT_OPEN


def by_population(
    figures: Iterable[ReleasedFigure],
) -> Mapping[tuple[str, str], list[ReleasedFigure]]:
    """Tables per dataset and population: only those can be subtracted."""
    sorted_out: dict[tuple[str, str], list[ReleasedFigure]] = {}
    for figure in figures:
        sorted_out.setdefault((figure.dataset, figure.population), []).append(figure)
    return sorted_out
