"""Contracts on the command line: definitions, the owner's consent, a check by owner or other."""

import json
from pathlib import Path

import pytest

from commanding import call, works
from made_contracts import column, write_contract

EXAMPLES = Path(__file__).parents[3] / "examples"
PERSONAL = {"category": "ordinary", "role": "quasi", "allowed": ["exact"]}
UNTIL = ("--until", "2027-01-01")
ROWS = "soort,aantal\n" + "fiets,3\n" * 4 + "auto,veel\n"


@pytest.fixture
def contract(tmp_path):
    """A contract with its data beside it: five rows, one of them with no number in it."""
    path = write_contract(tmp_path / "contracts", privacy={"source_folders": ["."]})
    (path.parent / "meldingen.csv").write_text(ROWS, encoding="utf-8")
    return path


def test_the_examples_define_every_term_in_one_way():
    said = works("contract", "definitions", EXAMPLES / "voorbeeldstad-verkeer" / "contracts")

    assert "Begrippen die twee gegevensafspraken anders uitleggen" in said.out


def test_two_meanings_of_one_term_are_told_with_both_places(tmp_path):
    write_contract(tmp_path, name="een", columns=[column("aantal", "integer")])
    write_contract(tmp_path, name="twee", columns=[column("aantal", "string")])

    said = works("contract", "definitions", tmp_path, "--json")

    (conflict,) = json.loads(said.out)["conflicts"]
    assert conflict["datasets"] == ["een", "twee"]
    assert "een.odcs.yaml" in conflict["says"]
    assert "twee.odcs.yaml" in conflict["says"]


def test_the_owner_consents_after_seeing_to_what(contract, home, people):
    arguments = ("contract", "sign", contract, "--key", people.key("eigenaar"), *UNTIL)

    refused = call(*arguments, "--home", home, lines=["nee"])
    said = works(*arguments, "--home", home, lines=["ja"])

    assert refused.status == 2
    assert "soort, aantal" in said.out
    assert "1 januari 2027" in said.out
    assert (home / "consents" / "meldingen.json").is_file()


@pytest.mark.parametrize("column_privacy", [PERSONAL, PERSONAL | {"role": "direct"}])
def test_no_consent_covers_a_column_that_may_be_personal(tmp_path, home, people, column_privacy):
    columns = [column("soort"), column("leeftijd", "integer", privacy=column_privacy)]
    path = write_contract(tmp_path / "contracts", columns=columns)
    sign = ("contract", "sign", path, "--key", people.key("eigenaar"), *UNTIL, "--home", home)

    said = call(*sign, "--yes", "--column", "leeftijd")
    usual = json.loads(works(*sign, "--yes", "--json").out)

    assert said.status == 4
    assert "leeftijd" in said.complaint
    assert usual["columns"] == ["soort"]


def test_a_dataset_of_people_only_can_not_be_consented_to(tmp_path, home, people):
    columns = [column("leeftijd", "integer", privacy=PERSONAL)]
    path = write_contract(tmp_path / "contracts", columns=columns)

    said = call(
        "contract", "sign", path, "--key", people.key("eigenaar"), *UNTIL, "--home", home, "--yes"
    )

    assert said.status == 2
    assert "geen kolom zonder gegevens over mensen" in said.complaint


def test_somebody_else_than_the_owner_consents_to_nothing(contract, home, people):
    said = call(
        "contract", "sign", contract, "--key", people.key("steward"), *UNTIL, "--home", home,
        "--yes",
    )  # fmt: skip

    assert said.status == 4
    assert not (home / "consents").exists()


def test_the_owner_sees_exactly_where_the_data_break_their_contract(contract, home, people):
    said = call(
        "contract", "check", contract, "--key", people.key("eigenaar"), "--home", home, "--json"
    )

    found = {fault["kind"]: fault for fault in json.loads(said.out)["faults"]}
    assert said.status == 2
    assert found["type"]["lines"] == [6]
    assert found["identical_rows"]["count"] == 3
    assert "veel" not in said.out + said.err


def test_somebody_else_checks_with_the_owners_leave_and_sees_no_lines(contract, home, people):
    steward = people.key("steward")
    check = ("contract", "check", contract, "--key", steward, "--home", home)
    without = call(*check)
    works(
        "contract", "mandate", contract, "--for", f"{steward}.pub",
        "--key", people.key("eigenaar"), *UNTIL, "--home", home,
    )  # fmt: skip

    said = call(*check, "--json")

    assert without.status == 4
    assert said.status == 2
    assert all(fault["lines"] == [] for fault in json.loads(said.out)["faults"])


def test_data_that_keep_their_contract_end_well(contract, home, people):
    (contract.parent / "meldingen.csv").write_text("soort,aantal\nfiets,3\n", encoding="utf-8")

    said = works("contract", "check", contract, "--key", people.key("eigenaar"), "--home", home)

    assert "meldingen" in said.out


def test_a_contract_without_data_gets_one_sentence(contract, home, people):
    (contract.parent / "meldingen.csv").unlink()

    said = call("contract", "check", contract, "--key", people.key("eigenaar"), "--home", home)

    assert said.status == 2
    assert "meldingen.csv" in said.complaint
    assert said.out == ""
