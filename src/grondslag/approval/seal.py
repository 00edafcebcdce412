"""A seal, verified by anyone: no vault, no home, only the folder and the root public key.

What this cannot know is said in the report: whether something was revoked since, and whether the
mandates still stand today. `verification` knows both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from grondslag.approval.advice import ADVICE_FILE, ANSWER_FILE, Advice, verified_advice
from grondslag.approval.authorities import Authorities, Conflict
from grondslag.approval.authorities_reading import SIGNED_SCHEMA, authorities_from
from grondslag.approval.bundle import (
    BUNDLE_FILE,
    FAST,
    GO,
    Bundle,
    Judgement,
    check_same,
    make_bundle,
    read_bundle,
)
from grondslag.approval.consent import Consent, check_consent_covers, read_consent
from grondslag.approval.independence import check_apart, check_independent
from grondslag.approval.scope import allowed_columns
from grondslag.approval.signatures import SIGNATURES, Signature, read_signatures
from grondslag.approval.statements import digest, read_strict, same_person, write_strict
from grondslag.canonical import sha256_hex, sha256_of_file
from grondslag.contracts import Contract, DataKind, read_contracts
from grondslag.errors import ApprovalError
from grondslag.keys import fingerprint_of
from grondslag.plan import Plan, read_plan

APPROVAL = "approval"
AUTHORITIES_FILE = "authorities.json"
CONSENTS = "consents"


@dataclass(frozen=True, slots=True)
class SealReport:
    """What a seal shows to anyone.

    Args:
        project: Key of the project.
        seal_sha256: Hash over the bytes that everybody signed.
        evidence_sha256: Hash over those bytes with every signature, consent, advice and authority.
        lane: ``signed`` or ``fast``.
        outcome: What policy said.
        example: Whether it is made for an example: made-up or open data only.
        end_date: After this day nothing opens.
        root_fingerprint: Of the root key it was verified against.
        authorities_number: Of the list of who may sign, kept beside the seal.
        authorities_issued: The day of that list.
        signatures: Who signed in which role, under which mandate, and whether through a portal.
        consents: The owners' standing consents, in the fast lane.
        advice: The data protection officer's advice with the answer; None when there is none.
        conflicts: Persons with roles that do not go together; never both on this seal.
        machines: Keys of installations, whose proofs the root key vouches for.
        bundle: What was signed.
    """

    project: str
    seal_sha256: str
    evidence_sha256: str
    lane: str
    outcome: str
    example: bool
    end_date: date
    root_fingerprint: str
    authorities_number: int
    authorities_issued: date
    signatures: tuple[Signature, ...]
    consents: tuple[Consent, ...]
    advice: Advice | None
    conflicts: tuple[Conflict, ...]
    machines: tuple[str, ...]
    bundle: Bundle = field(repr=False)


@dataclass(frozen=True, slots=True)
class CheckedSeal:
    """A verified seal with what it was verified from; for this room.

    Args:
        plan: As it stands in the folder.
        contracts: Those the seal names, as they stand in the folder.
        bundle: What was signed.
        authorities: The list kept beside the seal.
        report: What it shows.
    """

    plan: Plan
    contracts: Mapping[str, Contract] = field(repr=False)
    bundle: Bundle
    authorities: Authorities = field(repr=False)
    report: SealReport


def verify_seal(folder: Path, *, root_public_key: str) -> SealReport:
    """Verify the seal of a project, offline.

    Args:
        folder: The project, with plan, contracts and ``approval``.
        root_public_key: The municipality's root key, base64, from its own channel.

    Raises:
        ApprovalError: Anything is missing, changed after signing, or signed by somebody who might
            not.
        InputError: The plan or a contract cannot be read.
    """
    return checked_seal(folder, root_public_key=root_public_key).report


def checked_seal(folder: Path, *, root_public_key: str) -> CheckedSeal:
    """Verify a seal and give what it was verified from; see `verify_seal`."""
    place = folder / APPROVAL
    if not (place / BUNDLE_FILE).exists():
        raise ApprovalError("approval.none", folder=folder.name)
    bundle = read_bundle(place)
    authorities = read_kept_authorities(place, root_public_key)
    plan = read_plan(folder / "plan.yaml")
    contracts = read_contracts(folder / "contracts")
    _check_unchanged(bundle, plan, contracts)
    check_reach(bundle, authorities)
    sealed = {name: contracts[name] for name in bundle.contracts}
    signatures: tuple[Signature, ...] = ()
    consents: tuple[Consent, ...] = ()
    if bundle.lane == FAST:
        consents = _consents(place, bundle, authorities, plan, sealed)
    else:
        signatures = read_signatures(place, bundle, authorities)
        check_apart([(item.seat.role, item.entry) for item in signatures])
        for item in signatures:
            day = item.moment.date()
            check_independent(item.entry, bundle.applicant, authorities, day)
    advice = verified_advice(place, bundle, authorities)
    report = SealReport(
        project=bundle.project,
        seal_sha256=bundle.sha256,
        evidence_sha256=_evidence(place),
        lane=bundle.lane,
        outcome=bundle.outcome,
        example=bundle.example,
        end_date=bundle.end_date,
        root_fingerprint=fingerprint_of(root_public_key),
        authorities_number=authorities.number,
        authorities_issued=authorities.issued,
        signatures=signatures,
        consents=consents,
        advice=advice,
        conflicts=authorities.conflicts,
        machines=authorities.machines,
        bundle=bundle,
    )
    return CheckedSeal(plan, sealed, bundle, authorities, report)


def keep_authorities(place: Path, authorities: Authorities) -> None:
    """Keep a copy of the signed list beside a seal, so that others can verify it."""
    write_strict(place / AUTHORITIES_FILE, authorities.document)


def read_kept_authorities(place: Path, root_public_key: str) -> Authorities:
    """The list kept beside a seal, verified.

    Raises:
        ApprovalError: It is missing, changed, or signed by another root key.
    """
    document = read_strict(place / AUTHORITIES_FILE, SIGNED_SCHEMA)
    return authorities_from(document, root_public_key, file=AUTHORITIES_FILE)


def check_reach(bundle: Bundle, authorities: Authorities) -> None:
    """Check how far a root key reaches: its own municipality, and as example no real data, ever.

    Raises:
        ApprovalError: The plan is of another municipality.
        ApprovalError: A root key or plan that is made for an example stands over other data.
    """
    if not same_person(bundle.municipality, authorities.municipality):
        raise ApprovalError(
            "approval.other-municipality",
            municipality=bundle.municipality,
            authorities=authorities.municipality,
        )
    real = [name for name, pinned in bundle.contracts.items() if pinned.data == DataKind.REAL]
    if authorities.example and (real or not bundle.example):
        raise ApprovalError("approval.example-root", datasets=real or [bundle.project])
    if bundle.example and real:
        raise ApprovalError("approval.example-with-real-data", datasets=real)


def _check_unchanged(bundle: Bundle, plan: Plan, contracts: Mapping[str, Contract]) -> None:
    """Plan and contracts as they stand now make the same bytes as were signed."""
    said = Judgement(
        outcome=bundle.outcome,
        rule_set_hash=bundle.rule_set_hash,
        lane=bundle.lane,
        accountability=bundle.accountability,
        conditions=bundle.conditions,
    )
    now = make_bundle(
        plan,
        contracts,
        said,
        privacy_officer=bundle.privacy_officer,
        advice_sha256=bundle.advice_sha256,
    )
    check_same(bundle, now)


def _consents(
    place: Path,
    bundle: Bundle,
    authorities: Authorities,
    plan: Plan,
    contracts: Mapping[str, Contract],
) -> tuple[Consent, ...]:
    """In the fast lane: a consent over every column that is read, and no link between people."""
    if plan.links or bundle.outcome != GO:
        raise ApprovalError("approval.not-fast", project=bundle.project)
    found = []
    for name, contract in contracts.items():
        path = place / CONSENTS / f"{name}.json"
        consent = read_consent(path, authorities, bundle.contracts[name])
        check_consent_covers(consent, contract, allowed_columns(plan, contracts, name))
        found.append(consent)
    return tuple(found)


def _evidence(place: Path) -> str:
    """One hash over every file of an approval that counts."""
    files = [place / name for name in (BUNDLE_FILE, AUTHORITIES_FILE, ADVICE_FILE, ANSWER_FILE)]
    for part in (SIGNATURES, CONSENTS):
        files += sorted((place / part).glob("*.json"))
    hashes: dict[str, Any] = {
        path.relative_to(place).as_posix(): sha256_of_file(path) for path in files if path.exists()
    }
    return digest(hashes) if hashes else sha256_hex(b"")
