"""No number of an example is published without what it takes to trust it.

Interval, number counted, period, source and method with its version: in the sealed answer, in the
files beside the page, and on the page.
"""

import csv
import json

import pytest
from markupsafe import escape

import grondslag
from figures import figure
from grondslag.analysis.computed_by import COUNTED, ON_THE_PAGE, computed_by, stem_of
from grondslag.release import Cell
from grondslag.report.computed import HEADS
from grondslag.wording import sentence

ESTIMATES = {
    "rate", "ratio", "naive", "beside", "change", "above", "v85", "direct", "estimate",
}  # fmt: skip
"""Numbers that could have come out otherwise by chance: each must have both its limits."""
DOUBT = {"certainty", "stands"}
"""Numbers that say how sure another is."""
TOLD_APART = {"expected", "above_elsewhere", "v85_elsewhere", "exposure", "share", "amount"}
"""What an estimate is set against, or is a plain sum: taken as known, and the method says so."""


def head(name, *, after_measure):
    if name == "certainty" and after_measure:
        return sentence("traffic.data-certainty-fewer")
    return sentence(HEADS[name])


def shown_rows(example):
    """Per file its rows that are shown: what they call a number, and the row."""
    for path in sorted((example.folder / "cijfers").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream, delimiter=";"))
        assert rows, path.name
        names = {
            head(name, after_measure=path.stem in ("sites", "speed-change")): name for name in HEADS
        }
        for row in rows:
            if row["getoond"] == "ja":
                yield path.stem, {names[one]: row[one] for one in row if one in names}, row


def test_every_shown_number_has_source_period_release_method_and_version(example):
    for table, numbers, row in shown_rows(example):
        methods = row["methode"]
        assert all((row["bron"], row["periode"], row["vrijgave"])), table
        assert row["gemaakt met"] == f"Grondslag {grondslag.__version__}", table
        given = {name for name, value in numbers.items() if value}
        for stem in {stem_of(name) for name in given} - {"exposure", "amount"}:
            said = head(stem, after_measure=table in ("sites", "speed-change"))
            assert f"{said}: " in methods, (table, stem)


def test_every_estimate_has_its_limits_and_the_count_behind_it(example):
    for table, numbers, row in shown_rows(example):
        given = {name for name, value in numbers.items() if value}
        assert "count" in given, table
        for name in ESTIMATES & given:
            # A limit without end is an empty cell; the other one is then there.
            assert {f"{name}_low", f"{name}_high"} & given, (table, name)
        if not {"low", "high"} <= given:
            counted = sentence("report.data-count")
            exact = (f"{counted}: {COUNTED}", f"{counted}: answers")
            assert any(one in row["methode"] for one in exact), table


def test_nothing_is_published_that_is_neither_estimate_nor_doubt_nor_told_apart(example):
    """A new kind of number must be thought about: has it an interval?"""
    for table, numbers, _row in shown_rows(example):
        for name, value in numbers.items():
            if value:
                known = {"count", *ESTIMATES, *DOUBT}
                assert stem_of(name) in known or name in TOLD_APART, (table, name)


def test_the_sealed_answer_holds_the_method_of_every_number_and_the_version(example):
    answer = json.loads(next((example.project / "releases").glob("*.answer.json")).read_bytes())
    record = next(
        path for path in (example.project / "releases").glob("*.json")
        if not path.name.endswith(".answer.json")
    )  # fmt: skip
    facts, figures = answer["facts"], json.loads(record.read_bytes())["figures"]

    assert facts["version"] == f"Grondslag {grondslag.__version__}"
    for one in figures:
        numbers = {"count", *(stem_of(name) for cell in one["cells"] for name in cell["derived"])}
        assert numbers <= facts["methods"][one["id"]].keys()
        assert all(facts["methods"][one["id"]].values())


def test_the_page_names_every_method_and_the_version_that_computed_it(example):
    page = (example.folder / "index.html").read_text(encoding="utf-8")
    answer = json.loads(next((example.project / "releases").glob("*.answer.json")).read_bytes())
    used = {method for table in answer["facts"]["methods"].values() for method in table.values()}
    used |= set(ON_THE_PAGE[answer["facts"]["question"]].values())

    missing = [method for method in used if f'<span lang="en">{escape(method)}</span>' not in page]
    assert missing == []
    said = sentence("report.computed-title", version=f"Grondslag {grondslag.__version__}")
    assert said in page


def test_a_number_without_a_method_is_a_mistake_of_ours():
    unknown = figure([Cell(("S1",), 20, {"estimate": 1.0})], id="straat-traffic")

    with pytest.raises(KeyError):
        computed_by([unknown])
