"""Handing projects over: who asks now, and what that means for a plan that was signed.

The plan names who asks, and the engine lets that person sign nothing. A plan that nobody signed
gets a next version with the new name at once. A signed one is not touched: it stays what was
signed, and a record beside it says who goes on with the project. When it is opened anew, its next
version names them. Until then neither of the two may sign: the engine keeps the first from it,
`apart` the second.

Source:
    General Administrative Law Act (Awb) art. 2:4: no decision by who has an interest of their own.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from grondslag.approval.statements import same_person
from grondslag.errors import ApprovalError, SourceError
from grondslag_portal.organisations.models import Person
from grondslag_portal.organisations.terms import hands_over
from grondslag_portal.projects.answering import name_applicant
from grondslag_portal.projects.editing import PLAN
from grondslag_portal.projects.models import Document, HandOver, Phase, Project
from grondslag_portal.projects.services import Workplace, at_work
from grondslag_portal.shared import engine
from grondslag_portal.tasks.services import give_tasks

_SIGNED = Q(path__startswith="approval/signatures/") | Q(
    path__in=("approval/advice.json", "approval/answer.json")
)


@dataclass(frozen=True, slots=True)
class Received:
    """Projects that somebody got from another and still has.

    Args:
        giver: From whom.
        count: How many.
    """

    giver: Person
    count: int


def open_projects(person: Person) -> list[Project]:
    """What somebody began or got, and that goes on: after the look back nothing is left to do."""
    return list(
        Project.objects.filter(applicant=person).exclude(phase=Phase.REVIEWED).order_by("title")
    )


def received_by(person: Person) -> list[Received]:
    """From whom somebody got projects that they still have, and that can go back to who gave them.

    The newest record of each project counts.
    """
    counted = (
        _still_with(person).values("giver").annotate(count=Count("project")).order_by("giver__name")
    )
    givers = Person.objects.in_bulk([row["giver"] for row in counted])
    return [
        Received(givers[row["giver"]], row["count"])
        for row in counted
        if givers[row["giver"]].is_active
    ]


def give_back(person: Person, giver: Person) -> int:
    """Give to somebody who is back what they handed over to this person.

    Returns:
        How many projects that are.

    Raises:
        ApprovalError: They left, or signed one of them.
        SourceError: Somebody is busy in one of them.
    """
    if not giver.is_active:
        raise ApprovalError("organisations.left")
    projects = [row.project for row in _still_with(person).filter(giver=giver)]
    with transaction.atomic():
        _give(projects, giver, by=person)
    return len(projects)


def apart(place: Workplace, person: Person) -> None:
    """Refuse a signature of who goes on with the project: the plan may still name who began it.

    Raises:
        ApprovalError: They do.
    """
    if same_person(person.name, place.project.applicant.name):
        raise ApprovalError("approval.applicant-signs", subject=person.name)


def _still_with(person: Person) -> QuerySet[HandOver]:
    """The newest record of each project that somebody got, has, and never gave away before."""
    of_it = HandOver.objects.filter(project=OuterRef("project"))
    newer, own = of_it.filter(pk__gt=OuterRef("pk")), of_it.filter(giver=person)
    found = HandOver.objects.filter(
        ~Exists(newer), ~Exists(own), receiver=person, project__applicant=person
    )
    return found.exclude(project__phase=Phase.REVIEWED)


def _hand_over(giver: Person, receiver: Person, by: Person) -> None:
    """Give every project that goes on; `terms.hand_over` calls this."""
    if by == receiver:
        raise ApprovalError("projects.hand-over-to-yourself")
    _give(open_projects(giver), receiver, by=by)


def _give(projects: Sequence[Project], receiver: Person, *, by: Person) -> None:
    signed = [project for project in projects if _has_signed(receiver, project)]
    if signed:
        raise ApprovalError("projects.receiver-signed", name=receiver.name, count=len(signed))
    for project in projects:
        _give_one(project, receiver, by=by)


def _give_one(project: Project, receiver: Person, *, by: Person) -> None:
    """Put one project in somebody's name; a plan that nobody signed names them at once."""
    if project.phase != Phase.DRAFT:
        locked = Project.objects.select_for_update().get(pk=project.pk)
        if locked.phase == Phase.DRAFT:  # it was opened anew this very moment
            raise SourceError("projects.busy")
        _record(locked, receiver, by=by)
        locked.save(update_fields=["applicant", "changed"])
        give_tasks(locked.key, receiver.pk)
        return
    with at_work(project, by=by) as place:
        _record(place.project, receiver, by=by)
        if place.project.phase == Phase.DRAFT:
            name_applicant(place, by=by)


def _record(project: Project, receiver: Person, *, by: Person) -> None:
    plan = Document.objects.get(project=project, path=PLAN, current=True)
    HandOver.objects.create(
        project=project, giver=project.applicant, receiver=receiver, by=by.name,
        plan_sha256=plan.sha256,
    )  # fmt: skip
    engine.installation().record(
        by.name, "project.handed-over", project.key,
        giver=project.applicant.name, receiver=receiver.name, plan_sha256=plan.sha256,
    )  # fmt: skip
    project.applicant = receiver


def _has_signed(person: Person, project: Project) -> bool:
    """Whether they signed, advised or answered for this project: who asks does none of it."""
    signed = Document.objects.filter(_SIGNED, project=project, current=True)
    return any(
        same_person(person.name, str(json.loads(bytes(content))["subject"]))
        for content in signed.values_list("content", flat=True)
    )


hands_over("projects", lambda person: len(open_projects(person)), _hand_over)
