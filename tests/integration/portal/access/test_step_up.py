"""Who signs shows anew who they are, for one document, once, and not long ago."""

from datetime import timedelta

import pyotp
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory

from grondslag.clock import FixedClock, SystemClock
from grondslag_portal.organisations import step_up
from grondslag_portal.organisations.models import Person
from grondslag_portal.organisations.second_factor import new_secret

ONE, OTHER = "1" * 64, "2" * 64
PASSWORD = "een lang wachtwoord 2026"


@pytest.fixture
def request_of_somebody(db):
    request = RequestFactory().get("/")
    request.session = SessionStore()
    return request


@pytest.fixture
def person(db):
    return Person.objects.create_user("eigenaar", "Eigenaar", is_local=True, password=PASSWORD)


def ask(request, sha256=ONE):
    step_up.ask_step_up(request, sha256, about="het plan", following="/terug/")


def test_a_proof_is_for_the_document_that_was_shown_and_works_once(request_of_somebody):
    ask(request_of_somebody)
    assert step_up.step_up_done(request_of_somebody) == "/terug/"
    assert step_up.step_up_for(request_of_somebody, ONE) is not None
    assert step_up.step_up_for(request_of_somebody, ONE) is None


def test_a_proof_for_one_document_signs_no_other_and_is_gone(request_of_somebody):
    ask(request_of_somebody)
    step_up.step_up_done(request_of_somebody)
    assert step_up.step_up_for(request_of_somebody, OTHER) is None
    assert step_up.step_up_for(request_of_somebody, ONE) is None


def test_without_a_question_there_is_no_proof(request_of_somebody):
    assert step_up.step_up_done(request_of_somebody) == ""
    assert step_up.step_up_for(request_of_somebody, ONE) is None


@pytest.mark.parametrize(("minutes", "counts"), [(5, True), (5.1, False), (-1, False)])
def test_a_proof_counts_five_minutes_and_not_from_the_future(
    request_of_somebody, settings, minutes, counts
):
    begin = SystemClock().now()
    settings.PORTAL_CLOCK = FixedClock(begin)
    ask(request_of_somebody)
    step_up.step_up_done(request_of_somebody)
    settings.PORTAL_CLOCK = FixedClock(begin + timedelta(minutes=minutes))
    assert (step_up.step_up_for(request_of_somebody, ONE) is not None) is counts


def asked(client, person, sha256=ONE):
    """The client is signed in and was sent to the page."""
    client.force_login(person)
    session = client.session
    request = RequestFactory().get("/")
    request.session = session
    ask(request, sha256)
    session.save()


def test_the_page_shows_what_is_signed_its_mark_and_who_signs(client, person):
    asked(client, person)
    page = client.get("/opnieuw-inloggen/").content.decode()
    assert ONE in page
    assert "het plan" in page
    assert "Eigenaar" in page


def test_a_wrong_password_gives_no_proof_and_says_so(client, person):
    asked(client, person)
    page = client.post("/opnieuw-inloggen/", {"password": "iets anders"})
    assert page.status_code == 400
    assert "step_up_shown" not in client.session
    assert "Dit klopt niet samen" in page.content.decode()


def test_the_right_password_goes_back_to_the_document(client, person):
    asked(client, person)
    answer = client.post("/opnieuw-inloggen/", {"password": PASSWORD})
    assert (answer.status_code, answer.url) == (302, "/terug/")
    assert list(client.session["step_up_shown"]) == [ONE]


def test_whoever_has_an_app_needs_its_code_too_and_no_code_works_twice(client, person):
    secret = new_secret(person)
    person.save()
    asked(client, person)
    assert client.post("/opnieuw-inloggen/", {"password": PASSWORD}).status_code == 400
    filled = {"password": PASSWORD, "code": pyotp.TOTP(secret).now()}
    assert client.post("/opnieuw-inloggen/", filled).status_code == 302
    asked(client, person)
    assert client.post("/opnieuw-inloggen/", filled).status_code == 400


def test_an_address_elsewhere_is_never_gone_back_to(client, person):
    asked(client, person)
    session = client.session
    session["step_up_asked"] |= {"following": "https://elders.example/"}
    session.save()
    assert client.post("/opnieuw-inloggen/", {"password": PASSWORD}).url.startswith("/")
