"""Datasets with every version of their contract, definitions, and what people say about them.

The contract is the engine's own document and the only truth about a dataset. Every other column of
a dataset is an index, made anew from the contract at each change (`services.keep_contract`).
"""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Dataset(models.Model):
    """A dataset of a department or a partner.

    Args:
        key: The name by which plans call it.
        owner: As the contract names who decides about it.
        steward: As the contract names who looks after it from day to day.
        access: The contract's own mark: open, internal or restricted.
        said: Everything that can be searched, without capitals.
        told: What is told of it to others (`dcat.Told`); None unless it is open.
        measured_until: Until when the owner lets the portal measure it; None when they never did.
    """

    key = models.SlugField(max_length=63, unique=True)
    title = models.CharField(max_length=200)
    department = models.ForeignKey(
        "organisations.Department", on_delete=models.PROTECT, related_name="datasets"
    )
    owner = models.CharField(max_length=120)
    steward = models.CharField(max_length=120)
    version = models.CharField(max_length=40)
    domain = models.CharField(max_length=40)
    access = models.CharField(max_length=20, db_index=True)
    personal = models.BooleanField()
    said = models.TextField()
    told = models.JSONField(null=True)
    measured_until = models.DateField(null=True)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["title", "key"]

    def __str__(self) -> str:
        return self.title


class Beside(models.Model):
    """A file that contracts lean on: a list of areas, the levels of a column.

    Args:
        pinned: The hash by which a contract names it: over what it says, or over its bytes.
    """

    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    pinned = models.CharField(max_length=64, db_index=True)
    content = models.BinaryField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["name", "sha256"], name="one_row_per_file")
        ]


class ContractVersion(models.Model):
    """One version of the contract of a dataset; never changed, only followed.

    Args:
        number: From 1; the contract has a version of its own, that its owner gives.
        content: The bytes as they came in.
        beside: Per name of a file it leans on the hash over its bytes.
        by: Who brought it in.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    beside = models.JSONField(default=dict)
    by = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)
    current = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["dataset", "number"], name="one_row_per_contract"),
            models.UniqueConstraint(
                fields=["dataset"], condition=models.Q(current=True), name="one_current_contract"
            ),
        ]


class Measurement(models.Model):
    """How well the data kept their contract on one day: counts, and never a value of a row.

    Args:
        version: Number of the contract they were held against.
        rows: How many; None for data about people: beside what a delivery tells, a total could
            give away the few who were left out.
        faults: Per way of breaking the contract: kind, column, count, line of the contract.
        refused: The code of why they could not be read; empty when they could.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="measurements")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    rows = models.PositiveBigIntegerField(null=True)
    is_about = models.BooleanField(default=False)
    faults = models.JSONField(default=list)
    refused = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["dataset", "-at"])]


class DatasetColumn(models.Model):
    """A column of a dataset: an index, by which definitions find the columns that use a word.

    Args:
        word: One of its names, without capitals, accents and joining signs.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="columns")
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    word = models.CharField(max_length=200, db_index=True)


class Term(models.Model):
    """What a word means in this municipality, in the words of the data office.

    Args:
        word: The word without capitals, accents and joining signs.
    """

    name = models.CharField(max_length=120)
    word = models.CharField(max_length=120, unique=True)
    definition = models.TextField()
    by = models.CharField(max_length=120)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["word"]

    def __str__(self) -> str:
        return self.name


class Difference(models.Model):
    """One word, two datasets, one aspect in which they differ: an index of what the engine finds.

    Args:
        place: A hash over the aspect, the datasets and their columns; addresses name it.
        severity: Whether they contradict each other, or may mean the same.
    """

    place = models.SlugField(max_length=16, unique=True)
    term = models.CharField(max_length=200)
    aspect = models.CharField(max_length=20)
    severity = models.CharField(max_length=20, db_index=True)
    first = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    first_column = models.CharField(max_length=200)
    first_says = models.TextField()
    second = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    second_column = models.CharField(max_length=200)
    second_says = models.TextField()

    class Meta:
        ordering: ClassVar[list[str]] = ["severity", "term", "place"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["severity", "term", "place"], name="differences_in_order")
        ]


class Proposal(models.Model):
    """A proposal to settle that two datasets say something else by one word.

    It stays when the difference is gone: then it is what people agreed.

    Args:
        place: Of the difference.
        definition: What both contracts must say; empty when nothing of it can be written there.
        first_column: Of which column of the first dataset; empty without a definition.
        first_by: Who accepted it for the first dataset; empty while nobody did.
        second_by: Who accepted it for the other.
        first_version: Number of the version in which its owner took it over; None until then.
    """

    place = models.SlugField(max_length=16, db_index=True)
    term = models.CharField(max_length=200)
    first = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    definition = models.TextField(blank=True, default="")
    first_column = models.CharField(max_length=200, blank=True, default="")
    second_column = models.CharField(max_length=200, blank=True, default="")
    by = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)
    first_by = models.CharField(max_length=120, blank=True)
    second_by = models.CharField(max_length=120, blank=True)
    first_version = models.PositiveIntegerField(null=True)
    second_version = models.PositiveIntegerField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]

    @property
    def is_settled(self) -> bool:
        """Whether both sides accepted it."""
        return bool(self.first_by and self.second_by)


class NoteKind(models.TextChoices):
    """What somebody wants with a note."""

    QUESTION = "question"
    TIP = "tip"
    AGREEMENT = "agreement"
    ANSWER = "answer"


class Note(models.Model):
    """What somebody says about a dataset or a definition; exactly one of the two.

    Args:
        by: Who says it; for a program, who answers for it.
        program: The program that wrote it; empty when a person did.
    """

    dataset = models.ForeignKey(Dataset, null=True, on_delete=models.CASCADE, related_name="notes")
    term = models.ForeignKey(Term, null=True, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=NoteKind.choices)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notes")
    program = models.CharField(max_length=120, blank=True, default="")
    at = models.DateTimeField(auto_now_add=True)
    answers = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="answered_by"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(dataset=None) ^ models.Q(term=None), name="about_one_thing"
            )
        ]

    @property
    def author(self) -> str:
        """Who wrote it, as readers and audit records name them."""
        return self.program or self.by.name


class LastLook(models.Model):
    """When somebody last looked at what was said: what came after it is new to them."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField()
