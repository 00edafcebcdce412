"""Beginning a project: what we know already, then the first question."""

import re
import unicodedata
from datetime import timedelta

from django import forms
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from grondslag.plan.first import FirstAnswers, to_settle
from grondslag.vocabulary import AdministrativeBody, AlternativeVerdict, AlternativeWay, Proceed
from grondslag_portal.organisations.models import Department, Person
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.projects.alike import projects_alike
from grondslag_portal.projects.fields import check_text
from grondslag_portal.projects.models import ADDRESSES, Project
from grondslag_portal.projects.services import begin_project
from grondslag_portal.shared.access import guarded
from grondslag_portal.shared.forms import PageForm
from grondslag_portal.shared.words import words

_MOST_KEY = 60
_TWICE = timedelta(minutes=1)
"""Within this time the same title by the same person is a form that was sent twice."""


class BeginForm(PageForm):
    """What is needed to begin."""

    title = forms.CharField(
        label="projects.ask-title", help_text="projects.hint-title", max_length=160
    )
    key = forms.CharField(
        label="projects.ask-key",
        help_text="projects.hint-key",
        max_length=_MOST_KEY,
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
        if not re.fullmatch(r"[a-z][a-z0-9-]*", given):
            raise forms.ValidationError(words("projects.error-key"))
        if given in ADDRESSES or Project.objects.filter(key=given).exists():
            raise forms.ValidationError(words("projects.key-in-use", key=given))
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
    again = _sent_before(form, person)
    if again is not None:
        return redirect("projects:question-problem", key=again.key)
    alike = projects_alike(person, form.cleaned_data["title"])
    if alike and "seen" not in request.POST:
        return render(request, "projects/known.html", {"form": form, "alike": alike})
    project = _begun(form, person)
    if project is None:
        form.add_error("key", words("projects.key-in-use", key=form.cleaned_data["key"]))
        return render(request, "projects/begin.html", {"form": form}, status=400)
    return redirect("projects:question-problem", key=project.key)


def key_of(title: str) -> str:
    """A key from a title: plain letters, digits and hyphens."""
    letters = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    found = re.search(r"[a-z].*", plain)
    return found.group()[:40].strip("-") if found else "project"


def free_key(key: str) -> str:
    """The key, with a number behind it when it is in use."""
    taken = set(Project.objects.filter(key__startswith=key).values_list("key", flat=True))
    taken |= ADDRESSES
    numbered = (f"{key}-{number}" for number in range(2, len(taken) + 3))
    return key if key not in taken else next(one for one in numbered if one not in taken)


def _sent_before(form: BeginForm, person: Person) -> Project | None:
    """The project that this very form began, when it is sent a second time."""
    return Project.objects.filter(
        applicant=person,
        title=form.cleaned_data["title"],
        department=form.cleaned_data["department"],
        created__gte=timezone.now() - _TWICE,
    ).first()


def _begun(form: BeginForm, person: Person) -> Project | None:
    """The new project; None when somebody else took its key this very moment."""
    decision = {
        "what": to_settle("decision"),
        "if_yes": to_settle("if-yes"),
        "if_no": to_settle("if-no"),
        "decider": {"body": str(AdministrativeBody.EXECUTIVE_BOARD)},
    }
    ways = [
        {"way": str(way), "verdict": str(AlternativeVerdict.UNCLEAR), "reason": to_settle("way")}
        for way in AlternativeWay
    ]
    proceed = {"answer": str(Proceed.NOT_YET), "reason": to_settle("proceed")}
    answers = FirstAnswers(to_settle("problem"), to_settle("know"), decision, None, ways, proceed)
    try:
        return begin_project(
            answers, key=form.cleaned_data["key"], by=person, title=form.cleaned_data["title"],
            department=form.cleaned_data["department"], restricted=form.cleaned_data["restricted"],
        )  # fmt: skip
    except IntegrityError:
        return None
