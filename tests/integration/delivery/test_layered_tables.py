"""Tables with layers and tables that share totals, and what cannot be protected."""

import hashlib
import json

import pyarrow as pa
import pytest

from commanding import call, on, works
from grondslag.analysis.protected_tables import FOLDER, TableAsked, Way, protect_delivered
from grondslag.delivery import OpenedDelivery
from grondslag.release import ALL
from grondslag.vocabulary import SigningRole
from made_records import people
from small_project import RECORDS, REPORTS, lawful_plan, write_reports
from small_town import copied, make_small_town, refused

SCHOOL = "te_hard;rijden\noversteek;lopen\nanders;lopen\n"
EXACT = [
    dict(column) | ({"form": "exact"} if column["name"] == "buurt" else {})
    for column in RECORDS["columns"]
]


@pytest.fixture(scope="module")
def pattern(tmp_path_factory):
    """Records per neighbourhood, with the owner's own groups of kinds."""
    rhythm = {"kind": "monthly", "until": "2027-12-31"}
    plan = lawful_plan(dict(RECORDS) | {"columns": EXACT}, step="pseudonymous", rhythm=rhythm)
    made = make_small_town(tmp_path_factory.mktemp("layered"), plan)
    (made.project / "contracts" / "soort.csv").write_text(SCHOOL, encoding="utf-8")
    entry = {"name": "soort.csv", "sha256": hashlib.sha256(SCHOOL.encode()).hexdigest()}

    def pin(contract):
        for column in contract["schema"][0]["properties"]:
            if column["name"] == "soort":
                column["customProperties"][0]["value"]["hierarchy"] = {"file": entry}

    made.edit("contracts/meldingen.odcs.yaml", pin)
    write_reports(made.folder / "data", [row for row in REPORTS if row.soort != "anders"])
    made.sign()
    made.deliver()
    return made


@pytest.fixture
def town(pattern, tmp_path):
    return copied(pattern, tmp_path)


def asked(*by, way=Way.SUPPRESS, **more):
    return TableAsked("meldingen", by, way, zeros_tell=False, **more)


def protect(town, wanted):
    return protect_delivered(
        town.visible[-1],
        town.installation,
        wanted,
        actor="analist",
        signer=town.players.signers[SigningRole.RELEASER],
        clock=town.clock,
    ).figures


def counts(figure):
    return {cell.keys: cell.count for cell in figure.cells}


def test_a_district_stands_over_its_neighbourhoods(town):
    """By hand from the reports: B11 39 + 20 and 4 again, B12 30 + 25, B21 50 + 15; 12 secret."""
    (figure,) = protect(town, asked("buurt:wijk"))

    assert counts(figure) == {
        (ALL,): 195, ("W1",): 118, ("W2",): 65,
        ("B11",): 63, ("B12",): 55, ("B21",): 65, ("?",): 12,
    }  # fmt: skip
    assert figure.dimensions == ("area",)
    assert dict(figure.area_parents)["B11"] == "W1"


def test_a_neighbourhood_is_the_same_cell_with_its_district_and_without(town):
    """Else numbers that are out could be subtracted from each other unseen."""
    protect(town, asked("buurt:wijk"))

    (figure,) = protect(town, asked("buurt"))  # the same numbers again say nothing new

    assert counts(figure)["B11",] == 63


def test_the_groups_of_the_owner_are_a_layer_too(town):
    """135 drive too fast; 60 cross, which is all there is under walking."""
    (figure,) = protect(town, asked("soort:1"))

    assert figure.dimensions == ("soort:1", "soort")
    assert counts(figure) == {
        (ALL, ALL): 195, ("rijden", ALL): 135, ("rijden", "te_hard"): 135,
        ("lopen", ALL): 60, ("lopen", "oversteek"): 60, ("lopen", "anders"): 0, ("?", "?"): 0,
    }  # fmt: skip


def test_what_gives_a_small_group_away_is_withheld_over_two_layers(town):
    """Where 100 is the least, 60 may not follow from 195 - 135, in neither layer."""
    wanted = asked("soort:1", audience="income_cbs")

    (figure,) = protect(town, wanted)

    found = counts(figure)
    assert found["lopen", ALL] is None
    assert found["lopen", "oversteek"] is None
    whole, fast = found[ALL, ALL], (found["rijden", ALL], found["rijden", "te_hard"])
    assert whole is None or fast == (None, None)


@pytest.mark.parametrize(
    ("way", "more"), [(Way.SUPPRESS, {}), (Way.ROUND, {"base": 25}), (Way.ADJUST, {})]
)
def test_linked_tables_show_one_number_for_what_they_share(town, way, more):
    wanted = asked("buurt:wijk", "soort", way=way, linked=(("buurt:wijk",), ("soort",)), **more)

    both, areas, kinds = map(counts, protect(town, wanted))

    assert areas == {keys[:1]: count for keys, count in both.items() if keys[1] == ALL}
    assert kinds == {keys[1:]: count for keys, count in both.items() if keys[0] == ALL}
    if way is not Way.SUPPRESS:
        assert areas["W1",] == areas["B11",] + areas["B12",]


def test_one_of_the_linked_tables_does_not_come_out_later_by_itself(town):
    protect(town, asked("buurt", way=Way.ROUND, base=25, linked=(("soort",),)))

    with refused("release.changed-beside-others"):
        protect(town, asked("buurt", way=Way.ROUND, base=25))


def command(town, *options):
    call = ("protect-table", town.visible[-1], "--dataset", "meldingen", "--actor", "analist")
    return (*call, "--key", "sleutel", "--home", town.folder / "installation", *options)


@pytest.fixture
def commanded(town, monkeypatch):
    private = town.players.signers[SigningRole.RELEASER].private
    monkeypatch.setattr("grondslag.cli.protecting.load_private", lambda *_: private)
    monkeypatch.setenv("GRONDSLAG_PASSPHRASE", "niet nodig")
    return town


def test_the_command_tells_every_linked_table(commanded):
    options = ("--by", "buurt:wijk", "--linked", "soort", "--zeros-show", "--json")

    with on(commanded.clock.now()):
        told = json.loads(works(*command(commanded, *options)).out)

    assert told["figure"]["dimensions"] == ["area"]
    assert [one["dimensions"] for one in told["linked"]] == [["soort"]]


def paid(amounts):
    return people(len(amounts), small=5).append_column("bedrag", pa.array(amounts))


BAD = [
    ("no rows", people(0), (), "geen rijen"),
    ("one row", people(1), (), "minder dan 10 personen"),
    ("one person", people(40).set_column(0, "bsn", [["p"] * 40]), (), "minder dan 10 personen"),
    ("all equal", people(40, small=40), ("--method", "round", "--base", "25"), "in één cel"),
    ("negative", paid([5.0] * 39 + [-1.0]), ("--amount", "bedrag"), "onder nul"),
    ("no number", paid([5.0] * 39 + [float("nan")]), ("--amount", "bedrag"), "geen getal"),
    ("too large", paid([1e308] * 40), ("--amount", "bedrag"), "geen getal"),
    ("words", paid(["veel"] * 40), ("--amount", "bedrag"), "geen getal"),
]


@pytest.mark.parametrize(("table", "options", "said"), [row[1:] for row in BAD],
                         ids=[row[0] for row in BAD])  # fmt: skip
def test_what_cannot_be_protected_is_one_sentence_and_nothing_comes_out(
    commanded, monkeypatch, table, options, said
):
    monkeypatch.setattr(OpenedDelivery, "table", lambda _self, _dataset: table)

    with on(commanded.clock.now()):
        told = call(*command(commanded, "--by", "soort", *options))

    assert told.status in (2, 5)
    assert told.out.strip() == ""
    assert len(told.err.strip().splitlines()) == 1
    assert said in told.complaint
    assert not (commanded.project / FOLDER).exists()


def test_a_value_without_a_place_in_the_hierarchy_is_one_sentence(commanded, monkeypatch):
    values = ("te_hard", "zonder_groep", "?")
    monkeypatch.setattr("grondslag.analysis.let_out.fixed_list", lambda *_: values)

    with on(commanded.clock.now()):
        told = call(*command(commanded, "--by", "soort:1"))

    assert told.status == 2
    assert told.out.strip() == ""
    assert len(told.err.strip().splitlines()) == 1
    assert "soort" in told.complaint
    assert not (commanded.project / FOLDER).exists()


def test_a_stopped_command_lets_nothing_out(commanded, monkeypatch):
    def stopped(*_args, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr("grondslag.release.changed.round_to", stopped)
    ledger = commanded.installation.ledger
    before = ledger.read_bytes() if ledger.exists() else b""

    with on(commanded.clock.now()):
        told = call(*command(commanded, "--by", "soort", "--method", "round"))

    assert told.status == 130
    assert not (commanded.project / FOLDER).exists()
    assert (ledger.read_bytes() if ledger.exists() else b"") == before
