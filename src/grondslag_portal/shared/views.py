"""The language of the reader, what the portal says about itself, and that somebody is there."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from grondslag_portal.shared.access import guarded
from grondslag_portal.shared.words import language_chosen


@require_POST
@guarded("shared.language")
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language somebody chose, and go back to where they were."""
    wanted, back = request.POST.get("language", ""), request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    answer = redirect(back)
    if wanted in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            language_chosen.send(type(request.user), person=request.user, language=wanted)
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return answer


@require_GET
@guarded("shared.here")
def still_here(_request: HttpRequest) -> HttpResponse:
    """Nothing: asking is enough to stay signed in."""
    return HttpResponse(status=204)


@require_GET
@guarded("shared.about")
def about(request: HttpRequest, *, page: str) -> HttpResponse:
    """How accessible the portal is, what it knows of its users, or what it records."""
    return render(request, f"shared/{page}.html")
