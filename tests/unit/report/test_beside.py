"""What else was delivered: a table beside every sentence, nothing withheld on the page."""

import re
from dataclasses import replace

import pytest

from grondslag.report import report_html
from grondslag.report.left_out import withheld_cells
from made_context import AGES, CASUALTIES, COMPLAINTS, beside_delivery
from made_report import made_report

MOST = COMPLAINTS | {("W6", "te_hard"): 1400, ("W6", "oversteek"): 90}


def section(page):
    """The part of the page about what else was delivered; empty when there is none."""
    found = re.search(r"<h2>Wat zien we nog meer\?</h2>(.*?)<h2>", page, re.DOTALL)
    return found[1] if found else ""


def rows(part, caption):
    """The rows of the table with this caption, as texts."""
    table = next(one for one in re.findall(r"<table>.*?</table>", part, re.DOTALL)
                 if caption in one)  # fmt: skip
    found = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in found]


@pytest.fixture
def page_of(tmp_path):
    """The section of a report about a delivery with other tables."""

    def made(language="nl", **settings):
        delivery = beside_delivery(tmp_path, **settings)
        return report_html(made_report(tmp_path, delivery=delivery, language=language))

    return made


def test_every_source_has_its_heading_its_sentences_and_one_table(page_of):
    part = section(page_of(complaints=MOST, focus=["S11"]))

    assert re.findall(r"<h3>(.*?)</h3>", part) == ["meldingen", "bewoners", "gewonden"]
    assert part.count("<table>") == 3
    assert "De meeste zijn hier: Wijk Centrum (1.490)." in part


def test_complaints_stand_beside_what_was_registered_and_what_it_is_worth(page_of):
    part = section(page_of(complaints=MOST))

    table = rows(part, "meldingen")
    assert table[0][:4] == ["Wijk", "Samen", "Het vaakst", "Geregistreerde ongevallen"]
    assert ["Wijk Centrum", "1.490", "te hard (1.400)", "96", "niet te zeggen"] in table
    assert "Sommige mensen melden vaak." in part
    assert "De kolom met geregistreerde ongevallen gaat over 2015 tot en met 2018." in part


def test_ages_are_shares_with_their_number_and_adults_are_left_out(page_of):
    table = rows(section(page_of()), "Leeftijden")

    assert table[0] == ["Wijk", "Inwoners", "0 tot en met 11 jaar", "12 tot en met 17 jaar",
                        "65 jaar en ouder"]  # fmt: skip
    assert table[1] == ["Wijk Noord", "1.000", "15% (150)", "5% (50)", "20% (200)"]


def test_what_is_withheld_is_not_shown_and_gives_no_share(page_of):
    complaints = MOST | {("W2", "oversteek"): None}

    part = section(page_of(complaints=complaints, ages=AGES | {("W1", "12-17"): None}))

    assert ["Wijk Oost", "niet getoond", "te hard (30)"] in [r[:3] for r in rows(part, "meldingen")]
    hidden = rows(part, "Leeftijden")[1]
    assert hidden == ["Wijk Noord", *["niet getoond"] * 4]
    assert part.count("Niet getoond: minder dan 10") == 2


def test_every_cell_that_is_not_shown_is_counted_whichever_table_it_is_in(tmp_path):
    rare = {("W1", "te_hard"): None, ("W2", "oversteek"): None}
    empty = {("W1", 2016): None}
    delivery = beside_delivery(
        tmp_path, complaints=COMPLAINTS | rare, casualties=CASUALTIES | empty
    )
    given = made_report(tmp_path, delivery=delivery)

    assert withheld_cells(given) - withheld_cells(replace(given, figures=given.figures[:-3])) == 3


def test_casualties_have_a_number_for_every_hundred_registered(page_of):
    table = rows(section(page_of()), "gewonden")

    assert table[1] == ["Wijk Noord", "48", "96", "50"]


def test_without_other_tables_there_is_no_such_part(tmp_path):
    assert section(report_html(made_report(tmp_path))) == ""


def test_the_part_speaks_english_too(page_of):
    page = page_of(language="en", complaints=MOST, focus=["S11"])

    assert "What else do we see?" in page
    assert not re.search(r"\b(report|analysis)\.[a-z-]+\b", re.sub(r"<style.*?</style>", "", page))


def test_a_table_that_may_not_be_shown_is_named_and_said_to_be_missing(tmp_path):
    given = made_report(tmp_path, delivery=beside_delivery(tmp_path))
    safe = tuple(figure for figure in given.figures if figure.id != "context-meldingen")

    part = section(report_html(replace(given, figures=safe)))

    assert re.findall(r"<h3>(.*?)</h3>", part) == ["meldingen", "bewoners", "gewonden"]
    assert "<p>Deze tabel staat hier niet." in part
    assert part.count("<table>") == 2
    assert "te hard" not in part
