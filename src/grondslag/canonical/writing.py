"""Write aside, flush, rename: a file of ours is whole or absent, also when the power fails."""

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import yaml

from grondslag.errors import SourceError


def write_bytes(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Write a file whole: to a new name beside it, flushed to disk, then renamed over it.

    Args:
        path: Where it must stand; its folder is made when absent.
        content: All of it.
        mode: Rights of the file; ``0o600`` for anything secret.

    Raises:
        SourceError: The disk is full, a limit is hit, or the folder cannot be written. What stood
            there before still stands there.
    """
    aside = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(aside, mode)  # noqa: PTH101 - a name, not yet a Path
        os.replace(aside, path)  # noqa: PTH105 - idem
        sync_folder(path.parent)
    except OSError as error:
        if aside:
            Path(aside).unlink(missing_ok=True)
        reason = error.strerror or "?"
        raise SourceError("canonical.cannot-write", file=str(path), reason=reason) from error


def sync_folder(folder: Path) -> None:
    """Flush a folder, so that a rename in it survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_text(path: Path, text: str, *, mode: int = 0o644) -> None:
    """Write a UTF-8 text whole; see `write_bytes`."""
    write_bytes(path, text.encode("utf-8"), mode=mode)


def write_json(path: Path, value: Any, *, mode: int = 0o644) -> None:
    """Write readable JSON whole: indented, in the order given, ending in a line feed."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=2) + "\n", mode=mode)


def to_yaml(value: Any) -> str:
    """Readable YAML that `read_document` reads back to the same content."""
    return yaml.dump(value, Dumper=_PlainDumper, sort_keys=False, allow_unicode=True, width=100)


class _PlainDumper(yaml.SafeDumper):
    """A dumper without anchors, whose lists stand indented under their key."""

    def ignore_aliases(self, data: object) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002
        super().increase_indent(flow, False)
