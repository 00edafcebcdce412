"""A project, the versions of its documents, and what can be searched of them.

The documents are the engine's own and are the only truth. Every other column of a project is an
index, made anew from the documents at each change (`services.reindex`).
"""

from typing import ClassVar

from django.conf import settings
from django.db import models

ADDRESSES = frozenset({"beginnen", "inlezen", "overdragen"})
"""Words of our own where the key of a project stands in an address: no project is called so."""


class Phase(models.TextChoices):
    """How far a project is, as an index of the engine's state; rights depend on it."""

    DRAFT = "draft"  # questions, ground, data: may be edited
    SIGNING = "signing"  # whole; somebody has signed or is asked to
    APPROVED = "approved"
    DELIVERED = "delivered"
    ANSWERED = "answered"  # figures were released
    DECIDED = "decided"
    REVIEWED = "reviewed"
    STOPPED = "stopped"  # the four questions ended in a no


class AdviceStand(models.TextChoices):
    """How the advice of the data protection officer stands."""

    NONE = ""
    ASKED = "asked"  # a plan about people is up for signing, without advice
    GIVEN = "given"  # nobody answered it yet, for the plan as it stands
    FOLLOWED = "followed"
    REASONED = "reasoned"  # not followed, with a reason


class Project(models.Model):
    """A project.

    Args:
        key: The plan's id.
        program: The program that began it in the name of its applicant; empty when a person did.
        restricted: Only seen by who has to do with it.
        states: How each step stands: the engine's `project_state`, in the order of the road, with
            its sentences in both languages.
        states_day: The day for which that was worked out.
        decision: What was decided, in one sentence.
        lesson: What others can use, as whoever looked back wrote it.
        advice: How the advice of the data protection officer stands.
        said: Title, question, purpose, decision and lesson, as they are looked through.
    """

    key = models.SlugField(max_length=63, unique=True)
    title = models.CharField(max_length=200)
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="projects"
    )
    department = models.ForeignKey(
        "organisations.Department", on_delete=models.PROTECT, related_name="projects"
    )
    program = models.CharField(max_length=120, blank=True, default="")
    restricted = models.BooleanField(default=False)
    example = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)
    changed = models.DateTimeField(auto_now=True)

    phase = models.CharField(max_length=20, choices=Phase.choices, default=Phase.DRAFT)
    purpose = models.CharField(max_length=100, blank=True, db_index=True)
    question = models.TextField(blank=True)
    body = models.CharField(max_length=40, blank=True)
    personal = models.BooleanField(default=True)
    end_date = models.DateField(null=True, blank=True)
    review_date = models.DateField(null=True, blank=True, db_index=True)
    states = models.JSONField(default=list)
    states_day = models.DateField(null=True, blank=True)
    decision = models.TextField(blank=True, default="")
    lesson = models.TextField(blank=True, default="")
    advice = models.CharField(
        max_length=10, choices=AdviceStand.choices, blank=True, default=AdviceStand.NONE,
        db_index=True,
    )  # fmt: skip
    said = models.TextField(blank=True, default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["-changed"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["phase", "-changed"])]

    def __str__(self) -> str:
        return self.title


class HandOver(models.Model):
    """Somebody went on with the project of another; written once, never changed.

    Args:
        giver: Who asked until then.
        receiver: Who asks from then on.
        by: Name of who handed it over.
        plan_sha256: The plan as it stood, in which the giver may still be named.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="hand_overs")
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    by = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)
    plan_sha256 = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]


class ProjectDataset(models.Model):
    """Which datasets a project asks for, of which department: an index of its plan."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="datasets")
    dataset = models.SlugField(max_length=63, db_index=True)
    department = models.CharField(max_length=120, db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "dataset"], name="one_row_per_dataset")
        ]


class Document(models.Model):
    """One version of one document of a project; never changed, only followed.

    Args:
        path: As in the folder of a project: ``plan.yaml``, ``approval/bundle.json``.
        current: Whether it is the newest, and not taken away.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="documents")
    path = models.CharField(max_length=200)
    version = models.PositiveIntegerField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    by = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)
    current = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["project", "path", "version"], name="one_row_per_version"
            ),
            models.UniqueConstraint(
                fields=["project", "path"],
                condition=models.Q(current=True),
                name="one_current_version",
            ),
        ]


class Draft(models.Model):
    """What somebody typed on a screen and did not send yet; no document, and seen by them alone.

    Args:
        screen: Its address within the project.
        base: The hash of the parts of the plan that the screen was made from.
        typed: Per field what was typed.
    """

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="drafts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    screen = models.CharField(max_length=200)
    base = models.CharField(max_length=64)
    typed = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["project", "person", "screen"], name="one_draft_per_screen"
            )
        ]
