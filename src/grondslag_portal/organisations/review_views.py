"""Pages of the yearly look at all rights: what is due, and one department at a time."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from grondslag.errors import GrondslagError
from grondslag.wording import Word
from grondslag_portal.organisations.models import Department, Person
from grondslag_portal.organisations.reviewing import (
    Answer,
    Right,
    mark_of,
    review_rights,
    reviews,
    rights_of,
)
from grondslag_portal.organisations.rights_forms import ROLE_WORDS
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.organisations.views import first_shown_anew
from grondslag_portal.shared.access import guarded
from grondslag_portal.shared.forms import PageForm, explain
from grondslag_portal.shared.words import words

WHOLE = "gemeente"
_ROLE = ((Answer.KEEP, Word("organisations.review-keep")),
         (Answer.END, Word("organisations.review-end")))  # fmt: skip
_ACCOUNT = ((Answer.KEEP, Word("organisations.review-keep-account")),
            (Answer.END, Word("organisations.review-end-account")))  # fmt: skip


class ReviewForm(PageForm):
    """Keep or end, for every right that is not of who looks."""

    def __init__(self, rights: Sequence[Right], data: Any, initial: Mapping[str, str]) -> None:
        super().__init__(data, initial=initial)
        for right in rights:
            field = forms.ChoiceField(
                choices=[(answer.value, word) for answer, word in _choices(right)],
                widget=forms.RadioSelect, label=_name_of(right),
            )  # fmt: skip
            explain(field)
            self.fields[right.key] = field


@require_GET
@guarded("organisations.see-rights")
def review_list(request: HttpRequest) -> HttpResponse:
    """When the rights of each department were last looked at; what is due first."""
    found = sorted(reviews(), key=lambda one: not one.is_due)
    rows = [{"looked": one, "key": _key(one.department)} for one in found]
    return render(request, "organisations/review_list.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@guarded("organisations.see-rights")
def review_page(request: HttpRequest, key: str) -> HttpResponse:
    """Every account of one department: its roles, when it last signed in, keep or end."""
    department = None if key == WHOLE else get_object_or_404(Department, key=key)
    person, rights = person_of(request), rights_of(department)
    judged = [right for right in rights if right.person != person]
    mark = mark_of(rights)
    form = ReviewForm(judged, request.POST or None, _said_before(request, judged, mark))
    fault: GrondslagError | None = None
    if request.method == "POST" and form.is_valid():
        answers = {name: Answer(value) for name, value in form.cleaned_data.items()}
        if way := _shown_anew(request, department, answers):
            return way
        try:
            left = review_rights(department, request.POST.get("sha256", ""), answers, by=person)
        except GrondslagError as error:
            fault = error
        else:
            messages.success(request, words("organisations.rights-seen"))
            for right in left:
                messages.warning(request, words("organisations.end-there", what=_name_of(right)))
            return redirect("organisations:reviews")
    return render(
        request, "organisations/review.html",
        {"department": department, "accounts": _accounts(rights, form, person), "form": form,
         "sha256": mark, "fault": fault},
        status=409 if fault else 400 if form.errors else 200,
    )  # fmt: skip


def _shown_anew(
    request: HttpRequest, department: Department | None, answers: Mapping[str, Answer]
) -> HttpResponse | None:
    """First show anew who they are, for exactly these answers; then the form is filled again."""
    sha256 = request.POST.get("sha256", "")
    ending = sorted(name for name, answer in answers.items() if answer is Answer.END)
    name = department.name if department else words("organisations.whole")
    said = urlencode({"sha256": sha256, Answer.END.value: ending}, doseq=True)
    return first_shown_anew(
        request, ["review", _key(department), sha256, *ending],
        about=words("organisations.about-review", name=name, count=len(ending)),
        following=f"{reverse('organisations:review', args=[_key(department)])}?{said}",
    )  # fmt: skip


def _said_before(request: HttpRequest, judged: Sequence[Right], mark: str) -> dict[str, str]:
    """The answers of who comes back from showing anew who they are; none when rights changed."""
    if request.GET.get("sha256") != mark:
        return {}
    ending = set(request.GET.getlist(Answer.END.value))
    return {right.key: (Answer.END if right.key in ending else Answer.KEEP) for right in judged}


def _accounts(rights: Sequence[Right], form: ReviewForm, person: Person) -> list[dict[str, Any]]:
    """Every account with the questions about it; one's own without questions."""
    return [
        {
            "person": whose,
            "is_own": whose == person,
            "asked": [
                {"field": form[right.key] if whose != person else None, "right": right,
                 "name": _name_of(right)}
                for right in theirs
            ],
        }
        for whose, theirs in groupby(rights, key=lambda right: right.person)
    ]  # fmt: skip


def _name_of(right: Right) -> str:
    name = right.person.name
    if right.role is None:
        return words("organisations.review-account", name=name)
    return words("organisations.review-role", role=ROLE_WORDS[right.role], name=name)


def _choices(right: Right) -> tuple[tuple[Answer, Word], ...]:
    return _ACCOUNT if right.grant is None else _ROLE


def _key(department: Department | None) -> str:
    return department.key if department else WHOLE
