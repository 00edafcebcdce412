"""Documents of a project, and a project as a folder."""

from typing import Any

from django.http import Http404, HttpRequest
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, renderer_classes
from rest_framework.request import Request
from rest_framework.response import Response

from grondslag_portal.api.asking import PageAsked, a_page, asked
from grondslag_portal.api.door import door
from grondslag_portal.api.media import BytesWriter, ZipWriter
from grondslag_portal.api.shapes import DocumentItem, page_of
from grondslag_portal.projects.exchange import packed
from grondslag_portal.projects.models import Project
from grondslag_portal.projects.selectors import documents_of, project_standing
from grondslag_portal.shared.access import Standing


@extend_schema(
    operation_id="listDocuments", tags=["documents"], parameters=[PageAsked],
    responses=page_of(DocumentItem, "DocumentPage"),
)  # fmt: skip
@door(project_standing, GET="api.project")
@api_view(["GET"])
def document_list(request: Request, project: Project) -> Response:
    """The documents of a project: plan, contracts, approval, advice, decision."""
    values = asked(request, PageAsked)
    return a_page(request, documents_of(project), lambda one: DocumentItem(one).data, values)


def document_standing(request: HttpRequest, *, key: str, sha256: str) -> Standing:
    """How the client stands to a document: as to its project.

    Raises:
        Http404: There is none, or not for this client.
    """
    standing = project_standing(request, key=key)
    found = documents_of(standing.thing).filter(sha256=sha256).first()
    if not standing.roles or found is None:
        raise Http404
    return Standing(found, standing.roles, standing.status)


@extend_schema(
    operation_id="readDocument", tags=["documents"],
    responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
)  # fmt: skip
@door(document_standing, GET="api.export")
@api_view(["GET"])
@renderer_classes([BytesWriter])
def document(_request: Request, found: Any) -> Response:
    """A document, byte for byte, by its hash."""
    name = found.path.rsplit("/", 1)[-1]
    return Response(
        bytes(found.content),
        headers={
            "ETag": f'"{found.sha256}"', "Content-Disposition": f'attachment; filename="{name}"',
        },
    )  # fmt: skip


@extend_schema(
    operation_id="exportProject", tags=["documents"],
    responses={(200, "application/zip"): OpenApiTypes.BINARY},
)  # fmt: skip
@door(project_standing, GET="api.export")
@api_view(["GET"])
@renderer_classes([ZipWriter])
def export(_request: Request, project: Project) -> Response:
    """The project as a folder that the command line reads."""
    return Response(
        packed(project),
        headers={"Content-Disposition": f'attachment; filename="{project.key}.zip"'},
    )
