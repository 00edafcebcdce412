"""Questions, tips and agreements, definitions, differences, who manages what: for programs."""

import pytest

from grondslag_portal.catalogue.models import Difference, Note, Term
from grondslag_portal.catalogue.services import keep_contract
from grondslag_portal.organisations.models import Department
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role
from made_catalogue import contract_text
from portal_api import PROBLEM, ApiUser, named

D = "/v1/datasets/ongevallen"


@pytest.fixture
def dataset(portal):
    department = Department.objects.get(key="mobiliteit")
    text = contract_text(department=department.name)
    return keep_contract(text.encode(), department=department, by="test")


@pytest.fixture
def steward(portal, dataset):
    return ApiUser.of(portal, roles=[Role.STEWARD])


@pytest.fixture
def office(portal, dataset):
    return ApiUser.of(portal, roles=[Role.DATA_OFFICE], key="kantoor")


def actors_of(action):
    records = engine.installation().chain.records()
    return [record.actor for record in records if record.action == action]


def test_a_question_is_asked_read_and_answered_in_the_name_of_programs(portal, client, steward):
    asked = steward.post(f"{D}/notes", {"kind": "question", "text": "Wat is een ongeval?"})
    number = asked.json()["number"]
    answered = steward.post(f"/v1/notes/{number}/answers", {"text": "Een botsing."})
    assert (asked.status_code, answered.status_code) == (201, 201)
    (note,) = steward.get(f"{D}/notes").json()["items"]
    assert (note["by"], note["dataset"]) == ("programma rapportage", "ongevallen")
    assert [one["text"] for one in note["answers"]] == ["Een botsing."]
    assert Note.objects.get(pk=number).by == portal.people["analist"]
    assert actors_of("catalogue.question-written") == ["programma rapportage"]
    portal.sign_in(client, "adviseur")
    page = client.get("/catalogus/dataset/ongevallen/overleg/").content.decode()
    assert "programma rapportage" in page


def test_the_inbox_holds_what_others_said_of_the_datasets_of_the_department(
    portal, dataset, steward
):
    Note.objects.create(dataset=dataset, kind="tip", text="Kijk!", by=portal.people["adviseur"])
    elsewhere = Department.objects.create(key="elders", name="Elders")
    other = ApiUser.of(portal, roles=[Role.STEWARD], department=elsewhere.key, key="elders")
    steward.post(f"{D}/notes", {"kind": "question", "text": "Van onszelf."})
    assert [one["kind"] for one in steward.get("/v1/notes").json()["items"]] == ["tip"]
    assert other.get("/v1/notes").json()["total"] == 0


def test_an_agreement_is_only_for_who_keeps_the_dataset(portal, steward):
    body = {"kind": "agreement", "text": "We tellen per maand."}
    adviser = ApiUser.of(portal, roles=[Role.ADVISER], key="ander")
    refused = adviser.post(f"{D}/notes", body)
    assert (refused.status_code, named(refused)) == (400, {"kind"})
    assert steward.post(f"{D}/notes", body).status_code == 201


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "answer", "text": "x"}, "kind"),
        ({"kind": "tip", "text": ""}, "text"),
        ({"kind": "tip", "text": "x" * 2_001}, "text"),
        ({"kind": "tip", "text": "x\0"}, "text"),
        ({"kind": "tip", "text": "\ud800"}, "text"),
        ({"kind": "tip", "text": "x", "by": "burgemeester"}, "by"),
    ],
)
def test_what_is_no_note_is_refused_with_its_field(steward, body, field):
    answer = steward.post(f"{D}/notes", body)
    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)
    assert field in named(answer)
    assert not Note.objects.exists()


def test_the_data_office_writes_definitions_and_nobody_else(steward, office):
    body = {"name": "Ongeval", "definition": "Een botsing."}
    assert steward.post("/v1/terms", body).status_code == 403
    made = office.post("/v1/terms", body)
    assert made.status_code == 201
    place = made["Location"]
    assert office.post("/v1/terms", body).json()["code"] == "catalogue.term-taken"
    changed = office.put(place, {**body, "definition": "Een botsing met schade."})
    assert changed.json()["definition"] == "Een botsing met schade."
    assert "columns" in steward.get(place).json()
    assert steward.get("/v1/terms?query=schade").json()["total"] == 1
    assert Term.objects.count() == 1
    assert actors_of("catalogue.term-written") == ["programma kantoor"] * 2
    assert steward.post(f"{place}/notes", {"kind": "tip", "text": "Mooi."}).status_code == 201


def test_a_difference_is_read_and_a_way_to_settle_it_proposed_but_not_accepted(dataset, steward):
    Difference.objects.create(
        place="hier", term="ongeval", aspect="definition", severity="contradiction",
        first=dataset, first_says="Een botsing.", second=dataset, second_says="Schade.",
    )  # fmt: skip
    (item,) = steward.get("/v1/differences").json()["items"]
    assert item["first"]["says"] == "Een botsing."
    made = steward.post("/v1/differences/hier/proposals", {"text": "We nemen de eerste."})
    assert made.status_code == 201
    (proposal,) = steward.get("/v1/differences/hier").json()["proposals"]
    assert (proposal["by"], proposal["isSettled"]) == ("programma rapportage", False)
    assert steward.post("/v1/differences/daar/proposals", {"text": "x"}).status_code == 404


def test_who_manages_what_and_who_has_which_role_are_told(portal, steward):
    (managed,) = [
        one for one in steward.get("/v1/managers").json()["items"]
        if one["department"] == Department.objects.get(key="mobiliteit").name
    ]  # fmt: skip
    assert managed["datasets"] == 1
    assert steward.get("/v1/grants").status_code == 403
    administrator = ApiUser.of(portal, roles=[Role.ADMINISTRATOR], key="beheer")
    grant = administrator.get("/v1/grants").json()["items"][0]
    person = administrator.get(f"/v1/people/{grant['personNumber']}").json()
    assert person["name"] == grant["person"]
    assert administrator.get("/v1/authorities-draft").status_code == 200
    assert administrator.get("/v1/gaps").status_code == 200


def test_a_dataset_is_added_once_and_its_versions_are_read(portal, steward):
    department = Department.objects.get(key="mobiliteit").name
    text = contract_text(department=department).encode()
    again = steward.send("POST", "/v1/datasets", text)
    assert (again.status_code, again.json()["code"]) == (409, "api.dataset-exists")
    new = text.replace(b"ongevallen", b"botsingen")
    adviser = ApiUser.of(portal, roles=[Role.ADVISER], key="ander")
    assert adviser.send("POST", "/v1/datasets", new).status_code == 403
    made = steward.send("POST", "/v1/datasets", new)
    assert made.status_code == 201, made.json()
    (version,) = steward.get(f"{made['Location']}/versions").json()["items"]
    read = steward.get(f"{made['Location']}/versions/{version['number']}")
    assert read.content == new
    wrong = steward.send("POST", "/v1/datasets", b"geen: contract")
    assert (wrong.status_code, wrong["Content-Type"]) == (400, PROBLEM)
