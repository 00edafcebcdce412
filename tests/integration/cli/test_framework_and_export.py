"""``policy document`` and ``policy export``: what holds, to adopt and for other systems."""

import json
from pathlib import Path

import pytest

from commanding import call, works

EXAMPLE = Path(__file__).parents[3] / "examples" / "utrecht-verkeersveiligheid"


def test_the_framework_is_a_page(tmp_path):
    out = tmp_path / "kader.html"

    said = works("policy", "document", "--municipality", "Utrecht", "--out", out)

    assert "kader.html" in said.out
    assert "<h1" in out.read_text(encoding="utf-8")


def test_a_day_that_is_none_writes_nothing(tmp_path):
    out = tmp_path / "kader.html"

    said = call("policy", "document", "--municipality", "U", "--out", out, "--since", "gisteren")

    assert said.status != 0
    assert not out.exists()


@pytest.mark.parametrize("form", ["authzen", "log", "odrl"])
def test_a_verdict_is_written_in_each_form(tmp_path, form):
    out = tmp_path / "verdict.json"

    works("policy", "export", EXAMPLE, "--as", form, "--out", out)

    assert json.loads(out.read_text(encoding="utf-8"))


def test_without_a_file_it_comes_on_standard_output():
    said = works("policy", "export", EXAMPLE)

    assert set(json.loads(said.out)) == {"request", "response"}


def test_the_pre_scan_says_whether_an_assessment_is_needed_and_why():
    said = works("policy", "prescan", EXAMPLE.parent / "voorbeeldstad-verkeer")

    assert "DPIA" in said.out
    assert "het gaat om veel mensen" in said.out
    assert "AVG art. 35" in said.out
