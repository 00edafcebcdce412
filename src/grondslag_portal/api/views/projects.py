"""Projects, what the rules say of them, and their plan."""

from typing import Any

from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, parser_classes, renderer_classes
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from grondslag_portal.api.asking import SearchAsked, a_page, asked, sent
from grondslag_portal.api.bodies import BeginAsked
from grondslag_portal.api.door import door, person_behind
from grondslag_portal.api.media import (
    IF_MATCH,
    DocumentReader,
    DocumentWriter,
    document_as,
    kept_as,
    sent_document,
)
from grondslag_portal.api.problems import Refused
from grondslag_portal.api.shapes import (
    ChangeAsked,
    FindingsFound,
    Kept,
    ProjectItem,
    ProjectWhole,
    page_of,
)
from grondslag_portal.home.selectors import projects_with
from grondslag_portal.organisations.models import Department, Person
from grondslag_portal.projects.answering import Overtaken, change_plan, replace_plan
from grondslag_portal.projects.beginning import Beginning, begin
from grondslag_portal.projects.editing import PLAN
from grondslag_portal.projects.judging import judged, told
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.selectors import document_of, project_standing, visible_projects
from grondslag_portal.projects.services import refresh
from grondslag_portal.shared.words import words


@extend_schema(
    methods=["GET"], operation_id="listProjects", tags=["projects"], parameters=[SearchAsked],
    responses=page_of(ProjectItem, "ProjectPage"),
)  # fmt: skip
@extend_schema(
    methods=["POST"], operation_id="beginProject", tags=["projects"], request=BeginAsked,
    responses={201: ProjectWhole},
)  # fmt: skip
@door(GET="api.projects", POST="api.begin-project")
@api_view(["GET", "POST"])
def project_list(request: Request) -> Response:
    """The projects that exist for the client, newest change first; a POST begins one.

    It begins with a title and, as far as known, the four questions. It is for the department of the
    client. Who answers for the client asks for it, so they never sign it. The same again within a
    minute gives the project that was begun.
    """
    if request.method == "POST":
        return _begun(request)
    values = asked(request, SearchAsked)
    seen = visible_projects(person_behind(request))
    found = projects_with(seen, values["query"]) if "query" in values else seen
    found = found.select_related("department", "applicant")
    return a_page(request, found, lambda one: ProjectItem(one).data, values)


@extend_schema(operation_id="readProject", tags=["projects"], responses=ProjectWhole)
@door(project_standing, GET="api.project")
@api_view(["GET"])
def project_whole(_request: Request, project: Project) -> Response:
    """A project with where it stands, step by step, in both languages."""
    return Response(whole(project))


def whole(project: Project) -> dict[str, Any]:
    """What an answer says of a project as a whole."""
    found = refresh(project)
    return {
        **ProjectItem(found).data,
        "body": found.body,
        "planSha256": _plan_sha256(found),
        "steps": [
            {**state, "said": [{"language": key, "value": text} for key, text in
                               sorted(state["said"].items())]}
            for state in found.states
        ],
    }  # fmt: skip


def department_of(person: Person) -> Department:
    """The department for which a program acts.

    Raises:
        Refused: It acts for none.
    """
    if person.department is None:
        raise Refused(403)
    return person.department


def address_of(project: Project) -> str:
    """Where a project stands in the API."""
    return reverse("api:project", args=[project.key])


def _begun(request: Request) -> Response:
    given = sent(request, BeginAsked)
    person = person_behind(request)
    ahead = dict(given.get("decision", {}))
    decider = {name: ahead.pop(name) for name in ("body", "mandate") if name in ahead}
    wanted = Beginning(
        given["title"], department_of(person), given.get("key", ""),
        restricted=given["restricted"], problem=given.get("problem", ""),
        know=given.get("know", ""), needed_by=ahead.pop("needed_by", None),
        decision={**ahead, **({"decider": decider} if decider else {})},
        ways=given.get("ways", ()), proceed=given.get("proceed", {}),
    )  # fmt: skip
    project = begin(wanted, by=person)
    return Response(whole(project), status=201, headers={"Location": address_of(project)})


@extend_schema(operation_id="readFindings", tags=["projects"], responses=FindingsFound)
@door(project_standing, GET="api.project")
@api_view(["GET"])
def findings(_request: Request, project: Project) -> Response:
    """What the rules say of the plan as it is: each finding with its article and what can be done.

    In the language of `Accept-Language`.
    """
    found = judged(project)
    items = [
        {
            "rule": finding.rule, "severity": str(said.severity), "line": finding.line,
            "says": said.says, "sources": list(said.sources),
            "remedies": [
                {"key": remedy.key, "says": remedy.says, "costs": remedy.costs}
                for remedy in said.remedies
            ],
        }
        for finding, said in ((finding, told(found, finding)) for finding in found.verdict.findings)
    ]  # fmt: skip
    return Response(
        {
            "planSha256": _plan_sha256(project),
            "outcome": str(found.verdict.outcome),
            "fault": None if found.fault is None else words(found.fault.code, **found.fault.fields),
            "items": items,
        }
    )


@extend_schema(
    methods=["GET"], operation_id="readPlan", tags=["projects"],
    responses={(200, "application/yaml"): OpenApiTypes.OBJECT},
)  # fmt: skip
@extend_schema(
    methods=["PUT"], operation_id="replacePlan", tags=["projects"], parameters=[IF_MATCH],
    request={"application/yaml": OpenApiTypes.OBJECT}, responses={(200, "application/json"): Kept},
)  # fmt: skip
@door(project_standing, GET="api.project", PUT="api.replace-plan")
@api_view(["GET", "PUT"])
@parser_classes([DocumentReader])
@renderer_classes([DocumentWriter, JSONRenderer])
def plan(request: Request, project: Project) -> Any:
    """The plan as a document, byte for byte; its ETag is its hash.

    Replacing it needs that hash in `If-Match`: when somebody else changed the plan meanwhile,
    nothing is written (412). Key, applicant and department of a project do not change with it.
    """
    if request.method != "PUT":
        document = document_of(project, PLAN)
        if document is None:
            raise Refused(404)
        return document_as(request, bytes(document.content), document.sha256)
    sent = sent_document(request, PLAN)
    try:
        kept = replace_plan(project, sent.content, base=sent.base, by=person_behind(request))
    except Overtaken:
        raise Refused(412) from None
    return kept_as(kept)


@extend_schema(operation_id="changePlan", tags=["projects"], request=ChangeAsked, responses=Kept)
@door(project_standing, POST="api.change-plan")
@api_view(["POST"])
def plan_changes(request: Request, project: Project) -> Any:
    """Make a change that the rules propose: a remedy of a finding, by its key."""
    shape = ChangeAsked(data=request.data)
    shape.is_valid(raise_exception=True)
    change_plan(project, shape.validated_data["change"], by=person_behind(request))
    return kept_as(_plan_sha256(project))


def _plan_sha256(project: Project) -> str:
    document = document_of(project, PLAN)
    return "" if document is None else document.sha256
