"""A project's documents as the folder the engine works on, and back.

The database is the truth for every document. Deliveries and reports are too large for it and stay
in the folder, where the engine keeps them whole or absent and the audit chain knows them.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from grondslag.canonical import sha256_hex
from grondslag.canonical.writing import write_bytes
from grondslag.errors import SourceError
from grondslag_portal.projects.models import Document, Project

KEPT_ON_DISK = ("deliveries", "report")
_PATIENCE = 5.0  # seconds that a second writer waits before it is told who is busy


@dataclass(frozen=True, slots=True)
class Changed:
    """What the engine did to a folder.

    Args:
        written: New or changed documents, by path.
        removed: Paths of documents that are gone.
    """

    written: dict[str, bytes]
    removed: tuple[str, ...]


def folder_of(key: str) -> Path:
    """Where a project's folder stands."""
    return settings.PROJECTS / key


@contextmanager
def alone(key: str, *, patience: float = _PATIENCE) -> Iterator[Path]:
    """One writer at a time in a project's folder.

    Raises:
        SourceError: Somebody else is busy in it.
    """
    locks = settings.DATA / "locks"
    locks.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(locks / key, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        until = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise SourceError("projects.busy") from None
                time.sleep(0.05)
        yield folder_of(key)
    finally:
        os.close(descriptor)


def put_out(project: Project) -> dict[str, str]:
    """Make the folder hold exactly the current documents, and say which hash each has.

    Raises:
        SourceError: The disk let us down.
    """
    folder = folder_of(project.key)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    wanted = dict(
        Document.objects.filter(project=project, current=True).values_list("path", "sha256")
    )
    present = _hashes_in(folder)
    missing = [path for path, sha256 in wanted.items() if present.get(path) != sha256]
    for path in present.keys() - wanted.keys():
        (folder / path).unlink()
    rows = Document.objects.filter(project=project, current=True, path__in=missing)
    for path, content in rows.values_list("path", "content"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        write_bytes(folder / path, bytes(content))
    return wanted


def taken_in(folder: Path, before: dict[str, str]) -> Changed:
    """What differs in the folder from the documents that were put out."""
    present = _hashes_in(folder)
    written = {
        path: (folder / path).read_bytes()
        for path, sha256 in present.items()
        if before.get(path) != sha256
    }
    return Changed(written, tuple(sorted(before.keys() - present.keys())))


def _hashes_in(folder: Path) -> dict[str, str]:
    """The documents in a folder with their hashes; deliveries, reports and links apart."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name.split("/")[0] in KEPT_ON_DISK or path.is_symlink() or not path.is_file():
            continue
        found[name] = sha256_hex(path.read_bytes())
    return found
