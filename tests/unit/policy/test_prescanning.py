"""Whether an impact assessment is needed, from answers and from the plan itself."""

import pytest

from grondslag.policy import Need, prescan
from grondslag.vocabulary import AssessmentCriterion, AssessmentListItem
from made_cases import GONE, asks, case, link, party

HEALTH = {"plan.data": [asks("meldingen", "klacht")]}
LARGE = {"plan.assessment.criteria": ["large_scale"]}
LINKED = {
    "plan.data": [asks("meldingen", "buurt"), asks("inwoners", "buurt")],
    "plan.links": [link()],
}
MONITORED = {"plan.assessment.criteria": ["systematic_monitoring"]}

NEEDS = {
    "nothing": ({}, Need.NOT_NEEDED),
    "one criterion": ({"plan.assessment.criteria": ["scoring"]}, Need.ADVISED),
    "two criteria": ({"plan.assessment.criteria": ["scoring", "large_scale"]}, Need.REQUIRED),
    "an item of the list": ({"plan.assessment.list_items": ["location"]}, Need.REQUIRED),
    "nobody answered": ({"plan.assessment": GONE}, Need.UNKNOWN),
    "nobody answered, and two signs": (LINKED | {"plan.assessment": GONE,
                                       "meldingen.privacy.data_subjects": ["victims"]},
                                       Need.REQUIRED),
    "roads only": ({"plan.data": [asks("wegen", "straat")],
                    "plan.assessment.list_items": ["location"]}, Need.NOT_NEEDED),
}  # fmt: skip


@pytest.mark.parametrize("name", NEEDS)
def test_signs_come_to_a_need(name):
    changes, need = NEEDS[name]

    assert prescan(case(changes)).need is need


def test_health_is_on_the_list_only_when_large_or_systematic():
    small, large = prescan(case(HEALTH)), prescan(case(HEALTH | LARGE))

    assert small.list_items == frozenset()
    assert large.list_items == {AssessmentListItem.HEALTH}
    assert large.unanswered == {"health", "sensitive_data"}


def test_what_was_ticked_is_not_called_unanswered():
    ticked = HEALTH | {"plan.assessment.criteria": ["sensitive_data", "scoring"]}

    scanned = prescan(case(ticked))

    assert scanned.unanswered == frozenset()
    assert scanned.criteria == {AssessmentCriterion.SENSITIVE_DATA, AssessmentCriterion.SCORING}


@pytest.mark.parametrize(
    ("changes", "item"),
    [
        (HEALTH | {"plan.parties": [party("joint_controller")]}, AssessmentListItem.PARTNERSHIP),
        (LARGE | {"meldingen.privacy.domain": "income"}, AssessmentListItem.FINANCIAL_SITUATION),
        (
            MONITORED | {"meldingen.privacy.domain": "employees"},
            AssessmentListItem.EMPLOYEE_MONITORING,
        ),
        (
            HEALTH | LARGE | {"meldingen.columns.klacht.kind": "genetic"},
            AssessmentListItem.GENETIC,
        ),
    ],
)
def test_items_of_the_list_follow_from_the_plan(changes, item):
    assert item in prescan(case(changes)).list_items
