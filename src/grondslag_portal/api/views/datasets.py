"""Datasets that can be asked for, and their contracts."""

from typing import Any

from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, parser_classes, renderer_classes
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from grondslag.errors import ApprovalError
from grondslag_portal.api.asking import PageAsked, SearchAsked, a_page, asked
from grondslag_portal.api.door import door, person_behind
from grondslag_portal.api.media import (
    IF_MATCH,
    DocumentReader,
    DocumentWriter,
    document_as,
    kept_as,
    sent_document,
)
from grondslag_portal.api.problems import Refused, fault
from grondslag_portal.api.shapes import DatasetItem, Kept, page_of
from grondslag_portal.api.told import VersionItem
from grondslag_portal.api.views.projects import department_of
from grondslag_portal.catalogue.models import ContractVersion, Dataset
from grondslag_portal.catalogue.selectors import (
    contracts_for,
    current_version,
    dataset_standing,
    search,
    version_standing,
)
from grondslag_portal.catalogue.services import keep_contract
from grondslag_portal.shared.words import words


@extend_schema(
    methods=["GET"], operation_id="listDatasets", tags=["datasets"], parameters=[SearchAsked],
    responses=page_of(DatasetItem, "DatasetPage"),
)  # fmt: skip
@extend_schema(
    methods=["POST"], operation_id="addDataset", tags=["datasets"],
    request={"application/yaml": OpenApiTypes.OBJECT},
    responses={(201, "application/json"): DatasetItem},
)  # fmt: skip
@door(GET="api.datasets", POST="api.add-dataset")
@api_view(["GET", "POST"])
@parser_classes([DocumentReader])
def dataset_list(request: Request) -> Response:
    """The datasets of the catalogue, by title; with a query those that have every word.

    A POST brings the contract of a dataset that is new here, of the department of the client. Files
    it leans on must be known already, or come with a project.
    """
    if request.method == "POST":
        return _added(request)
    values = asked(request, SearchAsked)
    found = contracts_for(person_behind(request))
    if "query" in values:
        found = search(found, values["query"])
    return a_page(request, found, lambda one: DatasetItem(one).data, values)


@extend_schema(operation_id="readDataset", tags=["datasets"], responses=DatasetItem)
@door(dataset_standing, GET="api.dataset")
@api_view(["GET"])
def dataset_item(_request: Request, dataset: Dataset) -> Response:
    """A dataset: whose it is, who looks after it, what may be known of it."""
    return Response(DatasetItem(dataset).data)


@extend_schema(
    methods=["GET"], operation_id="readContract", tags=["datasets"],
    responses={(200, "application/yaml"): OpenApiTypes.OBJECT},
)  # fmt: skip
@extend_schema(
    methods=["PUT"], operation_id="replaceContract", tags=["datasets"], parameters=[IF_MATCH],
    request={"application/yaml": OpenApiTypes.OBJECT}, responses={(200, "application/json"): Kept},
)  # fmt: skip
@door(dataset_standing, GET="api.dataset", PUT="api.replace-contract")
@api_view(["GET", "PUT"])
@parser_classes([DocumentReader])
@renderer_classes([DocumentWriter, JSONRenderer])
def contract(request: Request, dataset: Dataset) -> Any:
    """The contract (ODCS), byte for byte; its ETag is its hash.

    Replacing it needs that hash in `If-Match`: when somebody else changed the contract meanwhile,
    nothing is written (412).
    """
    version = current_version(dataset)
    if request.method != "PUT":
        return document_as(request, bytes(version.content), version.sha256)
    sent = sent_document(request, "contract.yaml")
    if sent.base != version.sha256:
        raise Refused(412)
    person = person_behind(request)
    kept = keep_contract(
        sent.content, department=dataset.department, by=person.name, dataset=dataset,
        seen=version.number,
    )  # fmt: skip
    return kept_as(current_version(kept).sha256)


@extend_schema(
    operation_id="listContractVersions", tags=["datasets"], parameters=[PageAsked],
    responses=page_of(VersionItem, "VersionPage"),
)  # fmt: skip
@door(dataset_standing, GET="api.dataset")
@api_view(["GET"])
def version_list(request: Request, dataset: Dataset) -> Response:
    """Every version of a contract, newest first."""
    found = dataset.versions.defer("content")
    return a_page(request, found, lambda one: VersionItem(one).data, asked(request, PageAsked))


@extend_schema(
    operation_id="readContractVersion", tags=["datasets"],
    responses={(200, "application/yaml"): OpenApiTypes.OBJECT},
)  # fmt: skip
@door(version_standing, GET="api.dataset")
@api_view(["GET"])
@renderer_classes([DocumentWriter])
def version_item(request: Request, version: ContractVersion) -> Response:
    """A version of a contract, byte for byte as it came in."""
    return document_as(request, bytes(version.content), version.sha256)


def _added(request: Request) -> Response:
    if not isinstance(request.data, bytes):
        said = words("api.field-wrong", name="contract.yaml")
        raise Refused(400, faults=[fault("body", "contract.yaml", "required", said)])
    person = person_behind(request)
    try:
        kept = keep_contract(request.data, department=department_of(person), by=person.name, seen=0)
    except ApprovalError as error:
        raise Refused(409, "api.dataset-exists") from error
    place = reverse("api:dataset", args=[kept.key])
    return Response(DatasetItem(kept).data, status=201, headers={"Location": place})
