"""The first page, looking things up, and the overview."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from grondslag_portal.home.selectors import (
    found_projects,
    found_rules,
    overview_for,
    own_projects,
)
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.projects.models import Phase
from grondslag_portal.projects.selectors import visible_projects
from grondslag_portal.shared.access import guarded
from grondslag_portal.shared.words import language
from grondslag_portal.tasks.selectors import tasks_for

_OWN = 10
_LONGEST = 200  # signs of a question to look for


@require_GET
@guarded("home.my-work")
def my_work(request: HttpRequest) -> HttpResponse:
    """What waits for me, late first; and the projects I began."""
    person = person_of(request)
    return render(
        request, "home/my_work.html",
        {"tasks": tasks_for(person), "projects": own_projects(person)[:_OWN]},
    )  # fmt: skip


@require_GET
@guarded("home.search")
def search(request: HttpRequest) -> HttpResponse:
    """Look for projects, decisions and rules."""
    text = request.GET.get("q", "")[:_LONGEST].strip()
    projects = found_projects(person_of(request), text)
    rules = found_rules(text, language=language())
    return render(
        request, "home/search.html",
        {"text": text, "projects": projects, "rules": rules,
         "nothing": bool(text) and not projects and not rules},
    )  # fmt: skip


@require_GET
@guarded("home.overview")
def overview(request: HttpRequest) -> HttpResponse:
    """Which projects use data about people, which were decided, which stopped."""
    person = person_of(request)
    stopped = visible_projects(person).filter(phase=Phase.STOPPED)[:_OWN]
    personal = visible_projects(person).filter(personal=True).exclude(phase=Phase.STOPPED)[:50]
    return render(
        request, "home/overview.html",
        {"overview": overview_for(person), "stopped": stopped, "personal": personal},
    )  # fmt: skip
