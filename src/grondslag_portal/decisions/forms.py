"""The decision and the look back as forms; the engine judges what comes out."""

from collections.abc import Mapping
from typing import Any

from django import forms

from grondslag.decision import NextStep, OptionKind, Worked
from grondslag.plan import Plan
from grondslag_portal.shared.forms import explain
from grondslag_portal.shared.words import words

OPTIONS = 4
VOICES = 2
_SENTENCE, _TEXT = 300, 1200
KINDS = (
    OptionKind.DO_NOTHING,
    OptionKind.WITHOUT_PERSONAL_DATA,
    OptionKind.OTHER,
    OptionKind.OTHER,
)
"""The first two are always weighed."""


def _text(code: str, *, hint: str = "", rows: int = 3, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=words(code),
        help_text=words(hint) if hint else "",
        max_length=_TEXT,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class DecisionForm(forms.Form):
    """A decision in twelve parts, as short as each can be.

    Args:
        advised: Whether the data protection officer advised: then the answer stands in it.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, advised: bool, **fields: Any) -> None:
        fields.setdefault("label_suffix", "")
        super().__init__(*args, **fields)
        self.advised = advised
        self._ask()
        for field in self.fields.values():
            explain(field)

    def _ask(self) -> None:
        add = self.fields
        add["sentence"] = forms.CharField(
            label=words("decisions.sentence"),
            help_text=words("decisions.sentence-hint"),
            max_length=_SENTENCE,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        add["data_say"] = _text("decisions.data-say", hint="decisions.lines-hint", rows=4)
        add["data_do_not_say"] = _text(
            "decisions.data-do-not-say", hint="decisions.lines-hint", rows=4
        )
        for at in range(OPTIONS):
            needed = at < OPTIONS - 1
            add[f"option_{at}_name"] = forms.CharField(
                label=words("decisions.option-name"), max_length=_SENTENCE, required=needed
            )
            add[f"option_{at}_advantages"] = _text("decisions.option-for", rows=2, required=needed)
            add[f"option_{at}_drawbacks"] = _text(
                "decisions.option-against", rows=2, required=needed
            )
        add["chosen"] = forms.ChoiceField(
            label=words("decisions.chosen"),
            choices=[(str(at), words("decisions.option-number", number=at + 1))
                     for at in range(OPTIONS)],
            widget=forms.RadioSelect,
        )  # fmt: skip
        for at in range(VOICES):
            add[f"voice_{at}_who"] = forms.CharField(
                label=words("decisions.voice-who"), max_length=120, required=at == 0
            )
            add[f"voice_{at}_said"] = _text("decisions.voice-said", rows=2, required=at == 0)
        if self.advised:
            self._add_advice()
        add["expected"] = _text("decisions.expected", hint="decisions.expected-hint")
        add["check_date"] = forms.DateField(
            label=words("decisions.check-date"), help_text=words("decisions.date-hint")
        )
        add["public"] = forms.ChoiceField(
            label=words("decisions.public"),
            choices=[("yes", words("decisions.public-yes")), ("no", words("decisions.public-no"))],
            widget=forms.RadioSelect,
        )
        add["woo_ground"] = forms.CharField(
            label=words("decisions.woo-ground"), max_length=_SENTENCE, required=False
        )

    def _add_advice(self) -> None:
        self.fields["advice_said"] = _text("decisions.advice-said", rows=2)
        self.fields["advice_followed"] = forms.ChoiceField(
            label=words("decisions.advice-followed"),
            choices=[("yes", words("decisions.yes")), ("no", words("decisions.no"))],
            widget=forms.RadioSelect,
        )
        self.fields["advice_reason"] = _text("decisions.advice-reason", rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        """What hangs on another answer."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("public") == "no" and not found.get("woo_ground"):
            self.add_error("woo_ground", words("decisions.woo-ground-missing"))
        if found.get("advice_followed") == "no" and not found.get("advice_reason"):
            self.add_error("advice_reason", words("decisions.advice-reason-missing"))
        chosen = found.get("chosen")
        if chosen and not found.get(f"option_{chosen}_name"):
            self.add_error("chosen", words("decisions.chosen-empty"))
        return found


class ReviewForm(forms.Form):
    """What came of a decision."""

    use_required_attribute = False

    def __init__(self, *args: Any, **fields: Any) -> None:
        fields.setdefault("label_suffix", "")
        super().__init__(*args, **fields)
        self._ask()
        for field in self.fields.values():
            explain(field)

    def _ask(self) -> None:
        self.fields["outcome"] = _text("decisions.outcome", hint="decisions.outcome-hint")
        self.fields["worked"] = forms.ChoiceField(
            label=words("decisions.worked"),
            choices=[(one.value, words(f"report.worked-{one.value}")) for one in Worked],
            widget=forms.RadioSelect,
        )
        self.fields["learned"] = _text("decisions.learned", hint="decisions.learned-hint")
        self.fields["next_step"] = forms.ChoiceField(
            label=words("decisions.next-step"),
            choices=[(one.value, words(f"report.next-{one.value}")) for one in NextStep],
            widget=forms.RadioSelect,
        )
        self.fields["why"] = _text("decisions.why")


def first_answers(plan: Plan, advice: str) -> Mapping[str, str]:
    """What a decision starts with: the plan said it, nobody needs to type it again."""
    return {
        "option_0_name": words("decisions.do-nothing"),
        "option_1_name": words("decisions.without-personal-data"),
        "check_date": plan.review_date.isoformat(),
        "advice_said": advice,
    }
