"""An anonymous table of a delivery leaves: made by one, let out by another, beside what left."""

import csv
import json

import pyarrow as pa
import pytest

from commanding import call, on
from grondslag.analysis.records_out import let_records_out
from grondslag.approval.statements import is_signed_by
from grondslag.canonical import sha256_of_file
from grondslag.cli import anonymising
from grondslag.delivery import OpenedDelivery, anonymous_tables, leaving
from grondslag.delivery.ledger import read_ledger
from grondslag.delivery.roles import ColumnRoles
from grondslag.errors import GrondslagError
from grondslag.vocabulary import SigningRole
from made_records import ASKED, need, people
from small_project import lawful_plan
from town import refused

ANALYST = "A. Analist"
RELEASER = "vrijgever (voorbeeld)"
AS_DELIVERED = need(("buurt", "area:wijk"), ("soort", "exact"))


def make(town, *options, actor=ANALYST):
    with on(town.clock.now()):
        return call(
            "anonymise", town.visible[-1], *options, "--actor", actor,
            "--home", town.folder / "installation",
        )  # fmt: skip


def releaser(town):
    return town.players.signers[SigningRole.RELEASER]


def let_out(town, *, to="anoniem.csv", signer=None):
    """The releaser lets out what was made."""
    return let_records_out(
        town.visible[-1],
        "meldingen",
        town.folder / to,
        town.installation,
        signer=signer or releaser(town),
        clock=town.clock,
    )


def left(town):
    return [path.name for path in town.folder.glob("anoniem*")]


def another(town, name, wanted):
    other = town.add_project(name, lawful_plan(wanted, step="anonymous", id=name))
    other.sign()
    return other


def test_what_leaves_is_the_table_and_who_made_it_and_let_it_out(town):
    make(town, "--k", "10")

    out = let_out(town)

    with out.path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    proof = json.loads(out.proof.read_bytes())
    assert set(rows[0]) == {"buurt", "soort"}
    assert len(rows) == out.rows == proof["file"]["rows"]
    assert proof["file"]["sha256"] == sha256_of_file(out.path)
    assert (proof["made_by"], proof["let_out_by"]) == (ANALYST, RELEASER)
    assert is_signed_by(proof["public_key"], "anonymous-records", proof)


def test_it_stands_in_the_chain_and_in_the_ledger(town):
    make(town, "--k", "10")

    let_out(town)

    (noted,) = read_ledger(town.installation)
    assert "anonymous.let-out" in [action for action, _, _ in town.audited()]
    assert noted.delivery == town.visible[-1].name
    assert min(noted.groups.values()) >= 10


def test_on_the_command_line_it_is_told_who_made_it_and_let_it_out(town, monkeypatch):
    make(town, "--k", "10")
    monkeypatch.setattr(anonymising, "signer_from", lambda *_: releaser(town))

    said = call(
        "anonymise", town.visible[-1], "--out", town.folder / "anoniem.csv",
        "--key", "vrijgever.key", "--home", town.folder / "installation",
    )  # fmt: skip

    assert said.status == 0, said.err
    assert "rijen staan leesbaar in anoniem.csv" in said.out
    assert f"Gemaakt door {ANALYST}, vrijgegeven door" in said.out


@pytest.mark.parametrize(
    ("options", "status", "sentence"),
    [
        (["--k", "10", "--out", "anoniem.csv"], 2, "Maak de tabel eerst, zonder --out."),
        (["--out", "anoniem.csv"], 5, "tweede persoon"),
        (["--out", "anoniem.xlsx"], 2, "Laat de naam eindigen op .csv"),
    ],
    ids=["made and let out at once", "nobody else", "another kind of file"],
)
def test_one_person_lets_nothing_out_and_hears_the_way(town, options, status, sentence):
    make(town, "--k", "10")
    options = [town.folder / one if one.startswith("anoniem") else one for one in options]

    said = call("anonymise", town.visible[-1], *options, "--home", town.folder / "installation")

    assert said.status == status
    assert sentence in said.complaint
    assert left(town) == []


def test_nothing_leaves_that_was_not_made(town):
    said = call(
        "anonymise", town.visible[-1], "--out", town.folder / "anoniem.csv",
        "--home", town.folder / "installation",
    )  # fmt: skip

    assert said.status == 2
    assert "nog geen anonieme tabel" in said.complaint


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        ("grondslag", "delivery.anonymous-maker-unknown"),
        (RELEASER, "release.one-pair-of-eyes"),
    ],
    ids=["nobody named", "the same person"],
)
def test_who_made_it_is_known_and_somebody_else(town, actor, code):
    make(town, "--k", "10", actor=actor)

    with refused(code):
        let_out(town)

    assert left(town) == []
    assert read_ledger(town.installation) == []


def test_a_key_that_may_not_release_lets_nothing_out(town):
    make(town, "--k", "10")

    with pytest.raises(GrondslagError) as caught:
        let_out(town, signer=town.players.signers[SigningRole.DECIDER])

    assert caught.value.exit_status == 4
    assert left(town) == []


@pytest.mark.parametrize(
    ("options", "rows", "code"),
    [
        (["--k", "2"], people(26, small=6), "delivery.anonymous-small-stays"),
        (["--k", "10", "--local"], people(200), "delivery.anonymous-local-stays"),
        (["--k", "10", "--suppress", "20%", "--weight", "soort=50"], people(26, small=4),
         "delivery.anonymous-much-left-out-stays"),
    ],
    ids=["small groups", "levels by group", "much left out"],
)  # fmt: skip
def test_what_may_not_leave_is_refused_with_the_way(town, monkeypatch, options, rows, code):
    monkeypatch.setattr(OpenedDelivery, "table", lambda _self, _dataset: rows)
    assert make(town, *options).status == 0

    with refused(code):
        let_out(town)

    assert left(town) == []


def test_a_group_that_gives_a_sensitive_value_away_stays(town, monkeypatch):
    """Homogeneity: in every district everybody complains about the same."""
    played = ColumnRoles("meldingen", ("buurt",), ("soort",), (), "bsn", (), 10)
    for module in (anonymous_tables, leaving):
        monkeypatch.setattr(module, "column_roles", lambda _opened, _dataset: played)
    monkeypatch.setattr(OpenedDelivery, "table", lambda _self, _dataset: people(40))
    make(town, "--k", "10")

    with refused("delivery.anonymous-gives-away-stays"):
        let_out(town)

    assert left(town) == []


def test_a_description_that_was_rewritten_lets_nothing_out(town):
    make(town, "--k", "10")
    (path,) = (town.project / "anonymous").glob("*/meldingen.json")
    path.write_text(path.read_text(encoding="utf-8").replace(ANALYST, "B. Ander"), encoding="utf-8")

    with refused("delivery.damaged"):
        let_out(town)


def test_rows_of_another_table_do_not_leave_in_its_place(town, monkeypatch):
    make(town, "--k", "10")
    monkeypatch.setattr(
        "grondslag.delivery.leaving.read_anonymous_table",
        lambda _opened, _dataset: pa.table({"buurt": ["W1"] * 50, "soort": ["te_hard"] * 50}),
    )

    with refused("anonymise.release-fails"):
        let_out(town)


def test_an_anonymous_table_is_laid_beside_what_left_of_the_same_people(town):
    """The 15 who were left out there would stand here: who has both then knows who they are."""
    wanted = need(("buurt", "area:wijk"), ("soort", "exact"), k=20, suppression=0.1)
    another(town, "eerder", wanted).deliver()

    said = make(town, "--k", "10")

    assert said.status == 5
    assert "eerder" in said.complaint
    assert not (town.project / "anonymous").exists()


def test_levels_that_were_made_in_another_way_are_not_laid_beside(town):
    another(town, "eerder", ASKED).deliver()

    said = make(town, "--k", "10")

    assert said.status == 5
    assert not (town.project / "anonymous").exists()


def test_the_same_levels_and_rows_may_stand_beside_each_other(town):
    first = another(town, "eerder", AS_DELIVERED).deliver()

    make(town, "--k", "10")

    (path,) = (town.project / "anonymous").glob("*/meldingen.json")
    assert json.loads(path.read_bytes())["anonymisation"]["beside"] == [first.id]


def test_a_later_delivery_knows_what_was_let_out(town):
    make(town, "--k", "20", "--suppress", "10%")
    let_out(town)

    with refused("delivery.anonymous-difference"):
        another(town, "later", AS_DELIVERED).deliver()


def test_what_was_only_kept_binds_nobody(town):
    make(town, "--k", "20", "--suppress", "10%")

    assert another(town, "later", AS_DELIVERED).deliver()


def test_what_left_meanwhile_is_seen_when_it_is_let_out(town):
    make(town, "--k", "20", "--suppress", "10%")
    another(town, "tussendoor", AS_DELIVERED).deliver()

    with refused("delivery.anonymous-difference"):
        let_out(town)

    assert left(town) == []


def test_the_same_table_may_leave_twice(town):
    make(town, "--k", "10")
    first = let_out(town)

    second = let_out(town, to="anoniem-2.csv")

    assert first.path.read_bytes() == second.path.read_bytes()


def test_a_file_that_is_there_is_not_written_over(town):
    make(town, "--k", "10")
    let_out(town)

    with refused("anonymity.out-exists"):
        let_out(town)
