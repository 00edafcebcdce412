"""Departments, the people who work there, and the roles the municipality gave them."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

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
    """

    subject = models.CharField(max_length=120, unique=True)
    name = models.CharField(max_length=120, unique=True)
    email = models.EmailField(blank=True)
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    is_active = models.BooleanField(default=True)
    is_local = models.BooleanField(default=False)
    time_secret = models.CharField(max_length=64, blank=True)

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "subject"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    def roles_today(self) -> frozenset[Role]:
        """The roles they have today, for whichever department."""
        return frozenset(Role(grant.role) for grant in self.grants_today())

    def grants_today(self) -> list["RoleGrant"]:
        """The roles they have today, each with its department; read once per request."""
        found: list[RoleGrant] | None = getattr(self, "_grants", None)
        if found is None:
            day = today()
            found = [
                grant
                for grant in self.grants.select_related("department")
                if grant.start <= day and (grant.end is None or day <= grant.end)
            ]
            self._grants = found
        return found


class RoleGrant(models.Model):
    """A role somebody has, for a department or for all, with a term.

    Args:
        department: For which department; None for the whole municipality.
        deputy_of: Whose place they take, when that person is away.
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

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["person", "role", "department", "deputy_of"],
                name="one_grant_per_role",
                nulls_distinct=False,
            )
        ]
