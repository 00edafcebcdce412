"""The ledger of anonymous records that left: one sealed file per delivery, known to the chain.

It holds groups of at least the minimum and no person; sealed it is all the same, under a key that
outlives the deliveries. A file that was taken away or changed shows, because the audit chain has
its hash.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from typing import Any

from grondslag.approval import Installation
from grondslag.canonical import sha256_of_file, write_json
from grondslag.delivery.composition import Noted, NotedColumn
from grondslag.delivery.history import working_alone
from grondslag.delivery.lasting import ledger_key
from grondslag.delivery.sealing import open_text, seal_text
from grondslag.errors import IntegrityError, SourceError

_FOLDER = "anonymous-records"
_NOTED = "anonymous.noted"

LET_OUT = "anonymous.let-out"
"""What the audit chain calls it when an anonymous table of a delivered one leaves."""


def note_records(
    installation: Installation, delivery: str, tables: Sequence[Noted], actor: str
) -> None:
    """Note what is about to leave, and tell the chain.

    Args:
        installation: Where the ledger stands.
        delivery: In which delivery it leaves.
        tables: Its tables of anonymous records; nothing happens without.
        actor: Who runs it, for the audit chain.
    """
    if not tables:
        return
    folder = installation.home / _FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    text = json.dumps([_mapping(table) for table in tables], ensure_ascii=False)
    sealed = seal_text(text, ledger_key(installation), about=delivery)
    path = folder / f"{delivery}.json"
    write_json(path, {"ledger": "grondslag/1", "sealed": sealed}, mode=0o600)
    installation.record(actor, _NOTED, delivery, ledger_sha256=sha256_of_file(path))


def read_ledger(installation: Installation) -> list[Noted]:
    """All anonymous records that left, oldest first; closed and revoked ones too.

    Raises:
        IntegrityError: A part of the ledger is gone or was changed.
    """
    noted: dict[str, str] = {}
    left: dict[str, str] = {}
    for record in installation.chain.records(
        actions=(_NOTED, "delivery.made", LET_OUT, "delivery.abandoned")
    ):
        if record.action == _NOTED:
            noted[record.object] = str(record.details["ledger_sha256"])
        elif record.action in ("delivery.made", LET_OUT) and record.object in noted:
            left[record.object] = noted[record.object]
        elif record.action == "delivery.abandoned":
            left.pop(record.object, None)  # killed before anybody could see it
    return [table for name, digest in left.items() for table in _read(installation, name, digest)]


@contextmanager
def records_alone(installation: Installation) -> Iterator[None]:
    """One delivery of anonymous records at a time: each must know the ones before.

    Raises:
        SourceError: Another is busy.
    """
    with ExitStack() as held:
        try:
            held.enter_context(working_alone(installation, f".{_FOLDER}"))
        except SourceError as error:
            raise SourceError("delivery.anonymous-busy") from error
        yield


def _read(installation: Installation, delivery: str, digest: str) -> list[Noted]:
    path = installation.home / _FOLDER / f"{delivery}.json"
    if not path.is_file() or sha256_of_file(path) != digest:
        raise IntegrityError("delivery.ledger-damaged", delivery=delivery)
    content = json.loads(path.read_bytes())
    text = open_text(content["sealed"], ledger_key(installation), about=delivery)
    return [_noted(raw) for raw in json.loads(text)]


def _mapping(table: Noted) -> dict[str, Any]:
    groups = [[labels, rows] for labels, rows in table.groups.items()]
    columns = {name: asdict(column) for name, column in table.columns.items()}
    return {
        "project": table.project,
        "delivery": table.delivery,
        "dataset": table.dataset,
        "joined": table.joined,
        "cuts": list(table.cuts),
        "minimum": table.minimum,
        "most_rows": table.most_rows,
        "columns": columns,
        "groups": groups,
        **({"local": True} if table.local else {}),
    }


def _noted(raw: dict[str, Any]) -> Noted:
    return Noted(
        project=raw["project"],
        delivery=raw["delivery"],
        dataset=raw["dataset"],
        joined=tuple(raw["joined"]),
        cuts=tuple(raw["cuts"]),
        minimum=raw["minimum"],
        most_rows=raw["most_rows"],
        columns={name: NotedColumn(**column) for name, column in raw["columns"].items()},
        groups={tuple(tuple(labels) for labels in group): rows for group, rows in raw["groups"]},
        local=raw.get("local", False),
    )
