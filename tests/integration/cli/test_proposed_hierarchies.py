"""`contract hierarchies`: what is proposed, what does not fit, and what nobody may read there."""

import csv
import hashlib
import json

import pytest

from commanding import call
from grondslag.contracts import HierarchyKind, read_contract
from made_contracts import areas_hash, column, line_of, write_contract

MINIMUM = 10
ODD = "9999ZZ-geheim"
"""A value of one person: it may stand nowhere."""


def seen(name, kind="string", **entry):
    privacy = {"category": "ordinary", "role": "quasi", "allowed": ["exact"]} | entry
    return column(name, kind, privacy=privacy)


def row(at):
    """One of two hundred made-up people; the last one is unlike anybody."""
    odd = at == 199
    return {
        "bsn": f"{at:09d}",
        "leeftijd": 117 if odd else 20 + at % 60,
        "geboren": "1899-01-01" if odd else f"{1950 + at % 40}-05-06",
        "postcode": ODD if odd else f"{1000 + at}AB",
        "buurt": "B11",
        "geslacht": "mv"[at % 2],
        "opleiding": "promotie" if odd else ["vmbo", "havo", "vwo"][at % 3],
    }


@pytest.fixture
def contract(tmp_path):
    """A contract about people, with its data beside it."""
    return made(tmp_path)


def made(folder, *, leeftijd=None, opleiding=None):
    entry = {} if leeftijd is None else {"hierarchy": leeftijd}
    school = {} if opleiding is None else {"hierarchy": opleiding}
    path = write_contract(
        folder / "contracts",
        columns=[
            column(
                "bsn",
                privacy={"category": "national_id", "role": "direct", "allowed": ["pseudonym"]},
            ),
            seen("leeftijd", "integer", **entry),
            seen("geboren", "date", allowed=["year"]),
            seen("postcode"),
            seen("buurt", area_level="buurt"),
            seen("geslacht", values=["m", "v"]),
            seen("opleiding", **school),
        ],
        privacy={
            "source_folders": ["."],
            "person_key": "bsn",
            "minimum_group": MINIMUM,
            "areas": {"file": "gebieden.areas.yaml", "sha256": areas_hash()},
        },
    )
    with (path.parent / "meldingen.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(row(0)))
        writer.writeheader()
        writer.writerows(map(row, range(200)))
    return path


def proposed(contract, home, people, *options, by="eigenaar"):
    return call(
        "contract", "hierarchies", contract, "--key", people.key(by), "--home", home, *options
    )


def columns_of(said):
    return {one["column"]: one for one in json.loads(said.out)["columns"]}


def test_each_column_gets_what_its_shape_asks_for(contract, home, people):
    """By hand: ten people are at most 22 and ten at least 77; 55 in twenty bands is some 5."""
    found = columns_of(proposed(contract, home, people, "--json"))

    assert found["leeftijd"]["hierarchy"] == {
        "intervals": {"widths": [5, 10, 20, 40], "ends": [25, 75]}
    }
    assert found["geboren"]["hierarchy"] == {
        "dates": {"steps": ["month", "quarter", "year", "lustrum", "decade"]}
    }
    assert found["postcode"]["hierarchy"] == {"masking": {"length": 6, "keep": [4, 2, 1]}}
    assert {name: one["state"] for name, one in found.items()} == {
        "leeftijd": "proposed",
        "geboren": "proposed",
        "postcode": "proposed",
        "buurt": "follows",
        "geslacht": "follows",
        "opleiding": "owner_must_say",
    }


@pytest.mark.parametrize("options", [(), ("--json",), ("--write",)])
def test_no_value_of_one_person_is_told(contract, home, people, options):
    said = proposed(contract, home, people, *options)

    told = said.out + said.err + contract.read_text(encoding="utf-8")
    assert said.status == 0, said.err
    for value in ("117", "1899", "9999", "ZZ", "promotie", "havo"):
        assert value not in told


def test_without_write_the_contract_stays_as_it_is(contract, home, people):
    before = contract.read_bytes()

    said = proposed(contract, home, people)

    assert contract.read_bytes() == before
    assert "widths:" in said.out
    assert "meldingen.odcs.yaml, regel" in said.out


def test_what_is_written_is_read_back_and_the_rest_stays(contract, home, people):
    contract.write_text(
        contract.read_text(encoding="utf-8") + "# van de eigenaar\n", encoding="utf-8"
    )
    before = contract.read_text(encoding="utf-8").splitlines()

    proposed(contract, home, people, "--write")

    after = contract.read_text(encoding="utf-8").splitlines()
    said = read_contract(contract).column("leeftijd").privacy.hierarchy
    assert said.kind is HierarchyKind.INTERVALS
    assert said.widths == (5, 10, 20, 40)
    assert [line for line in after if line in before] == before
    again = columns_of(proposed(contract, home, people, "--json"))
    assert again["leeftijd"]["state"] == "said"


def test_a_value_without_a_place_is_told_with_the_line_and_no_small_count(tmp_path, home, people):
    path = made(tmp_path, opleiding={"ordered": {"values": ["vmbo", "havo", "vwo"]}})

    said = proposed(path, home, people)

    line = line_of(path, "schema", 0, "properties", 6, "name")
    assert said.status == 2
    assert f"meldingen.odcs.yaml, regel {line}: minder dan 10 mensen" in said.out
    assert "promotie" not in said.out + said.err


def test_many_values_without_a_place_are_counted_in_people(tmp_path, home, people):
    path = made(tmp_path, opleiding={"ordered": {"values": ["vmbo", "promotie"]}})

    found = columns_of(proposed(path, home, people, "--json"))

    assert found["opleiding"]["state"] == "unfit"
    assert found["opleiding"]["without_place"] == 132  # havo and vwo: 66 each


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("vmbo;laag\nhavo;hoog\nvwo;laag\nvwo;hoog\npromotie;hoog\n", 4, "staat al op"),
        ("vmbo;laag;x\nhavo;laag;y\nvwo;hoog;x\npromotie;hoog;x\n", 2, "niveau 2"),
        ("vmbo;laag\nhavo;\nvwo;hoog\npromotie;hoog\n", 2, "evenveel niveaus"),
    ],
    ids=["a value twice", "no tree", "incomplete"],
)
def test_a_file_that_is_no_hierarchy_is_refused_with_its_line(
    tmp_path, home, people, text, line, sentence
):
    folder = tmp_path / "contracts"
    folder.mkdir()
    (folder / "school.csv").write_text(text, encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    path = made(tmp_path, opleiding={"file": {"name": "school.csv", "sha256": digest}})

    said = proposed(path, home, people)

    assert said.status == 2
    assert f"school.csv, regel {line}" in said.complaint
    assert sentence in said.complaint


def test_nobody_else_than_the_owner_is_told_without_leave(contract, home, people):
    said = proposed(contract, home, people, by="steward")

    assert said.status == 4
    assert said.out == ""


def test_too_few_people_get_no_proposal(contract, home, people):
    path = contract.parent / "meldingen.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:9]), encoding="utf-8")

    found = columns_of(proposed(contract, home, people, "--json"))

    assert {found[name]["hierarchy"] is None for name in ("leeftijd", "geboren", "postcode")} == {
        True
    }


def test_a_dataset_without_such_columns_has_nothing_to_propose(tmp_path, home, people):
    path = write_contract(tmp_path / "contracts", privacy={"source_folders": ["."]})
    (path.parent / "meldingen.csv").write_text("soort,aantal\nfiets,3\n", encoding="utf-8")

    said = proposed(path, home, people)

    assert said.status == 2
    assert "geen kolom die in anonieme gegevens grover kan worden" in said.complaint


def test_an_entry_between_braces_is_left_to_its_owner(contract, home, people):
    text = contract.read_text(encoding="utf-8")
    at = text.index("name: postcode")
    start = text.index("value:", at)
    end = text.index("- name: buurt")
    entry = "value: {category: ordinary, role: quasi, allowed: [exact], filterable: true}\n"
    contract.write_text(text[:start] + entry + " " * 6 + text[end:], encoding="utf-8")
    before = contract.read_bytes()

    said = proposed(contract, home, people, "--write")

    assert said.status == 2
    assert "niveaus van postcode niet tussen zetten" in said.complaint
    assert contract.read_bytes() == before
