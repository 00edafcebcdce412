"""The question of a fair comparison, made ready: counts, population, groups, smallest group."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc

from grondslag.analysis.counting import Material, Tally, area_keys, material_of, per_area, texts
from grondslag.analysis.delivered import DeliveredData
from grondslag.analysis.fixed_lists import UNKNOWN, fixed_list
from grondslag.analysis.places import Places, level_in, places_of
from grondslag.analysis.protecting import is_shown
from grondslag.analysis.question import granularity_of, scope_of, unit_of
from grondslag.analysis.standard import Group, Population, population_of, with_all_areas
from grondslag.contracts import Contract
from grondslag.errors import InputError
from grondslag.plan import Analysis, DataNeed, Fairness
from grondslag.release import Scope
from grondslag.vocabulary import OutputStep


@dataclass(frozen=True, slots=True)
class FairQuestion:
    """Everything a fair comparison needs.

    Args:
        ask: The question as the plan puts it.
        contract: Of the dataset that is counted.
        material: Its rows.
        places: The areas.
        population: Who lives where, at the level at which it was given.
        groups: Columns that make up a group.
        group_titles: What people call those columns.
        per_group: Per group what was counted in the whole town; one group when there are none.
        minimum: Smallest group that will be shown.
        scope: Which rows, for the ledger.
        unit: What one row is.
        counted_as: What the counts are of, in the owner's word.
        base_as: What the population is of, in its owner's word.
        base_title: What people call the dataset with the population.
        granularity: What the contract says one row is.
        tables: Every delivered table that was used.
    """

    ask: Analysis
    contract: Contract
    material: Material
    places: Places
    population: Population
    groups: tuple[str, ...]
    group_titles: tuple[str, ...]
    per_group: Mapping[Group, Tally]
    minimum: int
    scope: Scope
    unit: str
    counted_as: str
    base_as: str
    base_title: str
    granularity: str
    tables: tuple[str, ...]

    def counted(self, level: str) -> dict[str, Tally]:
        """Counts per area of a level.

        A count of the finest level that is not there is a small one, and says so. Above it only a
        part is not known: how large the whole is nobody knows, so that area has no place.
        """
        tallies = per_area(self.material, self.places, level)
        if level == self.places.levels[0]:
            return tallies
        return {code: tally for code, tally in tallies.items() if tally.count is not None}

    def sizes(self, level: str) -> dict[str, dict[Group, float]]:
        """The size of every group per area of a level."""
        return self.population.at(self.places, level)

    @property
    def group_sizes(self) -> Mapping[Group, float]:
        """The size of every group in the whole town."""
        return self.population.per_group

    def is_everything(self, level: str) -> bool:
        """Whether the areas of a level together are all rows."""
        keys = area_keys(self.material.table, self.places, level)
        counted = self.counted(level)
        return all(key is not None and key in counted for key in keys)

    def rates(self) -> Iterator[tuple[str, Mapping[Group, int], Mapping[Group, float]]]:
        """Counts and sizes of the whole town: by group, and of everybody as one group.

        Only what may be shown: a group with few makes all groups one.
        """
        if self.total_count is None:
            return
        everybody: Group = ()
        one = {everybody: self.total_count}
        size = {everybody: math.fsum(self.group_sizes.values())}
        if self.is_made_equal:
            counts = {group: tally.count or 0 for group, tally in self.per_group.items()}
            yield "fair", counts, self.group_sizes
            yield "plain", one, size
        else:
            yield "fair", one, size

    @property
    def is_made_equal(self) -> bool:
        """Whether the make-up of areas can be made equal: every group may be shown."""
        return bool(self.groups) and all(
            is_shown(tally, self.minimum) or tally.count == 0 for tally in self.per_group.values()
        )

    @property
    def total_count(self) -> int | None:
        """Count of the whole town; None when a part of it is not known."""
        counts = [tally.count for tally in self.per_group.values()]
        if None not in counts:
            return sum(count or 0 for count in counts)
        return self.material.total().count

    def total(self, level: str) -> int | None:
        """Count over all areas that have a population; None when a part of it is not known."""
        sizes = self.sizes(level)
        tallies = self.counted(level)
        counts = [tally.count for code, tally in tallies.items() if code in sizes]
        if None not in counts:
            return sum(count or 0 for count in counts)
        everywhere = self.is_everything(level) and len(counts) == len(tallies)
        return self.total_count if everywhere else None


def fair_question(delivered: DeliveredData, *, minimum: int) -> FairQuestion:
    """Make the question ready.

    Args:
        delivered: The delivery.
        minimum: Smallest group of the audience; a contract may ask for more.

    Raises:
        InputError: The plan puts no such question, or does not ask for a column that it needs.
    """
    ask = delivered.plan.analysis
    if ask is None or ask.fair is None:
        raise InputError("analysis.no-question")
    fair = ask.fair
    need, contract = _delivered(delivered, ask.dataset)
    places = places_of(contract, need, ask.area)
    material = material_of(delivered.table(ask.dataset), contract, need)
    if fair.counted:
        _asked(need, contract, fair.counted)
        material = Material(material.table, fair.counted, "")
    known = pc.is_valid(material.table[ask.area])
    material = material.with_table(material.table.filter(known))
    base_need, base = _delivered(delivered, fair.dataset)
    counted_base = base_need.output is OutputStep.AGGREGATE and fair.value == base_need.count
    population = with_all_areas(
        population_of(
            delivered.table(fair.dataset),
            area=fair.area,
            value=fair.value,
            groups=fair.groups,
            withheld=base.privacy.minimum_group / 2 if counted_base else None,
            dataset=fair.dataset,
        ),
        places,
        level_in(base, base_need, fair.area) or places.levels[0],
        impute=fair.impute,
    )
    granularity = granularity_of(contract)
    least = [minimum, contract.privacy.minimum_group]
    return FairQuestion(
        ask=ask,
        contract=contract,
        material=material,
        places=places,
        population=population,
        groups=fair.groups,
        group_titles=tuple(base.column(name).title or name for name in fair.groups),
        per_group=_per_group(delivered, fair, material, need),
        minimum=max(least),
        scope=scope_of(ask, need, material),
        unit=unit_of(f"{granularity} {contract.title}", material, need),
        counted_as=_word(contract, fair.counted) or contract.title.lower(),
        base_as=_word(base, fair.value) or base.title.lower(),
        base_title=base.title,
        granularity=granularity or contract.privacy.collection,
        tables=_used(delivered, fair),
    )


def _delivered(delivered: DeliveredData, dataset: str) -> tuple[DataNeed, Contract]:
    need, contract = delivered.plan.need(dataset), delivered.contracts.get(dataset)
    if need is None or contract is None:
        raise InputError("analysis.dataset-not-delivered", dataset=dataset)
    return need, contract


def _asked(need: DataNeed, contract: Contract, column: str) -> None:
    if need.wants(column) is None:
        raise InputError("analysis.column-not-delivered", dataset=contract.name, column=column[:63])


def _per_group(
    delivered: DeliveredData, fair: Fairness, material: Material, need: DataNeed
) -> dict[Group, Tally]:
    """Per group the count of the whole town: from a table of its own, or from the counted one."""
    dataset = need.dataset
    if fair.whole is not None:
        dataset = fair.whole.dataset
        need, contract = _delivered(delivered, dataset)
        _asked(need, contract, fair.whole.value)
        table = material_of(delivered.table(dataset), contract, need).table
        material = Material(table, fair.whole.value, "")
    if not fair.groups:
        return {(): material.total()}
    contract = delivered.contracts[dataset]
    lists = [fixed_list(name, contract, need) for name in fair.groups]
    keys = [texts(material.table, name) for name in fair.groups]
    found = material.per(keys)
    listed = [set(values) - {UNKNOWN} for values in lists]
    for group in found:
        if not all(value in values for value, values in zip(group, listed, strict=True)):
            raise InputError("neighbourhoods.group-not-listed", dataset=dataset)
    return found


def _word(contract: Contract, column: str) -> str:
    """What the numbers of a column are of, in the owner's word."""
    if not column or column not in contract.column_names:
        return ""
    return contract.column(column).unit


def _used(delivered: DeliveredData, fair: Fairness) -> tuple[str, ...]:
    """Every delivered table that was used, in the order of the plan."""
    ask = delivered.plan.analysis
    named: list[Any] = [ask, ask.map if ask else None, fair, fair.whole, fair.survey]
    used = {one.dataset for one in named if one is not None}
    return tuple(need.dataset for need in delivered.plan.data if need.dataset in used)
