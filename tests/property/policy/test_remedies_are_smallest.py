"""What is proposed is lawful, does what it says, and is the smallest there is."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grondslag.errors import InputError
from grondslag.policy import Severity, apply_change, apply_changes, check, propose
from grondslag.policy.changes import try_change
from grondslag.policy.edits import DropDataset
from made_cases import agreement, asks, case, link, party

FAULTS = {
    "a form that is not offered": {"plan.data.0.columns.1.form": "quarter"},
    "a day, delivered per month": {"plan.data.0.rows.period.from": "2024-01-15"},
    "no end": {"plan.end_date": "2040-01-01"},
    "a rhythm without end": {"plan.rhythm": {"kind": "yearly", "until": "2031-01-01"}},
    "records above the plan": {"plan.data.0.output": "anonymous"},
    "a reason that is none": {"plan.data.0.columns.0.reason": "Dat is handig om te hebben."},
}
"""Faults that a change of the plan takes away, one by one."""

SMALL = {
    "lawful": {},
    "one form": FAULTS["a form that is not offered"],
    "form and period": FAULTS["a form that is not offered"] | FAULTS["a day, delivered per month"],
    "end and rhythm": FAULTS["no end"] | FAULTS["a rhythm without end"],
    "above the plan, and a filler": FAULTS["records above the plan"]
    | FAULTS["a reason that is none"],
    "a BSN and a name": {"plan.data": [asks("meldingen", "bsn", "naam", "soort")]},
    "another purpose": {
        "plan.data": [asks("meldingen", ("dag", "month")), asks("inwoners", "buurt")],
        "inwoners.privacy.purposes": ["verkiezingen"],
    },
    "names, cheaper to leave out together": {
        "plan.data": [
            asks("meldingen", ("dag", "month"), "soort"),
            asks("inwoners", "nummer", "geheim", "buurt", output="anonymous"),
        ],
        "plan.output": {
            "step": "anonymous",
            "reasons": dict.fromkeys(("aggregate", "anonymous"), "Minder is niet genoeg hier."),
        },
    },
    "a link nobody allows": {
        "plan.data": [asks("meldingen", "buurt"), asks("inwoners", "buurt")],
        "plan.links": [link(until="2030-01-01")],
        "inwoners.privacy.linking.domains": ["housing"],
    },
    "an agreement that ends first": {
        "plan.parties": [party()],
        "documents": [agreement(valid_until="2027-12-31")],
        "plan.rhythm": {"kind": "yearly", "until": "2028-02-01"},
    },
    "an agreement that ends before the latest end": {
        "plan.end_date": "2040-01-01",
        "plan.parties": [party()],
        "documents": [agreement(valid_until="2027-12-31")],
    },
    "residents for another organisation": {
        "plan.data": [asks("meldingen", "soort"), asks("inwoners", "buurt")],
        "plan.parties": [party("recipient", "afspraak")],
        "documents": [
            agreement(
                "data_sharing",
                covers={
                    "datasets": ["meldingen", "inwoners"],
                    "purposes": ["verkeersveiligheid"],
                },
            )
        ],
    },
    "medical records": {
        "meldingen.privacy.secrecy": "medical",
        "plan.data": [asks("meldingen", "klacht", "soort", output="anonymous", count="persons")],
        "plan.special_grounds": [
            {
                "category": "special",
                "dataset": "meldingen",
                "exception": "24",
                "law": "Wegenwet",
                "article": "16",
            }
        ],
        "plan.output": {
            "step": "anonymous",
            "reasons": dict.fromkeys(("aggregate", "anonymous"), "Minder is niet genoeg hier."),
        },
    },
}


def is_done(verdict):
    """No refusal or wait is left that a change of the plan takes away."""
    return not any(
        finding.automatic_remedies
        for finding in verdict.findings
        if finding.severity in (Severity.REFUSES, Severity.WAITS)
    )


def remedies_in(whole):
    """Every change named by a finding that must go, and the datasets it is about."""
    changes = {
        change
        for finding in check(whole).findings
        if finding.severity in (Severity.REFUSES, Severity.WAITS)
        for change in finding.automatic_remedies
    }
    return changes | {DropDataset(name) for change in changes for name in change.datasets}


def with_changes(whole, changes):
    """The case with changes made; None when they do not fit together."""
    plan = whole.plan
    try:
        for change in changes:
            plan = try_change(plan, change)
    except InputError:
        return None
    return replace(whole, plan=plan)


def cheapest(whole, *, most):
    """The cost of the cheapest set of at most so many changes, by trying them all."""
    universe = remedies_in(whole)
    for change in sorted(universe, key=lambda item: item.order):
        made = with_changes(whole, [change])
        universe |= set() if made is None else remedies_in(made)
    costs = []
    for size in range(most + 1):
        for chosen in combinations(sorted(universe, key=lambda item: item.order), size):
            cost = sum(change.cost for change in chosen)
            if costs and cost >= min(costs):
                continue
            made = with_changes(whole, chosen)
            if made is not None and is_done(check(made)):
                costs.append(cost)
    return min(costs)


@pytest.mark.parametrize("name", SMALL)
def test_nothing_smaller_exists(name):
    whole = case(SMALL[name])

    proposal = propose(whole)

    assert proposal is not None
    assert proposal.is_smallest
    assert proposal.cost == cheapest(whole, most=4)
    assert proposal.cost == sum(change.cost for change in proposal.changes)


@pytest.mark.parametrize("name", SMALL)
def test_what_is_proposed_gives_what_it_promised(name):
    whole = case(SMALL[name])

    proposal = propose(whole)

    for option in (proposal.best, *proposal.alternatives):
        plan = apply_changes(whole.plan, ())  # in the lines in which a proposal is written out
        for change in option.changes:
            plan = apply_change(plan, change)
        verdict = check(replace(whole, plan=plan))
        assert verdict == option.verdict
        assert is_done(verdict)
        assert plan == option.case.plan
        assert verdict.with_severity(Severity.REFUSES) == ()


@pytest.mark.parametrize("name", SMALL)
def test_alternatives_cost_no_less_and_are_other_ways(name):
    proposal = propose(case(SMALL[name]))

    costs = [proposal.cost, *(option.cost for option in proposal.alternatives)]
    assert costs == sorted(costs)
    ways = [frozenset(option.changes) for option in (proposal.best, *proposal.alternatives)]
    assert len(ways) == len(set(ways))
    assert len(ways) <= 3


@settings(max_examples=20)
@given(chosen=st.sets(st.sampled_from(sorted(FAULTS)), max_size=4))
def test_faults_together_are_all_taken_away(chosen):
    changes = {}
    for name in sorted(chosen):
        changes |= FAULTS[name]
    whole = case(changes)

    proposal = propose(whole)

    assert proposal is not None
    assert is_done(proposal.verdict)
    assert proposal.verdict.with_severity(Severity.REFUSES) == ()


def test_a_plan_that_says_no_itself_has_no_remedy():
    assert propose(case({"plan.question.proceed.answer": "no"})) is None


def test_what_only_people_can_do_is_listed_beside_the_changes():
    whole = case({"plan.access.0.who": "iedereen"} | FAULTS["a form that is not offered"])

    proposal = propose(whole)

    assert [type(change).__name__ for change in proposal.changes] == ["Coarsen"]
    assert [type(change).__name__ for change in proposal.best.by_people] == ["LimitAccess"]


def test_a_dataset_the_question_rests_on_is_left_to_people():
    analysis = {
        "question": "area_comparison",
        "dataset": "meldingen",
        "area": "buurt",
        "focus": ["W1"],
        "comparison": "andere wijken",
    }
    whole = case({"meldingen.retention": False, "plan.analysis": analysis})

    proposal = propose(whole)

    assert proposal.changes == ()
    assert [type(change).__name__ for change in proposal.best.by_people] == ["AskOwner"]
