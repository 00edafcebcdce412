"""The open datasets for others, without sign-in: DCAT-AP-NL as JSON-LD and as Turtle."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from grondslag_portal.catalogue.dcat import Node, catalogue_node, to_json_ld, to_turtle
from grondslag_portal.catalogue.services import told_datasets
from grondslag_portal.shared.access import guarded


@require_GET
@guarded("catalogue.open-data")
def as_json_ld(request: HttpRequest) -> HttpResponse:
    """The open datasets as JSON-LD."""
    return HttpResponse(to_json_ld(_told(request)), content_type="application/ld+json")


@require_GET
@guarded("catalogue.open-data")
def as_turtle(request: HttpRequest) -> HttpResponse:
    """The open datasets as Turtle."""
    return HttpResponse(to_turtle(_told(request)), content_type="text/turtle; charset=utf-8")


def _told(request: HttpRequest) -> Node:
    base = request.build_absolute_uri("/").rstrip("/")
    return catalogue_node(
        told_datasets(), municipality=settings.MUNICIPALITY, base=base, contact=f"{base}/"
    )
