"""Words on a page: ``{% say "home.title" count=3 %}``, ``{{ status.word|said }}``, dates."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.html import conditional_escape

from grondslag.errors import GrondslagError
from grondslag.project import Saying
from grondslag.wording import Word, day, number
from grondslag_portal.shared.words import language, words

register = template.Library()


@register.simple_tag
def say(code: str, /, **fields: object) -> str:
    """The sentence for a code; its facts are escaped, so a fact is never markup."""
    return conditional_escape(words(code, **fields))


@register.filter
def said(thing: object) -> str:
    """A word, a sentence with its facts, or an error of the engine, as text."""
    if isinstance(thing, Word):
        return words(thing.code)
    if isinstance(thing, (Saying, GrondslagError)):
        return words(thing.code, **thing.fields)
    return str(thing)


@register.filter
def in_words(moment: date | None) -> str:
    """A day as ``3 maart 2027``; a moment with its time."""
    if moment is None:
        return ""
    if isinstance(moment, datetime):
        local = timezone.localtime(moment)
        return f"{day(local.date(), language=language())} {local:%H.%M}"
    return day(moment, language=language())


@register.filter
def counted(value: float) -> str:
    """A count the way the language writes it."""
    return number(value, language=language())
