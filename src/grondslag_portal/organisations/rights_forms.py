"""Forms about roles, terms and handing over."""

from typing import Any

from django import forms

from grondslag.wording import Word
from grondslag_portal.organisations.models import GIVEN, Department, Person
from grondslag_portal.shared.access import Role
from grondslag_portal.shared.forms import PageForm
from grondslag_portal.shared.words import words

ROLE_WORDS = {role: Word(f"organisations.role-{role.value.replace('_', '-')}") for role in GIVEN}


class RoleForm(PageForm):
    """Give somebody a role."""

    person = forms.ModelChoiceField(Person.objects.none(), label="organisations.person")
    role = forms.ChoiceField(label="organisations.role")
    department = forms.ModelChoiceField(
        Department.objects.none(), label="organisations.department",
        help_text="organisations.department-hint", required=False,
    )  # fmt: skip
    start = forms.DateField(label="organisations.first-day", required=False)
    end = forms.DateField(
        label="organisations.last-day", help_text="organisations.last-day-hint", required=False
    )
    deputy_of = forms.ModelChoiceField(
        Person.objects.none(), label="organisations.deputy-of",
        help_text="organisations.deputy-hint", required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(is_active=True).order_by("name")
        for name, found in (
            ("person", people), ("deputy_of", people), ("department", Department.objects.all())
        ):  # fmt: skip
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = found
        role = self.fields["role"]
        if isinstance(role, forms.ChoiceField):
            role.choices = [(one.value, words(ROLE_WORDS[one].code)) for one in GIVEN]

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

    receiver = forms.ModelChoiceField(Person.objects.none(), label="organisations.receiver")

    def __init__(self, *args: Any, giver: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["receiver"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = (
                Person.objects.filter(is_active=True).exclude(pk=giver.pk).order_by("name")
            )


class ListForm(PageForm):
    """The signed list of who may sign."""

    signed = forms.FileField(
        label="organisations.signed-list", help_text="organisations.signed-list-hint"
    )
