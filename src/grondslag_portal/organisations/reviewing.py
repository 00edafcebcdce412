"""The yearly look at all rights: every account, what it may do, and whether it still should.

Whoever looks says of each right *keep* or *end*; it ends in the same transaction. Nobody judges
their own rights: those wait for another who may look. A right that the sign-in service gives is
ended there; here stands that it should.

Source:
    BIO2 5.18.02: rights are reviewed every year; 5.18.01: special rights as well.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db import transaction
from django.urls import reverse

from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.errors import ApprovalError, InputError
from grondslag_portal.organisations.models import Department, Person, RightsReview, RoleGrant
from grondslag_portal.organisations.services import end_role
from grondslag_portal.organisations.terms import close_account
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role, Standing, may
from grondslag_portal.shared.words import words
from grondslag_portal.tasks.selectors import Waiting

YEAR = timedelta(days=365)
AHEAD = timedelta(days=31)
"""How long before the day the task appears."""


class Answer(StrEnum):
    """What somebody says of a right."""

    KEEP = "keep"
    END = "end"


@dataclass(frozen=True, slots=True)
class Right:
    """Something an account may do: act in a role, or, without any role, sign in and read.

    Args:
        person: Whose account.
        grant: The role; None for an account without one.
    """

    person: Person
    grant: RoleGrant | None

    @property
    def key(self) -> str:
        """What it is called in a form."""
        return f"role-{self.grant.pk}" if self.grant else f"account-{self.person.pk}"

    @property
    def role(self) -> Role | None:
        """Which role; None for an account without one."""
        return Role(self.grant.role) if self.grant else None

    @property
    def seen(self) -> list[str]:
        """What of it is shown, for the hash."""
        grant = self.grant
        if grant is None:
            return [self.key, self.person.name]
        deputy_of = grant.deputy_of.name if grant.deputy_of else ""
        return [self.key, self.person.name, grant.role, grant.start.isoformat(), str(grant.end),
                deputy_of]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Looked:
    """How the look at the rights of a department stands.

    Args:
        department: Which; None for the whole municipality.
        day: When somebody last looked; None for never.
        by: Who did.
        due: By when somebody must look; None when there is nothing to look at.
    """

    department: Department | None
    day: date | None
    by: str
    due: date | None

    @property
    def is_due(self) -> bool:
        """Whether that day has come."""
        return self.due is not None and self.due <= engine.today()


def rights_of(department: Department | None) -> list[Right]:
    """Every right for a department, by person; those for the whole municipality for None.

    An account without any role stands with the department of its person.
    """
    return _rights().get(department.pk if department else None, [])


def mark_of(rights: Iterable[Right]) -> str:
    """The hash of the rights that somebody saw."""
    return sha256_hex(canonical_bytes([right.seen for right in rights]))


def reviews(person: Person | None = None) -> list[Looked]:
    """How the look stands for each department; the whole municipality last.

    Args:
        person: Whose work it is: their own rights wait for another. None counts all rights.
    """
    rights = _rights()
    done: dict[int | None, list[RightsReview]] = {}
    for review in RightsReview.objects.select_related("by").order_by("day", "pk"):
        done.setdefault(review.department_id, []).append(review)
    begun = min(
        (right.grant.start for found in rights.values() for right in found if right.grant),
        default=engine.today(),
    )
    found = []
    for department in (*Department.objects.all(), None):
        at = department.pk if department else None
        looked = done.get(at, [])
        days = [
            _looked_at(right, looked, begun) + YEAR
            for right in rights.get(at, [])
            if right.person != person
        ]
        newest = looked[-1] if looked else None
        found.append(
            Looked(
                department,
                newest.day if newest else None,
                newest.by.name if newest else "",
                min(days, default=None),
            )
        )
    return found


def review_task(person: Person) -> Waiting | None:
    """The yearly look as something that waits for somebody; None when it does not, or not yet."""
    if not may("organisations.see-rights", Standing(None, person.roles_today())):
        return None
    today = engine.today()
    days = [one.due for one in reviews(person) if one.due and one.due - AHEAD <= today]
    if not days:
        return None
    return Waiting(
        title=words("organisations.todo-review"),
        url=reverse("organisations:reviews"),
        project="",
        project_title=words("organisations.todo-review-of", count=len(days)),
        step="rights",
        role=Role.SECURITY_OFFICER.value,
        dataset="",
        since=None,
        due=min(days),
        is_late=min(days) < today,
    )


def review_rights(
    department: Department | None, sha256: str, answers: Mapping[str, Answer], *, by: Person
) -> list[Right]:
    """Keep what somebody said of every right of a department, and end what should end.

    Args:
        department: Which; None for the whole municipality.
        sha256: Over the rights that they saw.
        answers: By the key of a right; of every right but their own.
        by: Who looked.

    Returns:
        The rights that should end and that the sign-in service gives: they end there.

    Raises:
        ApprovalError: The rights changed since they were shown; or an account that should end
            still has something to hand over.
        InputError: A right has no answer.
    """
    with transaction.atomic():
        rights = rights_of(department)
        if mark_of(rights) != sha256:
            raise ApprovalError("organisations.rights-changed")
        judged = [right for right in rights if right.person != by]
        if any(right.key not in answers for right in judged):
            raise InputError("organisations.review-unanswered")
        ending = [right for right in judged if answers[right.key] is Answer.END]
        outcome = [
            {"name": right.person.name, "role": right.role.value if right.role else "",
             "answer": answers[right.key].value}
            for right in judged
        ]  # fmt: skip
        RightsReview.objects.create(
            department=department, day=engine.today(), by=by, sha256=sha256, outcome=outcome
        )
        engine.installation().record(
            by.name, "organisations.rights-seen", department.name if department else "*",
            sha256=sha256, outcome_sha256=sha256_hex(canonical_bytes(outcome)),
            kept=len(judged) - len(ending), ended=len(ending),
        )  # fmt: skip
        return _end(ending, by=by.name)


def _end(rights: Sequence[Right], *, by: str) -> list[Right]:
    elsewhere = []
    for right in rights:
        if right.grant is None:
            close_account(right.person, by=by)
        elif right.grant.from_directory:
            elsewhere.append(right)
        else:
            end_role(right.grant, by=by)
    return elsewhere


def _rights() -> dict[int | None, list[Right]]:
    """Every right of every active account, by the number of its department."""
    found: dict[int | None, list[Right]] = {}
    grants = RoleGrant.in_term(engine.today()).filter(person__is_active=True)
    having = set()
    for grant in grants.select_related("person", "department", "deputy_of"):
        having.add(grant.person_id)
        found.setdefault(grant.department_id, []).append(Right(grant.person, grant))
    for person in Person.objects.filter(is_active=True).exclude(pk__in=having):
        found.setdefault(person.department_id, []).append(Right(person, None))
    for rights in found.values():
        rights.sort(key=lambda right: (right.person.name, right.person.pk, right.seen))
    return found


def _looked_at(right: Right, reviews_of_it: Sequence[RightsReview], begun: date) -> date:
    """When another last looked at a right; its first day, when nobody did."""
    days = [review.day for review in reviews_of_it if review.by_id != right.person.pk]
    return max(days, default=right.grant.start if right.grant else begun)
