"""Everything that an example publishes, attacked: no withheld count is pinned down.

Figures, labels, tables, files and sentences of the final folder are read as an attacker reads them.
The attack itself is tried in `tests/unit/attacker`; here a report that is made weaker must fall.
"""

import csv
import io
import re
import shutil
from collections import Counter

import pytest

from attacker.attacking import attack, inverted, pinned
from attacker.reading import read_report
from grondslag.methods import exact_interval


@pytest.fixture
def traffic(run):
    """The example with most withheld, to be weakened."""
    return run("voorbeeldstad-verkeer")


def test_no_withheld_count_follows_from_all_that_is_published(example):
    report = example.read()

    limits = attack(report, example.roads(report))

    assert pinned(limits) == []


def test_the_attacker_reads_every_file_that_the_page_links_to(example):
    """A table that the attack did not see was not attacked."""
    page = (example.folder / "index.html").read_text(encoding="utf-8")
    linked = set(re.findall(r'href="cijfers/([^"]+)\.csv"', page))

    assert len(linked) == len(example.read().tables) > 0
    assert {path.stem for path in (example.folder / "cijfers").iterdir()} == linked


def test_beside_an_area_with_something_withheld_the_page_has_no_small_number(example):
    """A count that slipped into a sentence or a row of the page would be one."""
    report = example.read()
    withheld = {
        cell.keys[table.dimensions.index("area")]
        for table in report.tables
        if "area" in table.dimensions
        for cell in table.hidden
    }

    assert [said for said in report.said if said.area in withheld and 0 < said.value < 10] == []


def test_what_the_attacker_concludes_is_true(traffic):
    """Limits that leave the truth out would prove nothing about what is safe."""
    report = traffic.read()
    with traffic.sources["ongevallen"].open(encoding="utf-8", newline="") as stream:
        truth = Counter(row["straat"] for row in csv.DictReader(stream, delimiter=";"))

    streets = [one for one in attack(report, traffic.roads(report)) if one.table == "straat-alike"]

    assert streets
    for one in streets:
        assert one.low <= truth[dict(one.region.conditions)["area"]] <= one.high


@pytest.fixture
def weaker(traffic, tmp_path):
    """A copy of the report, to be changed."""
    shutil.copytree(traffic.folder, tmp_path / "report")
    return tmp_path / "report"


def attacked(folder, traffic):
    return pinned(attack(read_report(folder, traffic.project)))


def change_row(path, key, **values):
    """Write numbers in the file of a table, in the row of one area."""
    text = path.read_text(encoding="utf-8").removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    for row in rows:
        if row["area"] == key:
            row |= {name.replace("_", " "): value for name, value in values.items()}
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def withheld_area(traffic, name):
    table = next(one for one in traffic.read().tables if one.id == name)
    return next(cell.keys[0] for cell in table.hidden if cell.own)


def test_a_total_in_a_sentence_beside_withheld_cells_is_found(weaker, traffic):
    """All that is shown in an area, and 9 for each cell that is not: then each is 9."""
    table = next(one for one in traffic.read().tables if one.id == "context-meldingen")
    area = next(cell.keys[0] for cell in table.hidden if cell.own)
    cells = [cell for cell in table.cells if cell.keys[0] == area]
    total = sum(9 if cell.count is None else cell.count for cell in cells)
    name = next(name for name, code in traffic.read().names.items() if code == area)
    page = weaker / "index.html"
    text = page.read_text(encoding="utf-8")
    page.write_text(
        text.replace("</main>", f"<p>In {name} waren er {total} meldingen.</p></main>"),
        encoding="utf-8",
    )

    assert {one.table for one in attacked(weaker, traffic)} == {"context-meldingen"}


def test_the_interval_of_a_withheld_street_in_a_file_is_found(weaker, traffic):
    street, limits = withheld_area(traffic, "straat"), exact_interval(4)
    numbers = {
        "geteld, ondergrens": f"{limits.low:.1f}".replace(".", ","),
        "geteld, bovengrens": f"{limits.high:.1f}".replace(".", ","),
    }

    change_row(weaker / "cijfers" / "straat.csv", street, **numbers)

    assert len(attacked(weaker, traffic)) == 1


def test_a_ratio_beside_what_was_expected_of_a_withheld_street_is_found(weaker, traffic):
    street = withheld_area(traffic, "straat-traffic")
    numbers = {"te verwachten": "6", "keer zo veel": "0,66"}

    change_row(weaker / "cijfers" / "straat-traffic.csv", street, **numbers)

    assert len(attacked(weaker, traffic)) == 1


def test_the_total_behind_the_ratios_is_found_and_pins_nobody(traffic):
    """The attack on ratios works on the real report: it gives one total, over many streets."""
    report = traffic.read()

    totals = [one for one in inverted(report, {}) if one.because == "ratios of straat-traffic"]

    assert [one.high - one.low for one in totals] == [0.0]
