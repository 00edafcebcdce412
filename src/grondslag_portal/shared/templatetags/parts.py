"""Parts of a page: what a field is, buttons, notices, the words of a step and its status."""

from collections.abc import Mapping
from datetime import date

from django import template
from django.forms import BoundField
from django.forms.widgets import CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from grondslag.project import Status, Step
from grondslag.wording import Word
from grondslag_portal.shared.words import language, words

register = template.Library()
_COMPONENT = {
    "primary": "nl-button nl-button--primary",
    "secondary": "nl-button nl-button--secondary",
    "danger": "nl-button nl-button--secondary nl-button--negative",
}


@register.filter
def is_choice(field: BoundField) -> bool:
    """Whether a field is a group of radio buttons or check boxes."""
    return isinstance(field.field.widget, (RadioSelect, CheckboxSelectMultiple))


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether a field is one check box."""
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def first_id(field: BoundField) -> str:
    """The id of the first thing in a field that can have focus."""
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.id_for_label)


@register.filter
def is_many(value: object) -> bool:
    """Whether an answer is a list."""
    return isinstance(value, (list, tuple))


@register.filter
def status_word(status: str) -> Word:
    """What people call a status of a step."""
    return Status(status).word


@register.filter
def step_word(step: str) -> Word:
    """What people call a step of the road."""
    return Step(step).word


@register.filter
def titled(name: str, titles: Mapping[str, str]) -> str:
    """What people call a thing that goes by a name of ours."""
    return titles.get(name, name)


@register.filter
def for_reader(both: Mapping[str, str]) -> str:
    """A text that is kept in both languages, in that of the reader."""
    return both.get(language(), "")


@register.filter
def as_day(iso: str | None) -> date | None:
    """A day that is kept as text, as a day again."""
    return date.fromisoformat(iso) if iso else None


@register.simple_tag
def button(
    code: str, /, *, kind: str = "primary", name: str = "", value: str = "", **fields: object
) -> SafeString:
    """A button that sends its form.

    Args:
        code: Its words.
        kind: ``primary`` (one on a page), ``secondary``, ``danger`` or ``quiet``.
        name: Under which its value is sent.
        value: What is sent when this button is pressed.
        fields: Facts in its words.
    """
    given = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html(
        '<button type="submit" class="{}"{}>{}</button>',
        _button_class(kind), given, words(code, **fields),
    )  # fmt: skip


@register.simple_tag
def link_button(code: str, url: str, /, *, kind: str = "primary", **fields: object) -> SafeString:
    """A link that looks like a button: the start of something, such as a new project."""
    return format_html(
        '<a class="{}" href="{}">{}</a>', _button_class(kind), url, words(code, **fields)
    )


@register.simple_block_tag
def notice(content: str, kind: str, title: object = "") -> str:
    """A notice with more than one sentence; see ``shared/notice.html``."""
    return render_to_string("shared/notice.html", {"kind": kind, "title": title, "body": content})


def _button_class(kind: str) -> str:
    """Our own class, and that of the component of NL Design System."""
    ours = f"button button--{kind}"
    return ours if kind == "quiet" else f"{ours} {_COMPONENT[kind]}"
