"""Bytes to a contract of the engine, and the files that a contract leans on."""

import tempfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from grondslag.canonical import canonical_bytes, read_document, sha256_hex
from grondslag.contracts import Contract, read_contract
from grondslag.errors import GrondslagError, InputError

MOST_BYTES = 1 << 20
"""Of a contract, and of a file beside it."""
SUFFIX = ".odcs.yaml"


def contract_of(name: str, content: bytes, beside: Mapping[str, bytes]) -> Contract:
    """A contract, read by the engine.

    Args:
        name: Of its file, for messages.
        content: Its bytes.
        beside: The files it leans on, by name.

    Raises:
        InputError: A fault in it or in a file beside it, with its line; or it is too large.
    """
    if len(content) > MOST_BYTES:
        raise InputError("catalogue.too-large", file=name, limit=MOST_BYTES >> 20)
    return _read(name, content, tuple(sorted(beside.items())))


def pins_of(content: bytes, *, name: str) -> dict[str, str]:
    """The files a contract leans on: per name the hash it names them by.

    Raises:
        InputError: It cannot be read as a document.
    """
    return dict(_pins(read_document(text_of(content, name=name), file=name).content))


def pinned_hash(name: str, content: bytes) -> str:
    """The hash by which a contract names a file: over what a list of areas says, else its bytes."""
    if name.endswith((".yaml", ".yml")):
        try:
            said = read_document(text_of(content, name=name), file=name).content
            return sha256_hex(canonical_bytes(said))
        except GrondslagError:
            return sha256_hex(content)
    return sha256_hex(content)


def text_of(content: bytes, *, name: str) -> str:
    """The text of a document.

    Raises:
        InputError: It is no text, so it is not what it says it is.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise InputError("canonical.not-utf8", file=name, line=line) from error


@lru_cache(maxsize=2048)
def _read(name: str, content: bytes, beside: tuple[tuple[str, bytes], ...]) -> Contract:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for file, found in beside:
            (folder / Path(file).name).write_bytes(found)
        (folder / Path(name).name).write_bytes(content)
        return read_contract(folder / Path(name).name)


def _pins(part: Any) -> Iterator[tuple[str, str]]:
    """Everything that names a file with its hash, wherever it stands."""
    if isinstance(part, list):
        for item in part:
            yield from _pins(item)
    elif isinstance(part, dict):
        name, digest = part.get("file") or part.get("name"), part.get("sha256")
        if isinstance(name, str) and isinstance(digest, str):
            yield name, digest
        for item in part.values():
            yield from _pins(item)
