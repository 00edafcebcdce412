"""Between which limits unknown whole numbers lie, given sums of them: the attacker's arithmetic.

Integer programming gives the exact limits. A component of one sum has a closed form.
"""

import math
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A withheld count.

    Args:
        floor: Least it can be.
        ceiling: Most it can be; None when the reader does not know.
        width: How many values must stay possible.
    """

    floor: int
    ceiling: int | None
    width: int


@dataclass(frozen=True, slots=True)
class Equation(Generic[Name]):
    """Terms that add up to a constant.

    Args:
        terms: Coefficient per unknown.
        constant: What they add up to.
        everyone: All groups in the sum, known ones too.
    """

    terms: Mapping[Name, int]
    constant: int
    everyone: tuple[Name, ...]


def narrowed(
    unknown: Mapping[Name, Unknown],
    equations: Sequence[Equation[Name]],
    fresh: Collection[Name],
) -> Name | None:
    """The first unknown that the sums leave fewer values than it must keep; None when all do.

    Sums that contradict each other (the data changed between two releases) say nothing together;
    then each is judged by itself, and one that cannot be true at all says nothing.

    Args:
        unknown: What is withheld.
        equations: What a reader can add up.
        fresh: Names that something new was said about; sums without any of them were judged before.

    Source:
        Fischetti and Salazar-González (2000), Models and algorithms for optimizing cell suppression
        in tabular data with linear constraints, doi:10.1080/01621459.2000.10474282: the attacker's
        problem (two integer programmes per cell).
    """
    for component in _components([one for one in equations if one.terms]):
        if not any(name in fresh for equation in component for name in equation.everyone):
            continue
        for part in _components(_independent(component)):
            found = _narrowed_in(unknown, part)
            if found is not None:
                return found
    return None


def _independent(equations: Sequence[Equation[Name]]) -> list[Equation[Name]]:
    """Without sums that are no more than smaller sums put together: they add no knowledge."""
    kept: list[Equation[Name]] = []
    for equation in sorted(equations, key=lambda one: len(one.terms)):
        left = dict(equation.terms)
        constant = equation.constant
        for smaller in kept:
            if all(left.get(name) == factor for name, factor in smaller.terms.items()):
                left = {name: left[name] for name in left if name not in smaller.terms}
                constant -= smaller.constant
        if left or constant:
            kept.append(equation)
    return kept


def _components(equations: Sequence[Equation[Name]]) -> list[list[Equation[Name]]]:
    """Equations that share an unknown, together."""
    parts: list[tuple[set[Name], list[Equation[Name]]]] = []
    for equation in equations:
        names, mine = set(equation.terms), [equation]
        apart = []
        for other_names, others in parts:
            if names & other_names:
                names |= other_names
                mine = others + mine
            else:
                apart.append((other_names, others))
        parts = [*apart, (names, mine)]
    return [mine for _, mine in parts]


def _narrowed_in(
    unknown: Mapping[Name, Unknown], equations: Sequence[Equation[Name]]
) -> Name | None:
    if len(equations) == 1:
        return _narrowed_by_one(unknown, equations[0])
    names = sorted({name for equation in equations for name in equation.terms}, key=repr)
    limits = _Programme(unknown, equations, names)
    if not limits.possible:
        found = (_narrowed_by_one(unknown, equation) for equation in equations)
        return next((name for name in found if name is not None), None)
    for at, name in enumerate(names):
        if limits.values(at) < unknown[name].width:
            return name
    return None


def _narrowed_by_one(unknown: Mapping[Name, Unknown], equation: Equation[Name]) -> Name | None:
    least = {name: _ends(unknown[name], factor)[0] for name, factor in equation.terms.items()}
    most = {name: _ends(unknown[name], factor)[1] for name, factor in equation.terms.items()}
    low, high = sum(least.values()), sum(most.values())
    if not low <= equation.constant <= high:
        return None
    for name in equation.terms:
        stop = min(most[name], equation.constant - (low - least[name]))
        # The rest without its own most; infinite when another has no ceiling.
        others = sum(value for other, value in most.items() if other != name)
        start = max(least[name], equation.constant - others)
        if stop - start + 1 < unknown[name].width:
            return name
    return None


def _ends(unknown: Unknown, factor: int) -> tuple[float, float]:
    ceiling = math.inf if unknown.ceiling is None else unknown.ceiling
    one, other = factor * unknown.floor, factor * ceiling
    return min(one, other), max(one, other)


class _Programme:
    """The whole numbers that satisfy all sums of a component."""

    def __init__(
        self,
        unknown: Mapping[Name, Unknown],
        equations: Sequence[Equation[Name]],
        names: Sequence[Name],
    ) -> None:
        from scipy.optimize import Bounds, LinearConstraint  # slow to load, seldom needed

        place = {name: at for at, name in enumerate(names)}
        matrix = np.zeros((len(equations), len(names)))
        for row, equation in enumerate(equations):
            for name, factor in equation.terms.items():
                matrix[row, place[name]] = factor
        constants = np.array([equation.constant for equation in equations], dtype=float)
        ceilings = [unknown[name].ceiling for name in names]
        self._size = len(names)
        self._sums = LinearConstraint(matrix, constants, constants)
        self._bounds = Bounds(
            np.array([unknown[name].floor for name in names], dtype=float),
            np.array([np.inf if one is None else one for one in ceilings], dtype=float),
        )
        self.possible = self._best(np.zeros(self._size)) is not None

    def values(self, at: int) -> float:
        """How many values the unknown at this place can still have."""
        goal = np.zeros(self._size)
        goal[at] = 1
        least, most = self._best(goal), self._best(-goal)
        return math.inf if least is None or most is None else round(-most) - round(least) + 1

    def _best(self, goal: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float | None:
        """The least value of the goal; None when there is none or it has no end."""
        from scipy.optimize import milp

        result = milp(goal, constraints=self._sums, bounds=self._bounds,
                      integrality=np.ones(self._size))  # fmt: skip
        return float(result.fun) if result.status == 0 else None
