"""Parties, impact assessment, decisions about people: what each rule says of which plan."""

import pytest

from made_cases import ASSESSED, GONE, agreement, asks, impact, link, party
from rule_tables import found, names_of, rows_of

NOBODY = {"plan.data": [asks("wegen", "straat")]}
REQUIRED = {"plan.assessment": ASSESSED}
MADE = REQUIRED | {"documents": [impact()]}


def with_party(role, *documents, **changes):
    """The plan names another organisation, and these documents stand."""
    return {"plan.parties": [party(role, **changes)], "documents": list(documents)}


def assessed(**changes):
    """A required impact assessment, with something else in it."""
    return REQUIRED | {"documents": [impact(**changes)]}


TABLES = {
    "parties.processor-is-bound": [
        ("nobody else", {}, []),
        ("bound on all points", with_party("processor", agreement()), []),
        ("no agreement", with_party("processor"), ["none"]),
        ("no agreement, about roads", NOBODY | with_party("processor"), []),
        ("an agreement of another kind", with_party("processor", agreement("joint")), ["none"]),
        (
            "an agreement with somebody else",
            with_party("processor", agreement(parties=["Gemeente Voorbeeldstad", "Ander BV"])),
            ["none"],
        ),
        (
            "no audits",
            with_party("processor", agreement(terms=agreement()["terms"] | {"audits": "no"})),
            ["incomplete"],
        ),
        (
            "audits unclear",
            with_party("processor", agreement(terms=agreement()["terms"] | {"audits": "unclear"})),
            ["incomplete"],
        ),
        ("no points known", with_party("processor", agreement(terms={})), ["incomplete"]),
        (
            "not yet signed",
            with_party("processor", agreement(signed="2027-04-01")),
            ["none"],
        ),
        (
            "ends before the plan",
            with_party("processor", agreement(valid_until="2027-12-31")),
            ["ends-first"],
        ),
        (
            "covers other data",
            with_party(
                "processor",
                agreement(covers={"datasets": ["wegen"], "purposes": ["verkeersveiligheid"]}),
            ),
            ["covers-less"],
        ),
        (
            "covers another purpose",
            with_party(
                "processor",
                agreement(covers={"datasets": ["meldingen"], "purposes": ["afvalbeleid"]}),
            ),
            ["covers-less"],
        ),
    ],
    "parties.joint-controllers-arranged-it": [
        ("arranged", with_party("joint_controller", agreement("joint")), []),
        ("no arrangement", with_party("joint_controller"), ["none"]),
        (
            "nothing about rights",
            with_party("joint_controller", agreement("joint", rights_arranged="unclear")),
            ["rights"],
        ),
    ],
    "parties.partner-has-own-ground": [
        ("agreement and ground", with_party("partner", agreement("data_sharing")), []),
        ("no agreement", with_party("partner"), ["none"]),
        (
            "an agreement alone",
            with_party("recipient", agreement("data_sharing", grounds=[])),
            ["none"],
        ),
        (
            "a ground nobody read",
            with_party(
                "partner",
                agreement(
                    "data_sharing",
                    grounds=[{"party": "Rekenbureau BV", "law": "Politiewet", "article": "3"}],
                ),
            ),
            ["unread"],
        ),
    ],
    "assessment.question-is-answered": [
        ("answered", {}, []),
        ("not answered", {"plan.assessment": GONE}, ["none"]),
        ("not answered, about roads", NOBODY | {"plan.assessment": GONE}, []),
    ],
    "assessment.answers-follow-the-plan": [
        ("nothing follows from the plan", {}, []),
        ("data about health, not ticked", {"plan.data": [asks("meldingen", "klacht")]}, ["added"]),
        (
            "data about health, ticked",
            {
                "plan.data": [asks("meldingen", "klacht")],
                "plan.assessment.criteria": ["sensitive_data"],
            },
            [],
        ),
        ("a column nobody described", {"plan.data": [asks("meldingen", "duister")]}, ["added"]),
        ("children", {"meldingen.privacy.data_subjects": ["children"]}, ["added"]),
        (
            "a machine that decides, or may",
            {"plan.automation": {"solely": "unclear", "profiling": "no"}},
            ["added"],
        ),
        ("no questions answered: another rule waits", {"plan.assessment": GONE}, []),
    ],
    "assessment.is-made-when-required": [
        ("not required", {}, []),
        ("one item of the list, none made", REQUIRED, ["none"]),
        ("one item of the list, made", MADE, []),
        (
            "one criterion",
            {"plan.assessment.criteria": ["scoring"]},
            ["advised"],
        ),
        (
            "two criteria, none made",
            {"plan.assessment.criteria": ["scoring", "large_scale"]},
            ["none"],
        ),
        ("a new by-law is prepared", {"plan.assessment.new_law": "yes"}, ["none"]),
        ("unclear whether one is", {"plan.assessment.new_law": "unclear"}, ["none"]),
        (
            "very sensitive data with a partner: an item of the list",
            with_party("partner", agreement("data_sharing"))
            | {"plan.data": [asks("meldingen", "klacht")]},
            ["none"],
        ),
        (
            "one criterion, and data about health",
            {
                "plan.data": [asks("meldingen", "klacht")],
                "plan.assessment.criteria": ["scoring"],
            },
            ["none"],
        ),
        (
            "one criterion, and a column nobody described",
            {
                "plan.data": [asks("meldingen", "duister")],
                "plan.assessment.criteria": ["scoring"],
            },
            ["none"],
        ),
        (
            "one criterion, and a link",
            {
                "plan.data": [asks("meldingen", "buurt"), asks("inwoners", "buurt")],
                "plan.links": [link()],
                "plan.assessment.criteria": ["scoring"],
            },
            ["none"],
        ),
        (
            "one criterion, and data about children",
            {
                "meldingen.privacy.data_subjects": ["children"],
                "plan.assessment.criteria": ["scoring"],
            },
            ["none"],
        ),
        ("not finished", assessed(concluded="unclear"), ["unfinished"]),
        (
            "about other data",
            assessed(covers={"datasets": ["wegen"], "purposes": ["verkeersveiligheid"]}),
            ["covers-less"],
        ),
        ("due for review", assessed(review_date="2027-02-01"), ["review"]),
        ("an item of the list, about roads", NOBODY | REQUIRED, []),
    ],
    "assessment.officer-was-heard": [
        ("advice was given", MADE, []),
        (
            "no advice",
            REQUIRED
            | {
                "documents": [
                    {key: value for key, value in impact().items() if key != "officer_advice"}
                ]
            },
            ["no-advice"],
        ),
    ],
    "assessment.no-high-risk-is-left": [
        ("no high risk", MADE, []),
        ("a high risk, by the plan", {"plan.assessment.high_risk_left": "yes"}, ["risk"]),
        ("unclear, by the plan", {"plan.assessment.high_risk_left": "unclear"}, ["risk"]),
        ("a high risk, by the assessment", assessed(high_risk_left="yes"), ["risk"]),
        ("unclear, by the assessment", assessed(high_risk_left="unclear"), ["risk"]),
    ],
    "assessment.measures-are-taken": [
        ("all done", MADE, []),
        (
            "one not done, one unclear",
            assessed(
                measures=[
                    {"what": "Een cursus voor de analisten.", "done": "no"},
                    {"what": "Een apart netwerk.", "done": "unclear"},
                ]
            ),
            ["open", "open"],
        ),
    ],
    "decision.a-person-looks-first": [
        ("no decision about a person", {}, []),
        ("a decision, nothing settled", {"plan.individual_decision": "yes"}, ["not-settled"]),
        ("unclear counts as yes", {"plan.individual_decision": "unclear"}, ["unclear"]),
        (
            "a decision, a person looks first",
            MADE | {"plan.individual_decision": "yes"},
            ["asked"],
        ),
        (
            "a decision, not settled in the assessment",
            assessed(human_intervention="unclear") | {"plan.individual_decision": "yes"},
            ["not-settled"],
        ),
        ("a decision, but roads only", NOBODY | {"plan.individual_decision": "yes"}, []),
    ],
}


@pytest.mark.parametrize(
    ("rule", "words", "changes", "expected"), rows_of(TABLES), ids=names_of(TABLES)
)
def test_the_rule_finds_what_the_table_says(rule, words, changes, expected):
    assert found(rule, changes) == expected
