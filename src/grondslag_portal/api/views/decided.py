"""Decisions, and what waits for whom."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from grondslag_portal.api.asking import PageAsked, a_page, asked
from grondslag_portal.api.door import door, person_behind
from grondslag_portal.api.problems import Refused
from grondslag_portal.api.shapes import DecisionItem, TaskItem, page_of
from grondslag_portal.decisions.selectors import Decided, decided_in, decided_projects
from grondslag_portal.home.selectors import own_tasks
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.selectors import project_standing


@extend_schema(
    operation_id="listDecisions", tags=["decisions"], parameters=[PageAsked],
    responses=page_of(DecisionItem, "DecisionPage"),
)  # fmt: skip
@door(GET="api.decisions")
@api_view(["GET"])
def decision_list(request: Request) -> Response:
    """The decisions on projects that exist for the client.

    Of a decision that was not published only stands that it is there.
    """
    values = asked(request, PageAsked)
    found = decided_projects(person_behind(request))
    return a_page(request, found, _item, values)


@extend_schema(operation_id="readDecision", tags=["decisions"], responses=DecisionItem)
@door(project_standing, GET="api.decision")
@api_view(["GET"])
def decision(_request: Request, project: Project) -> Response:
    """The decision on a project."""
    if decided_in(project) is None:
        raise Refused(404)
    return Response(_item(project))


@extend_schema(
    operation_id="listTasks", tags=["tasks"], parameters=[PageAsked],
    responses=page_of(TaskItem, "TaskPage"),
)  # fmt: skip
@door(GET="api.tasks")
@api_view(["GET"])
def task_list(request: Request) -> Response:
    """What waits for somebody in the roles of the client, late first."""
    values = asked(request, PageAsked)
    found = own_tasks(person_behind(request))
    return a_page(request, found, lambda one: TaskItem(one).data, values)


def _item(project: Project) -> dict[str, Any]:
    found = decided_in(project)
    facts: dict[str, Any] = dict.fromkeys(DecisionItem().fields)
    facts |= {"project": project.key, "title": project.title, "public": False,
              "dataSay": [], "dataDoNotSay": []}  # fmt: skip
    if found is not None and found.decision.public:
        facts |= _published(found)
    return facts


def _published(found: Decided) -> dict[str, Any]:
    said, looked = found.decision, found.review
    return {
        "public": True,
        "sentence": said.sentence,
        "question": said.question,
        "chosen": said.chosen.name,
        "expected": said.expected,
        "dataSay": list(said.data_say),
        "dataDoNotSay": list(said.data_do_not_say),
        "body": str(said.decided.body),
        "decisionDate": said.decided.day.isoformat(),
        "checkDate": said.check_date.isoformat(),
        "worked": None if looked is None else str(looked.worked),
        "learned": None if looked is None else looked.learned,
        "sha256": found.sha256,
    }
