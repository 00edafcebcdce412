"""The language that somebody chose on a page holds for what reaches them elsewhere too."""

from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from grondslag.wording import LANGUAGES
from grondslag_portal.home.services import choose_language
from grondslag_portal.organisations.models import Person
from grondslag_portal.shared.words import language_chosen


@receiver(language_chosen)
def keep_language(sender: Any, person: Person, language: str, **_more: Any) -> None:
    """They chose while they were signed in."""
    del sender
    choose_language(person, language)


@receiver(user_logged_in)
def keep_language_of_before(sender: Any, request: HttpRequest, user: Person, **_more: Any) -> None:
    """They chose on the page to sign in, or in this browser before."""
    del sender
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if chosen in LANGUAGES:
        choose_language(user, chosen)
