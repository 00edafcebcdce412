"""One question as a field of a form: what it takes follows from the plan's schema."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from grondslag.canonical.signs import deceiving_sign
from grondslag.wording import has_sentence
from grondslag_portal.projects.editing import Path
from grondslag_portal.projects.screens import Item, must_stand, schema_at
from grondslag_portal.shared.forms import explain
from grondslag_portal.shared.words import words

MOST_LINES = 200
_MOST_RADIOS = 13  # more than that nobody oversees
_LONG = 200  # signs; what may be longer gets a box instead of a line


class Line(forms.CharField):
    """A text, held against the lengths and the form that the schema asks.

    Args:
        schema: Of the part of the plan.
        needed: Whether it may not stay empty.
    """

    def __init__(self, *, schema: Mapping[str, Any], needed: bool, **kwargs: Any) -> None:
        super().__init__(required=False, strip=True, **kwargs)
        self.schema = schema
        self.needed = needed
        self.suggestions: tuple[str, ...] = ()
        self.validators = []

    def to_python(self, value: Any) -> str:
        """The text with plain line breaks."""
        return str(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")

    def validate(self, value: Any) -> None:
        """Refuse what cannot stand in a plan, in words."""
        super().validate(value)
        if value:
            check_text(value, self.schema)


class Lines(Line):
    """A few answers, each on its own line."""

    def clean(self, value: Any) -> Any:
        """The lines that hold something."""
        text = self.to_python(value)
        found = [line.strip() for line in text.split("\n") if line.strip()]
        if len(found) > MOST_LINES:
            raise forms.ValidationError(words("projects.error-too-many", most=MOST_LINES))
        for line in found:
            check_text(line, self.schema)
        return found


class Day(Line):
    """A day, as a calendar field of the browser gives it or as 1-6-2027."""

    def clean(self, value: Any) -> str:
        """The day as ``2027-06-01``; empty for none."""
        text = self.to_python(value)
        if not text:
            return ""
        try:
            if text.count("-") == 2 and len(text.split("-")[-1]) == 4:
                day, month, year = text.split("-")
                return date(int(year), int(month), int(day)).isoformat()
            return date.fromisoformat(text).isoformat()
        except ValueError as error:
            raise forms.ValidationError(words("projects.error-day")) from error


def check_text(text: str, schema: Mapping[str, Any]) -> None:
    """Refuse a text that the schema or a reader cannot take.

    Raises:
        ValidationError: In our own words.
    """
    if deceiving_sign(text):
        raise forms.ValidationError(words("projects.error-hidden-sign"))
    pattern = schema.get("pattern", "")
    if pattern and not re.search(pattern, text):
        capitals = pattern.startswith("^[A-Z]")
        raise forms.ValidationError(
            words("projects.error-country" if capitals else "projects.error-form")
        )
    least, most = int(schema.get("minLength", 1)), int(schema.get("maxLength", 1200))
    if len(text) > most:
        raise forms.ValidationError(words("projects.error-too-long", most=most))
    if len(text) < least:
        raise forms.ValidationError(words("projects.error-too-short", least=least))


def field_for(item: Item, path: Path, **facts: object) -> forms.Field:
    """The field of a question.

    Args:
        item: The question.
        path: Where its answer stands in the plan, from the top.
        facts: For its words.
    """
    schema = schema_at(path)
    label = words(f"projects.ask-{item.name}", **facts)
    hint = f"projects.hint-{item.name}"
    common: dict[str, Any] = {
        "label": label,
        "help_text": words(hint, **facts) if has_sentence(hint) else "",
    }
    many = schema.get("type") == "array"
    needed = not many and (item.is_needed or (bool(path) and must_stand(path)))
    choices = _choices(item, schema["items"] if many and "items" in schema else schema)
    if choices:
        found = _choosing(choices, many=many, needed=needed, common=common)
    elif schema.get("type") == "boolean":
        found = forms.BooleanField(required=False, **common)
    else:
        found = _typing(item, schema, many=many, needed=needed, common=common)
    found.required = needed
    explain(found)
    return found


def _choices(item: Item, schema: Mapping[str, Any]) -> list[tuple[str, str]]:
    if item.choices is not None:
        return list(item.choices.items())
    return [
        (value, words(item.codes.get(value, item.said_as + value)))
        for value in schema.get("enum", ())
    ]


def _choosing(
    choices: list[tuple[str, str]], *, many: bool, needed: bool, common: dict[str, Any]
) -> forms.Field:
    if many:
        return forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple, **common
        )
    many_choices = len(choices) > _MOST_RADIOS
    if not needed:
        none = ("", words("projects.choice-none"))
        choices = [none, *choices] if many_choices else [*choices, none]
    widget = forms.Select if many_choices else forms.RadioSelect
    return forms.ChoiceField(choices=choices, widget=widget, **common)


def _typing(
    item: Item, schema: Mapping[str, Any], *, many: bool, needed: bool, common: dict[str, Any]
) -> forms.Field:
    if many:
        found: Line = Lines(schema=schema.get("items", {}), needed=needed, **common)
        found.widget = forms.Textarea(attrs={"rows": 4})
        return found
    if schema.get("format") == "date":
        found = Day(schema=schema, needed=needed, **common)
        found.widget = forms.DateInput(attrs={"type": "date"})
        return found
    found = Line(schema=schema, needed=needed, **common)
    found.suggestions = item.suggestions
    if int(schema.get("maxLength", 0)) > _LONG:
        found.widget = forms.Textarea(attrs={"rows": 4})
    return found
