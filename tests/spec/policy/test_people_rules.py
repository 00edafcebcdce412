"""Informing people, their rights, decisions by a machine: what each rule says of which plan."""

import pytest

from made_answers import OTHER, further_use, informing
from made_cases import agreement, asks, party
from rule_tables import found, names_of, rows_of

WEIGHED = OTHER | {"plan.further_use": [further_use()]}
BROUGHT = {"plan.parties": [party("partner")], "documents": [agreement("data_sharing")]}
NOBODY = {"plan.data": [asks("wegen", "straat")]}
OTHERS = {"meldingen.privacy.collected_from": "others"}
THEMSELVES = {"meldingen.privacy.collected_from": "data_subjects"}
WHY = "Van tienduizend mensen hebben we geen adres meer."


def told(way="public", **changes):
    """Another purpose, and how people hear of it."""
    return WEIGHED | {"plan.informing": informing(way, **changes)}


def records(step, gdpr="6.1.e"):
    """Records of reports on a step of the ladder."""
    return {"plan.data": [asks("meldingen", "buurt", output=step)], "plan.legal_basis.gdpr": gdpr}


def aside(article, *articles, law="UAVG", reason=WHY):
    """The plan leaves rights out of application."""
    return {
        "plan.rights_set_aside": {
            "articles": list(articles or ("15",)), "law": law, "article": article, "reason": reason,
        }
    }  # fmt: skip


def machine(solely="yes", profiling="no", **changes):
    """A machine decides about people."""
    whole = {
        "solely": solely,
        "profiling": profiling,
        "measures": "Wie het oneens is belt, en een mens beslist binnen een week opnieuw.",
    }
    return {"plan.individual_decision": "yes", "plan.automation": whole | changes}


DECISION = {"plan.individual_decision": "yes"}
STATISTICIANS = {
    "confirmed": [
        {
            "law": "UAVG",
            "identifier": "BWBR0040940",
            "title": "Uitvoeringswet AVG",
            "article": "44",
            "version": "2026-09-01",
            "bodies": ["college"],
        }
    ]
}
"""A jurist found that article 44 covers the municipality's own statistical service."""

TABLES = {
    "informing.before-another-purpose": [
        ("the purpose it is kept for", {}, []),
        ("another purpose, people hear of it", told(), []),
        ("another purpose, nobody says anything", WEIGHED, ["none"]),
        ("another purpose, open data about roads",
         NOBODY | {"wegen.privacy.purposes": ["wegbeheer"]}, []),
    ],
    "informing.about-what-others-bring": [
        ("nobody brings data", {}, []),
        ("a partner brings it, people hear of it",
         BROUGHT | {"plan.informing": informing()}, []),
        ("a partner brings it, nobody says anything", BROUGHT, ["none"]),
        ("a partner brings other data",
         {"plan.parties": [party("partner")],
          "documents": [agreement("data_sharing",
                                  covers={"datasets": ["wegen"],
                                          "purposes": ["verkeersveiligheid"]})]}, []),
        ("a recipient brings nothing",
         {"plan.parties": [party("recipient")], "documents": [agreement("data_sharing")]}, []),
    ],
    "informing.can-be-found": [
        ("nothing new to tell", {"plan.informing": informing(where="Op de site.")}, []),
        ("in the privacy statement", told(), []),
        ("in public, nobody says where", told(where="Op de site."), ["nowhere"]),
        ("by letter, not known yet", told("personal", where="Nog te bepalen met communicatie."),
         ["nowhere"]),
        ("they know it, with where they read it", told("known", reason=WHY), []),
        ("they know it, without a reason", told("known"), ["known-why"]),
    ],
    "informing.exception-holds": [
        ("people are told", told(), []),
        ("too much effort, others brought it, public instead",
         told("disproportionate", reason=WHY) | OTHERS, []),
        ("too much effort, people gave it themselves",
         told("disproportionate", reason=WHY) | THEMSELVES, ["from-people"]),
        ("too much effort, nobody knows who gave it",
         told("disproportionate", reason=WHY), ["unknown-source"]),
        ("too much effort, without a reason", told("disproportionate") | OTHERS,
         ["disproportionate"]),
        ("too much effort, nothing in public",
         told("disproportionate", reason=WHY, where="Nog te bepalen.") | OTHERS,
         ["disproportionate"]),
        ("a law provides for it",
         told("prescribed", law="Wet BRP", article="3.5") | OTHERS, []),
        ("a law nobody read", told("prescribed", law="Wet X", article="1") | OTHERS,
         ["unread"]),
        ("professional secrecy",
         told("secret") | OTHERS | {"meldingen.privacy.secrecy": "medical"}, []),
        ("secrecy that is not there", told("secret") | OTHERS, ["no-secrecy"]),
        ("an exception, and nothing new to tell",
         {"plan.informing": informing("secret")}, []),
    ],
    "rights.objection-is-heard": [
        ("counts", {}, []),
        ("records with a code", records("pseudonymous"), ["records"]),
        ("records with a code, for a legal duty", records("pseudonymous", "6.1.c"), []),
        ("records with names", records("identified"), ["nowhere"]),
        ("a decision on people", DECISION, ["nowhere"]),
        ("a decision on people, for a legal duty",
         DECISION | {"plan.legal_basis.gdpr": "6.1.c"}, []),
        ("unclear whether one falls", {"plan.individual_decision": "unclear"}, ["nowhere"]),
        ("objections are kept",
         DECISION
         | {"meldingen.privacy.objections": {
             "dataset": "inwoners", "person": "nummer", "purpose": "buurt", "state": "geheim",
             "left_out_states": ["ja"]}}, []),
        ("a decision, about roads", NOBODY | DECISION, []),
    ],
    "rights.research-exemption-is-for-institutions": [
        ("all rights stand", {}, []),
        ("a municipality takes the exemption", aside("44"), ["municipality"]),
        ("its own statistical service, as a jurist confirmed", aside("44") | STATISTICIANS,
         ["confirmed"]),
        ("the same, but objection is left out too", aside("44", "15", "21") | STATISTICIANS,
         ["municipality"]),
        ("on another article", aside("41"), []),
        ("on roads", NOBODY | aside("44"), []),
    ],
    "rights.limits-have-their-reason": [
        ("all rights stand", {}, []),
        ("necessary, with why", aside("41", "13", "15"), ["asked"]),
        ("without a reason", aside("41", reason="Dat is wel zo handig voor ons."),
         ["no-reason"]),
        ("another article of the UAVG", aside("46"), ["other-law"]),
        ("another law", aside("5.1", law="Woo"), ["other-law"]),
        ("article 44: another rule", aside("44"), []),
        ("on roads", NOBODY | aside("46"), []),
    ],
    "decision.machine-decides-only-by-law": [
        ("no machine", DECISION, []),
        ("a machine helps a person", machine("no"), []),
        ("unclear: another rule refuses", machine("unclear"), []),
        ("a machine decides by law, without a profile", machine(), ["asked"]),
        ("by a profile", machine(profiling="yes"), ["profile"]),
        ("unclear whether by a profile", machine(profiling="unclear"), ["profile"]),
        ("on consent", machine() | {"plan.legal_basis.gdpr": "6.1.a"}, ["no-task"]),
        ("on data about health", machine() | {"plan.data": [asks("meldingen", "klacht")]},
         ["special"]),
        ("on a column nobody described",
         machine() | {"plan.data": [asks("meldingen", "duister")]}, ["special"]),
        ("with nobody to turn to", machine(measures="Nog te bepalen."), ["measures"]),
        ("about roads", machine() | NOBODY, []),
    ],
    "accuracy.decision-rests-on-current-data": [
        ("no decision on people", {}, []),
        ("a decision, nobody promised how fresh", DECISION, ["unknown"]),
        ("a machine's decision", machine() | {"plan.individual_decision": "no"}, ["unknown"]),
        ("a decision, a week old at most", DECISION | {"meldingen.freshness": 7}, []),
        ("a decision about roads", DECISION | NOBODY, []),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "words", "changes", "expected"), rows_of(TABLES), ids=names_of(TABLES)
)
def test_the_rule_finds_what_the_table_says(rule, words, changes, expected):
    assert found(rule, changes) == expected


def test_a_machine_with_an_own_rule_is_not_judged_twice():
    assert found("decision.a-person-looks-first", machine()) == []
    assert found("decision.a-person-looks-first", machine("unclear")) == ["not-settled"]
