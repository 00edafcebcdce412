"""Who has which role, and what is missing; to read: rights are changed by people."""

from django.http import Http404, HttpRequest, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, renderer_classes
from rest_framework.request import Request
from rest_framework.response import Response

from grondslag_portal.api.asking import PageAsked, a_page, asked
from grondslag_portal.api.door import door
from grondslag_portal.api.media import DocumentWriter
from grondslag_portal.api.shapes import page_of
from grondslag_portal.api.told import GapItem, GrantItem, LookedItem, PersonWhole
from grondslag_portal.organisations.authorities import draft_of_authorities
from grondslag_portal.organisations.models import Person, RoleGrant
from grondslag_portal.organisations.reviewing import reviews
from grondslag_portal.organisations.rights import gaps
from grondslag_portal.organisations.terms import has_open
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Standing, roles_of


def person_standing(request: HttpRequest, *, person: int) -> Standing:
    """How the client stands to somebody.

    Raises:
        Http404: There is nobody.
    """
    found = Person.objects.select_related("department").filter(pk=person).first()
    if found is None:
        raise Http404
    return Standing(found, roles_of(request))


@extend_schema(
    operation_id="listGrants", tags=["people"], parameters=[PageAsked],
    responses=page_of(GrantItem, "GrantPage"),
)  # fmt: skip
@door(GET="api.rights")
@api_view(["GET"])
def grant_list(request: Request) -> Response:
    """Who has which role, for which department, until when."""
    found = RoleGrant.in_term(engine.today()).filter(person__is_active=True)
    found = found.select_related("person", "department", "deputy_of")
    ordered = found.order_by("department__name", "role", "person__name", "pk")
    return a_page(request, ordered, lambda one: GrantItem(one).data, asked(request, PageAsked))


@extend_schema(
    operation_id="listGaps", tags=["people"], parameters=[PageAsked],
    responses=page_of(GapItem, "GapPage"),
)  # fmt: skip
@door(GET="api.rights")
@api_view(["GET"])
def gap_list(request: Request) -> Response:
    """Roles that somebody should have and nobody has."""
    return a_page(request, gaps(), lambda one: GapItem(one).data, asked(request, PageAsked))


@extend_schema(
    operation_id="listRightsReviews", tags=["people"], parameters=[PageAsked],
    responses=page_of(LookedItem, "RightsReviewPage"),
)  # fmt: skip
@door(GET="api.rights-reviews")
@api_view(["GET"])
def review_list(request: Request) -> Response:
    """When the rights of each department were last looked at. People look, on their own screen."""
    return a_page(request, reviews(), lambda one: LookedItem(one).data, asked(request, PageAsked))


@extend_schema(operation_id="readPerson", tags=["people"], responses=PersonWhole)
@door(person_standing, GET="api.person")
@api_view(["GET"])
def person_item(_request: Request, person: Person) -> Response:
    """Somebody with their roles, and whether anything must go to another before they leave."""
    return Response(_person(person))


@extend_schema(
    operation_id="readAuthoritiesDraft", tags=["people"],
    responses={(200, "application/yaml"): OpenApiTypes.OBJECT},
)  # fmt: skip
@door(GET="api.authorities")
@api_view(["GET"])
@renderer_classes([DocumentWriter])
def authorities_draft(_request: Request) -> HttpResponse:
    """A draft of the list of who may sign, out of the roles. The root key signs it, elsewhere."""
    return HttpResponse(draft_of_authorities(), content_type="application/yaml")


def _person(person: Person) -> dict[str, object]:
    grants = RoleGrant.in_term(engine.today()).filter(person=person)
    grants = grants.select_related("person", "department", "deputy_of").order_by("pk")
    return {
        "number": person.pk,
        "name": person.name,
        "department": None if person.department is None else person.department.name,
        "isActive": person.is_active,
        "hasOpen": has_open(person),
        "grants": [GrantItem(one).data for one in grants],
    }
