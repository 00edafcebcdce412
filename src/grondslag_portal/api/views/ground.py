"""Rules of law, the audit chain, and the description of the API itself."""

from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from grondslag.audit import verify_chain
from grondslag.errors import IntegrityError
from grondslag.policy import RULES, Rule, describe_rule, describe_sources
from grondslag_portal.api.asking import PageAsked, a_page, asked
from grondslag_portal.api.door import door
from grondslag_portal.api.shapes import AuditState, RuleItem, page_of
from grondslag_portal.shared.engine import installation
from grondslag_portal.shared.words import language, words


@extend_schema(
    operation_id="listRules", tags=["rules"], parameters=[PageAsked],
    responses=page_of(RuleItem, "RulePage"), auth=[],
)  # fmt: skip
@door(GET="api.rules")
@api_view(["GET"])
def rule_list(request: Request) -> Response:
    """Every rule: what it promises in both languages, and the articles it rests on."""
    return a_page(request, RULES, _rule, asked(request, PageAsked))


@extend_schema(operation_id="verifyAudit", tags=["audit"], responses=AuditState)
@door(GET="api.audit")
@api_view(["GET"])
def audit_state(_request: Request) -> Response:
    """Whether the audit chain is whole, looked at now from its first record to its last."""
    home = installation()
    try:
        report = verify_chain(
            home.chain, public_key=home.machine_public_key, heads=[], witness=home.witness
        )
    except IntegrityError as error:
        return Response(
            {"whole": False, "detail": words(error.code, **error.fields), "records": None}
        )
    said = words("cli.audit-whole", count=report.records)
    return Response({"whole": True, "detail": said, "records": report.records})


@extend_schema(
    operation_id="readDescription", tags=["description"], responses=OpenApiTypes.OBJECT, auth=[]
)
@door(GET="api.description")
@api_view(["GET"])
def description(_request: Request) -> Response:
    """This document."""
    return Response(described(), headers={"Access-Control-Allow-Origin": "*"})


@cache
def described() -> dict[str, Any]:
    """The API as OpenAPI 3.0; the same for everybody."""
    made = SchemaGenerator()  # type: ignore[no-untyped-call]  # the library ships no types for it
    found: dict[str, Any] = made.get_schema(request=None, public=True)  # type: ignore[no-untyped-call]  # idem
    return found


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "promise": [
            {"language": one, "value": describe_rule(rule, language=one)} for one in ("nl", "en")
        ],
        "articles": list(describe_sources(rule.provisions, language=language())),
        "validFrom": rule.valid_from.isoformat(),
        "validUntil": None if rule.valid_until is None else rule.valid_until.isoformat(),
    }
