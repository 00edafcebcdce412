"""Pages about the list of who may sign: the draft goes out, the signed list comes in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from grondslag.errors import GrondslagError
from grondslag_portal.organisations.authorities import (
    LARGEST,
    bring_authorities,
    draft_of_authorities,
    list_in_force,
)
from grondslag_portal.organisations.rights_forms import ListForm
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import guarded
from grondslag_portal.shared.words import words


@require_http_methods(["GET", "POST"])
@guarded("organisations.authorities")
def authorities_page(request: HttpRequest) -> HttpResponse:
    """Which list is in force; bring in a newer one that the root key signed."""
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            content = form.cleaned_data["signed"].read(LARGEST + 1)
            found = bring_authorities(content, by=person_of(request).name)
        except GrondslagError as error:
            form.add_error("signed", words(error.code, **error.fields))
        else:
            messages.success(
                request, words("organisations.authorities-accepted", number=found.number)
            )
            return redirect("organisations:authorities")
    return render(
        request, "organisations/authorities.html",
        {"form": form, "now": list_in_force(engine.installation())},
        status=400 if form.errors else 200,
    )  # fmt: skip


@require_GET
@guarded("organisations.authorities")
def authorities_draft(_request: HttpRequest) -> HttpResponse:
    """The draft, as a file."""
    answer = HttpResponse(draft_of_authorities(), content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="authorities.yaml"'
    return answer
