"""What an answer of the portal says beside its page: rules for the browser, problems, language."""

import re
from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client

from grondslag_portal.organisations.models import Person
from our_source import PORTAL, templates

pytestmark = [pytest.mark.django_db, pytest.mark.urls("pattern_page")]
SHEETS = sorted((PORTAL / "shared" / "static" / "shared").glob("*.css"))


@pytest.fixture
def person():
    return Person.objects.create_user("adviseur", "adviseur (voorbeeld)", password="x" * 14)


def rules_of(answer):
    """The Content-Security-Policy, by directive."""
    parts = (part.split() for part in answer["Content-Security-Policy"].split(";"))
    return {name: values for name, *values in parts}


@pytest.mark.parametrize("address", ["/inloggen/", "/onderdelen/", "/er-is-niets/"])
def test_a_page_may_use_nothing_from_elsewhere_and_nothing_written_in_it(client, address):
    answer = client.get(address)
    rules = rules_of(answer)

    assert rules["default-src"] == ["'none'"]
    assert rules["style-src"] == ["'self'"]
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]
    assert rules["script-src"][0] == "'self'"
    assert rules["frame-ancestors"] == rules["base-uri"] == ["'none'"]
    assert rules["form-action"] == ["'self'"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_no_template_writes_a_style_or_a_script_into_a_page():
    inline = re.compile(r"\sstyle=|<style|\son(?!e\b|e_)[a-z]+=\S|<script(?![^>]*\ssrc=)")

    assert [path.name for path, text in templates() if inline.search(text)] == []


def test_every_page_stands_in_the_same_frame():
    bare = [
        path.name
        for path, text in templates()
        if path.parent.name != "shared" and "<h1" in text and "{% extends" not in text
    ]

    assert bare == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_colour_is_a_token(sheet):
    """A municipality changes the tokens and with them every colour; only print is black."""
    text = re.sub(r"/\*.*?\*/", "", Path(sheet).read_text(encoding="utf-8"), flags=re.DOTALL)
    colours = re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", text)

    assert sheet.name == "tokens.css" or colours == []


def test_every_token_has_a_value_of_our_own():
    text = (PORTAL / "shared/static/shared/tokens.css").read_text(encoding="utf-8")
    bare = re.findall(r"var\(--(?:basis|utrecht|nl)-[\w-]+\)", text)

    assert bare == []


def test_what_goes_wrong_is_a_page_and_no_trace(client, person):
    client.raise_request_exception = False
    client.force_login(person)

    answer = client.get("/kapot/")

    assert answer.status_code == 500
    assert "Er ging iets mis" in answer.text
    assert "on purpose" not in answer.text


def test_a_refusal_of_the_engine_is_a_sentence(client):
    answer = client.get("/geweigerd/")

    assert answer.status_code == 400
    assert "Iemand anders is met dit project bezig." in answer.text


def test_without_its_database_the_portal_gives_back_what_was_typed(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("pattern_page.Everything", _away)

    answer = client.post("/onderdelen/", {"title": "<b>Veilig</b>", "know": "Hoe hard?"})

    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "Je antwoord is niet opgeslagen." in answer.text
    assert 'name="title" value="&lt;b&gt;Veilig&lt;/b&gt;"' in answer.text
    assert 'name="know" value="Hoe hard?"' in answer.text


def test_without_its_database_the_portal_never_shows_a_password(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("pattern_page.Everything", _away)

    answer = client.post("/onderdelen/", {"subject": "adviseur", "password": "geheim-woord"})

    assert answer.status_code == 503
    assert "geheim-woord" not in answer.text


def test_a_form_that_waited_too_long_can_be_sent_again():
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post("/onderdelen/", {"title": "Veilig oversteken"})

    assert answer.status_code == 403
    assert "Er is niets opgeslagen." in answer.text
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"><?', answer.text)
    again = strict.post(
        "/onderdelen/", {"title": "Veilig oversteken", "csrfmiddlewaretoken": token[1]}
    )
    assert again.status_code == 200
    assert 'value="Veilig oversteken"' in again.text


@pytest.mark.parametrize("back", ["https://elders.example/", "//elders.example/", "javascript:1"])
def test_the_choice_of_a_language_never_leads_elsewhere(client, back):
    answer = client.post("/taal/", {"language": "en", "next": back})

    assert answer["Location"] == "/"


def test_a_language_that_we_do_not_have_changes_nothing(client):
    answer = client.post("/taal/", {"language": "xx", "next": "/privacy/"})

    assert answer["Location"] == "/privacy/"
    assert "django_language" not in answer.cookies


def _away(_typed):
    raise OperationalError("connection refused")
