"""One record of the chain, and the signed head that vouches for all records up to it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeGuard

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grondslag.canonical.bytes import canonical_bytes, sha256_hex
from grondslag.errors import InputError, IntegrityError
from grondslag.keys import fingerprint_of, is_signature, public_key_of, sign

NOTHING = "0" * 64
"""What comes before the first record, and before the first head."""

_HASH = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d\.\d{3}Z")
_DETAIL = re.compile(r"[a-z][a-z0-9_]{0,62}")
_LONGEST = 1000
_LARGEST = 2**53 - 1


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """Who did what to what, when, from where, and what came of it.

    Args:
        number: From 1, without gaps.
        time: RFC 3339, UTC, milliseconds.
        actor: Person, role or service, by name.
        action: Such as ``delivery.make``.
        object: What it was done to: the name of a document, delivery or key.
        result: ``ok``, or the code of the refusal.
        origin: Machine and tool.
        details: Names, counts and hashes; never a value from a row of data.
        previous: Hash of the record before it; `NOTHING` for the first.
        hash: SHA-256 over the canonical bytes of all of the above.

    Raises:
        InputError: A part is empty, too long or not readable, or a detail is no text or number.

    Source:
        BIO2 1.3, measure 8.15.01: a log record holds action, object, result, origin, actor, time.
    """

    number: int
    time: str
    actor: str
    action: str
    object: str
    result: str
    origin: str
    details: Mapping[str, str | int]
    previous: str
    hash: str = field(init=False)
    _line: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "details", MappingProxyType(dict(self.details)))
        _check_number(self.number)
        for part in ("actor", "action", "object", "result", "origin"):
            if not _is_readable(getattr(self, part)):
                raise InputError("audit.part-not-allowed", part=part, longest=_LONGEST)
        if not _is_text(_TIME, self.time) or not _is_text(_HASH, self.previous):
            raise InputError("audit.part-not-allowed", part="time, previous", longest=_LONGEST)
        for key, value in self.details.items():
            if not _is_text(_DETAIL, key) or not (_is_number(value) or _is_readable(value)):
                raise InputError("audit.part-not-allowed", part="details", longest=_LONGEST)
        body = canonical_bytes(self._parts())
        object.__setattr__(self, "hash", sha256_hex(body))
        line = b'{"hash":"%s","record":%s}' % (self.hash.encode("ascii"), body)
        object.__setattr__(self, "_line", line)

    def to_mapping(self) -> dict[str, Any]:
        """As it stands in a document, hash included."""
        return {**self._parts(), "hash": self.hash}

    def to_line(self) -> bytes:
        """Its one line in a file: canonical, so that no second spelling reads the same."""
        return self._line

    @classmethod
    def from_line(cls, line: bytes, *, number: int) -> "AuditRecord":
        """Read a line back.

        Args:
            line: Without its line feed.
            number: Which line of the file it is, for messages.

        Raises:
            IntegrityError: This is not the line of a record, or it does not fit its own hash.
        """
        try:
            found = json.loads(line)
            record = cls(**found["record"])
            kept = found["hash"]
        except (ValueError, TypeError, KeyError, RecursionError, InputError) as error:
            raise IntegrityError("audit.broken-line", line=number) from error
        if kept != record.hash:
            raise IntegrityError("audit.edited", line=number)
        if record.to_line() != line:
            raise IntegrityError("audit.broken-line", line=number)
        return record

    def _parts(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "time": self.time,
            "actor": self.actor,
            "action": self.action,
            "object": self.object,
            "result": self.result,
            "origin": self.origin,
            "details": dict(self.details),
            "previous": self.previous,
        }


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A signature over the chain so far; printed on proofs, so that a cut-off tail shows.

    Heads form a chain too: each holds the hash of the head before it, so that one signature
    vouches for all earlier heads.

    Args:
        number: Number of the newest record.
        hash: Its hash.
        time: Its moment.
        previous: SHA-256 of the head before it; `NOTHING` for the first.
        key: Fingerprint of the key that signed.
        signature: Ed25519 over the rest, base64.

    Raises:
        InputError: A part does not have the form it should have.
    """

    number: int
    time: str
    hash: str
    previous: str
    key: str
    signature: str
    _line: bytes = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _check_number(self.number)
        hashes = _is_text(_HASH, self.hash) and _is_text(_HASH, self.previous)
        rest = _is_readable(self.key) and _is_readable(self.signature)
        if not (hashes and rest and _is_text(_TIME, self.time)):
            raise InputError("audit.broken-head")
        object.__setattr__(self, "_line", canonical_bytes(self.to_mapping()))

    @classmethod
    def over(
        cls, record: AuditRecord, *, after: "SignedHead | None", signer: Ed25519PrivateKey
    ) -> "SignedHead":
        """Sign a new head over a record and the head before it."""
        parts: dict[str, Any] = {
            "number": record.number,
            "time": record.time,
            "hash": record.hash,
            "previous": NOTHING if after is None else after.digest,
            "key": fingerprint_of(public_key_of(signer)),
        }
        return cls(**parts, signature=sign(signer, _to_sign(parts)))

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> "SignedHead":
        """Read a head as it stands on a proof.

        Raises:
            IntegrityError: Parts are missing, unknown or malformed.
        """
        try:
            return cls(**mapping)
        except (TypeError, InputError) as error:
            raise IntegrityError("audit.broken-head") from error

    @classmethod
    def from_line(cls, line: bytes) -> "SignedHead":
        """Read a line back.

        Raises:
            IntegrityError: This is not the one line of a head.
        """
        try:
            head = cls.from_mapping(json.loads(line))
        except (ValueError, RecursionError) as error:
            raise IntegrityError("audit.broken-head") from error
        if head.to_line() != line:
            raise IntegrityError("audit.broken-head")
        return head

    @property
    def digest(self) -> str:
        """SHA-256 of the whole head, signature included: what the next head holds."""
        return sha256_hex(self.to_line())

    def to_mapping(self) -> dict[str, Any]:
        """As it stands on a proof."""
        return {**self._signed_parts(), "signature": self.signature}

    def to_line(self) -> bytes:
        """Its one line in a file."""
        return self._line

    def is_signed_by(self, public_key: str) -> bool:
        """Whether this key (base64) signed this head."""
        return self.key == fingerprint_of(public_key) and is_signature(
            public_key, self.signature, _to_sign(self._signed_parts())
        )

    def _signed_parts(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "time": self.time,
            "hash": self.hash,
            "previous": self.previous,
            "key": self.key,
        }


def _to_sign(parts: Mapping[str, Any]) -> bytes:
    """The bytes under the signature; their kind is named, so they fit no other document."""
    return canonical_bytes({"kind": "grondslag.audit.head/1", **parts})


def _check_number(number: object) -> None:
    if not _is_number(number) or number < 1:
        raise InputError("audit.part-not-allowed", part="number", longest=_LONGEST)


def _is_number(value: object) -> TypeGuard[int]:
    return type(value) is int and abs(value) <= _LARGEST  # a bool is no number here


def _is_text(form: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and form.fullmatch(value) is not None


def _is_readable(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST and value.isprintable()
