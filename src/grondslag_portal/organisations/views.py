"""Pages to sign in, to show anew who somebody is, and to sign out."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.errors import GrondslagError
from grondslag_portal.organisations.forms import AgainForm, SignInForm
from grondslag_portal.organisations.models import Person
from grondslag_portal.organisations.provider import AskProvider, ReadProvider
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.organisations.services import note_emergency
from grondslag_portal.organisations.sessions import begin_session
from grondslag_portal.organisations.step_up import (
    ask_step_up,
    asked_step_up,
    step_up_done,
    step_up_for,
)
from grondslag_portal.shared.access import guarded
from grondslag_portal.shared.words import words

_NEXT = "next"


def redirect_to_step_up(
    request: HttpRequest, sha256: str, *, about: str, following: str
) -> HttpResponse:
    """Send somebody to the page where they show anew who they are; see `step_up`.

    Args:
        request: Of the visitor.
        sha256: Hash of the document they are about to sign.
        about: What it is, in words, shown on that page.
        following: Where they go afterwards, to sign.
    """
    ask_step_up(request, sha256, about=about, following=following)
    return redirect("organisations:step-up")


def first_shown_anew(
    request: HttpRequest, change: Sequence[str], *, about: str, following: str
) -> HttpResponse | None:
    """Let somebody show anew who they are before they make a change of rights.

    Args:
        request: Of the visitor, in the POST that makes the change.
        change: What is changed, in full: a proof for one change makes no other.
        about: The same in words, shown on that page.
        following: Where they go afterwards, to press the button again.

    Returns:
        The way to the page; None when they did, and the change may be made.
    """
    digest = sha256_hex(canonical_bytes(list(change)))
    if step_up_for(request, digest) is None:
        ask_step_up(request, digest, about=about, following=following, is_change=True)
        return redirect("organisations:step-up")
    return None


@require_http_methods(["GET", "POST"])
@guarded("organisations.sign-in")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in: at the municipality, or by the emergency door."""
    following = _safe(request, request.POST.get(_NEXT) or request.GET.get(_NEXT, ""))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = authenticate(request, **form.cleaned_data)
        if isinstance(person, Person):
            note_emergency(person)
            login(request, person)
            begin_session(request)
            return redirect(following)
        form.add_error(None, words("organisations.not-known"))
    return render(
        request, "organisations/sign_in.html",
        {"form": form, "next": following, "with_provider": bool(settings.OIDC_ISSUER),
         "way": f"{reverse('organisations:provider')}?{urlencode({_NEXT: following})}"},
        status=400 if form.errors else 200,
    )  # fmt: skip


def locked_out(
    request: HttpRequest, _answer: HttpResponseBase | None = None, _tried: Any = None
) -> HttpResponse:
    """What somebody reads who tried too often; called by django-axes."""
    minutes = round(settings.AXES_COOLOFF_TIME * 60)
    sentence = words("organisations.locked-out", minutes=minutes)
    return render(request, "organisations/not_signed_in.html", {"sentence": sentence}, status=429)


@require_GET
@guarded("organisations.sign-in")
def ask_provider(request: HttpRequest) -> HttpResponseBase:
    """Go to the municipality to sign in."""
    return _answered(AskProvider.as_view(), request)


@require_GET
@guarded("organisations.step-up")
def ask_provider_again(request: HttpRequest) -> HttpResponseBase:
    """Go to the municipality to type the password anew."""
    return _answered(AskProvider.as_view(again=True), request)


@require_GET
@guarded("organisations.sign-in")
def read_provider(request: HttpRequest) -> HttpResponseBase:
    """Come back from the municipality."""
    try:
        return _answered(ReadProvider.as_view(), request)
    except GrondslagError as error:
        return render(request, "organisations/not_signed_in.html", {"sentence": error}, status=403)


@require_http_methods(["GET", "POST"])
@guarded("organisations.step-up")
def step_up(request: HttpRequest) -> HttpResponse:
    """Show what will be signed and its hash, and let somebody show anew who they are."""
    asked, person = asked_step_up(request), person_of(request)
    if asked is None:
        return redirect(settings.LOGIN_REDIRECT_URL)
    form = AgainForm(request.POST or None)
    if request.method == "POST" and person.is_local and form.is_valid():
        again = authenticate(request, username=person.subject, **form.cleaned_data)
        if again == person:
            return redirect(_safe(request, step_up_done(request)))
        form.add_error(None, words("organisations.not-known"))
    return render(
        request, "organisations/step_up.html",
        {"form": form, "asked": asked, "person": person, "minutes": settings.STEP_UP_MINUTES},
        status=400 if form.errors else 200,
    )  # fmt: skip


@require_POST
@guarded("organisations.sign-out")
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    messages.info(request, words("organisations.signed-out"))
    return redirect("organisations:sign-in")


def _answered(view: Callable[..., HttpResponseBase], request: HttpRequest) -> HttpResponseBase:
    """What a view of the sign-in service answers; without a service there is no such page."""
    if not settings.OIDC_ISSUER:
        raise Http404
    return view(request)


def _safe(request: HttpRequest, address: str) -> str:
    """The address, when it is one of ours; otherwise the first page."""
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours else resolve_url(settings.LOGIN_REDIRECT_URL)
