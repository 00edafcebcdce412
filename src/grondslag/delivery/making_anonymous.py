"""The anonymous part of one delivery: rows made anonymous, and laid beside what left before."""

from collections.abc import Sequence

import pyarrow as pa

from grondslag.anonymise import report_mapping
from grondslag.anonymise.describing import uses_mapping
from grondslag.approval import Installation
from grondslag.delivery.anonymous_records import AnonymousRecords, Seeking, anonymous_records
from grondslag.delivery.composition import Left, Noted, check_beside, note_of, of_the_same
from grondslag.delivery.judging import JudgedProject
from grondslag.delivery.model import AnonymityPlan, Protection, TablePlan
from grondslag.delivery.running import Removed, TableResult
from grondslag.delivery.safe_numbers import Noise, safe_numbers


def make_anonymous(
    result: TableResult,
    judged: JudgedProject,
    ledger: Sequence[Noted],
    delivery: str,
    *,
    installation: Installation,
    seeking: Seeking,
) -> tuple[Noted, pa.Table]:
    """Turn the rows of a governed query into anonymous records, in place.

    Args:
        result: What the query made; its rows, groups and counts become those of the records.
        judged: The project.
        ledger: All anonymous records that left before.
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
    earlier = of_the_same(table, judged.contracts, ledger)
    content = result.reader.read_all()
    records = anonymous_records(
        safe_numbers(content, table, Noise.of(result.persons, installation)),
        table,
        anonymity,
        judged.contracts,
        earlier=[noted.node(table.quasi) for noted in earlier],
        seeking=seeking,
    )
    left = Left(records.hierarchies, records.made.node, records.groups, records.most_rows)
    note = note_of(left, table, judged.contracts, project=judged.plan.id, delivery=delivery)
    check_beside(note, earlier, table)
    suppressed = records.made.report.suppressed
    result.removed.append(Removed(Protection.SUPPRESSED, table.name, suppressed))
    result.reader = records.table.to_reader()
    result.groups, result.smallest_group = records.sizes, min(records.sizes)
    result.anonymisation = _told(records, table, anonymity, earlier)
    return note, content.select([column.name for column in table.columns])


def _anonymity(table: TablePlan) -> AnonymityPlan:
    if table.anonymity is None:
        raise AssertionError(table.name)  # only called for anonymous records
    return table.anonymity


def _told(
    records: AnonymousRecords,
    table: TablePlan,
    anonymity: AnonymityPlan,
    earlier: Sequence[Noted],
) -> dict[str, object]:
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
