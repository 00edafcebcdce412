"""Canonical bytes and hashes: equal content, equal bytes, on every machine."""

import hashlib
from pathlib import Path

import rfc8785

from grondslag.errors import InputError

_CHUNK = 1 << 20


def canonical_bytes(value: object) -> bytes:
    """The one byte form of a document: what is hashed and signed.

    Args:
        value: Mappings, lists, texts, numbers, booleans and None, as read from YAML or JSON.

    Raises:
        InputError: The value holds something JSON cannot say, such as NaN or a huge integer.

    Source:
        RFC 8785, JSON Canonicalization Scheme.
    """
    try:
        return rfc8785.dumps(value)  # type: ignore[arg-type]
    except rfc8785.CanonicalizationError as error:
        raise InputError("canonical.not-representable", reason=type(error).__name__) from error


def sha256_hex(content: bytes) -> str:
    """SHA-256 in lower-case hex."""
    return hashlib.sha256(content).hexdigest()


def sha256_of_file(path: Path) -> str:
    """SHA-256 of a file's bytes, read in pieces; memory use does not grow with the file."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
