"""A session ends when nothing happens for a while, and in any case after a working day."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from grondslag_portal.shared import engine
from grondslag_portal.shared.words import words

_BEGAN, _SEEN = "session_began", "session_seen"
_FOLLOWS = "X-Follows"
_EVERY = timedelta(minutes=1)  # a page more within it needs no write


def begin_session(request: HttpRequest) -> None:
    """Somebody signed in: both terms begin now."""
    now = engine.clock().now().isoformat()
    request.session[_BEGAN] = request.session[_SEEN] = now


class SessionTerms:
    """Signs out whoever was away too long, or has been in too long; says why on the next page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the term, and pass the request on."""
        if request.user.is_authenticated:
            self._look(request)
        return self._get_response(request)

    def _look(self, request: HttpRequest) -> None:
        now = engine.clock().now()
        began, seen = (_moment(request, name, now) for name in (_BEGAN, _SEEN))
        if now - began >= timedelta(hours=settings.SESSION_HOURS):
            logout(request)
            messages.info(request, words("organisations.session-long"))
        elif now - seen >= timedelta(minutes=settings.IDLE_MINUTES):
            logout(request)
            messages.info(
                request, words("organisations.session-idle", minutes=settings.IDLE_MINUTES)
            )
        elif _FOLLOWS in request.headers:
            return  # a page that looks how far a job is: no sign that somebody is there
        elif _SEEN not in request.session or now - seen >= _EVERY:
            request.session[_BEGAN], request.session[_SEEN] = began.isoformat(), now.isoformat()


def _moment(request: HttpRequest, name: str, now: datetime) -> datetime:
    found = request.session.get(name)
    return datetime.fromisoformat(found) if found else now
