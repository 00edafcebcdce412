"""A person as 16 bytes under a key: one keyed hash per distinct person.

HMAC-SHA256 cut to its first 128 bits. Two of *n* persons share a token with a chance of at most
n² / 2¹²⁹: for all 18 million residents of the country under one key, below 10⁻²⁴. Without the key a
token can be neither made nor recognised; an unkeyed hash of a BSN would be the BSN, as all
numbers can be tried.
"""

import hashlib
import hmac
from collections.abc import Iterable

from grondslag.errors import InputError

TOKEN_BYTES = 16
_BLOCK_BYTES = 64
_LEAST_KEY_BYTES = 16
_INNER = bytes(byte ^ 0x36 for byte in range(256))
_OUTER = bytes(byte ^ 0x5C for byte in range(256))


def person_token(identifier: str, key: bytes) -> bytes:
    """One person as 16 bytes; see the module for the chance that two persons meet.

    Args:
        identifier: Taken as it is given: no spaces or zeros are taken off or put back.
        key: At least 16 bytes.

    Raises:
        InputError: The key is too short, or the identifier is no valid text.

    Source:
        RFC 2104 and FIPS 198-1 (HMAC); RFC 4868 section 2.6 (HMAC-SHA-256-128).
    """
    _check_key(key)
    try:
        return hmac.digest(key, identifier.encode("utf-8"), "sha256")[:TOKEN_BYTES]
    except UnicodeEncodeError:
        raise InputError("keys.not-text") from None  # the cause would repeat the identifier


def person_tokens(identifiers: Iterable[str | None], key: bytes) -> list[bytes | None]:
    """Many persons at once, about 1 µs each: `person_token` of each, None stays None.

    The two padded key blocks are hashed once and their states copied; `hmac` does it per person.

    Args:
        identifiers: Distinct persons; hashing one twice is only waste.
        key: At least 16 bytes.

    Raises:
        InputError: The key is too short, or an identifier is no valid text.

    Source:
        RFC 2104 section 4, on keeping the intermediate results of the padded key.
    """
    _check_key(key)
    block = (hashlib.sha256(key).digest() if len(key) > _BLOCK_BYTES else key).ljust(
        _BLOCK_BYTES, b"\0"
    )
    inner = hashlib.sha256(block.translate(_INNER)).copy
    outer = hashlib.sha256(block.translate(_OUTER)).copy
    tokens: list[bytes | None] = []
    append = tokens.append
    try:
        for identifier in identifiers:
            if identifier is None:
                append(None)
                continue
            first = inner()
            first.update(identifier.encode("utf-8"))
            second = outer()
            second.update(first.digest())
            append(second.digest()[:TOKEN_BYTES])
    except UnicodeEncodeError:
        raise InputError("keys.not-text") from None  # the cause would repeat the identifier
    return tokens


def _check_key(key: bytes) -> None:
    if len(key) < _LEAST_KEY_BYTES:
        raise InputError("keys.key-too-short", least=_LEAST_KEY_BYTES)
