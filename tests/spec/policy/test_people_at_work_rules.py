"""Employees and algorithms: what each rule says."""

from datetime import date

import pytest

from grondslag.policy.rules.algorithms import HIGH_RISK, PROHIBITED
from grondslag.vocabulary import AlgorithmUse
from made_cases import ASSESSED, GONE, asks, case
from rule_tables import found, names_of, rows_of

STAFF = {"meldingen.privacy.domain": "employees"}
CODES = {"plan.data": [asks("meldingen", ("melder", "pseudonym"), output="pseudonymous")]}
WATCHED = {"plan.assessment": ASSESSED | {"list_items": ["employee_monitoring"]}}
JUDGED = {"plan.individual_decision": "yes"}
OTHER = {"plan.purpose": {"key": "verzuim", "text": "Weten waar veel mensen ziek zijn."}}


def council(answer, document="Instemming van 12 januari 2027, nummer 4"):
    """What the works council said."""
    return {"plan.works_council": {"answer": answer, "document": document}}


def program(use, learning="yes", **more):
    """What a program is used for."""
    return {"plan.algorithm": {"use": use, "learning": learning} | more}


LONG = {"plan.end_date": "2028-03-01"}
SHORT = {"plan.end_date": "2027-09-01"}
LATE = {"plan.date": "2028-01-10"}

TABLES = {
    "employees.works-council-agreed": [
        ("residents", {}, []),
        ("employees, the works council agreed", STAFF | council("consented"), []),
        ("employees, an arrangement stands", STAFF | council("arranged"), []),
        ("employees, agreed, and nobody says where", STAFF | council("consented", "nog invullen"),
         ["check"]),
        ("employees, counts for what they are kept for", STAFF, ["check"]),
        ("employees, counts for another purpose", STAFF | OTHER, ["none"]),
        ("employees, records", STAFF | CODES, ["none"]),
        ("employees, watched", STAFF | WATCHED, ["none"]),
        ("employees, not yet", STAFF | CODES | council("not_yet"), ["none"]),
        ("employees, unclear", STAFF | CODES | council("unclear"), ["none"]),
        ("employees, no answers about the assessment", STAFF | {"plan.assessment": GONE},
         ["none"]),
        ("residents, among whom employees", {"meldingen.privacy.data_subjects": ["employees"]},
         ["check"]),
    ],
    "algorithms.use-is-told": [
        ("nobody is judged", {}, []),
        ("somebody is judged, and nobody says how", JUDGED, ["none"]),
        ("unclear whether somebody is judged", {"plan.individual_decision": "unclear"}, ["none"]),
        ("profiles are made, and nobody says how",
         {"plan.assessment": ASSESSED | {"list_items": ["profiling"]}}, ["none"]),
        ("somebody is judged, without a program", JUDGED | program("none", "no"), []),
        ("somebody is judged, the use is not clear", JUDGED | program("unclear"), ["none"]),
    ],
    "algorithms.forbidden-is-forbidden": [
        ("no program", {}, []),
        ("a program that decides on benefits", program("benefits"), []),
        ("a score for behaviour", program("social_score"), ["use"]),
        ("a prediction that somebody commits a crime", program("crime_prediction"), ["use"]),
        ("faces from the internet", program("face_scraping"), ["use"]),
        ("emotions at work", program("emotion_at_work"), ["use"]),
        ("people recognised in the street", program("live_recognition"), ["use"]),
        ("unclear whether it is AI", program("social_score", "unclear"), ["use"]),
        ("written out as rules: no AI, other rules look", program("social_score", "no"), []),
    ],
    "algorithms.high-risk-is-registered": [
        ("no program", {}, []),
        ("benefits, long before the day", program("benefits") | SHORT, []),
        ("benefits, and the day comes while access is open", program("benefits") | LONG,
         ["ahead"]),
        ("benefits, after the day", program("benefits") | LATE, ["none"]),
        ("benefits, after the day, registered", program("benefits", european="yes") | LATE, []),
        ("benefits, after the day, unclear", program("benefits", european="unclear") | LATE,
         ["none"]),
        ("written out as rules, after the day", program("benefits", "no") | LATE, []),
        ("something else, after the day", program("none") | LATE, []),
    ],
    "algorithms.people-are-told": [
        ("no program", {}, []),
        ("benefits, before the day", program("benefits"), []),
        ("benefits, after the day, nobody is told", program("benefits") | LATE, ["none"]),
        ("benefits, after the day, people are told", program("benefits", told="yes") | LATE, []),
        ("staff, after the day, unclear", program("employment", told="unclear") | LATE, ["none"]),
    ],
    "algorithms.register-shows-it": [
        ("no program", JUDGED, []),
        ("nobody is judged", program("none"), []),
        ("somebody is judged, registered", JUDGED | program("benefits", registered="yes"), []),
        ("somebody is judged, not registered", JUDGED | program("benefits", registered="no"),
         ["not"]),
        ("somebody is judged, unclear", JUDGED | program("benefits"), ["not"]),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "words", "changes", "expected"), rows_of(TABLES), ids=names_of(TABLES)
)
def test_the_rule_finds_what_the_table_says(rule, words, changes, expected):
    assert found(rule, changes) == expected


def test_every_use_is_forbidden_high_risk_or_neither():
    neither = {AlgorithmUse.NONE, AlgorithmUse.UNCLEAR}

    assert PROHIBITED | HIGH_RISK | neither == set(AlgorithmUse)
    assert not PROHIBITED & HIGH_RISK


def test_the_day_of_the_duties_is_the_one_known_on_the_day_of_the_check():
    known = case().parameters

    assert known.day_of("ai_high_risk_duties", date(2025, 1, 1)) == date(2026, 8, 2)
    assert known.day_of("ai_high_risk_duties", date(2027, 1, 1)) == date(2027, 12, 2)
    assert known.day_of("ai_high_risk_duties", date(2020, 1, 1)) is None
