"""What somebody needs first, and what they find: through their own eyes, with nothing leaking."""

from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext

from grondslag_portal.catalogue.terms import write_term
from grondslag_portal.home.searching import find
from grondslag_portal.home.sections import SECTIONS, sections_for
from grondslag_portal.home.selectors import overview_for, own_tasks
from grondslag_portal.organisations.models import GIVEN, Department, Person, RoleGrant
from grondslag_portal.projects.knowing import said_of
from grondslag_portal.projects.models import AdviceStand, Phase, Project
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role
from grondslag_portal.tasks.models import Task

PAGES = ("/", "/zoeken/?q=kruising", "/overzicht/", "/geleerd/", "/wat-weten-we-al/?vraag=kruising")


def made(portal, key, **fields):
    """A project as the index has it."""
    project = Project(
        key=key, applicant=portal.people["adviseur"],
        **{
            "title": f"Project {key}",
            "question": "Waar is het onveilig op de kruising?",
            "department": Department.objects.get(key="mobiliteit"),
            **fields,
        },
    )  # fmt: skip
    project.said = said_of(project)
    project.save()
    return project


def codes_of(person):
    return [section.code for section in sections_for(person)]


def rows_of(person, code):
    return next(one.rows for one in sections_for(person) if one.code == code)


def without_token(page):
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


@pytest.mark.parametrize(
    ("account", "first"),
    [
        ("fg", "home.advice-asked"),
        ("privacy", "home.own"),
        ("analist", "home.assignments"),
        ("beslisser", "home.own"),
        ("eigenaar", "home.gaps-of-mine"),
        ("raadslid", "home.decisions"),
        ("beheer", "home.gaps"),
        ("adviseur", "home.own"),
    ],
)
def test_each_role_sees_first_what_it_needs(portal, client, account, first):
    person = portal.sign_in(client, account)

    assert codes_of(person)[0] == first
    assert client.get("/").status_code == 200


def test_who_has_two_roles_sees_what_they_share_once(portal):
    assert len(codes_of(portal.people["eigenaar"])) == len(set(codes_of(portal.people["eigenaar"])))
    assert SECTIONS[Role.OWNER] == SECTIONS[Role.STEWARD]


def test_what_was_done_with_advice_stands_beside_each_project(portal):
    for key, stand in (("a", "given"), ("b", "followed"), ("c", "reasoned"), ("d", "asked")):
        made(portal, key, advice=stand)

    done = {row.title: row.status for row in rows_of(portal.people["fg"], "home.advice-done")}
    asked = [row.title for row in rows_of(portal.people["fg"], "home.advice-asked")]

    assert done == {
        "Project a": "Nog geen antwoord",
        "Project b": "Advies gevolgd",
        "Project c": "Niet gevolgd, met een reden",
    }
    assert asked == ["Project d"]


def test_a_plan_about_people_that_is_up_for_signing_asks_for_advice(portal):
    assert portal.add_project().advice == AdviceStand.ASKED


def test_who_advises_sees_first_the_plan_that_asks_for_it(portal, client):
    project = portal.add_project()
    portal.sign_in(client, "fg")

    first = client.get("/").context["first"]

    assert first.facts == (project.title,)
    assert first.url == f"/projecten/{project.key}/advies/geven/"


def test_late_work_stands_first(portal, client):
    person = portal.sign_in(client, "adviseur")
    for key, due in (("a", date(2030, 1, 1)), ("b", date(2020, 1, 1))):
        made(portal, key)
        Task.objects.create(
            project=key, project_title=f"Project {key}", step="question", role="applicant",
            applicant=person, due=due,
        )  # fmt: skip

    assert [task.project for task in own_tasks(person)] == ["b", "a"]
    assert "Te laat" in client.get("/").text


def test_a_sample_holds_ten_projects_that_are_further_than_a_draft(portal, client):
    portal.sign_in(client, "fg")
    for at in range(14):
        made(portal, f"p{at}", phase=Phase.APPROVED)
    made(portal, "concept")

    page = client.get("/steekproef/").text

    assert page.count("list__title") == 10
    assert "Project concept" not in page


@pytest.mark.parametrize(
    ("field", "text", "place"),
    [
        ("title", "Fietsbrug", "home.found-in-title"),
        ("question", "Waar rijdt de fietsbrug op?", "home.found-in-question"),
        ("decision", "Wij bouwen een fietsbrug.", "home.found-in-decision"),
        ("lesson", "Een FIETSBRUG kost meer.", "home.found-in-lesson"),
    ],
)
def test_a_find_says_where_the_words_stand(portal, field, text, place):
    made(portal, "brug", **{field: text})

    (found,) = find(portal.people["raadslid"], "fietsbrúg", language="nl").projects

    assert found.places == (place,)
    assert found.url == (
        "/projecten/brug/besluit/" if field in ("decision", "lesson") else "/projecten/brug/"
    )


def test_what_ended_in_a_no_is_found_and_says_so(portal, client):
    portal.sign_in(client, "adviseur")
    made(portal, "nee", phase=Phase.STOPPED)

    assert "Dit eindigde in een nee" in client.get("/zoeken/?q=kruising").text


def test_definitions_are_found(portal):
    write_term("Verkeersslachtoffer", "Iemand die gewond raakt.", by=portal.people["beheer"])

    (found,) = find(portal.people["adviseur"], "gewond", language="nl").terms

    assert found.title == "Verkeersslachtoffer"


def test_rules_are_found_by_their_promise(portal):
    assert find(portal.people["adviseur"], "doel", language="nl").rules


@pytest.mark.parametrize("role", GIVEN)
def test_a_restricted_project_of_elsewhere_changes_no_page_and_no_number(portal, client, role):
    elsewhere = Department.objects.create(key="elders", name="Elders")
    somebody = Person.objects.create_user("iemand", "iemand", department=elsewhere)
    RoleGrant.objects.create(person=somebody, role=role, department=elsewhere, start=engine.today())
    client.force_login(somebody, backend="django.contrib.auth.backends.ModelBackend")
    before = [without_token(client.get(page).text) for page in PAGES]
    counts = overview_for(somebody)

    made(
        portal, "geheim", restricted=True, phase=Phase.DECIDED, advice=AdviceStand.FOLLOWED,
        decision="Wij sluiten de kruising.", lesson="De kruising is nu veilig.",
        review_date=date(2020, 1, 1),
    )  # fmt: skip
    Task.objects.create(
        project="geheim", project_title="Geheim", step="approval", role=role.value,
        department="Elders", applicant=portal.people["adviseur"],
    )  # fmt: skip

    somebody = Person.objects.get(pk=somebody.pk)
    assert [without_token(client.get(page).text) for page in PAGES] == before
    assert overview_for(somebody) == counts
    assert own_tasks(somebody) == []


def test_the_overview_counts_what_happened(portal):
    made(portal, "a", phase=Phase.DRAFT, personal=True, advice=AdviceStand.REASONED)
    made(portal, "b", phase=Phase.STOPPED)
    made(portal, "c", phase=Phase.DECIDED, review_date=date(2020, 1, 1), personal=False)

    found = overview_for(portal.people["raadslid"])

    assert (found.running, found.personal, found.stopped, found.decided) == (1, 1, 1, 1)
    assert (found.reasoned, found.followed, found.reviews_late) == (1, 0, 1)


def test_a_lesson_is_on_the_page_of_lessons(portal, client):
    portal.sign_in(client, "adviseur")
    made(portal, "a", phase=Phase.REVIEWED, lesson="Tel ook in de winter.", decision="Drempel.")

    assert "Tel ook in de winter." in client.get("/geleerd/").text


@pytest.mark.parametrize("account", ["fg", "privacy", "analist", "beslisser", "eigenaar", "beheer"])
def test_no_page_asks_the_database_more_than_fifteen_times(portal, client, account):
    from django.db import connection

    portal.sign_in(client, account)
    for at in range(20):
        made(portal, f"p{at}", phase=Phase.DECIDED, decision="Ja.", lesson="Meet vaker.",
             advice=AdviceStand.FOLLOWED, review_date=date(2020, 1, 1))  # fmt: skip
    for page in PAGES:
        with CaptureQueriesContext(connection) as queries:
            client.get(page)
        assert len(queries) <= 15, page
