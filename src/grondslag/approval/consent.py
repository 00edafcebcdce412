"""The owner's standing consent, on which the fast lane rests.

The owner signs over the hash of their contract: every column named here holds no personal data.
It ends on its date, when the contract changes in any way, and for any plan that asks for a column
that is not named.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from grondslag.approval.authorities import Authorities, Capacity, Entry
from grondslag.approval.bundle import PinnedContract
from grondslag.approval.installation import Installation
from grondslag.approval.registers import current_authorities
from grondslag.approval.statements import (
    DATASET,
    DATE,
    HASH,
    KEY,
    NAME,
    SIGNATURE,
    TIME,
    Signer,
    closed_object,
    digest,
    is_signed_by,
    moment,
    read_strict,
    shown_by,
    shown_in,
    signed,
    with_shown,
    write_strict,
)
from grondslag.clock import Clock, timestamp, today
from grondslag.contracts import Column, Contract
from grondslag.errors import ApprovalError
from grondslag.keys import fingerprint_of
from grondslag.vocabulary import IdentifierRole, PersonalDataCategory, SigningRole

_KIND = "consent"
_PROMISE = "every column named here holds no personal data"
_SCHEMA = with_shown(
    closed_object(
        {
            "promise": {"const": _PROMISE},
            "dataset": DATASET,
            "contract_sha256": HASH,
            "columns": {
                "type": "array",
                "minItems": 1,
                "uniqueItems": True,
                "items": {"type": "string"},
            },
            "until": DATE,
            "subject": NAME,
            "public_key": KEY,
            "time": TIME,
            "signature": SIGNATURE,
        }
    )
)


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent as read, its signature verified.

    Args:
        dataset: Of which dataset.
        contract_sha256: Over exactly this contract.
        columns: Which columns hold no personal data.
        until: Last day.
        subject: The owner.
        public_key: Their key.
        signed_on: The day they signed.
        sha256: Hash of the record: what a revocation names.
        entry: The entry under which the owner signed.
        stepped_up: When the owner showed anew who they are, as a portal says (RFC 3339, UTC);
            empty for a key of one's own.
    """

    dataset: str
    contract_sha256: str
    columns: tuple[str, ...]
    until: date
    subject: str
    public_key: str
    signed_on: date
    sha256: str
    entry: Entry
    stepped_up: str = ""

    @property
    def fingerprint(self) -> str:
        """Of the owner's key."""
        return fingerprint_of(self.public_key)


def sign_consent(
    installation: Installation,
    contract: Contract,
    *,
    columns: Iterable[str],
    until: date,
    signer: Signer,
    clock: Clock,
) -> Path:
    """Give a standing consent as owner; it replaces an earlier one for this dataset.

    Raises:
        ApprovalError: The key is not the owner's, or a column is, or may be, personal data.
        InputError: The contract has no such column.
    """
    named = tuple(columns)
    check_impersonal(contract, named)
    authorities = current_authorities(installation)
    entry = authorities.may_sign(
        signer.public_key,
        _owning(contract.department),
        today(clock),
        subject=signer.subject,
    )
    content = {
        "promise": _PROMISE,
        "dataset": contract.name,
        "contract_sha256": contract.sha256,
        "columns": list(named),
        "until": until.isoformat(),
        "subject": entry.subject,
        "public_key": signer.public_key,
        "time": timestamp(clock),
        **shown_by(signer, witness=entry.witness),
    }
    document = signed(_KIND, content, signer.private)
    installation.record(
        entry.subject,
        "consent.signed",
        contract.name,
        contract=contract.sha256,
        columns=len(named),
        until=until.isoformat(),
        sha256=digest(document),
    )
    path = installation.consent_file(contract.name)
    write_strict(path, document)
    return path


def check_impersonal(contract: Contract, columns: Iterable[str]) -> None:
    """Check that a contract says of each column that it holds no personal data.

    Raises:
        ApprovalError: The dataset has a person key, or a column has no entry, another kind, a
            direct identifier, or free text.
        InputError: The contract has no such column.
    """
    if contract.privacy.person_key:
        raise ApprovalError("approval.dataset-with-person-key", dataset=contract.name)
    for name in columns:
        if not _is_impersonal(contract.column(name)):
            raise ApprovalError(
                "approval.column-may-be-personal", dataset=contract.name, column=name
            )


def read_consent(path: Path, authorities: Authorities, pinned: PinnedContract) -> Consent:
    """Read a consent and verify who gave it, and that it is about this contract.

    Args:
        path: The record.
        authorities: Who is owner.
        pinned: The contract as it stands in the bundle.

    Raises:
        ApprovalError: It is missing, changed, not the owner's, or about another contract.
    """
    raw: dict[str, Any] = read_strict(path, _SCHEMA)
    if not is_signed_by(raw["public_key"], _KIND, raw):
        raise ApprovalError("approval.signature-invalid", file=path.name)
    signed_on = moment(raw["time"], file=path.name).date()
    entry = authorities.check_statement(
        raw["public_key"], raw["subject"], _owning(pinned.department), signed_on
    )
    if raw["dataset"] != path.stem or raw["contract_sha256"] != pinned.sha256:
        raise ApprovalError("approval.consent-other-contract", dataset=path.stem)
    stepped_up = shown_in(raw, witness=entry.witness)
    if stepped_up is None:
        raise ApprovalError("approval.signature-invalid", file=path.name)
    return Consent(
        dataset=raw["dataset"],
        contract_sha256=raw["contract_sha256"],
        columns=tuple(raw["columns"]),
        until=date.fromisoformat(raw["until"]),
        subject=raw["subject"],
        public_key=raw["public_key"],
        signed_on=signed_on,
        sha256=digest(raw),
        entry=entry,
        stepped_up=stepped_up,
    )


def kept_consent(installation: Installation, dataset: str) -> dict[str, Any]:
    """The record of the consent that stands in the installation now.

    Raises:
        ApprovalError: The owner gave none, or took it back, or a byte of it was changed.
    """
    path = installation.consent_file(dataset)
    if not path.exists():
        raise ApprovalError("approval.no-consent", dataset=dataset)
    return read_strict(path, _SCHEMA)


def check_consent_covers(consent: Consent, contract: Contract, columns: Iterable[str]) -> None:
    """Check that a consent says something about every column that is read.

    Raises:
        ApprovalError: A column is not named, or the contract says it may be personal data.
    """
    wanted = tuple(columns)
    for name in wanted:
        if name not in consent.columns:
            raise ApprovalError(
                "approval.column-without-consent", dataset=contract.name, column=name
            )
    check_impersonal(contract, wanted)


def _owning(department: str) -> Capacity:
    return Capacity(SigningRole.OWNER, departments=(department,))


def _is_impersonal(column: Column) -> bool:
    privacy = column.privacy
    return (
        privacy is not None
        and privacy.category == PersonalDataCategory.NONE
        and privacy.role != IdentifierRole.DIRECT
        and not privacy.free_text
    )
