"""Whether a record of a decision, or of a look back, is the one that was made."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grondslag.approval import Installation
from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.errors import IntegrityError

DECIDED = "decision.recorded"
REVIEWED = "decision.reviewed"


def read_json(path: Path) -> Mapping[str, Any]:
    """A document of ours as plain values.

    Raises:
        IntegrityError: It is damaged.
    """
    try:
        found = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise IntegrityError("project.document-damaged", file=path.name) from error
    if not isinstance(found, dict):
        raise IntegrityError("project.document-damaged", file=path.name)
    return found


def check_recorded(path: Path, action: str, installation: Installation | None) -> None:
    """Check that a record fits its own hash, and that the audit chain knows that hash.

    Args:
        path: The record.
        action: Under which action the chain knows it: `DECIDED` or `REVIEWED`.
        installation: Whose chain; None when it is not at hand, then only the hash is checked.

    Raises:
        IntegrityError: It was changed, or nobody recorded it here.
    """
    content = dict(read_json(path))
    said = content.pop("sha256", None)
    if said != sha256_hex(canonical_bytes(content)):
        raise IntegrityError("project.document-changed", file=path.name)
    if installation is None:
        return
    records = installation.chain.records(actions=(action,))
    if not any(item.details.get("sha256") == said for item in records):
        raise IntegrityError("project.never-recorded", file=path.name)
