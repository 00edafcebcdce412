"""Months on the page: limits from before the measure, and what is not shown leaves a gap."""

import math
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


def given(folder, counts, begin="2026-01-01"):
    """A report whose measure began on that day."""
    cells = tuple(Cell((month(at),), count) for at, count in enumerate(counts))
    (months,) = let_out(folder / "months", figure(cells, dimensions=("period",), id="months"))
    made = made_report(folder)
    parts = {"taken": {"name": "drempels", "first": begin}}
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


def test_too_few_months_before_give_nothing(tmp_path):
    assert page_of(tmp_path, ORDINARY[:8]) == ""


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [((*ORDINARY[:11], 4, 20), "1"), ((*ORDINARY, *ORDINARY[:9], 4, 5, 6, 20), "3")],
)
def test_more_than_a_few_months_withheld_give_no_limits_and_say_why(tmp_path, counts, hidden):
    report = given(tmp_path, counts, begin="2026-01-01" if len(counts) < 20 else "2027-01-01")

    (part,) = month_parts(report, NL)

    assert f"Daarvan niet getoond: {hidden}." in part.said[0]
    assert "geen grenzen" in part.said[0]
    assert "<svg" not in str(part.body)
    assert "niet getoond" in str(part.body)


def seasonal(years, *, mean=60, swing=30):
    """Winters of twice a summer, up and down by two around it, the same each year."""
    return [
        round(mean + swing * math.cos(2 * math.pi * at / 12)) + (-2, 1, 2, -1, 0)[at % 5]
        for at in range(12 * years)
    ]


def test_a_winter_is_no_reason_to_look(tmp_path):
    """Without its season half the months stand out: from 30 to 90, by steps of 15 at most."""
    report = given(tmp_path, seasonal(4), begin="2028-01-01")

    (part,) = month_parts(report, NL)

    assert "Er is geen maand die opvalt." in str(part.body)
    assert any("seizoen is eraf" in said for said in part.said)


def test_an_ordinary_count_in_the_wrong_season_is_one(tmp_path):
    """Seventy is near the middle of the year, and far above a July of thirty."""
    counts = seasonal(4)
    counts[42] = 70

    (part,) = month_parts(given(tmp_path, counts, begin="2028-01-01"), NL)

    assert "Deze vallen op: jul 2028." in str(part.body).replace("jul. 2028", "jul 2028")


def test_one_month_withheld_is_told_and_not_stepped_over(tmp_path):
    counts = [*ORDINARY, 21, 4, 23]

    (part,) = month_parts(given(tmp_path, counts, begin="2026-04-01"), NL)

    assert any("Niet getoonde maanden vóór de drempels: 1." in said for said in part.said)


def test_with_less_than_two_years_the_page_says_that_a_season_may_stand_out(tmp_path):
    (part,) = month_parts(given(tmp_path, (*ORDINARY, 21, 23)), NL)

    assert any("ook door het seizoen opvallen" in said for said in part.said)
