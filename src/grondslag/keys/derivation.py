"""One key per purpose and context, out of a kept key."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_DOMAIN = b"grondslag.keys/1"


def derive(key: bytes, *, purpose: str, context: str) -> bytes:
    """A key of 32 bytes that says nothing about the kept key, nor about its sisters.

    Purpose and context each carry their length, so no two pairs ever give the same key.

    Args:
        key: A kept key, random.
        purpose: What the derived key is for, such as ``processing-log``.
        context: Which one of that purpose, such as the delivery.

    Source:
        RFC 5869, HKDF with SHA-256; no salt, as the kept key is uniform (section 3.1).
    """
    info = _DOMAIN + _with_length(purpose) + _with_length(context)
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(key)


def _with_length(text: str) -> bytes:
    encoded = text.encode("utf-8")
    return len(encoded).to_bytes(8, "big") + encoded
