"""An anonymous table leaves, readable for all: somebody made it, somebody else lets it out."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from grondslag.analysis.answering import releaser_of
from grondslag.approval import Installation, Signer
from grondslag.approval.statements import signed
from grondslag.canonical import sha256_hex, write_json, write_text
from grondslag.clock import Clock, timestamp
from grondslag.delivery import open_delivery
from grondslag.delivery.leaving import Leaving, leaving_table
from grondslag.delivery.ledger import LET_OUT, note_records, records_alone
from grondslag.errors import InputError
from grondslag.release import FourEyes

_KIND = "anonymous-records"
_SUFFIX = ".csv"


@dataclass(frozen=True, slots=True)
class RecordsOut:
    """An anonymous table that left.

    Args:
        path: The rows.
        proof: What was done, by whom, signed; beside the rows.
        rows: How many there are.
        made_by: Who made it.
        let_out_by: Who let it out.
        statement: What stands in the proof.
    """

    path: Path
    proof: Path
    rows: int
    made_by: str
    let_out_by: str
    statement: Mapping[str, Any]


def let_records_out(
    folder: Path,
    dataset: str,
    out: Path,
    installation: Installation,
    *,
    signer: Signer | None,
    clock: Clock,
) -> RecordsOut:
    """Let out an anonymous table that somebody else made before.

    The ledger and the audit chain know of it before the first row is written: when writing fails,
    they say too much and never too little.

    Args:
        folder: The delivery's own folder.
        dataset: Which of its tables was made anonymous.
        out: A new file; its name ends in ``.csv``.
        installation: Where authorities, ledger, audit chain and keys stand.
        signer: The second person.
        clock: Tells the day.

    Raises:
        ApprovalError: The delivery may not be opened, or the key may not release.
        DisclosureRefusedError: The table may not leave, or nobody else looked.
        InputError: The file is there already, or its name is another.
        IntegrityError: The table or the ledger was changed.
        SourceError: It cannot be written.
    """
    proof = out.with_name(out.name + ".json")
    _check_name(out, proof)
    opened = open_delivery(folder, installation, clock=clock, actor="grondslag")
    subject = releaser_of(opened, installation, signer, clock)
    with records_alone(installation):
        leaving = leaving_table(opened, dataset, installation, clock=clock)
        fast = opened.judged.approval.lane == "fast"
        FourEyes(leaving.made_by, subject, fast_lane=fast).check()
        text = _text(leaving.rows)
        statement = _statement(leaving, out, text, subject, clock)
        if signer is not None and subject:
            statement["public_key"] = signer.public_key
            statement = signed(_KIND, statement, signer.private)
        name = f"{opened.id}.{dataset}.{leaving.sha256[:8]}"
        note_records(installation, name, [leaving.noted], subject or "grondslag")
        digest = str(statement["file"]["sha256"])
        installation.record(subject or "grondslag", LET_OUT, name, file_sha256=digest)
        write_text(out, text)
        write_json(proof, statement)
    return RecordsOut(out, proof, leaving.rows.num_rows, leaving.made_by, subject, statement)


def _check_name(out: Path, proof: Path) -> None:
    if out.suffix != _SUFFIX:
        raise InputError("anonymity.out-not-csv", file=out.name)
    for file in (out, proof):
        if file.exists():
            raise InputError("anonymity.out-exists", file=file.name)


def _statement(
    leaving: Leaving, out: Path, text: str, subject: str, clock: Clock
) -> dict[str, Any]:
    told = {name: one for name, one in leaving.description.items() if name != "file"}
    digest, rows = sha256_hex(text.encode()), leaving.rows.num_rows
    return {
        "anonymous_records": "grondslag/1",
        "file": {"name": out.name, "sha256": digest, "rows": rows},
        "description_sha256": leaving.sha256,
        "description": told,
        "made_by": leaving.made_by,
        "let_out_by": subject,
        "time": timestamp(clock),
    }


def _text(rows: pa.Table) -> str:
    """The rows as text, a line per row, missing values empty."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(rows.column_names)
    columns = [column.to_pylist() for column in rows.columns]
    writer.writerows(zip(*columns, strict=True))
    return stream.getvalue()
