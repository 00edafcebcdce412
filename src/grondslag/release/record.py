"""A release as a file, and back: only what the ledger knows is a released figure."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grondslag.canonical import canonical_bytes, read_text, sha256_hex, write_json
from grondslag.clock import Clock, timestamp
from grondslag.errors import IntegrityError
from grondslag.release.gate import FourEyes, release_id
from grondslag.release.ledger import Ledger
from grondslag.release.profile import Profile
from grondslag.release.released import ReleasedFigure, released_from


@dataclass(frozen=True, slots=True)
class ReleaseRecord:
    """A release as it was read back.

    Args:
        id: Its id.
        project: Of which project.
        profile: Name of the profile.
        released_at: When.
        approved_by: Who let it out.
        figures: The tables.
        sha256: Hash over the canonical content.
    """

    id: str
    project: str
    profile: str
    released_at: str
    approved_by: str
    figures: tuple[ReleasedFigure, ...]
    sha256: str


def write_release(
    folder: Path,
    figures: Sequence[ReleasedFigure],
    *,
    project: str,
    profile: Profile,
    by: FourEyes,
    clock: Clock,
) -> Path:
    """Write a release as ``<id>.json`` in a folder.

    Raises:
        SourceError: It cannot be written.
    """
    content: dict[str, Any] = {
        "release": "grondslag/1",
        "id": release_id(figures, project),
        "project": project,
        "profile": profile.name,
        "minimum": profile.minimum,
        "released_at": timestamp(clock),
        "analysed_by": by.analysed_by,
        "approved_by": by.approved_by,
        "fast_lane": by.fast_lane,
        "figures": [figure.to_mapping() for figure in figures],
    }
    path = folder / f"{content['id']}.json"
    write_json(path, content)
    return path


def read_release(path: Path, ledger: Ledger) -> ReleaseRecord:
    """Read a release back.

    Args:
        path: The file.
        ledger: Of the installation: a table that is not in it was never released.

    Raises:
        IntegrityError: Not a release, or a table differs from what was let out.
        InputError: No such file.
    """
    changed = IntegrityError("release.not-as-released", file=path.name)
    try:
        content = json.loads(read_text(path))
        figures = tuple(released_from(figure) for figure in content["figures"])
        record = ReleaseRecord(
            id=content["id"],
            project=content["project"],
            profile=content["profile"],
            released_at=content["released_at"],
            approved_by=content["approved_by"],
            figures=figures,
            sha256=sha256_hex(canonical_bytes(content)),
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise changed from error
    if record.id != release_id(figures, record.project):
        raise changed
    if not all(ledger.holds(figure, release=record.id) for figure in figures):
        raise changed
    return record
