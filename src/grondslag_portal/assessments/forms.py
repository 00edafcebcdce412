"""An advice and the answer to it as forms; the engine judges what comes out."""

from typing import Any

from django import forms

from grondslag.approval import AdviceOutcome
from grondslag.project.to_sign import ADVICE_WORDS
from grondslag.wording import Word
from grondslag_portal.shared.forms import PageForm
from grondslag_portal.shared.words import words

_MOST = 4000
FOLLOWED, NOT_FOLLOWED = "yes", "no"


class AdviceForm(PageForm):
    """What the data protection officer says of a plan."""

    outcome = forms.ChoiceField(
        label="assessments.outcome",
        choices=[(str(outcome), word) for outcome, word in ADVICE_WORDS.items()],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label="assessments.advice-text", help_text="assessments.advice-text-hint",
        max_length=_MOST, widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip

    @property
    def chosen(self) -> AdviceOutcome:
        """The outcome, once the form is valid."""
        return AdviceOutcome(self.cleaned_data["outcome"])


class AnswerForm(PageForm):
    """What the decider says to an advice: follow it, or explain."""

    followed = forms.ChoiceField(
        label="assessments.followed",
        choices=[
            (FOLLOWED, Word("assessments.followed-yes")),
            (NOT_FOLLOWED, Word("assessments.followed-no")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="assessments.reason", help_text="assessments.reason-hint", required=False,
        max_length=_MOST, widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Who does not follow, says why."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        if found.get("followed") == NOT_FOLLOWED and not found.get("reason", "").strip():
            self.add_error("reason", words("assessments.reason-needed"))
        return found
