"""Write aside, flush, rename: a file of ours is whole or absent, also when the power fails."""

import errno
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import yaml

from grondslag.canonical.bytes import canonical_bytes
from grondslag.canonical.reading import is_number, read_document
from grondslag.errors import InputError, SourceError


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
            os.fchmod(stream.fileno(), mode)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(aside, path)  # noqa: PTH105 - a name, not yet a Path
        aside = ""
        sync_folder(path.parent)
    except OSError as error:
        raise _cannot_write(path, error) from error
    finally:  # also when the person stops the program half-way
        if aside:
            Path(aside).unlink(missing_ok=True)


def _cannot_write(path: Path, error: OSError) -> SourceError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return SourceError("canonical.disk-full", file=str(path))
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return SourceError("canonical.may-not-write", file=str(path))
    return SourceError("canonical.cannot-write", file=str(path), reason=error.strerror or "?")


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
    """Readable YAML that `read_document` reads back to the same content.

    Args:
        value: Mappings with text keys, lists, texts, numbers, booleans and None.

    Raises:
        InputError: Reading it back would give something else, or refuse it: NaN, a date, a key
            that is not a text, a hidden sign.
    """
    meant = canonical_bytes(value)
    text = yaml.dump(value, Dumper=_PlainDumper, sort_keys=False, allow_unicode=True, width=100)
    if canonical_bytes(read_document(text).content) != meant:
        raise InputError("canonical.not-representable", reason=type(value).__name__)
    return text


class _PlainDumper(yaml.SafeDumper):
    """A dumper without anchors, whose lists stand indented under their key."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - the signature is PyYAML's
        return True

    def increase_indent(
        self,
        flow: bool = False,  # noqa: FBT001, FBT002 - idem
        indentless: bool = False,  # noqa: ARG002, FBT001, FBT002 - idem
    ) -> None:
        super().increase_indent(flow, False)


def _text(dumper: _PlainDumper, value: str) -> yaml.ScalarNode:
    """A text in the style in which a person reads it best, and our reader reads a text."""
    style = None
    if "\n" in value:
        style = "|"
    elif is_number(value):
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_PlainDumper.add_representer(str, _text)
