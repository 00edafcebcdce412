"""``python -m grondslag_portal mail_summaries``: the daily summary of everybody, at once."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from grondslag_portal.home.mailing import mail_summaries
from grondslag_portal.shared.words import words


class Command(BaseCommand):
    """Sends each summary at most once a day; the worker does the same by itself."""

    help = "Mail everybody for whom something waits."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Send them, and say how many.

        Raises:
            CommandError: There is no server for mail, or it took not all of them.
        """
        if not settings.EMAIL_HOST:
            raise CommandError(words("home.mail-no-server"))
        result = mail_summaries()
        self.stdout.write(words("home.mail-sent", count=result.sent))
        if result.failed:
            raise CommandError(words("home.mail-failed", count=result.failed))
