"""Advising, answering and signing: each is the engine's own record, signed for one person.

Who signs saw certain bytes. When they are no longer what stands there, or when somebody else took
the place meanwhile, nothing is signed.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from grondslag.approval import (
    FAST,
    ROLE_WORDS,
    Bundle,
    Opinion,
    Reply,
    Seat,
    Signer,
    allowed_columns,
    answer_advice,
    bundle_for,
    current_authorities,
    give_advice,
    seal_fast_lane,
    sign_bundle,
    sign_consent,
    signatures_so_far,
    standing_advice,
)
from grondslag.approval.advice import verified_advice
from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.delivery import ReadProject, read_project
from grondslag.errors import ApprovalError
from grondslag.vocabulary import SigningRole
from grondslag_portal.assessments.models import Draft
from grondslag_portal.assessments.selectors import consent_of, seats_to_take
from grondslag_portal.organisations.models import Person
from grondslag_portal.projects.handing import apart
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.selectors import plan_in
from grondslag_portal.projects.services import Workplace, at_work
from grondslag_portal.shared import engine

ADVICE, ANSWER = "advice", "answer"


def digest_of(project: Project, typed: Mapping[str, Any]) -> str:
    """The hash of what somebody is about to sign of a project as it stands: advice or answer."""
    content = {"project": project.key, "plan": plan_in(project).sha256, "typed": dict(typed)}
    return sha256_hex(canonical_bytes(content))


def keep_draft(project: Project, kind: str, typed: Mapping[str, Any], *, by: Person) -> None:
    """Keep what somebody typed until they sign it; it is no record of anything."""
    Draft.objects.update_or_create(
        project=project, person=by, kind=kind, defaults={"typed": dict(typed)}
    )


def advise(project: Project, opinion: Opinion, *, by: Person, stepped_up: datetime) -> None:
    """Give an advice as data protection officer.

    Args:
        project: About which project.
        opinion: What they say.
        by: The officer.
        stepped_up: When they showed anew who they are.

    Raises:
        ApprovalError: They may not advise, or there are no words.
    """
    with at_work(project, by=by) as place:
        apart(place, by)
        signer = engine.signer_for(by.name, stepped_up=stepped_up)
        give_advice(place.folder, place.installation, opinion, signer=signer, clock=place.clock)
        Draft.objects.filter(project=project, person=by, kind=ADVICE).delete()


def answer(project: Project, reply: Reply, *, by: Person, stepped_up: datetime) -> None:
    """Answer the advice as decider: follow it, or explain.

    Args:
        project: About which project.
        reply: What they answer.
        by: The decider.
        stepped_up: When they showed anew who they are.

    Raises:
        ApprovalError: They may not decide, or do not follow it and do not say why.
    """
    with at_work(project, by=by) as place:
        apart(place, by)
        signer = engine.signer_for(by.name, stepped_up=stepped_up)
        answer_advice(place.folder, place.installation, reply, signer=signer, clock=place.clock)
        Draft.objects.filter(project=project, person=by, kind=ANSWER).delete()


def sign(
    project: Project, seats: Sequence[Seat], *, sha256: str, by: Person, stepped_up: datetime
) -> None:
    """Sign the approval in one or more places, as one person.

    Args:
        project: Which project.
        seats: Which places; an owner of three datasets takes three.
        sha256: Of the bytes that they saw, and for which they showed anew who they are.
        by: Who signs.
        stepped_up: When they showed anew who they are.

    Raises:
        ApprovalError: Other bytes stand there now, somebody else signed in this place, the advice
            has no answer yet, or they may not sign so.
        PolicyRefusedError: The rules do not allow the plan any more.
    """
    with at_work(project, by=by) as place:
        apart(place, by)
        read = read_project(place.folder, clock=place.clock)
        bundle = bundle_for(place.folder, place.installation, read.judgement, clock=place.clock)
        if bundle.sha256 != sha256:
            raise ApprovalError("assessments.changed-meanwhile", project=project.key)
        for seat in seats:
            if bundle.lane == FAST:
                _consent(place, read, seat, by, stepped_up)
            else:
                _sign(place, read, bundle, seat, engine.signer_for(by.name, stepped_up=stepped_up))
        if bundle.lane == FAST and all(
            consent_of(place, read, seat, bundle) for seat in seats_to_take(bundle)
        ):
            seal_fast_lane(place.folder, place.installation, read.judgement, clock=place.clock)


def _sign(place: Workplace, read: ReadProject, bundle: Bundle, seat: Seat, signer: Signer) -> None:
    approval, authorities = place.folder / "approval", current_authorities(place.installation)
    taken = signatures_so_far(approval, bundle, authorities).get(seat)
    if taken is not None:
        raise ApprovalError(
            "assessments.already-signed", role=ROLE_WORDS[seat.role], subject=taken.subject
        )
    if seat.role is SigningRole.DECIDER and standing_advice(approval) is not None:
        verified_advice(approval, bundle, authorities)  # follow it or explain, before deciding
    sign_bundle(
        place.folder, place.installation, read.judgement, seat=seat, signer=signer,
        clock=place.clock,
    )  # fmt: skip


def _consent(
    place: Workplace, read: ReadProject, seat: Seat, by: Person, stepped_up: datetime
) -> None:
    contract = read.contracts[seat.dataset]
    sign_consent(
        place.installation, contract,
        columns=sorted(allowed_columns(read.plan, read.contracts, seat.dataset)),
        until=read.plan.end_date, signer=engine.signer_for(by.name, stepped_up=stepped_up),
        clock=place.clock,
    )  # fmt: skip
