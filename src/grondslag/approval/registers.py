"""The lists that stand in the home now, never older than one seen before.

The highest number seen is kept, and audited when it rises: a list put back, a second list with the
same number, or a revocation that vanished is refused.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grondslag.approval.authorities import Authorities, Capacity
from grondslag.approval.authorities_reading import read_authorities
from grondslag.approval.installation import Installation
from grondslag.approval.revocations import (
    NextList,
    Revocable,
    Revocations,
    Revoked,
    check_may_revoke,
    read_revocations,
    write_revocations,
)
from grondslag.approval.statements import Signer
from grondslag.canonical import to_yaml, write_json, write_text
from grondslag.clock import Clock, timestamp, today
from grondslag.errors import ApprovalError, IntegrityError
from grondslag.keys import fingerprint_of
from grondslag.vocabulary import SigningRole

_MACHINE_NAME = "grondslag"


@dataclass(frozen=True, slots=True)
class Revocation:
    """What somebody wants to revoke.

    Args:
        what: Its kind.
        id: Hash of a seal or a consent, fingerprint of a key, id of a delivery.
        reason: Why, in at least five signs.
    """

    what: Revocable
    id: str
    reason: str


def accept_authorities(installation: Installation, path: Path, *, actor: str) -> Authorities:
    """Bring a signed list of authorities into an installation.

    Args:
        installation: Where.
        path: The signed list.
        actor: Who brings it, for the audit chain.

    Raises:
        InputError: The file is not such a list.
        ApprovalError: It is unsigned, edited, not signed by the pinned root key, older than one
            seen before, or of an example while the installation is not (or the reverse).
    """
    with installation.locked():
        authorities = _read_authorities(installation, path)
        _remember_authorities(installation, authorities, actor)
        write_text(installation.authorities_file, to_yaml(dict(authorities.document)))
    return authorities


def current_authorities(installation: Installation) -> Authorities:
    """The list that stands in the home, verified against the pinned root key.

    Raises:
        ApprovalError: There is none, or it is refused; see `accept_authorities`.
    """
    if not installation.authorities_file.is_file():
        raise ApprovalError("approval.authorities-missing", folder=str(installation.home))
    with installation.locked():
        authorities = _read_authorities(installation, installation.authorities_file)
        _remember_authorities(installation, authorities, _MACHINE_NAME)
    return authorities


def current_revocations(installation: Installation, *, clock: Clock) -> Revocations:
    """The list of revocations that stands in the home: verified, fresh, never older than seen.

    Raises:
        ApprovalError: It is missing, edited, signed by a key that may not, too old, or older than
            one seen before.
    """
    authorities = current_authorities(installation)
    with installation.locked():
        revocations = _read_revocations(installation, authorities)
    key = revocations.document["public_key"]
    root = installation.root_public_key
    check_may_revoke(key, revocations.subject, clock.now(), root=root, authorities=authorities)
    _check_own_key_stands(revocations.records, key)
    days = installation.settings.revocation_days_on(today(clock))
    revocations.check_fresh(clock.now(), days=days)
    return revocations


def issue_revocations(
    installation: Installation,
    *,
    signer: Signer,
    clock: Clock,
    revocation: Revocation | None = None,
) -> Revocations:
    """Sign the next list of revocations: the old records, and one more when given.

    Without a new record this says "still the same today", which keeps the list fresh.

    Raises:
        ApprovalError: The key may not revoke, or the list that stands there is not to be trusted.
        SourceError: The disk let us down; the older list still stands.
    """
    authorities = current_authorities(installation)
    subject = installation.root.name
    if signer.public_key != installation.root_public_key:
        capacity = Capacity(SigningRole.REVOKER)
        subject = authorities.may_sign(
            signer.public_key, capacity, today(clock), subject=signer.subject
        ).subject
    with installation.locked():
        standing = _standing(installation, authorities)
        number = 0 if standing is None else standing.number
        records = () if standing is None else standing.records
        records += _new_record(revocation, subject, clock)
        _check_own_key_stands(records, signer.public_key)
        if revocation is not None:
            about = f"{revocation.what.value} {revocation.id}"
            installation.record(subject, "approval.revoked", about)
        issued = timestamp(clock)
        following = NextList(number + 1, issued, records, signer.public_key, subject)
        write_revocations(installation.revocations_file, following, signer.private)
        return _read_revocations(installation, authorities)


def revoke(
    installation: Installation, revocation: Revocation, *, signer: Signer, clock: Clock
) -> Revocations:
    """Revoke a seal, key, delivery or consent, for ever; see `issue_revocations`."""
    return issue_revocations(installation, signer=signer, clock=clock, revocation=revocation)


def _new_record(revocation: Revocation | None, subject: str, clock: Clock) -> tuple[Revoked, ...]:
    if revocation is None:
        return ()
    if len(revocation.reason.strip()) < 5:
        raise ApprovalError("approval.revocation-without-reason")
    return (Revoked(revocation.what, revocation.id, revocation.reason, timestamp(clock), subject),)


def _check_own_key_stands(records: Sequence[Revoked], public_key: str) -> None:
    """A list signed by a key that it revokes itself could not be trusted."""
    fingerprint = fingerprint_of(public_key)
    if any(item.is_about(Revocable.KEY, fingerprint) for item in records):
        raise ApprovalError("approval.revoker-revoked", fingerprint=fingerprint)


def _standing(installation: Installation, authorities: Authorities) -> Revocations | None:
    """The list to build on; who signed it may have left since."""
    if not installation.revocations_file.exists() and not _seen(installation).get("revocations"):
        return None
    return _read_revocations(installation, authorities)


def _read_authorities(installation: Installation, path: Path) -> Authorities:
    seen = _seen(installation).get("authorities", {})
    authorities = read_authorities(path, installation.root_public_key, seen.get("number", 0))
    if authorities.number == seen.get("number") and authorities.sha256 != seen["sha256"]:
        raise ApprovalError(
            "approval.authorities-same-number", file=path.name, number=authorities.number
        )
    if authorities.example != installation.example:
        raise ApprovalError("approval.authorities-of-example", file=path.name)
    return authorities


def _remember_authorities(installation: Installation, authorities: Authorities, actor: str) -> None:
    if authorities.number == _seen(installation).get("authorities", {}).get("number"):
        return
    installation.record(
        actor,
        "authorities.accepted",
        f"authorities {authorities.number}",
        sha256=authorities.sha256,
        entries=len(authorities.entries),
        conflicts=len(authorities.conflicts),
    )
    _remember(
        installation, "authorities", {"number": authorities.number, "sha256": authorities.sha256}
    )


def _read_revocations(installation: Installation, authorities: Authorities) -> Revocations:
    path = installation.revocations_file
    seen = _seen(installation).get("revocations", {})
    found = read_revocations(
        path,
        root_public_key=installation.root_public_key,
        authorities=authorities,
        seen_number=seen.get("number", 0),
    )
    ids = [f"{item.what.value} {item.id}" for item in found.records]
    if found.number == seen.get("number") and found.sha256 != seen["sha256"]:
        raise ApprovalError("approval.revocations-same-number", number=found.number)
    if not set(seen.get("records", ())) <= set(ids):
        raise ApprovalError("approval.revocation-vanished", number=found.number)
    if found.number != seen.get("number"):
        installation.record(
            found.subject,
            "revocations.accepted",
            f"revocations {found.number}",
            sha256=found.sha256,
            records=len(ids),
        )
        _remember(
            installation,
            "revocations",
            {"number": found.number, "sha256": found.sha256, "records": ids},
        )
    return found


def _seen(installation: Installation) -> Mapping[str, Any]:
    try:
        content = json.loads(installation.seen_file.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise IntegrityError("approval.seen-damaged", file=str(installation.seen_file)) from error
    if not isinstance(content, dict):
        raise IntegrityError("approval.seen-damaged", file=str(installation.seen_file))
    return content


def _remember(installation: Installation, name: str, value: Mapping[str, Any]) -> None:
    write_json(installation.seen_file, {**_seen(installation), name: value}, mode=0o600)
