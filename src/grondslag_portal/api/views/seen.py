"""What was asked before, what was learned, counts; and what everybody may read of projects."""

from django.http import Http404, HttpRequest
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from grondslag_portal.api.asking import PageAsked, a_page, asked
from grondslag_portal.api.door import door, person_behind
from grondslag_portal.api.shapes import page_of
from grondslag_portal.api.told import (
    AlikeItem,
    LessonItem,
    OverviewFound,
    PublicItem,
    PublicWhole,
)
from grondslag_portal.home.selectors import lessons, overview_for
from grondslag_portal.projects.alike import Alike, projects_alike
from grondslag_portal.public.selectors import (
    PublicProject,
    listed,
    public_project,
    public_projects,
)
from grondslag_portal.shared.access import Role, Standing, roles_of
from grondslag_portal.shared.words import language


class QuestionAsked(PageAsked):
    """A question to look for."""

    question = serializers.CharField(max_length=200)


@extend_schema(
    operation_id="listProjectsAlike", tags=["projects"], parameters=[QuestionAsked],
    responses=page_of(AlikeItem, "AlikePage"),
)  # fmt: skip
@door(GET="api.projects-alike")
@api_view(["GET"])
def alike(request: Request) -> Response:
    """Earlier projects with a like question, also those that ended in a no."""
    values = asked(request, QuestionAsked)
    found = projects_alike(person_behind(request), values["question"])
    return a_page(request, found, _alike, values)


@extend_schema(
    operation_id="listLessons", tags=["projects"], parameters=[PageAsked],
    responses=page_of(LessonItem, "LessonPage"),
)  # fmt: skip
@door(GET="api.lessons")
@api_view(["GET"])
def lesson_list(request: Request) -> Response:
    """What others can use of projects at which somebody looked back."""
    found = lessons(person_behind(request))
    return a_page(request, found, lambda one: LessonItem(one).data, asked(request, PageAsked))


@extend_schema(operation_id="readOverview", tags=["projects"], responses=OverviewFound)
@door(GET="api.overview")
@api_view(["GET"])
def overview(request: Request) -> Response:
    """How many projects run, use data about people, were decided, stopped, or wait for a look."""
    return Response(OverviewFound(overview_for(person_behind(request))).data)


@extend_schema(
    operation_id="listPublicProjects", tags=["public"], parameters=[PageAsked], auth=[],
    responses=page_of(PublicItem, "PublicPage"),
)  # fmt: skip
@door(GET="api.public")
@api_view(["GET"])
def public_list(request: Request) -> Response:
    """What the municipality does with data: every project that everybody may read about."""
    values = asked(request, PageAsked)
    return a_page(request, public_projects(), lambda one: PublicItem(listed([one])[0]).data, values)


def public_standing(request: HttpRequest, *, shown: str) -> Standing:
    """How anybody stands to a project that everybody may read about.

    Raises:
        Http404: There is none.
    """
    found = public_project(shown, language=language())
    if found is None:
        raise Http404
    return Standing(found, roles_of(request) | {Role.NOBODY})


@extend_schema(operation_id="readPublicProject", tags=["public"], auth=[], responses=PublicWhole)
@door(public_standing, GET="api.public")
@api_view(["GET"])
def public_item(_request: Request, found: PublicProject) -> Response:
    """What everybody may read of a project: why, which data, until when, what was decided."""
    plan = found.plan
    return Response(
        {
            "key": found.project.key,
            "title": found.project.title,
            "department": found.project.department.name,
            "problem": plan.question.problem,
            "question": plan.question.know,
            "datasets": [need.dataset for need in plan.data],
            "endDate": plan.end_date.isoformat(),
            "statement": list(found.statement),
            "isDecided": found.is_decided,
            "decision": None if found.decided is None else found.decided.decision.sentence,
        }
    )


def _alike(found: Alike) -> dict[str, object]:
    one = found.project
    return {
        "project": one.key, "title": one.title, "question": one.question,
        "phase": str(one.phase), "shared": found.shared,
    }  # fmt: skip
