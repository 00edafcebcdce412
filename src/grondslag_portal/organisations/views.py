"""Pages to sign in and out."""

from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from grondslag_portal.shared.access import guarded


@require_http_methods(["GET", "POST"])
@guarded("organisations.sign-in")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a local account."""
    form = AuthenticationForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return redirect("projects:list")
    return render(request, "organisations/sign_in.html", {"form": form})


@require_POST
@guarded("organisations.sign-out")
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    logout(request)
    return redirect("organisations:sign-in")
