"""Made-up calls against the whole application, after its own description: none ends in a 500."""

import os
from functools import cache

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from grondslag_portal.api.permissions import CLIENT_ROLES
from grondslag_portal.api.views.ground import described
from grondslag_portal.catalogue.services import keep_contract
from grondslag_portal.config.wsgi import application
from grondslag_portal.organisations.models import Department
from grondslag_portal.projects.models import Document
from made_catalogue import contract_text
from portal_addresses import PROJECT
from portal_api import ApiUser

EXAMPLES = 400 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 8
CHECKS = [content_type_conformance, response_schema_conformance, status_code_conformance]
CALLS = [
    (path, method, mode)
    for path, item in described()["paths"].items()
    for method in item
    for mode in GenerationMode
    if path != "/openapi.json" or mode.is_positive  # nothing of it can be asked wrongly
]


@cache
def calls():
    """Every operation, as the application itself describes it."""
    return schemathesis.openapi.from_wsgi("/v1/openapi.json", application)


@pytest.fixture
def headers(portal):
    """Of a client that may everything a client can; a project and a dataset are there."""
    portal.add_project()
    department = Department.objects.get(key="mobiliteit")
    text = contract_text(department=department.name)
    keep_contract(text.encode(), department=department, by="test")
    plan = Document.objects.get(path="plan.yaml", current=True).sha256
    token = ApiUser.of(portal, roles=CLIENT_ROLES).token
    return {"Authorization": f"Bearer {token}", "If-Match": f'"{plan}"'}


@pytest.mark.parametrize(("path", "method", "mode"), CALLS)
def test_no_made_up_call_ends_in_a_500(headers, path, method, mode):
    known = {"key": PROJECT, "dataset": "ongevallen"}
    parts = {name: value for name, value in known.items() if f"{{{name}}}" in path}
    operation = calls()[path][method]
    statuses = set()

    @settings(
        max_examples=EXAMPLES, database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(mode, path_parameters=parts or None))
    def call(case):
        answer = case.call(headers=headers)
        assert answer.status_code < 500
        statuses.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    call()
    assert statuses
