"""The codes of one dimension of a table, from the total down to the finest."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError

ALL = "*"
"""The code of everything: the top of every tree."""

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Dimension:
    """A tree of codes.

    Args:
        name: Of the column.
        parents: Per code the code it is counted under; the highest codes have `ALL`.

    Raises:
        InputError: It is no tree: a parent is missing, or codes go round in a circle.
    """

    name: str
    parents: Mapping[str, str]
    codes: tuple[str, ...] = field(init=False)
    numbers: Mapping[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if not self.parents:
            raise InputError("tables.tree-empty", dimension=self.name)
        for code in self.parents:
            _check_path(self.name, code, self.parents)
        codes = (ALL, *sorted(self.parents))
        object.__setattr__(self, "codes", codes)
        object.__setattr__(self, "numbers", {code: at for at, code in enumerate(codes)})

    @property
    def leaves(self) -> frozenset[str]:
        """The finest codes."""
        return frozenset(self.parents) - frozenset(self.parents.values())

    def families(self) -> list[tuple[int, list[int]]]:
        """Every code that has codes below it, with those, by number."""
        below: dict[int, list[int]] = {}
        for code, parent in self.parents.items():
            below.setdefault(self.numbers[parent], []).append(self.numbers[code])
        return [(parent, sorted(children)) for parent, children in sorted(below.items())]

    def paths(self) -> Ints:
        """Per code (a row) its own number and those above it, filled up with -1."""
        found: list[list[int]] = []
        for start in self.codes:
            path, code = [self.numbers[start]], start
            while code != ALL:
                code = self.parents[code]
                path.append(self.numbers[code])
            found.append(path)
        deepest = max(len(path) for path in found)
        return np.array([path + [-1] * (deepest - len(path)) for path in found], dtype=np.int64)


def flat(name: str, codes: list[str]) -> Dimension:
    """A dimension of one level under its total."""
    return Dimension(name, dict.fromkeys(codes, ALL))


def _check_path(name: str, start: str, parents: Mapping[str, str]) -> None:
    if start == ALL:
        raise InputError("tables.tree-top-below", dimension=name)
    code, steps = start, 0
    while code != ALL:
        if code not in parents:
            raise InputError("tables.tree-parent-missing", dimension=name, code=code[:40])
        code, steps = parents[code], steps + 1
        if steps > len(parents):
            raise InputError("tables.tree-circle", dimension=name, code=start[:40])
