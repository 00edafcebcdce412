"""The question of a fair comparison, made ready: counts, population, groups, smallest group."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow.compute as pc

from grondslag.analysis.counting import Material, Tally, area_keys, material_of, per_area, texts
from grondslag.analysis.delivered import DeliveredData
from grondslag.analysis.fair_years import Years, years_of
from grondslag.analysis.fixed_lists import UNKNOWN, fixed_list
from grondslag.analysis.places import Places, level_in, places_of
from grondslag.analysis.protecting import is_shown
from grondslag.analysis.question import granularity_of, scope_of, unit_of
from grondslag.analysis.standard import Group, Population, population_of, with_all_areas
from grondslag.contracts import Contract
from grondslag.errors import InputError
from grondslag.plan import Analysis, DataNeed, Fairness, Survey
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
        years: The years that were delivered; None when rows have none.
        unit: What one row is.
        counted_as: What the counts are of, in the owner's word.
        base_as: What the population is of, in its owner's word.
        base_title: What people call the dataset with the population.
        survey: Which columns hold what residents answered; None when the plan names no survey.
        survey_level: Level of its areas.
        survey_said: What was asked, in the words of its contract.
        survey_title: What people call it.
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
    years: Years | None
    unit: str
    counted_as: str
    base_as: str
    base_title: str
    granularity: str
    tables: tuple[str, ...]
    survey: Survey | None = None
    survey_level: str = ""
    survey_said: str = ""
    survey_title: str = ""

    def counted(self, level: str) -> dict[str, Tally]:
        """Counts per area of a level.

        A count of one year at the finest level that is not there is a small one, and says so. Of
        more years, or above that level, only a part is not known: how large the whole is nobody
        knows, so that area has no place.
        """
        tallies = per_area(self.material, self.places, level)
        if level == self.places.levels[0] and (self.years is None or self.years.count == 1):
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
    base = _delivered(delivered, fair.dataset)[1]
    least = max(minimum, contract.privacy.minimum_group)
    material = _counted(delivered, ask.dataset, fair.counted, area=ask.area)
    town = material
    town_need, town_contract = need, contract
    if fair.whole is not None:
        town_need, town_contract = _delivered(delivered, fair.whole.dataset)
        town = _counted(delivered, fair.whole.dataset, fair.whole.value)
    years = years_of(
        town,
        material,
        column=ask.period,
        area=ask.area,
        contracts=(contract, base, town_contract),
        minimum=least,
    )
    scope = scope_of(ask, need, material)
    if years is not None:
        material, town = years.within(material), years.within(town)
        scope = replace(scope, period=years.period)
    granularity = granularity_of(contract)
    question = FairQuestion(
        ask=ask,
        contract=contract,
        material=material,
        places=places_of(contract, need, ask.area),
        population=_population(delivered, fair, places_of(contract, need, ask.area)),
        groups=fair.groups,
        group_titles=tuple(base.column(name).title or name for name in fair.groups),
        per_group=_per_group(town, fair, town_contract, town_need),
        minimum=least,
        scope=scope,
        years=years,
        unit=unit_of(f"{granularity} {contract.title}", material, need),
        counted_as=_word(contract, fair.counted) or contract.title.lower(),
        base_as=_word(base, fair.value) or base.title.lower(),
        base_title=base.title,
        granularity=granularity or contract.privacy.collection,
        tables=_used(delivered, fair),
    )
    return question if fair.survey is None else _with_survey(question, delivered, fair.survey)


def _with_survey(question: FairQuestion, delivered: DeliveredData, survey: Survey) -> FairQuestion:
    """The question with what residents answered beside it."""
    need, contract = _delivered(delivered, survey.dataset)
    for column in (survey.area, survey.respondents, survey.share, survey.error):
        _asked(need, contract, column)
    share = contract.column(survey.share)
    return replace(
        question,
        survey=survey,
        survey_level=level_in(contract, need, survey.area) or question.places.levels[0],
        survey_said=share.title or share.name,
        survey_title=contract.title,
    )


def _counted(delivered: DeliveredData, dataset: str, column: str, *, area: str = "") -> Material:
    """The rows of a table, counted by themselves or by a column of its owner."""
    need, contract = _delivered(delivered, dataset)
    material = material_of(delivered.table(dataset), contract, need)
    if column:
        _asked(need, contract, column)
        material = Material(material.table, column, "")
    if not area:
        return material
    _asked(need, contract, area)
    return material.with_table(material.table.filter(pc.is_valid(material.table[area])))


def _population(delivered: DeliveredData, fair: Fairness, places: Places) -> Population:
    """Who lives where, with a place for every area of the list."""
    need, contract = _delivered(delivered, fair.dataset)
    for column in (fair.area, *fair.groups):
        _asked(need, contract, column)
    counted = need.output is OutputStep.AGGREGATE and fair.value == need.count
    if not counted:
        _asked(need, contract, fair.value)
    found = population_of(
        delivered.table(fair.dataset),
        area=fair.area,
        value=fair.value,
        groups=fair.groups,
        withheld=contract.privacy.minimum_group / 2 if counted else None,
        dataset=fair.dataset,
    )
    level = level_in(contract, need, fair.area) or places.levels[0]
    return with_all_areas(found, places, level, impute=fair.impute)


def _delivered(delivered: DeliveredData, dataset: str) -> tuple[DataNeed, Contract]:
    need, contract = delivered.plan.need(dataset), delivered.contracts.get(dataset)
    if need is None or contract is None:
        raise InputError("analysis.dataset-not-delivered", dataset=dataset)
    return need, contract


def _asked(need: DataNeed, contract: Contract, column: str) -> None:
    if need.wants(column) is None:
        raise InputError("analysis.column-not-delivered", dataset=contract.name, column=column[:63])


def _per_group(
    town: Material, fair: Fairness, contract: Contract, need: DataNeed
) -> dict[Group, Tally]:
    """Per group the count of the whole town; one group when the plan names none."""
    if not fair.groups:
        return {(): town.total()}
    lists = [fixed_list(name, contract, need) for name in fair.groups]
    found = town.per([texts(town.table, name) for name in fair.groups])
    listed = [set(values) - {UNKNOWN} for values in lists]
    for group in found:
        if not all(value in values for value, values in zip(group, listed, strict=True)):
            raise InputError("neighbourhoods.group-not-listed", dataset=contract.name)
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
