"""Grond and Gegevens: answers go into the plan, the rules look along, a remedy is one click."""

import pytest
from django.urls import reverse

from grondslag_portal.catalogue.services import keep_contract
from grondslag_portal.projects.judging import identity, judged
from grondslag_portal.projects.models import Project
from made_catalogue import contract_text
from portal_road import address, answer, plan_in, plans_of


@pytest.fixture
def adviser(portal, client):
    portal.sign_in(client, "adviseur")
    return client


def test_a_task_from_the_list_fills_in_law_and_article(portal, adviser):
    project = portal.add_project()

    given = {"known-task": "Wegenwet|15", "law": "", "article": ""}
    answer(adviser, "ground-basis", project, given)

    basis = plan_in(project)["legal_basis"]
    assert (basis["law"], basis["article"]) == ("Wegenwet", "15")


def test_parties_are_added_and_taken_away(portal, adviser):
    project = portal.add_project()
    given = {"party-0": "Bureau Telwerk", "party-role-0": "processor", "country-0": "NL"}
    answer(adviser, "ground-parties", project, given)
    assert plan_in(project)["parties"] == [
        {"name": "Bureau Telwerk", "role": "processor", "country": "NL"}
    ]

    answer(adviser, "ground-parties", project, {"gone-0": "on"})

    assert "parties" not in plan_in(project)


def test_a_row_that_is_half_filled_in_is_told_at_its_field(portal, adviser):
    project = portal.add_project()

    half = answer(adviser, "ground-parties", project, {"party-0": "Bureau Telwerk"})

    assert half.status_code == 400
    assert "party-role-0" in half.context["form"].errors
    assert "Bureau Telwerk" in half.content.decode()
    assert "parties" not in plan_in(project)


def test_how_people_hear_of_it_may_stay_open(portal, adviser):
    project = portal.add_project()
    emptied = {"informing": "", "where": "", "not-told": ""}

    assert answer(adviser, "ground-informing", project, emptied).status_code == 302

    assert "informing" not in plan_in(project)


def test_a_finding_stands_beside_its_question_with_its_article(portal, adviser):
    project = portal.add_project()
    given = {"party-0": "Bureau Telwerk", "party-role-0": "processor", "country-0": "NL"}
    answer(adviser, "ground-parties", project, given)

    page = adviser.get(address("ground-parties", project)).content.decode()

    assert "Wat zeggen de regels?" in page
    assert "AVG art. 28" in page
    assert "Dit doe je zelf:" in page


def test_a_remedy_is_applied_in_one_click(portal, adviser):
    project = portal.add_project(end_date="2039-01-01")
    found = judged(project).verdict.findings
    change = next(one for finding in found for one in finding.automatic_remedies)

    page = adviser.get(address("data", project))
    assert identity(change) in page.content.decode()
    done = adviser.post(
        reverse("projects:remedy", kwargs={"key": project.key}),
        {"change": identity(change), "next": address("data", project)},
    )

    assert done.status_code == 302
    project.refresh_from_db()
    left = [one for finding in judged(project).verdict.findings for one in finding.remedies]
    assert identity(change) not in map(identity, left)


def test_a_remedy_that_the_rules_do_not_propose_changes_nothing(portal, adviser):
    project = portal.add_project()
    versions = plans_of(project)

    refused = adviser.post(
        reverse("projects:remedy", kwargs={"key": project.key}), {"change": "0" * 32}
    )

    assert refused.status_code == 400
    assert plans_of(project) == versions


def test_a_remedy_never_leads_to_another_site(portal, adviser):
    project = portal.add_project(end_date="2039-01-01")
    found = judged(project).verdict.findings
    change = next(one for finding in found for one in finding.automatic_remedies)

    done = adviser.post(
        reverse("projects:remedy", kwargs={"key": project.key}),
        {"change": identity(change), "next": "https://elders.example/"},
    )

    assert done.headers["Location"] == address("project", project)


def test_a_dataset_is_found_read_and_put_in_the_plan(portal, adviser):
    portal.add_project()
    department = portal.people["adviseur"].department.pk
    adviser.post(
        reverse("projects:begin"),
        {"title": "Iets heel anders", "department": department, "seen": "1"},
    )
    project = Project.objects.get(key="iets-heel-anders")
    found = adviser.get(address("data-search", project), {"q": "melding"}).content.decode()
    assert address("data-contract", project, dataset="meldingen") in found

    read = adviser.get(address("data-contract", project, dataset="meldingen"))
    assert read.status_code == 200
    adviser.post(address("data-add", project, dataset="meldingen"))

    paths = set(project.documents.filter(current=True).values_list("path", flat=True))
    assert "contracts/meldingen.odcs.yaml" in paths
    assert any(path.endswith(".areas.yaml") for path in paths)
    assert "contracts/bezwaren.odcs.yaml" in paths
    assert [need["dataset"] for need in plan_in(project)["data"]] == ["meldingen"]
    assert plan_in(project)["data"][0]["output"] == "aggregate"


def test_columns_are_chosen_and_each_asks_why(portal, adviser):
    project = portal.add_project()
    place = address("data-columns", project, dataset="meldingen")
    page = adviser.get(place)

    chosen = adviser.post(
        place, {"base": page.context["base"], "column": ["buurt", "soort", "dag"]}
    )

    where = address("data-column", project, dataset="meldingen", column="dag")
    assert chosen.headers["Location"] == where
    answer(
        adviser,
        "data-column",
        project,
        {"why": "compare", "column-reason": "De dag laat zien of het in de spits misgaat."},
        dataset="meldingen",
        column="dag",
    )
    columns = {item["name"]: item for item in plan_in(project)["data"][0]["columns"]}
    assert columns["dag"]["reason"] == (
        "Om groepen of plekken te vergelijken. De dag laat zien of het in de spits misgaat."
    )


def test_a_column_nobody_knows_the_use_of_is_left_out(portal, adviser):
    project = portal.add_project()

    answer(adviser, "data-column", project, {"why": "unknown"}, dataset="meldingen", column="soort")

    assert [item["name"] for item in plan_in(project)["data"][0]["columns"]] == ["buurt"]


def test_how_many_columns_are_used_of_how_many_is_told(portal, adviser):
    project = portal.add_project()
    contracts = judged(project).case.contracts
    offered = sum(len(contracts[name].columns) for name in ("meldingen", "wijken"))

    page = adviser.get(address("data", project)).content.decode()

    assert f"Je begon met {offered} gegevens. Je gebruikt er nu 4." in page


def test_a_dataset_is_taken_out_with_what_rests_on_it(portal, adviser):
    project = portal.add_project()

    adviser.post(address("data-drop", project, dataset="wijken"))
    assert [need["dataset"] for need in plan_in(project)["data"]] == ["meldingen"]
    adviser.post(address("data-drop", project, dataset="meldingen"))

    assert [need["dataset"] for need in plan_in(project)["data"]] == ["nog-te-bepalen"]


def test_rows_of_a_dataset_are_chosen(portal, adviser):
    project = portal.add_project()

    answer(
        adviser,
        "data-rows",
        project,
        {"period-from": "2024-01-01", "area-column": "buurt", "area-codes": "B11\nB12"},
        dataset="meldingen",
    )

    rows = plan_in(project)["data"][0]["rows"]
    assert rows["period"]["from"] == "2024-01-01"
    assert rows["area"] == {"column": "buurt", "codes": ["B11", "B12"]}


def test_a_part_written_out_with_a_fault_says_which_line(portal, adviser):
    project = portal.add_project()
    place = address("data-text", project)
    page = adviser.get(place)
    text = "question: area_comparison\ndataset: [meldingen\n"

    wrong = adviser.post(place, {"base": page.context["base"], "text": text})

    assert wrong.status_code == 400
    assert "regel" in wrong.content.decode()
    assert "dataset: [meldingen" in wrong.content.decode()
    assert "analysis" not in plan_in(project)


def test_what_stands_in_the_catalogue_goes_before_what_stands_in_projects(portal, adviser):
    project = portal.add_project()
    department = portal.people["adviseur"].department
    keep_contract(contract_text().encode(), department=department, by="eigenaar")

    found = adviser.get(address("data-search", project), {"q": "ongevallen"})
    adviser.post(address("data-add", project, dataset="ongevallen"))

    assert [one.name for one in found.context["found"]] == ["ongevallen"]
    assert adviser.get(address("data-search", project), {"q": ""}).context["count"] == 1
    wanted = [need["dataset"] for need in plan_in(project)["data"]]
    assert wanted == ["meldingen", "wijken", "ongevallen"]
    kept = project.documents.get(path="contracts/ongevallen.odcs.yaml", current=True)
    assert bytes(kept.content) == contract_text().encode()


def test_a_part_that_does_not_keep_to_the_schema_says_its_own_line(portal, adviser):
    project = portal.add_project()
    place = address("data-text", project)
    text = (
        "question: area_comparison\ndataset: meldingen\narea: buurt\nfocus: B11\ncomparison: rest\n"
    )

    wrong = adviser.post(place, {"base": adviser.get(place).context["base"], "text": text})

    assert wrong.status_code == 400
    assert "regel 4" in wrong.context["error"]


def test_a_part_written_out_comes_into_the_plan(portal, adviser):
    project = portal.add_project()
    place = address("data-text", project)
    text = (
        "question: area_comparison\ndataset: meldingen\narea: buurt\nfocus: [B11]\n"
        "comparison: rest\n"
    )

    adviser.post(place, {"base": adviser.get(place).context["base"], "text": text})

    assert plan_in(project)["analysis"]["focus"] == ["B11"]


def test_a_dataset_that_nobody_knows_cannot_be_added(portal, adviser):
    project = portal.add_project()

    assert adviser.post(address("data-add", project, dataset="onbekend")).status_code == 404
