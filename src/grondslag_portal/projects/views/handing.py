"""Handing over what I began, and giving back what I got."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from grondslag.errors import GrondslagError
from grondslag_portal.organisations.models import Person
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.organisations.terms import hand_over
from grondslag_portal.organisations.views import first_shown_anew
from grondslag_portal.projects.handing import give_back, open_projects, received_by
from grondslag_portal.shared.access import guarded
from grondslag_portal.shared.forms import PageForm
from grondslag_portal.shared.words import words

_BACK = "back"


class ReceiverForm(PageForm):
    """Who goes on with my projects."""

    receiver = forms.ModelChoiceField(
        Person.objects.filter(is_active=True).order_by("name"), label="organisations.receiver"
    )


@require_http_methods(["GET", "POST"])
@guarded("projects.hand-over")
def hand_over_page(request: HttpRequest) -> HttpResponse:
    """Give all my projects to another at once, or give back what I got from somebody."""
    person = person_of(request)
    received = received_by(person)
    back = next((one for one in received if str(one.giver.pk) == request.POST.get(_BACK)), None)
    form = ReceiverForm(
        request.POST if request.method == "POST" and back is None else None,
        initial=request.GET.dict(),
    )
    if _BACK in request.POST and back is None:
        raise Http404
    fault: GrondslagError | None = None
    if back is not None or (request.method == "POST" and form.is_valid()):
        receiver: Person = back.giver if back else form.cleaned_data["receiver"]
        answer = first_shown_anew(
            request, ["back" if back else "hand-over", str(person.pk), str(receiver.pk)],
            about=words("projects.about-hand-over", name=receiver.name),
            following=request.path if back else f"{request.path}?receiver={receiver.pk}",
        )  # fmt: skip
        if answer is not None:
            return answer
        try:
            if back:
                give_back(person, receiver)
            else:
                hand_over(person, receiver, by=person, roles=False)
        except GrondslagError as error:
            fault = error
        else:
            messages.success(request, words("projects.handed-over", name=receiver.name))
            return redirect("projects:hand-over")
    return render(
        request, "projects/hand_over.html",
        {"form": form, "projects": open_projects(person), "received": received, "fault": fault},
        status=409 if fault else 400 if form.errors else 200,
    )  # fmt: skip
