"""Nothing answers without an entry in a table of rights; errors of the engine are sentences."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation

from grondslag.errors import (
    ApprovalError,
    DisclosureRefusedError,
    GrondslagError,
    InputError,
    IntegrityError,
    PolicyRefusedError,
    SourceError,
)
from grondslag.wording import LANGUAGES
from grondslag_portal.shared.access import Role, actions

Answer = Callable[[HttpRequest], HttpResponse]
STATUSES: dict[type[GrondslagError], int] = {
    InputError: 400,
    PolicyRefusedError: 409,
    ApprovalError: 403,
    DisclosureRefusedError: 409,
    IntegrityError: 500,
    SourceError: 503,
}
"""The engine's families of errors as statuses of HTTP (RFC 9110)."""


class ChosenLanguage:
    """Dutch, unless the visitor chose English here.

    What a browser prefers says nothing about the words that owners and advisers wrote: those are
    Dutch.
    """

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the chosen language."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(chosen if chosen in LANGUAGES else settings.LANGUAGE_CODE):
            response = self._get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "nl")
        return response


class ClosedByDefault:
    """A view that names no action, or one in no table, never answers."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, _args: tuple[Any, ...], _fields: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Send a stranger to the sign-in page, unless the page is for strangers too."""
        action = getattr(view, "action", None)
        row = actions().get(action) if isinstance(action, str) else None
        if row is None:
            raise PermissionDenied("no action")
        if Role.NOBODY not in row.roles and not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return None


class SaidErrors:
    """An error that the engine raised on purpose, as one clear sentence on a page."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Show the sentence; an error of another kind is not ours to explain."""
        if not isinstance(error, GrondslagError):
            return None
        status = next(
            (found for family, found in STATUSES.items() if isinstance(error, family)), 500
        )
        return render(request, "shared/refused.html", {"error": error}, status=status)
