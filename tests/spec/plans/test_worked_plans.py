"""Every worked plan gets the verdict an experienced data protection officer would give."""

import pytest

from worked_plans import FOLDER, after_remedy, deciding, verdict_of, words_of, worked_plans

PLANS = worked_plans()
NAMES = [plan.name for plan in PLANS]
OUTCOMES = ("go", "go_if", "not_yet", "no")


@pytest.mark.parametrize("plan", PLANS, ids=NAMES)
def test_the_verdict_is_that_of_an_experienced_officer(plan):
    verdict = verdict_of(plan)
    decides = deciding(verdict)

    found = {(item.rule, item.code) for item in decides}
    cited = {str(provision) for item in decides for provision in item.provisions}
    offered = words_of(change for item in decides for change in item.remedies)
    assert (verdict.outcome, {rule for rule, _ in found}) == (plan.outcome, set(plan.because)), (
        plan.story,
        found,
    )
    assert set(plan.articles) <= cited, plan.story
    assert set(plan.remedy) <= offered, plan.story


@pytest.mark.parametrize("plan", [plan for plan in PLANS if plan.after], ids=lambda plan: plan.name)
def test_the_smallest_change_leads_where_it_should(plan):
    assert after_remedy(plan) == plan.after


def test_every_plan_says_why_and_what_then():
    silent = [
        plan.name
        for plan in PLANS
        if plan.outcome not in OUTCOMES
        or (plan.outcome == "go") != (plan.because == ())
        or (plan.outcome != "go" and not (plan.remedy or plan.after == "none"))
        or len(plan.story) < 40
    ]

    assert silent == []
    assert len(set(NAMES)) == len(NAMES)
    assert PLANS, FOLDER


def test_a_twin_has_another_outcome():
    by_name = {plan.name: plan for plan in PLANS}

    alike = [
        plan.name for plan in PLANS if plan.twin and by_name[plan.twin].outcome == plan.outcome
    ]

    assert alike == []


def test_there_are_sixty_and_half_of_them_are_lawful():
    lawful = sum(plan.outcome in ("go", "go_if") for plan in PLANS)
    count = len(PLANS)

    assert count >= 60
    assert lawful >= count / 2
