"""Writing people and their roles; each change with an audit record in the same transaction.

Showing anew who somebody is, before they sign, stands in `step_up`; read its docstring.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from grondslag.approval.statements import same_person
from grondslag.errors import ApprovalError
from grondslag_portal.organisations.claims import Known
from grondslag_portal.organisations.models import Department, Person, RoleGrant
from grondslag_portal.organisations.step_up import is_stepped_up, step_up_for
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role

__all__ = [
    "Gift",
    "add_emergency_account",
    "end_role",
    "give_role",
    "is_stepped_up",
    "note_emergency",
    "person_known",
    "step_up_for",
]
DIRECTORY = "aanmelddienst"
"""The actor of what the sign-in service of the municipality decides."""
OF_A_DEPARTMENT = frozenset({Role.OWNER, Role.STEWARD, Role.ANALYST})


def person_known(known: Known) -> Person:
    """The person the municipality told about, with the roles it gives them today.

    Raises:
        ApprovalError: They left.
    """
    with transaction.atomic():
        found = Person.objects.select_for_update().filter(subject=known.subject).first()
        if found is None:
            found = Person.objects.create_user(known.subject, _free(known.name), email=known.email)
            _record(DIRECTORY, "organisations.person-added", found.name)
        if not found.is_active or found.is_local:
            raise ApprovalError("organisations.left")
        if found.email != known.email:
            found.email = known.email
            found.save(update_fields=["email"])
        _follow(found, known.roles)
    return found


def add_emergency_account(subject: str, name: str, *, password: str, by: str) -> Person:
    """A local account, for one person, for when the municipality's own service is away.

    Raises:
        ApprovalError: The name is in use, by an account or by somebody.
    """
    with transaction.atomic():
        if ":" in subject or Person.objects.filter(subject=subject).exists():
            raise ApprovalError("organisations.account-taken", name=subject)
        if _free(name) != name:
            raise ApprovalError("organisations.name-taken", name=name)
        person = Person.objects.create_user(subject, name, is_local=True, password=password)
        _record(by, "organisations.emergency-account", name)
    return person


def note_emergency(person: Person) -> None:
    """The emergency door was used: the security officer can see it in the audit chain."""
    _record(person.name, "organisations.emergency-used", person.name)


@dataclass(frozen=True, slots=True)
class Gift:
    """A role to give.

    Args:
        person: To whom.
        role: Which.
        department: For which department; None for all.
        start: First day; None for today.
        end: Last day; None for no end.
        deputy_of: Whose place they take, when that person is away.
    """

    person: Person
    role: Role
    department: Department | None = None
    start: date | None = None
    end: date | None = None
    deputy_of: Person | None = None


def give_role(gift: Gift, *, by: str) -> RoleGrant:
    """Give somebody a role for a term; the same role again gets the new term.

    Args:
        gift: Which role, to whom.
        by: Name of who gives it.

    Raises:
        ApprovalError: They give it to themselves, or are their own deputy; or the person left.
    """
    if same_person(by, gift.person.name):
        raise ApprovalError("organisations.not-yourself")
    if gift.deputy_of == gift.person:
        raise ApprovalError("organisations.own-deputy")
    if not gift.person.is_active:
        raise ApprovalError("organisations.left")
    first = gift.start or engine.today()
    with transaction.atomic():
        grant, _ = RoleGrant.objects.update_or_create(
            person=gift.person, role=gift.role.value, department=gift.department,
            deputy_of=gift.deputy_of,
            defaults={"start": first, "end": gift.end, "from_directory": by == DIRECTORY},
        )  # fmt: skip
        _record(
            by, "organisations.role-given", gift.person.name, role=gift.role.value,
            department=gift.department.name if gift.department else "*", start=first.isoformat(),
            end=gift.end.isoformat() if gift.end else "",
            deputy_of=gift.deputy_of.name if gift.deputy_of else "",
        )  # fmt: skip
    return grant


def end_role(grant: RoleGrant, *, by: str) -> None:
    """End a role: from now on they no longer have it.

    Raises:
        ApprovalError: The sign-in service gives it, so it ends there.
    """
    if grant.from_directory and by != DIRECTORY:
        raise ApprovalError("organisations.from-directory")
    with transaction.atomic():
        _record(
            by, "organisations.role-ended", grant.person.name, role=grant.role,
            department=grant.department.name if grant.department else "*",
        )  # fmt: skip
        yesterday = engine.today() - timedelta(days=1)
        if grant.start > yesterday:
            grant.delete()
        else:
            grant.end = yesterday
            grant.save(update_fields=["end"])


def _follow(person: Person, roles: frozenset[Role]) -> None:
    """Make the roles from the directory those that it names today.

    A role of a department is for the department of the person; who has none yet does not get it.
    """
    today = engine.today()
    wanted = {
        (role.value, person.department if role in OF_A_DEPARTMENT else None)
        for role in roles
        if role not in OF_A_DEPARTMENT or person.department is not None
    }
    given = RoleGrant.in_term(today).filter(person=person, deputy_of=None)
    for grant in given.filter(from_directory=True).select_related("department", "person"):
        if (grant.role, grant.department) not in wanted:
            end_role(grant, by=DIRECTORY)
    have = {(grant.role, grant.department) for grant in given.select_related("department")}
    for role, department in sorted(wanted - have, key=str):
        give_role(Gift(person, Role(role), department), by=DIRECTORY)


def _free(name: str) -> str:
    """A name that nobody has yet: who may sign is named by it, so two people never share one."""
    taken = list(Person.objects.values_list("name", flat=True))
    candidate, number = name, 1
    while any(same_person(candidate, other) for other in taken):
        number += 1
        candidate = f"{name} ({number})"
    return candidate


def _record(actor: str, action: str, about: str, **details: str | int) -> None:
    said = {name: value for name, value in details.items() if value != ""}
    engine.installation().record(actor, action, about, **said)
