"""Signing in at the municipality: OpenID Connect with a code and PKCE, by mozilla-django-oidc."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from django.contrib.auth import login
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from mozilla_django_oidc.auth import OIDCAuthenticationBackend
from mozilla_django_oidc.views import (
    OIDCAuthenticationCallbackView,
    OIDCAuthenticationRequestView,
)
from requests import RequestException

from grondslag.errors import ApprovalError, SourceError
from grondslag_portal.organisations.claims import Claims, known_from, signed_in_after
from grondslag_portal.organisations.models import Person
from grondslag_portal.organisations.services import person_known
from grondslag_portal.organisations.sessions import begin_session
from grondslag_portal.organisations.step_up import asked_step_up, step_up_done

_AGAIN = "provider_again"
BACKEND = "grondslag_portal.organisations.provider.Municipality"


class Municipality(OIDCAuthenticationBackend):  # type: ignore[misc]  # it ships no types
    """Knows people by who they are in the directory; everything it says is in the signed token."""

    def authenticate(self, request: HttpRequest | None, **kwargs: Any) -> Person | None:
        """The person of an answer; nothing for a name and a password.

        Raises:
            ApprovalError: They may not sign in; the error says why.
        """
        if request is None or "nonce" not in kwargs:
            return None
        found: Person | None = super().authenticate(request, **kwargs)
        return found

    def get_or_create_user(self, _access: str, _token: str, payload: Claims) -> Person:
        """The person a verified token is about."""
        self.request.provider_claims = payload
        return person_known(known_from(payload))

    def get_user(self, user_id: int) -> Person | None:
        """The person of a session, as long as they work here."""
        return Person.objects.filter(pk=user_id, is_active=True).first()


class AskProvider(OIDCAuthenticationRequestView):  # type: ignore[misc]  # it ships no types
    """Sends somebody to the municipality; *again* when they must type their password anew."""

    again = False

    def get(self, request: HttpRequest) -> HttpResponse:
        """The way there."""
        answer: HttpResponseRedirect = super().get(request)
        if self.again:
            request.session[_AGAIN] = parse_qs(urlsplit(answer.url).query)["state"][0]
        return answer

    def get_extra_params(self, _request: HttpRequest) -> dict[str, str]:
        """What is asked beside the usual."""
        return {"prompt": "login", "max_age": "0"} if self.again else {}


class ReadProvider(OIDCAuthenticationCallbackView):  # type: ignore[misc]  # it ships no types
    """Reads the answer of the municipality.

    Raises:
        ApprovalError: They may not sign in.
        SourceError: The answer cannot be read, or nobody answered.
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        """Sign in, or show anew who somebody is."""
        self.again = request.session.pop(_AGAIN, "") == request.GET.get("state", " ")
        if request.GET.get("error"):
            request.session.get("oidc_states", {}).pop(request.GET.get("state"), None)
            raise ApprovalError("organisations.provider-stopped")
        try:
            answer: HttpResponse = super().get(request)
        except (RequestException, SuspiciousOperation, jwt.PyJWTError, KeyError, ValueError) as bad:
            raise SourceError("organisations.provider-unreadable") from bad
        return answer

    def login_failure(self) -> HttpResponse:
        """An answer that nobody asked for, or that was used before."""
        raise ApprovalError("organisations.provider-stopped")

    def login_success(self) -> HttpResponse:
        """Who signed in is this person; for a signature it must be the same one, just now."""
        if self.again:
            return HttpResponseRedirect(self._show_again())
        login(self.request, self.user, backend=BACKEND)
        begin_session(self.request)
        return HttpResponseRedirect(self.success_url)

    def _show_again(self) -> str:
        if self.request.user.pk != self.user.pk:
            raise ApprovalError("organisations.step-up-other")
        asked = asked_step_up(self.request)
        claims: Claims = self.request.provider_claims
        if asked is None or not signed_in_after(claims, asked.at):
            raise ApprovalError("organisations.step-up-old")
        return step_up_done(self.request)
