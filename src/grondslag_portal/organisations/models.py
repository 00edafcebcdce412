"""Departments, the people who work there, and the roles the municipality gave them."""

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from grondslag_portal.shared.access import Role
from grondslag_portal.shared.engine import today

GIVEN = (
    Role.ADVISER,
    Role.ANALYST,
    Role.OWNER,
    Role.STEWARD,
    Role.PRIVACY_OFFICER,
    Role.DATA_PROTECTION_OFFICER,
    Role.SECURITY_OFFICER,
    Role.DECIDER,
    Role.RELEASER,
    Role.COUNCIL,
    Role.DATA_OFFICE,
    Role.ADMINISTRATOR,
)
"""The roles a municipality gives; the others follow from being somewhere or having begun it."""


class Department(models.Model):
    """A department, or a partner that brings data.

    Args:
        name: As the contracts of its datasets write it: the engine knows it by this name.
    """

    key = models.SlugField(max_length=63, unique=True)
    name = models.CharField(max_length=120, unique=True)
    partner = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class PersonManager(BaseUserManager["Person"]):
    """Makes people; known by subject, never by e-mail address."""

    def create_user(self, subject: str, name: str, **fields: Any) -> "Person":
        """A person who may sign in; without a password until they set one."""
        password = fields.pop("password", None)
        person = self.model(subject=subject, name=name, **fields)
        if password:
            person.set_password(password)
        else:
            person.set_unusable_password()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who works here. Never a shared account.

    Args:
        subject: Who they are to the sign-in service (``oid`` and ``tid``), or the name of a local
            account; never an e-mail address.
        name: As the list of who may sign names them.
        department: Where they work.
        is_local: Whether they sign in here, by the emergency door, and not at the municipality.
        time_secret: Under their codes of six digits, sealed; see `second_factor`.
        time_step: The step of the newest code that was used: no code works twice.
        answering: Who answers for it, when it is a program and no person; see `selectors.program`.
    """

    subject = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=120, unique=True)
    email = models.EmailField(blank=True)
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    is_active = models.BooleanField(default=True)
    is_local = models.BooleanField(default=False)
    time_secret = models.CharField(max_length=200, blank=True)
    time_step = models.PositiveBigIntegerField(default=0)

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "subject"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    answering: "Person | None" = None

    def __str__(self) -> str:
        return self.name

    @property
    def human(self) -> "Person":
        """Who answers for what is done: themselves; of a program, who answers for it."""
        return self.answering or self

    @property
    def as_program(self) -> str:
        """By which name the audit chain knows a program; empty for a person."""
        return self.name if self.answering is not None else ""

    def roles_today(self) -> frozenset[Role]:
        """The roles they have today, for whichever department."""
        return frozenset(Role(grant.role) for grant in self.grants_today())

    def grants_today(self) -> list["RoleGrant"]:
        """The roles they have today, each with its department; read once per request."""
        found: list[RoleGrant] | None = getattr(self, "_grants", None)
        if found is None:
            found = list(RoleGrant.in_force(today()).filter(person=self))
            self._grants = found
        return found

    def with_grants(self, grants: list["RoleGrant"]) -> "Person":
        """Itself, acting in these roles and no others."""
        self._grants = grants
        return self


_EACH_WAY = [
    (("department", for_one), ("deputy_of", as_deputy))
    for for_one in (True, False)
    for as_deputy in (True, False)
]
"""A unique constraint per way of having no department or nobody to stand in for.

SQLite cannot be told that two rows without a value are the same.
"""


class RoleGrant(models.Model):
    """A role somebody has, for a department or for all, with a term.

    Args:
        department: For which department; None for the whole municipality.
        deputy_of: Whose place they take, when that person is away.
        from_directory: Whether the sign-in service of the municipality gives it.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=40, choices=[(role.value, role.value) for role in GIVEN])
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="grants"
    )
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    deputy_of = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="deputies"
    )
    from_directory = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "role", *(name for name, given in both if given)],
                condition=models.Q(**{f"{name}__isnull": not given for name, given in both}),
                name=f"one_grant_per_role_{at}",
            )
            for at, both in enumerate(_EACH_WAY)
        ]

    @classmethod
    def in_term(cls, day: date) -> QuerySet["RoleGrant"]:
        """What was given and not ended on a day; of a deputy, also while nobody is away."""
        return cls.objects.filter(Q(start__lte=day) & (Q(end=None) | Q(end__gte=day)))

    @classmethod
    def in_force(cls, day: date) -> QuerySet["RoleGrant"]:
        """What somebody may act in on a day, with its department.

        A deputy has a role only while the other is away, and has that role themselves.
        """
        away = Absence.objects.filter(person=OuterRef("deputy_of"), start__lte=day, end__gte=day)
        theirs = cls.in_term(day).filter(
            Q(department=None) | Q(department=OuterRef("department")),
            person=OuterRef("deputy_of"), role=OuterRef("role"), deputy_of=None,
        )  # fmt: skip
        acting = Q(deputy_of=None) | (Exists(away) & Exists(theirs))
        return cls.in_term(day).filter(acting).select_related("department")


class Absence(models.Model):
    """A term in which somebody is away: their deputies then act."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="absences")
    start = models.DateField()
    end = models.DateField()


class RightsReview(models.Model):
    """Somebody looked at all rights of a department and said of each whether it stays.

    Args:
        department: Which; None for the rights of the whole municipality.
        sha256: Over the rights that they saw.
        outcome: Of each right the name of its person, the role, and keep or end.
    """

    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.CASCADE, related_name="reviews"
    )
    day = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    outcome = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar[list[str]] = ["-day", "-pk"]
