"""The first fault of a chain, or how far it reaches.

Hashes chain the records; each head is signed and holds the hash of the head before it. So the
newest head vouches for everything, and a head printed on an old proof finds a tail cut off since.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grondslag.audit.journal import Journal
from grondslag.audit.record import NOTHING, AuditRecord, SignedHead
from grondslag.audit.store import AuditStore
from grondslag.errors import IntegrityError
from grondslag.keys import fingerprint_of


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What a chain without faults holds.

    Args:
        records: How many.
        first: Moment of the first; None when there are none.
        last: Moment of the newest.
        head: The newest head.
        torn: Lines cut off by a killed process and set aside; they were never confirmed.
    """

    records: int
    first: str | None
    last: str | None
    head: SignedHead | None
    torn: int


def verify_chain(
    store: AuditStore,
    *,
    public_key: str,
    heads: Sequence[SignedHead] = (),
    witness: Path | None = None,
    on_paper: Mapping[int, str] | None = None,
) -> ChainReport:
    """Check a whole chain: every record, every head, and every head seen elsewhere.

    Args:
        store: Where the chain stands.
        public_key: Of the installation that signed it, base64; known from elsewhere.
        heads: Heads from proofs and reports.
        witness: The file outside the store.
        on_paper: Per number of a printed head the first digits of its hash, as somebody typed them.

    Raises:
        IntegrityError: The first fault: a record edited, left out, doubled, moved or unsigned; a
            tail cut off; a head forged or of another key; a clock that ran backwards; a line that
            is no record; or an old copy of the whole store put back.
        InputError: The public key is not one.
    """
    fingerprint_of(public_key)  # a wrong argument is no fault of the chain
    with store.held():
        seen = _witnessed(witness)
        records = _checked_records(store.records())
        own = _checked_own_heads(store.heads(), records, public_key)
        torn = store.torn()
    if records and witness is not None and not seen:
        raise IntegrityError("audit.witness-missing", file=str(witness))
    for head in heads:
        _check_elsewhere(head, records, own, public_key, code="audit.cut-off")
    for head in seen:
        _check_elsewhere(head, records, own, public_key, code="audit.rolled-back")
    for number, digits in (on_paper or {}).items():
        _check_on_paper(number, digits, records)
    return ChainReport(
        records=len(records),
        first=records[0].time if records else None,
        last=records[-1].time if records else None,
        head=own[-1] if own else None,
        torn=torn,
    )


def _checked_records(found: Iterable[AuditRecord]) -> list[AuditRecord]:
    records: list[AuditRecord] = []
    previous, time = NOTHING, ""
    for number, record in enumerate(found, start=1):
        if record.number != number:
            raise IntegrityError("audit.out-of-order", line=number, number=record.number)
        if record.previous != previous:
            raise IntegrityError("audit.link-broken", line=number)
        if record.time < time:
            raise IntegrityError("audit.clock-ran-back", line=number)
        previous, time = record.hash, record.time
        records.append(record)
    return records


def _checked_own_heads(
    found: Iterable[SignedHead], records: Sequence[AuditRecord], public_key: str
) -> list[SignedHead]:
    """The heads of the store: one per record, chained, the newest one signed."""
    heads: list[SignedHead] = []
    previous = NOTHING
    key = fingerprint_of(public_key)
    for number, head in enumerate(found, start=1):
        if head.key != key:
            raise IntegrityError("audit.head-of-other-key", number=head.number)
        if head.number != number or head.previous != previous:
            raise IntegrityError("audit.head-forged", number=number)
        _check_fits(head, records, code="audit.cut-off")
        previous = head.digest
        heads.append(head)
    if heads and not heads[-1].is_signed_by(public_key):
        raise IntegrityError("audit.head-forged", number=heads[-1].number)
    if len(heads) < len(records):
        raise IntegrityError("audit.unsigned", number=len(heads) + 1)
    return heads


def _check_elsewhere(
    head: SignedHead,
    records: Sequence[AuditRecord],
    own: Sequence[SignedHead],
    public_key: str,
    *,
    code: str,
) -> None:
    """A head kept outside the store: equal to ours, or signed and still fitting the chain."""
    if head.number <= len(own) and own[head.number - 1] == head:
        return
    if head.key != fingerprint_of(public_key):
        raise IntegrityError("audit.head-of-other-key", number=head.number)
    if not head.is_signed_by(public_key):
        raise IntegrityError("audit.head-forged", number=head.number)
    _check_fits(head, records, code=code)
    raise IntegrityError("audit.head-differs", number=head.number)


def _check_fits(head: SignedHead, records: Sequence[AuditRecord], *, code: str) -> None:
    if head.number > len(records):
        raise IntegrityError(code, records=len(records), seen=head.number)
    record = records[head.number - 1]
    if (head.hash, head.time) != (record.hash, record.time):
        raise IntegrityError("audit.head-differs", number=head.number)


def _check_on_paper(number: int, digits: str, records: Sequence[AuditRecord]) -> None:
    if number > len(records):
        raise IntegrityError("audit.cut-off", records=len(records), seen=number)
    if not records[number - 1].hash.startswith(digits):
        raise IntegrityError("audit.head-differs", number=number)


def _witnessed(witness: Path | None) -> Sequence[SignedHead]:
    if witness is None:
        return []
    return [SignedHead.from_line(line) for line in Journal(witness).lines()]
