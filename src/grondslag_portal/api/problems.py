"""What is wrong, as a problem: a sentence for people, a code for programs.

Source:
    RFC 9457 (type, title, status, detail). NL GOV API Design Rules: 400 for every fault in what was
    asked, never 422; all faults in one answer, each with the field it is about.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions

from grondslag.errors import GrondslagError
from grondslag_portal.shared.access import Standing, actions
from grondslag_portal.shared.middleware import STATUSES
from grondslag_portal.shared.words import words

MEDIA_TYPE = "application/problem+json"
KNOWN = (400, 401, 403, 404, 405, 406, 409, 412, 413, 415, 428, 500, 503)
"""The statuses that have words of their own."""
Faults = Sequence[Mapping[str, Any]]


class Refused(Exception):  # noqa: N818 - an answer, not a fault of ours
    """A request that is refused for a reason of HTTP.

    Args:
        status: Of the answer.
        code: Of the sentence.
        faults: Which fields are wrong.
    """

    def __init__(self, status: int, code: str = "", faults: Faults = ()) -> None:
        super().__init__(code)
        self.status, self.code, self.faults = status, code, faults


def problem(status: int, *, code: str = "", detail: str = "", faults: Faults = ()) -> JsonResponse:
    """An answer that says what is wrong.

    Args:
        status: Of HTTP.
        code: Stable, for programs.
        detail: The sentence; without one that of the code, else of the status.
        faults: Which fields are wrong, each with where, code and sentence.
    """
    known = status if status in KNOWN else (500 if status >= 500 else 400)
    code = code or f"api.status-{known}"
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": words(f"api.title-{known}"),
        "status": status,
        "detail": detail or words(code),
        "code": code,
    }
    if faults:
        body["errors"] = list(faults)
    answer = JsonResponse(body, status=status, content_type=MEDIA_TYPE)
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    if status == 503:
        answer["Retry-After"] = "30"
    return answer


def fault(place: str, name: str, code: str, detail: str) -> dict[str, Any]:
    """A field that is wrong.

    Args:
        place: ``query``, ``body`` or ``header``.
        name: Of the field.
        code: What is wrong with it, for programs.
        detail: The same as a sentence.
    """
    return {"in": place, "location": {"name": name}, "code": code, "detail": detail}


def problem_of(error: Exception, request: HttpRequest) -> JsonResponse | None:
    """An error as a problem; None when it is a fault of ours."""
    match error:
        case GrondslagError():
            found = _said(error)
        case Refused():
            found = problem(error.status, code=error.code, faults=error.faults)
        case Http404():
            found = problem(404)
        case PermissionDenied():
            found = problem(_refusal(str(error), request))
        case exceptions.ValidationError():
            found = problem(400, faults=list(faults_in(error.detail, "")))
        case exceptions.APIException():
            found = problem(error.status_code)
        case _:
            return None
    return found


def answer_for(error: Exception, context: Mapping[str, Any]) -> JsonResponse | None:
    """The framework's way in to `problem_of`."""
    return problem_of(error, context["request"])


def _said(error: GrondslagError) -> JsonResponse:
    status = next((found for family, found in STATUSES.items() if isinstance(error, family)), 500)
    detail = words(error.code, **error.fields)
    faults: Faults = ()
    if status == 400:
        named = [error.fields.get(name) for name in ("place", "file")]
        place = next((name for name in named if name and name != "-"), "body")
        found = fault("body", str(place), error.code, detail)
        line = error.fields.get("line")
        if isinstance(line, int):
            found["location"]["line"] = line
        faults = (found,)
    return problem(status, code=error.code, detail=detail, faults=faults)


def _refusal(action: str, request: HttpRequest) -> int:
    """403 for the role; 409 when only the status of a thing is in the way of changing it.

    What is not there yet because of its status, such as a decision, is not found.
    """
    row = actions().get(action)
    standing: Standing | None = getattr(request, "standing", None)
    too_early_or_late = bool(row and standing and row.roles & standing.roles)
    if not too_early_or_late:
        return 403
    return 404 if request.method in {"GET", "HEAD"} else 409


def faults_in(detail: Any, name: str) -> Iterator[Mapping[str, Any]]:
    """Each fault that a shape found, with the name of its field."""
    if isinstance(detail, Mapping):
        for key, inside in detail.items():
            yield from faults_in(inside, f"{name}.{key}" if name else str(key))
    elif isinstance(detail, list):
        for inside in detail:
            yield from faults_in(inside, name)
    else:
        code = str(getattr(detail, "code", "invalid"))
        yield fault("body", name, code, words("api.field-wrong", name=name))
