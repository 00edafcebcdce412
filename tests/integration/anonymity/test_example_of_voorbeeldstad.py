"""The example plan that asks anonymous records, on the whole road to its report."""

import json
import shutil

import pypdf
import pytest

from commanding import works
from grondslag.delivery.answering_twice import answer_as_told
from our_source import ROOT

EXAMPLE = ROOT / "examples" / "voorbeeldstad-verkeer"
SOURCES = {
    "meldingen": "openbare_ruimte/meldingen.csv",
    "bezwaren": "juridische_zaken/bezwaren.csv",
    "wijken": "geo/wijken.geojson",
}


def project_of(folder, plan):
    """A copy of the example with another of its plans."""
    copy = folder / "example"
    shutil.copytree(EXAMPLE, copy)
    (copy / "decision.yaml").unlink()
    shutil.copy(EXAMPLE / plan, copy / "plan.yaml")
    return copy


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The example with its report; read only."""
    folder = tmp_path_factory.mktemp("example")
    data = folder / "data"
    works("synthetic", "--residents", 20_000, "--day", "2026-11-02", "--out", data)
    sources = []
    for name, path in SOURCES.items():
        sources += ["--source", f"{name}={data / path}"]
    works("run", project_of(folder, "plan-anoniem.yaml"), *sources, "--out", folder / "out")
    yield folder / "out" / "project"
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def told(project):
    """What the manifest says of the anonymous records."""
    (manifest,) = (project / "deliveries").glob("*/manifest.json")
    tables = json.loads(manifest.read_bytes())["tables"]
    (entry,) = [table for table in tables if table["name"] == "meldingen"]
    return entry["anonymisation"]


def test_the_question_of_the_plan_was_put_to_both_tables(told):
    answer = told["answer_use"]

    assert answer["comparable"] == "compared"
    assert answer["areas"] == 8
    assert answer["changed"] == 0


def test_what_is_left_of_each_column_stands_in_the_manifest(told):
    kept = {one["column"]: one["kept"] for one in told["columns_use"]}

    assert set(kept) == {"wijk", "soort", "datum"}
    assert kept["wijk"] > 0.9
    assert kept["datum"] == 0


def test_a_data_owner_reads_it_on_one_sheet(project):
    pages = [page.extract_text() for page in pypdf.PdfReader(project / "report/report.pdf").pages]

    (sheet,) = [text for text in pages if "Hoe deze gegevens anoniem zijn gemaakt" in text]
    for part in (
        "In elke groep lijken minstens 10 mensen op elkaar.",
        "Wat is er per kolom veranderd?",
        "Wat ging verloren?",
        "De kans om iemand te vinden, voor en na",
        "In geen van de 8 gebieden is de conclusie anders.",
        "Wat dit niet belooft",
    ):
        assert " ".join(part.split()) in " ".join(sheet.split())


def test_rows_as_they_were_stand_nowhere(project):
    """The question was put to them, and they were never written: also not under the key."""
    (manifest,) = (project / "deliveries").glob("*/manifest.json")

    names = {path.name for path in manifest.parent.iterdir()}

    assert names == {"manifest.json", "proof.json", "meldingen.parquet", "wijken.parquet"}


def test_how_far_rates_lie_apart_is_not_told_when_few_rows_are_left_out():
    """10 of 1,000 rows of an area fewer is 1%: who reads 1% knows that it was 10."""
    answer = {"comparable": "compared", "areas": 3, "changed": 0, "largest": 0.01}

    assert answer_as_told(answer, {"suppressed": None})["largest"] is None
    assert answer_as_told(answer, {"suppressed": 0}) == answer
