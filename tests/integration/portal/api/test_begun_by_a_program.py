"""A program begins a project, brings one in, and goes on with what it began; it never signs."""

import io
import zipfile

import pytest

from grondslag_portal.api.permissions import CLIENT_ROLES
from grondslag_portal.organisations.models import Department
from grondslag_portal.projects.models import Document, Phase, Project
from grondslag_portal.projects.selectors import roles_towards
from grondslag_portal.shared.access import Role
from portal_addresses import PROJECT
from portal_api import PROBLEM, ApiUser, named
from portal_road import plan_in

ZIP = "application/zip"
FOUR = {
    "title": "Waar vallen fietsers?",
    "problem": "Elk jaar raken fietsers gewond in onze straten.",
    "know": "In welke straten vallen de meeste fietsers?",
    "decision": {"what": "Welke straat krijgt een fietspad?", "body": "raad"},
    "ways": [{"way": "existing_figures", "verdict": "too_imprecise", "reason": "Ze zijn te oud."}],
}


@pytest.fixture
def api(portal):
    return ApiUser.of(portal)


def test_a_program_begins_a_project_with_the_four_questions(portal, api):
    answer = api.post("/v1/projects", FOUR)

    assert answer.status_code == 201, answer.json()
    assert answer["Location"] == "/v1/projects/waar-vallen-fietsers"
    project = Project.objects.get()
    plan = plan_in(project)
    assert plan["question"]["problem"] == FOUR["problem"]
    assert plan["question"]["decision"]["decider"]["body"] == "raad"
    assert FOUR["ways"][0] in plan["alternatives"]
    assert (project.program, project.department.key) == ("programma rapportage", "mobiliteit")
    assert portal.audited()[-1] == ("project.begun", project.key)
    assert api.get(f"{answer['Location']}/findings").json()["items"]


def test_who_answers_for_the_program_asks_and_never_signs(portal, api):
    api.post("/v1/projects", FOUR)
    project = Project.objects.get()
    assert project.applicant == portal.people["analist"]
    assert plan_in(project)["applicant"] == portal.people["analist"].name


def test_the_same_again_is_the_project_that_was_begun(api):
    first, again = (api.post("/v1/projects", FOUR).json() for _ in range(2))
    assert first["key"] == again["key"]
    assert Project.objects.count() == 1
    other = api.post("/v1/projects", {**FOUR, "title": "Waar vallen lopers?"}).json()
    assert other["key"] != first["key"]


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({}, {"title"}),
        ({"title": "Kort"}, {"title"}),
        ({"title": "Een titel", "key": "Geen Sleutel"}, {"key"}),
        ({"title": "Een titel", "key": "beginnen"}, {"key"}),
        ({"title": "Een titel", "vreemd": 1}, {"vreemd"}),
        ({"title": "Een titel", "decision": {"who": "x"}}, {"decision.who"}),
        ({"title": "Een titel", "decision": {"body": "koning"}}, {"decision.body"}),
        ({"title": "Een titel", "ways": [{"way": "bellen"}]},
         {"ways.0.way", "ways.0.verdict", "ways.0.reason"}),
        ({"title": "\0\0\0\0\0\0"}, {"title"}),
        ([], {"nonFieldErrors"}),
    ],
)  # fmt: skip
def test_what_cannot_begin_a_project_is_refused_with_its_field(api, body, fields):
    answer = api.post("/v1/projects", body)
    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)
    assert named(answer) >= fields or body == []
    assert not Project.objects.exists()


def test_a_key_that_is_in_use_is_refused(portal, api):
    portal.add_project()
    answer = api.post("/v1/projects", {"title": "Een andere titel", "key": PROJECT})
    assert (answer.status_code, named(answer)) == (400, {"key"})


def test_a_restricted_project_exists_for_the_program_that_began_it_and_no_other(portal, api):
    place = api.post("/v1/projects", {**FOUR, "restricted": True})["Location"]
    adviser = ApiUser.of(portal, roles=[Role.ADVISER], key="ander")
    assert api.get(place).status_code == 200
    assert adviser.get(place).status_code == 404


def test_a_program_goes_on_with_what_it_began_only_while_who_asked_answers_for_it(portal):
    adviser = ApiUser.of(portal, roles=[Role.ADVISER])
    place = adviser.post("/v1/projects", FOUR)["Location"]
    plan = adviser.get(f"{place}/plan")
    sent = {"If_Match": plan["ETag"]}
    assert adviser.send("PUT", f"{place}/plan", plan.content, **sent).status_code == 200
    Project.objects.update(applicant=portal.people["adviseur"])
    assert adviser.send("PUT", f"{place}/plan", plan.content, **sent).status_code == 403


def test_an_applicant_is_never_a_role_of_a_program_towards_what_people_began(portal):
    project = portal.add_project()
    Project.objects.update(applicant=portal.people["analist"])
    api = ApiUser.of(portal, roles=CLIENT_ROLES)
    assert api.send("POST", f"/v1/projects/{PROJECT}/reopenings").status_code == 403
    project.refresh_from_db()
    assert Role.APPLICANT in roles_towards(portal.people["analist"], project)


def test_a_program_opens_anew_what_it_began(portal, api):
    place = api.post("/v1/projects", FOUR)["Location"]
    assert api.send("POST", f"{place}/reopenings").status_code == 409  # nobody signed
    Project.objects.update(phase=Phase.SIGNING)
    answer = api.send("POST", f"{place}/reopenings")
    assert (answer.status_code, answer.json()["phase"]) == (200, "draft")
    assert ("project.reopened", Project.objects.get().key) in portal.audited()


def exported(portal, api):
    project = portal.add_project()
    content = api.get(f"/v1/projects/{PROJECT}/export").content
    Document.objects.all().delete()
    project.datasets.all().delete()
    Project.objects.all().delete()
    return content


def test_a_project_goes_out_and_comes_in_again_without_anybodys_word(portal, api):
    content = exported(portal, api)
    answer = api.send("POST", "/v1/project-imports", content, ZIP)
    assert answer.status_code == 201, answer.json()
    assert answer.json()["key"] == PROJECT
    project = Project.objects.get()
    assert (project.applicant.subject, project.phase) == ("analist", "draft")
    again = api.send("POST", "/v1/project-imports", content, ZIP)
    assert (again.status_code, again.json()["code"]) == (400, "projects.key-in-use")


def strange_zip():
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as archive:
        archive.writestr("../plan.yaml", "x")
    return found.getvalue()


@pytest.mark.parametrize("content", [b"", b"PK", b"x" * 1_000, strange_zip()])
def test_what_is_no_folder_of_a_project_is_refused(api, content):
    answer = api.send("POST", "/v1/project-imports", content, ZIP)
    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)
    assert answer.json()["errors"]
    assert not Project.objects.exists()


def test_a_folder_may_be_larger_than_a_plan_but_not_larger_than_the_screen_takes(api):
    assert api.send("POST", "/v1/project-imports", b"x" * (2 << 20), ZIP).status_code == 400
    assert api.send("POST", "/v1/project-imports", b"x" * (6 << 20), ZIP).status_code == 413


def test_no_project_comes_in_for_another_department_than_that_of_the_program(portal):
    Department.objects.create(key="elders", name="Elders")
    api = ApiUser.of(portal, department="elders")
    api.post("/v1/projects", FOUR)
    assert Project.objects.get().department.key == "elders"
