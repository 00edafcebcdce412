"""What the API says and does, resource by resource."""

import importlib
import io
import json
import zipfile

import pytest
from django.db import connection
from django.test import Client

from grondslag.canonical import sha256_hex
from grondslag.policy import RULES
from grondslag_portal.catalogue.services import keep_contract
from grondslag_portal.organisations.models import Department
from grondslag_portal.projects.models import Document, Phase, Project
from grondslag_portal.shared.access import Role
from grondslag_portal.shared.models import ChainRecord
from grondslag_portal.tasks.models import Run
from made_catalogue import contract_text
from made_decisions import decision_content
from portal_addresses import PROJECT
from portal_api import PROBLEM, YAML, ApiUser, work

GUARD = importlib.import_module("grondslag_portal.shared.migrations.0002_chain_only_grows")
P = f"/v1/projects/{PROJECT}"


@pytest.fixture
def project(portal):
    return portal.add_project()


@pytest.fixture
def api(portal):
    return ApiUser.of(portal, roles=[Role.ANALYST, Role.ADMINISTRATOR, Role.STEWARD])


def test_the_list_holds_projects_and_finds_them_by_words(project, api):
    whole = api.get("/v1/projects").json()
    assert [item["key"] for item in whole["items"]] == [PROJECT]
    word = project.title.split()[0]
    assert api.get(f"/v1/projects?query={word}").json()["total"] == 1
    assert api.get("/v1/projects?query=onvindbaar").json()["total"] == 0


def test_a_long_list_is_read_page_by_page(portal, api):
    for name in ("een", "twee", "drie"):
        portal.add_project(id=name)
    seen, path = [], "/v1/projects?pageSize=2"
    while path:
        answer = api.get(path).json()
        seen += [item["key"] for item in answer["items"]]
        path = answer["next"]
    assert (sorted(seen), answer["total"]) == (["drie", "een", "twee"], 3)
    assert api.get(answer["previous"]).json()["page"] == 1


def test_a_project_says_in_both_languages_where_it_stands(project, api):
    steps = api.get(P).json()["steps"]
    assert [step["step"] for step in steps] == [state["step"] for state in project.states]
    for step in steps:
        assert {said["language"] for said in step["said"]} == {"nl", "en"}


def test_findings_name_article_and_remedy_in_the_language_that_was_asked(portal, api):
    plan = portal.add_project(id="tweede").documents.get(path="plan.yaml")
    found = api.get("/v1/projects/tweede/findings", Accept_Language="en").json()
    assert found["planSha256"] == plan.sha256
    assert found["items"]
    assert all(item["sources"] and item["rule"] for item in found["items"])
    dutch = api.get("/v1/projects/tweede/findings").json()["items"]
    assert [item["rule"] for item in dutch] == [item["rule"] for item in found["items"]]
    assert [item["says"] for item in dutch] != [item["says"] for item in found["items"]]


def test_a_plan_is_read_changed_and_put_back_under_its_hash(portal, project, api):
    read = api.get(f"{P}/plan", Accept=YAML)
    assert read["ETag"] == f'"{sha256_hex(read.content)}"'
    changed = read.content + b"# gelezen\n"
    kept = api.send("PUT", f"{P}/plan", changed, If_Match=read["ETag"], Accept=YAML)
    assert kept.json() == {"sha256": sha256_hex(changed)}
    assert api.get(f"{P}/plan").content == changed
    last = list(ChainRecord.objects.order_by("pk"))[-1]
    assert b"programma rapportage" in bytes(last.line)
    assert portal.verified_chain().records == ChainRecord.objects.count()


def test_a_plan_that_somebody_changed_meanwhile_is_left_alone(project, api):
    read = api.get(f"{P}/plan")
    first = api.send("PUT", f"{P}/plan", read.content + b"# een\n", If_Match=read["ETag"])
    second = api.send("PUT", f"{P}/plan", read.content + b"# twee\n", If_Match=read["ETag"])
    assert (first.status_code, second.status_code) == (200, 412)
    assert api.get(f"{P}/plan").content.endswith(b"# een\n")
    assert api.send("PUT", f"{P}/plan", read.content).status_code == 428


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"applicant: ", b"applicant: Iemand "),
        (f"id: {PROJECT}".encode(), b"id: een-ander"),
        (b"example: true", b"example: false"),
    ],
)
def test_whose_project_it_is_does_not_change_with_a_plan(project, api, old, new):
    read = api.get(f"{P}/plan")
    assert old in read.content
    changed = read.content.replace(old, new, 1)
    answer = api.send("PUT", f"{P}/plan", changed, If_Match=read["ETag"])
    assert answer.status_code == 400
    assert api.get(f"{P}/plan").content == read.content


@pytest.mark.parametrize("body", [b"x", b"\xff\xfe", b"plan: [", b"a: &x 1\nb: *x", b""])
def test_what_is_no_plan_is_refused_with_place_and_writes_nothing(project, api, body):
    read, before = api.get(f"{P}/plan"), ChainRecord.objects.count()
    answer = api.send("PUT", f"{P}/plan", body, If_Match=read["ETag"])
    assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)
    assert answer.json()["errors"][0]["location"]["name"] == "plan.yaml"
    assert ChainRecord.objects.count() == before


def test_a_remedy_is_made_by_its_key_and_is_not_proposed_again(portal, api):
    portal.add_project(end_date="2039-01-01")

    def keys():
        items = api.get(f"{P}/findings").json()["items"]
        return {one["key"] for item in items for one in item["remedies"] if one["key"]}

    chosen = min(keys())
    before = api.get(f"{P}/plan").content
    made = change(api, chosen)
    assert made.json() == {"sha256": sha256_hex(api.get(f"{P}/plan").content)}
    assert api.get(f"{P}/plan").content != before
    assert chosen not in keys()


def test_a_change_that_the_rules_do_not_propose_changes_nothing(project, api):
    before = api.get(f"{P}/plan").content
    refused = change(api, "0" * 32)
    assert (refused.status_code, refused.json()["code"]) == (400, "projects.change-is-gone")
    assert api.get(f"{P}/plan").content == before


def change(api, key):
    body = json.dumps({"change": key})
    return api.send("POST", f"{P}/plan/changes", body, "application/json")


def test_documents_are_listed_and_read_by_their_hash(project, api):
    items = api.get(f"{P}/documents?pageSize=100").json()["items"]
    assert "plan.yaml" in {item["path"] for item in items}
    for item in items:
        read = api.get(f"{P}/documents/{item['sha256']}")
        assert sha256_hex(read.content) == item["sha256"]
        assert read["Content-Disposition"].startswith("attachment")
    assert api.get(f"{P}/documents/{'0' * 64}").status_code == 404


def test_the_export_is_the_folder_of_the_project(project, api):
    with zipfile.ZipFile(io.BytesIO(api.get(f"{P}/export").content)) as archive:
        names = archive.namelist()
    listed = api.get(f"{P}/documents?pageSize=100").json()["items"]
    assert sorted(names) == sorted(f"{PROJECT}/{item['path']}" for item in listed)


def test_a_decision_that_was_not_taken_is_not_there(project, api):
    assert api.get(f"{P}/decision").status_code == 404
    Project.objects.update(phase=Phase.DECIDED)
    assert api.get(f"{P}/decision").status_code == 404


@pytest.mark.parametrize("public", [True, False])
def test_of_a_decision_that_was_not_published_only_stands_that_it_is_there(project, api, public):
    published = {"public": public, "woo_ground": "" if public else "5.1.2.e"}
    record = {"decision": decision_content(public=published), "sha256": "ab" * 32}
    text = json.dumps(record).encode()
    Document.objects.create(
        project=project, path="decision.json", version=1, content=text,
        sha256=sha256_hex(text), by="test",
    )  # fmt: skip
    Project.objects.update(phase=Phase.DECIDED)
    one, listed = api.get(f"{P}/decision").json(), api.get("/v1/decisions").json()["items"]
    assert listed == [one]
    assert one["public"] is public
    said = decision_content()["sentence"]
    assert one["sentence"] == (said if public else None)
    assert (said in json.dumps(one, ensure_ascii=False)) is public


def test_tasks_are_those_of_the_roles_of_the_client(portal, project, api):
    assert {item["role"] for item in api.get("/v1/tasks").json()["items"]} <= {
        "analyst", "administrator", "steward",
    }  # fmt: skip


def test_every_rule_is_there_for_everybody_with_promise_and_article(db):
    items, path = [], "/v1/rules?pageSize=100"
    while path:
        answer = Client().get(path).json()
        items += answer["items"]
        path = answer["next"]
    assert [item["id"] for item in items] == [rule.id for rule in RULES]
    assert all(item["promise"][0]["value"] and item["articles"] for item in items)


def verified(api):
    assert api.send("POST", "/v1/audit-verification").status_code == 202
    work()
    return api.get("/v1/audit-verification").json()


def test_an_administrator_hears_whether_the_audit_chain_is_whole(portal, project, api):
    before = api.get("/v1/audit-verification").json()
    assert (before["status"], before["whole"]) == ("none", None)
    asked = api.send("POST", "/v1/audit-verification")
    assert (asked.status_code, asked.json()["status"]) == (202, "waiting")
    said = verified(api)
    assert (said["status"], said["whole"]) == ("done", True)
    assert said["records"] == ChainRecord.objects.count()
    assert Run.objects.count() == 1
    middle = ChainRecord.objects.order_by("pk")[1]
    GUARD.unguard(connection)
    changed = bytes(middle.line).replace(b"20", b"21", 1)
    ChainRecord.objects.filter(pk=middle.pk).update(line=changed)
    said = verified(api)
    assert (said["status"], said["whole"]) == ("done", False)
    assert said["detail"]


@pytest.fixture
def dataset(portal):
    department = Department.objects.get(key="mobiliteit")
    text = contract_text(department=department.name)
    return keep_contract(text.encode(), department=department, by="test")


def test_datasets_are_found_and_their_contract_goes_out_byte_for_byte(api, dataset):
    assert api.get("/v1/datasets?query=ongevallen").json()["items"][0]["key"] == dataset.key
    assert api.get(f"/v1/datasets/{dataset.key}").json()["department"] == dataset.department.name
    contract = api.get(f"/v1/datasets/{dataset.key}/contract")
    assert contract["ETag"] == f'"{sha256_hex(contract.content)}"'


def test_a_steward_replaces_a_contract_of_their_department_only(portal, api, dataset):
    path = f"/v1/datasets/{dataset.key}/contract"
    read = api.get(path)
    changed = read.content + b"# gelezen\n"
    Department.objects.create(key="elders", name="Elders")
    other = ApiUser.of(portal, roles=[Role.STEWARD], department="elders", key="elders")
    assert other.send("PUT", path, changed, If_Match=read["ETag"]).status_code == 403
    assert api.send("PUT", path, changed, If_Match='"oud"').status_code == 412
    assert api.send("PUT", path, b"x", If_Match=read["ETag"]).status_code == 400
    kept = api.send("PUT", path, changed, If_Match=read["ETag"])
    assert kept.json() == {"sha256": sha256_hex(changed)}
