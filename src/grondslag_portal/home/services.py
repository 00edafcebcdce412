"""Writing how somebody is reminded; each change with an audit record in the same transaction."""

import secrets
from datetime import date

from django.db import transaction

from grondslag.canonical import sha256_hex
from grondslag_portal.home.models import Reminding
from grondslag_portal.organisations.models import Person
from grondslag_portal.shared import engine


def choose_mail(person: Person, *, wanted: bool) -> None:
    """Let somebody have the daily summary, or not."""
    with transaction.atomic():
        Reminding.objects.update_or_create(person=person, defaults={"mail": wanted})
        _record(person, "home.mail-chosen", wanted="yes" if wanted else "no")


def choose_language(person: Person, language: str) -> None:
    """Mail and calendar follow the language that somebody chose on a page."""
    with transaction.atomic():
        found, _ = Reminding.objects.select_for_update().get_or_create(person=person)
        if found.language == language:
            return
        found.language = language
        found.save(update_fields=["language"])
        _record(person, "home.language-chosen", language=language)


def make_calendar(person: Person) -> str:
    """A new secret for the calendar of somebody; an older address stops working.

    Returns:
        The secret; it is not kept and cannot be shown again.
    """
    secret = secrets.token_hex(32)
    with transaction.atomic():
        Reminding.objects.update_or_create(
            person=person, defaults={"calendar_sha256": sha256_hex(secret.encode())}
        )
        _record(person, "home.calendar-made")
    return secret


def end_calendar(person: Person) -> None:
    """Let the address of somebody's calendar stop working."""
    with transaction.atomic():
        Reminding.objects.filter(person=person).update(calendar_sha256="")
        _record(person, "home.calendar-ended")


def claim_summary(person: Person, day: date) -> bool:
    """Whether the summary of a day is still to be sent to somebody; then it is ours to send."""
    with transaction.atomic():
        found, _ = Reminding.objects.select_for_update().get_or_create(person=person)
        if not found.mail or found.mailed == day:
            return False
        found.mailed = day
        found.save(update_fields=["mailed"])
    return True


def release_summary(person: Person, day: date) -> None:
    """The summary could not be sent: a next try may send it."""
    Reminding.objects.filter(person=person, mailed=day).update(mailed=None)


def _record(person: Person, action: str, **details: str) -> None:
    engine.installation().record(person.name, action, person.name, **details)
