"""Beginning a project: what we know already, then the first question."""

from dataclasses import replace

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from grondslag.errors import InputError
from grondslag_portal.organisations.models import Department
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.projects.alike import projects_alike
from grondslag_portal.projects.beginning import (
    MOST_KEY,
    Beginning,
    begin,
    check_key,
    free_key,
    key_of,
    sent_before,
)
from grondslag_portal.projects.fields import check_text
from grondslag_portal.shared.access import guarded
from grondslag_portal.shared.forms import PageForm
from grondslag_portal.shared.words import words


class BeginForm(PageForm):
    """What is needed to begin."""

    title = forms.CharField(
        label="projects.ask-title", help_text="projects.hint-title", max_length=160
    )
    key = forms.CharField(
        label="projects.ask-key",
        help_text="projects.hint-key",
        max_length=MOST_KEY,
        required=False,
    )
    department = forms.ModelChoiceField(
        label="projects.ask-department", queryset=Department.objects.filter(partner=False),
        widget=forms.RadioSelect, empty_label=None,
    )  # fmt: skip
    restricted = forms.BooleanField(
        label="projects.ask-restricted", help_text="projects.hint-restricted", required=False
    )

    def clean_title(self) -> str:
        """A title that a plan takes."""
        title = str(self.cleaned_data["title"])
        check_text(title, {"minLength": 5, "maxLength": 160})
        return title

    def clean_key(self) -> str:
        """A key that is free; made of the title when nobody gave one."""
        given = str(self.cleaned_data["key"])
        if not given:
            return free_key(key_of(str(self.cleaned_data.get("title", ""))))
        try:
            check_key(given)
        except InputError as error:
            raise forms.ValidationError(words(error.code, **error.fields)) from error
        return given


@require_http_methods(["GET", "POST"])
@guarded("projects.begin")
def begin_page(request: HttpRequest) -> HttpResponse:
    """Ask for a title and a department; show what we know already before anything is begun."""
    person = person_of(request)
    form = BeginForm(request.POST or None, initial={"department": person.department_id})
    if request.method != "POST":
        return render(request, "projects/begin.html", {"form": form})
    if not form.is_valid():
        return render(request, "projects/begin.html", {"form": form}, status=400)
    given = form.cleaned_data
    wanted = Beginning(
        given["title"], given["department"], given["key"], restricted=given["restricted"]
    )
    again = sent_before(replace(wanted, key=""), by=person)
    if again is not None:
        return redirect("projects:question-problem", key=again.key)
    alike = projects_alike(person, given["title"])
    if alike and "seen" not in request.POST:
        return render(request, "projects/known.html", {"form": form, "alike": alike})
    try:
        project = begin(wanted, by=person)
    except InputError as error:
        form.add_error("key", words(error.code, **error.fields))
        return render(request, "projects/begin.html", {"form": form}, status=400)
    return redirect("projects:question-problem", key=project.key)
