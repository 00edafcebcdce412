"""Which years may be taken together: never across a change in what was counted.

A change is known from the calendar or the owner (`breaks`), or shows in the data: areas of one year
that are not there in the next, or a town whose count jumps while nobody said why. Areas are then
compared over the last years that belong together; the years before stand apart, with the reason.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from grondslag.analysis.breaks import COVID_YEARS, Break, BreakKind
from grondslag.methods import rate_changes

_ENOUGH_YEARS = 6
"""Fewer years tell no jump from an ordinary difference."""
_LEAST_JUMP = 0.2
"""A smaller step is one that a town can take by itself: it keeps no years apart."""
_MIDDLE_OF_CHI_SQUARE = 0.4549
"""The median of a chi-square with one degree of freedom: of a squared step, over its variance."""


@dataclass(frozen=True, slots=True)
class Change:
    """Why years are not taken together.

    Args:
        reason: ``registration``, ``definition``, ``borders``, ``covid``, ``codes`` or ``jump``.
        year: The first year after it.
        said: The owner's own sentence; empty when it was found in the data or the calendar.
    """

    reason: str
    year: int
    said: str = ""


def known_changes(breaks: Iterable[Break], years: Sequence[int]) -> list[Change]:
    """The changes that owner or calendar tell of, as far as there are years on both sides.

    Args:
        breaks: From `breaks.breaks_in`.
        years: The years that were counted, in order.
    """
    found = []
    for one in breaks:
        if one.kind is BreakKind.COVID:
            # The years of the measures lie apart from those before and from those after.
            edges = (COVID_YEARS[0], COVID_YEARS[1] + 1)
            found += [Change(one.kind.value, edge) for edge in edges]
        elif one.kind is not BreakKind.UNTOLD:
            found.append(Change(one.kind.value, one.year, one.said))
    return [one for one in found if years and years[0] < one.year <= years[-1]]


def changes_of_codes(codes: Mapping[int, Collection[str]]) -> list[Change]:
    """Years in which other areas stand than in the year before: the borders were drawn anew.

    Args:
        codes: Per year the areas that the owner gave a number for, also an empty one.
    """
    ordered = sorted(codes)
    return [
        Change("codes", after)
        for before, after in pairwise(ordered)
        if set(codes[before]) != set(codes[after])
    ]


def jumps(counts: Mapping[int, int], known: Collection[Change]) -> list[Change]:
    """Years in which the count of the whole town moves to another level, and nobody said why.

    Args:
        counts: Per year what was counted in the whole town: counts that may be shown.
        known: The changes that were found already; years beside those are not looked at twice.
    """
    ordered = sorted(counts)
    if len(ordered) < _ENOUGH_YEARS:
        return []
    near = {one.year + step for one in known for step in (-1, 0, 1)}
    row = [counts[year] for year in ordered]
    changes = rate_changes(row, [1.0] * len(row), dispersion=_usual_scatter(row), least=2)
    large = [one for one in changes if abs(one.after - one.before) >= _LEAST_JUMP * one.before]
    years = [ordered[one.at] for one in large]
    return [Change("jump", year) for year in years if year not in near]


def _usual_scatter(row: Sequence[int]) -> float:
    """How much more than chance the steps from year to year are: a jump among them counts once."""
    steps = [(after - before) ** 2 / max(1, after + before) for before, after in pairwise(row)]
    return max(1.0, median(steps) / _MIDDLE_OF_CHI_SQUARE)


def stretches(years: Sequence[int], changes: Iterable[Change]) -> tuple[tuple[int, int], ...]:
    """The years that belong together, in order: first and last of each stretch.

    Args:
        years: The years that were counted.
        changes: Between which years they may not be taken together.
    """
    edges = {one.year for one in changes}
    found: list[tuple[int, int]] = []
    for year in sorted(set(years)):
        crossed = found and any(found[-1][1] < edge <= year for edge in edges)
        if not found or crossed:
            found.append((year, year))
        else:
            found[-1] = (found[-1][0], year)
    return tuple(found)
