"""The first page, looking things up, the overview, and reminders."""

from dataclasses import replace
from secrets import SystemRandom

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods

from grondslag_portal.home.calendar import as_calendar, events_for
from grondslag_portal.home.searching import find
from grondslag_portal.home.sections import Desk, sections_for, waiting_row
from grondslag_portal.home.selectors import (
    advised,
    lessons,
    overview_for,
    person_with_calendar,
    reminding_of,
    reviews_due,
    seen_projects,
)
from grondslag_portal.home.services import choose_mail, end_calendar, make_calendar
from grondslag_portal.organisations.models import Person
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.projects.alike import projects_alike
from grondslag_portal.projects.models import Phase
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role, Standing, guarded, may, visitor
from grondslag_portal.shared.words import language, words

_OWN = 10
_PERSONAL = 50
_PER_PAGE = 25
_LONGEST = 200  # signs of a question to look for
_SAMPLE = 10
_SHOWN_ONCE = "home-calendar"
"""Where the secret of a calendar waits until it is shown, once."""


@require_GET
@guarded("home.my-work")
def my_work(request: HttpRequest) -> HttpResponse:
    """What waits for me, late first; then what my roles need first."""
    person = person_of(request)
    rows = [waiting_row(task) for task in Desk(person).tasks]
    sections = sections_for(person)
    asked = [row for one in sections if one.code == "home.advice-asked" for row in one.rows]
    if asked and not rows:  # advice is nobody's task, and yet what this person comes for
        rows = [replace(row, title=words("home.give-advice"), facts=(row.title,)) for row in asked]
        sections = [one for one in sections if one.code != "home.advice-asked"]
    sections = [one for one in sections if one.rows or one.code != "home.own"]
    here = visitor(request)
    return render(
        request, "home/my_work.html",
        {"first": rows[0] if rows else None, "waiting": rows[1:], "sections": sections,
         "may_give_rights": may("organisations.rights", here),
         "may_appoint": may("organisations.authorities", here)},
    )  # fmt: skip


@require_GET
@guarded("home.search")
def search(request: HttpRequest) -> HttpResponse:
    """Look for projects, decisions, lessons, datasets, definitions and rules."""
    text = _asked(request, "q")
    finds = find(person_of(request), text, language=language())
    return render(request, "home/search.html", {"text": text, "finds": finds})


@require_GET
@guarded("home.known")
def known(request: HttpRequest) -> HttpResponse:
    """Earlier projects with a like question, also those that ended in a no."""
    text = _asked(request, "vraag")
    found = projects_alike(person_of(request), text) if text else []
    return render(request, "home/known.html", {"text": text, "alike": found})


@require_GET
@guarded("home.lessons")
def lesson_list(request: HttpRequest) -> HttpResponse:
    """What others can use of projects at which somebody looked back."""
    page = Paginator(lessons(person_of(request)), _PER_PAGE).get_page(request.GET.get("pagina"))
    return render(request, "home/lessons.html", {"page": page})


@require_GET
@guarded("home.overview")
def overview(request: HttpRequest) -> HttpResponse:
    """Which projects use data about people, which stopped, what was done with advice."""
    person = person_of(request)
    seen = seen_projects(person)
    return render(
        request, "home/overview.html",
        {
            "overview": overview_for(person),
            "stopped": seen.filter(phase=Phase.STOPPED)[:_OWN],
            "personal": seen.filter(personal=True).exclude(phase=Phase.STOPPED)[:_PERSONAL],
            "advised": advised(person)[:_PERSONAL],
            "reviews": reviews_due(person)[:_PERSONAL],
            "today": engine.today(),
        },
    )  # fmt: skip


@require_GET
@guarded("home.sample")
def sample(request: HttpRequest) -> HttpResponse:
    """Ten projects by chance, of those that are further than a draft, to look into."""
    person = person_of(request)
    keys = list(
        seen_projects(person).exclude(phase=Phase.DRAFT).order_by("pk").values_list("pk", flat=True)
    )
    drawn = SystemRandom().sample(keys, min(_SAMPLE, len(keys)))
    projects = seen_projects(person).filter(pk__in=drawn).order_by("title")
    return render(request, "home/sample.html", {"projects": projects, "of": len(keys)})


@require_http_methods(["GET", "POST"])
@guarded("home.reminders")
def reminders(request: HttpRequest) -> HttpResponse:
    """Whether I want mail; the secret address of my calendar."""
    person = person_of(request)
    if request.method == "POST":
        _remind(request, person)
        return redirect("home:reminders")
    secret = request.session.pop(_SHOWN_ONCE, "")
    address = request.build_absolute_uri(reverse("home:calendar", args=[secret])) if secret else ""
    return render(
        request, "home/reminders.html", {"reminding": reminding_of(person), "address": address}
    )


def calendar_standing(_request: HttpRequest, *, secret: str) -> Standing:
    """Whoever has the secret may read the calendar that it opens.

    Raises:
        Http404: It opens none.
    """
    person = person_with_calendar(secret)
    if person is None:
        raise Http404
    return Standing(person, frozenset({Role.NOBODY}))


@require_GET
@guarded("home.calendar", calendar_standing)
def calendar(_request: HttpRequest, person: Person) -> HttpResponse:
    """The dates of somebody, for their calendar."""
    now = engine.clock().now()
    with translation.override(reminding_of(person).language):
        content = as_calendar(events_for(person), address=settings.PORTAL_ADDRESS, now=now)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response


def _remind(request: HttpRequest, person: Person) -> None:
    """Do what was asked on the page of reminders; something else changes nothing."""
    asked = request.POST.get("do", "")
    if asked in ("mail", "no-mail"):
        choose_mail(person, wanted=asked == "mail")
        messages.success(request, words("home.kept"))
    elif asked == "calendar":
        request.session[_SHOWN_ONCE] = make_calendar(person)
    elif asked == "end-calendar":
        end_calendar(person)
        messages.success(request, words("home.calendar-ended"))


def _asked(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "")[:_LONGEST].strip()
