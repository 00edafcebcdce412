"""A person's own signing key: made once, kept under a passphrase, shown by its fingerprint.

The private key is PKCS 8 under a password that scrypt makes out of the passphrase: the format by
itself hashes a passphrase 2,048 times, which is tried far too fast on a stolen file. The salt
stands in the first line of the file. Beside it, ``<file>.pub`` is for everyone.
"""

import base64
import json
import os
import re
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from grondslag.canonical.bytes import sha256_hex
from grondslag.canonical.writing import write_json
from grondslag.clock import Clock, timestamp
from grondslag.errors import ApprovalError, GrondslagError, InputError
from grondslag.keys.storage import check_outside_projects, write_once

LEAST_PASSPHRASE = 12
_HEADER = re.compile(rb"grondslag-identity 1 scrypt ([0-9a-f]{32})\n")
_PUBLIC_BYTES = 32
_MAX_FILE = 1 << 16


@dataclass(frozen=True, slots=True)
class PublicIdentity:
    """The half of an identity that everyone may see.

    Args:
        name: Whose it is, as its owner wrote it; `authorities` decide what it may sign.
        public_key: The 32 bytes of the Ed25519 key in base64.

    Raises:
        InputError: There is no name, or the key is not 32 bytes of base64.
    """

    name: str
    public_key: str

    def __post_init__(self) -> None:
        if not self.name.strip() or not self.name.isprintable() or len(self.name) > 120:
            raise InputError("keys.identity-without-name")
        if _raw_public(self.public_key) is None:
            raise InputError("keys.not-a-public-key")

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the key; see `fingerprint_of`."""
        return fingerprint_of(self.public_key)


def create_identity(path: Path, passphrase: str, *, name: str, clock: Clock) -> PublicIdentity:
    """Make an identity: a private key under a passphrase, and ``<path>.pub`` for everyone.

    Args:
        path: Where the private key must stand, outside every project; its folder is made.
        passphrase: At least 12 signs; whoever has file and passphrase signs in this name.
        name: Whose it is.
        clock: Tells when it was made.

    Raises:
        InputError: The passphrase is too short, the name is empty, a file stands there, or the
            place is inside a project.
        SourceError: The disk let us down; there is no identity then.
    """
    if len(passphrase) < LEAST_PASSPHRASE or not passphrase.strip():
        raise InputError("keys.passphrase-too-short", least=LEAST_PASSPHRASE)
    check_outside_projects(path)
    public_path = path.with_name(path.name + ".pub")
    private = Ed25519PrivateKey.generate()
    identity = PublicIdentity(name, public_key_of(private))
    if public_path.exists() or not write_once(path, _sealed(private, passphrase)):
        raise InputError("keys.identity-exists", file=str(path))
    try:
        write_json(
            public_path,
            {
                "name": name,
                "public_key": identity.public_key,
                "fingerprint": identity.fingerprint,
                "created": timestamp(clock),
            },
        )
    except GrondslagError:
        path.unlink()  # half an identity would block the second try
        raise
    return identity


def load_private(path: Path, passphrase: str) -> Ed25519PrivateKey:
    """The private key of an identity.

    Args:
        path: The file that `create_identity` made.
        passphrase: The one it was made with.

    Raises:
        InputError: There is no such file, it is no identity, or others can read it.
        ApprovalError: The passphrase is wrong.
    """
    content = _read_private(path)
    header = _HEADER.match(content)
    if header is None:
        raise InputError("keys.not-an-identity", file=str(path))
    password = _stretched(passphrase, bytes.fromhex(header.group(1).decode()))
    try:
        private = load_pem_private_key(content[header.end() :], password)
    except ValueError as error:
        if "password" in str(error).lower():
            raise ApprovalError("keys.wrong-passphrase", file=str(path)) from None
        raise InputError("keys.not-an-identity", file=str(path)) from None
    except TypeError:
        raise InputError("keys.not-an-identity", file=str(path)) from None
    if not isinstance(private, Ed25519PrivateKey):
        raise InputError("keys.not-an-identity", file=str(path))
    return private


def load_public(path: Path) -> PublicIdentity:
    """The public half, as read from a ``.pub`` file.

    Raises:
        InputError: There is no such file, or its key, name and fingerprint do not fit together.
    """
    try:
        found = json.loads(path.read_bytes()[:_MAX_FILE])
        identity = PublicIdentity(str(found["name"]), str(found["public_key"]))
        fits = found["fingerprint"] == identity.fingerprint
    except OSError as error:
        raise InputError("keys.no-such-identity", file=str(path)) from error
    except (ValueError, TypeError, KeyError) as error:
        raise InputError("keys.not-a-public-identity", file=str(path)) from error
    if not fits:
        raise InputError("keys.not-a-public-identity", file=str(path))
    return identity


def fingerprint_of(public_key_b64: str) -> str:
    """SHA-256 of a public key in hex, in groups of four: short enough to read to each other.

    Raises:
        InputError: This is not 32 bytes of base64.
    """
    raw = _raw_public(public_key_b64)
    if raw is None:
        raise InputError("keys.not-a-public-key")
    digest = sha256_hex(raw)
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def public_key_of(private: Ed25519PrivateKey) -> str:
    """The public half of a private key: 32 bytes in base64."""
    raw = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode("ascii")


def sign(private: Ed25519PrivateKey, content: bytes) -> str:
    """A signature over content, in base64.

    Source:
        RFC 8032, Ed25519: deterministic, so the same key and content give the same signature.
    """
    return base64.b64encode(private.sign(content)).decode("ascii")


def is_signature(public_key_b64: str, signature_b64: str, content: bytes) -> bool:
    """Whether this key signed this content; anything malformed is simply no signature."""
    raw = _raw_public(public_key_b64)
    signature = _base64(signature_b64)
    if raw is None or signature is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, content)
    except (InvalidSignature, ValueError):
        return False
    return True


def _base64(text: object) -> bytes | None:
    """The bytes, only when the text is their one base64 form: no second spelling verifies."""
    if not isinstance(text, str):
        return None
    try:
        raw = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return raw if base64.b64encode(raw).decode("ascii") == text else None


def _raw_public(text: object) -> bytes | None:
    raw = _base64(text)
    return raw if raw is not None and len(raw) == _PUBLIC_BYTES else None


def _sealed(private: Ed25519PrivateKey, passphrase: str) -> bytes:
    salt = os.urandom(16)
    encryption = BestAvailableEncryption(_stretched(passphrase, salt))
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)
    return b"grondslag-identity 1 scrypt " + salt.hex().encode("ascii") + b"\n" + pem


def _stretched(passphrase: str, salt: bytes) -> bytes:
    """A password that takes 0.2 s and 16 MB to try.

    Source:
        RFC 7914 (scrypt); OWASP Password Storage: N=2^14, r=8, p=5. RFC 8265: composed letters,
        so that another keyboard types the same passphrase.
    """
    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return base64.b64encode(Scrypt(salt=salt, length=32, n=1 << 14, r=8, p=5).derive(typed))


def _read_private(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            found = os.fstat(stream.fileno())
            content = stream.read(_MAX_FILE)
    except OSError as error:
        raise InputError("keys.no-such-identity", file=str(path)) from error
    if stat.S_IMODE(found.st_mode) & 0o077:
        raise InputError("keys.identity-readable", file=str(path))
    return content
