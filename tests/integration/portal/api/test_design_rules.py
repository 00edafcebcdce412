"""The NL GOV API Design Rules, as far as the answers and the description show them.

Source:
    NL GOV API Design Rules 2.1: version header, problem details (RFC 9457), 400 for invalid input,
    no trailing slash, query keys in camelCase, security headers, no sensitive addresses.
"""

import json
import re

import pytest
from django.test import Client

from grondslag_portal.api.door import VERSION
from grondslag_portal.api.views.ground import described
from grondslag_portal.shared.access import Role
from portal_addresses import PROJECT
from portal_api import CALLS, PROBLEM, ApiUser

CAMEL = re.compile(r"^[a-z][a-z0-9]*([A-Z][a-z0-9]*)*$")
SERVICE_NUMBER = "111222333"  # 1*9+1*8+1*7+2*6+2*5+2*4+3*3+3*2-3*1 = 66 = 6 * 11
P = f"/v1/projects/{PROJECT}"


@pytest.fixture
def api(portal):
    portal.add_project()
    return ApiUser.of(portal, roles=[Role.ANALYST, Role.ADMINISTRATOR])


def operations():
    for path, item in described()["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def keys_in(content):
    if isinstance(content, dict):
        for key, inside in content.items():
            yield key
            yield from keys_in(inside)
    if isinstance(content, list):
        for inside in content:
            yield from keys_in(inside)


def test_every_answer_carries_the_whole_version_and_is_kept_by_nobody(api):
    for call in CALLS:
        for answer in (api.send(call.method, call.path), Client().get(f"{call.path}/x")):
            assert answer["API-Version"] == VERSION
            assert answer["Cache-Control"] == "no-store"
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert answer["X-Frame-Options"] == "DENY"
            assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_every_key_of_an_answer_is_camel_case(api):
    wrong = set()
    for call in CALLS:
        answer = api.send(call.method, call.path)
        if call.path != "/v1/openapi.json" and "json" in answer["Content-Type"]:
            wrong |= {key for key in keys_in(answer.json()) if not CAMEL.match(key)}
    assert wrong == set()


def test_every_key_in_the_description_is_camel_case_and_no_address_ends_in_a_slash():
    names = {
        one["name"] for _, _, operation in operations()
        for one in operation.get("parameters", []) if one["in"] != "header"
    }  # fmt: skip
    for shape in described()["components"]["schemas"].values():
        names |= shape.get("properties", {}).keys()
    assert {name for name in names if not CAMEL.match(name)} == set()
    assert not any(path.endswith("/") for path, _, _ in operations())
    assert described()["openapi"].startswith("3.0")


def test_the_description_has_no_422_and_a_problem_for_each_other_refusal():
    for path, method, operation in operations():
        answers = operation["responses"]
        assert "422" not in answers
        assert {"400", "401", "403", "404", "406", "503"} <= answers.keys(), (path, method)
        refusals = [answers[status]["$ref"] for status in answers if status[0] in "45"]
        for name in (ref.rsplit("/", 1)[1] for ref in refusals):
            assert PROBLEM in described()["components"]["responses"][name]["content"]


def test_the_description_is_for_everybody_and_readable_anywhere(db):
    answer = Client().get("/v1/openapi.json")
    assert answer.json() == json.loads(json.dumps(described()))
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("method", "path", "more", "status"),
    [
        ("GET", "/v1/projects/", {}, 404),
        ("GET", "/v1/onbekend", {}, 404),
        ("GET", "/v1", {}, 404),
        ("DELETE", P, {}, 405),
        ("OPTIONS", P, {}, 405),
        ("PATCH", f"{P}/plan", {}, 405),
        ("GET", P, {"Accept": "text/html"}, 406),
        ("GET", f"{P}/plan", {"Accept": "image/png"}, 406),
        ("GET", "/v1/projects?pageSize=0", {}, 400),
        ("GET", "/v1/projects?page=x&pageSize=y&vreemd=1", {}, 400),
        ("GET", "/v1/projects?page=1&page=2", {}, 400),
        ("GET", "/v1/projects?query=%00", {}, 400),
        ("GET", f"/v1/projects?query={SERVICE_NUMBER}", {}, 400),
        ("GET", f"/v1/projects/{SERVICE_NUMBER}", {}, 400),
        ("GET", f"/v1/projects?query=%31{SERVICE_NUMBER[1:]}", {}, 400),
    ],
)
def test_a_refusal_is_a_problem_with_a_sentence(api, method, path, more, status):
    answer = api.send(method, path, **more)
    assert (answer.status_code, answer["Content-Type"]) == (status, PROBLEM)
    said = answer.json()
    assert said["status"] == status
    assert said["title"]
    assert said["detail"]
    assert said["type"] == "about:blank"


def test_every_wrong_key_of_a_query_is_named_at_once(api):
    said = api.get("/v1/projects?page=x&pageSize=1000&page_size=1").json()
    assert {(one["in"], one["location"]["name"]) for one in said["errors"]} == {
        ("query", "page"), ("query", "pageSize"), ("query", "page_size"),
    }  # fmt: skip


def test_a_wrong_field_of_a_body_is_named(api):
    answer = api.send("POST", f"{P}/plan/changes", '{"change": 1}', "application/json")
    assert [one["location"]["name"] for one in answer.json()["errors"]] == ["change"]
    for body in ("[", "[]", "null", '"x"', "{}"):
        answer = api.send("POST", f"{P}/plan/changes", body, "application/json")
        assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)


def test_too_much_or_another_form_is_refused_before_it_is_read(api):
    large = api.send("PUT", f"{P}/plan", b"x" * ((1 << 20) + 1), If_Match='"x"')
    other = api.send("PUT", f"{P}/plan", b"x", "application/pdf", If_Match='"x"')
    assert (large.status_code, other.status_code) == (413, 415)


def test_a_number_of_nine_digits_that_is_nobodys_may_stand_in_an_address(api):
    assert api.get("/v1/projects?query=111222334").status_code == 200


def test_a_problem_is_said_in_the_language_that_was_asked_for(api):
    dutch, english = (
        api.get("/v1/onbekend", Accept_Language=wanted) for wanted in ("fr, nl;q=0.5", "en-GB")
    )
    assert (dutch["Content-Language"], english["Content-Language"]) == ("nl", "en")
    assert dutch.json()["detail"] != english.json()["detail"]


def test_while_the_database_is_away_it_says_so(api, monkeypatch):
    from django.db import OperationalError

    from grondslag_portal.api import door

    def away(_token):
        raise OperationalError

    monkeypatch.setattr(door, "caller_with", away)
    client = Client(raise_request_exception=False)
    answer = client.get("/v1/projects", headers={"Authorization": "Bearer x"})
    assert (answer.status_code, answer["Content-Type"]) == (503, PROBLEM)
    assert answer["Retry-After"] == "30"
