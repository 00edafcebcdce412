"""Pages about tokens of programs: which there are, giving one, limiting and ending it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from grondslag.errors import GrondslagError
from grondslag_portal.api.forms import SCOPE_WORDS, LimitForm, TokenForm
from grondslag_portal.api.models import Token
from grondslag_portal.api.permissions import Scope
from grondslag_portal.api.selectors import clients, is_in_force, token_with
from grondslag_portal.api.services import Ask, Limit, give_token, limit_token, revoke_token
from grondslag_portal.organisations.rights_forms import ROLE_WORDS
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.organisations.views import first_shown_anew
from grondslag_portal.shared.access import Role, Standing, guarded, may, roles_of, standing_of
from grondslag_portal.shared.forms import PageForm
from grondslag_portal.shared.words import words

_MANY = ("roles", "scopes")


def token_standing(request: HttpRequest, *, token: int) -> Standing:
    """How the visitor stands to a token.

    Raises:
        Http404: There is none.
    """
    found = token_with(token)
    if found is None:
        raise Http404
    return Standing(found, roles_of(request))


@require_GET
@guarded("tokens.see")
def token_list(request: HttpRequest) -> HttpResponse:
    """Every program with its tokens; never a token itself, nobody has it any more."""
    rows = [
        {
            "client": client,
            "roles": [ROLE_WORDS[Role(role)] for role in client.roles],
            "tokens": [_shown(token) for token in client.tokens.all()],
        }
        for client in clients()
    ]
    may_change = may("tokens.change", standing_of(request))
    return render(request, "api/tokens.html", {"rows": rows, "may_change": may_change})


@require_http_methods(["GET", "POST"])
@guarded("tokens.change")
def give_page(request: HttpRequest) -> HttpResponse:
    """Give a program a token; it is shown in this answer, and kept nowhere."""
    form = TokenForm(request.POST or None, initial=_typed(request.GET))
    if request.method == "POST" and form.is_valid():
        about = words("api.about-give", name=form.cleaned_data["name"])
        if way := _shown_anew(request, form, "give-token", about=about):
            return way
        given = form.cleaned_data
        ask = Ask(
            key=given["key"], name=given["name"], department=given["department"],
            answers=given["answers"], roles=[Role(role) for role in given["roles"]],
            scopes=[Scope(scope) for scope in given["scopes"]], days=given["days"],
        )  # fmt: skip
        try:
            token = give_token(ask, by=person_of(request))
        except GrondslagError as error:
            form.add_error(None, words(error.code, **error.fields))
        else:
            answer = render(request, "api/given.html", {"token": token, "name": ask.name})
            answer["Cache-Control"] = "private, no-store"
            return answer
    status = 400 if form.errors else 200
    return render(request, "api/give_token.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
@guarded("tokens.change", token_standing)
def token_page(request: HttpRequest, token: Token) -> HttpResponse:
    """One token: what it may, until when; take a part away, or end it."""
    ends = request.POST.get("do") == "end"
    form = LimitForm(
        request.POST if request.method == "POST" and not ends else None,
        token=token, initial=_typed(request.GET),
    )  # fmt: skip
    fault: GrondslagError | None = None
    if request.method == "POST" and (ends or form.is_valid()):
        code = "api.about-end" if ends else "api.about-limit"
        about = words(code, name=token.client.name)
        change = ("end-token" if ends else "limit-token", str(token.pk))
        if way := _shown_anew(request, form, *change, about=about):
            return way
        try:
            if ends:
                revoke_token(token, by=person_of(request))
            else:
                scopes = [Scope(scope) for scope in form.cleaned_data["scopes"]]
                wanted = Limit(scopes, form.cleaned_data["until"])
                limit_token(token, wanted, by=person_of(request))
        except GrondslagError as error:
            fault = error
        else:
            said = "api.token-ended" if ends else "api.token-limited"
            messages.success(request, words(said, name=token.client.name))
            return redirect("tokens:list")
    return render(
        request, "api/token.html",
        {"form": form, "token": token, "fault": fault, "in_force": is_in_force(token)},
        status=409 if fault else 400 if form.errors else 200,
    )  # fmt: skip


def _shown(token: Token) -> dict[str, Any]:
    return {
        "token": token,
        "in_force": is_in_force(token),
        "scopes": [SCOPE_WORDS[Scope(scope)] for scope in token.scopes],
    }


def _typed(sent: QueryDict) -> dict[str, Any]:
    """What was typed before somebody showed anew who they are."""
    return {name: sent.getlist(name) if name in _MANY else sent[name] for name in sent}


def _shown_anew(
    request: HttpRequest, form: PageForm, *change: str, about: str
) -> HttpResponse | None:
    """First show anew who they are, for exactly what was typed; then the form is filled again."""
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    typed.pop("do", None)
    told = [f"{name}={' '.join(request.POST.getlist(name))}" for name in sorted(form.fields)]
    following = f"{request.path}?{typed.urlencode()}" if typed else request.path
    return first_shown_anew(request, [*change, *told], about=about, following=following)
