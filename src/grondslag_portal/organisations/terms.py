"""Being away, handing over, and leaving."""

from collections.abc import Callable
from datetime import date, timedelta

from django.db import transaction

from grondslag.errors import ApprovalError, InputError
from grondslag_portal.organisations.models import (
    Absence,
    Person,
    RoleGrant,
)
from grondslag_portal.organisations.services import Gift, end_role, give_role
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role

Counts = Callable[[Person], int]
Gives = Callable[[Person, Person, Person], None]
_OF_OTHERS: dict[str, tuple[Counts, Gives]] = {}


def hands_over(name: str, counts: Counts, gives: Gives) -> None:
    """Let another app hand over what somebody has there, in the same transaction.

    Args:
        name: Of what it is, once.
        counts: How many of it somebody still has.
        gives: Gives all of it from the first to the second, with an audit record in the name of
            the third.
    """
    _OF_OTHERS[name] = (counts, gives)


def note_absence(person: Person, start: date, end: date, *, by: str) -> Absence:
    """Somebody is away for a term: their deputies act.

    Raises:
        InputError: The term ends before it begins.
    """
    if end < start:
        raise InputError("organisations.term-turned")
    with transaction.atomic():
        found = Absence.objects.create(person=person, start=start, end=end)
        _record(by, "organisations.away", person, start=start.isoformat(), end=end.isoformat())
    return found


def end_absence(absence: Absence, *, by: str) -> None:
    """Somebody is back, or was never away."""
    with transaction.atomic():
        _record(by, "organisations.back", absence.person, start=absence.start.isoformat())
        absence.delete()


def has_open(person: Person) -> bool:
    """Whether somebody has a role, or began something, that another must take over."""
    roles = RoleGrant.in_term(engine.today()).filter(person=person)
    return roles.exists() or any(counts(person) for counts, _ in _OF_OTHERS.values())


def hand_over(giver: Person, receiver: Person, *, by: Person, roles: bool = True) -> None:
    """Give all of somebody's roles, and what they began, to another at once.

    What waits for a role follows the role. A role out of the directory ends there, and the receiver
    has it here. Signatures stay of who gave them.

    Args:
        giver: Who leaves, or is away.
        receiver: Who goes on with it.
        by: Who does it.
        roles: Whether the roles go too; who is away for a while has deputies for those.

    Raises:
        ApprovalError: To themselves; to who left; the receiver gives themself a role; or they
            signed what they would now ask for.
    """
    if giver == receiver:
        raise ApprovalError("organisations.own-deputy")
    if not receiver.is_active:
        raise ApprovalError("organisations.left")
    with transaction.atomic():
        if roles:
            _give_roles(giver, receiver, by=by.name)
        for _, gives in _OF_OTHERS.values():
            gives(giver, receiver, by)
        _record(by.name, "organisations.handed-over", giver, to=receiver.name)


def _give_roles(giver: Person, receiver: Person, *, by: str) -> None:
    grants = RoleGrant.in_term(engine.today()).filter(person=giver)
    for grant in grants.select_related("department", "person", "deputy_of"):
        if grant.deputy_of != receiver:
            gift = Gift(receiver, Role(grant.role), grant.department, end=grant.end,
                        deputy_of=grant.deputy_of)  # fmt: skip
            give_role(gift, by=by)
        if not grant.from_directory:
            end_role(grant, by=by)


def close_account(person: Person, *, by: str) -> None:
    """Somebody left: they can no longer sign in; what they did stays in their name.

    Raises:
        ApprovalError: They still have something to hand over.
    """
    with transaction.atomic():
        from_directory = RoleGrant.in_term(engine.today()).filter(
            person=person, from_directory=True
        )
        from_directory.update(end=engine.today() - timedelta(days=1))
        if has_open(person):
            raise ApprovalError("organisations.hand-over-first", name=person.name)
        person.is_active = False
        person.set_unusable_password()
        person.time_secret = ""
        person.save()
        _record(by, "organisations.account-closed", person)


def _record(actor: str, action: str, about: Person, **details: str) -> None:
    engine.installation().record(actor, action, about.name, **details)
