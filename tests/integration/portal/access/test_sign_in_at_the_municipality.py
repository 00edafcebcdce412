"""Signing in at a sign-in service that runs on loopback: who gets in, as whom, and who does not."""

from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import rsa

from grondslag_portal.organisations.models import Department, Person, RoleGrant
from grondslag_portal.shared.access import Role
from grondslag_portal.shared.models import ChainRecord
from made_provider import made_provider

KEY = "11111111-aaaa:22222222-bbbb"


@pytest.fixture(scope="module")
def running():
    with made_provider() as service:
        yield service


@pytest.fixture
def provider(running, home, settings):
    running.claims, running.auth_time, running.is_away = {}, None, False
    running.signing_key = running.key
    for name, value in running.settings().items():
        setattr(settings, name, value)
    return running


def go_round(client, begin="/inloggen/werkaccount/"):
    """What a browser does: there, and back with what the service answered."""
    there = client.get(begin)
    back = requests.get(there.url, allow_redirects=False, timeout=10).headers["Location"]
    address = urlsplit(back)
    return client.get(f"{address.path}?{address.query}")


def signed_in(client):
    found = client.session.get("_auth_user_id")
    return None if found is None else Person.objects.get(pk=found)


def test_a_person_is_known_by_the_directory_and_gets_its_roles(client, provider):
    provider.claims = {"roles": ["adviser", "Privacy-Officer", "something of another application"]}
    answer = go_round(client)
    assert answer.status_code == 302
    person = signed_in(client)
    assert (person.subject, person.name, person.is_local) == (KEY, "J. de Vries", False)
    assert person.roles_today() == {Role.ADVISER, Role.PRIVACY_OFFICER}
    assert not person.has_usable_password()


def test_the_way_there_has_a_state_a_nonce_and_a_challenge(client, provider):
    query = parse_qs(urlsplit(client.get("/inloggen/werkaccount/").url).query)
    assert query["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= query.keys()


def test_another_address_of_mail_or_its_capitals_make_no_other_person(client, provider):
    go_round(client)
    provider.claims = {"email": "vries@VOORBEELDSTAD.example"}
    go_round(client)
    assert Person.objects.count() == 1


def test_the_same_address_of_mail_opens_nobody_elses_account(client, provider):
    theirs = Person.objects.create_user("x:y", "Iemand", email="Vries@voorbeeldstad.example")
    go_round(client)
    assert signed_in(client) != theirs


def test_a_local_account_is_never_opened_through_the_directory(client, provider):
    Person.objects.create_user(KEY, "Iemand", is_local=True)
    assert go_round(client).status_code == 403
    assert signed_in(client) is None


def test_two_people_with_one_name_stay_two(client, provider):
    Person.objects.create_user("x:y", "j. de  vries")
    go_round(client)
    assert signed_in(client).name == "J. de Vries (2)"


REFUSED = {
    "over 200 groups: names of claims": (
        {"_claim_names": {"groups": "src1"}}, "Je zit in te veel groepen"),
    "over 200 groups: the short way": ({"hasgroups": True}, "Je zit in te veel groepen"),
    "no role here": ({"roles": None}, "nog geen rol"),
    "only roles of others": ({"roles": ["Mail.Read"]}, "nog geen rol"),
    "roles that are no list": ({"roles": "administrator"}, "nog geen rol"),
    "a program": ({"idtyp": "app"}, "niet van één persoon"),
    "no person": ({"oid": None}, "niet van één persoon"),
    "no tenant": ({"tid": None}, "niet van één persoon"),
    "a person that is a list": ({"oid": ["a"]}, "niet van één persoon"),
    "no name": ({"name": None}, "kennen je naam niet"),
    "for another application": ({"aud": "something else"}, "niet voor deze toepassing"),
    "for two, through another": (
        {"aud": ["grondslag", "other"], "azp": "other"}, "niet voor deze toepassing"),
    "of another service": ({"iss": "https://elders.example"}, "niet voor deze toepassing"),
    "without an end": ({"exp": None}, "niet voor deze toepassing"),
    "long over": ({"exp": 1}, "geen goed antwoord"),
    "with another nonce": ({"nonce": "guessed"}, "geen goed antwoord"),
}  # fmt: skip


@pytest.mark.parametrize("why", REFUSED)
def test_whoever_may_not_in_reads_one_sentence_and_leaves_no_trace(client, provider, why):
    provider.claims, sentence = REFUSED[why]
    answer = go_round(client)
    assert answer.status_code == 403
    assert sentence in answer.content.decode()
    assert signed_in(client) is None
    assert not Person.objects.exists()


def test_a_token_signed_by_somebody_else_is_refused(client, provider):
    provider.signing_key = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
    assert go_round(client).status_code == 403
    assert not Person.objects.exists()


def test_an_answer_works_once_and_only_for_who_asked(client, provider):
    there = client.get("/inloggen/werkaccount/")
    back = requests.get(there.url, allow_redirects=False, timeout=10).headers["Location"]
    from django.test import Client

    other = Client()
    assert other.get(back).status_code == 403
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 403


def test_a_service_that_is_away_is_told(client, provider):
    provider.is_away = True
    answer = go_round(client)
    assert answer.status_code == 403
    assert "geen goed antwoord van de aanmelddienst" in answer.content.decode()


def test_who_stops_half_way_is_not_signed_in(client, provider):
    client.get("/inloggen/werkaccount/")
    answer = client.get("/inloggen/werkaccount/antwoord/?error=access_denied&state=x")
    assert "Het inloggen is gestopt" in answer.content.decode()


def test_a_role_that_the_directory_takes_away_is_gone_and_both_are_recorded(client, provider):
    provider.claims = {"roles": ["adviser", "council"]}
    go_round(client)
    provider.claims = {"roles": ["council"]}
    go_round(client)
    assert signed_in(client).roles_today() == {Role.COUNCIL}
    actions = ChainRecord.objects.order_by("number").values_list("action", flat=True)
    assert list(actions)[-4:] == [
        "organisations.person-added", "organisations.role-given", "organisations.role-given",
        "organisations.role-ended",
    ]  # fmt: skip


def test_a_role_of_a_department_waits_for_a_department(client, provider):
    provider.claims = {"roles": ["adviser", "owner"]}
    go_round(client)
    person = signed_in(client)
    assert person.roles_today() == {Role.ADVISER}
    person.department = Department.objects.create(key="zorg", name="Zorg")
    person.save()
    go_round(client)
    grant = RoleGrant.objects.get(role=Role.OWNER)
    assert (grant.department.name, grant.from_directory) == ("Zorg", True)


def test_whoever_left_is_refused_and_signed_out(client, provider):
    go_round(client)
    Person.objects.update(is_active=False)
    assert client.get("/projecten/").status_code == 302
    answer = go_round(client)
    assert "Dit account is gesloten" in answer.content.decode()


def asked_to_sign(client):
    from django.test import RequestFactory

    from grondslag_portal.organisations.step_up import ask_step_up

    session = client.session
    request = RequestFactory().get("/")
    request.session = session
    ask_step_up(request, "1" * 64, about="het plan", following="/terug/")
    session.save()


def test_to_sign_the_service_asks_the_password_anew(client, provider):
    go_round(client)
    asked_to_sign(client)
    answer = go_round(client, "/inloggen/werkaccount/opnieuw/")
    assert (answer.status_code, answer.url) == (302, "/terug/")
    assert (provider.asked[-1]["prompt"], provider.asked[-1]["max_age"]) == ("login", "0")
    assert list(client.session["step_up_shown"]) == ["1" * 64]


@pytest.mark.parametrize("auth_time", [1_000_000_000, "now", True])
def test_a_password_that_was_not_typed_anew_signs_nothing(client, provider, auth_time):
    go_round(client)
    asked_to_sign(client)
    provider.claims = {"auth_time": auth_time}
    answer = go_round(client, "/inloggen/werkaccount/opnieuw/")
    assert answer.status_code == 403
    assert "step_up_shown" not in client.session


def test_an_ordinary_sign_in_is_no_proof_for_a_signature(client, provider):
    go_round(client)
    asked_to_sign(client)
    go_round(client)
    assert "step_up_shown" not in client.session


def test_somebody_else_shows_nothing_for_who_is_signed_in(client, provider):
    go_round(client)
    first = signed_in(client)
    asked_to_sign(client)
    provider.claims = {"oid": "33333333-cccc", "name": "Iemand anders"}
    answer = go_round(client, "/inloggen/werkaccount/opnieuw/")
    assert "Je logde in als iemand anders" in answer.content.decode()
    assert signed_in(client) == first
    assert "step_up_shown" not in client.session


def test_without_a_service_there_is_no_such_page(client, db):
    assert client.get("/inloggen/werkaccount/").status_code == 404
