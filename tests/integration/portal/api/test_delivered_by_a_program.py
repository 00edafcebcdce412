"""A program asks for a delivery and fetches the proof; people sign before and release after."""

import io
import zipfile

import pytest

from grondslag.delivery import verify_delivery
from grondslag_portal.organisations.models import Person
from grondslag_portal.projects.models import Phase, Project
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role
from grondslag_portal.tasks.models import Run
from portal_addresses import PROJECT
from portal_api import PROBLEM, ApiUser, named, work

P = f"/v1/projects/{PROJECT}"


@pytest.fixture
def project(portal):
    return portal.add_project()


@pytest.fixture
def api(portal):
    return ApiUser.of(portal)


def test_a_delivery_is_asked_for_followed_and_proven(portal, project, api, tmp_path):
    portal.approve(project)
    portal.clock.go_on(seconds=1)
    asked, again = (api.send("POST", f"{P}/deliveries") for _ in range(2))
    assert (asked.status_code, again.status_code) == (202, 202)
    assert (asked["Location"], asked.json()["status"]) == (f"{P}/runs", "waiting")
    assert Run.objects.count() == 1

    work()

    (run,) = api.get(asked["Location"]).json()["items"]
    assert (run["kind"], run["status"]) == ("deliver", "done")
    (delivery,) = api.get(f"{P}/deliveries").json()["items"]
    assert delivery["tables"]
    assert any(one["what"] for one in delivery["leftOut"])
    proof = api.get(f"{P}/deliveries/{delivery['name']}/proof")
    assert proof.status_code == 200
    with zipfile.ZipFile(io.BytesIO(b"".join(proof.streaming_content))) as archive:
        archive.extractall(tmp_path)
    folder = tmp_path / PROJECT / "deliveries" / delivery["name"]
    found = verify_delivery(folder, root_public_key=engine.installation().root_public_key)
    assert found.delivery == delivery["name"]
    portal.verified_chain()


def test_the_chain_names_the_program_and_the_work_is_of_who_answers(portal, project, api):
    portal.approve(project)
    api.send("POST", f"{P}/deliveries")
    assert Run.objects.get().by == portal.people["analist"]
    begun = [one for one in engine.installation().chain.records() if one.action == "run.begun"]
    assert [one.actor for one in begun] == ["programma rapportage"]


def test_before_people_signed_nothing_is_delivered(project, api):
    answer = api.send("POST", f"{P}/deliveries")
    assert (answer.status_code, answer["Content-Type"]) == (409, PROBLEM)
    assert not Run.objects.exists()


def test_only_an_analyst_delivers_and_analyses(portal, project):
    portal.approve(project)
    steward = ApiUser.of(portal, roles=[Role.STEWARD, Role.ADVISER])
    for name in ("deliveries", "analyses"):
        assert steward.send("POST", f"{P}/{name}").status_code == 403
    assert steward.get(f"{P}/deliveries").status_code == 200


@pytest.mark.parametrize("name", ["geen", "..", "%2e%2e", "plan.yaml"])
def test_of_a_delivery_that_is_not_there_there_is_no_proof(project, api, name):
    assert api.get(f"{P}/deliveries/{name}/proof").status_code == 404


@pytest.mark.parametrize("name", ["x.csv", "..%2fplan.yaml", "%00.csv"])
def test_there_is_no_report_before_figures_were_let_out(project, api, name):
    Project.objects.update(phase=Phase.ANSWERED)
    assert api.get(f"{P}/report").status_code == 404
    assert api.get(f"{P}/report/figures/{name}").status_code == 404
    insight = api.get(f"{P}/insight").json()
    assert (insight["released"], insight["figures"]) == (None, [])


def test_who_must_sign_is_told_and_who_has_signed(portal, project, api):
    before = api.get(f"{P}/approval").json()
    assert before["lawful"]
    assert {seat["signedBy"] for seat in before["seats"]} == {""}
    portal.approve(project)
    after = api.get(f"{P}/approval").json()
    assert after["sha256"]
    assert "" not in {seat["signedBy"] for seat in after["seats"]}
    assert api.get(f"{P}/advice").status_code == 404


def test_why_nothing_can_be_signed_is_told_without_a_place_on_our_disk(api):
    place = api.post("/v1/projects", {"title": "Waar vallen fietsers?"})["Location"]
    fault = api.get(f"{place}/approval").json()["fault"]
    assert fault
    assert "/" not in fault


def test_a_decision_is_drafted_and_looked_back_at_by_the_program_that_began_it_only(
    portal, project
):
    Project.objects.update(phase=Phase.ANSWERED)
    other = ApiUser.of(portal)
    assert other.get(f"{P}/decision-draft").status_code == 403
    Project.objects.update(program="programma rapportage", applicant=portal.people["analist"])
    draft = other.get(f"{P}/decision-draft").json()
    assert (draft["version"], draft["isWhole"], draft["answers"]) == (0, False, [])

    body = {"version": 0, "answers": [{"name": "option0Name", "text": "Niets doen"}]}
    kept = other.put(f"{P}/decision-draft", body)
    late = other.put(f"{P}/decision-draft", body)
    strange = other.put(f"{P}/decision-draft", {"version": 1, "answers": [
        {"name": "signature", "text": "ja"}]})  # fmt: skip

    assert (kept.status_code, kept.json()["version"]) == (200, 1)
    assert kept.json()["answers"] == body["answers"]
    assert "sentence" in kept.json()["missing"]
    assert late.status_code == 412
    assert (strange.status_code, named(strange)) == (400, {"signature"})
    assert ("decision.drafted", PROJECT) in portal.audited()

    review = {"outcome": "Minder valpartijen.", "worked": "yes", "learned": "Eerst meten.",
              "nextStep": "stop", "why": "Klaar."}  # fmt: skip
    assert other.post(f"{P}/review", review).status_code == 409  # nothing was decided
    Project.objects.update(phase=Phase.DECIDED)
    assert named(other.post(f"{P}/review", {**review, "worked": "wie weet"})) == {"worked"}


def test_no_program_is_a_person_who_can_sign(portal, api):
    assert api.get("/v1/tasks").status_code == 200
    assert not Person.objects.filter(name__startswith="programma").exists()
