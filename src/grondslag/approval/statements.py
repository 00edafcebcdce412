"""Signed statements: who signs, over which bytes, and the one spelling of a file.

Every signature stands over a kind and a content, so that it fits no other document. A JSON file of
an approval has exactly one spelling, the one `write_strict` gives: any other byte in it is refused,
also a space. YAML files (authorities, revocations) are written by hand: there the content is
signed, and a comment or a space may differ without meaning anything.
"""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grondslag.canonical import Document, canonical_bytes, check_schema, sha256_hex, write_bytes
from grondslag.errors import ApprovalError, InputError
from grondslag.keys import is_signature, public_key_of, sign


def _pattern(pattern: str, description: str) -> dict[str, Any]:
    return {"type": "string", "pattern": pattern, "description": description}


HASH = _pattern("^[0-9a-f]{64}$", "64 tekens 0-9 en a-f")
KEY = _pattern("^[A-Za-z0-9+/]{43}=$", "de openbare sleutel uit het .pub-bestand")
SIGNATURE = _pattern("^[A-Za-z0-9+/]{86}==$", "een handtekening van 88 tekens")
TIME = _pattern(
    r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", "een tijd zoals 2027-03-01T09:00:00.000Z"
)
DATE = {"type": "string", "format": "date"}
TEXT = {"type": "string", "minLength": 1, "maxLength": 200}
NAME = {"type": "string", "minLength": 2, "maxLength": 120}
DATASET = {"type": "string", "pattern": "^[a-z][a-z0-9-]{0,62}$"}
STEPPED_UP = "stepped_up"
"""When a person showed anew who they are, before a portal signed for them (RFC 3339, UTC)."""
_MOST_BYTES = 4 << 20


@dataclass(frozen=True, slots=True)
class Signer:
    """Someone who is about to sign.

    Args:
        private: Their own key, or the witness key of a portal.
        subject: For whom a witness key signs; empty for a key of one's own.
        stepped_up: When that person showed anew who they are, before the witness key signed for
            them (RFC 3339, UTC); empty for a key of one's own.
    """

    private: Ed25519PrivateKey = field(repr=False)
    subject: str = ""
    stepped_up: str = ""

    @property
    def public_key(self) -> str:
        """The public half, base64."""
        return public_key_of(self.private)


def closed_object(properties: Mapping[str, Any]) -> dict[str, Any]:
    """A JSON Schema of an object with exactly these keys: nothing missing, nothing extra."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": dict(properties),
    }


def with_shown(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema of a statement that may say when its signer showed anew who they are.

    Only a witness says so; a key of one's own does not, and the first witnesses did not.
    """
    return {**schema, "properties": {**schema["properties"], STEPPED_UP: TIME}}


def shown_by(signer: Signer, *, witness: bool) -> dict[str, str]:
    """What a witness adds to a content: when the signer showed anew who they are."""
    return {STEPPED_UP: signer.stepped_up} if witness and signer.stepped_up else {}


def shown_in(raw: Mapping[str, Any], *, witness: bool) -> str | None:
    """When the signer of a statement showed anew who they are; empty when it does not say.

    Args:
        raw: The statement, its signature verified.
        witness: Whether the key that signed is a portal's.

    Returns:
        None when it says what cannot be: without a portal, or after it was signed.
    """
    said = str(raw.get(STEPPED_UP, ""))
    return said if not said or (witness and said <= str(raw.get("time", ""))) else None


def signed(kind: str, content: Mapping[str, Any], private: Ed25519PrivateKey) -> dict[str, Any]:
    """A content with the signature over it, under the key ``signature``."""
    return {**content, "signature": sign(private, _to_sign(kind, content))}


def is_signed_by(public_key: str, kind: str, document: Mapping[str, Any]) -> bool:
    """Whether this key signed this document as this kind of statement."""
    content = {key: value for key, value in document.items() if key != "signature"}
    signature = document.get("signature")
    return isinstance(signature, str) and is_signature(
        public_key, signature, _to_sign(kind, content)
    )


def digest(document: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical bytes of a whole document, its signature included."""
    return sha256_hex(canonical_bytes(dict(document)))


def write_strict(path: Path, content: Mapping[str, Any]) -> None:
    """Write a JSON file in its one spelling, aside and then renamed.

    Raises:
        SourceError: The disk let us down.
    """
    write_bytes(path, _spelled(content))


def read_strict(path: Path, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Read a JSON file that must have its one spelling and exactly the keys of *schema*.

    Raises:
        ApprovalError: It is not there, or a byte of it is not as it was written.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(_MOST_BYTES + 1)
        content = json.loads(raw)
        if not isinstance(content, dict) or _spelled(content) != raw:
            raise ApprovalError("approval.file-edited", file=path.name)
        check_schema(Document(content=content, file=path.name, text=raw.decode(), lines={}), schema)
    except FileNotFoundError:
        raise ApprovalError("approval.file-missing", file=path.name) from None
    except (OSError, ValueError, RecursionError, InputError) as error:
        raise ApprovalError("approval.file-edited", file=path.name) from error
    return content


def same_person(one: str, other: str) -> bool:
    """Whether two names are one person: capitals, spaces and composed letters make no other."""
    return _plain(one) == _plain(other)


def moment(text: str, *, file: str) -> datetime:
    """An RFC 3339 time with its zone.

    Raises:
        ApprovalError: There is no such time.
    """
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise ApprovalError("approval.file-edited", file=file) from error


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _to_sign(kind: str, content: Mapping[str, Any]) -> bytes:
    return canonical_bytes({"kind": f"grondslag.approval.{kind}/1", "content": dict(content)})


def _spelled(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
