"""The anonymous part of one delivery: rows made anonymous, and laid beside what left before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa

from grondslag.anonymise import Hierarchy, report_mapping
from grondslag.anonymise.describing import uses_mapping
from grondslag.approval import Installation
from grondslag.delivery.anonymity import model_of
from grondslag.delivery.anonymous_records import AnonymousRecords, Seeking, anonymous_records
from grondslag.delivery.compile import PERSON
from grondslag.delivery.composition import Left, Noted, check_beside, note_of, of_the_same
from grondslag.delivery.generalising import generalised_hierarchy
from grondslag.delivery.judging import JudgedProject
from grondslag.delivery.model import AnonymityPlan, Protection, TablePlan
from grondslag.delivery.populations import Counted, Population, population_beside
from grondslag.delivery.running import Removed, TableResult
from grondslag.delivery.safe_numbers import Noise, safe_numbers


@dataclass(slots=True)
class Around:
    """What the tables of a delivery are laid beside.

    Args:
        ledger: All anonymous records that left before.
        populations: The datasets of this delivery that were counted as populations.
    """

    ledger: Sequence[Noted] = ()
    populations: dict[str, Counted] = field(default_factory=dict, repr=False)


def make_anonymous(
    result: TableResult,
    judged: JudgedProject,
    around: Around,
    delivery: str,
    *,
    installation: Installation,
    seeking: Seeking,
) -> tuple[Noted, pa.Table]:
    """Turn the rows of a governed query into anonymous records, in place.

    Args:
        result: What the query made; its rows, groups and counts become those of the records.
        judged: The project.
        around: What it is laid beside.
        delivery: The name of this delivery.
        installation: Where the key stands from which noise follows.
        seeking: How long levels are sought.

    Returns:
        What must be noted of it before it leaves, and the rows as they were: never to be kept.

    Raises:
        DisclosureRefusedError: No levels are safe, alone or beside what left before.
        InputError: A value has no place in its column's hierarchy.
        IntegrityError: The result does not have the models after all.
    """
    table, anonymity = result.plan, _anonymity(result.plan)
    earlier = of_the_same(table, judged.contracts, around.ledger)
    content = result.reader.read_all()
    anonymity, population = _promised(anonymity, content, table, judged, around.populations)
    records = anonymous_records(
        safe_numbers(content, table, Noise.of(result.persons, installation)),
        table,
        anonymity,
        judged.contracts,
        earlier=[noted.node(table.quasi) for noted in earlier],
        seeking=seeking,
    )
    left = Left(
        records.hierarchies,
        records.made.node,
        records.groups,
        records.most_rows,
        local=anonymity.local,
    )
    note = note_of(left, table, judged.contracts, project=judged.plan.id, delivery=delivery)
    check_beside(note, earlier, table)
    suppressed = records.made.report.suppressed
    result.removed.append(Removed(Protection.SUPPRESSED, table.name, suppressed))
    result.reader = records.table.to_reader()
    result.groups, result.smallest_group = records.sizes, min(records.sizes)
    told = _told(records, table, anonymity, earlier)
    told["population"] = None if population is None else population.told(table.minimum)
    for risks in (told["before"], told["after"]):
        if population is not None and risks["journalist"] is not None:
            risks["journalist"] = population.cautious(risks["journalist"], table.minimum)
    result.anonymisation = told
    return note, content.select([column.name for column in table.columns])


def _anonymity(table: TablePlan) -> AnonymityPlan:
    if table.anonymity is None:
        raise AssertionError(table.name)  # only called for anonymous records
    return table.anonymity


def _promised(
    anonymity: AnonymityPlan,
    content: pa.Table,
    table: TablePlan,
    judged: JudgedProject,
    populations: Mapping[str, Counted],
) -> tuple[AnonymityPlan, Population | None]:
    """All models, now that the rows are there, and the population that some stand beside."""
    population = None
    if anonymity.populations:
        population = population_beside(
            populations[anonymity.populations[0]],
            content,
            quasi=table.quasi,
            person=PERSON if PERSON in content.column_names else None,
            promises=anonymity.later,
        )

    def levels(name: str) -> Hierarchy:
        scan = next(one for one in table.scans if name in [c.name for c in one.columns])
        column = next(one for one in scan.columns if one.name == name)
        return generalised_hierarchy(column, judged.contracts[scan.dataset], content.column(name))

    everybody = None if population is None else population.everybody
    found = [model_of(one, everybody=everybody, levels=levels) for one in anonymity.later]
    return replace(anonymity, models=(*anonymity.models, *found)), population


def _told(
    records: AnonymousRecords,
    table: TablePlan,
    anonymity: AnonymityPlan,
    earlier: Sequence[Noted],
) -> dict[str, Any]:
    """The part of the manifest: how it was made and what risk is left, without a value of a row."""
    told = report_mapping(
        records.made,
        models=anonymity.models,
        minimum=table.minimum,
        person=table.scan.person or None,
    )
    told["gives_away"] = [one for one in told["gives_away"] if one["column"] in table.sensitive]
    told["columns_use"] = uses_mapping(
        records.uses, suppressed=records.made.report.suppressed, minimum=table.minimum
    )
    told["numbers"] = [dict(one) for one in records.numbers]
    told["beside"] = [noted.delivery for noted in earlier]
    return told
