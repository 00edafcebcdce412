"""Rules of law, the audit chain, and the description of the API itself."""

from functools import cache
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response

from grondslag.policy import RULES, Rule, describe_rule, describe_sources
from grondslag.policy.words import plain
from grondslag.wording import LANGUAGES
from grondslag_portal.api.asking import SearchAsked, a_page, asked
from grondslag_portal.api.door import door, person_behind
from grondslag_portal.api.jobs import CHAIN, VERIFY
from grondslag_portal.api.shapes import AuditState, RuleItem, page_of
from grondslag_portal.shared.words import language
from grondslag_portal.tasks.models import Run
from grondslag_portal.tasks.selectors import newest_run, said_of
from grondslag_portal.tasks.services import begin_run


@extend_schema(
    operation_id="listRules", tags=["rules"], parameters=[SearchAsked],
    responses=page_of(RuleItem, "RulePage"), auth=[],
)  # fmt: skip
@door(GET="api.rules")
@api_view(["GET"])
def rule_list(request: Request) -> Response:
    """Every rule: what it promises in both languages, and the articles it rests on.

    With a query those in whose name or promise every word stands.
    """
    values = asked(request, SearchAsked)
    typed = plain(values.get("query", "")).split()
    found = [rule for rule in RULES if all(word in _said(rule) for word in typed)]
    return a_page(request, found, _rule, values)


@extend_schema(
    methods=["GET"], operation_id="readAuditVerification", tags=["audit"], responses=AuditState
)
@extend_schema(
    methods=["POST"], operation_id="verifyAudit", tags=["audit"], request=None,
    responses={202: AuditState},
)  # fmt: skip
@door(GET="api.audit", POST="api.verify-audit")
@api_view(["GET", "POST"])
def audit_state(request: Request) -> Response:
    """Whether the audit chain was whole when it was last verified; a POST asks to verify it.

    Looking at every record is long work: read the answer until its status is done.
    """
    if request.method == "POST":
        return Response(_audit(begin_run(VERIFY, about=CHAIN, by=person_behind(request))), 202)
    return Response(_audit(newest_run(VERIFY, CHAIN)))


def _audit(run: Run | None) -> dict[str, Any]:
    if run is None:
        return {"status": "none", "whole": None, "detail": "", "records": None,
                "asked": None, "finished": None}  # fmt: skip
    found = run.result
    return {
        "status": run.status,
        "whole": found.get("whole"),
        "detail": found.get("said", {}).get(language(), "") or said_of(run),
        "records": found.get("records"),
        "asked": run.created,
        "finished": run.finished,
    }


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


@cache
def _said(rule: Rule) -> str:
    """The name of a rule and its promise, as they are looked through."""
    promises = (describe_rule(rule, language=one) for one in LANGUAGES)
    return plain(" ".join((*promises, rule.id)))


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "promise": [
            {"language": one, "value": describe_rule(rule, language=one)} for one in LANGUAGES
        ],
        "articles": list(describe_sources(rule.provisions, language=language())),
        "validFrom": rule.valid_from.isoformat(),
        "validUntil": None if rule.valid_until is None else rule.valid_until.isoformat(),
    }
