"""Forms about tokens of programs."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from grondslag.wording import Word
from grondslag_portal.api.models import Token
from grondslag_portal.api.permissions import CLIENT_ROLES, Scope
from grondslag_portal.api.services import LONGEST
from grondslag_portal.organisations.models import GIVEN, Department, Person
from grondslag_portal.organisations.rights_forms import ROLE_WORDS
from grondslag_portal.shared.forms import PageForm
from grondslag_portal.shared.words import words

SCOPE_WORDS = {scope: Word(f"api.scope-{scope.value}") for scope in Scope}
_ROLES = [(role.value, ROLE_WORDS[role]) for role in GIVEN if role in CLIENT_ROLES]
_SCOPES = [(scope.value, SCOPE_WORDS[scope]) for scope in Scope]
_DAYS = 90


class TokenForm(PageForm):
    """A token to give: to which program, for whom, what for, how long."""

    name = forms.CharField(label="api.ask-name", help_text="api.hint-name", max_length=120)
    key = forms.CharField(label="api.ask-key", help_text="api.hint-key", max_length=40)
    department = forms.ModelChoiceField(
        Department.objects.filter(partner=False), label="api.ask-department", empty_label=None,
        widget=forms.RadioSelect,
    )  # fmt: skip
    answers = forms.ModelChoiceField(
        Person.objects.filter(is_active=True).order_by("name"), label="api.ask-answers",
        help_text="api.hint-answers",
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label="api.ask-roles", help_text="api.hint-roles", choices=_ROLES,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    scopes = forms.MultipleChoiceField(
        label="api.ask-scopes", help_text="api.hint-scopes", choices=_SCOPES,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    days = forms.IntegerField(label="api.ask-days", help_text="api.hint-days", initial=_DAYS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].validators.append(
            RegexValidator(r"\A[a-z][a-z0-9-]*\Z", words("api.key-wrong"))
        )
        self.fields["days"].widget.attrs.update({"min": 1, "max": LONGEST})

    def clean_days(self) -> int:
        """How long it lasts.

        Raises:
            ValidationError: Too long, or not at all.
        """
        days = int(self.cleaned_data["days"])
        if not 1 <= days <= LONGEST:
            raise forms.ValidationError(words("api.token-days", most=LONGEST))
        return days


class LimitForm(PageForm):
    """What a token keeps: never more than it had."""

    scopes = forms.MultipleChoiceField(
        label="api.ask-kept", help_text="api.hint-kept", widget=forms.CheckboxSelectMultiple
    )
    until = forms.DateField(label="api.ask-until", help_text="api.hint-until")

    def __init__(self, *args: Any, token: Token, **kwargs: Any) -> None:
        """With what it has now."""
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]  # of a choice field
            (scope, words(SCOPE_WORDS[Scope(scope)].code)) for scope in token.scopes
        ]
        self.initial.setdefault("scopes", token.scopes)
        self.initial.setdefault("until", token.until)
