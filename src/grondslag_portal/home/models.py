"""What somebody wants to hear from the portal, and the secret address of their calendar."""

from django.conf import settings
from django.db import models


class Reminding(models.Model):
    """How the portal reminds somebody.

    Args:
        mail: Whether they want a daily summary by mail.
        language: In which language they want mail and calendar: the one they chose on a page.
        mailed: The day of the newest summary: none is sent twice.
        calendar_sha256: Over the secret in the address of their calendar; empty when they have
            none. The secret itself is shown once and not kept.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminding"
    )
    mail = models.BooleanField(default=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="nl")
    mailed = models.DateField(null=True, blank=True)
    calendar_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
