"""A sealed approval: every check there is, each time, against what stands now."""

from pathlib import Path

from grondslag.approval.advice import ANSWER_FILE, Advice, check_advice_kept, deciding
from grondslag.approval.authorities import Authorities, Capacity
from grondslag.approval.bundle import SIGNED, Bundle, Judgement, check_same, make_bundle
from grondslag.approval.consent import Consent, kept_consent
from grondslag.approval.independence import check_apart, check_independent
from grondslag.approval.installation import Installation
from grondslag.approval.mandate import Sealed, SealedApproval, issue_sealed
from grondslag.approval.registers import current_authorities, current_revocations
from grondslag.approval.revocations import Revocable, Revocations
from grondslag.approval.seal import APPROVAL, CheckedSeal, check_reach, checked_seal
from grondslag.approval.settings import PrivacyOfficer
from grondslag.approval.signatures import Signature, capacity_of
from grondslag.approval.statements import digest, moment
from grondslag.clock import Clock, timestamp, today
from grondslag.errors import ApprovalError
from grondslag.vocabulary import SigningRole


def verified_approval(
    folder: Path, installation: Installation, judgement: Judgement, *, clock: Clock
) -> SealedApproval:
    """The approval of a project, or the reason why there is none.

    Plan and contracts are read from the folder here, never taken from the caller.

    Args:
        folder: The project.
        installation: Where the root key is pinned and the lists stand.
        judgement: What policy says of the plan today.
        clock: Tells the day.

    Raises:
        ApprovalError: Unsigned, edited, expired, revoked, by a key that may not, in two roles, over
            another plan or contract, under other rules, on lists that are old or missing.
        InputError: The plan or a contract cannot be read.
    """
    seal = checked_seal(folder, root_public_key=installation.root_public_key)
    authorities = current_authorities(installation)
    revocations = current_revocations(installation, clock=clock)
    _check_same_now(seal, judgement)
    _check_installation(seal, installation, authorities, clock)
    check_advice_kept(folder / APPROVAL, installation, seal.bundle.project)
    _check_not_revoked(seal, revocations)
    for signature in seal.report.signatures:
        _check_signature(signature, seal.bundle, authorities, clock)
    check_apart([(item.seat.role, item.entry) for item in seal.report.signatures])
    if seal.report.advice is not None:
        _check_answer(seal.report.advice, seal.bundle, authorities, clock)
    for consent in seal.report.consents:
        _check_consent(consent, seal, installation, authorities, clock)
    return issue_sealed(Sealed(seal.plan, seal.contracts, seal.bundle, seal.report))


def _check_same_now(seal: CheckedSeal, judgement: Judgement) -> None:
    """What policy says today is what was signed."""
    bundle = seal.bundle
    now = make_bundle(
        seal.plan,
        seal.contracts,
        judgement,
        privacy_officer=bundle.privacy_officer,
        advice_sha256=bundle.advice_sha256,
    )
    check_same(bundle, now)


def _check_installation(
    seal: CheckedSeal, installation: Installation, authorities: Authorities, clock: Clock
) -> None:
    bundle, day = seal.bundle, today(clock)
    check_reach(bundle, authorities)
    if seal.authorities.number > authorities.number:
        raise ApprovalError(
            "approval.authorities-older",
            file=installation.authorities_file.name,
            number=authorities.number,
            seen=seal.authorities.number,
        )
    if bundle.end_date < day:
        raise ApprovalError("approval.expired", project=bundle.project, date=bundle.end_date)
    asked = installation.settings.privacy_officer_on(day)
    if (
        asked == PrivacyOfficer.APPROVES
        and bundle.privacy_officer != asked
        and bundle.lane == SIGNED
    ):
        raise ApprovalError("approval.privacy-officer-approves-now", project=bundle.project)


def _check_not_revoked(seal: CheckedSeal, revocations: Revocations) -> None:
    report = seal.report
    revocations.check_not_revoked(Revocable.SEAL, report.seal_sha256)
    for consent in report.consents:
        revocations.check_not_revoked(Revocable.CONSENT, consent.sha256)
    signers: list[Signature | Consent] = [*report.signatures, *report.consents]
    for signer in signers:
        revocations.check_not_revoked(Revocable.KEY, signer.fingerprint)
    if report.advice is not None:
        for fingerprint in (report.advice.fingerprint, report.advice.answer_fingerprint):
            revocations.check_not_revoked(Revocable.KEY, fingerprint)


def _check_signature(
    signature: Signature, bundle: Bundle, authorities: Authorities, clock: Clock
) -> None:
    """By the newest list: on the day of signing and today, and not by applicant or adviser."""
    if signature.time > timestamp(clock):
        raise ApprovalError("approval.signed-in-future", subject=signature.subject)
    capacity = capacity_of(signature.seat, bundle)
    for day in (signature.moment.date(), today(clock)):
        entry = authorities.check_statement(signature.public_key, signature.subject, capacity, day)
        check_independent(entry, bundle.applicant, authorities, day)


def _check_answer(advice: Advice, bundle: Bundle, authorities: Authorities, clock: Clock) -> None:
    """By the newest list: who answered decides, on the day of the answer and today."""
    for subject, time in ((advice.subject, advice.time), (advice.answered_by, advice.answered_at)):
        if time > timestamp(clock):
            raise ApprovalError("approval.signed-in-future", subject=subject)
    answered = moment(advice.answered_at, file=ANSWER_FILE).date()
    for day in (answered, today(clock)):
        entry = authorities.check_statement(
            advice.answer_key, advice.answered_by, deciding(bundle), day
        )
        check_independent(entry, bundle.applicant, authorities, day)


def _check_consent(
    consent: Consent,
    seal: CheckedSeal,
    installation: Installation,
    authorities: Authorities,
    clock: Clock,
) -> None:
    """It is the one that stands in the installation, by who is owner today, and not over."""
    if digest(kept_consent(installation, consent.dataset)) != consent.sha256:
        raise ApprovalError("approval.consent-replaced", dataset=consent.dataset)
    if consent.until < today(clock):
        raise ApprovalError("approval.consent-over", dataset=consent.dataset, date=consent.until)
    department = seal.bundle.contracts[consent.dataset].department
    capacity = Capacity(SigningRole.OWNER, departments=(department,))
    for day in (consent.signed_on, today(clock)):
        authorities.check_statement(consent.public_key, consent.subject, capacity, day)
