"""A restricted project of elsewhere is told by nothing: no suggestion, count, mail or calendar.

Lists, search and my work stand in `test_every_address` and in the tests of home; addresses and the
API in `test_every_address`. These are the ways that are left.
"""

from datetime import timedelta

import pytest
from django.urls import reverse

from grondslag_portal.catalogue.services import keep_contract
from grondslag_portal.home.mailing import summary_for
from grondslag_portal.home.services import make_calendar
from grondslag_portal.organisations.models import Department, Person, RoleGrant
from grondslag_portal.projects.knowing import said_of
from grondslag_portal.projects.models import Phase, Project
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role
from grondslag_portal.tasks.models import Task

SECRET = "Wie woont er op de Zilverkade"
ROLES = (
    Role.STEWARD, Role.ANALYST, Role.DECIDER, Role.DATA_PROTECTION_OFFICER, Role.COUNCIL,
    Role.ADMINISTRATOR,
)  # fmt: skip


@pytest.fixture
def hidden(portal):
    """A restricted project that asks for data, is due on every date and waits for every role."""
    project = portal.add_project(title=SECRET)
    texts = {
        path.split("/")[1]: bytes(content)
        for path, content in project.documents.filter(path__startswith="contracts/").values_list(
            "path", "content"
        )
    }
    name = next(name for name in texts if name.startswith("meldingen"))
    department, _ = Department.objects.get_or_create(
        name=project.datasets.get(dataset="meldingen").department, defaults={"key": "gegevens"}
    )
    keep_contract(texts.pop(name), department=department, by="x", beside=texts)
    project.title = SECRET
    Project.objects.filter(pk=project.pk).update(
        title=SECRET, question=SECRET, said=said_of(project), phase=Phase.DELIVERED,
        restricted=True, end_date=engine.today() + timedelta(days=9),
    )  # fmt: skip
    for role in ROLES:
        Task.objects.create(
            project=project.key, project_title=SECRET, step="review", role=role.value,
            department="Elders", applicant=portal.people["adviseur"],
        )  # fmt: skip
    return project


@pytest.fixture(params=ROLES)
def stranger(request, hidden, client):
    """Somebody with a role in another department, who signed in."""
    elsewhere = Department.objects.create(key="elders", name="Elders")
    person = Person.objects.create_user(
        "vreemde", "Vreemde", department=elsewhere, email="vreemde@voorbeeldstad.example"
    )
    RoleGrant.objects.create(
        person=person, role=request.param, department=elsewhere, start=engine.today()
    )
    client.force_login(person)
    return person


def told(client, stranger):
    """Everything that could tell of it, by name."""
    begun = {"title": SECRET, "department": stranger.department.pk, "key": "", "restricted": ""}
    calendar = f"/agenda/{make_calendar(stranger)}.ics"
    mail = summary_for(Person.objects.get(pk=stranger.pk))
    return {
        "alike": client.post("/projecten/beginnen/", begun).text,
        "dataset": client.get(reverse("catalogue:dataset", args=["meldingen"])).text,
        "catalogue": client.get("/catalogus/?q=zilverkade").text,
        "sample": client.get("/steekproef/").text,
        "known": client.get(f"/wat-weten-we-al/?vraag={SECRET}").text,
        "calendar": client.get(calendar).content.decode(),
        "mail": "" if mail is None else mail.subject + mail.body,
    }


def test_no_suggestion_dataset_sample_calendar_or_mail_tells_of_it(hidden, stranger, client):
    found = told(client, stranger)

    names = ("Zilverkade", f"/{hidden.key}/")
    echoed = {"alike", "known"}  # a page that says back what was asked
    assert {
        channel
        for channel, text in found.items()
        if names[1] in text or (names[0] in text and channel not in echoed)
    } == set()
    assert "BEGIN:VEVENT" not in found["calendar"]
    assert found["mail"] == ""


def test_the_same_ways_do_tell_who_may_know(hidden, client, portal):
    """So that the test above is about rights, and not about ways that tell nobody."""
    officer = portal.people["fg"]
    officer.department = hidden.department
    officer.save()
    portal.sign_in(client, "fg")

    found = told(client, officer)

    assert {
        channel
        for channel, text in found.items()
        if hidden.key in text or "BEGIN:VEVENT" in text or "wachten: " in text
    } == set(found) - {"catalogue"}
