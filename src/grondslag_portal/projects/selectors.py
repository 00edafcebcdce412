"""Reading projects through one person's eyes: what they may not see does not exist for them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from grondslag.plan import Plan
from grondslag_portal.organisations.models import Person
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.projects.editing import PLAN, plan_of
from grondslag_portal.projects.models import Document, Phase, Project, ProjectDataset
from grondslag_portal.shared.access import Role, Standing

_DATASET = frozenset({Role.OWNER, Role.STEWARD})
"""Roles that somebody has towards the projects that ask for data of their department."""

_NO_REASON = frozenset({Role.ADVISER, Role.COUNCIL, Role.ADMINISTRATOR, Role.DATA_OFFICE})
"""Roles that give no reason to see a restricted project."""


def visible_projects(person: Person) -> QuerySet[Project]:
    """The projects that exist for somebody: all that are not restricted, and those they serve.

    Says the same of every project as `roles_towards`.
    """
    seen = Q(restricted=False) | Q(applicant=person)
    if person.as_program:
        seen |= Q(program=person.as_program, applicant=person.human)
    for grant in person.grants_today():
        role = Role(grant.role)
        if role in _NO_REASON:
            continue
        if grant.department is None:
            return Project.objects.all()
        if role in _DATASET:
            asking = ProjectDataset.objects.filter(department=grant.department.name)
            seen |= Q(pk__in=asking.values("project"))
        else:
            seen |= Q(department=grant.department)
    return Project.objects.filter(seen)


def roles_towards(person: Person, project: Project) -> frozenset[Role]:
    """The roles somebody has towards a project; empty when it does not exist for them."""
    found: set[Role] = set()
    departments = {row.department for row in project.datasets.all()}
    for grant in person.grants_today():
        role, department = Role(grant.role), grant.department
        if role in _DATASET:
            if department is None or department.name in departments:
                found.add(role)
        elif department is None or department == project.department:
            found.add(role)
    began = not person.as_program or project.program == person.as_program
    if began and project.applicant_id == person.human.pk:
        found.add(Role.APPLICANT)
    if project.restricted and not found - _NO_REASON:
        return frozenset()
    return frozenset(found | {Role.EVERYBODY})


def project_standing(request: HttpRequest, *, key: str, **_address: Any) -> Standing:
    """How the visitor stands to the project of an address.

    Raises:
        Http404: There is none, or not for this visitor.
    """
    person = person_of(request)
    project = (
        Project.objects.select_related("applicant", "department")
        .prefetch_related("datasets")
        .filter(key=key)
        .first()
    )
    if project is None:
        raise Http404
    return Standing(project, roles_towards(person, project), Phase(project.phase))


def document_of(project: Project, path: str) -> Document | None:
    """The current version of a document; None when there is none."""
    return Document.objects.filter(project=project, path=path, current=True).first()


def documents_of(project: Project) -> QuerySet[Document]:
    """The current version of each document, by path."""
    return Document.objects.filter(project=project, current=True).order_by("path")


def current_documents(projects: Iterable[Project], path: str) -> dict[int, bytes]:
    """The current version of one document of several projects, by the number of the project."""
    found = Document.objects.filter(project__in=list(projects), path=path, current=True)
    return {pk: bytes(content) for pk, content in found.values_list("project_id", "content")}


def plan_in(project: Project) -> Plan:
    """The project's plan."""
    return plan_of(bytes(Document.objects.get(project=project, path=PLAN, current=True).content))
