"""Reading the advice as it stands, and what would be signed."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from grondslag.approval import (
    APPROVAL,
    FAST,
    ROLE_WORDS,
    AdviceOutcome,
    Bundle,
    Seat,
    Signature,
    allowed_columns,
    bundle_for,
    current_authorities,
    required_seats,
    signatures_so_far,
)
from grondslag.approval.bundle import read_bundle
from grondslag.approval.consent import kept_consent
from grondslag.approval.statements import digest
from grondslag.delivery import ReadProject, read_project
from grondslag.errors import GrondslagError
from grondslag.policy import Outcome
from grondslag.policy.describing import describe_finding
from grondslag.project import ToSign, to_sign
from grondslag.project.to_sign import ADVICE_WORDS
from grondslag.vocabulary import SigningRole
from grondslag.wording import Word
from grondslag_portal.assessments.models import Draft
from grondslag_portal.organisations.models import Person
from grondslag_portal.projects.models import Phase, Project
from grondslag_portal.projects.reading import at_reading
from grondslag_portal.projects.selectors import document_of, plan_in
from grondslag_portal.projects.services import Workplace
from grondslag_portal.shared.access import Role
from grondslag_portal.shared.words import language

ADVICE, ANSWER = "approval/advice.json", "approval/answer.json"
_BEFORE = (Phase.DRAFT, Phase.SIGNING, Phase.STOPPED)
_SIGN_AS = {
    Role.OWNER: SigningRole.OWNER,
    Role.PRIVACY_OFFICER: SigningRole.PRIVACY_OFFICER,
    Role.DECIDER: SigningRole.DECIDER,
}


@dataclass(frozen=True, slots=True)
class AdviceShown:
    """The advice of the data protection officer, with the answer to it.

    Args:
        outcome: What they said.
        text: In their words.
        subject: Who.
        day: When.
        on_this_plan: Whether it was about the plan as it stands now.
        answered: Whether the decider answered it, for this plan.
        followed: Whether they follow it.
        reason: Why not.
        answered_by: Who answered.
    """

    outcome: Word
    text: str
    subject: str
    day: datetime
    on_this_plan: bool
    answered: bool
    followed: bool
    reason: str
    answered_by: str


@dataclass(frozen=True, slots=True)
class SeatShown:
    """A place under the approval, with who took it.

    Args:
        seat: Which.
        role: In words.
        dataset: Of which dataset, for an owner; empty for others.
        title: What its owner calls that dataset.
        department: Of which department, for an owner.
        subject: Who signed; empty when nobody did yet.
        moment: When.
        shown_anew: When they showed anew who they are.
    """

    seat: Seat
    role: Word
    dataset: str
    title: str
    department: str
    subject: str
    moment: datetime | None
    shown_anew: datetime | None


@dataclass(frozen=True, slots=True)
class Signing:
    """What would be signed now, and by whom.

    Args:
        shown: In plain words; None when nothing can be signed.
        conditions: What the rules ask besides, as sentences.
        seats: Every place, with who took it.
        is_fast: Whether the owners' consent is enough, since no personal data is asked for.
        is_lawful: Whether the rules allow the plan as it stands.
        fault: Why nothing can be signed, when the engine says so; None otherwise.
    """

    shown: ToSign | None
    conditions: tuple[str, ...] = ()
    seats: tuple[SeatShown, ...] = ()
    is_fast: bool = False
    is_lawful: bool = True
    fault: GrondslagError | None = None

    def places(self, seats: Collection[Seat]) -> tuple[SeatShown, ...]:
        """Some places, as they are shown."""
        return tuple(place for place in self.seats if place.seat in seats)

    @property
    def waiting(self) -> tuple[SeatShown, ...]:
        """The places that nobody took yet."""
        return tuple(place for place in self.seats if not place.subject)


def advice_in(project: Project) -> AdviceShown | None:
    """The advice that stands; None when there is none."""
    advice = _content(project, ADVICE)
    if advice is None:
        return None
    answer = _content(project, ANSWER) or {}
    sha256 = plan_in(project).sha256
    answered = (answer.get("plan_sha256"), answer.get("advice_sha256")) == (sha256, digest(advice))
    return AdviceShown(
        outcome=ADVICE_WORDS[AdviceOutcome(advice["outcome"])],
        text=str(advice["text"]),
        subject=str(advice["subject"]),
        day=datetime.fromisoformat(str(advice["time"])),
        on_this_plan=advice["plan_sha256"] == sha256,
        answered=answered,
        followed=answered and bool(answer["followed"]),
        reason=str(answer["reason"]) if answered else "",
        answered_by=str(answer["subject"]) if answered else "",
    )


def signing_in(project: Project) -> Signing:
    """What would be signed now, as the engine says.

    Raises:
        SourceError: Somebody else is busy with this project.
    """
    with at_reading(project) as place:
        try:
            return _signing(place)
        except GrondslagError as error:
            return Signing(None, fault=error)


def seats_of(person: Person, roles: frozenset[Role], signing: Signing) -> list[Seat]:
    """The places that nobody took yet and that somebody could take.

    Args:
        person: Who.
        roles: Their roles towards the project.
        signing: What would be signed.
    """
    as_signer = {_SIGN_AS[role] for role in roles if role in _SIGN_AS}
    owns = {
        None if grant.department is None else grant.department.name
        for grant in person.grants_today()
        if grant.role == Role.OWNER
    }
    return [
        place.seat
        for place in signing.waiting
        if place.seat.role in as_signer
        and (place.seat.role is not SigningRole.OWNER or owns & {None, place.department})
    ]


def draft_of(project: Project, person: Person, kind: str) -> Mapping[str, Any]:
    """What somebody was writing; empty when nothing."""
    found = Draft.objects.filter(project=project, person=person, kind=kind).first()
    return {} if found is None else dict(found.typed)


def _signing(place: Workplace) -> Signing:
    read = read_project(place.folder, clock=place.clock)
    if place.project.phase not in _BEFORE:  # what was signed then, whatever the rules say now
        bundle = read_bundle(place.folder / APPROVAL)
    elif read.verdict.outcome not in (Outcome.GO, Outcome.GO_IF):
        return Signing(None, is_lawful=False)
    else:
        bundle = bundle_for(place.folder, place.installation, read.judgement, clock=place.clock)
    shown = to_sign(read, bundle, place.folder)
    conditions = tuple(
        describe_finding(item, language=language(), contracts=read.contracts)
        for item in shown.conditions
    )
    found = signatures_so_far(
        place.folder / APPROVAL, bundle, current_authorities(place.installation)
    )
    if bundle.lane == FAST:
        seats = [_consent(place, read, seat, bundle) for seat in seats_to_take(bundle)]
    else:
        seats = [_seat(read, seat, bundle, found.get(seat)) for seat in seats_to_take(bundle)]
    return Signing(shown, conditions, tuple(seats), is_fast=bundle.lane == FAST)


def seats_to_take(bundle: Bundle) -> list[Seat]:
    """Who signs; without personal data the owners alone, each with a consent."""
    required = required_seats(bundle)
    is_fast = bundle.lane == FAST
    return [seat for seat in required if not is_fast or seat.role is SigningRole.OWNER]


def consent_of(place: Workplace, read: ReadProject, seat: Seat, bundle: Bundle) -> str:
    """Who consented to what the plan reads of a dataset; empty when nobody did."""
    if not place.installation.consent_file(seat.dataset).exists():
        return ""
    kept = kept_consent(place.installation, seat.dataset)
    columns = allowed_columns(read.plan, read.contracts, seat.dataset)
    is_whole = kept["contract_sha256"] == bundle.contracts[seat.dataset].sha256
    return str(kept["subject"]) if is_whole and set(columns) <= set(kept["columns"]) else ""


def _consent(place: Workplace, read: ReadProject, seat: Seat, bundle: Bundle) -> SeatShown:
    return replace(_seat(read, seat, bundle, None), subject=consent_of(place, read, seat, bundle))


def _seat(read: ReadProject, seat: Seat, bundle: Bundle, taken: Signature | None) -> SeatShown:
    pinned, contract = bundle.contracts.get(seat.dataset), read.contracts.get(seat.dataset)
    return SeatShown(
        seat=seat,
        role=ROLE_WORDS[seat.role],
        dataset=seat.dataset,
        title=seat.dataset if contract is None else contract.title,
        department="" if pinned is None else pinned.department,
        subject=taken.subject if taken else "",
        moment=taken.moment if taken else None,
        shown_anew=taken.shown_anew if taken else None,
    )


def _content(project: Project, path: str) -> dict[str, Any] | None:
    document = document_of(project, path)
    if document is None:
        return None
    content: dict[str, Any] = json.loads(bytes(document.content))
    return content
