"""Which roles have nobody, per department, and whose rights must be looked at this year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from grondslag_portal.organisations.models import Department, RightsReview, RoleGrant
from grondslag_portal.organisations.terms import YEAR
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


@dataclass(frozen=True, slots=True)
class Looked:
    """When the rights of a department were last looked at.

    Args:
        department: Which; None for the whole municipality.
        day: The day; None for never.
        by: Who did.
        is_due: Whether a year has passed.
    """

    department: Department | None
    day: date | None
    by: str
    is_due: bool


def gaps() -> list[Gap]:
    """The roles without a person: of each department, then of the municipality."""
    grants = list(RoleGrant.in_term(engine.today()).filter(person__is_active=True).order_by("pk"))
    found = []
    for department in Department.objects.filter(partner=False):
        own = [grant for grant in grants if grant.department_id in (None, department.pk)]
        found += _missing(OF_EACH_DEPARTMENT, department, own)
    whole = [grant for grant in grants if grant.department_id is None]
    return found + _missing(OF_THE_WHOLE, None, whole)


def reviews() -> list[Looked]:
    """When the rights of each department were last looked at; the whole municipality last."""
    newest: dict[int | None, RightsReview] = {}
    for review in RightsReview.objects.select_related("by").order_by("day", "pk"):
        newest[review.department_id] = review
    departments = [*Department.objects.all(), None]
    return [_looked(one, newest.get(one.pk if one else None)) for one in departments]


def _looked(department: Department | None, review: RightsReview | None) -> Looked:
    if review is None:
        return Looked(department, None, "", is_due=True)
    is_due = engine.today() - review.day >= YEAR
    return Looked(department, review.day, review.by.name, is_due=is_due)


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
