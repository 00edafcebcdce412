"""The funnel on the page: where many areas are compared, from released numbers alone."""

import re
import xml.etree.ElementTree as ET

import pytest

from grondslag.report import report_html
from made_delivery import DISTRICTS, STREETS
from made_report import EVEN, made_report

FAR = EVEN | {"S21": [("UMS", 150), ("LET", 90)]}


@pytest.fixture
def page(tmp_path):
    return report_html(made_report(tmp_path, FAR, focus=["S11"]))


def funnel_of(page):
    found = re.search(r"<svg[^>]*aria-labelledby=\"funnel-straat-title.*?</svg>", page, re.DOTALL)
    return ET.fromstring(found.group()) if found else None


def words_in(root):
    return [text.text for text in root.iter() if text.tag.endswith("text")]


def test_many_areas_get_a_funnel_and_few_do_not(page):
    """Eighteen streets, six districts."""
    assert page.count("Geteld tegen te verwachten, elke straat") >= 1
    assert "funnel-wijk" not in page


def test_few_areas_are_dots_beside_what_was_to_be_expected(page):
    found = re.search(r"<svg[^>]*aria-labelledby=\"dots-wijk-title.*?</svg>", page, re.DOTALL)
    words = words_in(ET.fromstring(found.group()))

    assert set(DISTRICTS.values()) <= set(words)
    counted = [32 * 3, 32 * 3 - 32 + 240]  # 20 + 12 in each of three streets; 150 + 90 in one
    assert {str(one) for one in counted} <= set(words)
    assert {"te verwachten", "geteld: vrijwel zeker meer"} <= set(words)
    assert "Vrijwel zeker meer: " in page


def test_only_the_area_far_off_and_the_one_asked_about_have_their_name(page):
    named = {word for word in words_in(funnel_of(page)) if word in STREETS.values()}

    assert named == {STREETS["S21"], STREETS["S11"]}


def test_who_cannot_see_it_hears_which_areas_lie_outside(page):
    described = next(
        part.text for part in funnel_of(page).iter() if part.get("id") == "funnel-straat-desc"
    )

    assert described == f"18 gebieden als punten. Buiten de streeplijn: {STREETS['S21']}."


def test_the_funnel_has_its_numbers_beside_it(page):
    after = page[page.index("funnel-straat-desc") :]

    assert 'href="cijfers/straat-traffic.csv"' in after[: after.index("</figure>")]
