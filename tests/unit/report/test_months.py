"""Months on the page: limits from before the measure, and what is not shown leaves a gap."""

import re
from dataclasses import replace

import pytest

from figures import figure, let_out
from grondslag.release import Cell
from grondslag.report.months import month_parts
from grondslag.report.words import Voice
from made_report import made_report

NL = Voice("nl")
ORDINARY = (20, 24, 22, 19, 23, 21, 25, 20, 22, 24, 21, 23)


def month(at):
    return f"{2025 + at // 12}-{at % 12 + 1:02}-01/{2025 + at // 12}-{at % 12 + 1:02}-28"


def given(folder, counts):
    """A report whose measure began in January 2026."""
    cells = tuple(Cell((month(at),), count) for at, count in enumerate(counts))
    (months,) = let_out(folder / "months", figure(cells, dimensions=("period",), id="months"))
    made = made_report(folder)
    parts = {"taken": {"name": "drempels", "first": "2026-01-01"}}
    return replace(made, facts=replace(made.facts, parts=parts), figures=(*made.figures, months))


def page_of(folder, counts):
    return "\n".join(str(part.body) for part in month_parts(given(folder, counts), NL))


def test_a_month_far_off_after_the_measure_stands_out_by_name(tmp_path):
    """The mean before is 22 and the mean step 2.7: the upper limit lies at 22 + 2.66 * 2.7."""
    body = page_of(tmp_path, (*ORDINARY, 22, 45, 21))

    assert "15 maanden als punten. Deze vallen op: feb 2026." in body
    assert "begin van de drempels" in body


def test_a_lasting_change_after_the_measure_stands_out_as_a_run(tmp_path):
    """Eight months in a row below the middle, none of them outside its limits."""
    body = page_of(tmp_path, (*ORDINARY, 19, 20, 19, 20, 19, 20, 19, 20))

    assert "jan. 2026" in body or "jan 2026" in body
    assert "Deze vallen op" in body


def test_ordinary_months_do_not_stand_out(tmp_path):
    assert "Er is geen maand die opvalt." in page_of(tmp_path, (*ORDINARY, 21, 23))


def test_a_month_that_is_not_shown_breaks_the_line_and_leaves_its_year_without_a_sum(tmp_path):
    body = page_of(tmp_path, (*ORDINARY, 21, 4, 23, 5, 22))

    line = re.search(r'd="(M[^"]*)" fill="none" stroke="#0b4f6c"', body).group(1)
    assert line.count("M") == 4  # the start, the measure, and after each gap
    assert "niet getoond" in body


@pytest.mark.parametrize("counts", [ORDINARY[:8], (*ORDINARY[:11], 4, 20)])
def test_too_few_months_before_give_no_limits(tmp_path, counts):
    assert page_of(tmp_path, counts) == ""
