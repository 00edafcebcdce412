"""What the rules say of a whole plan, and the smallest set of changes that makes it lawful."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from grondslag.policy import Severity, describe_outcome
from grondslag.project import Step
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.projects.answering import change_plan
from grondslag_portal.projects.editing import PLAN
from grondslag_portal.projects.judging import (
    findings_of,
    judged,
    option_with,
    proposed,
    remedy_of,
    way_of,
)
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.selectors import document_of, project_standing
from grondslag_portal.projects.views.finding import Spot, spot_standing
from grondslag_portal.projects.views.sections import section_url
from grondslag_portal.shared.access import guarded, may, standing_of
from grondslag_portal.shared.words import language

_JUST_CHANGED = "projects-changed"
"""Where in the session it stands what was just changed, until it is shown, once."""


@require_GET
@guarded("projects.read", spot_standing)
def rules_page(request: HttpRequest, spot: Spot) -> HttpResponse:
    """Every finding, and with which changes the plan is lawful."""
    judgement, project = spot.judgement, spot.project
    edits = may("projects.edit", standing_of(request))
    found = proposed(project, judgement) if edits else None
    refused = judgement.verdict.with_severity(Severity.REFUSES)
    best = way_of(judgement, found.best) if found is not None else None
    others = () if found is None else found.alternatives
    changed = request.session.pop(_JUST_CHANGED, None)
    plan = document_of(project, PLAN)
    of_steps = {
        step: findings_of(judgement, step) for step in (Step.QUESTION, Step.GROUND, Step.DATA)
    }
    asked = {
        step: [one for one in found if one.severity is not Severity.NOTES]
        for step, found in of_steps.items()
    }
    notes = [one for found in of_steps.values() for one in found if one.severity is Severity.NOTES]
    return render(
        request,
        "projects/rules.html",
        {
            "project": project,
            "outcome": describe_outcome(judgement.verdict.outcome, language=language()),
            "unfinished": judgement.is_unfinished,
            "fault": judgement.fault,
            "best": best if best is not None and best.changes else None,
            "is_smallest": found is not None and found.is_smallest,
            "others": [way_of(judgement, one) for one in others],
            "none": edits and found is None and bool(refused),
            "edits": edits,
            "groups": [
                (step, section_url(project, step), findings)
                for step, findings in asked.items()
                if findings
            ],
            "notes": notes,
            "changed": changed["says"] if changed and changed["project"] == project.key else [],
            "version": plan.version if plan is not None else 0,
        },
    )


@require_POST
@guarded("projects.edit", project_standing)
def apply_page(request: HttpRequest, project: Project) -> HttpResponse:
    """Make every change of a way, or one of it, and show what was changed."""
    key = request.POST.get("change", "")[:64]
    judgement = judged(project)
    option = option_with(project, judgement, key)
    made = change_plan(project, key, by=person_of(request))
    said = option.changes if option is not None else made
    request.session[_JUST_CHANGED] = {
        "project": project.key,
        "says": [remedy_of(judgement, change).says for change in said],
    }
    return redirect("projects:rules", key=project.key)
