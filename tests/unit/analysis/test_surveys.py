"""A survey per area: who may be shown, what all areas together make of few answers."""

import numpy as np
import pyarrow as pa
import pytest

from grondslag.analysis import say, survey_said
from grondslag.analysis.neighbourhoods import neighbourhoods
from grondslag.analysis.surveys import Answers, answers_in, surveyed
from grondslag.errors import InputError
from grondslag.plan import Survey
from made_delivery import OPEN, let_out
from made_neighbourhoods import BUURTEN, made_neighbourhoods

SURVEY = Survey("enquete", "buurt", "deelnemers", "percentage", "fout")


def table(*rows):
    names = ("buurt", "deelnemers", "percentage", "fout")
    return pa.table({name: [row[at] for row in rows] for at, name in enumerate(names)})


@pytest.mark.parametrize(
    ("respondents", "share", "shown"),
    [
        (100, 10.0, True),
        (100, 9.9, False),  # fewer than ten said yes
        (100, 90.1, False),  # fewer than ten said no
        (1000, 1.0, True),
        (19, 50.0, False),
    ],
)
def test_an_area_is_shown_when_ten_said_yes_and_ten_said_no(respondents, share, shown):
    found = answers_in(table(("B11", respondents, share, 2.0)), SURVEY, minimum=10)

    assert bool(found) is shown


def test_an_area_without_an_answer_is_left_out():
    assert answers_in(table(("B11", None, None, None)), SURVEY, minimum=10) == {}


def test_a_share_that_cannot_be_is_refused():
    with pytest.raises(InputError) as refused:
        answers_in(table(("B11", 100, 130.0, 2.0)), SURVEY, minimum=10)

    assert refused.value.code == "neighbourhoods.no-survey-answer"


def even(count=30, *, share=20.0, error=4.0, seed=3):
    chance = np.random.default_rng(seed)
    return {
        f"B{n:02d}": Answers(100, share + float(chance.normal(0, error)), error)
        for n in range(count)
    }


def test_an_area_that_really_differs_is_found_among_even_ones():
    answers = even() | {"B99": Answers(100, 45.0, 4.5)}

    cells = {cell.keys[0]: cell.derived for cell in surveyed(answers, focus=()).cells}

    assert cells["B99"]["stands"] == 1
    assert cells["B99"]["certainty"] > 0.95
    assert cells["B99"]["estimate"] < 45.0


def test_areas_that_differ_by_chance_alone_are_drawn_to_the_mean():
    found = surveyed(even(), focus=())

    estimates = [cell.derived["estimate"] for cell in found.cells]
    assert max(estimates) - min(estimates) < 6
    assert found.town == pytest.approx(20, abs=2)


def test_of_forty_towns_without_any_difference_few_have_an_area_that_stands_out():
    called = 0
    for seed in range(40):
        cells = surveyed(even(seed=seed), focus=()).cells
        called += any(c.derived["certainty"] > 0.95 and c.derived["stands"] for c in cells)

    assert called <= 4


def test_few_answers_weigh_less_than_many():
    answers = even() | {"veel": Answers(900, 40.0, 1.6), "weinig": Answers(25, 40.0, 9.8)}

    cells = {cell.keys[0]: cell.derived for cell in surveyed(answers, focus=()).cells}

    assert cells["weinig"]["estimate"] < cells["veel"]["estimate"] < 40.0


def test_a_handful_of_areas_gets_no_model():
    found = surveyed(even(4), focus=())

    assert found.town is None
    assert all("estimate" not in cell.derived for cell in found.cells)


def test_survey_and_counts_stand_side_by_side_and_the_reader_is_told_that_they_differ(tmp_path):
    counts = dict.fromkeys(BUURTEN, 95) | {"B53": 200}
    sizes = dict.fromkeys(BUURTEN, (300, 700))
    chance = np.random.default_rng(8)
    survey = [
        (code, 150, {"B11": 55.0, "B53": 19.0}.get(code, 20.0 + float(chance.normal(0, 3))), 3.3)
        for code in BUURTEN
    ]
    delivery = made_neighbourhoods(
        tmp_path, counts, sizes, per_kind=(1545, 840), focus=["B53", "B11"], survey=survey
    )

    result = neighbourhoods(delivery, profile=OPEN)

    released = let_out(tmp_path, result.figures)
    said = [one.code for one in survey_said(result.facts, released)]
    assert "neighbourhoods.survey-not" in said  # counted, not felt
    assert "neighbourhoods.survey-only" in said  # felt, not counted
    text = " ".join(say(one) for one in survey_said(result.facts, released))
    assert "Buurt 11: 55% van 150 deelnemers" in text
