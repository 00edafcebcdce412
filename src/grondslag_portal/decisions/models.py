"""A decision while it is being written; once signed it is the engine's own record."""

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """What is going to be signed, as far as it was written.

    Args:
        answers: The answers of the form, by field.
        version: Rises with each change, so that a second writer notices.
    """

    project = models.OneToOneField(
        "projects.Project", on_delete=models.CASCADE, related_name="decision_draft"
    )
    answers = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)
