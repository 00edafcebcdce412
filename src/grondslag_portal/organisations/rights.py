"""Which roles have nobody, per department."""

from collections.abc import Iterable
from dataclasses import dataclass

from grondslag_portal.organisations.models import Department, RoleGrant
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role

OF_EACH_DEPARTMENT = (Role.OWNER, Role.STEWARD)
OF_THE_WHOLE = (
    Role.PRIVACY_OFFICER, Role.DATA_PROTECTION_OFFICER, Role.SECURITY_OFFICER, Role.DECIDER,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Gap:
    """A role that somebody should have and nobody has.

    Args:
        role: Which.
        department: Of which department; None for the municipality.
        is_deputy: Whether it is the deputy who is missing.
    """

    role: Role
    department: Department | None
    is_deputy: bool


def gaps() -> list[Gap]:
    """The roles without a person: of each department, then of the municipality."""
    grants = list(RoleGrant.in_term(engine.today()).filter(person__is_active=True).order_by("pk"))
    found = []
    for department in Department.objects.filter(partner=False):
        own = [grant for grant in grants if grant.department_id in (None, department.pk)]
        found += _missing(OF_EACH_DEPARTMENT, department, own)
    whole = [grant for grant in grants if grant.department_id is None]
    return found + _missing(OF_THE_WHOLE, None, whole)


def _missing(
    roles: Iterable[Role], department: Department | None, grants: list[RoleGrant]
) -> list[Gap]:
    found = []
    for role in roles:
        mine = [grant for grant in grants if grant.role == role]
        if not any(grant.deputy_of_id is None for grant in mine):
            found.append(Gap(role, department, is_deputy=False))
        elif not any(grant.deputy_of_id is not None for grant in mine):
            found.append(Gap(role, department, is_deputy=True))
    return found
