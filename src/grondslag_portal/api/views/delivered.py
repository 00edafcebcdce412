"""Deliveries with their proof, the analysis, the report; long work and how far it is."""

from pathlib import Path
from typing import Any

from django.http import FileResponse, Http404, HttpResponseBase, JsonResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, renderer_classes
from rest_framework.request import Request
from rest_framework.response import Response

from grondslag.errors import GrondslagError
from grondslag.report.downloads import FOLDER
from grondslag_portal.api.asking import PageAsked, a_page, asked
from grondslag_portal.api.door import door, person_behind
from grondslag_portal.api.media import FiguresWriter, ReportWriter, ZipWriter
from grondslag_portal.api.shapes import page_of
from grondslag_portal.api.told import (
    AdviceFound,
    ApprovalFound,
    DeliveryItem,
    InsightFound,
    RunItem,
)
from grondslag_portal.assessments.selectors import advice_in, signing_in
from grondslag_portal.deliveries.jobs import ANALYSE, DELIVER, RELEASE, REPORT
from grondslag_portal.deliveries.proof import archive_of
from grondslag_portal.deliveries.selectors import (
    Delivered,
    analysis_of,
    deliveries_of,
    delivery_standing,
    figures_standing,
    release_of,
    report_file,
)
from grondslag_portal.deliveries.services import start_analysis, start_delivery, start_report
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.selectors import project_standing
from grondslag_portal.shared.words import words
from grondslag_portal.tasks.models import Run
from grondslag_portal.tasks.selectors import newest_run, said_of

_KINDS = (DELIVER, ANALYSE, RELEASE, REPORT)


@extend_schema(
    methods=["GET"], operation_id="listDeliveries", tags=["deliveries"], parameters=[PageAsked],
    responses=page_of(DeliveryItem, "DeliveryPage"),
)  # fmt: skip
@extend_schema(
    methods=["POST"], operation_id="startDelivery", tags=["deliveries"], request=None,
    responses={202: RunItem},
)  # fmt: skip
@door(project_standing, GET="api.deliveries", POST="api.start-delivery")
@api_view(["GET", "POST"])
def delivery_list(request: Request, project: Project) -> HttpResponseBase:
    """The deliveries of a project, newest first; a POST asks for one.

    A delivery is long work. While one goes on, asking again gives that one. It is made in the name
    of who answers for the client, so that they are not who lets its figures out.
    """
    if request.method == "POST":
        return _begun(start_delivery(project, by=person_behind(request)))
    return a_page(request, deliveries_of(project), _delivery, asked(request, PageAsked))


@extend_schema(
    operation_id="readProof", tags=["deliveries"],
    responses={(200, "application/zip"): OpenApiTypes.BINARY},
)  # fmt: skip
@door(delivery_standing, GET="api.proof")
@api_view(["GET"])
@renderer_classes([ZipWriter])
def proof(_request: Request, found: tuple[Project, str]) -> HttpResponseBase:
    """A delivery with its proof, for `grondslag verify`. Its tables stay encrypted."""
    project, name = found
    return FileResponse(
        archive_of(project, name), as_attachment=True, filename=f"{project.key}-{name}.zip"
    )


@extend_schema(
    operation_id="listRuns", tags=["deliveries"], parameters=[PageAsked],
    responses=page_of(RunItem, "RunPage"),
)  # fmt: skip
@door(project_standing, GET="api.runs")
@api_view(["GET"])
def run_list(request: Request, project: Project) -> Response:
    """The newest run of each kind of long work on a project."""
    runs = [run for kind in _KINDS if (run := newest_run(kind, project.key)) is not None]
    return a_page(request, runs, _run, asked(request, PageAsked))


@extend_schema(operation_id="readInsight", tags=["deliveries"], responses=InsightFound)
@door(project_standing, GET="api.insight")
@api_view(["GET"])
def insight(_request: Request, project: Project) -> Response:
    """The newest analysis and what was let out of it; its numbers stand in the report."""
    analysis = analysis_of(project)
    released = release_of(project, analysis)
    page = report_file(project, "index.html")
    names = [] if page is None else sorted(one.name for one in (page.parent / FOLDER).glob("*.csv"))
    return Response(
        {
            "analysisSha256": analysis and analysis.sha256,
            "delivery": analysis and analysis.delivery,
            "analysedBy": analysis and analysis.by,
            "analysed": analysis and analysis.made,
            "released": released and released.at,
            "releasedBy": released and released.by,
            "figures": names,
        }
    )


@extend_schema(
    operation_id="startAnalysis", tags=["deliveries"], request=None, responses={202: RunItem}
)
@door(project_standing, POST="api.start-analysis")
@api_view(["POST"])
def analyses(request: Request, project: Project) -> HttpResponseBase:
    """Put the question of the plan to the newest delivery. A person lets the figures out."""
    return _begun(start_analysis(project, by=person_behind(request)))


@extend_schema(
    methods=["GET"], operation_id="readReport", tags=["deliveries"],
    responses={(200, "application/pdf"): OpenApiTypes.BINARY},
)  # fmt: skip
@extend_schema(
    methods=["POST"], operation_id="startReport", tags=["deliveries"], request=None,
    responses={(202, "application/json"): RunItem},
)  # fmt: skip
@door(project_standing, GET="api.report", POST="api.start-report")
@api_view(["GET", "POST"])
@renderer_classes([ReportWriter])
def report(request: Request, project: Project) -> HttpResponseBase:
    """The report of what was let out, as PDF; a POST asks to make it anew."""
    if request.method == "POST":
        return _begun(start_report(project, by=person_behind(request)))
    file = report_file(project, "report.pdf")
    if file is None:
        raise Http404
    return FileResponse(file.open("rb"), as_attachment=True, filename=f"{project.key}.pdf")


@extend_schema(
    operation_id="readFigures", tags=["deliveries"],
    responses={(200, "text/csv"): OpenApiTypes.STR},
)  # fmt: skip
@door(figures_standing, GET="api.figures")
@api_view(["GET"])
@renderer_classes([FiguresWriter])
def figures(_request: Request, found: tuple[Project, Path]) -> HttpResponseBase:
    """The numbers of a table of the report, each with its range; `readInsight` names the files."""
    _project, file = found
    return FileResponse(
        file.open("rb"), as_attachment=True, filename=file.name, content_type="text/csv"
    )


@extend_schema(operation_id="readAdvice", tags=["projects"], responses=AdviceFound)
@door(project_standing, GET="api.assessment")
@api_view(["GET"])
def advice(_request: Request, project: Project) -> Response:
    """The advice of the data protection officer, and the answer to it. People give both."""
    found = advice_in(project)
    if found is None:
        raise Http404
    return Response(
        {
            "outcome": words(found.outcome.code), "text": found.text, "by": found.subject,
            "at": found.day, "onThisPlan": found.on_this_plan, "answered": found.answered,
            "followed": found.followed, "reason": found.reason, "answeredBy": found.answered_by,
        }
    )  # fmt: skip


@extend_schema(operation_id="readApproval", tags=["projects"], responses=ApprovalFound)
@door(project_standing, GET="api.assessment")
@api_view(["GET"])
def approval(_request: Request, project: Project) -> Response:
    """What is signed and who has signed. People sign, on their own screen."""
    found = signing_in(project)
    seats = [
        {
            "role": words(seat.role.code), "dataset": seat.dataset, "department": seat.department,
            "signedBy": seat.subject, "signed": seat.moment,
        }
        for seat in found.seats
    ]  # fmt: skip
    return Response(
        {
            "lawful": found.is_lawful,
            "onlyOwners": found.is_fast,
            "sha256": None if found.shown is None else found.shown.sha256,
            "conditions": list(found.conditions),
            "fault": None if found.fault is None else _said(found.fault),
            "seats": seats,
        }
    )


def _said(error: GrondslagError) -> str:
    """An error as a sentence; of a place on our disk only its name."""
    fields = {
        name: Path(value).name if isinstance(value, str | Path) and Path(value).is_absolute()
        else value
        for name, value in error.fields.items()
    }  # fmt: skip
    return words(error.code, **fields)


def _delivery(found: Delivered) -> dict[str, Any]:
    return {
        "name": found.name,
        "made": found.made,
        "manifestSha256": found.manifest_sha256,
        "closed": found.closed,
        "tables": [
            {"title": one.title, "rows": one.rows, "columns": one.columns} for one in found.tables
        ],
        "leftOut": [
            {
                "what": words(one.what.code), "dataset": one.dataset, "count": one.count,
                "fewerThan": one.minimum if one.count is None else None,
            }
            for one in found.left_out
        ],
    }  # fmt: skip


def _run(run: Run) -> dict[str, Any]:
    return {
        "kind": run.kind.rsplit(".", 1)[-1],
        "status": run.status,
        "says": said_of(run),
        "done": run.done,
        "total": run.total,
        "asked": run.created,
        "finished": run.finished,
    }


def _begun(run: Run) -> JsonResponse:
    """Long work was asked for: how far it is stands at the runs of its project."""
    place = reverse("api:runs", args=[run.about])
    return JsonResponse(_run(run), status=202, headers={"Location": place})
