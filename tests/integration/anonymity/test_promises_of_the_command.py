"""Every promise that can be asked of a delivered table on the command line, and what is refused."""

import json

import pytest

from commanding import call
from made_population import POPULATION, make_town_with_residents
from made_records import REASON
from small_project import RECORDS
from small_town import copied

PSEUDONYMS = dict(RECORDS) | {
    "columns": [
        {"name": "bsn", "form": "pseudonym", "reason": REASON},
        {"name": "buurt", "form": "area:wijk", "reason": REASON},
        {"name": "soort", "form": "exact", "reason": REASON},
    ]
}
DISTRICTS = dict(POPULATION) | {
    "columns": [{"name": "buurt", "form": "area:wijk", "reason": REASON}]
}
"""160 people in W1 and 400 in W2."""


def sensitive(contract):
    """What somebody reported becomes what nobody should learn, with the owner's steps."""
    for one in contract["schema"][0]["properties"]:
        if one["name"] == "soort":
            entry = one["customProperties"][0]["value"]
            entry["role"] = "sensitive"
            entry["hierarchy"] = {"ordered": {"values": ["te_hard", "oversteek", "anders"]}}


@pytest.fixture(scope="module")
def delivered(tmp_path_factory):
    """Reports with pseudonyms, and residents as counts; never used itself."""
    folder = tmp_path_factory.mktemp("delivered")
    needs = (PSEUDONYMS, DISTRICTS)
    made = make_town_with_residents(folder, *needs, step="pseudonymous", change=sensitive)
    made.deliver()
    return made


@pytest.fixture
def residents(delivered, tmp_path):
    return copied(delivered, tmp_path)


def ask(town, command, *options):
    return call(command, town.visible[-1], *options, "--home", town.folder / "installation")


def made(town, *models):
    """What `anonymise` tells programs with these promises."""
    options = [part for model in models for part in ("--model", model)]
    said = ask(town, "anonymise", "--k", "10", "--table", "meldingen", "--json", *options)
    assert said.status == 0, said.err
    return json.loads(said.out)["anonymisation"]


@pytest.mark.parametrize(
    ("model", "promise"),
    [
        ("kmap:160:inwoners", {"model": "k_map", "k": 160}),
        ("presence:0:0.9:inwoners", {"model": "delta_presence", "low": 0.0, "high": 0.9}),
        ("uniqueness:0.05:9000:zayatz",
         {"model": "population_uniqueness", "share": 0.05, "people": 9000, "estimator": "zayatz"}),
        ("uniqueness:0.05:9000",
         {"model": "population_uniqueness", "share": 0.05, "people": 9000, "estimator": "pitman"}),
        ("closeness:soort:0.4:hierarchical",
         {"model": "t_closeness", "column": "soort", "t": 0.4, "distance": "hierarchical"}),
        ("closeness:soort:0.4:ordered",
         {"model": "t_closeness", "column": "soort", "t": 0.4, "distance": "ordered"}),
    ],
)  # fmt: skip
def test_a_promise_is_kept_and_told(residents, model, promise):
    assert made(residents, model)["models"] == [{"model": "k_anonymity", "k": 10}, promise]


def test_to_be_one_of_two_hundred_districts_join(residents):
    found = made(residents, "kmap:200:inwoners")

    assert found["after"]["journalist"]["highest"] == pytest.approx(1 / 560)
    assert found["population"]["dataset"] == "inwoners"


def test_the_risk_for_an_outsider_is_measured_beside_a_population(residents):
    said = ask(
        residents, "risk", "--table", "meldingen", "--population", "inwoners", "--people", "9000"
    )

    assert said.status == 0, said.err
    assert "1 op 160" in said.out  # of W1
    assert "9.000 mensen" in said.out
    assert "weten we de kans van een buitenstaander niet" not in said.out


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--model", "kmap:5:bomen"], "bomen"),
        (["--model", "kmap:5:meldingen"], "meldingen"),
        (["--model", "kmap:0:inwoners"], "k"),
        (["--model", "kmap:veel:inwoners"], "is geen regel"),
        (["--model", "kmap:5"], "is geen regel"),
        (["--model", "kmap:5:inwoners", "--model", "presence:0:1:wijken"], "twee bevolkingen"),
        (["--model", "closeness:buurt:0.2:hierarchical"], "buurt"),
        (["--model", "closeness:lengte:0.2:hierarchical"], "lengte"),
        (["--model", "closeness:soort:0.2:scheef"], "hierarchical"),
        (["--model", "uniqueness:0.1:900:gok"], "pitman"),
    ],
)
def test_a_wrong_promise_is_one_sentence_and_writes_nothing(residents, options, sentence):
    said = ask(residents, "anonymise", "--k", "10", "--table", "meldingen", *options)

    assert said.status == 2
    assert sentence in said.complaint
    assert not (residents.project / "anonymous").exists()
