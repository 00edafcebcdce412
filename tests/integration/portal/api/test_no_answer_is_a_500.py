"""Made-up calls against the whole application, after its own description: none ends in a 500."""

import os
from functools import cache

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from grondslag_portal.api.permissions import CLIENT_ROLES
from grondslag_portal.api.views.ground import described
from grondslag_portal.catalogue.models import Difference, Note, Term
from grondslag_portal.catalogue.services import keep_contract
from grondslag_portal.config.wsgi import application
from grondslag_portal.organisations.models import Department
from grondslag_portal.projects.models import Document
from made_catalogue import contract_text
from portal_addresses import PROJECT
from portal_api import ApiUser

EXAMPLES = 400 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 2
CHECKS = [content_type_conformance, response_schema_conformance, status_code_conformance]
MADE = 1_000_000
"""A number that no row gets of itself: the database counts on from one."""
KNOWN = {"key": PROJECT, "dataset": "ongevallen", "term": MADE, "note": MADE, "place": "hier",
         "shown": PROJECT}  # fmt: skip

ONLY_RIGHT = ("/openapi.json", "/public-projects/{shown}")
"""Nothing of these can be asked wrongly: no token, nothing beside the address."""


@pytest.fixture(autouse=True)
def one_connection():
    """No call ends the connection of the test's own transaction, as Django's test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


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
    dataset = keep_contract(text.encode(), department=department, by="test")
    Term.objects.create(pk=MADE, name="Ongeval", word="ongeval", definition="Een botsing.", by="x")
    Note.objects.create(
        pk=MADE, dataset=dataset, kind="question", text="Wat?", by=portal.people["adviseur"]
    )
    Difference.objects.create(place="hier", term="ongeval", aspect="definition", severity="large",
                              first=dataset, second=dataset)  # fmt: skip
    plan = Document.objects.get(path="plan.yaml", current=True).sha256
    token = ApiUser.of(portal, roles=CLIENT_ROLES).token
    return {"Authorization": f"Bearer {token}", "If-Match": f'"{plan}"'}


@schemathesis.serializer("application/zip")
def as_sent(_context, value):
    """A zip is made up as any bytes."""
    return value if isinstance(value, bytes) else str(value).encode()


def parts_of(path):
    """What an address names and is there; nothing for one that is asked without anything."""
    found = {name: value for name, value in KNOWN.items() if f"{{{name}}}" in path}
    return found or None


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("first", sorted({path.split("/")[1] for path in described()["paths"]}))
def test_no_made_up_call_ends_in_a_500(headers, first, mode):
    asked = 0
    for path, item in described()["paths"].items():
        if path.split("/")[1] != first or (path in ONLY_RIGHT and not mode.is_positive):
            continue
        for method in item:
            asked += ask(calls()[path][method], path, mode, headers)
    assert asked or first == "openapi.json"


def ask(operation, path, mode, headers):
    """How many made-up calls of an operation were answered as its description says."""
    statuses = []

    @settings(
        max_examples=EXAMPLES, database=None, deadline=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(mode, path_parameters=parts_of(path)))
    def call(case):
        answer = case.call(headers=headers)
        assert answer.status_code < 500, (path, operation.method)
        statuses.append(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    call()
    return len(statuses)
