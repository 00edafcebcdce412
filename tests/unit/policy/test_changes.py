"""A change of a plan is made in its document, fits or says so, and takes along what rests on it."""

from datetime import date

import pytest

from grondslag.errors import InputError
from grondslag.policy import apply_change
from grondslag.policy.changes import try_change
from grondslag.policy.edits import (
    ChangeCount,
    ChangeOutput,
    Coarsen,
    DropColumn,
    DropDataset,
    DropLink,
    DropParty,
    ShortenEnd,
    ShortenLink,
    ShortenPeriod,
    ShortenRhythm,
)
from grondslag.policy.people import AddAgreement, GiveReason
from grondslag.vocabulary import Form, OutputStep
from made_answers import further_use
from made_cases import asks, case, link, party

WIDE = case(
    {
        "plan.data": [
            asks("meldingen", "buurt", ("dag", "month"), output="pseudonymous")
            | {"rows": {"period": {"column": "dag", "from": "2024-01-01", "until": "2026-12-31"}}},
            asks("inwoners", "buurt"),
        ],
        "plan.links": [link(until="2029-01-01")],
        "plan.parties": [party()],
        "plan.rhythm": {"kind": "yearly", "until": "2030-01-01"},
        "plan.end_date": "2030-01-01",
        "plan.special_grounds": [
            {
                "category": "special",
                "dataset": "inwoners",
                "exception": "24",
                "law": "Wegenwet",
                "article": "16",
            }
        ],
        "plan.output": {
            "step": "pseudonymous",
            "reasons": {"aggregate": "Open is niet genoeg.", "anonymous": "Tellen is te weinig."},
        },
        "plan.analysis": {
            "question": "area_comparison",
            "dataset": "meldingen",
            "area": "buurt",
            "focus": ["W1"],
            "comparison": "andere wijken",
            "period": "dag",
            "residents": {"dataset": "inwoners", "area": "buurt", "value": "buurt"},
        },
    }
).plan


def test_a_column_is_left_out_with_what_the_analysis_does_with_it():
    plan = apply_change(WIDE, DropColumn("meldingen", "dag"))

    assert [item.name for item in plan.data[0].columns] == ["buurt"]
    assert plan.analysis.period == ""


def test_a_column_gets_another_form():
    plan = apply_change(WIDE, Coarsen("meldingen", "buurt", Form("area", "wijk"), 1))

    assert str(plan.data[0].columns[0].form) == "area:wijk"


def test_a_dataset_is_left_out_with_all_that_rests_on_it():
    plan = apply_change(WIDE, DropDataset("inwoners"))

    assert [item.dataset for item in plan.data] == ["meldingen"]
    assert (plan.links, plan.special_grounds, plan.analysis.residents) == ((), (), None)


def test_with_a_dataset_goes_why_it_may_serve_another_purpose():
    both = case(
        {
            "plan.data": [asks("meldingen", "buurt"), asks("inwoners", "buurt")],
            "plan.further_use": [further_use(), further_use(dataset="inwoners")],
        }
    ).plan

    plan = apply_change(both, DropDataset("inwoners"))

    assert [item.dataset for item in plan.further_uses] == ["meldingen"]


def test_a_link_and_an_organisation_are_left_out():
    plan = apply_change(apply_change(WIDE, DropLink("meldingen", "inwoners")),
                        DropParty("Rekenbureau BV"))  # fmt: skip

    assert (plan.links, plan.parties) == ((), ())


def test_a_lower_step_for_the_whole_plan_lowers_what_was_above_it():
    plan = apply_change(WIDE, ChangeOutput(None, OutputStep.AGGREGATE, 2))

    assert plan.output is OutputStep.AGGREGATE
    assert {item.output for item in plan.data} == {OutputStep.AGGREGATE}
    assert list(plan.output_reasons) == [OutputStep.AGGREGATE]


def test_a_lower_step_for_one_dataset_leaves_the_plan_as_it_was():
    plan = apply_change(WIDE, ChangeOutput("meldingen", OutputStep.ANONYMOUS, 1))

    assert [item.output for item in plan.data] == [OutputStep.ANONYMOUS, OutputStep.AGGREGATE]
    assert plan.output is OutputStep.PSEUDONYMOUS


def test_something_else_is_counted():
    assert apply_change(WIDE, ChangeCount("inwoners", "persons")).data[1].count == "persons"


def test_an_earlier_end_takes_along_repetition_and_links():
    plan = apply_change(WIDE, ShortenEnd(date(2028, 6, 1)))

    assert {plan.end_date, plan.rhythm_until, plan.links[0].until} == {date(2028, 6, 1)}


def test_link_rhythm_and_period_are_shortened():
    plan = apply_change(WIDE, ShortenLink("meldingen", "inwoners", date(2028, 1, 1)))
    plan = apply_change(plan, ShortenRhythm(date(2028, 2, 1)))
    plan = apply_change(plan, ShortenPeriod("meldingen", date(2025, 1, 1), date(2025, 12, 31)))

    assert plan.links[0].until == date(2028, 1, 1)
    assert plan.rhythm_until == date(2028, 2, 1)
    assert plan.data[0].period.start == date(2025, 1, 1)


UNFIT = [
    DropColumn("meldingen", "buurt"),  # the analysis is about it
    DropColumn("inwoners", "buurt"),  # nothing would be left
    DropColumn("meldingen", "naam"),
    Coarsen("meldingen", "naam", Form("year"), 1),
    Coarsen("meldingen", "buurt", Form("exact"), 1),  # it has that form
    DropDataset("meldingen"),  # the analysis is about it
    DropDataset("wegen"),
    DropLink("inwoners", "meldingen"),
    ShortenLink("inwoners", "meldingen", date(2028, 1, 1)),
    ShortenEnd(date(2031, 1, 1)),  # later is not sooner
    ShortenPeriod("inwoners", date(2025, 1, 1), date(2025, 12, 31)),
    ChangeOutput("wegen", OutputStep.OPEN, 1),
    DropParty("Niemand BV"),
]


@pytest.mark.parametrize("change", UNFIT, ids=str)
def test_a_change_that_does_not_fit_says_so(change):
    with pytest.raises(InputError) as caught:
        apply_change(WIDE, change)

    assert caught.value.code == "policy.change-does-not-fit"


@pytest.mark.parametrize("change", [AddAgreement("Rekenbureau BV"), GiveReason()], ids=str)
def test_what_people_must_do_is_never_done_by_the_engine(change):
    with pytest.raises(InputError) as caught:
        apply_change(WIDE, change)

    assert caught.value.code == "policy.change-is-for-people"


def test_the_last_dataset_cannot_be_left_out():
    with pytest.raises(InputError):
        apply_change(case().plan, DropDataset("meldingen"))


def test_trying_gives_the_same_plan_as_making():
    change = DropDataset("inwoners")

    assert try_change(WIDE, change) == apply_change(WIDE, change)


def test_the_plan_itself_is_not_touched():
    before = WIDE.sha256

    apply_change(WIDE, DropDataset("inwoners"))

    assert WIDE.sha256 == before
    assert [item.dataset for item in WIDE.data] == ["meldingen", "inwoners"]


def test_a_coarser_form_costs_less_than_the_column_and_the_column_less_than_the_dataset():
    coarser = Coarsen("meldingen", "buurt", Form("area", "wijk"), 9)

    assert coarser.cost < DropColumn("a", "b").cost < DropDataset("a").cost
    assert GiveReason().cost < DropDataset("a").cost
