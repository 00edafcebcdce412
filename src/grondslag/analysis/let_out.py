"""Counts of persons that are let out beside the answer: signed by a second person, read back."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from grondslag.analysis.fixed_lists import fixed_list
from grondslag.approval import Installation, Signer, current_authorities
from grondslag.approval.statements import is_signed_by, signed
from grondslag.canonical import write_json
from grondslag.clock import Clock, timestamp
from grondslag.delivery import OpenedDelivery
from grondslag.errors import DisclosureRefusedError, InputError, IntegrityError
from grondslag.plan import DataNeed
from grondslag.release import (
    FourEyes,
    Ledger,
    Profile,
    ReleasedFigure,
    ReleaseRecord,
    Scope,
    cells_in,
    read_release,
    write_release,
)

_SIGNED = ".signed.json"


@dataclass(frozen=True, slots=True)
class Countable:
    """Persons of a delivered table, to be counted per cell of fixed lists.

    Args:
        need: What the plan asks of the dataset.
        table: The delivered rows.
        person: The column that says who.
        lists: Per column all values it can have.
    """

    need: DataNeed
    table: pa.Table
    person: str
    lists: dict[str, tuple[str, ...]]

    @property
    def scope(self) -> Scope:
        """Which rows they are."""
        period = self.need.period
        return Scope((period.start.isoformat(), period.end.isoformat()) if period else None)


def countable(opened: OpenedDelivery, dataset: str, by: tuple[str, ...], *, name: str) -> Countable:
    """What is needed to count persons.

    Args:
        opened: The delivery.
        dataset: Which delivered table.
        by: Columns of it, each with a fixed list of values.
        name: Of the table that will be made.

    Raises:
        InputError: There is no such table, it holds no persons, or a column has no fixed list.
        DisclosureRefusedError: The table is linked.
    """
    need = opened.plan.need(dataset)
    if need is None:
        raise InputError("delivery.no-such-table", dataset=dataset[:63], known=opened.datasets)
    if any(dataset in (link.left, link.right) for link in opened.plan.links):
        raise DisclosureRefusedError("analysis.noisy-of-linked", dataset=need.dataset)
    if not by or len(set(by)) != len(by):
        raise InputError("analysis.noisy-by-what", dataset=need.dataset)
    contract = opened.contracts[need.dataset]
    lists = {column: fixed_list(column, contract, need) for column in by}
    cells_in(name, list(lists.values()))  # before a table of that size is made
    table = opened.table(need.dataset)
    person = contract.privacy.person_key
    if not person or person not in table.column_names:
        raise InputError("analysis.noisy-needs-persons", dataset=need.dataset)
    return Countable(need, table, person, lists)


@dataclass(frozen=True, slots=True)
class Letting:
    """By whom a table is let out, and for whom.

    Args:
        eyes: Who asked, who lets it out.
        signer: The key of the second.
        profile: What may be shown.
    """

    eyes: FourEyes
    signer: Signer
    profile: Profile


@dataclass(frozen=True, slots=True)
class Drawer:
    """Where counts of one kind stand in a project, and what a signature under them says.

    Args:
        kind: Also the name of the folder.
    """

    kind: str

    def put(
        self,
        opened: OpenedDelivery,
        released: ReleasedFigure | Sequence[ReleasedFigure],
        installation: Installation,
        letting: Letting,
        *,
        clock: Clock,
    ) -> ReleaseRecord:
        """Write one or more released tables down, with the signature of who let them out.

        Raises:
            SourceError: It cannot be written.
        """
        path = write_release(
            opened.folder.parent.parent / self.kind,
            [released] if isinstance(released, ReleasedFigure) else released,
            project=opened.plan.id,
            profile=letting.profile,
            by=letting.eyes,
            clock=clock,
        )
        record = read_release(path, Ledger(installation.ledger))
        content = {
            self.kind: "grondslag/1",
            "release": record.id,
            "release_sha256": record.sha256,
            "delivery": opened.id,
            "manifest_sha256": opened.manifest_sha256,
            "asked_by": letting.eyes.analysed_by,
            "released_by": letting.eyes.approved_by,
            "public_key": letting.signer.public_key,
            "time": timestamp(clock),
        }
        write_json(path.with_suffix(_SIGNED), signed(self.kind, content, letting.signer.private))
        installation.record(
            letting.eyes.approved_by, f"{self.kind}.released", record.id, sha256=record.sha256
        )
        return record

    def read(self, project: Path, installation: Installation) -> tuple[ReleaseRecord, ...]:
        """All tables of this kind of a project, each held against the ledger and its signature.

        Raises:
            IntegrityError: One was changed after release.
        """
        known = {entry.public_key for entry in current_authorities(installation).entries}
        ledger, records = Ledger(installation.ledger), []
        for path in sorted((project / self.kind).glob(f"*{_SIGNED}")):
            changed = IntegrityError("answering.answer-changed", file=path.name)
            try:
                content = json.loads(path.read_bytes())
                key = content["public_key"]
                whole = key in known and is_signed_by(key, self.kind, content)
                record = read_release(path.with_name(f"{content['release']}.json"), ledger)
            except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
                raise changed from error
            if not whole or content["release_sha256"] != record.sha256:
                raise changed
            records.append(record)
        return tuple(records)
