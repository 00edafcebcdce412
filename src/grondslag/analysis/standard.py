"""What is to be expected in an area, given who lives there: indirect standardising.

An area with many people who live alone has more of what people who live alone have, also when
nobody in it has more than elsewhere. So each group of each area is given the rate of that group in
the whole town, and the area is set against the sum. Groups come from fixed lists in the contract.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from grondslag.analysis.places import Places
from grondslag.errors import InputError
from grondslag.methods import expected_events

Group = tuple[str, ...]
"""The values of the columns that make up a group; empty when there is one group."""


@dataclass(frozen=True, slots=True)
class Population:
    """Who lives where: the size of every group in every area.

    Args:
        sizes: Per area of the finest level the size of every group.
        missing: Areas of the list of which nobody gave a size, or not of every group.
        imputed: Those of them that were given the size and make-up of areas like them.
    """

    sizes: Mapping[str, Mapping[Group, float]] = field(repr=False)
    missing: tuple[str, ...] = ()
    imputed: tuple[str, ...] = ()

    def at(self, places: Places, level: str) -> dict[str, dict[Group, float]]:
        """The size of every group per area of a level; areas with a missing part are left out."""
        broken = {places.lift(code, level) for code in self.missing if code not in self.imputed}
        found: dict[str, dict[Group, float]] = {}
        for code, groups in self.sizes.items():
            area = places.lift(code, level)
            if area is None or area in broken:
                continue
            sums = found.setdefault(area, {})
            for group, size in groups.items():
                sums[group] = sums.get(group, 0.0) + size
        return found

    @property
    def per_group(self) -> dict[Group, float]:
        """The size of every group over all areas."""
        sums: dict[Group, float] = {}
        for groups in self.sizes.values():
            for group, size in groups.items():
                sums[group] = sums.get(group, 0.0) + size
        return sums


def population_of(
    table: pa.Table,
    *,
    area: str,
    value: str,
    groups: Sequence[str],
    withheld: float | None = None,
    dataset: str = "",
) -> Population:
    """The sizes in a table with one row per area and group.

    Args:
        table: As delivered.
        area: Column with the code of the area.
        value: Column with the size.
        groups: Columns that make up a group.
        withheld: What a size is taken as that was left out because it is small; None when an empty
            size means that nobody knows it.
        dataset: Its name, for messages.

    Raises:
        InputError: A size is below nothing.
    """
    sizes: dict[str, dict[Group, float]] = {}
    unknown: set[str] = set()
    columns = [table[name].to_pylist() for name in (area, value, *groups)]
    for code, given, *values in zip(*columns, strict=True):
        if code is None or None in values:
            continue
        size = withheld if given is None else given
        if size is None or not math.isfinite(size):
            unknown.add(str(code))
            continue
        if size < 0:
            raise InputError("analysis.exposure-below-nothing", dataset=dataset)
        group = tuple(str(one) for one in values)
        mine = sizes.setdefault(str(code), {})
        mine[group] = mine.get(group, 0.0) + float(size)
    known = {code: groups for code, groups in sizes.items() if code not in unknown}
    return Population(known, tuple(sorted(unknown)))


def with_all_areas(
    population: Population, places: Places, level: str, *, impute: bool
) -> Population:
    """The population with a place for every area of the list; what is missing is never hidden.

    Args:
        population: As far as it was delivered, at this level.
        places: The areas.
        level: The level at which sizes were given.
        impute: Whether an area without a size gets the mean of the areas around it that have one,
            group by group: the plan must allow it.
    """
    codes = places.codes(level) or sorted({*population.sizes, *population.missing})
    missing = tuple(code for code in codes if code not in population.sizes)
    if not impute:
        return Population(population.sizes, missing)
    sizes = {code: dict(groups) for code, groups in population.sizes.items()}
    imputed = []
    for code in missing:
        around = places.parents.get(code, "")
        like = [
            population.sizes[one]
            for one in codes
            if one in population.sizes and around and places.parents.get(one) == around
        ]
        if like:
            sizes[code] = _mean(like)
            imputed.append(code)
    return Population(sizes, missing, tuple(imputed))


def _mean(areas: Sequence[Mapping[Group, float]]) -> dict[Group, float]:
    groups = dict.fromkeys(group for area in areas for group in area)
    return {group: sum(area.get(group, 0.0) for area in areas) / len(areas) for group in groups}


def expectations(
    sizes: Mapping[str, Mapping[Group, float]],
    counts: Mapping[Group, int],
    whole: Mapping[Group, float],
) -> dict[str, float]:
    """What is to be expected per area, at the rates of the whole town.

    Args:
        sizes: Per area the size of every group.
        counts: Per group what was counted in the whole town: visible counts only.
        whole: Per group its size in the whole town.

    Returns:
        Per area; areas with people of a group that has no rate are left out.
    """
    groups = [group for group, size in whole.items() if size > 0 and group in counts]
    return {
        area: expected_events(
            [mine.get(group, 0.0) for group in groups],
            [counts[group] for group in groups],
            [whole[group] for group in groups],
        )
        for area, mine in sizes.items()
        if groups and _has_rates(mine, groups)
    }


def _has_rates(mine: Mapping[Group, float], groups: Iterable[Group]) -> bool:
    known = set(groups)
    return all(group in known for group, size in mine.items() if size > 0)
