"""Which question a plan puts, and who answers it."""

from dataclasses import replace

import pytest

from grondslag.analysis import QUESTIONS, area_comparison, ask, statements, told
from grondslag.errors import InputError
from grondslag.plan.reading import plan_schema
from grondslag.report.parts import _PARTS
from made_delivery import crash_table, let_out, made_delivery

EVEN = {street: [("UMS", 20), ("LET", 12)] for street in ("S11", "S12", "S21", "S22")}


def test_the_plan_knows_every_question_and_no_other():
    named = plan_schema()["properties"]["analysis"]["properties"]["question"]["enum"]

    assert set(named) == set(QUESTIONS)


def test_every_question_has_its_parts_of_the_page():
    assert set(_PARTS) == set(QUESTIONS)


def test_the_question_of_the_plan_is_put(tmp_path):
    delivery = made_delivery(tmp_path, crash_table(EVEN))

    result = ask(delivery)

    assert result == area_comparison(delivery)
    released = let_out(tmp_path, result.figures)
    said = told(result.facts, released)
    assert said.headline == statements(result.facts, released).headline


def test_a_plan_without_a_question_gets_no_answer(tmp_path):
    made = made_delivery(tmp_path, crash_table(EVEN))
    silent = replace(made, plan=replace(made.plan, analysis=None))

    with pytest.raises(InputError) as refused:
        ask(silent)

    assert refused.value.code == "analysis.no-question"
