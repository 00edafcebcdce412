"""What the audit chain knows of a project's deliveries.

Folders can be moved, copied and thrown away; the chain cannot. So whether a delivery is due, what
it must be compared with and which keys a closing destroys is asked here, never of a folder alone.
"""

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from grondslag.approval import Installation
from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.delivery.opening import read_manifest
from grondslag.errors import IntegrityError, SourceError
from grondslag.keys import KeyKind

_TOLD = ("delivery.begun", "delivery.made", "delivery.abandoned", "project.closed")


@dataclass(frozen=True, slots=True)
class Past:
    """A delivery that was made.

    Args:
        name: Its name.
        day: When it was made.
        manifest_sha256: Hash over its canonical manifest.
    """

    name: str
    day: date
    manifest_sha256: str


@dataclass(frozen=True, slots=True)
class History:
    """The deliveries of one project.

    Args:
        begun: Names of all that were begun, whether or not they were made.
        made: Those that were made, oldest first.
        closed: The day on which the project was closed; None when it was not.
    """

    begun: tuple[str, ...]
    made: tuple[Past, ...]
    closed: date | None


def history_of(installation: Installation, project: str) -> History:
    """The deliveries of a project, as the audit chain tells them.

    Args:
        installation: Where the chain stands.
        project: Key of the project.

    Raises:
        IntegrityError: A record of the chain was changed.
    """
    begun: dict[str, None] = {}
    made: dict[str, Past] = {}
    closed: date | None = None
    for record in installation.chain.records(actions=_TOLD):
        name, day = record.object, date.fromisoformat(record.time[:10])
        if record.action == "delivery.begun" and record.details.get("project") == project:
            begun[name] = None
        elif record.action == "delivery.made" and name in begun:
            made[name] = Past(name, day, str(record.details["manifest_sha256"]))
        elif record.action == "delivery.abandoned":
            made.pop(name, None)  # killed between this record and the moment it could be seen
        elif record.action == "project.closed" and name == project:
            closed = day
    return History(tuple(begun), tuple(made.values()), closed)


def manifest_of(past: Past, project: Path, installation: Installation) -> Mapping[str, Any] | None:
    """The manifest of an earlier delivery; None when it was closed, so that nothing opens it.

    Raises:
        IntegrityError: It can still be opened, but is not here, or its manifest was changed.
    """
    if not installation.vault.has(KeyKind.DELIVERY, past.name):
        return None
    folder = project / "deliveries" / past.name
    if not (folder / "manifest.json").is_file():
        raise IntegrityError("delivery.earlier-missing", delivery=past.name)
    manifest = read_manifest(folder)
    if sha256_hex(canonical_bytes(dict(manifest))) != past.manifest_sha256:
        raise IntegrityError("delivery.manifest-changed", folder=past.name)
    return manifest


@contextmanager
def working_alone(installation: Installation, project: str) -> Iterator[None]:
    """One delivery or closing of a project at a time, also from copies of its folder.

    A second one is refused; it does not wait.

    Raises:
        SourceError: Another is busy.
    """
    place = installation.home / "delivering"
    place.mkdir(mode=0o700, exist_ok=True)
    flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW
    descriptor = os.open(place / f"{project}.lock", flags, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(descriptor)
        raise SourceError("delivery.already-running", project=project) from error
    try:
        yield
    finally:
        os.close(descriptor)
