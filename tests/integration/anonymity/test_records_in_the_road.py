"""A plan that asks anonymous records: from approval to close, and beside other projects."""

import copy

import pytest

from grondslag.delivery import close_project
from grondslag.errors import GrondslagError
from made_records import ASKED, need
from small_project import REPORTS, lawful_plan, write_reports
from small_town import make_small_town


@pytest.fixture
def town(tmp_path):
    made = make_small_town(tmp_path, lawful_plan(ASKED, step="anonymous"))
    made.sign()
    return made


def another(town, name, wanted):
    """Another project on the same people, signed."""
    other = town.add_project(name, lawful_plan(wanted, step="anonymous", id=name))
    other.sign()
    return other


def test_what_is_delivered_has_no_small_group_and_no_person(town):
    town.deliver()

    table = town.open().table("meldingen")

    assert table.column_names == ["buurt", "soort"]
    groups = table.group_by(["buurt", "soort"]).aggregate([([], "count_all")])
    assert min(groups["count_all"].to_pylist()) >= 10


def test_the_manifest_says_how_it_was_made_and_what_risk_is_left(town):
    (entry,) = [t for t in town.deliver().manifest["tables"] if t["name"] == "meldingen"]

    made = entry["anonymisation"]
    assert made["after"]["prosecutor"]["highest"] <= 0.1
    assert {column["column"] for column in made["columns"]} == {"buurt", "soort"}
    assert any(item["protection"] == "suppressed" for item in entry["removed"])


def test_it_verifies_and_closes_as_any_other(town):
    delivery = town.deliver()

    assert town.verify().delivery == delivery.id
    close_project(town.project, town.installation, clock=town.clock)
    with pytest.raises(GrondslagError):
        town.open()
    assert town.verify().delivery == delivery.id


def test_the_same_request_of_another_project_is_the_same_levels(town):
    first = town.deliver().manifest["tables"][0]["anonymisation"]
    second = another(town, "zelfde", ASKED).deliver().manifest["tables"][0]["anonymisation"]

    levels = [[(c["column"], c["level"]) for c in one["columns"]] for one in (first, second)]
    assert levels[0] == levels[1]
    assert second["beside"]


def _other_period():
    other = copy.deepcopy(ASKED)
    other["rows"]["period"]["from"] = "2023-01-01"
    return other


@pytest.mark.parametrize(
    "wanted",
    [
        need(("buurt", "exact"), ("soort", "exact")),  # would show who was left out
        need(("buurt", "exact")),
        need(("buurt", "area:wijk"), ("soort", "exact"), suppression=0.05),
        _other_period(),
    ],
    ids=["nobody left out", "a column fewer", "another form", "partly the same period"],
)
def test_two_deliveries_that_could_show_somebody_together_are_refused(town, wanted):
    town.deliver()
    other = another(town, "ander", wanted)

    with pytest.raises(GrondslagError) as refused:
        other.deliver()

    assert refused.value.code.startswith("delivery.anonymous-")
    assert other.visible == []


def test_a_ledger_of_which_a_part_was_taken_away_stops_the_next(town):
    town.deliver()
    (part,) = (town.installation.home / "anonymous-records").iterdir()
    part.unlink()
    other = another(town, "later", ASKED)

    with pytest.raises(GrondslagError) as refused:
        other.deliver()

    assert refused.value.code == "delivery.ledger-damaged"


@pytest.mark.parametrize(
    "rows",
    [
        REPORTS[:3],
        [one for one in REPORTS if (one.buurt, one.soort) == ("B12", "oversteek")],
        [one._replace(dag="2027-01-05") for one in REPORTS[:40]],
    ],
    ids=["a few", "all equal", "none in the period"],
)
def test_what_cannot_be_anonymous_is_refused_and_nothing_is_left(town, rows):
    write_reports(town.folder / "data", rows)
    town.sign()

    with pytest.raises(GrondslagError):
        town.deliver()

    assert (town.visible, town.unfinished) == ([], [])
