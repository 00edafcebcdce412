"""Bringing a project in and opening one anew; a decision in draft, and the look back."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, parser_classes
from rest_framework.request import Request
from rest_framework.response import Response

from grondslag_portal.api.asking import sent
from grondslag_portal.api.bodies import DraftAsked, ReviewAsked
from grondslag_portal.api.door import door, person_behind
from grondslag_portal.api.media import FolderReader
from grondslag_portal.api.problems import Refused, fault
from grondslag_portal.api.shapes import Kept, ProjectWhole, outside
from grondslag_portal.api.told import DraftFound, Imported
from grondslag_portal.api.views.projects import address_of, department_of, whole
from grondslag_portal.decisions.content import review_document
from grondslag_portal.decisions.forms import DecisionForm, ReviewForm
from grondslag_portal.decisions.selectors import advice_in, draft_of
from grondslag_portal.decisions.services import keep_draft, look_back
from grondslag_portal.projects.answering import reopen_project
from grondslag_portal.projects.exchange import MOST_BYTES, import_project
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.selectors import project_standing
from grondslag_portal.shared import engine
from grondslag_portal.shared.words import words

_SPACE = 64 << 10  # of a zip beside what is in it


@extend_schema(
    operation_id="importProject", tags=["projects"],
    request={"application/zip": OpenApiTypes.BINARY}, responses={201: Imported},
)  # fmt: skip
@door(POST="api.import-project", most=MOST_BYTES + _SPACE)
@api_view(["POST"])
@parser_classes([FolderReader])
def import_folder(request: Request) -> Response:
    """Begin a project with a folder in a zip, as `exportProject` and the command line make it.

    Approvals, deliveries and decisions stay behind: they were given elsewhere. At most 5 MB.
    """
    if not isinstance(request.data, bytes):
        raise Refused(400, faults=[_wrong("project.zip")])
    person = person_behind(request)
    project, left = import_project(request.data, by=person, department=department_of(person))
    return Response(
        {"key": project.key, "leftBehind": list(left)}, status=201,
        headers={"Location": address_of(project)},
    )  # fmt: skip


@extend_schema(
    operation_id="reopenProject", tags=["projects"], request=None, responses=ProjectWhole
)
@door(project_standing, POST="api.reopen")
@api_view(["POST"])
def reopenings(request: Request, project: Project) -> Response:
    """Let a project that this client began be changed again: signatures so far are left behind."""
    reopen_project(project, by=person_behind(request))
    project.refresh_from_db()
    return Response(whole(project))


@extend_schema(
    methods=["GET"], operation_id="readDecisionDraft", tags=["decisions"], responses=DraftFound
)
@extend_schema(
    methods=["PUT"], operation_id="writeDecisionDraft", tags=["decisions"], request=DraftAsked,
    responses=DraftFound,
)  # fmt: skip
@door(project_standing, GET="api.read-draft", PUT="api.write-draft")
@api_view(["GET", "PUT"])
def decision_draft(request: Request, project: Project) -> Response:
    """The decision on a project that this client began, as far as it is written.

    Its parts are those of the screen. Who decides signs it there. When somebody else wrote in
    between, nothing is kept (412).
    """
    if request.method == "PUT":
        given = sent(request, DraftAsked)
        answers = {_inside(one["name"]): one["text"] for one in given["answers"]}
        known = DecisionForm(advised=bool(advice_in(project))).fields
        strange = [_wrong(outside(name)) for name in answers if name not in known]
        if strange:
            raise Refused(400, faults=strange)
        kept = keep_draft(project, answers, by=person_behind(request), seen=given["version"])
        if kept is None:
            raise Refused(412)
    draft = draft_of(project)
    written = dict(draft.answers) if draft else {}
    form = DecisionForm(written, advised=bool(advice_in(project)))
    return Response(
        {
            "version": draft.version if draft else 0,
            "isWhole": form.is_valid(),
            "missing": [outside(name) for name in form.errors],
            "answers": [
                {"name": outside(name), "text": str(text)} for name, text in written.items()
            ],
        }
    )


@extend_schema(
    operation_id="reviewDecision", tags=["decisions"], request=ReviewAsked, responses=Kept
)
@door(project_standing, POST="api.review")
@api_view(["POST"])
def review(request: Request, project: Project) -> Response:
    """Say what came of a decision, on a project that this client began."""
    form = ReviewForm(sent(request, ReviewAsked))
    if not form.is_valid():
        raise Refused(400, faults=[_wrong(outside(name)) for name in form.errors])
    person = person_behind(request)
    document = review_document(form.cleaned_data, by=person.name, day=engine.today())
    return Response({"sha256": look_back(project, document, by=person)})


def _inside(name: str) -> str:
    """The name of a part as the form has it: ``option0Name`` is ``option_0_name``."""
    return "".join(
        f"_{sign.lower()}" if sign.isupper() or sign.isdigit() else sign for sign in name
    )


def _wrong(name: str) -> dict[str, Any]:
    return fault("body", name, "invalid", words("api.field-wrong", name=name[:40]))
