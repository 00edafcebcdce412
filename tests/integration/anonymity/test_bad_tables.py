"""What cannot be made anonymous or measured: one clear sentence, and nothing is released."""

import hashlib

import pyarrow as pa
import pytest

from commanding import call
from grondslag.delivery import OpenedDelivery, anonymous_tables
from grondslag.delivery.roles import ColumnRoles
from made_records import people
from small_town import files_below

SCHOOL = "te_hard;snel\noversteek;langzaam\nanders;langzaam\n"


def told(town, command, *options):
    """What a command says: its status, and one sentence."""
    said = call(command, town.visible[-1], *options, "--home", town.folder / "installation")
    assert said.out.strip() == ""
    assert len(said.err.strip().splitlines()) == 1
    assert not (town.project / "anonymous").exists()
    return said


def delivering(monkeypatch, table):
    """Pretend that another table was delivered."""
    monkeypatch.setattr(OpenedDelivery, "table", lambda _self, _dataset: table)


def changed(name, values, kind=None):
    """Forty people, of whom one column holds something else."""
    rows = people(40, small=20)
    at = rows.column_names.index(name)
    return rows.set_column(at, name, pa.array(values, kind))


BOTH = [
    ("no rows", people(0), 5, "blijft geen rij over"),
    ("one row", people(1), 5, "minder dan 10 personen"),
    ("nine people", people(9), 5, "minder dan 10 personen"),
    ("one person with forty rows", changed("bsn", ["p"] * 40), 5, "minder dan 10 personen"),
    ("persons missing", changed("bsn", [None] * 40, pa.string()), 5, "ontbreken personen"),
    ("lists", changed("buurt", [["W1"]] * 40), 2, "buurt"),
]
ANONYMISE = [
    ("all equal", people(40, small=40), 5, "alle rijen gelijk"),
    ("bytes", changed("buurt", [b"x"] * 40), 2, "buurt"),
    ("unknown area", changed("buurt", ["W9"] * 39 + ["W1"]), 2, "ontbreken 1 waarden"),
    ("unknown value", changed("soort", ["stank"] * 39 + ["te_hard"]), 2, "ontbreken 1 waarden"),
    ("nothing known", changed("buurt", [None] * 40, pa.string()), 2, "buurt overal leeg"),
]


@pytest.mark.parametrize(
    ("table", "status", "sentence"), [row[1:] for row in BOTH], ids=[row[0] for row in BOTH]
)
@pytest.mark.parametrize("command", ["anonymise", "risk"])
def test_a_table_that_cannot_be_measured_is_one_sentence(
    town, monkeypatch, command, table, status, sentence
):
    delivering(monkeypatch, table)

    said = told(town, command, *(("--k", "5") if command == "anonymise" else ()))

    assert said.status == status
    assert sentence in said.complaint


@pytest.mark.parametrize(
    ("table", "status", "sentence"),
    [row[1:] for row in ANONYMISE],
    ids=[row[0] for row in ANONYMISE],
)
def test_a_table_that_cannot_be_anonymous_is_one_sentence(
    town, monkeypatch, table, status, sentence
):
    delivering(monkeypatch, table)

    said = told(town, "anonymise", "--k", "5")

    assert said.status == status
    assert sentence in said.complaint
    assert "stank" not in said.complaint


@pytest.mark.parametrize("command", ["anonymise", "risk"])
def test_ten_thousand_columns_are_too_many(town, monkeypatch, command):
    names = tuple(f"kolom_{at}" for at in range(10_000))
    played = ColumnRoles("meldingen", names, (), (), "bsn", (), 10)
    monkeypatch.setattr(anonymous_tables, "column_roles", lambda _opened, _dataset: played)

    said = told(town, command, *(("--k", "5") if command == "anonymise" else ()))

    assert said.status == 2
    assert "10.000" in said.complaint


def with_file(town, text):
    """The owner's hierarchy of a column in a file, as the contract pins it."""
    (town.project / "contracts" / "soort.csv").write_text(text, encoding="utf-8")
    entry = {"name": "soort.csv", "sha256": hashlib.sha256(text.encode()).hexdigest()}

    def pin(contract):
        for column in contract["schema"][0]["properties"]:
            if column["name"] == "soort":
                privacy = column["customProperties"][0]["value"]
                privacy["hierarchy"] = {"file": entry}

    town.edit("contracts/meldingen.odcs.yaml", pin)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (SCHOOL.replace("anders;langzaam", "oversteek;langzaam"), 3),
        ("a;x;1\nb;x;2\nte_hard;y;1\noversteek;y;1\nanders;y;1\n", 2),
        ("te_hard;snel\noversteek\nanders;langzaam\n", 2),
    ],
    ids=["a value twice", "a code in two parents", "a level missing"],
)
@pytest.mark.parametrize("command", ["anonymise", "risk"])
def test_a_hierarchy_that_is_no_tree_is_refused_with_file_and_line(town, command, text, line):
    with_file(town, text)

    said = told(town, command, *(("--k", "5") if command == "anonymise" else ()))

    assert said.status == 2
    assert f"soort.csv, regel {line}" in said.complaint


def test_a_hierarchy_that_was_changed_after_the_approval_is_refused(town):
    with_file(town, SCHOOL)
    town.sign()

    said = told(town, "anonymise", "--k", "5")

    assert said.status == 4  # the delivery rests on the contract of another approval


def test_only_the_encrypted_rows_are_written_when_it_does_work(town):
    assert (
        call(
            "anonymise", town.visible[-1], "--k", "10", "--home", town.folder / "installation"
        ).status
        == 0
    )

    kinds = {path.suffix for path in files_below(town.project / "anonymous")}

    assert kinds == {".parquet", ".json"}
