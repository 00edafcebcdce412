"""Data kept for another purpose: what each rule says of which plan."""

import pytest

from made_answers import OTHER, further_use
from made_cases import GONE, asks
from rule_tables import found, names_of, rows_of


def weighed(route="compatible", **changes):
    """The plan explains why the reports may serve another purpose."""
    return OTHER | {"plan.further_use": [further_use(route, **changes)]}


HEALTH = {"plan.data": [asks("meldingen", "klacht")]}

TABLES = {
    "purpose.five-factors-are-weighed": [
        ("the owner keeps it for this purpose", {}, []),
        ("all five weighed in the plan", weighed(), ["owner-agrees"]),
        ("one factor left out", weighed(safeguards=None), ["ticked"]),
        ("one factor in two words", weighed(link="Ja, verwant."), ["ticked"]),
        ("one factor a filler", weighed(consequences="Dat is nog te bepalen door iemand."),
         ["ticked"]),
        (
            "two factors with the same words",
            weighed(context="Beide doelen gaan over klachten op straat."),
            ["ticked"],
        ),
        ("another route: nothing to weigh here", weighed("statistics"), []),
        ("weighed, and the owner keeps it for this anyway",
         {"plan.further_use": [further_use()]}, []),
    ],
    "purpose.heavy-data-is-advised-on": [
        ("places of reports for another purpose", weighed(), []),
        ("health for another purpose", weighed() | HEALTH, ["asked"]),
        ("health for the purpose it is kept for", HEALTH, []),
        ("criminal data for another purpose",
         weighed() | {"plan.data": [asks("meldingen", "verdenking")]}, ["asked"]),
        ("a column nobody described: another rule refuses",
         weighed() | {"plan.data": [asks("meldingen", "duister")]}, []),
    ],
    "purpose.statistics-stay-statistics": [
        ("no statistics needed", {}, []),
        ("counts, with safeguards", weighed("statistics"), ["presumed"]),
        ("research on records with a code",
         weighed("research")
         | {"plan.data": [asks("meldingen", "buurt", output="pseudonymous")]}, ["presumed"]),
        ("records with names",
         weighed("statistics")
         | {"plan.data": [asks("meldingen", "naam", output="identified")]},
         ["identified", "presumed"]),
        ("a decision about one person hangs on it",
         weighed("statistics") | {"plan.individual_decision": "yes"}, ["decision", "presumed"]),
        ("unclear whether a decision hangs on it",
         weighed("statistics") | {"plan.individual_decision": "unclear"},
         ["decision", "presumed"]),
        ("no safeguards", weighed("statistics", safeguards=None), ["safeguards"]),
        ("safeguards in one word", weighed("statistics", safeguards="Versleuteling."),
         ["safeguards"]),
    ],
    "purpose.law-or-consent-carries-it": [
        ("nothing to carry", {}, []),
        ("an article that was read", weighed("law", law="Wegenwet", article="16"), ["law"]),
        ("an article nobody read", weighed("law", law="Wegenwet", article="4"), ["unread"]),
        ("a law we do not know", weighed("law", law="Wet van Murphy", article="1"), ["unread"]),
        ("no law named", weighed("law"), ["unread"]),
        ("consent, and nothing about how it was asked", weighed("consent"), ["no-consent"]),
        ("consent, with how it was asked",
         weighed("consent")
         | {"plan.consent": {"without_disadvantage": "yes", "separate": "yes"}}, []),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "words", "changes", "expected"), rows_of(TABLES), ids=names_of(TABLES)
)
def test_the_rule_finds_what_the_table_says(rule, words, changes, expected):
    assert found(rule, changes) == expected


def test_a_further_use_of_nothing_is_nothing():
    assert found("purpose.owner-keeps-it-for-this", OTHER | {"plan.further_use": []}) == [
        "other-purpose"
    ]
    assert found("purpose.owner-keeps-it-for-this", weighed()) == []
    assert found("purpose.owner-keeps-it-for-this", {"plan.assessment": GONE}) == []
