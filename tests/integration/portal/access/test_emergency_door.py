"""The emergency door, how long a session lasts, and what somebody reads who guesses."""

from datetime import timedelta

import pyotp
import pytest

from grondslag.clock import FixedClock, SystemClock
from grondslag_portal.organisations.models import Person
from grondslag_portal.organisations.second_factor import new_secret
from grondslag_portal.shared.models import ChainRecord

PASSWORD = "een lang wachtwoord 2026"
WRONG = "Dit klopt niet samen"


@pytest.fixture
def person(home):
    return Person.objects.create_user("nood", "Noodaccount van J.", is_local=True,
                                      password=PASSWORD)  # fmt: skip


@pytest.fixture
def secret(person):
    found = new_secret(person)
    person.save()
    return found


def enter(client, **filled):
    return client.post("/inloggen/", {"username": "nood", "password": PASSWORD} | filled)


def test_name_password_and_code_open_the_door_and_that_is_recorded(client, person, secret):
    answer = enter(client, code=pyotp.TOTP(secret).now(), next="/projecten/")
    assert (answer.status_code, answer.url) == (302, "/projecten/")
    assert ChainRecord.objects.filter(
        action="organisations.emergency-used", actor=person.name
    ).exists()


def test_a_code_of_the_step_before_is_for_slow_hands_and_an_older_one_is_not(
    client, person, secret, settings
):
    now = SystemClock().now()
    old = pyotp.TOTP(secret).at(now - timedelta(seconds=90))
    assert enter(client, code=old).status_code == 400
    before = pyotp.TOTP(secret).at(now - timedelta(seconds=30))
    settings.PORTAL_CLOCK = FixedClock(now)
    assert enter(client, code=before).status_code == 302


@pytest.mark.parametrize(
    "filled",
    [
        {"password": "iets anders"},
        {"username": "niemand"},
        {"code": ""},
        {"code": "123456"},
        {"code": "einszwei"},
        {"code": "\u0661\u0662\u0663\u0664\u0665\u0666"},
    ],
)
def test_whatever_is_wrong_reads_the_same(client, person, secret, filled):
    answer = enter(client, **({"code": pyotp.TOTP(secret).now()} | filled))
    assert answer.status_code == 400
    assert WRONG in answer.content.decode()


def test_a_person_of_the_directory_has_no_door_here(client, person):
    Person.objects.update(is_local=False)
    assert enter(client).status_code == 400


def test_an_account_without_a_second_factor_opens_only_on_one_machine(client, person, settings):
    settings.LOCAL = False
    assert enter(client).status_code == 400
    settings.LOCAL = True
    assert enter(client).status_code == 302


def test_after_five_wrong_guesses_somebody_waits_and_reads_how_long(client, person):
    for _ in range(5):
        answer = enter(client, password="gok")
    assert answer.status_code == 429
    assert "Wacht 15 minuten" in answer.content.decode()
    assert enter(client).status_code == 429


def test_guessing_at_one_account_keeps_nobody_else_out(client, person, home):
    Person.objects.create_user("ander", "Ander account", is_local=True, password=PASSWORD)
    for _ in range(5):
        enter(client, password="gok")
    assert enter(client, username="ander").status_code == 302


def test_what_was_typed_stays_except_the_password(client, person):
    page = enter(client, password="gok").content.decode()
    assert 'value="nood"' in page
    assert "gok" not in page


@pytest.mark.parametrize(
    "following", ["https://elders.example/", "//elders.example", "javascript:1"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(client, person, following):
    assert enter(client, next=following).url.startswith("/")
    assert "elders" not in enter(client, next=following).url


def test_the_secret_under_the_codes_stands_sealed_in_the_database(person, secret):
    assert secret not in Person.objects.get().time_secret


def stays(client, settings, begin, minutes):
    settings.PORTAL_CLOCK = FixedClock(begin + timedelta(minutes=minutes))
    return client.get("/projecten/").status_code == 200


def test_who_does_nothing_for_half_an_hour_is_signed_out_and_reads_why(client, person, settings):
    begin = SystemClock().now()
    settings.PORTAL_CLOCK = FixedClock(begin)
    enter(client)
    assert stays(client, settings, begin, 29)
    assert stays(client, settings, begin, 58)
    assert not stays(client, settings, begin, 88)
    assert "Je deed 30 minuten niets" in client.get("/inloggen/").content.decode()


def test_nobody_stays_signed_in_longer_than_a_working_day(client, person, settings):
    begin = SystemClock().now()
    settings.PORTAL_CLOCK = FixedClock(begin)
    enter(client)
    assert all(stays(client, settings, begin, minutes) for minutes in range(20, 720, 20))
    assert not stays(client, settings, begin, 720)


def test_signing_out_ends_the_session_and_needs_a_post(client, person):
    enter(client)
    assert client.get("/uitloggen/").status_code == 405
    client.post("/uitloggen/")
    assert client.get("/projecten/").status_code == 302


def test_signing_in_gives_a_new_session_key(client, person):
    client.get("/inloggen/")
    session = client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    enter(client)
    assert client.session.session_key != before
