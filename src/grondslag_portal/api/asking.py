"""What stands after the question mark, held against a shape; and a list, page by page."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from grondslag_portal.api.problems import Refused, fault, faults_in
from grondslag_portal.api.shapes import Shape
from grondslag_portal.shared.words import words

_MOST_PAGES = 100_000


class PageAsked(Shape):
    """Which part of a list."""

    page = serializers.IntegerField(min_value=1, max_value=_MOST_PAGES, default=1)
    page_size = serializers.IntegerField(min_value=1, max_value=100, default=25)


class SearchAsked(PageAsked):
    """Which part of a list, of what has every one of these words."""

    query = serializers.CharField(max_length=200, required=False)


def asked(request: Request, shape: type[Shape]) -> dict[str, Any]:
    """What was asked, with what was left out filled in.

    Raises:
        Refused: A key is unknown or given twice, or its value is wrong: every fault with its name.
    """
    found = shape(data=request.query_params.dict())
    faults = [
        fault("query", name, "unknown", words("api.query-unknown", name=name[:40]))
        for name in sorted(request.query_params.keys() - found.fields.keys())
    ]
    faults += [
        fault("query", name, "twice", words("api.query-twice", name=name))
        for name in sorted(found.fields.keys() & request.query_params.keys())
        if len(request.query_params.getlist(name)) > 1
    ]
    if not found.is_valid():
        faults += [
            fault("query", str(name), str(errors[0].code), words("api.field-wrong", name=name))
            for name, errors in found.errors.items()
        ]
    if faults:
        raise Refused(400, faults=faults)
    values: dict[str, Any] = found.validated_data
    return values


def sent(request: Request, shape: type[Shape]) -> dict[str, Any]:
    """What stands in a body, held against a shape.

    Raises:
        Refused: A field is unknown or wrong: every fault with its name.
    """
    found = shape(data=request.data)
    faults: list[Mapping[str, Any]] = list(_strange(request.data, found, ""))
    if not found.is_valid():
        faults += list(faults_in(found.errors, ""))
    if faults:
        raise Refused(400, faults=faults)
    values: dict[str, Any] = found.validated_data
    return values


def _strange(data: Any, shape: Any, name: str) -> Iterator[dict[str, Any]]:
    """A fault for each field that a shape does not know."""
    if isinstance(shape, serializers.ListSerializer) and isinstance(data, list):
        for one in data:
            yield from _strange(one, shape.child, name)
    elif isinstance(shape, serializers.Serializer) and isinstance(data, dict):
        for key, inside in data.items():
            place = f"{name}.{key[:40]}".lstrip(".")
            if key in shape.fields:
                yield from _strange(inside, shape.fields[key], place)
            else:
                yield fault("body", place, "unknown", words("api.body-unknown", name=place))


def a_page(
    request: Request,
    found: QuerySet[Any] | Sequence[Any],
    as_item: Callable[[Any], Any],
    values: dict[str, Any],
) -> Response:
    """One page of a list, with where the others are.

    Args:
        request: What was asked.
        found: The whole list.
        as_item: Makes an item of the answer.
        values: Of the query; see `asked`.
    """
    page, size = values["page"], values["page_size"]
    total = found.count() if isinstance(found, QuerySet) else len(found)
    begin = (page - 1) * size
    return Response(
        {
            "items": [as_item(item) for item in found[begin : begin + size]],
            "page": page,
            "pageSize": size,
            "total": total,
            "next": _address(request, page + 1) if begin + size < total else None,
            "previous": _address(request, page - 1) if page > 1 else None,
        }
    )


def _address(request: Request, page: int) -> str:
    query = request.query_params.copy()
    query["page"] = str(page)
    return f"{request.path}?{query.urlencode()}"
