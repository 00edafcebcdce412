"""Care, youth care, income, school, order, research, publication: what each rule says."""

import pytest

from grondslag.policy.rules.sector import OPENINGS
from made_cases import agreement, asks, link, party
from rule_tables import found, names_of, rows_of

CODES = {"plan.data": [asks("meldingen", ("melder", "pseudonym"), output="pseudonymous")]}
NAMES = {"plan.data": [asks("meldingen", "naam", output="identified")]}


def by(law, article):
    """The plan rests on this law."""
    return {"plan.legal_basis.law": law, "plan.legal_basis.article": article}


def about(domain, asked=CODES):
    """Reports of a field of work, as records."""
    return asked | {"meldingen.privacy.domain": domain}


def counts(domain):
    return {"meldingen.privacy.domain": domain}


def opened(*fields, law="Huisvestingswet 2014", article="33"):
    """A jurist of the municipality read an article that opens this."""
    return {
        "confirmed": [
            {
                "law": law,
                "identifier": "BWBR0035303",
                "title": law,
                "article": article,
                "version": "2026-07-01",
                "bodies": ["college"],
                "opens": [list(fields)],
            }
        ]
    }


def under(*grounds):
    """An agreement in which who gives the reports names grounds."""
    named = [
        {"party": "Rekenbureau BV", "law": law, "article": article} for law, article in grounds
    ]
    return {"documents": [agreement("data_sharing", grounds=named)]}


MEDICAL = {"meldingen.privacy.secrecy": "medical", "plan.data.0.count": "rows"}
RECORDS = MEDICAL | {
    "plan.data": [asks("meldingen", ("buurt", "area:wijk"), "soort", output="anonymous")]
}
LINKED = {
    "plan.data": [asks("meldingen", ("buurt", "area:wijk")), asks("inwoners", "buurt")],
    "plan.links": [link()],
}
OPEN = {
    "plan.data": [asks("wegen", "straat", output="open")],
    "plan.output": {"step": "open", "reasons": {}},
}
VALUES = {
    "meldingen.privacy.domain": "taxes",
    "meldingen.privacy.legal_basis": {"gdpr": "6.1.c", "law": "Wet WOZ", "article": "38"},
}

TABLES = {
    "youth.records-rest-on-its-act": [
        ("counts of children in care", counts("youth"), []),
        ("records of another field", CODES, []),
        ("records, by the task to keep roads in order", about("youth"), ["none"]),
        ("records, by a law nobody read", about("youth") | by("Zorgwet", "1"), ["none"]),
        ("codes, for policy", about("youth") | by("Jeugdwet", "7.4.1 lid 2"), []),
        ("names, for policy", about("youth", NAMES) | by("Jeugdwet", "7.4.1 lid 2"), ["step"]),
        ("names, for help to a child", about("youth", NAMES) | by("Jeugdwet", "7.4.0"), []),
        ("codes, for research by others", about("youth") | by("Jeugdwet", "7.3.12"), ["step"]),
        ("names, for counselling a family in debt",
         about("youth", NAMES) | by("Schuldhulpwet", "8d"), []),
        ("names, by the general task of the board",
         about("youth", NAMES) | by("Gemeentewet", "160"), ["none"]),
        ("nobody described the dataset: another rule refuses",
         {"plan.data": [asks("kroeglopers", "naam", output="identified")]}, []),
    ],
    "care.records-rest-on-its-act": [
        ("counts of people with support", counts("care"), []),
        ("records, by the task to keep roads in order", about("care"), ["none"]),
        ("names, to judge what somebody needs",
         about("care", NAMES) | by("Wmo 2015", "5.1.1 lid 1"), []),
        ("names, to ask clients what they think",
         about("care", NAMES) | by("Wmo 2015", "2.5.1 lid 1"), []),
        ("codes, by the article that asks for a policy plan",
         about("care") | by("Wmo 2015", "2.1.2"), ["none"]),
        ("codes, by a law on income", about("care") | by("Participatiewet", "7"), ["none"]),
        ("codes, by the article on medical research",
         about("care") | by("BW 7", "458 lid 1 onder b"), ["step"]),
        ("names, the exception for health names the act",
         about("care", NAMES)
         | {"plan.special_grounds": [{"category": "special", "dataset": "meldingen",
                                      "exception": "30 lid 3 onder a", "law": "Wmo 2015",
                                      "article": "5.1.1"}]}, []),
        ("names, the exception is for another dataset",
         about("care", NAMES)
         | {"plan.special_grounds": [{"category": "special", "dataset": "inwoners",
                                      "exception": "30 lid 3 onder a", "law": "Wmo 2015",
                                      "article": "5.1.1"}]}, ["none"]),
    ],
    "income.records-rest-on-their-acts": [
        ("counts of people on benefit", counts("income"), []),
        ("records, by the task to keep roads in order", about("income"), ["none"]),
        ("records of work, by that task", about("work"), ["none"]),
        ("names, to help somebody to work",
         about("income", NAMES) | by("Participatiewet", "7"), []),
        ("codes, for statistics", about("income") | by("Participatiewet", "65 lid 3"), []),
        ("names, for statistics",
         about("income", NAMES) | by("Participatiewet", "65 lid 3"), ["step"]),
        ("names, signals of arrears", about("income", NAMES) | by("Schuldhulpwet", "8b"), []),
        ("names, by the article on risk scores",
         about("income", NAMES) | by("SUWI", "65"), ["none"]),
        ("names, by an article that a jurist says opens it",
         about("income", NAMES) | by("Huisvestingswet 2014", "33") | opened("income"), []),
        ("names, that article opens another field",
         about("income", NAMES) | by("Huisvestingswet 2014", "33") | opened("housing"), ["none"]),
    ],
    "education.records-rest-on-its-act": [
        ("counts of absent pupils", counts("education"), []),
        ("names, to visit children who are at no school",
         about("education", NAMES) | by("Leerplichtwet", "19"), []),
        ("codes, by the general task of the board",
         about("education") | by("Gemeentewet", "160"), ["none"]),
        ("names, by a law nobody read",
         about("education", NAMES) | by("Zorgwet", "1"), ["none"]),
    ],
    "order.records-rest-on-the-mayor": [
        ("counts of nuisance", counts("public_order"), []),
        ("codes, by the task to keep roads in order", about("public_order"), ["none"]),
        ("codes, to keep order", about("public_order") | by("Gemeentewet", "172"), []),
        ("codes, in a regional centre", about("public_order") | by("WGS", "2.19"), []),
        ("codes, by a by-law nobody read", about("public_order") | by("APV", "2:10"), ["none"]),
    ],
    "secrecy.medical-research-has-conditions": [
        ("no secrecy", {}, []),
        ("counts", MEDICAL, []),
        ("records, no ground of the caregiver", RECORDS, []),
        ("records without traces, for research",
         RECORDS | under(("BW 7", "458 lid 1 onder b")), ["asked"]),
        ("records with safeguards, for research",
         RECORDS | under(("BW 7", "458 lid 1 onder a")), ["asked"]),
        ("the article without its point", RECORDS | under(("BW 7", "458")), []),
        ("for research, and a link",
         LINKED | {"meldingen.privacy.secrecy": "medical"}
         | under(("BW 7", "458 lid 1 onder b")), ["asked", "link"]),
    ],
    "publication.heavy-data-stays-closed": [
        ("open data about roads", OPEN, []),
        ("a complaint about health, not published", {"plan.data": [asks("meldingen", "klacht")]},
         []),
        ("a complaint about health, published",
         {"plan.data": [asks("meldingen", "klacht", output="open")]}, ["column"]),
        ("a BSN, published", {"plan.data": [asks("meldingen", "bsn", output="open")]}, ["column"]),
        ("nobody described the column: other rules refuse",
         {"plan.data": [asks("meldingen", "duister", output="open")]}, []),
    ],
    "publication.owner-opens-it": [
        ("open data about roads", OPEN, []),
        ("counts that stay inside", {}, []),
        ("the owner did not open it", OPEN | {"wegen.privacy.access": "internal"}, ["closed"]),
        ("a secret rests on it",
         {"plan.data": [asks("meldingen", "soort", output="open")],
          "meldingen.privacy.secrecy": "tax"}, ["secret"]),
        ("nobody described it: another rule refuses",
         {"plan.data": [asks("kroeglopers", "naam", output="open")]}, []),
    ],
    "publication.values-go-one-by-one": [
        ("values per district", VALUES, []),
        ("a list that stays inside", VALUES | NAMES, []),
        ("a list for everybody",
         VALUES | {"plan.data": [asks("meldingen", "buurt", output="open")]}, ["list"]),
        ("a list for a company", VALUES | NAMES | {"plan.parties": [party("recipient")]},
         ["list"]),
        ("other data for a company", NAMES | {"plan.parties": [party("recipient")]}, []),
        ("nobody described it: another rule refuses",
         {"plan.data": [asks("kroeglopers", "naam", output="open")]}, []),
    ],
    "national-id.belongs-to-the-person": [
        ("no BSN", {}, []),
        ("a code in its place",
         {"plan.data": [asks("meldingen", ("bsn", "pseudonym"), output="pseudonymous")]},
         ["check"]),
        ("from the register of residents",
         {"plan.data": [asks("meldingen", ("bsn", "pseudonym"), output="pseudonymous")],
          "meldingen.privacy.domain": "brp"}, []),
        ("nobody described it: another rule refuses",
         {"plan.data": [asks("kroeglopers", "bsn")]}, []),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "words", "changes", "expected"), rows_of(TABLES), ids=names_of(TABLES)
)
def test_the_rule_finds_what_the_table_says(rule, words, changes, expected):
    assert found(rule, changes) == expected


def test_every_article_that_opens_records_was_read():
    unread = [
        str(opening.provision)
        for openings in OPENINGS.values()
        for opening in openings
        if not opening.provision.is_confirmed
    ]

    assert unread == []


def test_no_general_task_opens_records():
    general = {"Gemeentewet art. 160", "Gemeentewet art. 169", "Wmo 2015 art. 2.1.1"}

    opened_by = {str(item.provision) for openings in OPENINGS.values() for item in openings}

    assert opened_by & general == set()
