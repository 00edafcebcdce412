"""From keys to a seal on the command line: who signs sees what they sign."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from commanding import call, on, works

EXAMPLES = Path(__file__).parents[3] / "examples"
EXAMPLE, FAST = EXAMPLES / "voorbeeldstad-verkeer", EXAMPLES / "utrecht-verkeersveiligheid"
ADVICE = "Doe het, en wis de levering zodra het besluit er is."


@pytest.fixture
def project(tmp_path):
    return shutil.copytree(EXAMPLE, tmp_path / "lindelaan")


def approve(project, home, people, name, role, *rest, lines=()):
    return call(
        "approve", project, "--role", role, "--key", people.key(name), "--home", home, *rest,
        lines=lines,
    )  # fmt: skip


def steps(project, home):
    """The steps of a project by name."""
    said = works("status", project, "--home", home, "--json")
    return {step["step"]: step for step in json.loads(said.out)["steps"]}


def sign_everything(project, home, people):
    """Everyone who must sign signs; gives the hash of the seal."""
    seal = ""
    for waiting in steps(project, home)["approval"]["waiting"]:
        if waiting["dataset"]:
            said = approve(
                project, home, people, "eigenaar", "owner", "--dataset", waiting["dataset"],
                "--yes", "--json",
            )  # fmt: skip
        elif waiting["role"] == "beslisser":
            said = approve(project, home, people, "beslisser", "decider", "--yes", "--json")
        else:
            said = approve(project, home, people, "privacy", "privacy_officer", "--yes", "--json")
        assert said.status == 0, said.err
        seal = json.loads(said.out)["seal"]
    return seal


def test_when_everyone_has_signed_the_approval_holds(project, home, people):
    before = steps(project, home)["approval"]

    sign_everything(project, home, people)

    assert before["status"] == "waiting"
    assert {item["role"] for item in before["waiting"]} >= {"data-eigenaar", "beslisser"}
    assert all(item["since"] == "2026-11-02" for item in before["waiting"])
    after = steps(project, home)
    assert after["approval"]["status"] == "done"
    assert after["delivery"]["status"] == "not_started"


def test_who_signs_sees_what_for_which_columns_and_until_when(project, home, people):
    said = approve(project, home, people, "beslisser", "decider", lines=["nee"])

    assert "Is de Lindelaan onveiliger dan andere straten?" in said.out
    assert "geboortedatum" in said.out
    assert "in leeftijdsgroepen" in said.out
    assert "30 september 2027" in said.out
    assert "Kenmerk van wat je tekent" in said.out


@pytest.mark.parametrize("answer", [["nee"], ["misschien"], [""], []])
def test_without_a_yes_nothing_is_signed(project, home, people, answer):
    said = approve(project, home, people, "beslisser", "decider", lines=answer)

    assert said.status == 2
    assert said.complaint == "Je zei geen ja. Er is niets getekend."
    assert not (project / "approval").exists()


def test_a_yes_is_enough(project, home, people):
    said = approve(project, home, people, "beslisser", "decider", lines=["Ja"])

    assert said.status == 0
    assert (project / "approval" / "signatures" / "decider-project.json").is_file()
    assert "Nog te tekenen: data-eigenaar (inwoners)." in said.out


@pytest.mark.parametrize(
    ("name", "role", "rest", "sentence"),
    [
        ("privacy", "decider", [], "beslisser"),
        ("root", "decider", [], "staat niet in de lijst"),
        ("toezicht", "decider", [], "beslisser"),
        ("eigenaar", "owner", ["--dataset", "medewerkers"], "medewerkers"),
    ],
)
def test_who_may_not_sign_so_is_refused(project, home, people, name, role, rest, sentence):
    said = approve(project, home, people, name, role, "--yes", *rest)

    assert said.status == 4
    assert sentence in said.complaint
    assert not (project / "approval" / "signatures").exists()


def test_a_wrong_passphrase_signs_nothing(project, home, people, tmp_path):
    file = tmp_path / "wachtwoord"
    file.write_text("een heel ander wachtwoord\n", encoding="utf-8")

    said = approve(
        project, home, people, "beslisser", "decider", "--yes", "--passphrase-file", file
    )

    assert said.status == 4
    assert "Het wachtwoord" in said.complaint
    assert not (project / "approval").exists()


def test_a_plan_that_is_not_lawful_is_never_shown_for_signing(project, home, people):
    shutil.copy(EXAMPLE / "plan-eerste.yaml", project / "plan.yaml")

    said = approve(project, home, people, "beslisser", "decider", "--yes")

    assert said.status == 3
    assert "mag nog niet" in said.complaint
    assert said.out == ""


def test_an_advice_waits_for_its_answer(project, home, people):
    works(
        "advise", project, "--outcome", "do_with_conditions", "--text", ADVICE,
        "--key", people.key("toezicht"), "--home", home,
    )  # fmt: skip
    waiting = steps(project, home)["approval"]

    works(
        "advise", project, "--answer", "no", "--reason", "Het besluit valt pas in het voorjaar.",
        "--key", people.key("beslisser"), "--home", home,
    )  # fmt: skip

    assert "--answer" in waiting["next"]
    assert waiting["waiting"][0]["role"] == "beslisser"
    assert waiting["waiting"][0]["since"] == "2026-11-04"
    shown = approve(project, home, people, "beslisser", "decider", lines=["nee"])
    assert ADVICE in shown.out
    sign_everything(project, home, people)
    assert steps(project, home)["approval"]["status"] == "done"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ([], "Eén van de twee"),
        (["--outcome", "do", "--answer", "yes"], "Eén van de twee"),
        (["--outcome", "perhaps"], "do, do_with_conditions, do_not"),
        (["--answer", "ja"], "yes, no"),
    ],
)
def test_an_advice_or_an_answer_and_nothing_else(project, home, people, options, sentence):
    said = call("advise", project, "--key", people.key("toezicht"), "--home", home, *options)

    assert said.status == 2
    assert sentence in said.complaint


def test_a_revoked_seal_holds_no_more(project, home, people):
    seal = sign_everything(project, home, people)

    works(
        "revoke", "seal", seal, "--reason", "Het college trok het besluit in.",
        "--key", people.key("intrekker"), "--home", home,
    )  # fmt: skip

    approval = steps(project, home)["approval"]
    assert approval["status"] == "wrong"
    assert "Het college trok het besluit in." in approval["says"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "--renew"),
        (["seal", "ab" * 32, "--renew"], "--renew"),
        (["seal", "ab" * 31, "--reason", "Een goede reden"], "geen kenmerk van een zegel"),
        (["key", "Jan", "--reason", "Een goede reden"], "geen kenmerk van een sleutel"),
        (["plan", "ab" * 32, "--reason", "Een goede reden"], "seal, key, delivery, consent"),
        (["seal", "ab" * 32], "--reason"),
    ],
)
def test_what_can_not_be_revoked_is_said(home, people, arguments, sentence):
    said = call("revoke", *arguments, "--key", people.key("intrekker"), "--home", home)

    assert said.status == 2
    assert sentence in said.complaint


def test_a_changed_plan_waits_for_everyone_again(project, home, people):
    sign_everything(project, home, people)
    plan = project / "plan.yaml"

    plan.write_bytes(plan.read_bytes().replace(b'"2027-09-30"', b'"2027-09-29"'))

    approval = steps(project, home)["approval"]
    assert approval["status"] == "waiting"
    assert len(approval["waiting"]) > 3


def test_after_the_end_date_access_is_closed(project, home, people):
    sign_everything(project, home, people)

    with on(datetime(2027, 10, 1, tzinfo=UTC)):
        approval = steps(project, home)["approval"]

    assert approval["status"] == "done"
    assert "30 september 2027" in approval["says"]


def test_the_audit_chain_tells_who_did_what(project, home, people):
    approve(project, home, people, "beslisser", "decider", "--yes")

    shown = json.loads(works("audit", "show", "--last", 1, "--home", home, "--json").out)
    whole = json.loads(works("audit", "verify", "--home", home, "--json").out)

    (record,) = shown["records"]
    assert (record["actor"], record["action"]) == ("Beslisser (voorbeeld)", "approval.signed")
    assert whole["records"] == record["number"]


def test_a_head_kept_elsewhere_finds_a_chain_that_was_cut_off(home, tmp_path):
    kept = tmp_path / "zegel.json"
    kept.write_text(works("audit", "head", "--home", home, "--json").out, encoding="utf-8")
    for name in ("chain.jsonl", "heads.jsonl"):
        path = home / "audit" / name
        path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))

    without = call("audit", "verify", "--home", home)
    said = call("audit", "verify", "--head", kept, "--home", home)

    assert without.status == 0
    assert said.status == 6
    assert said.complaint


def test_an_edited_record_is_found(home):
    path = home / "audit" / "chain.jsonl"
    path.write_bytes(path.read_bytes().replace(b"grondslag", b"grondsIag", 1))

    said = call("audit", "verify", "--home", home)

    assert said.status == 6
    assert said.complaint


def test_in_the_fast_lane_owners_consent_and_nobody_signs(home, people, tmp_path):
    project = shutil.copytree(FAST, tmp_path / "snel")
    before = steps(project, home)["approval"]

    said = approve(project, home, people, "beslisser", "decider", "--yes")
    for waiting in before["waiting"]:
        contract = project / "contracts" / f"{waiting['dataset']}.odcs.yaml"
        works(
            "contract", "sign", contract, "--key", people.key("eigenaar"), "--yes",
            "--until", "2027-12-31", "--home", home,
        )  # fmt: skip

    assert said.status == 4
    assert "Tekenen hoeft niet." in said.complaint
    assert {item["role"] for item in before["waiting"]} == {"data-eigenaar"}
    after = steps(project, home)["approval"]
    assert after["status"] == "not_started"
    assert "grondslag run" in after["next"]
