"""An anonymous table that was kept, held once more against everything before it may leave.

Who made it could ask what they liked while the rows stayed under the delivery's key. What leaves is
looked at anew, from its rows: that it is the table that was made, by whom, that groups are as large
as the municipality asks of records, that no group gives a sensitive value away, that not too much
was left out, and that it shows nobody beside what left before.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from grondslag.anonymise import DistinctDiversity, KAnonymity, Model
from grondslag.anonymise.checking import has_model
from grondslag.approval import Installation
from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.clock import Clock, today
from grondslag.delivery.anonymity import LEAST_VALUES
from grondslag.delivery.anonymous_records import generalised_rows, same_rows
from grondslag.delivery.anonymous_tables import (
    ANONYMISED,
    description_path,
    read_anonymous_table,
)
from grondslag.delivery.asked_of_tables import hierarchies_of
from grondslag.delivery.composition import Noted
from grondslag.delivery.laid_beside import Beside
from grondslag.delivery.opening import OpenedDelivery
from grondslag.delivery.roles import ColumnRoles, column_roles
from grondslag.errors import DisclosureRefusedError, IntegrityError
from grondslag.policy import parameters_of


@dataclass(frozen=True, slots=True)
class Leaving:
    """An anonymous table that may leave, as soon as a second person says so.

    Args:
        rows: As they leave.
        description: What was done; holds no value of a row.
        sha256: Hash over it.
        made_by: Who made it, as the audit chain has it.
        noted: What is remembered of it.
    """

    rows: pa.Table = field(repr=False)
    description: Mapping[str, Any]
    sha256: str
    made_by: str
    noted: Noted = field(repr=False)


def leaving_table(
    opened: OpenedDelivery, dataset: str, installation: Installation, *, clock: Clock
) -> Leaving:
    """Hold an anonymous table that was kept against what holds of a table that leaves.

    Args:
        opened: The delivery it was made of.
        dataset: Which table.
        installation: Where audit chain and ledger stand.
        clock: Tells the day, for the settings.

    Raises:
        DisclosureRefusedError: It may not leave: says why, and how it can be made.
        IntegrityError: There is no such table, or it was changed.
    """
    description, sha256 = _description(opened, dataset)
    made_by = _maker(installation, opened, dataset, sha256)
    told = description["anonymisation"]
    if told["local_loss"] is not None:
        raise DisclosureRefusedError("delivery.anonymous-local-stays", dataset=dataset)
    roles = column_roles(opened, dataset)
    content = opened.table(dataset).select(roles.used)
    hierarchies = hierarchies_of(opened, roles, content)
    rows = read_anonymous_table(opened, dataset)
    node = {one["column"]: int(one["level"]) for one in told["columns"]}
    people = generalised_rows(content, hierarchies, node, rows)
    if not same_rows(people, rows):
        raise IntegrityError("anonymise.release-fails", model="rows")
    _check_may_leave(opened, roles, people, content, clock)
    beside = Beside.of(opened, roles, installation)
    noted = beside.check(rows, node, hierarchies, content)
    return Leaving(rows, description, sha256, made_by, noted)


def _description(opened: OpenedDelivery, dataset: str) -> tuple[dict[str, Any], str]:
    path = description_path(opened, dataset)
    if not path.is_file():
        raise DisclosureRefusedError("delivery.anonymous-not-made", dataset=dataset)
    try:
        content = json.loads(path.read_bytes())
    except ValueError as error:
        raise IntegrityError("delivery.damaged", file=path.name) from error
    return content, sha256_hex(canonical_bytes(content))


def _maker(installation: Installation, opened: OpenedDelivery, dataset: str, sha256: str) -> str:
    """Who made the table, as the audit chain has it: the description could be rewritten.

    Raises:
        IntegrityError: The chain knows no such table.
        DisclosureRefusedError: Who made it gave no name.
    """
    made_by = ""
    for record in installation.chain.records(actions=(ANONYMISED,)):
        told = record.details
        if (record.action, record.object) == (ANONYMISED, opened.id) and (
            told.get("table"),
            told.get("sha256"),
        ) == (dataset, sha256):
            made_by = record.actor
    if not made_by:
        raise IntegrityError("delivery.damaged", file=Path(f"{dataset}.json").name)
    if made_by == "grondslag":
        raise DisclosureRefusedError("delivery.anonymous-maker-unknown", dataset=dataset)
    return made_by


def _check_may_leave(
    opened: OpenedDelivery,
    roles: ColumnRoles,
    people: pa.Table,
    content: pa.Table,
    clock: Clock,
) -> None:
    """Large groups, no sensitive value given away, not too much left out.

    Raises:
        DisclosureRefusedError: One of these is not so.
    """
    settings, day = parameters_of(opened.folder.parent.parent), today(clock)
    least = max(roles.minimum, settings.value("smallest_group_of_records", day) or 0)
    if not _has(people, KAnonymity(least), roles, content):
        raise DisclosureRefusedError(
            "delivery.anonymous-small-stays", dataset=roles.dataset, k=least
        )
    for name in roles.sensitive:
        if not _has(people, DistinctDiversity(name, LEAST_VALUES), roles, content):
            raise DisclosureRefusedError(
                "delivery.anonymous-gives-away-stays", dataset=roles.dataset, column=name
            )
    most = settings.value("largest_left_out_percent", day) or 0
    if (content.num_rows - people.num_rows) * 100 > most * content.num_rows:
        raise DisclosureRefusedError(
            "delivery.anonymous-much-left-out-stays", dataset=roles.dataset, percent=most
        )


def _has(people: pa.Table, model: Model, roles: ColumnRoles, content: pa.Table) -> bool:
    return has_model(people, model, quasi=roles.quasi, person=roles.person, source=content)
