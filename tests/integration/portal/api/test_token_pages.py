"""An administrator gives, limits and ends tokens on a page, after showing anew who they are."""

from datetime import timedelta

import pytest
from django.urls import reverse

from grondslag_portal.api.models import Client as Program
from grondslag_portal.api.models import Token
from grondslag_portal.api.permissions import CLIENT_ROLES, Scope
from grondslag_portal.organisations import views
from grondslag_portal.organisations.models import GIVEN, Department
from grondslag_portal.shared import engine
from portal_api import ApiUser

LIST, GIVE = reverse("tokens:list"), reverse("tokens:give")


@pytest.fixture
def admin(portal, client):
    portal.sign_in(client, "beheer")
    return client


@pytest.fixture
def shown_anew(monkeypatch, portal):
    """They showed anew who they are, for whatever is asked."""
    monkeypatch.setattr(views, "step_up_for", lambda _request, _sha256: portal.clock.now())


def wanted(portal, **more):
    return {
        "name": "Rapportage", "key": "rapportage", "answers": portal.people["analist"].pk,
        "department": Department.objects.get(key="mobiliteit").pk, "roles": ["analyst"],
        "scopes": ["projects.read", "tasks.read"], "days": "30", **more,
    }  # fmt: skip


def page_of(token):
    return reverse("tokens:token", args=[token.pk])


def given(admin, portal):
    answer = admin.post(GIVE, wanted(portal))
    return answer, answer.context["token"]


def test_a_token_is_shown_once_works_and_stands_nowhere(admin, portal, shown_anew):
    answer, token = given(admin, portal)
    assert answer.status_code == 200
    assert token in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    api = ApiUser(token)
    assert api.get("/v1/projects").status_code == 200
    assert api.get("/v1/datasets").status_code == 403
    assert token not in admin.get(LIST).content.decode()
    assert token not in str(dict(admin.session))
    chain = b"".join(item.to_line() for item in engine.installation().chain.records())
    assert token.encode() not in chain
    assert ("api.token-given", "rapportage") in portal.audited()


def test_nothing_is_given_before_somebody_showed_anew_who_they_are(admin, portal):
    answer = admin.post(GIVE, wanted(portal))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("organisations:step-up")
    assert not Token.objects.exists()
    following = admin.session["step_up_asked"]["following"]
    form = admin.get(following).context["form"]
    assert form["scopes"].value() == ["projects.read", "tasks.read"]
    assert form["days"].value() == "30"


def test_a_proof_for_one_token_gives_no_other(admin, portal):
    admin.post(GIVE, wanted(portal))
    asked = admin.session["step_up_asked"]["sha256"]
    session = admin.session
    session["step_up_shown"] = {asked: portal.clock.now().isoformat()}
    session.save()
    more = wanted(portal, scopes=[scope.value for scope in Scope])
    assert admin.post(GIVE, more).status_code == 302
    assert not Token.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"key": "Met Spatie"}, "key"),
        ({"key": "<b>"}, "key"),
        ({"scopes": []}, "scopes"),
        ({"scopes": ["alles"]}, "scopes"),
        ({"roles": []}, "roles"),
        ({"roles": ["decider"]}, "roles"),
        ({"days": "0"}, "days"),
        ({"days": "367"}, "days"),
        ({"answers": "999999"}, "answers"),
        ({"department": "999999"}, "department"),
    ],
)
def test_what_is_no_token_is_said_at_its_field(admin, portal, shown_anew, change, field):
    answer = admin.post(GIVE, wanted(portal, **change))
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert not Token.objects.exists()


def test_the_roles_to_choose_from_are_never_those_of_a_signature(admin):
    choices = {value for value, _ in admin.get(GIVE).context["form"].fields["roles"].choices}
    assert choices == {role.value for role in GIVEN if role in CLIENT_ROLES}


def test_a_token_is_limited_and_never_gets_more(admin, portal, shown_anew):
    _, secret = given(admin, portal)
    token = Token.objects.get()
    until = token.until - timedelta(days=7)
    kept = {"scopes": ["tasks.read"], "until": until.isoformat()}
    assert admin.post(page_of(token), kept).status_code == 302
    token.refresh_from_db()
    assert (token.scopes, token.until) == (["tasks.read"], until)
    assert ("api.token-limited", "rapportage") in portal.audited()
    assert ApiUser(secret).get("/v1/projects").status_code == 403
    assert ApiUser(secret).get("/v1/tasks").status_code == 200
    for wrong in (
        {"scopes": ["projects.read"]}, {"scopes": []}, {"until": "gisteren"},
    ):  # fmt: skip
        assert admin.post(page_of(token), {**kept, **wrong}).status_code == 400
    for day in (until + timedelta(days=1), portal.clock.now().date() - timedelta(days=1)):
        late = admin.post(page_of(token), {**kept, "until": day.isoformat()})
        assert late.status_code == 409
    token.refresh_from_db()
    assert (token.scopes, token.until) == (["tasks.read"], until)


def test_a_token_is_ended_and_others_of_the_program_go_on(admin, portal, shown_anew):
    first, second = (given(admin, portal)[1] for _ in range(2))
    token = Token.objects.earliest("pk")
    assert admin.post(page_of(token), {"do": "end"}).status_code == 302
    assert ApiUser(first).get("/v1/tasks").status_code == 401
    assert ApiUser(second).get("/v1/tasks").status_code == 200
    assert ("api.token-revoked", "rapportage") in portal.audited()
    page = admin.get(page_of(token))
    assert page.status_code == 200
    assert "nieuw token" in page.content.decode()
    admin.post(page_of(token), {"do": "end"})
    assert portal.audited().count(("api.token-revoked", "rapportage")) == 1


def test_limiting_and_ending_ask_to_show_anew_who_somebody_is(admin, portal):
    ApiUser.of(portal)
    token = Token.objects.get()
    for sent in ({"do": "end"}, {"scopes": ["tasks.read"], "until": token.until.isoformat()}):
        assert admin.post(page_of(token), sent)["Location"] == reverse("organisations:step-up")
    token.refresh_from_db()
    assert (token.revoked, len(token.scopes)) == (None, len(Scope))


def test_the_list_tells_who_answers_and_what_each_token_may(admin, portal):
    ApiUser.of(portal, scopes=[Scope.READ_TASKS])
    page = admin.get(LIST).content.decode()
    for said in (
        "Rapportage",
        "programma rapportage",
        portal.people["analist"].name,
        "Taken lezen",
    ):
        assert said in page
    assert reverse("tokens:list") in admin.get("/wie-mag-wat/").content.decode()
    assert Program.objects.count() == 1


@pytest.mark.parametrize("account", ["adviseur", "fg", "raadslid"])
def test_nobody_but_an_administrator_comes_here(portal, client, account):
    ApiUser.of(portal)
    portal.sign_in(client, account)
    for path in (LIST, GIVE, page_of(Token.objects.get())):
        assert client.get(path).status_code == 403
    for path in (GIVE, page_of(Token.objects.get())):
        assert client.post(path, wanted(portal)).status_code == 403
