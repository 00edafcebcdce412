"""Forms about roles, terms and handing over."""

from typing import Any

from django import forms

from grondslag.wording import Word
from grondslag_portal.organisations.models import GIVEN, Department, Person
from grondslag_portal.shared.access import Role
from grondslag_portal.shared.forms import PageForm
from grondslag_portal.shared.words import words

ROLE_WORDS = {role: Word(f"organisations.role-{role.value.replace('_', '-')}") for role in GIVEN}


EVERYTHING, PROJECTS = "everything", "projects"
_PEOPLE = Person.objects.filter(is_active=True).order_by("name")  # read anew by every form


class RoleForm(PageForm):
    """Give somebody a role."""

    person = forms.ModelChoiceField(_PEOPLE, label="organisations.person")
    role = forms.ChoiceField(
        label="organisations.role", choices=[(one.value, ROLE_WORDS[one]) for one in GIVEN]
    )
    department = forms.ModelChoiceField(
        Department.objects.all(), label="organisations.department",
        help_text="organisations.department-hint", required=False,
    )  # fmt: skip
    start = forms.DateField(label="organisations.first-day", required=False)
    end = forms.DateField(
        label="organisations.last-day", help_text="organisations.last-day-hint", required=False
    )
    deputy_of = forms.ModelChoiceField(
        _PEOPLE, label="organisations.deputy-of", help_text="organisations.deputy-hint",
        required=False,
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A term that ends before it begins is told at the last day."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = found.get("start"), found.get("end")
        if start and end and end < start:
            self.add_error("end", words("organisations.term-turned"))
        if "role" in found:
            found["role"] = Role(found["role"])
        return found


class AwayForm(PageForm):
    """A term in which somebody is away."""

    start = forms.DateField(label="organisations.first-day")
    end = forms.DateField(label="organisations.last-day")

    def clean(self) -> dict[str, Any]:
        """A term that ends before it begins is told at the last day."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = found.get("start"), found.get("end")
        if start and end and end < start:
            self.add_error("end", words("organisations.term-turned"))
        return found


class HandOverForm(PageForm):
    """To whom everything goes."""

    receiver = forms.ModelChoiceField(_PEOPLE, label="organisations.receiver")
    what = forms.ChoiceField(
        label="organisations.what-goes", widget=forms.RadioSelect,
        choices=[(EVERYTHING, Word("organisations.goes-all")),
                 (PROJECTS, Word("organisations.goes-projects"))],
    )  # fmt: skip


class ListForm(PageForm):
    """The signed list of who may sign."""

    signed = forms.FileField(
        label="organisations.signed-list", help_text="organisations.signed-list-hint"
    )
