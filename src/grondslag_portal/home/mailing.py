"""The daily summary by mail: how much waits, and where to read it. No personal data, no titles.

Mail goes unencrypted through servers of others, so it says nothing about a project.
"""

import logging
import smtplib
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import translation

from grondslag_portal.home.selectors import all_tasks, reminding_of
from grondslag_portal.home.services import claim_summary, release_summary
from grondslag_portal.organisations.models import Person
from grondslag_portal.shared import engine
from grondslag_portal.shared.words import words
from grondslag_portal.tasks.chores import daily

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a round of summaries.

    Args:
        sent: How many went out.
        failed: How many could not; a next round tries again.
    """

    sent: int
    failed: int


@daily("home.mail-summaries")
def mail_daily() -> None:
    """Once a day by the worker; nothing without a server for mail."""
    if settings.EMAIL_HOST:
        mail_summaries()


def mail_summaries() -> Sent:
    """Mail everybody for whom something waits, who wants it and did not have it today."""
    day = engine.today()
    sent = failed = 0
    for person in Person.objects.filter(is_active=True).exclude(email="").order_by("pk"):
        with translation.override(reminding_of(person).language):
            message = summary_for(person)
        if message is None or not claim_summary(person, day):
            continue
        try:
            message.connection = get_connection()
            message.send()
        except (OSError, smtplib.SMTPException) as error:
            release_summary(person, day)
            _log.warning("summary by mail: %s", type(error).__name__)
            failed += 1
        else:
            sent += 1
    return Sent(sent, failed)


def summary_for(person: Person) -> EmailMessage | None:
    """The summary for somebody; None when nothing waits."""
    tasks = all_tasks(person)
    if not tasks:
        return None
    late = sum(task.is_late for task in tasks)
    lines = [
        words("home.mail-waiting", count=len(tasks)),
        *([words("home.mail-late", count=late)] if late else []),
        "",
        words("home.mail-read"),
        f"{settings.PORTAL_ADDRESS}{reverse('home:my-work')}",
        "",
        words("home.mail-stop"),
        f"{settings.PORTAL_ADDRESS}{reverse('home:reminders')}",
    ]
    return EmailMessage(
        subject=words("home.mail-subject", count=len(tasks)),
        body="\n".join(lines),
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},  # RFC 3834: no out-of-office replies
    )
