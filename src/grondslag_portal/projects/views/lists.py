"""All projects that exist for somebody; one project as a task list."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from grondslag.canonical import read_document
from grondslag.project import Status, Step
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.projects.editing import PLAN, Content
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.road import now_of, road_of
from grondslag_portal.projects.screens import Screen
from grondslag_portal.projects.sections import is_open, made_for, screens_of, title_of, unsettled
from grondslag_portal.projects.selectors import document_of, project_standing, visible_projects
from grondslag_portal.projects.services import refresh
from grondslag_portal.shared.access import guarded, may, standing_of
from grondslag_portal.tasks.selectors import tasks_for

_PER_PAGE = 25


@require_GET
@guarded("projects.list")
def project_list(request: HttpRequest) -> HttpResponse:
    """All projects that exist for the visitor."""
    projects = visible_projects(person_of(request)).select_related("department", "applicant")
    page = Paginator(projects, _PER_PAGE).get_page(request.GET.get("pagina"))
    rows = [(project, now_of(road_of(project))) for project in page]
    return render(request, "projects/list.html", {"page": page, "rows": rows})


@require_GET
@guarded("projects.read", project_standing)
def project_page(request: HttpRequest, project: Project) -> HttpResponse:
    """Where a project stands: eight steps, what to do now, for whom it waits."""
    project = refresh(project)
    standing = standing_of(request)
    document = document_of(project, PLAN)
    content: Content = {}
    if document is not None:
        content = read_document(bytes(document.content).decode("utf-8"), file=PLAN).content
    edits = may("projects.edit", standing)
    stops = road_of(project, standing)
    now = now_of(stops)
    parts = {
        step: [_part(project, screen, content) for screen in screens_of(step)]
        for step in (Step.QUESTION, Step.GROUND, Step.DATA)
    }
    return render(
        request,
        "projects/project.html",
        {
            "project": project,
            "stops": [(stop, parts.get(stop.step, []) if edits else []) for stop in stops],
            "now": now,
            "until": _settled(project.end_date, content),
            "review": _settled(project.review_date, content),
            "mine": [
                task.title
                for task in tasks_for(person_of(request))
                if now is not None and (task.project, task.step) == (project.key, now.step)
            ],
            "exports": may("projects.export", standing),
            "reopens": may("projects.reopen", standing),
            "handed": project.hand_overs.select_related("giver", "receiver"),
        },
    )


def _settled(day: date | None, content: Content) -> date | None:
    """A day of the plan; a first plan has its own day where nobody knows yet."""
    return None if day is None or day.isoformat() == content.get("date") else day


def _part(project: Project, screen: Screen, content: Content) -> dict[str, Any]:
    """A screen as a row below its step."""
    left, of = unsettled(screen, content)
    status = Status.BUSY if left < of else Status.NOT_STARTED
    if of and not is_open(screen, content):
        status = Status.DONE
    return {
        "title": title_of(made_for(screen, content)),
        "url": reverse(f"projects:{screen.key}", kwargs={"key": project.key}),
        "status": str(status) if of else "",
    }
