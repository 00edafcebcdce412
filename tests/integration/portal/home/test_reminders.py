"""The daily mail and the calendar: on time, revocable, and without data about people or titles."""

import re
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from grondslag_portal.home.calendar import Event, as_calendar
from grondslag_portal.home.mailing import mail_daily, mail_summaries
from grondslag_portal.home.models import Reminding
from grondslag_portal.organisations.models import Department
from grondslag_portal.projects.models import Phase, Project
from grondslag_portal.tasks.models import Task
from mail_server import mail_server
from portal_town import later

SECRET = re.compile(r"/agenda/([0-9a-f]{64})\.ics")


@pytest.fixture
def server(settings):
    with mail_server() as started:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", started.port
        settings.EMAIL_USE_TLS = False
        settings.PORTAL_ADDRESS = "https://portaal.example"
        yield started


@pytest.fixture
def waiting(portal):
    """Two things wait for the adviser, one of them late."""
    adviser = portal.people["adviseur"]
    adviser.email = "adviseur@voorbeeldstad.example"
    adviser.save()
    for key, due in (("a", None), ("b", date(2020, 1, 1))):
        made(portal, key)
        Task.objects.create(
            project=key, project_title=f"Geheime titel {key}", step="question", role="applicant",
            applicant=adviser, due=due,
        )  # fmt: skip
    return adviser


def made(portal, key, **fields):
    department = Department.objects.get(key="mobiliteit")
    return Project.objects.create(
        key=key, applicant=portal.people["adviseur"],
        **{"title": f"Geheime titel {key}", "department": department, **fields},
    )  # fmt: skip


def calendar_of(client):
    """Make a calendar on the page, and give its address as the page shows it."""
    page = client.post("/herinneringen/", {"do": "calendar"}, follow=True).text
    return SECRET.search(page)[0]


def unfolded(content):
    """RFC 5545, section 3.1: a line goes on where the next begins with a space."""
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_the_summary_holds_counts_and_a_link_and_nothing_else(server, waiting):
    call_command("mail_summaries")

    (message,) = server.messages
    text = message.get_content()
    assert message["To"] == "adviseur@voorbeeldstad.example"
    assert "Taken die op je wachten: 2" in text
    assert "Daarvan te laat: 1" in text
    assert "https://portaal.example/" in text
    assert "titel" not in text + message["Subject"]
    assert waiting.name not in text + message["Subject"]


def test_mail_and_calendar_are_in_the_language_that_somebody_chose(server, waiting, portal, client):
    portal.sign_in(client, "adviseur")
    made(portal, "open", phase=Phase.DELIVERED, end_date=date(2027, 3, 1))
    address = calendar_of(client)
    client.post("/taal/", {"language": "en", "next": "/"})
    client.logout()

    assert mail_summaries().sent == 1

    text = server.messages[0].get_content()
    assert "Tasks that wait for you: 2" in text
    assert "wachten" not in text
    assert "SUMMARY:Access to data closes" in client.get(address).content.decode()
    assert ("home.language-chosen", waiting.name) in portal.audited()


def test_a_language_chosen_before_signing_in_counts_too(portal, client):
    client.post("/taal/", {"language": "en", "next": "/"})
    assert not Reminding.objects.exists()

    adviser = portal.people["adviseur"]
    adviser.set_password("voorbeeldstad-2026")  # of an account that lives as long as a test
    adviser.save()

    client.post("/inloggen/", {"username": "adviseur", "password": "voorbeeldstad-2026"})

    assert Reminding.objects.get(person=portal.people["adviseur"]).language == "en"


def test_nobody_gets_a_summary_twice_on_a_day(server, waiting, portal):
    assert mail_summaries().sent == 1
    assert mail_summaries().sent == 0
    later(portal, timedelta(days=1))

    assert mail_summaries().sent == 1


def test_who_switched_it_off_gets_none(server, waiting, portal, client):
    portal.sign_in(client, "adviseur")
    client.post("/herinneringen/", {"do": "no-mail"})

    assert mail_summaries().sent == 0
    assert ("home.mail-chosen", waiting.name) in portal.audited()
    client.post("/herinneringen/", {"do": "mail"})
    assert mail_summaries().sent == 1


@pytest.mark.parametrize("change", [{"is_active": False}, {"email": ""}])
def test_who_left_or_has_no_address_gets_none(server, waiting, change):
    type(waiting).objects.filter(pk=waiting.pk).update(**change)

    assert mail_summaries().sent == 0


def test_who_has_nothing_to_do_gets_none(server, waiting):
    Task.objects.all().delete()

    assert mail_summaries().sent == 0
    assert server.messages == []


def test_a_server_that_is_away_is_tried_again(waiting, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    settings.EMAIL_USE_TLS = False

    with pytest.raises(CommandError, match="Mails die niet weg konden: 1"):
        call_command("mail_summaries")

    assert Reminding.objects.get(person=waiting).mailed is None


def test_without_a_server_the_command_says_so_and_the_worker_does_nothing(waiting, settings):
    settings.EMAIL_HOST = ""
    mail_daily()

    with pytest.raises(CommandError, match="Er is geen mailserver"):
        call_command("mail_summaries")
    assert not Reminding.objects.exists()


def test_a_calendar_holds_the_dates_that_somebody_must_know(portal, client):
    portal.sign_in(client, "adviseur")
    made(portal, "open", phase=Phase.DECIDED, end_date=date(2027, 3, 1),
         review_date=date(2027, 6, 1))  # fmt: skip
    made(portal, "concept", end_date=date(2027, 9, 9))

    lines = unfolded(client.get(calendar_of(client)).content)

    assert "DTSTART;VALUE=DATE:20270301" in lines
    assert "DTSTART;VALUE=DATE:20270601" in lines
    assert "SUMMARY:Terugkijken: Geheime titel open" in lines
    assert not any("20270909" in line for line in lines)


def test_a_mandate_that_ends_stands_in_the_calendar(portal, client):
    portal.sign_in(client, "beslisser")

    lines = unfolded(client.get(calendar_of(client)).content)

    assert "SUMMARY:Je mandaat om te tekenen loopt af" in lines


def test_the_title_of_a_restricted_project_does_not_leave_the_portal(portal, client):
    portal.sign_in(client, "adviseur")
    made(portal, "dicht", restricted=True, phase=Phase.DELIVERED, end_date=date(2027, 3, 1))

    content = client.get(calendar_of(client)).content.decode()

    assert "20270301" in content
    assert "Geheime titel" not in content


def test_a_calendar_holds_no_name_of_a_person_and_no_address_of_theirs(portal, client):
    person = portal.sign_in(client, "beslisser")
    made(portal, "open", phase=Phase.DECIDED, end_date=date(2027, 3, 1))

    content = client.get(calendar_of(client)).content.decode()

    assert "ATTENDEE" not in content
    assert "ORGANIZER" not in content
    assert person.name not in content


def test_an_address_works_without_sign_in_until_a_new_one_is_made_or_it_is_ended(portal, client):
    portal.sign_in(client, "adviseur")
    first = calendar_of(client)
    second = calendar_of(client)
    client.logout()

    assert client.get(first).status_code == 404
    answer = client.get(second)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"

    portal.sign_in(client, "adviseur")
    client.post("/herinneringen/", {"do": "end-calendar"})
    assert client.get(second).status_code == 404


def test_the_secret_is_shown_once_and_not_kept(portal, client):
    person = portal.sign_in(client, "adviseur")
    secret = SECRET.search(calendar_of(client))[1]

    assert secret not in client.get("/herinneringen/").text
    assert secret not in Reminding.objects.get(person=person).calendar_sha256


def test_who_left_has_no_calendar(portal, client):
    person = portal.sign_in(client, "adviseur")
    address = calendar_of(client)
    type(person).objects.filter(pk=person.pk).update(is_active=False)
    client.logout()

    assert client.get(address).status_code == 404


def test_a_calendar_keeps_the_form_of_rfc_5545(portal):
    """Lines end in CRLF and hold at most 75 octets (3.1); signs are escaped (3.3.11)."""
    said = "Straat; plein, brug\\weg\nBEGIN:VALARM " + "é" * 100
    event = Event("einde-1", date(2027, 3, 1), said, "/projecten/a/")

    content = as_calendar([event], address="https://portaal.example", now=portal.clock.now())

    lines = content.split(b"\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    assert all(line.decode() is not None for line in lines)
    assert "BEGIN:VALARM" not in unfolded(content)
    summary = next(line for line in unfolded(content) if line.startswith("SUMMARY:"))
    assert summary.startswith("SUMMARY:Straat\\; plein\\, brug\\\\weg BEGIN:VALARM é")
    assert "UID:einde-1@portaal.example" in unfolded(content)
    assert "DTEND;VALUE=DATE:20270302" in unfolded(content)
