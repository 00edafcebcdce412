"""The guards, put to what an analysis does."""

from dataclasses import replace

import pytest

from grondslag.analysis import area_comparison, ask, say, told
from grondslag.analysis.guarding import comparisons_in, population_of, visited_areas
from made_delivery import OPEN, STREETS, crash_table, let_out, made_delivery
from made_neighbourhoods import BUURTEN, made_neighbourhoods

EVEN = {street: [("UMS", 20), ("LET", 12)] for street in STREETS}
TEMPTING = "Door hardrijders gebeuren hier meer ongevallen."


def codes(notes):
    return [note.code for note in notes]


def asking_why(delivery):
    question = replace(delivery.plan.question, know=TEMPTING)
    return replace(delivery, plan=replace(delivery.plan, question=question))


def test_the_number_of_comparisons_is_said_and_is_what_was_compared(tmp_path):
    result = area_comparison(made_delivery(tmp_path, crash_table(EVEN)), profile=OPEN)

    (said,) = [
        note for note in result.facts.warnings if note.code == "analysis.guard-several-compared"
    ]
    compared = f"{result.facts.answer_level}-{result.facts.primary}"
    cells = next(one for one in result.figures if one.id == compared).cells
    assert said.fields["compared"] == sum("ratio" in cell.derived for cell in cells) > 1


def test_without_a_comparison_none_is_counted(tmp_path):
    result = area_comparison(made_delivery(tmp_path, crash_table(EVEN)), profile=OPEN)

    assert comparisons_in(result.figures, "") == 0
    assert comparisons_in(result.figures, "city") == 0


def test_a_plan_that_says_why_gets_the_warning_with_its_answer(tmp_path):
    result = ask(asking_why(made_delivery(tmp_path, crash_table(EVEN))), profile=OPEN)

    assert "analysis.guard-causal-word" in codes(result.facts.warnings)
    shown = [say(one) for one in told(result.facts, let_out(tmp_path, result.figures)).quality]
    assert (
        "Bij ‘know’ staat “door”. De cijfers zeggen waar het misgaat, en niet waarom. "
        "Schrijf op wat je ziet."
    ) in shown


@pytest.mark.parametrize(
    ("row", "name", "visited"),
    [
        ("Een misdrijf", "Stationsbuurt", True),
        ("Een woning", "Stationsbuurt", False),
        ("Een misdrijf", "Vogelwijk", False),
    ],
)
def test_everybody_comes_to_a_station_and_only_some_things_happen_to_everybody(row, name, visited):
    assert visited_areas(row, [name]) == ((name,) if visited else ())


def made_town(folder, **settings):
    even = dict.fromkeys(BUURTEN, (300, 700))
    kinds = (60 * len(BUURTEN), 35 * len(BUURTEN))
    return made_neighbourhoods(folder, dict.fromkeys(BUURTEN, 95), even, per_kind=kinds, **settings)


def test_the_contract_says_what_the_population_is(tmp_path):
    delivery = made_town(tmp_path)
    silent = replace(delivery, plan=replace(delivery.plan, analysis=None))

    assert population_of(delivery) == "residents"
    assert population_of(silent) == ""


def test_areas_compared_fairly_pass_the_guards_too(tmp_path):
    result = ask(asking_why(made_town(tmp_path, focus=["B53"])), profile=OPEN)

    assert {"analysis.guard-causal-word", "analysis.guard-several-compared"} <= set(
        codes(result.facts.warnings)
    )
