"""Who comes in at the API, for what, and what does not exist for them."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver

from grondslag.errors import ApprovalError, InputError
from grondslag_portal.api.models import Token
from grondslag_portal.api.permissions import CLIENT_ROLES, SCOPES, TABLE, Scope
from grondslag_portal.organisations.models import GIVEN, Department
from grondslag_portal.projects.models import Phase, Project
from grondslag_portal.shared.access import Role, actions
from portal_addresses import PROJECT
from portal_api import CALLS, PROBLEM, ApiUser
from portal_town import later

CLOSED = [call for call in CALLS if call.scope]
OF_PROJECT = [call for call in CALLS if PROJECT in call.path]


def path_of(call, project):
    return call.path.replace("{sha256}", project.documents.get(path="plan.yaml").sha256)


def test_every_address_of_the_api_is_called_here_and_each_call_names_its_own_action():
    found = {}
    for resolver in get_resolver().url_patterns:
        if getattr(resolver, "namespace", "") == "api":
            for pattern in resolver.url_patterns:
                for method, action in pattern.callback.actions_by_method.items():
                    found.setdefault((method, action), 0)
                    found[method, action] += 1
    called = {}
    for call in CALLS:
        called.setdefault((call.method, call.action), 0)
        called[call.method, call.action] += 1
    assert found == called


def test_every_action_that_is_not_for_everybody_needs_a_scope():
    open_to_all = {action for action, row in TABLE.items() if Role.NOBODY in row.roles}
    assert SCOPES.keys() == TABLE.keys() - open_to_all
    assert {call.action: call.scope for call in CALLS if call.scope} == {
        action: scope.value for action, scope in SCOPES.items()
    }


def test_no_call_of_the_api_signs_advises_or_releases():
    people_do = {"assessments.sign", "assessments.advise", "decisions.sign", "deliveries.release"}
    rows = {id(actions()[action]) for action in people_do & actions().keys()}
    assert not rows & {id(row) for row in TABLE.values()}
    assert "assessments.sign" in actions()


def test_without_a_token_nothing_is_said_and_a_session_is_no_token(portal, client):
    project = portal.add_project()
    portal.sign_in(client, "analist")
    for call in CLOSED:
        for visitor in (Client(), client):
            answer = visitor.generic(call.method, path_of(call, project))
            assert (answer.status_code, answer["Content-Type"]) == (401, PROBLEM), call
            assert answer["WWW-Authenticate"] == "Bearer"


def test_a_token_for_everything_else_is_refused(portal):
    project = portal.add_project()
    for scope in Scope:
        others = [other for other in Scope if other is not scope]
        api = ApiUser.of(portal, roles=CLIENT_ROLES, scopes=others)
        for call in (call for call in CLOSED if call.scope == scope.value):
            answer = api.send(call.method, path_of(call, project))
            assert (answer.status_code, answer.json()["code"]) == (403, "api.scope"), call


def test_a_restricted_project_of_another_department_does_not_exist(portal):
    project = portal.add_project()
    Department.objects.create(key="elders", name="Elders")
    Project.objects.update(restricted=True)
    api = ApiUser.of(portal, roles=CLIENT_ROLES, department="elders")
    for call in OF_PROJECT:
        there = api.send(call.method, path_of(call, project))
        none = api.send(call.method, path_of(call, project).replace(PROJECT, "bestaat-niet"))
        assert (there.status_code, there.json()) == (404, none.json()), call


def test_lists_and_counts_hold_no_restricted_project_of_another_department(portal):
    portal.add_project()
    Department.objects.create(key="elders", name="Elders")
    api = ApiUser.of(portal, roles=CLIENT_ROLES, department="elders")
    assert api.get("/v1/projects").json()["total"] == 1
    Project.objects.update(restricted=True, phase=Phase.DECIDED)
    for path in ("projects", "projects?query=veilig", "decisions", "tasks", "public-projects",
                 "projects-alike?question=Waar+is+het+veilig", "lessons"):  # fmt: skip
        assert api.get(f"/v1/{path}").json()["total"] == 0
    assert set(api.get("/v1/overview").json().values()) == {0}


def test_each_role_gets_what_the_table_says(portal):
    project = portal.add_project()
    wrong = []
    for role in CLIENT_ROLES:
        api = ApiUser.of(portal, roles=[role])
        for call in CLOSED:
            if not call.there:
                continue
            row = TABLE[call.action]
            status = api.send(call.method, path_of(call, project)).status_code
            if (status == 403) == bool(row.roles & {role, Role.EVERYBODY}):
                wrong.append((role, call.path, status))
    assert wrong == []


def test_a_plan_that_is_being_signed_is_not_changed_and_it_says_so(portal):
    portal.add_project()
    Project.objects.update(phase=Phase.SIGNING)
    api = ApiUser.of(portal)
    answer = api.send("PUT", f"/v1/projects/{PROJECT}/plan", "x", If_Match='"x"')
    assert (answer.status_code, answer["Content-Type"]) == (409, PROBLEM)


def test_a_token_opens_nothing_after_its_last_day(portal):
    api = ApiUser.of(portal, days=1)
    later(portal, timedelta(days=1))
    assert api.get("/v1/projects").status_code == 200
    later(portal, timedelta(days=1))
    assert api.get("/v1/projects").status_code == 401


def test_a_token_opens_nothing_when_who_answers_for_it_left(portal):
    api = ApiUser.of(portal)
    portal.people["analist"].is_active = False
    portal.people["analist"].save()
    assert api.get("/v1/projects").status_code == 401


def test_a_token_is_shown_once_kept_as_a_hash_and_stands_in_the_audit_chain(portal, capsys):
    call_command(
        "token", "give", "rapportage", "--name=Rapportage", "--department=mobiliteit",
        "--answers=analist", "--role=analyst", "--scope=projects.read", "--by=beheer",
    )  # fmt: skip
    token = capsys.readouterr().out.strip()
    assert ApiUser(token).get("/v1/projects").status_code == 200
    kept = Token.objects.get()
    assert token not in {str(value) for value in vars(kept).values()}
    chain = b"".join(item.to_line() for item in portal_chain())
    assert token.encode() not in chain
    call_command("token", "list")
    assert token not in capsys.readouterr().out
    call_command("token", "revoke", "rapportage", "--by=beheer")
    assert ApiUser(token).get("/v1/projects").status_code == 401
    told = [action for action, about in portal.audited() if about == "rapportage"]
    assert told == ["api.token-given", "api.tokens-revoked"]


def portal_chain():
    from grondslag_portal.shared import engine

    return list(engine.installation().chain.records())


@pytest.mark.parametrize("role", sorted(set(GIVEN) - CLIENT_ROLES))
def test_a_role_whose_work_is_a_signature_is_never_given_to_a_program(portal, role):
    with pytest.raises(ApprovalError, match=r"api\.role-for-people"):
        ApiUser.of(portal, roles=[role])


@pytest.mark.parametrize("days", [0, 367])
def test_a_token_lasts_a_day_at_least_and_a_year_at_most(portal, days):
    with pytest.raises(InputError, match=r"api\.token-days"):
        ApiUser.of(portal, days=days)


def test_only_an_administrator_gives_or_revokes_a_token(portal):
    ApiUser.of(portal)
    with pytest.raises(CommandError, match="geen beheerder"):
        call_command("token", "revoke", "rapportage", "--by=analist")
    assert Token.objects.get().revoked is None


def test_two_clients_have_their_own_tokens(portal):
    first, second = ApiUser.of(portal, key="een"), ApiUser.of(portal, key="twee")
    call_command("token", "revoke", "een", "--by=beheer")
    assert first.get("/v1/tasks").status_code == 401
    assert second.get("/v1/tasks").status_code == 200
