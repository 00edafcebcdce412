"""``policy impact`` and ``policy diff``: what to look at when the law changes."""

import json
from pathlib import Path

from commanding import call, works

EXAMPLE = Path(__file__).parents[3] / "examples" / "voorbeeldstad-verkeer"


def test_the_projects_contracts_and_agreements_that_rest_on_an_article_are_listed():
    said = works("policy", "impact", "--law", "WVW 1994", "--article", "18", "--folder", EXAMPLE,
                 "--json")  # fmt: skip

    rests = json.loads(said.out)["rests"]
    named = {(item["kind"], item["file"]) for item in rests}
    assert ("plan", "plan.yaml") in named
    assert ("contract", "contracts/ongevallen.odcs.yaml") in named
    assert ("agreement", "accountability/afspraak-ambulance.yaml") in named
    assert ("through_data", "plan.yaml") in named


def test_an_article_that_nothing_rests_on_is_no_fault():
    said = works("policy", "impact", "--law", "Jeugdwet", "--article", "2.1", "--folder", EXAMPLE)

    assert "Gevonden: 0." in said.out


def test_a_folder_that_is_not_there_is_told():
    said = call("policy", "impact", "--law", "UAVG", "--folder", EXAMPLE / "nergens")

    assert said.status == 2


def test_what_differs_between_two_days_is_told_in_words():
    said = works("policy", "diff", "2026-06-01", "2026-09-01")

    assert "nieuwe tekst van de wet" in said.out
    assert "2027-12-02" in said.out


def test_what_is_no_day_is_told():
    assert call("policy", "diff", "gisteren", "2026-09-01").status == 2
