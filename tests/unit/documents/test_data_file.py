"""The numbers of a figure as CSV."""

import csv
import io

import pytest
from markupsafe import Markup

from grondslag.documents import Caption, data_file, figure_html
from grondslag.errors import InputError

CAPTION = Caption("figuur", "Titel", "Wat je ziet")


@pytest.mark.parametrize(("language", "sign"), [("nl", ";"), ("en", ",")])
def test_the_file_reads_back_as_the_spreadsheet_of_the_language_reads_it(language, sign):
    made = data_file(["wijk", "keer"], [['Noord; oost, en "zuid"', 1234.5]], language=language)

    (_, row) = csv.reader(io.StringIO(made.removeprefix("\ufeff")), delimiter=sign)

    assert row == ['Noord; oost, en "zuid"', "1234,5" if language == "nl" else "1234.5"]


def test_what_is_not_shown_is_an_empty_cell_and_a_whole_number_has_no_decimals():
    made = data_file(["a", "b", "c"], [["x", None, 12]])

    assert made.splitlines()[1] == "x;;12"


@pytest.mark.parametrize("name", ["=1+1", "+31", "-a", "@x", "\tcmd"])
def test_a_name_is_never_run_as_a_formula(name):
    """OWASP, CSV injection."""
    made = data_file([name], [[name]])

    assert all(line.lstrip('"\ufeff').startswith("'") for line in made.splitlines())


def test_a_row_of_another_length_is_refused():
    with pytest.raises(InputError) as refused:
        data_file(["a", "b"], [["x"]])

    assert refused.value.code == "documents.row-of-another-length"


def test_a_figure_links_to_its_numbers_beside_the_page():
    made = figure_html(Markup("<svg/>"), CAPTION, data="cijfers/wijk-traffic.csv")

    assert '<a href="cijfers/wijk-traffic.csv" download>' in made


@pytest.mark.parametrize(
    "address", ["../x.csv", "https://x.example/x.csv", "javascript:x.csv", "a/b/x.csv", "x.exe"]
)
def test_an_address_anywhere_else_is_refused(address):
    with pytest.raises(InputError) as refused:
        figure_html(Markup("<svg/>"), CAPTION, data=address)

    assert refused.value.code == "documents.bad-file-name"
