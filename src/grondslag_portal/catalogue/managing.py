"""Who manages what, and where somebody is missing."""

from dataclasses import dataclass

from django.db.models import Count, Q

from grondslag_portal.organisations.models import Department, RoleGrant
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role


@dataclass(frozen=True, slots=True)
class Managed:
    """A department with those who manage its datasets.

    Args:
        department: Which.
        datasets: How many it has.
        owners: Names of its owners.
        stewards: Names of those who look after its datasets.
        deputies: Names of those who take the place of one of these.
        gaps: Codes of sentences about who is missing; empty when nobody is.
    """

    department: Department
    datasets: int
    owners: tuple[str, ...]
    stewards: tuple[str, ...]
    deputies: tuple[str, ...]
    gaps: tuple[str, ...]


def who_manages() -> list[Managed]:
    """Every department with datasets or people who keep them, by name."""
    grants = _grants()
    counted = Department.objects.annotate(kept=Count("datasets", distinct=True))
    wanted = counted.filter(
        Q(kept__gt=0) | Q(pk__in=[grant.department_id for grant in grants])
    ).order_by("name")
    return [_managed(department, department.kept, grants) for department in wanted]


def people_of(department: Department) -> Managed:
    """Who keeps the datasets of one department; how many those are is not counted."""
    return _managed(department, 0, _grants())


def _grants() -> list[RoleGrant]:
    keeps = RoleGrant.in_term(engine.today()).filter(
        role__in=[Role.OWNER.value, Role.STEWARD.value], person__is_active=True
    )
    return list(keeps.select_related("person", "deputy_of").order_by("person__name"))


def _managed(department: Department, datasets: int, grants: list[RoleGrant]) -> Managed:
    here = [grant for grant in grants if grant.department_id in (None, department.pk)]
    owners = _names(here, Role.OWNER)
    stewards = _names(here, Role.STEWARD)
    deputies = [grant for grant in here if grant.deputy_of is not None]
    gaps = []
    if not owners:
        gaps.append("catalogue.gap-owner")
    if not stewards:
        gaps.append("catalogue.gap-steward")
    elif not any(grant.role == Role.STEWARD for grant in deputies):
        gaps.append("catalogue.gap-deputy")
    names = tuple(dict.fromkeys(grant.person.name for grant in deputies))
    return Managed(department, datasets, owners, stewards, names, tuple(gaps))


def _names(grants: list[RoleGrant], role: Role) -> tuple[str, ...]:
    found = (grant for grant in grants if grant.role == role and grant.deputy_of is None)
    return tuple(dict.fromkeys(grant.person.name for grant in found))
