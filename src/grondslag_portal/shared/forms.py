"""Forms whose labels are codes of our wording, and that say what is wrong in our own words.

class Begin(PageForm):
    title = forms.CharField(label="projects.begin-title", max_length=200)
"""

from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.widgets import Input

from grondslag.wording import Word
from grondslag_portal.shared.words import words

_NO_BOX = ("hidden", "checkbox", "radio", "file")


class PageForm(forms.Form):
    """A form of a page: labels and hints are codes, a choice may be a `Word`.

    A label or hint that is not a code of ours can be set after `__init__`.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.label = words(str(field.label))
            if field.help_text:
                field.help_text = words(str(field.help_text))
            explain(field)


def explain(field: forms.Field) -> None:
    """Give a field our own sentences for what can be wrong with it."""
    label = field.label
    choosing = isinstance(field, (forms.ChoiceField, forms.BooleanField))
    field.error_messages["required"] = words(
        "shared.choose" if choosing else "shared.required", label=label
    )
    field.error_messages["invalid_choice"] = words("shared.choose", label=label)
    field.error_messages["invalid"] = words(
        "shared.invalid-date" if isinstance(field, forms.DateField) else "shared.invalid",
        label=label,
    )
    field.validators = [
        MaxLengthValidator(
            check.limit_value, words("shared.too-long", label=label, limit=check.limit_value)
        )
        if isinstance(check, MaxLengthValidator)
        else check  # a validator belongs to the class, so it is replaced and never changed
        for check in field.validators
    ]
    if isinstance(field, forms.ChoiceField):
        field.choices = [
            (value, words(name.code) if isinstance(name, Word) else name)
            for value, name in list(field.widget.choices)
        ]
    if isinstance(field, forms.DateField) and isinstance(field.widget, forms.DateInput):
        field.widget.input_type = "date"  # the browser's own calendar, in the reader's own order
        field.widget.format = "%Y-%m-%d"
    _dress(field.widget)
    if field.required:
        field.widget.attrs.setdefault("aria-required", "true")


def _dress(widget: forms.Widget) -> None:
    """Give what people fill in the class of its component in NL Design System."""
    if isinstance(widget, forms.Textarea):
        component = "utrecht-textarea utrecht-textarea--html-textarea"
    elif isinstance(widget, Input) and widget.input_type not in _NO_BOX:
        component = "utrecht-textbox utrecht-textbox--html-input"
    else:
        return
    widget.attrs["class"] = f"{component} {widget.attrs.get('class', '')}".strip()
