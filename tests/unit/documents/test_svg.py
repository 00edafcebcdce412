"""One figure: escaped, named, tidy."""

import xml.etree.ElementTree as ET

import pytest

from grondslag.documents import Caption
from grondslag.documents.svg import Canvas, broken, fixed, text_width, tidy
from grondslag.errors import InputError


def figure(**words):
    return Caption(**{"id": "figuur", "title": "Titel", "description": "Wat je ziet", **words})


def test_a_figure_is_an_image_with_a_title_and_a_description():
    root = ET.fromstring(Canvas(figure()).finish(100))

    named = {child.get("id"): child.text for child in root}

    assert root.get("role") == "img"
    assert [named[name] for name in root.get("aria-labelledby").split()] == ["Titel", "Wat je ziet"]


def test_a_label_cannot_break_out_of_its_place():
    hostile = '</text></svg><script>alert(1)</script>"&\x00\x1b\ud800'
    canvas = Canvas(figure(title=hostile, description=hostile))

    canvas.write(0, 10, hostile, text_anchor=hostile)

    root = ET.fromstring(canvas.finish(20))
    assert {child.tag.rpartition("}")[2] for child in root} == {"title", "desc", "text"}
    assert root[2].text == '</text></svg><script>alert(1)</script>"&'


def test_nothing_in_a_figure_points_outside_it():
    canvas = Canvas(figure())
    canvas.write_over(0, 10, "http://elders.example")

    markup = canvas.finish(20)

    assert "href" not in markup
    assert "style=" not in markup


@pytest.mark.parametrize("name", ["", "Kaart", "1a", "a b", 'a"b', "a_b"])
def test_an_id_that_could_break_a_page_is_refused(name):
    with pytest.raises(InputError) as refused:
        figure(id=name)

    assert refused.value.code == "documents.bad-id"


@pytest.mark.parametrize("words", [{"title": " "}, {"description": ""}])
def test_a_figure_without_words_is_refused(words):
    with pytest.raises(InputError) as refused:
        figure(**words)

    assert refused.value.code == "documents.figure-without-words"


@pytest.mark.parametrize(
    ("value", "text"), [(1, "1"), (1.04, "1"), (1.06, "1.1"), (-0.04, "0"), (-10.25, "-10.2")]
)
def test_coordinates_are_rounded_to_a_tenth(value, text):
    assert tidy(value) == text


@pytest.mark.parametrize(
    ("value", "digits", "language", "text"),
    [(1, 1, "nl", "1,0"), (1234.56, 1, "nl", "1.234,6"), (0.4, 0, "nl", "0"), (1, 2, "en", "1.00")],
)
def test_figures_have_a_fixed_number_of_decimals(value, digits, language, text):
    assert fixed(value, digits, language) == text


def test_a_long_text_is_broken_into_lines_that_fit():
    lines = broken("De Weiden en Het Lage Land", 120)

    assert " ".join(lines) == "De Weiden en Het Lage Land"
    assert len(lines) > 1
    assert all(text_width(line) <= 120 for line in lines)


def test_a_word_is_never_cut():
    assert broken("Stationskwartier", 10) == ["Stationskwartier"]
