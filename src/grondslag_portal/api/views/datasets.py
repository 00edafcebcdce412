"""Datasets that can be asked for, and their contracts."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view, parser_classes, renderer_classes
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from grondslag_portal.api.asking import SearchAsked, a_page, asked
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
from grondslag_portal.api.shapes import DatasetItem, Kept, page_of
from grondslag_portal.catalogue.models import Dataset
from grondslag_portal.catalogue.selectors import (
    contracts_for,
    current_version,
    dataset_standing,
    search,
)
from grondslag_portal.catalogue.services import keep_contract


@extend_schema(
    operation_id="listDatasets", tags=["datasets"], parameters=[SearchAsked],
    responses=page_of(DatasetItem, "DatasetPage"),
)  # fmt: skip
@door(GET="api.datasets")
@api_view(["GET"])
def dataset_list(request: Request) -> Response:
    """The datasets of the catalogue, by title; with a query those that have every word."""
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
