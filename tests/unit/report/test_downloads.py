"""The released figures as files: all that was released, and no digit more than the page has."""

import csv
import io
import re
from dataclasses import replace

import pytest

from grondslag.documents import to_pdf
from grondslag.release import DERIVED
from grondslag.report import report_html, write_report
from grondslag.report.computed import HEADS
from grondslag.report.downloads import data_files, data_name
from made_report import EVEN, made_report

DEADLY = EVEN | {f"S{n}1": [("UMS", 20), ("LET", 12), ("DOD", 4)] for n in range(1, 7)}


@pytest.fixture
def report(tmp_path):
    """A report in which deaths per district are too few to show."""
    return made_report(tmp_path, DEADLY, focus=["S11"])


def rows_of(file):
    return list(csv.DictReader(io.StringIO(file.content.removeprefix("\ufeff")), delimiter=";"))


def test_every_released_table_is_a_file_with_all_its_cells(report):
    files = {file.name: rows_of(file) for file in data_files(report)}

    assert {data_name(figure): len(figure.cells) for figure in report.figures} == {
        name: len(rows) for name, rows in files.items()
    }


def test_what_is_withheld_on_the_page_is_withheld_in_the_file(report):
    counts = {figure.id: figure for figure in report.figures}
    withheld = {
        (data_name(figure), cell.keys)
        for figure in counts.values()
        for cell in figure.cells
        if cell.withheld
    }

    seen = 0
    for file in data_files(report):
        figure = next(one for one in report.figures if data_name(one) == file.name)
        for row, cell in zip(rows_of(file), figure.cells, strict=True):
            if (file.name, cell.keys) in withheld:
                seen += 1
                numbers = [row[head] for head in row if head not in _WORDS | set(row_keys(figure))]
                assert not any(numbers)
    assert seen


_WORDS = {"naam", "getoond", "bron", "periode", "vrijgave", "methode", "gemaakt met", "noemer"}


def row_keys(figure):
    return [name.replace("_", " ") for name in figure.dimensions]


def test_every_number_that_can_be_released_has_a_head_of_its_own():
    """Else a number of a released table would be missing from its file."""
    assert set(DERIVED) <= set(HEADS)


def test_the_page_calls_a_file_by_what_is_in_it(report):
    titles = {file.name: file.title for file in data_files(report)}

    assert titles["city.csv"] == "Geregistreerde ongevallen, hele stad"
    assert (
        titles["wijk-traffic.csv"] == "Geregistreerde ongevallen, per wijk, per gereden kilometer"
    )
    assert len(set(titles.values())) == len(titles)


def test_a_file_has_no_more_digits_than_the_page(report):
    for file in data_files(report):
        for row in rows_of(file):
            numbers = {head: text for head, text in row.items() if text and head not in _WORDS}
            for head, text in numbers.items():
                if re.fullmatch(r"-?\d+,\d+", text):
                    assert len(text.partition(",")[2]) <= 2, head
                if head == "te verwachten":
                    assert text.isdecimal()


def test_every_row_says_of_what_when_and_from_which_release(report):
    for file in data_files(report):
        for row in rows_of(file):
            assert row["bron"]
            assert row["vrijgave"] == report.proof.release
            assert row["gemaakt met"].startswith("Grondslag ")


def test_the_page_links_to_every_file_and_the_folder_has_no_other(report, tmp_path):
    folder = tmp_path / "report"
    (folder / "cijfers").mkdir(parents=True)
    (folder / "cijfers" / "vorig-antwoord.csv").write_text("oud")

    files = write_report(folder, report)

    linked = set(re.findall(r'href="(cijfers/[^"]+)"', files.html.read_text(encoding="utf-8")))
    there = {path.relative_to(folder).as_posix() for path in (folder / "cijfers").iterdir()}
    assert linked == there == {path.relative_to(folder).as_posix() for path in files.data}


def test_in_print_no_link_points_beside_the_page(report):
    """A file beside the page is not beside a print: the table is."""
    made = to_pdf(report_html(report), title="t")

    assert b"cijfers/" not in made


def test_a_file_speaks_the_language_of_the_report(report):
    (first, *_) = data_files(replace(report, language="en"))

    assert "counted" in first.content.splitlines()[0]
    assert ";" not in first.content.splitlines()[0].partition("method")[0]
