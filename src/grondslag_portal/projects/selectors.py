"""Reading projects through one person's eyes: what they may not see does not exist for them."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from grondslag.plan import Plan
from grondslag_portal.organisations.models import Person
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.projects.editing import PLAN, plan_of
from grondslag_portal.projects.models import Document, Phase, Project
from grondslag_portal.shared.access import Role, Standing

_SEES_ALL = frozenset({Role.DATA_PROTECTION_OFFICER})
_EVERYWHERE = frozenset({Role.PRIVACY_OFFICER, Role.SECURITY_OFFICER, Role.DECIDER, Role.RELEASER})
_DATASET = frozenset({Role.OWNER, Role.STEWARD})


def visible_projects(person: Person) -> QuerySet[Project]:
    """The projects that exist for somebody: all that are not restricted, and their own."""
    grants = person.grants_today()
    roles = {Role(grant.role) for grant in grants}
    if roles & _SEES_ALL:
        return Project.objects.all()
    own = Q(restricted=False) | Q(applicant=person)
    for grant in grants:
        role = Role(grant.role)
        if role in _EVERYWHERE:
            own |= Q() if grant.department is None else Q(department=grant.department)
            if grant.department is None:
                return Project.objects.all()
        if role is Role.ANALYST and grant.department is not None:
            own |= Q(department=grant.department)
        if role in _DATASET and grant.department is not None:
            own |= Q(datasets__department=grant.department.name)
    return Project.objects.filter(own).distinct()


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
    if project.applicant_id == person.pk:
        found.add(Role.APPLICANT)
    relevant = found - {Role.ADVISER, Role.COUNCIL, Role.ADMINISTRATOR, Role.DATA_OFFICE}
    if project.restricted and not relevant:
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


def plan_in(project: Project) -> Plan:
    """The project's plan."""
    return plan_of(bytes(Document.objects.get(project=project, path=PLAN, current=True).content))
