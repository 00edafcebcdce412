"""Pages about projects."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.selectors import project_standing, visible_projects
from grondslag_portal.shared.access import guarded


@require_GET
@guarded("projects.list")
def project_list(request: HttpRequest) -> HttpResponse:
    """All projects that exist for the visitor."""
    projects = visible_projects(person_of(request)).select_related("department")[:50]
    return render(request, "projects/list.html", {"projects": projects})


@require_GET
@guarded("projects.read", project_standing)
def project_page(request: HttpRequest, project: Project) -> HttpResponse:
    """Where a project stands: a task list."""
    return render(request, "projects/project.html", {"project": project})
