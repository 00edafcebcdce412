"""``check``: the verdict in words, the articles, what can be done, and the plan that would do."""

import json
import shutil
from pathlib import Path

import pytest

from commanding import call, works
from grondslag.plan import read_plan

EXAMPLE = Path(__file__).parents[3] / "examples" / "voorbeeldstad-verkeer"


@pytest.fixture
def project(tmp_path):
    return shutil.copytree(EXAMPLE, tmp_path / "lindelaan")


def edit(path, before, after):
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_a_lawful_plan_ends_well():
    said = works("check", EXAMPLE)

    assert "Ja, je mag beginnen" in said.out
    assert said.err == ""


def test_an_unlawful_plan_names_line_sentence_article_and_what_can_be_done():
    said = call("check", EXAMPLE / "plan-eerste.yaml")

    assert said.status == 3
    assert "Nee, zo mag het niet." in said.out
    assert "plan-eerste.yaml, regel" in said.out
    assert "Wet: AVG art. 5 lid 1 onder c (tekst van 4 mei 2016)" in said.out
    assert "Wat kan wel?" in said.out
    assert said.complaint.startswith("Het plan in plan-eerste.yaml mag nog niet.")


def test_the_smallest_change_comes_with_its_cost_and_what_follows(project):
    edit(project / "plan.yaml", "form: age:leeftijd", "form: exact")

    said = call("check", project)

    assert said.status == 3
    assert "De kleinste verandering" in said.out
    assert "Lever geboortedatum uit inwoners grover" in said.out
    assert "Daarna: Ja" in said.out


def test_the_changed_plan_can_be_written_and_is_lawful(project):
    edit(project / "plan.yaml", "form: age:leeftijd", "form: exact")
    better = project / "plan-beter.yaml"

    said = call("check", project, "--write", better)

    assert said.status == 3
    assert str(read_plan(better).need("inwoners").wants("geboortedatum").form) != "exact"
    assert works("check", better).status == 0
    assert "form: exact" in (project / "plan.yaml").read_text(encoding="utf-8")


def test_nothing_is_written_over(project):
    edit(project / "plan.yaml", "form: age:leeftijd", "form: exact")
    before = (project / "plan.yaml").read_bytes()

    said = call("check", project, "--write", project / "plan.yaml")

    assert said.status == 2
    assert "bestaat al" in said.complaint
    assert (project / "plan.yaml").read_bytes() == before


def test_a_lawful_plan_has_no_change_to_write(project):
    said = call("check", project, "--write", project / "plan-beter.yaml")

    assert said.status == 2
    assert "Er is geen voorstel" in said.complaint
    assert not (project / "plan-beter.yaml").exists()


def test_programs_get_one_document_with_the_same(project):
    edit(project / "plan.yaml", "form: age:leeftijd", "form: exact")

    said = call("check", project, "--json")

    found = json.loads(said.out)
    assert found["outcome"] == "no"
    (refused,) = [item for item in found["findings"] if item["severity"] == "refuses"]
    assert refused["provisions"][0]["url"].startswith("https://")
    assert found["proposal"]["changes"][0]["automatic"] is True


def test_it_also_speaks_english():
    said = works("check", EXAMPLE, "--language", "en")

    assert "Yes, you may begin" in said.out


def test_a_plan_whose_own_answer_is_no_is_closed(project):
    edit(project / "plan.yaml", "answer: go", 'answer: "no"')

    said = call("check", project)
    status = json.loads(works("status", project, "--home", project.parent / "geen", "--json").out)

    assert said.status == 3
    assert status["steps"][0]["status"] == "done"
    assert {step["status"] for step in status["steps"][1:]} == {"cannot_yet"}
