"""Pages about deliveries and answers, and the report as the engine wrote it."""

import re
from base64 import b64encode
from hashlib import sha256 as sha256_of
from pathlib import Path
from typing import Any

from csp.decorators import csp_replace
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from grondslag.errors import ApprovalError, GrondslagError
from grondslag_portal.catalogue.selectors import titles_of
from grondslag_portal.deliveries.jobs import ANALYSE, DELIVER, RELEASE, REPORT
from grondslag_portal.deliveries.proof import archive_of
from grondslag_portal.deliveries.selectors import (
    analysis_of,
    deliveries_of,
    delivery_standing,
    figures_standing,
    release_of,
    report_file,
)
from grondslag_portal.deliveries.services import (
    start_analysis,
    start_delivery,
    start_release,
    start_report,
)
from grondslag_portal.organisations.selectors import person_of
from grondslag_portal.organisations.services import is_stepped_up, step_up_for
from grondslag_portal.organisations.views import redirect_to_step_up
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.selectors import project_standing
from grondslag_portal.shared.access import guarded, may, standing_of
from grondslag_portal.shared.words import words
from grondslag_portal.tasks.models import Run
from grondslag_portal.tasks.selectors import is_open, newest_run, said_of

_STYLE = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


@require_GET
@guarded("deliveries.read", project_standing)
def delivery_page(request: HttpRequest, project: Project) -> HttpResponse:
    """The deliveries of a project: what is in them, what is not and why."""
    standing = standing_of(request)
    found = deliveries_of(project)
    return _with_runs(
        request, "deliveries/delivery.html", (DELIVER,),
        {"project": project, "deliveries": found,
         "titles": titles_of(item.dataset for one in found for item in one.left_out),
         "may_start": may("deliveries.start", standing), "step": _state(project, "delivery"),
         "may_prove": may("deliveries.proof", standing)},
    )  # fmt: skip


@require_POST
@guarded("deliveries.start", project_standing)
def start_page(request: HttpRequest, project: Project) -> HttpResponse:
    """Ask for a delivery; a second press gives the one that goes on."""
    start_delivery(project, by=person_of(request))
    return redirect("deliveries:delivery", key=project.key)


@require_GET
@guarded("deliveries.read", project_standing)
def progress(_request: HttpRequest, project: Project) -> HttpResponse:
    """How far the long work of a project is, for the page that follows it."""
    found = [newest_run(kind, project.key) for kind in (DELIVER, ANALYSE, RELEASE, REPORT)]
    return JsonResponse({str(run.pk): _followed(run) for run in found if run is not None})


@require_GET
@guarded("deliveries.proof", delivery_standing)
def proof_file(_request: HttpRequest, found: tuple[Project, str]) -> HttpResponseBase:
    """A delivery with its proof, for whoever wants to verify it without us."""
    project, name = found
    return FileResponse(
        archive_of(project, name), as_attachment=True, filename=f"{project.key}-{name}.zip"
    )


@require_GET
@guarded("deliveries.read", project_standing)
def insight_page(request: HttpRequest, project: Project) -> HttpResponse:
    """The analysis, and what was let out of it."""
    return _insight(request, project)


@require_POST
@guarded("deliveries.analyse", project_standing)
def analyse_page(request: HttpRequest, project: Project) -> HttpResponse:
    """Ask for the analysis of the newest delivery."""
    start_analysis(project, by=person_of(request))
    return redirect("deliveries:insight", key=project.key)


@require_POST
@guarded("deliveries.release", project_standing)
def release_page(request: HttpRequest, project: Project) -> HttpResponse:
    """Ask to let the figures out, as a second person; a second press gives what goes on."""
    digest, analysis = request.POST.get("sha256", ""), analysis_of(project)
    if analysis is None or analysis.sha256 != digest:
        fault = ApprovalError("deliveries.other-analysis", project=project.key)
        return _insight(request, project, fault=fault)
    moment = step_up_for(request, digest)
    if moment is None:
        return redirect_to_step_up(
            request, digest, about=words("deliveries.about-release", title=project.title),
            following=reverse("deliveries:insight", args=[project.key]),
        )  # fmt: skip
    try:
        start_release(project, sha256=digest, by=person_of(request), stepped_up=moment)
    except GrondslagError as error:
        return _insight(request, project, fault=error)
    return redirect("deliveries:insight", key=project.key)


@require_POST
@guarded("deliveries.report-again", project_standing)
def report_again(request: HttpRequest, project: Project) -> HttpResponse:
    """Ask for the report anew: after a decision, or when it could not be made."""
    start_report(project, by=person_of(request))
    return redirect("deliveries:insight", key=project.key)


@require_GET
@guarded("deliveries.report", project_standing)
def report_page(request: HttpRequest, project: Project) -> HttpResponseBase:
    """The report as the engine wrote it: one page that stands by itself.

    It brings its own style, and nothing that runs; exactly that style may be used, nothing else.
    """
    content = _report(project, "index.html").read_bytes()
    styles = [
        f"'sha256-{b64encode(sha256_of(style).digest()).decode()}'"
        for style in _STYLE.findall(content)
    ]
    policy = {
        "default-src": ["'none'"], "style-src": styles or ["'none'"], "img-src": ["data:"],
        "base-uri": ["'none'"], "form-action": ["'none'"], "frame-ancestors": ["'none'"],
        "script-src": ["'none'"], "font-src": ["'none'"], "connect-src": ["'none'"],
        "manifest-src": ["'none'"],
    }  # fmt: skip
    answer = csp_replace(policy)(lambda _request: HttpResponse(content))(request)
    return _as_page(answer)


@require_GET
@guarded("deliveries.report", project_standing)
def report_pdf(_request: HttpRequest, project: Project) -> HttpResponseBase:
    """The same as PDF."""
    file = _report(project, "report.pdf")
    return FileResponse(file.open("rb"), as_attachment=True, filename=f"{project.key}.pdf")


@require_GET
@guarded("deliveries.report", figures_standing)
def report_figures(_request: HttpRequest, found: tuple[Project, Path]) -> HttpResponseBase:
    """The numbers of a table of the report."""
    _project, file = found
    return FileResponse(
        file.open("rb"), as_attachment=True, filename=file.name, content_type="text/csv"
    )


def _insight(
    request: HttpRequest, project: Project, *, fault: GrondslagError | None = None
) -> HttpResponse:
    standing = standing_of(request)
    analysis = analysis_of(project)
    return _with_runs(
        request, "deliveries/insight.html", (ANALYSE, RELEASE, REPORT),
        {"project": project, "analysis": analysis, "release": release_of(project, analysis),
         "may_analyse": may("deliveries.analyse", standing), "fault": fault,
         "may_release": may("deliveries.release", standing),
         "may_report": may("deliveries.report", standing),
         "has_report": report_file(project, "index.html") is not None,
         "step": _state(project, "insight"),
         "is_mine": analysis is not None and analysis.by == person_of(request).name,
         "is_stepped_up": analysis is not None and is_stepped_up(request, analysis.sha256)},
        status=200 if fault is None else 409,
    )  # fmt: skip


def _with_runs(
    request: HttpRequest, template: str, kinds: tuple[str, ...], context: dict[str, Any],
    *, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """A page that tells how far its long work is."""
    found = [newest_run(kind, context["project"].key) for kind in kinds]
    runs = [
        {"run": run, "said": said_of(run), "is_open": is_open(run)}
        for run in found
        if run is not None and (is_open(run) or run.status == "failed")
    ]
    context |= {"runs": runs, "is_busy": any(run["is_open"] for run in runs)}
    return render(request, template, context, status=status)


def _followed(run: Run) -> dict[str, Any]:
    """What a page that follows a run shows of it."""
    return {
        "open": is_open(run),
        "said": said_of(run) or words("deliveries.waits-for-worker"),
        "step": words("deliveries.step-of", done=run.done, total=run.total) if run.total else "",
        "done": run.done,
        "total": run.total,
    }


def _state(project: Project, step: str) -> dict[str, Any]:
    """How a step stands, from the index."""
    return next((state for state in project.states if state["step"] == step), {})


def _report(project: Project, name: str) -> Path:
    file = report_file(project, name)
    if file is None:
        raise Http404
    return file


def _as_page(answer: HttpResponseBase) -> HttpResponseBase:
    answer.headers["Content-Type"] = "text/html; charset=utf-8"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
