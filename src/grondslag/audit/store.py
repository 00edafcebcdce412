"""Where a chain stands: the port that every store keeps to, and a folder of files."""

import fcntl
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from grondslag.audit.journal import Journal
from grondslag.audit.record import NOTHING, AuditRecord, SignedHead
from grondslag.canonical.writing import sync_folder, write_bytes
from grondslag.errors import IntegrityError, SourceError


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of a chain: its newest record and its newest head."""

    record: AuditRecord | None
    head: SignedHead | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with the head signed over it: they are kept together or not at all."""

    record: AuditRecord
    head: SignedHead


class AuditStore(Protocol):
    """What a store of a chain does: a folder of files here, a database in the portal."""

    def records(self, *, actions: Collection[str] | None = None) -> Iterator[AuditRecord]:
        """The records, oldest first: all, or those of these actions.

        Raises:
            IntegrityError: A record cannot be read or does not fit its own hash.
        """
        ...

    def heads(self) -> Iterator[SignedHead]:
        """All heads, oldest first.

        Raises:
            IntegrityError: A head cannot be read.
        """
        ...

    def tail(self) -> Tail:
        """The newest record and head, without reading the rest."""
        ...

    def torn(self) -> int:
        """How many records were cut off while being written and set aside."""
        ...

    def held(self) -> AbstractContextManager[None]:
        """While inside, nobody writes: records and heads are of one moment."""
        ...

    def append_locked(self, build: Callable[[Tail], Entry]) -> Entry:
        """Let *build* make the next entry out of the tail, and keep it, while nobody else writes.

        An error from *build* leaves the store as it was.
        """
        ...


class FileStore:
    """A chain in a folder: ``chain.jsonl`` and ``heads.jsonl``.

    An entry is first written whole to ``pending.jsonl``. When the process is killed after that, the
    next writer finishes it, so that no record ever stands without its head.

    Args:
        folder: Made at the first record.
    """

    __slots__ = ("_chain", "_heads", "_lock", "_pending", "folder")

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self._chain = Journal(self.folder / "chain.jsonl")
        self._heads = Journal(self.folder / "heads.jsonl")
        self._lock = self.folder / ".lock"
        self._pending = self.folder / "pending.jsonl"

    def records(self, *, actions: Collection[str] | None = None) -> Iterator[AuditRecord]:
        """The records, oldest first; see `AuditStore`."""
        for number, line in enumerate(self._chain.lines(), start=1):
            record = AuditRecord.from_line(line, number=number)
            if actions is None or record.action in actions:
                yield record

    def heads(self) -> Iterator[SignedHead]:
        """All heads, oldest first, with the one that a killed process still had to write."""
        newest = None
        for line in self._heads.lines():
            newest = SignedHead.from_line(line)
            yield newest
        whole = self._with_owed_head(Tail(self._last_record(), newest))
        if whole.head is not None and whole.head != newest:
            yield whole.head

    def tail(self) -> Tail:
        """The newest record and head."""
        return self._with_owed_head(self._written_tail())

    def torn(self) -> int:
        """How many lines were cut off while being written."""
        return self._chain.torn() + self._heads.torn()

    @contextmanager
    def held(self) -> Iterator[None]:
        """While inside, nobody writes; needs no right to write."""
        try:
            descriptor = os.open(self._lock, os.O_RDONLY | os.O_NOFOLLOW)
        except OSError:
            yield  # never written to, or a copy without its lock
            return
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH)
            yield
        finally:
            os.close(descriptor)

    def append_locked(self, build: Callable[[Tail], Entry]) -> Entry:
        """Keep the next entry; see `AuditStore`.

        Raises:
            IntegrityError: The end of the chain is damaged.
            SourceError: The disk let us down.
        """
        with self._locked():
            self._finish_pending()
            entry = build(self._written_tail())
            lines = b"%s\n%s\n" % (entry.record.to_line(), entry.head.to_line())
            write_bytes(self._pending, lines, mode=0o600)
            try:
                self._finish_pending()
            except SourceError:
                self._withdraw_pending(entry)
                raise
        return entry

    def _finish_pending(self) -> None:
        """Write what was promised and is not there yet; harmless when repeated."""
        entry = self._read_pending()
        if entry is None:
            return
        tail = self._written_tail()
        if not _is_record(entry, tail):
            if entry.record.previous != (tail.record.hash if tail.record else NOTHING):
                raise IntegrityError("audit.pending-does-not-fit")
            self._chain.append(entry.record.to_line())
        if tail.head != entry.head:
            self._heads.append(entry.head.to_line())
        self._pending.unlink()
        sync_folder(self.folder)

    def _withdraw_pending(self, entry: Entry) -> None:
        """Forget an entry whose record could not be written: its caller was told so."""
        if not _is_record(entry, self._written_tail()):
            self._pending.unlink(missing_ok=True)

    def _with_owed_head(self, tail: Tail) -> Tail:
        entry = self._read_pending()
        if entry is not None and _is_record(entry, tail):
            return Tail(tail.record, entry.head)
        return tail

    def _written_tail(self) -> Tail:
        line = self._heads.last()
        return Tail(self._last_record(), None if line is None else SignedHead.from_line(line))

    def _last_record(self) -> AuditRecord | None:
        line = self._chain.last()
        return None if line is None else _end(line)

    def _read_pending(self) -> Entry | None:
        try:
            record, head = self._pending.read_bytes().splitlines()
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise IntegrityError("audit.pending-does-not-fit") from error
        return Entry(_end(record), SignedHead.from_line(head))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
            descriptor = os.open(self._lock, flags, 0o600)
        except OSError as error:
            reason = error.strerror or "?"
            raise SourceError("audit.cannot-write", file=str(self.folder), reason=reason) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)


def _end(line: bytes) -> AuditRecord:
    try:
        return AuditRecord.from_line(line, number=0)
    except IntegrityError as error:
        raise IntegrityError("audit.broken-end") from error


def _is_record(entry: Entry, tail: Tail) -> bool:
    """Whether the record of this entry is the last one written."""
    return tail.record is not None and tail.record.hash == entry.record.hash
