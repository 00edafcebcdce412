"""How far the approval is: who signed, who is waited for, and whether it holds today."""

from datetime import date, datetime
from pathlib import Path

from grondslag.approval import (
    Authorities,
    Bundle,
    Installation,
    SealedApproval,
    Seat,
    Signature,
    bundle_for,
    current_authorities,
    required_seats,
    signatures_so_far,
    verified_approval,
)
from grondslag.approval.advice import standing_advice, verified_advice
from grondslag.approval.authorities import ROLE_WORDS
from grondslag.approval.bundle import BUNDLE_FILE, FAST
from grondslag.approval.seal import APPROVAL
from grondslag.clock import Clock
from grondslag.delivery import ReadProject
from grondslag.plan import Plan
from grondslag.policy import Outcome
from grondslag.project.documents import Documents, attempt
from grondslag.project.model import Saying, Status, Step, StepState, Waiting, saying
from grondslag.vocabulary import SigningRole

_UNANSWERED = "approval.advice-not-answered"
_NONE = "approval.none"
_OLD_LIST = ("approval.revocations-too-old", "approval.revocations-missing")


def approval_state(
    documents: Documents, installation: Installation | None, *, clock: Clock
) -> StepState:
    """The step approval.

    Args:
        documents: The project as read.
        installation: Where it is known who may sign; None when it is not at hand.
        clock: Tells the day.

    Raises:
        GrondslagError: What stands there cannot be trusted; the caller makes it a status.
    """
    read, plan = documents.read, documents.plan
    if documents.is_ended and isinstance(plan, Plan):
        begun = (documents.folder / APPROVAL / BUNDLE_FILE).exists()
        status = Status.DONE if begun else Status.CANNOT_YET
        return _state(status, saying("project.ended", date=plan.end_date))
    if read is None or documents.outcome not in (Outcome.GO, Outcome.GO_IF):
        return _state(Status.CANNOT_YET, saying("project.approval-first-lawful"))
    if installation is None:
        begun = (documents.folder / APPROVAL).is_dir()
        status = Status.BUSY if begun else Status.NOT_STARTED
        following = saying("project.next-home")
        return _state(status, saying("project.approval-not-verified"), following=following)
    return _with_installation(documents.folder, read, installation, clock)


def _with_installation(
    folder: Path, read: ReadProject, installation: Installation, clock: Clock
) -> StepState:
    bundle = bundle_for(folder, installation, read.judgement, clock=clock)
    authorities = current_authorities(installation)
    if bundle.lane == FAST:
        waiting = _owners_without_consent(read, bundle, installation)
        following = saying("project.next-consent")
    else:
        waiting = _who_must_answer(folder, bundle, authorities)
        following = saying("project.next-answer", project=str(folder))
        signing = _who_must_sign(folder, read, bundle, authorities)
        if signing and not waiting:
            following = _how_to_sign(signing[0], folder)
        waiting += signing
    if waiting:
        said = saying("project.approval-waiting", count=len(waiting))
        return _state(Status.WAITING, said, tuple(waiting), following)
    approval = attempt(lambda: verified_approval(folder, installation, read.judgement, clock=clock))
    return _sealed(folder, bundle, approval)


def _sealed(folder: Path, bundle: Bundle, approval: SealedApproval | Saying) -> StepState:
    if not isinstance(approval, Saying):
        return _state(Status.DONE, saying("project.approved", date=bundle.end_date))
    if approval.code == _NONE:
        following = saying("project.next-seal", project=str(folder))
        return _state(Status.NOT_STARTED, saying("project.fast-lane"), following=following)
    if approval.code in _OLD_LIST:
        since = approval.fields.get("date")
        waiting = Waiting(
            ROLE_WORDS[SigningRole.REVOKER], since=since if isinstance(since, date) else None
        )
        return _state(Status.WAITING, approval, (waiting,), saying("project.next-renew"))
    return _state(Status.WRONG, approval, following=saying("project.next-sign-again"))


def _who_must_answer(folder: Path, bundle: Bundle, authorities: Authorities) -> list[Waiting]:
    """The decider, when an advice has no answer yet."""
    place = folder / APPROVAL
    advice = attempt(lambda: verified_advice(place, bundle, authorities))
    raw = standing_advice(place)
    if raw is None or not isinstance(advice, Saying) or advice.code != _UNANSWERED:
        return []
    role = ROLE_WORDS[SigningRole.DECIDER]
    return [Waiting(role, str(bundle.controller), since=_day(str(raw["time"])))]


def _who_must_sign(
    folder: Path, read: ReadProject, bundle: Bundle, authorities: Authorities
) -> list[Waiting]:
    """Seats without a signature that counts, since the last thing that happened."""
    found = signatures_so_far(folder / APPROVAL, bundle, authorities)
    since = max([_day(item.time) for item in found.values()] + [read.plan.dated])
    return [
        Waiting(ROLE_WORDS[seat.role], _about(seat, bundle), seat.dataset, since)
        for seat in _missing(bundle, found)
    ]


def _missing(bundle: Bundle, found: dict[Seat, Signature]) -> list[Seat]:
    return [seat for seat in required_seats(bundle) if seat not in found]


def _owners_without_consent(
    read: ReadProject, bundle: Bundle, installation: Installation
) -> list[Waiting]:
    return [
        Waiting(ROLE_WORDS[SigningRole.OWNER], pinned.department, name, read.plan.dated)
        for name, pinned in bundle.contracts.items()
        if not installation.consent_file(name).exists()
    ]


def _about(seat: Seat, bundle: Bundle) -> str:
    if seat.role is SigningRole.OWNER:
        return bundle.contracts[seat.dataset].department
    return str(bundle.controller) if seat.role is SigningRole.DECIDER else ""


def _how_to_sign(first: Waiting, folder: Path) -> Saying:
    """The command for the first who is waited for."""
    role = next(role for role, word in ROLE_WORDS.items() if word == first.role)
    code = "project.next-sign-dataset" if first.dataset else "project.next-sign"
    return saying(code, project=str(folder), role=str(role), dataset=first.dataset)


def _day(time: str) -> date:
    return datetime.fromisoformat(time).date()


def _state(
    status: Status,
    said: Saying,
    waiting: tuple[Waiting, ...] = (),
    following: Saying | None = None,
) -> StepState:
    return StepState(Step.APPROVAL, status, said, waiting, following)
