"""All projects that exist for somebody; one project as a task list."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from grondslag.canonical import read_document
from grondslag.project import Status, Step
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.projects.editing import PLAN, Content
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.screens import Screen
from grondslag_portal.projects.sections import is_open, made_for, screens_of, title_of, unsettled
from grondslag_portal.projects.selectors import document_of, project_standing, visible_projects
from grondslag_portal.projects.services import refresh
from grondslag_portal.shared.access import guarded, may, standing_of
from grondslag_portal.shared.words import language, words

_PER_PAGE = 25
_LATER = {
    Step.APPROVAL: "assessments:decision",
    Step.DELIVERY: "deliveries:delivery",
    Step.INSIGHT: "deliveries:insight",
    Step.DECISION: "decisions:decision",
    Step.REVIEW: "decisions:review",
}
"""The page of each later step; a portal without it shows the step as text."""


@require_GET
@guarded("projects.list")
def project_list(request: HttpRequest) -> HttpResponse:
    """All projects that exist for the visitor."""
    projects = visible_projects(person_of(request)).select_related("department", "applicant")
    page = Paginator(projects, _PER_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "projects/list.html", {"page": page})


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
    tasks = [_task(project, state) for state in project.states]
    parts = {
        step: [_part(project, screen, content) for screen in screens_of(step)]
        for step in (Step.QUESTION, Step.GROUND, Step.DATA)
    }
    return render(
        request,
        "projects/project.html",
        {
            "project": project,
            "tasks": tasks,
            "following": next((task for task in tasks if task["open"]), None),
            "parts": [(step, parts[step]) for step in parts] if edits else [],
            "exports": may("projects.export", standing),
            "handed": project.hand_overs.select_related("giver", "receiver"),
            "reopens": may("projects.reopen", standing),
        },
    )


def _task(project: Project, state: Mapping[str, Any]) -> dict[str, Any]:
    """A step as a row of the task list."""
    step, status = Step(state["step"]), Status(state["status"])
    reachable = status is not Status.CANNOT_YET
    name = _LATER.get(step, f"projects:{step}")
    return {
        "title": step.word,
        "url": _address(name, project) if reachable else "",
        "status": str(status),
        "said": _sentences(state),
        "open": reachable and status is not Status.DONE,
    }


def _sentences(state: Mapping[str, Any]) -> str:
    """What there is to say of a step, and who is waited for since when."""
    said = str(state["said"].get(language(), ""))
    if not state["waiting"]:
        return said
    people = [_person(waiting) for waiting in state["waiting"]]
    since = [waiting["since"] for waiting in state["waiting"] if waiting["since"]]
    if not since:
        return f"{said} {words('projects.waiting-for', who=people)}"
    first = date.fromisoformat(min(since))
    return f"{said} {words('projects.waiting-since', who=people, since=first)}"


def _person(waiting: Mapping[str, Any]) -> str:
    who = words(waiting["role"])
    about = waiting["dataset"] or waiting["about"]
    return words("projects.waiting-about", who=who, about=about) if about else who


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


def _address(name: str, project: Project) -> str:
    try:
        return reverse(name, kwargs={"key": project.key})
    except NoReverseMatch:
        return ""
