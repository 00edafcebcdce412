"""Signing: one person, one role, over the bytes as they stand now."""

from pathlib import Path

from grondslag.approval.advice import check_advice_kept, standing_advice
from grondslag.approval.bundle import (
    BUNDLE_FILE,
    FAST,
    SIGNED,
    Bundle,
    Judgement,
    make_bundle,
    write_bundle,
)
from grondslag.approval.consent import kept_consent
from grondslag.approval.independence import check_apart, check_independent
from grondslag.approval.installation import Installation
from grondslag.approval.registers import current_authorities
from grondslag.approval.seal import APPROVAL, CONSENTS, check_reach, keep_authorities
from grondslag.approval.signatures import (
    KIND,
    SIGNATURES,
    Seat,
    capacity_of,
    signatures_so_far,
    statement,
)
from grondslag.approval.statements import Signer, digest, signed, write_strict
from grondslag.clock import Clock, timestamp, today
from grondslag.contracts import read_contracts
from grondslag.errors import ApprovalError
from grondslag.plan import read_plan


def bundle_for(
    folder: Path, installation: Installation, judgement: Judgement, *, clock: Clock
) -> Bundle:
    """What must be signed for a project as it stands in its folder now.

    Args:
        folder: The project.
        installation: Its settings say whether the privacy officer approves.
        judgement: What policy says of the plan today.
        clock: Tells which settings have begun.

    Raises:
        ApprovalError: The outcome is no go, a contract is missing, or a known advice was removed.
        InputError: The plan or a contract cannot be read.
    """
    place = folder / APPROVAL
    plan = read_plan(folder / "plan.yaml")
    check_advice_kept(place, installation, plan.id)
    advice = standing_advice(place)
    return make_bundle(
        plan,
        read_contracts(folder / "contracts"),
        judgement,
        privacy_officer=installation.settings.privacy_officer_on(today(clock)),
        advice_sha256=None if advice is None else digest(advice),
    )


def sign_bundle(
    folder: Path,
    installation: Installation,
    judgement: Judgement,
    *,
    seat: Seat,
    signer: Signer,
    clock: Clock,
) -> Path:
    """Sign a project in one role; gives the file of the signature.

    The bytes are made from the files now. When others signed other bytes, theirs no longer count:
    `verified_approval` says who must sign anew.

    Raises:
        ApprovalError: The signer asks for this plan, is the data protection officer, or may not
            sign in this role; the plan is no go, in the fast lane, or real under an example root.
        SourceError: The disk let us down; nothing is half-written.
    """
    bundle = bundle_for(folder, installation, judgement, clock=clock)
    capacity = capacity_of(seat, bundle)
    if bundle.lane != SIGNED:
        raise ApprovalError("approval.fast-needs-no-signature", project=bundle.project)
    authorities = current_authorities(installation)
    day = today(clock)
    check_reach(bundle, authorities)
    if bundle.end_date < day:
        raise ApprovalError("approval.expired", project=bundle.project, date=bundle.end_date)
    entry = authorities.may_sign(signer.public_key, capacity, day, subject=signer.subject)
    check_independent(entry, bundle.applicant, authorities, day)
    others = signatures_so_far(folder / APPROVAL, bundle, authorities)
    others.pop(seat, None)
    seats = [(other, item.entry) for other, item in others.items()]
    check_apart([(found.role, by) for found, by in (*seats, (seat, entry))])
    content = statement(seat, bundle, entry, timestamp(clock), signer=signer)
    document = signed(KIND, content, signer.private)
    installation.record(
        entry.subject,
        "approval.signed",
        bundle.project,
        role=seat.role.value,
        dataset=seat.about,
        seal=bundle.sha256,
        key=entry.fingerprint,
    )
    place = folder / APPROVAL
    keep_authorities(place, authorities)
    write_bundle(place, bundle)
    path = place / SIGNATURES / seat.file_name
    write_strict(path, document)
    return path


def seal_fast_lane(
    folder: Path, installation: Installation, judgement: Judgement, *, clock: Clock
) -> Path:
    """Seal a project on the owners' standing consents; gives the file of the bundle.

    Raises:
        ApprovalError: It is not in the fast lane, an owner gave no consent, or the data is real
            under an example root. Whether the consents suffice is for `verified_approval`.
    """
    bundle = bundle_for(folder, installation, judgement, clock=clock)
    if bundle.lane != FAST:
        raise ApprovalError("approval.not-fast", project=bundle.project)
    authorities = current_authorities(installation)
    check_reach(bundle, authorities)
    for name in bundle.contracts:
        consent = kept_consent(installation, name)
        write_strict(folder / APPROVAL / CONSENTS / f"{name}.json", consent)
    installation.record(
        "grondslag", "approval.sealed-by-consent", bundle.project, seal=bundle.sha256
    )
    keep_authorities(folder / APPROVAL, authorities)
    write_bundle(folder / APPROVAL, bundle)
    return folder / APPROVAL / BUNDLE_FILE
