"""JSON lines, each with the hash of the line before: what a book of releases is written in."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grondslag.canonical import canonical_bytes, sha256_hex, write_bytes
from grondslag.errors import IntegrityError

_START = "0" * 64


def chained_lines(path: Path) -> tuple[dict[str, Any], ...]:
    """All lines, oldest first, each verified against the one before; none without a file.

    Raises:
        IntegrityError: A line was changed, left out or put elsewhere.
    """
    if not path.is_file():
        return ()
    lines: list[dict[str, Any]] = []
    previous = _START
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        content = _verified(line, number, previous, path.name)
        previous = content["sha256"]
        lines.append(content)
    return tuple(lines)


def add_line(path: Path, content: Mapping[str, Any]) -> dict[str, Any]:
    """Write a line behind the others; the caller holds the lock.

    Args:
        path: The file; made when absent, for its owner only.
        content: What the line says; number, link and hash are added.

    Raises:
        IntegrityError: An earlier line is damaged.
        SourceError: It cannot be written.
    """
    earlier = chained_lines(path)
    line: dict[str, Any] = {
        "number": len(earlier) + 1,
        "previous": earlier[-1]["sha256"] if earlier else _START,
        **content,
    }
    line["sha256"] = sha256_hex(canonical_bytes(line))
    before = path.read_bytes() if path.is_file() else b""
    write_bytes(path, before + canonical_bytes(line) + b"\n", mode=0o600)
    return line


def _verified(line: bytes, number: int, previous: str, file: str) -> dict[str, Any]:
    broken = IntegrityError("release.ledger-broken", file=file, line=number)
    try:
        content = json.loads(line)
    except ValueError as error:
        raise broken from error
    if not isinstance(content, dict):
        raise broken
    claimed = content.get("sha256")
    rest = {name: value for name, value in content.items() if name != "sha256"}
    genuine = (
        sha256_hex(canonical_bytes(rest)) == claimed
        and content.get("previous") == previous
        and content.get("number") == number
    )
    if not genuine:
        raise broken
    return content
