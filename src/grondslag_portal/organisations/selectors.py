"""Reading who people are, and which roles have nobody."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from grondslag_portal.organisations.models import GIVEN, Department, Person, RoleGrant
from grondslag_portal.shared.access import Role
from grondslag_portal.shared.engine import today


def person_of(request: HttpRequest) -> Person:
    """The person who signed in.

    Raises:
        PermissionDenied: Nobody did.
    """
    person = request.user
    if not isinstance(person, Person):
        raise PermissionDenied("nobody")
    return person


def program(
    name: str, *, department: Department, roles: frozenset[Role], answers: Person
) -> Person:
    """A program, as the selectors and services of the apps know whoever acts.

    It is nobody: not kept, with a number that no person has; it cannot sign in, and it stands in no
    list of people. What it begins is of the person who answers for it, with its own name beside it.

    Args:
        name: As audit records name it.
        department: For which it acts.
        roles: Its roles for that department.
        answers: Who answers for it.
    """
    found = Person(pk=0, subject="", name=name, department=department, is_active=False)
    found.answering = answers
    day = today()
    grants = [
        RoleGrant(person=found, role=role.value, department=department, start=day)
        for role in sorted(roles)
    ]
    return found.with_grants(grants)


def roles_without_person() -> list[Role]:
    """The roles that nobody has today: what waits for them waits for nobody."""
    held = RoleGrant.in_force(today()).filter(person__is_active=True).values_list("role", flat=True)
    return [role for role in GIVEN if role.value not in set(held)]
