"""A delivered table made anonymous on the command line: what is told, kept and refused."""

import json
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from commanding import call, works
from grondslag.anonymise import smallest_group
from grondslag.delivery import OpenedDelivery, anonymous_tables, generalising, roles
from grondslag.delivery.anonymous_tables import read_anonymous_table
from made_records import people
from small_town import files_below


def anonymise(town, *options):
    return call("anonymise", town.visible[-1], *options, "--home", town.folder / "installation")


def delivering(monkeypatch, table):
    """Pretend that another table was delivered."""
    monkeypatch.setattr(OpenedDelivery, "table", lambda _self, _dataset: table)


def written(town):
    return [path.name for path in files_below(town.project / "anonymous")]


def test_it_is_told_what_every_group_has_and_what_it_cost(town):
    said = anonymise(town, "--k", "5")

    assert said.status == 0, said.err
    assert "In elke groep lijken minstens 5 mensen op elkaar." in said.out
    assert "Er zijn geen rijen weggelaten." in said.out
    assert "dat is nagerekend" in said.out


def test_the_kept_rows_have_the_model_and_no_pseudonym(town):
    anonymise(town, "--k", "30", "--suppress", "10%")

    rows = read_anonymous_table(town.open(), "meldingen")
    assert smallest_group(rows, quasi=["buurt", "soort"], person=None).smallest >= 30
    assert rows.column_names == ["buurt", "soort"]


def test_programs_get_the_description_that_was_kept(town):
    said = json.loads(
        works(
            "anonymise", town.visible[-1], "--k", "5", "--json",
            "--home", town.folder / "installation",
        ).out
    )  # fmt: skip

    kept = json.loads(Path(said["description"]).read_bytes())
    assert said["anonymisation"]["models"] == [{"model": "k_anonymity", "k": 5}]
    assert said["left_out"] == ["bsn"]
    assert {name: said[name] for name in kept} == kept


def test_the_rows_are_unreadable_and_die_with_the_delivery(town):
    anonymise(town, "--k", "5")
    folder = town.project / "anonymous" / town.visible[-1].name

    [rows] = folder.glob("*.parquet")

    assert rows.read_bytes()[:4] == b"PARE"
    assert b"te_hard" not in rows.read_bytes()
    works("close", town.visible[-1], "--home", town.folder / "installation")
    assert anonymise(town, "--k", "5").status == 4


def test_it_stands_in_the_audit_chain_and_the_delivery_still_verifies(town):
    anonymise(town, "--k", "5")

    actions = [action for action, _, _ in town.audited()]
    assert "delivery.anonymised" in actions
    town.verify()


def test_a_second_time_takes_the_place_of_the_first(town):
    anonymise(town, "--k", "5")
    first = set(written(town))

    anonymise(town, "--k", "60", "--suppress", "40%")

    assert len(written(town)) == 2
    assert set(written(town)) & first == {"meldingen.json"}


@pytest.mark.parametrize(
    ("options", "status", "sentence"),
    [
        (["--k", "5000"], 5, "kan zo niet anoniem worden"),
        (["--k", "0"], 2, "k"),
        (["--k", "5", "--suppress", "veel"], 2, "veel is geen deel"),
        (["--k", "5", "--suppress", "101%"], 2, "101% is geen deel"),
        (["--k", "5", "--weight", "buurt"], 2, "buurt is geen gewicht"),
        (["--k", "5", "--weight", "leeftijd=2"], 2, "leeftijd"),
        (["--k", "5", "--model", "distinct:soort"], 2, "distinct:soort is geen regel"),
        (["--k", "5", "--model", "distinct:soort:veel"], 2, "is geen regel"),
        (["--k", "5", "--measure", "gevoel"], 2, "loss"),
        (["--k", "5", "--table", "wijken"], 2, "wijken"),
        ([], 2, "--k"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_writes_nothing(town, options, status, sentence):
    said = anonymise(town, *options)

    assert said.status == status
    assert sentence in said.complaint
    assert written(town) == []


def test_without_the_owners_word_no_column_becomes_coarser(town, monkeypatch):
    monkeypatch.setattr(generalising, "known_hierarchy", lambda _column, _areas: None)

    said = anonymise(town, "--k", "5")

    assert said.status == 2
    assert "niet hoe de kolom soort van meldingen grover mag worden" in said.complaint
    assert written(town) == []


@pytest.mark.parametrize("step", ["keep", "write_json"])
def test_a_person_who_stops_half_way_leaves_nothing(town, monkeypatch, step):
    def stop(*_args, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(OpenedDelivery if step == "keep" else anonymous_tables, step, stop)

    said = anonymise(town, "--k", "5")

    assert said.status == 130
    assert written(town) == []


def test_the_risk_of_a_delivery_is_told_in_sentences(town):
    said = works("risk", town.visible[-1], "--home", town.folder / "installation")

    assert "De kleinste groep die op elkaar lijkt heeft 15 mensen." in said.out
    assert "In groepen tot en met 20: 7,9% van de mensen." in said.out


def test_the_risk_for_programs_hides_small_counts(town, monkeypatch):
    delivering(monkeypatch, people(43).set_column(1, "buurt", pa.array(["W1"] * 40 + ["W2"] * 3)))

    said = works(
        "risk", town.visible[-1], "--json", "--home", town.folder / "installation"
    )  # fmt: skip

    [table] = json.loads(said.out)["tables"]
    assert table["risks"]["smallest_group"] == 3
    shares = {one["size"]: one["share"] for one in table["risks"]["prosecutor"]["up_to"]}
    assert shares == {1: 0.0, 2: 0.0, 3: None, 5: None, 10: None, 20: None, 50: 1.0, 100: 1.0}


def test_a_delivery_of_counts_has_nothing_to_make_anonymous(monkeypatch, town):
    monkeypatch.setattr(roles, "_RECORDS", ())

    said = anonymise(town, "--k", "5")

    assert said.status == 2
    assert "geen tabel met een rij per mens" in said.complaint


def test_text_that_was_cleaned_points_at_a_person_whatever_its_owner_says(town):
    """It is left out of an anonymous table, as a number of a person is."""
    opened = town.open()
    tables = json.loads(json.dumps(opened.manifest["tables"]))
    for column in tables[0]["columns"]:
        if column["name"] == "soort":
            column["form"] = "deidentified"
    cleaned = replace(opened, manifest=dict(opened.manifest) | {"tables": tables})

    assert "soort" in roles.column_roles(opened, "meldingen").quasi
    assert roles.column_roles(cleaned, "meldingen").direct == ("soort",)
