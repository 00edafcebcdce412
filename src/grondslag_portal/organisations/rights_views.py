"""Pages about who may do what: roles, terms, being away, handing over."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grondslag.errors import GrondslagError
from grondslag_portal.organisations.models import Absence, Person, RoleGrant
from grondslag_portal.organisations.reviewing import reviews
from grondslag_portal.organisations.rights import gaps
from grondslag_portal.organisations.rights_forms import (
    EVERYTHING,
    ROLE_WORDS,
    AwayForm,
    HandOverForm,
    RoleForm,
)
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.organisations.services import Gift, end_role, give_role
from grondslag_portal.organisations.terms import (
    close_account,
    end_absence,
    hand_over,
    has_open,
    note_absence,
)
from grondslag_portal.organisations.views import first_shown_anew
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role, guarded, may, standing_of
from grondslag_portal.shared.forms import PageForm
from grondslag_portal.shared.words import words


@require_GET
@guarded("organisations.rights")
def who_may_what(request: HttpRequest) -> HttpResponse:
    """Every role with its people; roles without a person first."""
    grants = RoleGrant.in_term(engine.today()).filter(person__is_active=True)
    rows = [
        {"grant": grant, "role": ROLE_WORDS[Role(grant.role)]}
        for grant in grants.select_related("person", "department", "deputy_of").order_by(
            "department__name", "role", "person__name"
        )
    ]
    missing = [{"gap": gap, "role": ROLE_WORDS[gap.role]} for gap in gaps()]
    return render(
        request, "organisations/who_may_what.html",
        {"rows": rows, "gaps": missing, "due": sum(one.is_due for one in reviews()),
         "may_change": may("organisations.change-rights", standing_of(request))},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@guarded("organisations.change-rights")
def give_role_page(request: HttpRequest) -> HttpResponse:
    """Give somebody a role; who gives it shows anew who they are, for this role."""
    form = RoleForm(request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        gift = Gift(**form.cleaned_data)
        about = words("organisations.about-role", role=ROLE_WORDS[gift.role], name=gift.person.name)
        if way := _shown_anew(request, form, "give", about=about):
            return way
        try:
            give_role(gift, by=person_of(request).name)
        except GrondslagError as error:
            form.add_error(None, words(error.code, **error.fields))
        else:
            messages.success(request, words("organisations.role-given", name=gift.person.name))
            return redirect("organisations:who-may-what")
    return render(
        request, "organisations/give_role.html", {"form": form}, status=400 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
@guarded("organisations.change-rights")
def end_role_page(request: HttpRequest, grant: int) -> HttpResponse:
    """Ask whether a role ends; end it."""
    found = get_object_or_404(RoleGrant.objects.select_related("person", "department"), pk=grant)
    if request.method == "POST":
        about = words(
            "organisations.about-end", role=ROLE_WORDS[Role(found.role)], name=found.person.name
        )
        if way := first_shown_anew(
            request, ["end", str(found.pk)], about=about, following=request.path
        ):
            return way
        end_role(found, by=person_of(request).name)
        messages.success(request, words("organisations.role-ended", name=found.person.name))
        return redirect("organisations:who-may-what")
    return render(
        request, "organisations/end_role.html",
        {"grant": found, "role": ROLE_WORDS[Role(found.role)]},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@guarded("organisations.change-rights")
def person_page(request: HttpRequest, person: int) -> HttpResponse:
    """One person: their roles; hand all of it over, and close the account after that."""
    found = get_object_or_404(Person.objects.select_related("department"), pk=person)
    form = HandOverForm(request.POST or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        receiver: Person = form.cleaned_data["receiver"]
        about = words("organisations.about-hand-over", giver=found.name, receiver=receiver.name)
        if way := _shown_anew(request, form, "hand-over", str(found.pk), about=about):
            return way
        try:
            hand_over(
                found, receiver, by=person_of(request),
                roles=form.cleaned_data["what"] == EVERYTHING,
            )  # fmt: skip
        except GrondslagError as error:
            form.add_error(None, words(error.code, **error.fields))
        else:
            messages.success(request, words("organisations.handed-over", name=receiver.name))
            return redirect("organisations:person", person=found.pk)
    grants = RoleGrant.in_term(engine.today()).filter(person=found)
    return render(
        request, "organisations/person.html",
        {"person": found, "form": form, "has_open": has_open(found),
         "rows": [{"grant": grant, "role": ROLE_WORDS[Role(grant.role)]}
                  for grant in grants.select_related("department", "deputy_of")]},
        status=400 if form.errors else 200,
    )  # fmt: skip


@require_POST
@guarded("organisations.change-rights")
def close_page(request: HttpRequest, person: int) -> HttpResponse:
    """Close the account of who left."""
    found = get_object_or_404(Person, pk=person)
    if way := first_shown_anew(
        request, ["close", str(found.pk)],
        about=words("organisations.about-close", name=found.name),
        following=reverse("organisations:person", args=[found.pk]),
    ):  # fmt: skip
        return way
    close_account(found, by=person_of(request).name)
    messages.success(request, words("organisations.account-closed", name=found.name))
    return redirect("organisations:who-may-what")


@require_http_methods(["GET", "POST"])
@guarded("organisations.away")
def away_page(request: HttpRequest) -> HttpResponse:
    """Say when I am away: my deputies act in that term."""
    person = person_of(request)
    form = AwayForm(request.POST or None)
    if request.method == "POST" and "back" in request.POST:
        number = request.POST["back"]
        own = Absence.objects.filter(person=person)
        absence = own.filter(pk=number).first() if number.isdigit() else None
        if absence is None:
            raise Http404
        end_absence(absence, by=person.name)
        return redirect("organisations:away")
    if request.method == "POST" and form.is_valid():
        note_absence(person, **form.cleaned_data, by=person.name)
        messages.success(request, words("organisations.away-kept"))
        return redirect("organisations:away")
    coming = Absence.objects.filter(person=person, end__gte=engine.today()).order_by("start")
    deputies = RoleGrant.in_term(engine.today()).filter(deputy_of=person).select_related("person")
    return render(
        request, "organisations/away.html",
        {"form": form, "coming": coming,
         "deputies": sorted({grant.person.name for grant in deputies})},
        status=400 if form.errors else 200,
    )  # fmt: skip


def _shown_anew(
    request: HttpRequest, form: PageForm, *change: str, about: str
) -> HttpResponse | None:
    """First show anew who they are, for exactly what was typed; then the form is filled again."""
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    told = [f"{name}={form.data.get(name, '')}" for name in sorted(form.fields)]
    following = f"{request.path}?{typed.urlencode()}"
    return first_shown_anew(request, [*change, *told], about=about, following=following)
