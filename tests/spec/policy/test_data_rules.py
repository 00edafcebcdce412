"""Catalogue, necessity, retention, output: what each rule says of which plan."""

from datetime import date

import pytest

from grondslag.policy import check
from made_cases import GONE, asks, case
from rule_tables import found, names_of, rows_of

RECORDS = {
    "plan.output": {
        "step": "pseudonymous",
        "reasons": dict.fromkeys(
            ("aggregate", "anonymous", "pseudonymous"), "Minder is niet genoeg voor deze vraag."
        ),
    }
}
"""A plan that asks records with a code, each step up with its reason."""

NAMED = {
    "plan.output": {
        "step": "identified",
        "reasons": RECORDS["plan.output"]["reasons"]
        | {"identified": "We moeten de melders kunnen bellen."},
    }
}
"""A plan that asks records with names."""


def wants(*columns, **more):
    """A plan that asks columns of the reports."""
    return {"plan.data": [asks("meldingen", *columns, **more)]}


def records(*columns, **more):
    """The same, as records with a code."""
    return RECORDS | wants(*columns, output="pseudonymous", **more)


PERIOD = "plan.data.0.rows.period"
AREA = "plan.data.0.rows.area"

TABLES = {
    "data.has-a-contract": [
        ("the dataset has a contract", {}, []),
        ("the dataset has none", {"plan.data": [asks("kroeglopers", "naam")]}, ["missing"]),
    ],
    "data.columns-are-described": [
        ("every column has an entry", {}, []),
        ("a column the contract does not know", wants("lengte"), ["unknown"]),
        ("a column without privacy entry", wants("duister"), ["no-entry"]),
    ],
    "data.persons-can-be-told-apart": [
        ("persons counted by their key", {}, []),
        (
            "persons counted, no key",
            {"meldingen.privacy.person_key": GONE},
            ["no-key"],
        ),
        (
            "rows counted, no key",
            {"meldingen.privacy.person_key": GONE, "plan.data.0.count": "rows"},
            [],
        ),
    ],
    "data.rows-are-chosen-openly": [
        ("whole years, delivered per month", {}, []),
        ("no limit at all", {"plan.data.0.rows": GONE}, []),
        (
            "half a month, delivered per month",
            {f"{PERIOD}.from": "2024-01-15"},
            ["finer-period"],
        ),
        (
            "half a month, delivered per day",
            {f"{PERIOD}.from": "2024-01-15", "plan.data.0.columns.1.form": "exact"},
            [],
        ),
        (
            "the owner does not open the column",
            {"meldingen.columns.dag.filterable": False},
            ["closed"],
        ),
        ("a column without entry", {f"{PERIOD}.column": "duister"}, ["closed"]),
        ("a column that does not exist", {f"{PERIOD}.column": "datum"}, ["closed"]),
        (
            "a date that is delivered as an age",
            {
                "meldingen.columns.geboortedatum.filterable": True,
                "plan.data.0.columns.1": {
                    "name": "geboortedatum",
                    "form": "age:leeftijd",
                    "reason": "Om jong en oud met elkaar te vergelijken.",
                },
                f"{PERIOD}.column": "geboortedatum",
            },
            ["finer-period"],
        ),
        ("a district, delivered per district", {AREA: {"column": "buurt", "codes": ["W1"]}}, []),
        (
            "a neighbourhood, delivered per district",
            {AREA: {"column": "buurt", "codes": ["B11"]}},
            ["finer-area"],
        ),
        (
            "an area that is not on the list",
            {AREA: {"column": "buurt", "codes": ["W1", "om-de-hoek"]}},
            ["finer-area"],
        ),
    ],
    "necessity.each-column-has-a-reason": [
        ("every column has its reason", {}, []),
        ("a short reason", {"plan.data.0.columns.0.reason": "voor de kaart"}, ["none"]),
        (
            "handy",
            {"plan.data.0.columns.0.reason": "Dat is altijd handig om erbij te hebben."},
            ["none"],
        ),
        (
            "just in case",
            {"plan.data.0.columns.0.reason": "Voor de zekerheid nemen we het mee."},
            ["none"],
        ),
        (
            "the definition again",
            {"plan.data.0.columns.0.reason": "Wat buurt betekent in deze gegevensset."},
            ["none"],
        ),
        (
            "a short reason for a column about nobody",
            {"plan.data.0.columns.1.reason": "voor de kaart"},
            [],
        ),
        (
            "a column nobody described",
            wants("duister") | {"plan.data.0.columns.0.reason": "voor de kaart"},
            ["none"],
        ),
    ],
    "necessity.form-is-allowed": [
        ("allowed forms", {}, []),
        ("a form the owner does not offer", {"plan.data.0.columns.1.form": "quarter"},
         ["other-form"]),
        ("no form is allowed at all", {"meldingen.columns.dag.allowed": []}, ["never"]),
        ("left out is always allowed", {"plan.data.0.columns.1.form": "drop"}, []),
    ],
    "necessity.coarsest-form-is-weighed": [
        ("the coarsest form", {}, []),
        ("a finer form", {"plan.data.0.columns.0.form": "exact"}, ["coarser"]),
        ("a finer form of a column about nobody", {"plan.data.0.columns.1.form": "exact"}, []),
        ("a code has no degrees", records(("melder", "pseudonym")), []),
        ("noise is no coarser form",
         {"plan.data.0.columns.0.form": "exact",
          "meldingen.columns.buurt.allowed": ["exact", "noisy:5", "rounded:5", "averaged:5"]}, []),
    ],
    "necessity.no-names-without-need": [
        ("no names", {}, []),
        ("a name in a count", wants("naam"), ["name"]),
        ("a code in a count", wants(("melder", "pseudonym")), ["pseudonym"]),
        ("whether there is a name, in a count", wants(("melder", "present")), []),
        ("a code in records", records(("melder", "pseudonym")), []),
        ("a name in records with a code", records("naam"), ["name"]),
        ("a name in records with names", NAMED | wants("naam", output="identified"), []),
        (
            "a code in anonymous records",
            RECORDS | wants(("melder", "pseudonym"), output="anonymous"),
            ["pseudonym"],
        ),
        ("a column nobody described", wants("duister"), ["name"]),
    ],
    "necessity.free-text-stays-in": [
        ("no free text", {}, []),
        ("free text as it is", records("toelichting"), ["text"]),
        ("only whether it is filled in", wants(("toelichting", "present")), []),
        ("de-identified in records", records(("toelichting", "deidentified")), []),
        ("de-identified in a count", wants(("toelichting", "deidentified")), ["text"]),
        ("de-identified, of which the owner says it is about nobody, as open data",
         {"plan.data": [asks("wegen", ("straat", "deidentified"), output="open")],
          "wegen.columns.straat.allowed": ["exact", "deidentified"]}, ["text"]),
    ],
    "necessity.rows-are-limited": [
        ("limited to a period", {}, []),
        ("all rows", {"plan.data.0.rows": GONE}, ["all"]),
        ("all roads", {"plan.data": [asks("wegen", "straat")]}, []),
    ],
    "retention.owner-set-a-term": [
        ("five years", {}, []),
        ("no term", {"meldingen.retention": False}, ["none"]),
        ("no term for roads", {"plan.data": [asks("wegen", "straat")]}, []),
    ],
    "retention.access-ends": [
        ("within three years", {}, []),
        ("on the last allowed day", {"plan.end_date": "2030-03-01"}, []),
        ("a day later", {"plan.end_date": "2030-03-02"}, ["too-far"]),
        ("in the past", {"plan.end_date": "2027-02-28"}, ["past"]),
        (
            "far ahead, but roads only",
            {"plan.data": [asks("wegen", "straat")], "plan.end_date": "2040-01-01"},
            [],
        ),
    ],
    "retention.repetition-ends": [
        ("once", {}, []),
        ("yearly, until access ends", {"plan.rhythm": {"kind": "yearly", "until": "2028-03-01"}},
         []),
        ("yearly, longer than access", {"plan.rhythm": {"kind": "yearly", "until": "2029-03-01"}},
         ["later"]),
    ],
    "output.each-step-has-a-reason": [
        ("counts, with a reason", {}, []),
        ("counts, without a reason", {"plan.output.reasons": {}}, ["none"]),
        ("records, each step with a reason", RECORDS, []),
        (
            "records, one step without a reason",
            RECORDS | {"plan.output.reasons.anonymous": GONE},
            ["none"],
        ),
        (
            "records, one step with a filler",
            RECORDS | {"plan.output.reasons.anonymous": "Dat is handig voor later."},
            ["none"],
        ),
        (
            "no reason, but roads only",
            {"plan.data": [asks("wegen", "straat")], "plan.output.reasons": {}},
            [],
        ),
    ],
    "output.datasets-stay-below-the-plan": [
        ("at the step of the plan", {}, []),
        ("above the plan", {"plan.data.0.output": "anonymous"}, ["above"]),
        ("below the plan", RECORDS, []),
    ],
    "output.step-is-needed": [
        ("counts", {}, []),
        ("records with names, and a name", NAMED | wants("naam", output="identified"), []),
        ("records with names, no name", NAMED | wants("buurt", output="identified"), ["no-name"]),
    ],
    "output.open-holds-no-people": [
        ("counts", {}, []),
        ("people as open data", {"plan.data.0.output": "open"}, ["personal"]),
        ("roads as open data", {"plan.data": [asks("wegen", "straat", output="open")]}, []),
        ("nobody knows", wants("duister", output="open"), ["personal"]),
    ],
    "output.identified-is-advised-on": [
        ("counts", {}, []),
        ("records with names", NAMED | wants("naam", output="identified"), ["asked"]),
    ],
    "anonymity.group-is-large-enough": [
        ("ten", {}, []),
        ("four", {"meldingen.privacy.minimum_group": 4}, ["small"]),
    ],
    "anonymity.persons-are-counted": [
        ("persons are counted", {}, []),
        ("rows are counted, persons could be", {"plan.data.0.count": "rows"}, ["rows"]),
        (
            "rows are counted, persons cannot be",
            {"plan.data.0.count": "rows", "meldingen.privacy.person_key": GONE},
            [],
        ),
    ],
    "example.no-real-people": [
        ("no example", {}, []),
        ("an example with real data", {"plan.example": True}, ["real"]),
        (
            "an example with made-up data",
            {"plan.example": True, "meldingen.privacy.data": "made_up"},
            [],
        ),
        (
            "an example with unknown data",
            {"plan.example": True, "plan.data": [asks("kroeglopers", "naam")]},
            ["real"],
        ),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "words", "changes", "expected"), rows_of(TABLES), ids=names_of(TABLES)
)
def test_the_rule_finds_what_the_table_says(rule, words, changes, expected):
    assert found(rule, changes) == expected


def test_without_its_settings_nothing_is_allowed():
    verdict = check(case(day=date(2017, 1, 1)))

    unknown = {item.fields["name"] for item in verdict.findings if "settings" in item.rule}
    assert {"minimum_group", "longest_access_months", "shortest_reason"} <= unknown
