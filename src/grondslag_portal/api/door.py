"""Who comes in: a client with a token, never a session; every answer carries its version.

A view of the API is made by `door`: it names an action per method, like `guarded`, and no error
leaves it but as a problem.
"""

import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from urllib.parse import unquote_plus

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from grondslag.errors import GrondslagError
from grondslag.wording import LANGUAGES
from grondslag_portal.api.permissions import SCOPES
from grondslag_portal.api.problems import MEDIA_TYPE, Refused, problem, problem_of
from grondslag_portal.api.selectors import caller_with
from grondslag_portal.organisations.models import Person
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.shared.access import Finds, Role, View, actions, guarded, visitor
from grondslag_portal.shared.words import words

VERSION = "1.1.0"
PREFIX = "/v1"
MOST_BYTES = 1 << 20
"""Of a request: a plan is never longer."""
_NINE_DIGITS = re.compile(r"(?<![0-9A-Za-z])\d{8,9}(?![0-9A-Za-z])")


class ApiDoor:
    """Middleware of the API; it lets everything else pass."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as an API: without session, with version, in the language that was asked for."""
        if not is_ours(request):
            return self._get_response(request)
        request.user = AnonymousUser()
        with translation.override(_language(request)):
            response = problem_in_address(request) or self._get_response(request)
            if response.status_code >= 400 and response["Content-Type"] != MEDIA_TYPE:
                response = problem(response.status_code)
            response["Content-Language"] = translation.get_language() or "nl"
        response["API-Version"] = VERSION
        response["Cache-Control"] = "no-store"
        patch_vary_headers(response, ("Accept", "Accept-Language", "Authorization"))
        return response

    def process_view(
        self, request: HttpRequest, view: Any, _args: tuple[Any, ...], _parts: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Know the client by its token; refuse who has none, or one for something else."""
        if not is_ours(request):
            return None
        wanted: Mapping[str, str] = getattr(view, "actions_by_method", {})
        action = wanted.get(request.method or "", getattr(view, "action", ""))
        row = actions().get(action)
        if row is None:
            return None  # `ClosedByDefault` refuses it
        caller = _caller(request)
        if caller is None:
            if "Authorization" in request.headers or Role.NOBODY not in row.roles:
                return problem(401)
            return None
        request.user = caller.acts_as
        if action in SCOPES and SCOPES[action] not in caller.scopes:
            return problem(403, code="api.scope")
        return None


def person_behind(request: Request) -> Person:
    """For whom a program calls, as the door let it in.

    Raises:
        PermissionDenied: For nobody.
    """
    return person_of(request._request)  # noqa: SLF001 - the framework's own way to it


class FromTheDoor(BaseAuthentication):
    """Tells the framework whom the door let in."""

    def authenticate(self, request: Request) -> tuple[Any, None]:
        """The user of the request as it came in."""
        return request._request.user, None  # noqa: SLF001 - the framework's own way to it


def door(
    find: Finds = visitor, *, most: int = MOST_BYTES, **by_method: str
) -> Callable[[View], View]:
    """A view of the API: guarded per method, its errors as problems.

    Args:
        find: Finds the thing of the address; as for `guarded`.
        most: Bytes that a request may have.
        by_method: The action of each method: ``GET="api.project"``.
    """

    def wrap(view: View) -> View:
        guards = {method: guarded(action, find)(view) for method, action in by_method.items()}
        first = next(iter(by_method))

        @wraps(view)
        def answer(request: HttpRequest, **parts: Any) -> HttpResponseBase:
            method = "GET" if request.method == "HEAD" else str(request.method)
            if _length(request) > most:
                return problem(413, detail=words("api.too-large", most=most >> 20))
            try:
                return guards.get(method, guards[first])(request, **parts)
            except (SuspiciousOperation, BadRequest):
                return problem(400)
            except (Http404, PermissionDenied, GrondslagError, Refused) as error:
                return problem_of(error, request) or problem(500)

        answer.action = by_method[first]  # type: ignore[attr-defined]  # for `ClosedByDefault`
        answer.actions_by_method = by_method  # type: ignore[attr-defined]  # for `ApiDoor`
        return answer

    return wrap


def is_ours(request: HttpRequest) -> bool:
    """Whether an address is of the API."""
    return request.path_info == PREFIX or request.path_info.startswith(f"{PREFIX}/")


def problem_in_address(request: HttpRequest) -> HttpResponse | None:
    """A problem when a citizen service number stands in an address: addresses are kept in logs."""
    whole = unquote_plus(request.get_full_path())
    if any(_is_service_number(found) for found in _NINE_DIGITS.findall(whole)):
        return problem(400, code="api.number-in-address")
    return None


def _is_service_number(digits: str) -> bool:
    """Whether it passes the test of eleven (Logisch Ontwerp BSN): 9..2 and -1 as weights."""
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(int(d) * w for d, w in zip(digits.zfill(9), weights, strict=True))
    return int(digits) > 0 and total % 11 == 0


def _caller(request: HttpRequest) -> Any:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return caller_with(token.strip()) if kind.lower() == "bearer" and token.strip() else None


def _language(request: HttpRequest) -> str:
    """The language of the reader that comes first of those we speak; Dutch when there is none."""
    for part in request.headers.get("Accept-Language", "").split(","):
        wanted = part.split(";")[0].strip()[:2].lower()
        if wanted in LANGUAGES:
            return wanted
    return "nl"


def _length(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if str(said).isdigit() else 0
