"""Pages about decisions: write, check and sign, read, look back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from grondslag.decision.reading import decision_from
from grondslag.errors import GrondslagError
from grondslag.plan import Plan
from grondslag_portal.assessments.brief import brief_of
from grondslag_portal.decisions.content import decision_document, review_document
from grondslag_portal.decisions.forms import (
    OPTIONS,
    VOICES,
    DecisionForm,
    ReviewForm,
    first_answers,
)
from grondslag_portal.decisions.selectors import (
    advice_in,
    decided_in,
    decided_projects,
    draft_of,
)
from grondslag_portal.decisions.services import (
    digest_of,
    fault_in,
    keep_draft,
    look_back,
    sign_decision,
)
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.organisations.step_up import step_up_for
from grondslag_portal.organisations.views import redirect_to_step_up
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.selectors import plan_in, project_standing
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import guarded, may, standing_of
from grondslag_portal.shared.words import words

_PER_PAGE = 25


@require_GET
@guarded("decisions.list")
def decision_list(request: HttpRequest) -> HttpResponse:
    """Every decision that exists for the visitor, newest first."""
    found = decided_projects(person_of(request)).select_related("department")
    page = Paginator(found, _PER_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "decisions/list.html", {"page": page})


@require_http_methods(["GET", "POST"])
@guarded("decisions.write", project_standing)
def write_decision(request: HttpRequest, project: Project) -> HttpResponse:
    """Write the decision; it is kept also when it is not whole yet."""
    plan, advice, draft = plan_in(project), advice_in(project), draft_of(project)
    kept = {**first_answers(plan, advice), **(draft.answers if draft else {})}
    version = draft.version if draft else 0
    other: dict[str, Any] = {}
    status = 200
    if request.method == "POST":
        form = DecisionForm(request.POST, advised=bool(advice))
        typed = {name: request.POST.get(name, "") for name in form.fields}
        seen = request.POST.get("version", "")
        saved = keep_draft(
            project, typed, by=person_of(request), seen=int(seen) if seen.isdigit() else -1
        )
        if saved is None:
            other, status = _differences(form, kept, typed), 409
        elif form.is_valid():
            return redirect("decisions:check", key=project.key)
        elif "later" in request.POST:
            messages.success(request, words("decisions.kept"))
            return redirect("projects:project", key=project.key)
        else:
            version, status = saved.version, 400
    else:
        form = DecisionForm(initial=kept, advised=bool(advice))
    return render(
        request, "decisions/write.html",
        {"project": project, "form": form, "plan": plan, "version": version, "other": other,
         "draft": draft, "options": _options(form), "voices": _voices(form)},
        status=status,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@guarded("decisions.write", project_standing)
def check_decision(request: HttpRequest, project: Project) -> HttpResponse:
    """Everything that was written, to check; who decides signs it here."""
    plan, advice, draft = plan_in(project), advice_in(project), draft_of(project)
    form = DecisionForm(draft.answers if draft else {}, advised=bool(advice))
    if not form.is_valid():
        return redirect("decisions:write", key=project.key)
    person = person_of(request)
    document = decision_document(form.cleaned_data, plan, by=person.name, day=engine.today())
    digest = digest_of(document)
    fault = fault_in(document)
    if request.method == "POST" and fault is None:
        if not may("decisions.sign", standing_of(request)):
            return redirect("decisions:check", key=project.key)
        moment = step_up_for(request, digest)
        if moment is None:
            return redirect_to_step_up(
                request, digest, about=words("decisions.about", title=project.title),
                following=reverse("decisions:check", args=[project.key]),
            )  # fmt: skip
        try:
            sign_decision(project, document, by=person, stepped_up=moment)
        except GrondslagError as error:
            fault = error
        else:
            messages.success(request, words("decisions.signed"))
            return redirect("decisions:decision", key=project.key)
    return render(
        request, "decisions/check.html",
        {"project": project, "decision": decision_from(document), "digest": digest, "fault": fault,
         "brief": brief_of(project),
         "may_sign": may("decisions.sign", standing_of(request))},
        status=409 if fault else 200,
    )  # fmt: skip


@require_GET
@guarded("decisions.read", project_standing)
def decision_page(request: HttpRequest, project: Project) -> HttpResponse:
    """The decision as a record, or what still has to happen for one."""
    decided = decided_in(project)
    standing = standing_of(request)
    return render(
        request, "decisions/decision.html",
        {"project": project, "decided": decided, "plan": plan_in(project),
         "may_write": may("decisions.write", standing),
         "may_review": may("decisions.review", standing) and _is_due(plan_in(project))},
    )  # fmt: skip


@require_GET
@guarded("decisions.council", project_standing)
def council_page(request: HttpRequest, project: Project) -> HttpResponse:
    """One page for the council: the answer first, the range beside it, and what is not known."""
    decided = decided_in(project)
    if decided is None:
        raise Http404
    return render(
        request, "decisions/council.html",
        {"project": project, "decided": decided, "plan": plan_in(project)},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@guarded("decisions.review", project_standing)
def review_page(request: HttpRequest, project: Project) -> HttpResponse:
    """Did it work? Asked at the day that was set beforehand."""
    decided, plan = decided_in(project), plan_in(project)
    if decided is None:
        raise Http404
    form = ReviewForm(request.POST or None)
    fault: GrondslagError | None = None
    if request.method == "POST" and form.is_valid():
        person = person_of(request)
        document = review_document(form.cleaned_data, by=person.name, day=engine.today())
        try:
            look_back(project, document, by=person)
        except GrondslagError as error:
            fault = error
        else:
            messages.success(request, words("decisions.reviewed"))
            return redirect("decisions:decision", key=project.key)
    failed = request.method == "POST"
    return render(
        request, "decisions/review.html",
        {"project": project, "decided": decided, "form": form, "fault": fault,
         "early": not _is_due(plan), "plan": plan},
        status=400 if failed else 200,
    )  # fmt: skip


def _is_due(plan: Plan) -> bool:
    return engine.today() >= plan.review_date


def _options(form: DecisionForm) -> list[dict[str, Any]]:
    return [
        {
            "number": at + 1,
            "fields": [form[f"option_{at}_{part}"] for part in ("name", "advantages", "drawbacks")],
        }
        for at in range(OPTIONS)
    ]


def _voices(form: DecisionForm) -> list[list[Any]]:
    return [[form[f"voice_{at}_who"], form[f"voice_{at}_said"]] for at in range(VOICES)]


def _differences(
    form: DecisionForm, kept: dict[str, Any], typed: dict[str, Any]
) -> dict[str, tuple[str, str]]:
    """Per question what somebody else wrote meanwhile, and what was typed here."""
    return {
        str(field.label): (str(kept.get(name, "")), typed[name])
        for name, field in form.fields.items()
        if kept.get(name, "") != typed[name]
    }
