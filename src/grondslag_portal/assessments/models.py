"""What somebody is writing and did not sign yet."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """An advice, or an answer to one, that is kept until it is signed; only its writer sees it.

    Args:
        kind: ``advice`` or ``answer``.
        typed: Per field what was typed.
    """

    project = models.ForeignKey("projects.Project", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10)
    typed = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["project", "person", "kind"], name="one_draft_per_writer"
            )
        ]
