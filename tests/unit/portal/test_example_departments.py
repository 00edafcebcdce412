"""The example: a department is written in one way, and a map serves every theme that reads it."""

import json
from datetime import date

import pytest

from grondslag.cli.examples import example_folder
from grondslag.contracts import read_contract
from grondslag.synthetic import make_theme, make_town
from grondslag_portal.catalogue.words import word_of
from grondslag_portal.example.datasets import THEMES


def contracts():
    for theme in THEMES:
        for path in sorted((example_folder(f"voorbeeldstad-{theme}") / "contracts").glob("*.yaml")):
            if path.name.endswith(".odcs.yaml"):
                yield read_contract(path)


def test_no_department_is_written_in_two_ways():
    names = {contract.department for contract in contracts()}

    assert len({word_of(name) for name in names}) == len(names)


@pytest.mark.parametrize("theme", ["mobiliteit", "wonen"])
def test_the_map_of_the_town_holds_what_the_map_of_a_theme_does(tmp_path, theme):
    town = make_town(tmp_path / "town", today=date(2026, 11, 28), residents=300)
    maps = town.sources["buurten"], make_theme(theme, tmp_path / "theme").sources["buurten"]

    whole, part = (json.loads(path.read_text())["features"] for path in maps)

    assert [one["geometry"] for one in whole] == [one["geometry"] for one in part]
    for one, other in zip(whole, part, strict=True):
        assert other["properties"].items() <= one["properties"].items()
