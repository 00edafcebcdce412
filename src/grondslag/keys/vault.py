"""The vault: a folder of keys that only its owner can open, apart from every project.

``<vault>/<kind>/<name>.key`` holds 32 random bytes, ``<name>.destroyed.json`` says that a key is
gone. Keys are random and never derived from anything that outlives them: once overwritten, what
they protected is beyond recovery, in copies and backups too. So keep the vault itself out of the
backups of the data, and on a disk that is encrypted: a solid-state disk may keep old blocks.
"""

import fcntl
import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from grondslag.canonical.bytes import sha256_hex
from grondslag.canonical.writing import sync_folder, write_json
from grondslag.clock import Clock, timestamp
from grondslag.errors import ApprovalError, InputError, IntegrityError, SourceError
from grondslag.keys.storage import check_outside_projects, write_once

KEY_BYTES = 32
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,80}")


class KeyKind(StrEnum):
    """What a key is for, and so how long it lives."""

    PROJECT = "project"
    """Pseudonyms of one project; dies with the project."""

    DELIVERY = "delivery"
    """The encryption of one delivery; dies when the delivery closes."""

    LOG = "log"
    """Log pseudonyms of one year; lives as long as the law wants the log."""

    MACHINE = "machine"
    """The signing key of an installation, for the heads of its audit chain; never approves."""


@dataclass(frozen=True, slots=True)
class Destruction:
    """That a key is gone, and no more.

    Args:
        kind: What it was for.
        name: Which one.
        fingerprint: SHA-256 of the key in hex; of random bytes, so nothing can be tried against it.
        destroyed_at: RFC 3339, UTC.
    """

    kind: KeyKind
    name: str
    fingerprint: str
    destroyed_at: str

    def to_mapping(self) -> dict[str, str]:
        """As it stands in a document."""
        return {
            "kind": self.kind.value,
            "name": self.name,
            "fingerprint": self.fingerprint,
            "destroyed_at": self.destroyed_at,
        }


class Vault:
    """Keys in files, mode 0600, in a folder of mode 0700.

    Args:
        folder: Where the keys stand; made at the first key.

    Raises:
        InputError: The folder is a link, others can read it, or it lies inside a project.
    """

    __slots__ = ("_folder",)

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()
        self._check_folder()

    def __repr__(self) -> str:
        return f"Vault({str(self._folder)!r})"

    def create(self, kind: KeyKind, name: str) -> bytes:
        """Make a key of 32 random bytes.

        Args:
            kind: What it is for.
            name: Which one; small letters, digits, dot, dash and underscore.

        Raises:
            InputError: The name is not allowed, or there is such a key.
            ApprovalError: There was such a key and it was destroyed: it never comes back.
            SourceError: The disk let us down; there is no key then.
        """
        path = self._key(kind, name)
        with self._locked(kind):
            self._refuse_destroyed(kind, name)
            key = os.urandom(KEY_BYTES)
            if not write_once(path, key):
                raise InputError("keys.exists", kind=kind.value, name=name)
        return key

    def read(self, kind: KeyKind, name: str) -> bytes:
        """A key.

        Raises:
            InputError: The name is not allowed, or there was never such a key.
            ApprovalError: It was destroyed; the error tells when.
            IntegrityError: The file is a link, others can read it, or it is not 32 bytes.
        """
        path = self._key(kind, name)
        self._check_folder()
        self._refuse_destroyed(kind, name)
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
        except FileNotFoundError:
            raise InputError("keys.no-such-key", kind=kind.value, name=name) from None
        except OSError as error:
            raise IntegrityError("keys.damaged-key", kind=kind.value, name=name) from error
        with os.fdopen(descriptor, "rb") as stream:
            found = os.fstat(stream.fileno())
            key = stream.read(KEY_BYTES + 1) if stat.S_ISREG(found.st_mode) else b""
        if len(key) != KEY_BYTES or found.st_mode & 0o077:
            raise IntegrityError("keys.damaged-key", kind=kind.value, name=name)
        return key

    def has(self, kind: KeyKind, name: str) -> bool:
        """Whether there is such a key, not destroyed.

        Raises:
            InputError: The name is not allowed.
        """
        return self._key(kind, name).exists() and not self._tombstone(kind, name).exists()

    def destroy(self, kind: KeyKind, name: str, *, clock: Clock) -> Destruction:
        """Destroy a key for ever; a second time gives the first record.

        The tombstone comes first and the key is overwritten after it, so a key cut off half-way
        is never used again; asking again then finishes the work.

        Raises:
            InputError: The name is not allowed, or there was never such a key.
            IntegrityError: The key or the tombstone is damaged.
            SourceError: The disk let us down; ask again.
        """
        path = self._key(kind, name)
        with self._locked(kind):
            record = self._record(kind, name)
            if record is None:
                fingerprint = sha256_hex(self.read(kind, name))
                record = Destruction(kind, name, fingerprint, timestamp(clock))
                write_json(self._tombstone(kind, name), record.to_mapping(), mode=0o600)
            _overwrite_and_unlink(path)
        return record

    def destruction(self, kind: KeyKind, name: str) -> Destruction | None:
        """The record of a destroyed key; None when it was not destroyed, or not to the end.

        Raises:
            InputError: The name is not allowed.
            IntegrityError: The tombstone is damaged.
        """
        return None if self._key(kind, name).exists() else self._record(kind, name)

    def _check_folder(self) -> None:
        if self._folder.is_symlink():
            raise InputError("keys.vault-is-link", folder=str(self._folder))
        if self._folder.exists():
            if not self._folder.is_dir():
                raise InputError("keys.vault-no-folder", folder=str(self._folder))
            if self._folder.stat().st_mode & 0o077:
                raise InputError("keys.vault-readable", folder=str(self._folder))
        check_outside_projects(self._folder)

    def _key(self, kind: KeyKind, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise InputError("keys.name-not-allowed", kind=kind.value)
        return self._folder / kind.value / f"{name}.key"

    def _tombstone(self, kind: KeyKind, name: str) -> Path:
        return self._folder / kind.value / f"{name}.destroyed.json"

    @contextmanager
    def _locked(self, kind: KeyKind) -> Iterator[None]:
        """One writer per kind at a time; makes the folders."""
        self._check_folder()
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            place = self._folder / kind.value
            place.mkdir(mode=0o700, exist_ok=True)
            descriptor = os.open(place / ".lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            reason = error.strerror or "?"
            raise SourceError("keys.cannot-write", file=str(self._folder), reason=reason) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _record(self, kind: KeyKind, name: str) -> Destruction | None:
        path = self._tombstone(kind, name)
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            record = Destruction(
                KeyKind(found["kind"]), found["name"], found["fingerprint"], found["destroyed_at"]
            )
            date.fromisoformat(record.destroyed_at[:10])
        except FileNotFoundError:
            return None
        except (ValueError, TypeError, KeyError) as error:
            raise IntegrityError("keys.damaged-tombstone", kind=kind.value, name=name) from error
        if (record.kind, record.name) != (kind, name):
            raise IntegrityError("keys.damaged-tombstone", kind=kind.value, name=name)
        return record

    def _refuse_destroyed(self, kind: KeyKind, name: str) -> None:
        record = self._record(kind, name)
        if record is not None:
            day = date.fromisoformat(record.destroyed_at[:10])
            raise ApprovalError("keys.destroyed", kind=kind.value, name=name, date=day)


def _overwrite_and_unlink(path: Path) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_NOFOLLOW)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(os.urandom(KEY_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        path.unlink()
        sync_folder(path.parent)
    except FileNotFoundError:
        return  # destroyed before
    except OSError as error:
        reason = error.strerror or "?"
        raise SourceError("keys.cannot-write", file=str(path), reason=reason) from error
