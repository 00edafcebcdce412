"""Programs that use the API, and their tokens."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Client(models.Model):
    """A program that acts for a department.

    Args:
        key: By which the audit chain names it.
        answers: The person who answers for it; when they leave, its tokens open nothing.
        roles: In which roles it acts, for its department.
    """

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    department = models.ForeignKey(
        "organisations.Department", on_delete=models.PROTECT, related_name="clients"
    )
    answers = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="clients"
    )
    roles = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar[list[str]] = ["key"]

    def __str__(self) -> str:
        return self.name


class Token(models.Model):
    """A token of a client. The token itself is shown once and kept nowhere.

    Args:
        sha256: Of the token; it has 256 bits of chance, so nobody finds it by trying.
        scopes: What it is for.
        until: Last day it opens anything.
        revoked: From which day it opens nothing; None while it does.
        by: Who gave it.
    """

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="tokens")
    sha256 = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    start = models.DateField()
    until = models.DateField()
    revoked = models.DateField(null=True, blank=True)
    by = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar[list[str]] = ["-start", "-pk"]
