"""The open datasets for others, without sign-in: DCAT-AP-NL as JSON-LD and as Turtle."""

from collections.abc import Callable
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from grondslag_portal.catalogue.dcat import Node, catalogue_node, to_json_ld, to_turtle
from grondslag_portal.catalogue.selectors import Stamp, open_stamp
from grondslag_portal.catalogue.services import told_datasets
from grondslag_portal.shared.access import guarded


@require_GET
@guarded("catalogue.open-data")
def as_json_ld(request: HttpRequest) -> HttpResponse:
    """The open datasets as JSON-LD."""
    return HttpResponse(_written(to_json_ld, *_asked(request)), content_type="application/ld+json")


@require_GET
@guarded("catalogue.open-data")
def as_turtle(request: HttpRequest) -> HttpResponse:
    """The open datasets as Turtle."""
    content = _written(to_turtle, *_asked(request))
    return HttpResponse(content, content_type="text/turtle; charset=utf-8")


def _asked(request: HttpRequest) -> tuple[str, str, Stamp]:
    base = request.build_absolute_uri("/").rstrip("/")
    return base, settings.MUNICIPALITY, open_stamp()


@lru_cache(maxsize=4)
def _written(form: Callable[[Node], str], base: str, municipality: str, _stamp: Stamp) -> str:
    """The text, kept until an open dataset changes: anybody may ask, and it can be long."""
    root = catalogue_node(told_datasets(), municipality=municipality, base=base, contact=f"{base}/")
    return form(root)
