"""One signature: a file per role and dataset, over the hash of the bundle."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from grondslag.approval.authorities import ROLE_WORDS, Authorities, Capacity, Entry
from grondslag.approval.bundle import Bundle
from grondslag.approval.settings import PrivacyOfficer
from grondslag.approval.statements import (
    DATASET,
    HASH,
    KEY,
    NAME,
    SIGNATURE,
    STEPPED_UP,
    TIME,
    Signer,
    closed_object,
    is_signed_by,
    moment,
    read_strict,
    shown_by,
    shown_in,
    with_shown,
)
from grondslag.errors import ApprovalError
from grondslag.keys import fingerprint_of
from grondslag.vocabulary import SigningRole

KIND = "seal"
SIGNATURES = "signatures"
_SCHEMA = with_shown(
    closed_object(
        {
            "project": DATASET,
            "bundle_sha256": HASH,
            "role": {"enum": ["owner", "privacy_officer", "decider"]},
            "dataset": {"type": ["string", "null"]},
            "subject": NAME,
            "public_key": KEY,
            "time": TIME,
            "signature": SIGNATURE,
        }
    )
)


@dataclass(frozen=True, slots=True, order=True)
class Seat:
    """A place at the table: a role, for owners with the dataset.

    Args:
        role: Owner, privacy officer or decider.
        dataset: Of which dataset; empty for roles over the whole project.
    """

    role: SigningRole
    dataset: str = ""

    @property
    def file_name(self) -> str:
        """``owner-crashes.json``, ``decider-project.json``."""
        return f"{self.role.value}-{self.dataset or 'project'}.json"

    @property
    def about(self) -> str:
        """The dataset, or ``project``."""
        return self.dataset or "project"


@dataclass(frozen=True, slots=True)
class Signature:
    """A verified signature.

    Args:
        seat: In which role.
        subject: The person who signed.
        public_key: The key, base64.
        mandate: On which mandate that rests.
        witness: Whether a portal's key signed for this person.
        time: RFC 3339, UTC.
        entry: The entry of the authorities it rests on.
        stepped_up: When that person showed anew who they are, as the portal says (RFC 3339, UTC);
            empty for a key of one's own.
    """

    seat: Seat
    subject: str
    public_key: str
    mandate: str
    witness: bool
    time: str
    entry: Entry
    stepped_up: str = ""

    @property
    def fingerprint(self) -> str:
        """Of the key, as people read it to each other."""
        return fingerprint_of(self.public_key)

    @property
    def moment(self) -> datetime:
        """When."""
        return datetime.fromisoformat(self.time)

    @property
    def shown_anew(self) -> datetime | None:
        """When they showed anew who they are, before a portal signed for them."""
        return datetime.fromisoformat(self.stepped_up) if self.stepped_up else None

    def to_mapping(self) -> dict[str, Any]:
        """As it stands on a proof or a report."""
        return {
            "role": self.seat.role.value,
            "dataset": self.seat.dataset or None,
            "subject": self.subject,
            "fingerprint": self.fingerprint,
            "mandate": self.mandate,
            "witness": self.witness,
            "time": self.time,
        } | ({STEPPED_UP: self.stepped_up} if self.stepped_up else {})


def required_seats(bundle: Bundle) -> tuple[Seat, ...]:
    """Who must sign: the owner of each dataset, the privacy officer (a setting), the decider."""
    owners = [Seat(SigningRole.OWNER, name) for name in sorted(bundle.contracts)]
    officer = (
        [Seat(SigningRole.PRIVACY_OFFICER)]
        if bundle.privacy_officer == PrivacyOfficer.APPROVES
        else []
    )
    return (*owners, *officer, Seat(SigningRole.DECIDER))


def capacity_of(seat: Seat, bundle: Bundle) -> Capacity:
    """What the authorities must say of someone in this seat.

    Raises:
        ApprovalError: Nobody signs in this role, or for this dataset.
    """
    if seat.role == SigningRole.DATA_PROTECTION_OFFICER:
        raise ApprovalError("approval.officer-advises")
    if seat.role == SigningRole.OWNER and seat.dataset in bundle.contracts:
        return Capacity(seat.role, departments=(bundle.contracts[seat.dataset].department,))
    if seat.role == SigningRole.PRIVACY_OFFICER and not seat.dataset:
        departments = {pinned.department for pinned in bundle.contracts.values()}
        return Capacity(seat.role, departments=tuple(sorted(departments)))
    if seat.role == SigningRole.DECIDER and not seat.dataset:
        return Capacity(seat.role, body=bundle.controller, mandate=bundle.mandate)
    raise ApprovalError("approval.no-such-seat", role=ROLE_WORDS[seat.role], about=seat.about)


def statement(
    seat: Seat, bundle: Bundle, entry: Entry, time: str, *, signer: Signer
) -> dict[str, Any]:
    """What somebody signs; through a portal also when they showed anew who they are."""
    return shown_by(signer, witness=entry.witness) | {
        "project": bundle.project,
        "bundle_sha256": bundle.sha256,
        "role": seat.role.value,
        "dataset": seat.dataset or None,
        "subject": entry.subject,
        "public_key": entry.public_key,
        "time": time,
    }


def read_signatures(
    folder: Path, bundle: Bundle, authorities: Authorities
) -> tuple[Signature, ...]:
    """Read and verify every signature in an approval, in the order of the seats.

    Args:
        folder: The folder ``approval`` of a project.
        bundle: What must have been signed.
        authorities: Who may sign.

    Raises:
        ApprovalError: One is missing, changed, over other bytes, in a role nobody asked for, or by
            a key that might not sign so on that day.
    """
    required = required_seats(bundle)
    present = {path.name: path for path in sorted((folder / SIGNATURES).glob("*.json"))}
    found = []
    # A privacy officer who only advises may sign all the same.
    for seat in required_seats(replace(bundle, privacy_officer=PrivacyOfficer.APPROVES)):
        path = present.pop(seat.file_name, None)
        if path is not None:
            found.append(_signature(path, seat, bundle, authorities))
        elif seat in required:
            role = ROLE_WORDS[seat.role]
            raise ApprovalError("approval.signature-missing", role=role, about=seat.about)
    if present:
        raise ApprovalError("approval.signature-unasked", file=min(present))
    return tuple(found)


def signatures_so_far(
    folder: Path, bundle: Bundle, authorities: Authorities
) -> dict[Seat, Signature]:
    """The signatures that count for this bundle until now; the others still have to come.

    Args:
        folder: The folder ``approval`` of a project.
        bundle: What must be signed.
        authorities: Who may sign.
    """
    found = {}
    for seat in required_seats(bundle):
        try:
            found[seat] = _signature(
                folder / SIGNATURES / seat.file_name, seat, bundle, authorities
            )
        except ApprovalError:  # absent, or over other bytes: to be signed anew
            continue
    return found


def _signature(path: Path, seat: Seat, bundle: Bundle, authorities: Authorities) -> Signature:
    raw: Mapping[str, Any] = read_strict(path, _SCHEMA)
    if not is_signed_by(raw["public_key"], KIND, raw):
        raise ApprovalError("approval.signature-invalid", file=path.name)
    if (raw["role"], raw["dataset"] or "") != (seat.role.value, seat.dataset):
        raise ApprovalError("approval.signature-invalid", file=path.name)
    if raw["project"] != bundle.project:
        raise ApprovalError("approval.of-other-project", file=path.name, project=raw["project"])
    if raw["bundle_sha256"] != bundle.sha256:
        role = ROLE_WORDS[seat.role]
        raise ApprovalError("approval.signed-other-bytes", role=role, about=seat.about)
    day = moment(raw["time"], file=path.name).date()
    entry = authorities.check_statement(
        raw["public_key"], raw["subject"], capacity_of(seat, bundle), day
    )
    stepped_up = shown_in(raw, witness=entry.witness)
    if stepped_up is None:
        raise ApprovalError("approval.signature-invalid", file=path.name)
    return Signature(
        seat=seat,
        subject=raw["subject"],
        public_key=raw["public_key"],
        mandate=entry.mandate,
        witness=entry.witness,
        time=raw["time"],
        entry=entry,
        stepped_up=stepped_up,
    )
