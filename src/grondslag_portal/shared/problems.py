"""Pages for when something is wrong: said plainly, with what to do, and nothing typed is lost."""

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string

from grondslag_portal.shared.access import Standing, actions
from grondslag_portal.shared.pages import style_sheets
from grondslag_portal.shared.words import language

_TOO_LARGE = 413
_SECRET = frozenset({"password", "code", "csrfmiddlewaretoken"})


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what was sent cannot be read; 413 when it is larger than we read."""
    if isinstance(exception, RequestDataTooBig):
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE >> 20
        return _bare(request, "413.html", _TOO_LARGE, limit=limit)
    return _bare(request, "400.html", 400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: with the reason, as far as the table of rights knows it."""
    row = actions().get(str(exception))
    standing: Standing | None = getattr(request, "standing", None)
    too_early_or_late = bool(row and standing and row.roles & standing.roles)
    return render(request, "403.html", {"at_this_moment": too_early_or_late}, status=403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without the proof that it came from a page of ours."""
    del reason
    return render(request, "shared/stale_form.html", {"again": _typed(request)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is nothing here, or nothing for this visitor."""
    del exception
    return render(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """500; or 503 while the database is away, with what was typed, to be sent again."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        answer = _bare(request, "503.html", 503, again=_typed(request))
        answer["Retry-After"] = "30"
        return answer
    return _bare(request, "500.html", 500)


def _bare(request: HttpRequest, template: str, status: int, **facts: Any) -> HttpResponse:
    """A page that asks the database nothing."""
    facts |= {
        "theme": settings.THEME,
        "municipality": settings.MUNICIPALITY,
        "style_sheets": style_sheets(),
        "page_language": language(),
        "address": request.get_full_path(),
    }
    return HttpResponse(render_to_string(template, facts), status=status)


def _typed(request: HttpRequest) -> dict[str, Any] | None:
    """What was typed, for a form that sends it again; never a password."""
    if request.method != "POST" or _SECRET & set(request.POST) - {"csrfmiddlewaretoken"}:
        return None
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in _SECRET
    ]
    return {"address": request.get_full_path(), "fields": fields, "token": get_token(request)}
