"""Counts with noise are said to be so, with how far off they can be."""

import re

import pytest

from grondslag.report import report_html
from made_budget import asked, let_out_noisy, with_budget
from made_report import made_report


@pytest.fixture
def part_of(tmp_path):
    """The section about counts with noise, as one line; empty when there is none."""

    def made(*, one_in=0, language="nl", **question):
        home = with_budget(tmp_path / "home", one_in=one_in)
        table = let_out_noisy(home, asked(**question))
        given = made_report(tmp_path / "report", noisy=(table,), language=language)
        heading = {"nl": "Aantallen met ruis", "en": "Counts with noise"}[language]
        found = re.search(rf"<h2>{heading}</h2>(.*?)<h2>", report_html(given), re.DOTALL)
        return table, " ".join(found[1].split())

    return made


def test_the_page_says_that_the_counts_carry_noise_and_how_much(part_of):
    table, part = part_of(adds_up=True)

    assert "Deze aantallen zijn met opzet niet precies." in part
    assert f"95% zekerheid binnen ± {table.noise.margin}." in part
    assert f"totaal ligt met minstens 95% zekerheid binnen ± {table.noise.total_margin}." in part
    assert "Deze tabel kost 0,1 van het privacybudget" in part


def test_every_cell_is_there_with_words_for_unknown_and_all(part_of):
    table, part = part_of(adds_up=True)

    rows = re.findall(r'<th scope="row">(.*?)</th><td class="number">(.*?)</td>', part)
    assert [name for name, _ in rows] == ["te hard", "oversteek", "Onbekend", "Totaal"]
    assert [count for _, count in rows] == [str(cell.count) for cell in table.cells]


def test_a_promise_that_can_fail_says_how_seldom(part_of):
    _table, part = part_of(one_in=1_000_000, language="en")

    assert "The chance that this promise fails is at most 1 in 1,000,000." in part


def test_without_such_counts_there_is_no_section(tmp_path):
    assert "met ruis" not in report_html(made_report(tmp_path))
