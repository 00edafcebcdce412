"""Which requested columns the answer does without, tried on made-up data."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from commanding import works
from grondslag.contracts import read_contracts
from grondslag.errors import InputError
from grondslag.plan import read_plan
from grondslag.synthetic.needs import Use, column_uses

EXAMPLE = Path(__file__).parents[3] / "examples" / "utrecht-verkeersveiligheid"
DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def uses():
    plan, contracts = read_plan(EXAMPLE / "plan.yaml"), read_contracts(EXAMPLE / "contracts")
    return {
        (one.dataset, one.column): one for one in column_uses(plan, contracts, day=DAY, minimum=10)
    }


@pytest.mark.parametrize(
    "column", [("ongevallen", "wijk_code"), ("ongevallen", "ap3_code"), ("wijken", "population")]
)
def test_what_the_answer_is_made_of_is_needed(uses, column):
    assert uses[column].use is Use.NEEDED
    assert uses[column].change is None


def test_a_name_that_the_list_of_areas_has_too_is_not_needed(uses):
    found = uses["wijken", "name"]

    assert found.use is Use.UNUSED
    assert found.change is not None


def test_every_requested_column_was_tried(uses):
    plan = read_plan(EXAMPLE / "plan.yaml")

    assert set(uses) == {(need.dataset, one.name) for need in plan.data for one in need.columns}


def test_a_plan_without_a_question_cannot_be_tried():
    plan = replace(read_plan(EXAMPLE / "plan.yaml"), analysis=None)

    with pytest.raises(InputError) as refused:
        column_uses(plan, read_contracts(EXAMPLE / "contracts"), day=DAY, minimum=10)

    assert refused.value.code == "analysis.no-question"


def test_check_says_what_the_answer_does_without():
    said = works("check", EXAMPLE, "--needs")

    assert "verzonnen gegevens" in said.out
    assert "Zonder name van wijken" in said.out.replace("\n", " ")
