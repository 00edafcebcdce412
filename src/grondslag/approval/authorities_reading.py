"""``authorities.yaml``: signed by the municipality's root key, read and verified.

The draft is written by hand; `sign_authorities` adds ``signature``. The signature stands over the
canonical content without it, so a comment or the order of keys may differ, and nothing else.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grondslag.approval.authorities import Authorities, Entry
from grondslag.approval.statements import (
    DATE,
    KEY,
    NAME,
    SIGNATURE,
    TEXT,
    closed_object,
    is_signed_by,
    same_person,
    signed,
)
from grondslag.canonical import Document, check_schema, read_document, to_yaml, write_text
from grondslag.errors import ApprovalError
from grondslag.keys import public_key_of
from grondslag.vocabulary import AdministrativeBody, SigningRole

_KIND = "authorities"
_ENTRY = {
    "type": "object",
    "additionalProperties": False,
    "required": ["subject", "public_key", "roles", "departments", "mandate", "from", "until"],
    "properties": {
        "subject": NAME,
        "public_key": KEY,
        "witness": {"type": "boolean"},
        "roles": {
            "type": "array",
            "minItems": 1,
            "uniqueItems": True,
            "items": {"enum": [role.value for role in SigningRole]},
        },
        "departments": {"type": "array", "minItems": 1, "uniqueItems": True, "items": TEXT},
        "bodies": {
            "type": "array",
            "uniqueItems": True,
            "items": {"enum": [body.value for body in AdministrativeBody]},
        },
        "mandate": {"type": "string", "maxLength": 400},
        "from": DATE,
        "until": DATE,
    },
}
_DRAFT = {
    "authorities": {"const": "grondslag/1"},
    "municipality": NAME,
    "example": {"type": "boolean"},
    "number": {"type": "integer", "minimum": 1},
    "issued": DATE,
    "machines": {"type": "array", "uniqueItems": True, "items": KEY},
    "entries": {"type": "array", "minItems": 1, "items": _ENTRY},
}
DRAFT_SCHEMA = closed_object(_DRAFT)
SIGNED_SCHEMA = closed_object({**_DRAFT, "signature": SIGNATURE})


def sign_authorities(
    draft: Path, root_private: Ed25519PrivateKey, *, target: Path | None = None
) -> Authorities:
    """Sign a draft with the root key; an older signature in it is replaced.

    Args:
        draft: The list as people wrote it.
        root_private: The municipality's root key.
        target: Where the signed list goes; over the draft by default. Comments are left out.

    Raises:
        InputError: The draft is not such a list.
        ApprovalError: The list contradicts itself, or gives the root key a role.
    """
    document = read_document(draft)
    content = dict(document.content) if isinstance(document.content, dict) else {}
    content.pop("signature", None)
    bare = Document(content, document.file, document.text, document.lines)
    check_schema(bare, DRAFT_SCHEMA)
    whole = signed(_KIND, content, root_private)
    authorities = authorities_from(whole, public_key_of(root_private), file=draft.name)
    write_text(target or draft, to_yaml(whole))
    return authorities


def read_authorities(path: Path, root_public_key: str, seen_number: int = 0) -> Authorities:
    """Read and verify a signed list.

    Args:
        path: The list.
        root_public_key: The municipality's root key, base64, known from elsewhere.
        seen_number: The highest number seen before.

    Raises:
        InputError: The file is not such a list.
        ApprovalError: It is unsigned, edited, signed by another key, older than one seen before,
            or it contradicts itself.
    """
    document = read_document(path)
    content = document.content
    if isinstance(content, dict) and not content.get("signature"):
        raise ApprovalError("approval.authorities-unsigned", file=path.name)
    check_schema(document, SIGNED_SCHEMA)
    authorities = authorities_from(content, root_public_key, file=path.name)
    if authorities.number < seen_number:
        raise ApprovalError(
            "approval.authorities-older",
            file=path.name,
            number=authorities.number,
            seen=seen_number,
        )
    return authorities


def authorities_from(
    document: Mapping[str, Any], root_public_key: str, *, file: str
) -> Authorities:
    """A list out of a content that has the right form.

    Raises:
        ApprovalError: The root key did not sign this, or the list contradicts itself.
    """
    if not is_signed_by(root_public_key, _KIND, document):
        raise ApprovalError("approval.authorities-not-by-root", file=file)
    entries = tuple(_entry(raw) for raw in document["entries"])
    _check_entries(entries, (root_public_key, *document["machines"]), file)
    return Authorities(
        municipality=document["municipality"],
        example=document["example"],
        number=document["number"],
        issued=date.fromisoformat(document["issued"]),
        machines=tuple(document["machines"]),
        entries=entries,
        document=document,
    )


def _entry(raw: Mapping[str, Any]) -> Entry:
    return Entry(
        subject=raw["subject"],
        public_key=raw["public_key"],
        witness=raw.get("witness", False),
        roles=frozenset(SigningRole(role) for role in raw["roles"]),
        departments=frozenset(raw["departments"]),
        bodies=frozenset(AdministrativeBody(body) for body in raw.get("bodies", ())),
        mandate=raw["mandate"],
        start=date.fromisoformat(raw["from"]),
        end=date.fromisoformat(raw["until"]),
    )


def _check_entries(entries: Sequence[Entry], no_person: Sequence[str], file: str) -> None:
    """Check that a list does not contradict itself; root and machine keys are of no person."""
    for at, entry in enumerate(entries):
        if entry.public_key in no_person:
            raise ApprovalError("approval.key-of-no-person", file=file, subject=entry.subject)
        if entry.start > entry.end:
            raise ApprovalError("approval.mandate-backwards", file=file, subject=entry.subject)
        if SigningRole.DECIDER in entry.roles and not entry.bodies:
            raise ApprovalError("approval.decider-without-body", file=file, subject=entry.subject)
        for other in entries[:at]:
            if entry.public_key == other.public_key and _contradict(entry, other):
                raise ApprovalError(
                    "approval.key-under-two-names",
                    file=file,
                    subject=entry.subject,
                    other=other.subject,
                )


def _contradict(entry: Entry, other: Entry) -> bool:
    """Whether one key stands for two persons at once; a portal's witness key may."""
    if entry.witness != other.witness:
        return True
    overlap = entry.start <= other.end and other.start <= entry.end
    return not entry.witness and overlap and not same_person(entry.subject, other.subject)
