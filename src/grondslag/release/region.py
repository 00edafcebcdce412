"""Which rows a cell is about, and when one cell lies inside another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grondslag.release.figure import ALL, Scope

_ENDS = {4: ("-01-01", "-12-31"), 10: ("", "")}


@dataclass(frozen=True, slots=True)
class Region:
    """A set of rows, described.

    Args:
        period: First and last day; None for always.
        area: The area's code with all areas around it, finest first; empty for everywhere.
        where: Further restrictions.
    """

    period: tuple[str, str] | None
    area: tuple[str, ...]
    where: frozenset[tuple[str, str]]

    def holds(self, other: "Region") -> bool:
        """Whether every row of the other is surely one of these."""
        return (
            self.where <= other.where
            and (not self.area or self.area[0] in other.area)
            and _period_holds(self.period, other.period)
        )

    def apart(self, other: "Region") -> bool:
        """Whether no row can be in both."""
        mine, others = dict(self.where), dict(other.where)
        if any(others[name] != value for name, value in mine.items() if name in others):
            return True
        if self.area and other.area:
            nested = self.area[0] in other.area or other.area[0] in self.area
            if not nested:
                return True
        if self.period and other.period:
            return self.period[1] < other.period[0] or other.period[1] < self.period[0]
        return False


def scope_region(scope: Scope, parents: Mapping[str, str]) -> Region:
    """The rows of a whole table."""
    where = frozenset((str(name), str(value)) for name, value in scope.where.items())
    return Region(scope.period, _path(scope.area, parents), where)


def cell_region(
    scope: Scope, dimensions: Sequence[str], keys: Sequence[str], parents: Mapping[str, str]
) -> Region:
    """The rows of one cell: those of its table, narrowed by its keys."""
    whole = scope_region(scope, parents)
    period, area, where = whole.period, whole.area, set(whole.where)
    for name, key in zip(dimensions, keys, strict=True):
        if key == ALL:
            continue
        if name == "area":
            area = _path(key, parents)
        elif name == "period":
            period = _narrowed(period, key)
        else:
            where.add((name, key))
    return Region(period, area, frozenset(where))


def _path(code: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    path: list[str] = []
    while code and code not in path:
        path.append(code)
        code = parents.get(code, "")
    return tuple(path)


def _narrowed(period: tuple[str, str] | None, key: str) -> tuple[str, str]:
    """A key of a period: a year, a day, or two days with a slash between them."""
    first, _, last = key.partition("/")
    start = first + _ENDS.get(len(first), ("", ""))[0]
    stop = (last or first) + _ENDS.get(len(last or first), ("", ""))[1]
    if period is None:
        return start, stop
    return max(start, period[0]), min(stop, period[1])


def _period_holds(outer: tuple[str, str] | None, inner: tuple[str, str] | None) -> bool:
    if outer is None:
        return True
    return inner is not None and outer[0] <= inner[0] and inner[1] <= outer[1]
