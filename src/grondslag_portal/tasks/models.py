"""What waits for whom, and the runs of long work with their leases."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Task(models.Model):
    """Something that waits for somebody in a role: an index of the states of projects.

    Args:
        project: Key of the project.
        department: For which department somebody must have the role; the owner's, for a dataset.
        applicant: Who began the project; the only one it waits for when the role is that.
        dataset: Of which dataset, for an owner.
        since: Since when it waits.
        due: When it should be done.
    """

    project = models.SlugField(max_length=63, db_index=True)
    project_title = models.CharField(max_length=200)
    step = models.CharField(max_length=20)
    role = models.CharField(max_length=40, db_index=True)
    department = models.CharField(max_length=120, blank=True)
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    dataset = models.CharField(max_length=63, blank=True)
    since = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["project", "step", "role", "dataset"], name="one_task_per_step"
            )
        ]


class RunStatus(models.TextChoices):
    """How a run stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


OPEN = (RunStatus.WAITING, RunStatus.RUNNING)


class Run(models.Model):
    """One piece of long work.

    Args:
        kind: Which work, as `jobs.job` names it.
        about: Key of the project.
        by: Who began it, and in whose name it is done.
        given: What the work must know.
        attempt: How often a worker took it up; a token too: who has an older one, lost it.
        lease_until: Until when the worker need not say that it lives.
        step: The code of the step that is being done.
        step_about: About what.
        done: Steps that were begun.
        total: How many there are; 0 when that is not known beforehand.
        said: Why it failed, in both languages.
        result: What came of it.
    """

    kind = models.CharField(max_length=60)
    about = models.SlugField(max_length=63)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="runs")
    given = models.JSONField(default=dict)
    status = models.CharField(
        max_length=10, choices=RunStatus.choices, default=RunStatus.WAITING, db_index=True
    )
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=60, blank=True)
    step_about = models.CharField(max_length=200, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    said = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    created = models.DateTimeField(auto_now_add=True)
    finished = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created", "-pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind", "about"])]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["kind", "about"],
                condition=models.Q(status__in=["waiting", "running"]),
                name="one_open_run",
            )
        ]


class Chore(models.Model):
    """The last day on which a daily chore was begun."""

    name = models.CharField(max_length=60, primary_key=True)
    day = models.DateField()
