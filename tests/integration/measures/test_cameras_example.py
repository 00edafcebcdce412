"""The example about twelve cameras on the whole road: from plan to a page that a council reads."""

import re

import pytest

from commanding import call, works


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = tmp_path_factory.mktemp("flitspalen")
    works("demo", "--example", "flitspalen", "--out", folder)
    return (folder / "report" / "index.html").read_text(encoding="utf-8")


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def test_the_first_line_is_the_answer_with_its_word(page):
    said = text_of(page)

    headline = "Of er met flitspalen minder ongevallen zijn dan zonder, is niet te zeggen."
    assert said.index(headline) < said.index("Wat weten we niet?")


def test_the_range_stands_beside_the_number_and_the_bare_figure_is_called_misleading(page):
    said = text_of(page)

    assert re.search(r"Dat is \d,\d+ keer zo veel \(mogelijk \d,\d+ tot \d,\d+\)", said)
    assert "kaal, misleidend" in said


def test_speed_gets_an_answer_of_its_own(page):
    assert "Er wordt dus vrijwel zeker langzamer gereden." in text_of(page)


def test_what_is_not_known_and_what_was_decided_are_there(page):
    said = text_of(page)

    assert "Of verkeer naar andere straten is verschoven, weten we niet." in said
    assert "We vragen in 2029 geen nieuwe flitspalen aan" in said


def test_an_unknown_example_is_told_in_one_sentence(tmp_path):
    said = call("demo", "--example", "bruggen", "--out", tmp_path / "out")

    assert said.status != 0
    assert "Traceback" not in said.err
