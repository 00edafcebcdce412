"""A project begins with a title, what we know already, and four questions one by one."""

import pytest
from django.urls import reverse

from grondslag.vocabulary import AlternativeWay
from grondslag_portal.projects.models import Phase, Project
from grondslag_portal.projects.questions import way_key
from portal_road import address, answer, plan_in


@pytest.fixture
def adviser(portal, client):
    portal.sign_in(client, "adviseur")
    return client


def begin(client, title, **given):
    department = Project.department.field.related_model.objects.get(key="mobiliteit").pk
    return client.post(
        reverse("projects:begin"), {"title": title, "department": department, **given}
    )


def test_the_rules_say_of_a_plan_that_was_just_begun_that_it_is_not_finished(adviser):
    begin(adviser, "Waar is fietsen naar school onveilig?")

    page = adviser.get(address("rules", Project.objects.get())).content.decode()

    assert "Je plan is nog niet af." in page
    assert "Nee, zo mag dit niet." not in page


def test_a_project_begins_with_its_first_question(adviser):
    begun = begin(adviser, "Waar is fietsen naar school onveilig?")

    project = Project.objects.get()
    assert project.key == "waar-is-fietsen-naar-school-onveilig"
    assert begun.headers["Location"] == address("question-problem", project)
    page = adviser.get(begun.headers["Location"])
    assert "<title>Vraag 1 van 4." in page.content.decode()


def test_in_an_installation_that_is_an_example_a_new_project_is_one_too(adviser):
    begin(adviser, "Waar is fietsen naar school onveilig?")

    project = Project.objects.get()
    assert project.example
    assert plan_in(project)["example"] is True


def test_what_nobody_settled_shows_as_empty(adviser):
    begin(adviser, "Waar is fietsen naar school onveilig?")
    project = Project.objects.get()

    for name in ("question-problem", "question-know", "question-decision", "ground-basis"):
        page = adviser.get(address(name, project)).content.decode()
        assert "Nog te bepalen" not in page
        assert "nog-te-bepalen" not in page


def test_earlier_projects_with_a_like_question_come_first(portal, adviser):
    portal.add_project(title="Waar rijden auto's te hard in de wijk?")

    asked = begin(adviser, "Waar rijden auto's te hard bij de school?")

    page = asked.content.decode()
    assert "Wat weten we al?" in page
    assert "te hard in de wijk" in page
    assert Project.objects.count() == 1
    begin(adviser, "Waar rijden auto's te hard bij de school?", seen="1")
    assert Project.objects.count() == 2


def test_a_project_that_ended_in_a_no_is_found_as_well(portal, adviser):
    stopped = portal.add_project(title="Hoeveel fietsen worden er gestolen?")
    answer(adviser, "question-proceed", stopped, {"proceed": "no"})

    assert "gestopt" in begin(adviser, "Waar worden fietsen gestolen?").content.decode()


def test_a_restricted_project_of_others_is_not_found(portal, adviser, client):
    hidden = portal.add_project(title="Welke woningen worden gebruikt als hennepkwekerij?")
    Project.objects.filter(pk=hidden.pk).update(restricted=True, applicant=portal.people["fg"])

    asked = begin(adviser, "Hoeveel woningen zijn een hennepkwekerij?")

    assert asked.status_code == 302


def test_a_key_in_use_is_told_at_its_field_and_nothing_typed_is_lost(portal, adviser):
    portal.add_project()

    again = begin(adviser, "Een heel andere vraag?", key="veilige-straat")

    assert again.status_code == 400
    assert "veilige-straat is al in gebruik" in again.content.decode()
    assert "Een heel andere vraag?" in again.content.decode()
    assert Project.objects.count() == 1


def test_a_form_sent_twice_begins_one_project(adviser):
    first = begin(adviser, "Waar is fietsen naar school onveilig?")
    second = begin(adviser, "Waar is fietsen naar school onveilig?", seen="1")

    assert second.headers["Location"] == first.headers["Location"]
    assert Project.objects.count() == 1


@pytest.mark.parametrize("key", ["beginnen", "inlezen", "../x", "Met Spatie", "1a"])
def test_a_key_that_is_no_key_is_refused(adviser, key):
    assert begin(adviser, "Waar is fietsen onveilig?", key=key).status_code == 400
    assert not Project.objects.exists()


def test_every_question_is_answered_on_its_own_screen(adviser):
    begin(adviser, "Waar is fietsen naar school onveilig?")
    project = Project.objects.get()
    answer(adviser, "question-problem", project, {"problem": "Kinderen durven niet te fietsen."})
    answer(adviser, "question-know", project, {"know": "Op welke routes gaat het vaak mis?"})
    sent = answer(
        adviser,
        "question-decision",
        project,
        {
            "decision": "Het college besluit welke route in 2028 wordt aangepakt.",
            "if-yes": "De route krijgt een vrij fietspad.",
            "if-no": "De route blijft zoals die is.",
            "decider": "college",
            "needed-by": "2028-03-01",
        },
    )
    first = way_key(AlternativeWay.EXISTING_FIGURES)
    assert sent.headers["Location"] == address(first, project)
    assert "Nog 8 te gaan" in adviser.get(sent.headers["Location"]).content.decode()
    for way in AlternativeWay:
        given = {"verdict": "no_answer", "way-reason": "Dit zegt niets over een route."}
        sent = answer(adviser, way_key(way), project, given)
    assert sent.headers["Location"] == address("question-allowed", project)

    plan = plan_in(project)
    assert plan["question"]["know"] == "Op welke routes gaat het vaak mis?"
    assert plan["question"]["decision"]["needed_by"] == "2028-03-01"
    assert {item["verdict"] for item in plan["alternatives"]} == {"no_answer"}
    assert [item["way"] for item in plan["alternatives"]] == [str(way) for way in AlternativeWay]


def test_not_knowing_leaves_a_question_to_be_settled(adviser):
    begin(adviser, "Waar is fietsen naar school onveilig?")
    project = Project.objects.get()

    empty = answer(adviser, "question-problem", project, {"problem": ""})
    unknown = answer(adviser, "question-problem", project, {"problem": "", "unknown": "1"})

    assert empty.status_code == 400
    assert unknown.status_code == 302
    assert plan_in(project)["question"]["problem"].startswith("Nog te bepalen")


@pytest.mark.parametrize(
    ("name", "given", "told"),
    [
        (
            way_key(AlternativeWay.SURVEY),
            {"verdict": "works", "way-reason": "Bewoners weten zelf waar het misgaat."},
            "Het kan zonder persoonsgegevens",
        ),
        (
            "question-decision",
            {"decision": "We willen graag meer inzicht in de verkeersveiligheid."},
            "Er hangt nog geen besluit van af",
        ),
    ],
)
def test_what_the_questions_come_to_is_told(portal, adviser, name, given, told):
    project = portal.add_project()

    answer(adviser, name, project, given)

    assert told in adviser.get(address("question", project)).content.decode()


def test_a_no_is_a_success_that_closes_the_project(portal, adviser):
    project = portal.add_project()

    answer(
        adviser,
        "question-proceed",
        project,
        {"proceed": "no", "proceed-reason": "De uitkomst verandert het besluit niet."},
    )

    project.refresh_from_db()
    assert project.phase == Phase.STOPPED
    assert "Nee. We doen dit niet." in adviser.get(address("project", project)).content.decode()
    assert adviser.get(address("question-problem", project)).status_code == 403
