"""Adding to the chain: a record, a signed head over it, and a witness outside the store."""

import platform
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grondslag.audit.journal import Journal
from grondslag.audit.record import NOTHING, AuditRecord, SignedHead
from grondslag.audit.store import AuditStore, Entry, FileStore, Tail
from grondslag.clock import Clock, timestamp
from grondslag.errors import InputError, IntegrityError
from grondslag.keys import public_key_of


class AuditLog:
    """The pen of the chain.

    Args:
        store: Where the chain stands.
        signer: The key of this installation; it signs every head.
        clock: Tells the time; a time before the newest record is refused.
        witness: A file outside the store, on another disk or machine if it can be: it keeps all
            heads, so that putting back an old copy of the whole store shows.
        origin: Machine and tool; this machine by default.

    Raises:
        InputError: The witness lies inside the store.
    """

    __slots__ = ("_clock", "_origin", "_public_key", "_signer", "_store", "_witness")

    def __init__(
        self,
        store: AuditStore,
        *,
        signer: Ed25519PrivateKey,
        clock: Clock,
        witness: Path | None,
        origin: str | None = None,
    ) -> None:
        self._store = store
        self._signer = signer
        self._clock = clock
        self._origin = origin or f"{platform.node() or 'unknown'} grondslag"
        self._public_key = public_key_of(signer)
        self._witness = None if witness is None else Journal(witness.absolute())
        if witness is not None and isinstance(store, FileStore):
            _check_outside(witness, store.folder)

    def append(
        self,
        *,
        actor: str,
        action: str,
        object: str,  # noqa: A002 - the word of BIO2 8.15.01
        result: str,
        details: Mapping[str, str | int] | None = None,
    ) -> AuditRecord:
        """Add a record; it is on disk, signed and witnessed when this returns.

        Args:
            actor: Who did it.
            action: What was done, such as ``delivery.make``.
            object: To what.
            result: ``ok``, or the code of the refusal.
            details: Names, counts and hashes; never a value from a row of data.

        Raises:
            InputError: A part is empty, too long or not readable.
            IntegrityError: The clock was set back, or the end of the chain, its head and the
                witness do not agree: then nothing is added, verify first.
            SourceError: The disk let us down.
        """
        said: dict[str, Any] = {
            "actor": actor,
            "action": action,
            "object": object,
            "result": result,
            "details": details or {},
        }
        entry = self._store.append_locked(partial(self._next, said))
        if self._witness is not None:
            self._witness.append(entry.head.to_line())
        return entry.record

    def head(self) -> SignedHead | None:
        """The newest signed head, to print on proofs and reports; None for an empty chain.

        Raises:
            IntegrityError: The end of the chain is damaged.
        """
        return self._store.tail().head

    def _next(self, said: Mapping[str, Any], tail: Tail) -> Entry:
        self._check_end(tail)
        time = timestamp(self._clock)
        last = tail.record
        if last is not None and time < last.time:
            raise IntegrityError("audit.clock-set-back", now=time, last=last.time)
        record = AuditRecord(
            number=1 if last is None else last.number + 1,
            time=time,
            origin=self._origin,
            previous=NOTHING if last is None else last.hash,
            **said,
        )
        return Entry(record, SignedHead.over(record, after=tail.head, signer=self._signer))

    def _check_end(self, tail: Tail) -> None:
        """Never build on an end that was edited, cut off or put back."""
        number = 0 if tail.record is None else tail.record.number
        last_hash = None if tail.record is None else tail.record.hash
        head = tail.head
        if (0 if head is None else head.number) != number:
            raise IntegrityError("audit.end-does-not-fit", records=number)
        if head is not None and (head.hash != last_hash or not head.is_signed_by(self._public_key)):
            raise IntegrityError("audit.end-does-not-fit", records=number)
        if self._witness is not None:
            self._check_witness(self._witness, tail)

    def _check_witness(self, witness: Journal, tail: Tail) -> None:
        if tail.record is None:
            witness.touch()  # from here on, a witness that is gone is a fault
        elif not witness.path.exists():
            raise IntegrityError("audit.witness-missing", file=str(witness.path))
        line = witness.last()
        if line is None:
            return
        seen = SignedHead.from_line(line)
        number = 0 if tail.record is None else tail.record.number
        if seen.number > number:
            raise IntegrityError("audit.rolled-back", records=number, seen=seen.number)
        if tail.record is not None and seen.number == number and seen.hash != tail.record.hash:
            raise IntegrityError("audit.rolled-back", records=number, seen=seen.number)


def _check_outside(witness: Path, folder: Path) -> None:
    for form in (witness.absolute(), witness.resolve()):
        if form.is_relative_to(folder) or form.is_relative_to(folder.resolve()):
            raise InputError("audit.witness-inside-store", file=str(witness))
