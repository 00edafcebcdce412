"""A code and its facts become one sentence; nothing is ever lost, nothing is read as a template."""

from datetime import UTC, date, datetime

import pytest

from grondslag import wording
from grondslag.errors import InputError

FIELDS = [
    # fact                                          Dutch                      English
    ("plan.yaml", "plan.yaml", "plan.yaml"),
    (2015, "2015", "2015"),  # a year or a line number has no point
    (9999, "9999", "9999"),
    (12_345, "12.345", "12,345"),
    (-12_345, "-12.345", "-12,345"),
    (0.5, "0,5", "0.5"),
    (1234.567, "1.234,57", "1,234.57"),
    (date(2027, 3, 1), "1 maart 2027", "March 1, 2027"),
    (datetime(2027, 3, 1, 9, 5, tzinfo=UTC), "1 maart 2027 09:05", "1 March 2027 09:05"),
    (True, "ja", "yes"),
    (False, "nee", "no"),
    (None, "geen", "none"),
    (["a", 12_345], "a, 12.345", "a, 12,345"),
    ({"b", "a", "c"}, "a, b, c", "a, b, c"),
    ((), "", ""),
    ("{line} {0.__class__}", "{line} {0.__class__}", "{line} {0.__class__}"),
]


@pytest.fixture
def one_sentence(monkeypatch):
    """A catalogue of one sentence that shows one fact."""
    monkeypatch.setattr(wording, "catalogue", lambda *_: {"room.x": "[{fact}]"})


@pytest.mark.parametrize(("fact", "dutch", "english"), FIELDS)
def test_a_fact_is_written_as_the_language_writes_it(one_sentence, fact, dutch, english):
    assert wording.sentence("room.x", fact=fact) == f"[{dutch}]"
    assert wording.sentence("room.x", language="en", fact=fact) == f"[{english}]"


def test_a_missing_fact_leaves_its_place_visible(one_sentence):
    assert wording.sentence("room.x", other=1) == "[{fact}]"


def test_a_count_asked_for_as_such_has_its_points(monkeypatch):
    monkeypatch.setattr(wording, "catalogue", lambda *_: {"room.x": "{fact:n} in {year}"})

    assert wording.sentence("room.x", fact=5158, year=2015) == "5.158 in 2015"
    assert wording.sentence("room.x", language="en", fact=5158, year=2015) == "5,158 in 2015"


def test_a_format_asked_for_is_kept(monkeypatch):
    monkeypatch.setattr(wording, "catalogue", lambda *_: {"room.x": "{fact:.3f}"})

    assert wording.sentence("room.x", fact=1.5) == "1.500"


def test_a_code_without_a_sentence_gives_the_code_with_its_facts():
    assert wording.sentence("nowhere.at-all", line=3) == "nowhere.at-all (line=3)"
    assert not wording.has_sentence("nowhere.at-all")


def test_an_error_is_explained_in_dutch_unless_asked_otherwise():
    error = InputError("canonical.no-such-file", file="plan.yaml", folder="project")

    assert wording.explain(error) == (
        "Het bestand plan.yaml staat niet in de map project. Controleer de naam en de map."
    )
    assert wording.explain(error, language="en").startswith("The file plan.yaml is not in")
    assert wording.has_sentence(error.code, "en")


def test_a_fact_may_be_called_language_or_code(monkeypatch):
    monkeypatch.setattr(wording, "catalogue", lambda *_: {"room.x": "{language} {code}"})

    assert wording.explain(InputError("room.x", language="fr", code="A1")) == "fr A1"


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [(1234.5, 1, "1.234,5"), (1234.5, 0, "1.234"), (0.05, 2, "0,05"), (-3, 0, "-3"), (0, 2, "0")],
)
def test_a_number_is_written_the_dutch_way(value, digits, written):
    assert wording.number(value, digits=digits) == written


@pytest.mark.parametrize(
    ("fact", "written"),
    [(1234, "1.234"), (999, "999"), (-1234567, "-1.234.567"), ("minder dan 10", "minder dan 10"),
     (None, "geen"), (True, "ja")],
)  # fmt: skip
def test_a_count_in_a_sentence_has_its_point_and_words_stay_words(monkeypatch, fact, written):
    monkeypatch.setattr(wording, "catalogue", lambda *_: {"room.x": "{count:n}"})

    assert wording.sentence("room.x", count=fact) == written


@pytest.mark.parametrize(
    ("fact", "written"),
    [(2.0, "2,0"), (1.7, "1,7"), (0.9, "0,90"), (12, "12,0"), (None, "geen"), ("veel", "veel")],
)
def test_a_ratio_in_a_sentence_keeps_its_decimals(monkeypatch, fact, written):
    monkeypatch.setattr(wording, "catalogue", lambda *_: {"room.x": "{ratio:r}"})

    assert wording.sentence("room.x", ratio=fact) == written


@pytest.mark.parametrize(
    "code", ["neighbourhoods.answer-ratio", "neighbourhoods.answer-ratio-unclear"]
)
def test_a_margin_has_the_same_decimals_at_both_ends(code):
    said = wording.sentence(code, ratio=1.9, low=1.7, high=2.0, word="waarschijnlijk")

    assert "mogelijk 1,7 tot 2,0" in said


def test_a_day_is_written_in_words():
    assert wording.day(date(2027, 3, 1)) == "1 maart 2027"
    assert wording.day(date(2027, 3, 1), language="en") == "March 1, 2027"


def test_a_room_without_catalogue_has_no_sentences():
    assert wording.catalogue("nowhere", "nl") == {}


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "[nl: data-eigenaar]"), ("en", "[en: owner]")]
)
def test_a_fact_can_be_a_word_of_a_catalogue(monkeypatch, language, said):
    words = {"nl": "data-eigenaar", "en": "owner"}
    monkeypatch.setattr(
        wording,
        "catalogue",
        lambda _, language: {"room.x": f"[{language}: {{role}}]", "room.owner": words[language]},
    )

    assert wording.sentence("room.x", language=language, role=wording.Word("room.owner")) == said
