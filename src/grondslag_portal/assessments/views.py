"""Pages about the advice and about the decision to deliver."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from grondslag.approval import Opinion, Reply
from grondslag.errors import ApprovalError, GrondslagError
from grondslag_portal.assessments.brief import brief_of
from grondslag_portal.assessments.forms import FOLLOWED, AdviceForm, AnswerForm
from grondslag_portal.assessments.selectors import advice_in, draft_of, seats_of, signing_in
from grondslag_portal.assessments.services import (
    ADVICE,
    ANSWER,
    advise,
    answer,
    digest_of,
    keep_draft,
    sign,
)
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.organisations.services import is_stepped_up, step_up_for
from grondslag_portal.organisations.views import redirect_to_step_up
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.selectors import project_standing
from grondslag_portal.shared.access import guarded, may, standing_of
from grondslag_portal.shared.words import words


@require_GET
@guarded("assessments.read", project_standing)
def advice_page(request: HttpRequest, project: Project) -> HttpResponse:
    """The advice as it stands, with the answer to it."""
    standing = standing_of(request)
    return render(
        request, "assessments/advice.html",
        {"project": project, "advice": advice_in(project),
         "may_advise": may("assessments.advise", standing),
         "may_answer": may("assessments.answer", standing)},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@guarded("assessments.advise", project_standing)
def advise_page(request: HttpRequest, project: Project) -> HttpResponse:
    """Give an advice as data protection officer."""
    person = person_of(request)
    form = AdviceForm(request.POST or draft_of(project, person, ADVICE) or None)
    typed = {name: form[name].value() or "" for name in form.fields}
    digest, fault = digest_of(project, typed), None
    if request.method == "POST":
        keep_draft(project, ADVICE, typed, by=person)
        if form.is_valid():
            moment = step_up_for(request, digest)
            if moment is None:
                return redirect_to_step_up(
                    request, digest, about=words("assessments.about-advice", title=project.title),
                    following=reverse("assessments:advise", args=[project.key]),
                )  # fmt: skip
            try:
                opinion = Opinion(form.chosen, form.cleaned_data["text"])
                advise(project, opinion, by=person, stepped_up=moment)
            except GrondslagError as error:
                fault = error
            else:
                messages.success(request, words("assessments.advised"))
                return redirect("assessments:advice", key=project.key)
    return render(
        request, "assessments/advise.html",
        {"project": project, "form": form, "fault": fault, "advice": advice_in(project),
         "is_stepped_up": is_stepped_up(request, digest)},
        status=_status(request, fault),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@guarded("assessments.answer", project_standing)
def answer_page(request: HttpRequest, project: Project) -> HttpResponse:
    """Answer the advice as decider: follow it, or explain."""
    person, advice = person_of(request), advice_in(project)
    if advice is None:
        return redirect("assessments:advice", key=project.key)
    form = AnswerForm(request.POST or draft_of(project, person, ANSWER) or None)
    typed = {name: form[name].value() or "" for name in form.fields}
    digest, fault = digest_of(project, {**typed, "advice": advice.text}), None
    if request.method == "POST":
        keep_draft(project, ANSWER, typed, by=person)
        if form.is_valid():
            moment = step_up_for(request, digest)
            if moment is None:
                return redirect_to_step_up(
                    request, digest, about=words("assessments.about-answer", title=project.title),
                    following=reverse("assessments:answer", args=[project.key]),
                )  # fmt: skip
            found = form.cleaned_data
            try:
                reply = Reply(found["followed"] == FOLLOWED, found["reason"])
                answer(project, reply, by=person, stepped_up=moment)
            except GrondslagError as error:
                fault = error
            else:
                messages.success(request, words("assessments.answered"))
                return redirect("assessments:decision", key=project.key)
    return render(
        request, "assessments/answer.html",
        {"project": project, "form": form, "fault": fault, "advice": advice,
         "is_stepped_up": is_stepped_up(request, digest)},
        status=_status(request, fault),
    )  # fmt: skip


@require_GET
@guarded("assessments.read", project_standing)
def decision_page(request: HttpRequest, project: Project) -> HttpResponse:
    """What is signed, in plain words, and who signed."""
    return _decision(request, project)


@require_POST
@guarded("assessments.sign", project_standing)
def sign_page(request: HttpRequest, project: Project) -> HttpResponse:
    """Sign, for everything that waits for the visitor, exactly what they saw."""
    person = person_of(request)
    digest = request.POST.get("sha256", "")
    signing = signing_in(project)
    seats = seats_of(person, standing_of(request).roles, signing)
    following = reverse("assessments:decision", args=[project.key])
    if signing.shown is None or not seats:
        return _decision(request, project, fault=ApprovalError("assessments.nothing-to-sign"))
    if signing.shown.sha256 != digest:
        fault = ApprovalError("assessments.changed-meanwhile", project=project.key)
        return _decision(request, project, fault=fault)
    moment = step_up_for(request, digest)
    if moment is None:
        about = words("assessments.about-approval", title=project.title)
        return redirect_to_step_up(request, digest, about=about, following=following)
    try:
        sign(project, seats, sha256=digest, by=person, stepped_up=moment)
    except GrondslagError as error:
        return _decision(request, project, fault=error)
    messages.success(request, words("assessments.signed"))
    return redirect(following)


def _decision(
    request: HttpRequest, project: Project, *, fault: GrondslagError | None = None
) -> HttpResponse:
    signing, standing = signing_in(project), standing_of(request)
    seats = (
        seats_of(person_of(request), standing.roles, signing)
        if may("assessments.sign", standing)
        else []
    )
    shown = signing.shown
    return render(
        request, "assessments/decision.html",
        {"project": project, "signing": signing, "shown": shown, "mine": seats,
         "brief": None if shown is None else brief_of(project),
         "places": signing.places(seats),
         "titles": {} if shown is None else {one.dataset: one.title for one in shown.datasets},
         "advice": advice_in(project), "fault": fault or signing.fault,
         "may_answer": may("assessments.answer", standing),
         "is_stepped_up": shown is not None and is_stepped_up(request, shown.sha256)},
        status=200 if fault is None else 409,
    )  # fmt: skip


def _status(request: HttpRequest, fault: GrondslagError | None) -> int:
    if fault is not None:
        return 409
    return 400 if request.method == "POST" else 200
