"""What goes over the line beside JSON: a plan as text, a document as bytes, a project as a zip."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.http import JsonResponse
from drf_spectacular.utils import OpenApiParameter
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from grondslag_portal.api.problems import Refused, fault
from grondslag_portal.shared.words import words

IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True,
    description='The hash of the document that you changed, as its ETag: `"<sha256>"`.',
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sent:
    """A document that takes the place of another.

    Args:
        content: Its bytes.
        base: The hash of the one that was changed.
    """

    content: bytes
    base: str


def sent_document(request: Request, name: str) -> Sent:
    """The document in a request, and which one it was made from.

    Raises:
        Refused: One of the two is missing.
    """
    base = request.headers.get("If-Match", "")
    if not base:
        raise Refused(428, faults=[_missing("header", "If-Match")])
    if not isinstance(request.data, bytes):
        raise Refused(400, faults=[_missing("body", name)])
    return Sent(request.data, base.strip().strip('"'))


def document_as(request: Request, content: bytes, sha256: str) -> Response:
    """A document, byte for byte, with its hash as its ETag.

    Raises:
        Refused: Another form was asked for: there is none in which the hash would hold.
    """
    if request.accepted_renderer.media_type != DocumentWriter.media_type:
        raise Refused(406)
    return Response(content, headers={"ETag": f'"{sha256}"'})


def kept_as(sha256: str) -> JsonResponse:
    """The answer when a document was kept; the next change needs this hash."""
    return JsonResponse({"sha256": sha256}, headers={"ETag": f'"{sha256}"'})


def _missing(place: str, name: str) -> dict[str, Any]:
    return fault(place, name, "required", words("api.field-wrong", name=name))


class _AsItComes(BaseParser):
    """Bytes come in as they were sent: the engine reads them."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:  # fmt: skip
        """The bytes."""
        del media_type, parser_context
        return stream.read()


class DocumentReader(_AsItComes):
    """A plan or a contract."""

    media_type = "application/yaml"


class FolderReader(_AsItComes):
    """A project as a zip; who reads it looks at what is in it."""

    media_type = "application/zip"


class _AsItIs(BaseRenderer):
    """Bytes go out as they are kept, so that their hash holds."""

    charset = None
    render_style = "binary"

    def render(
        self, data: Any, accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> Any:  # fmt: skip
        """The bytes."""
        del accepted_media_type, renderer_context
        return data


class DocumentWriter(_AsItIs):
    """A plan or a contract."""

    media_type = "application/yaml"
    format = "yaml"


class BytesWriter(_AsItIs):
    """A document of a project, of whatever kind: never shown by a browser."""

    media_type = "application/octet-stream"
    format = "bin"


class ZipWriter(_AsItIs):
    """A folder."""

    media_type = "application/zip"
    format = "zip"


class ReportWriter(_AsItIs):
    """A report as PDF."""

    media_type = "application/pdf"
    format = "pdf"


class FiguresWriter(_AsItIs):
    """The numbers of a table."""

    media_type = "text/csv"
    format = "csv"
