"""Where the municipality chose so, names are taken out of delivered text, and the manifest says."""

import pytest

from choosing_settings import with_choice
from grondslag.analysis.protected_tables import FOLDER, TableAsked, protect_delivered
from grondslag.delivery import making
from grondslag.errors import InputError
from grondslag.vocabulary import SigningRole
from small_project import RECORDS, REPORTS, lawful_plan, write_reports
from small_town import make_small_town, refused

STORY = {"name": "verhaal", "form": "deidentified", "reason": "Wat er gebeurde, in eigen woorden."}
TOLD = "Jan de Vries belt 06-12345678"


def allow_story(contract):
    """The owner allows the text without personal data."""
    (story,) = (one for one in contract["schema"][0]["properties"] if one["name"] == "verhaal")
    for entry in story["customProperties"]:
        if entry["property"] == "privacy":
            entry["value"]["allowed"] = ["present", "deidentified"]


@pytest.fixture
def told(tmp_path):
    """Reports that all tell the same, to be delivered with their text."""
    plan = lawful_plan({**RECORDS, "columns": [*RECORDS["columns"], STORY]}, step="pseudonymous")
    town = make_small_town(tmp_path, plan)
    town.edit("contracts/meldingen.odcs.yaml", allow_story)
    rows = [row._replace(verhaal=TOLD) for row in REPORTS if row.soort != "anders"]
    write_reports(town.folder / "data", rows)
    town.sign()
    return town


def find_jan(text):
    return [(0, 12)] if text.startswith("Jan") else []


def texts(town):
    return set(town.open().table("meldingen")["verhaal"].to_pylist())


def test_without_the_choice_names_stay_and_the_manifest_says_nothing(told):
    told.deliver()

    assert texts(told) == {"Jan de Vries belt [telefoonnummer]"}
    assert "names" not in told.open().manifest["tables"][0]


def test_with_it_they_are_gone_and_the_manifest_says_by_what(told, monkeypatch):
    monkeypatch.setattr(making, "name_finder", lambda: find_jan)
    monkeypatch.setattr(making, "name_finder_version", lambda: "finder 1.0")
    town = with_choice(told, "names_in_text")
    town.deliver()

    assert texts(town) == {"[naam] belt [telefoonnummer]"}
    assert town.open().manifest["tables"][0]["names"] == "finder 1.0"
    assert town.verify()


def test_with_it_and_without_the_extra_nothing_is_delivered(told, monkeypatch):
    def missing():
        raise InputError("anonymise.no-name-finder")

    monkeypatch.setattr(making, "name_finder", missing)
    town = with_choice(told, "names_in_text")

    with refused("anonymise.no-name-finder"):
        town.deliver()

    assert town.visible == []


def test_no_table_is_made_by_what_people_wrote(told):
    told.deliver()

    with refused("analysis.counted-by-text"):
        protect_delivered(
            told.visible[-1],
            told.installation,
            TableAsked("meldingen", ("verhaal",)),
            actor="analist",
            signer=told.players.signers[SigningRole.RELEASER],
            clock=told.clock,
        )

    assert not (told.project / FOLDER).exists()
