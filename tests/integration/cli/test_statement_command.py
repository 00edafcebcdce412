"""``policy statement``: text to start a privacy statement from."""

import json
from pathlib import Path

from commanding import works

EXAMPLES = Path(__file__).parents[3] / "examples"


def test_a_plan_about_people_gives_what_they_must_hear():
    said = works("policy", "statement", EXAMPLES / "voorbeeldstad-verkeer" / "plan.yaml", "--json")

    told = json.loads(said.out)
    assert any("Voorbeeldstad" in line for line in told["sentences"])
    assert any("Autoriteit Persoonsgegevens" in line for line in told["sentences"])
    assert len(told["missing"]) == 2


def test_a_plan_about_nobody_has_nothing_to_tell():
    said = works("policy", "statement", EXAMPLES / "utrecht-verkeersveiligheid" / "plan.yaml")

    assert "geen gegevens over mensen" in said.out
