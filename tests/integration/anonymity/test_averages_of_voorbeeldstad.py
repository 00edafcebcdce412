"""The example plan that asks the distance to a crossing as an average, on the whole road."""

import csv
import json
import shutil
from statistics import fmean

import pytest

from commanding import works
from our_source import ROOT

EXAMPLE = ROOT / "examples" / "voorbeeldstad-verkeer"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """What the manifest says of the crashes, their distances in the source, and the report."""
    folder = tmp_path_factory.mktemp("averages")
    data = folder / "data"
    works("synthetic", "--residents", 20_000, "--day", "2026-11-02", "--out", data)
    project = folder / "example"
    shutil.copytree(EXAMPLE, project)
    (project / "decision.yaml").unlink()
    shutil.copy(EXAMPLE / "plan-afstand.yaml", project / "plan.yaml")
    crashes = data / "mobiliteit/ongevallen.csv"
    works(
        "run", project, "--source", f"ongevallen={crashes}", "--source",
        f"wijken={data / 'geo/wijken.geojson'}", "--out", folder / "out",
    )  # fmt: skip
    (manifest,) = (folder / "out/project/deliveries").glob("*/manifest.json")
    (entry,) = [
        one for one in json.loads(manifest.read_bytes())["tables"] if one["name"] == "ongevallen"
    ]
    page = (folder / "out/report/index.html").read_text(encoding="utf-8")
    yield entry["anonymisation"], distances(crashes), page
    shutil.rmtree(folder)


def distances(path):
    """Distances of the crashes of 2024 and 2025, as the source has them."""
    with path.open(encoding="utf-8") as stream:
        rows = csv.DictReader(stream, delimiter=";")
        return sorted(
            float(row["km_vanaf_kruispunt"].replace(",", "."))
            for row in rows
            if row["jaar"] in ("2024", "2025")
        )


def test_a_number_keeps_most_of_its_differences_and_everybody_stands_in_a_group(made):
    told, _, _ = made

    kept = {one["column"]: one["kept"] for one in told["columns_use"]}
    assert kept["km_vanaf_kruispunt"] > 0.8
    assert told["suppressed"] == 0
    assert told["after"]["smallest_group"] >= 10


def test_fixed_bands_of_the_owner_keep_less(made):
    """The bands of the contract, 0.05 and 0.2 km: the share of the spread between them, by hand."""
    told, known, _ = made
    bands = [
        [one for one in known if low <= one < high]
        for low, high in ((0, 0.05), (0.05, 0.2), (0.2, 10))
    ]
    mean = fmean(known)
    between = sum(len(band) * (fmean(band) - mean) ** 2 for band in bands if band)
    whole = sum((one - mean) ** 2 for one in known)

    kept = {one["column"]: one["kept"] for one in told["columns_use"]}
    assert kept["km_vanaf_kruispunt"] > between / whole


def test_the_question_of_the_plan_gets_the_same_answer_from_both(made):
    told, _, _ = made

    assert told["answer_use"]["comparable"] == "compared"
    assert told["answer_use"]["changed"] == 0


def test_the_report_says_over_how_many_people_an_average_is_and_what_that_does_not_promise(made):
    _, _, page = made

    assert "gemiddeld over minstens 40 mensen" in page
    assert "Wie bijna een hele groep kent, rekent het laatste getal uit het gemiddelde." in page
