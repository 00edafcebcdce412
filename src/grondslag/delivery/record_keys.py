"""A number per person beside a delivered table, for counts that are off by the same everywhere.

The number is the same for a person in every project and year, so it could link what pseudonyms keep
apart. That is why it opens under two keys together, that of the delivery and one that never leaves
the vault, and why it dies with the delivery. Only sums of it, per cell, are ever used.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from grondslag.anonymise.tables import record_keys
from grondslag.approval import Installation
from grondslag.canonical import sha256_of_file
from grondslag.delivery.lasting import record_key_of
from grondslag.delivery.model import TablePlan
from grondslag.delivery.opening import OpenedDelivery, check_file
from grondslag.delivery.sealing import read_table, write_table
from grondslag.errors import InputError
from grondslag.keys import KeyKind, derive
from grondslag.vocabulary import OutputStep


def has_record_keys(table: TablePlan) -> bool:
    """Whether its persons can be counted afterwards: records of one dataset, by pseudonym."""
    delivered = {column.name for column in table.columns}
    return (
        table.output is OutputStep.PSEUDONYMOUS
        and not table.joined
        and table.scan.person in delivered
    )


def write_record_keys(
    path: Path,
    persons: pa.Array,
    tokens: Sequence[bytes | None],
    installation: Installation,
    *,
    dataset: str,
    delivery: str,
) -> dict[str, Any]:
    """Write the numbers of a table's persons; returns what the manifest says of the file.

    Args:
        path: A new file in the folder of the delivery.
        persons: As the source writes them.
        tokens: Their pseudonyms in this delivery.
        installation: Where the keys stand.
        dataset: Whose persons they are; a person has another number in another dataset.
        delivery: Its name.

    Raises:
        SourceError: It cannot be written.
    """
    own = record_keys(persons.to_pylist(), record_key_of(installation, dataset))
    pseudonyms = [token.hex() for token in tokens if token is not None]
    table = pa.table({"person": pseudonyms, "number": pa.array(own, pa.int64())})
    # In the order of the pseudonyms: that of the source could tell who is who.
    ordered = table.sort_by("person")
    write_table(path, ordered.to_reader(), _key(installation, dataset, delivery))
    return {"name": path.name, "sha256": sha256_of_file(path)}


def record_keys_of(opened: OpenedDelivery, installation: Installation, dataset: str) -> pa.Table:
    """The number of each person of a delivered table, by pseudonym; never to be shown or kept.

    Raises:
        InputError: This delivery keeps none.
        IntegrityError: The file was changed.
    """
    for entry in opened.manifest["tables"]:
        if entry["name"] == dataset and "record_keys" in entry:
            path = opened.folder / entry["record_keys"]["name"]
            check_file(path, entry["record_keys"]["sha256"])
            return read_table(path, _key(installation, dataset, opened.id))
    raise InputError("delivery.no-record-keys", dataset=dataset[:63])


def _key(installation: Installation, dataset: str, delivery: str) -> bytes:
    """Made of two keys: without either of them, nothing opens."""
    one = installation.vault.read(KeyKind.DELIVERY, delivery)
    other = record_key_of(installation, dataset)
    return derive(other, purpose="record-keys-file", context=f"{delivery}/{one.hex()}")
