"""What was revoked: ``revocations.yaml``, signed by the root key or by a revoker, rising number.

A list that is old, missing or edited revokes everything: whoever can hold back the newest list must
not gain by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grondslag.approval.authorities import Authorities, Capacity
from grondslag.approval.statements import (
    KEY,
    NAME,
    SIGNATURE,
    TEXT,
    TIME,
    closed_object,
    digest,
    is_signed_by,
    moment,
    signed,
)
from grondslag.canonical import check_schema, read_document, to_yaml, write_text
from grondslag.errors import ApprovalError
from grondslag.vocabulary import SigningRole

_KIND = "revocations"
_CLOCK_SKEW = timedelta(minutes=5)
"""How far the clocks of two machines may differ; beyond it a list comes from the future."""


class Revocable(StrEnum):
    """What can be revoked."""

    SEAL = "seal"
    KEY = "key"
    DELIVERY = "delivery"
    CONSENT = "consent"


_RECORD = closed_object(
    {
        "what": {"enum": [kind.value for kind in Revocable]},
        "id": TEXT,
        "reason": {"type": "string", "minLength": 5, "maxLength": 400},
        "when": TIME,
        "by": NAME,
    }
)
_SCHEMA = closed_object(
    {
        "revocations": {"const": "grondslag/1"},
        "number": {"type": "integer", "minimum": 1},
        "issued": TIME,
        "public_key": KEY,
        "subject": NAME,
        "records": {"type": "array", "items": _RECORD},
        "signature": SIGNATURE,
    }
)


@dataclass(frozen=True, slots=True)
class Revoked:
    """One thing that no longer counts.

    Args:
        what: Its kind.
        id: Hash of a seal or a consent, fingerprint of a key, id of a delivery.
        reason: Why, in words.
        when: RFC 3339, UTC.
        by: Who revoked it.
    """

    what: Revocable
    id: str
    reason: str
    when: str
    by: str

    def is_about(self, what: Revocable, id_: str) -> bool:
        """Whether this is the record of a thing; spaces in a fingerprint make no difference."""
        return self.what == what and _bare(self.id) == _bare(id_)


@dataclass(frozen=True, slots=True)
class Revocations:
    """The list as read and verified.

    Args:
        number: Rises with every new list.
        issued: When it was made.
        subject: Who signed it.
        records: Oldest first.
        document: The signed content.
    """

    number: int
    issued: datetime
    subject: str
    records: tuple[Revoked, ...]
    document: Mapping[str, Any] = field(repr=False)

    @property
    def sha256(self) -> str:
        """Hash over the signed content."""
        return digest(self.document)

    def find(self, what: Revocable, id_: str) -> Revoked | None:
        """The record about this thing, if any."""
        return next((item for item in self.records if item.is_about(what, id_)), None)

    def check_not_revoked(self, what: Revocable, id_: str) -> None:
        """Check that something still counts.

        Raises:
            ApprovalError: It was revoked; the code says what.
        """
        found = self.find(what, id_)
        if found is None:
            return
        codes = {
            Revocable.SEAL: "approval.seal-revoked",
            Revocable.KEY: "approval.key-revoked",
            Revocable.DELIVERY: "approval.delivery-revoked",
            Revocable.CONSENT: "approval.consent-revoked",
        }
        day = moment(found.when, file="revocations.yaml").date()
        raise ApprovalError(codes[what], date=day, reason=found.reason, id=id_)

    def check_fresh(self, now: datetime, *, days: int) -> None:
        """Check that the list is recent.

        Raises:
            ApprovalError: It is older than *days*, or made in the future.
        """
        if self.issued > now + _CLOCK_SKEW:
            raise ApprovalError("approval.revocations-from-future", date=self.issued.date())
        if now - self.issued > timedelta(days=days):
            raise ApprovalError("approval.revocations-too-old", date=self.issued.date(), days=days)


@dataclass(frozen=True, slots=True)
class NextList:
    """What the next list says.

    Args:
        number: Its number.
        issued: RFC 3339, UTC.
        records: All records, the older ones first.
        public_key: Of who signs it.
        subject: Who signs it.
    """

    number: int
    issued: str
    records: tuple[Revoked, ...]
    public_key: str
    subject: str


def write_revocations(path: Path, following: NextList, private: Ed25519PrivateKey) -> None:
    """Sign a list and write it.

    Raises:
        SourceError: The disk let us down; the older list still stands.
    """
    content = {
        "revocations": "grondslag/1",
        "number": following.number,
        "issued": following.issued,
        "public_key": following.public_key,
        "subject": following.subject,
        "records": [
            {
                "what": item.what.value,
                "id": item.id,
                "reason": item.reason,
                "when": item.when,
                "by": item.by,
            }
            for item in following.records
        ],
    }
    write_text(path, to_yaml(signed(_KIND, content, private)))


def read_revocations(
    path: Path, *, root_public_key: str, authorities: Authorities, seen_number: int = 0
) -> Revocations:
    """Read and verify a list; whether it is fresh is asked with `Revocations.check_fresh`.

    Args:
        path: The list.
        root_public_key: The municipality's root key.
        authorities: Who may revoke besides the root key.
        seen_number: The highest number seen before.

    Raises:
        InputError: The file is not such a list.
        ApprovalError: It is missing, unsigned, edited, signed by a key that may not, or older than
            one seen before.
    """
    if not path.is_file():
        raise ApprovalError("approval.revocations-missing", file=path.name)
    document = read_document(path)
    check_schema(document, _SCHEMA)
    raw = document.content
    if not is_signed_by(raw["public_key"], _KIND, raw):
        raise ApprovalError("approval.revocations-edited", file=path.name)
    issued = moment(raw["issued"], file=path.name)
    check_may_revoke(
        raw["public_key"], raw["subject"], issued, root=root_public_key, authorities=authorities
    )
    if raw["number"] < seen_number:
        raise ApprovalError(
            "approval.revocations-older", file=path.name, number=raw["number"], seen=seen_number
        )
    records = tuple(
        Revoked(Revocable(item["what"]), item["id"], item["reason"], item["when"], item["by"])
        for item in raw["records"]
    )
    return Revocations(raw["number"], issued, raw["subject"], records, raw)


def check_may_revoke(
    public_key: str, subject: str, when: datetime, *, root: str, authorities: Authorities
) -> str:
    """Check that a key may revoke; gives the name of who does.

    Raises:
        ApprovalError: It is neither the root key nor a revoker's.
    """
    if public_key == root:
        return subject
    capacity = Capacity(SigningRole.REVOKER)
    return authorities.check_statement(public_key, subject, capacity, when.date()).subject


def _bare(identifier: str) -> str:
    return identifier.replace(" ", "").casefold()
