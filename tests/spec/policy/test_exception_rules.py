"""Exceptions for special and criminal data: what each rule says of which plan."""

import pytest

from made_cases import GONE, agreement, asks, party
from rule_tables import found, names_of, rows_of

SPECIAL = {"plan.data": [asks("meldingen", "klacht")]}
CRIMINAL = {"plan.data": [asks("meldingen", "verdenking")]}
KIND = "meldingen.columns.klacht.kind"
WHY = {
    "public_interest": "Minder ongevallen bij kinderen en ouderen.",
    "consent_impossible": "De meldingen zijn van zes jaar, adressen zijn er niet meer.",
    "safeguards": "Alleen aantallen per wijk, en de code vervalt na drie maanden.",
}


def grounds(*pairs, **more):
    """The plan names exceptions, each as kind and article."""
    return {
        "plan.special_grounds": [
            {"category": category, "dataset": "meldingen", "exception": exception,
             "law": "Wegenwet", "article": "16", **more}
            for category, exception in pairs
        ]
    }  # fmt: skip


def health(exception, **more):
    return SPECIAL | grounds(("special", exception), **more)


def criminal(exception, **more):
    return CRIMINAL | grounds(("criminal", exception), **more)


BOTH = {"plan.data": [asks("meldingen", "klacht", "verdenking")]}
STAFF = {"meldingen.privacy.data_subjects": ["employees"]}
OBJECTIONS = {
    "meldingen.privacy.objections": {
        "dataset": "inwoners",
        "person": "nummer",
        "purpose": "buurt",
        "state": "geheim",
        "left_out_states": ["ja"],
    }
}
TOGETHER = {"plan.parties": [party("joint_controller")], "documents": [agreement("joint")]}

TABLES = {
    "special.exception-fits-the-kind": [
        ("no special data", {}, []),
        ("health under the article on health", health("30 lid 1 onder a"), []),
        ("belief under the article on health", health("30 lid 1 onder a") | {KIND: "belief"},
         ["other"]),
        ("origin under the article on origin", health("25 onder a") | {KIND: "ethnicity"}, []),
        ("health under the article on origin", health("25 onder a"), ["other"]),
        ("health under statistics", health("24"), []),
        ("genetic data under statistics at large", health("24") | {KIND: "genetic"}, ["other"]),
        ("genetic data under its own statistics",
         health("28 lid 2 onder b") | {KIND: "genetic"}, []),
        ("genetic data under explicit consent",
         health("22 lid 2 onder a") | {KIND: "genetic"}, []),
        ("nobody said which kind", health("30 lid 1 onder a") | {KIND: GONE}, ["unknown"]),
        ("nobody said which kind, statistics", health("24") | {KIND: GONE}, ["unknown"]),
        ("no exception: another rule refuses", health("46") | {KIND: GONE}, []),
    ],
    "special.research-says-why": [
        ("no special data", {}, []),
        ("another exception", health("30 lid 1 onder a"), []),
        ("statistics, all three told", health("24", **WHY), []),
        ("statistics, nothing told", health("24"), ["missing"]),
        ("statistics, one in a word", health("24", **WHY | {"safeguards": "Pseudoniem."}),
         ["missing"]),
        ("statistics, one a filler",
         health("24", **WHY | {"public_interest": "Nog te bepalen met het college."}),
         ["missing"]),
        ("criminal data for statistics, all three told", criminal("32 onder f", **WHY), []),
        ("criminal data for statistics, nothing told", criminal("32 onder f"), ["missing"]),
        ("the ground names data nobody asks", grounds(("special", "24")), []),
    ],
    "special.addition-has-its-main-thing": [
        ("no addition", health("24"), []),
        ("an addition to criminal data that may",
         BOTH | grounds(("special", "23 onder c"), ("criminal", "33 lid 1 onder a")), []),
        ("an addition to nothing", health("23 onder c"), ["alone"]),
        ("an addition to criminal data that may not",
         BOTH | grounds(("special", "23 onder c"), ("criminal", "46")), ["alone"]),
    ],
    "special.written-objection-counts": [
        ("no preferred position", health("25 onder a") | {KIND: "ethnicity"}, []),
        ("objections are kept",
         health("25 onder b") | {KIND: "ethnicity"} | OBJECTIONS, []),
        ("objections are kept nowhere", health("25 onder b") | {KIND: "ethnicity"},
         ["nowhere"]),
    ],
    "criminal.partnership-is-arranged": [
        ("another exception", criminal("33 lid 1 onder a"), []),
        ("a partnership that was arranged", criminal("33 lid 1 onder b") | TOGETHER, []),
        ("no partnership", criminal("33 lid 1 onder b"), ["alone"]),
        ("an agreement to share is no partnership",
         criminal("33 lid 1 onder b")
         | {"plan.parties": [party("partner")], "documents": [agreement("data_sharing")]},
         ["alone"]),
        ("a partnership that is not signed yet",
         criminal("33 lid 1 onder b")
         | {"plan.parties": [party("joint_controller")],
            "documents": [agreement("joint", signed="2027-04-01")]}, ["alone"]),
    ],
    "criminal.request-ends-in-a-decision": [
        ("another exception", criminal("33 lid 1 onder a"), []),
        ("a decision on a request",
         criminal("33 lid 2 onder a") | {"plan.individual_decision": "yes"}, []),
        ("no decision on anybody", criminal("33 lid 2 onder a"), ["none"]),
        ("unclear whether one falls",
         criminal("33 lid 2 onder a") | {"plan.individual_decision": "unclear"}, ["none"]),
    ],
    "criminal.staff-data-is-about-staff": [
        ("another exception", criminal("33 lid 1 onder a"), []),
        ("staff only", criminal("33 lid 3") | STAFF, []),
        ("residents too",
         criminal("33 lid 3")
         | {"meldingen.privacy.data_subjects": ["employees", "residents"]}, ["others"]),
        ("nobody said who it is about", criminal("33 lid 3"), ["others"]),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "words", "changes", "expected"), rows_of(TABLES), ids=names_of(TABLES)
)
def test_the_rule_finds_what_the_table_says(rule, words, changes, expected):
    assert found(rule, changes) == expected
