"""The link matrix: which fields of work may be joined, by which law, on which condition."""

import pytest

from grondslag.policy import link_matrix
from made_cases import agreement, asks, link, party
from rule_tables import found, names_of, rows_of

PAIR = ["meldingen", "inwoners"]


def joined(one, other, law="Wegenwet", article="16", **changes):
    """Two datasets of these fields, joined by a law of its own."""
    ground = {"gdpr": "6.1.e", "law": law, "article": article, "task": "Mensen op tijd helpen."}
    return {
        "plan.data": [asks("meldingen", ("buurt", "area:wijk")), asks("inwoners", "buurt")],
        "plan.links": [link(ground=ground)],
        "meldingen.privacy.domain": one,
        "meldingen.privacy.linking.domains": [other],
        "inwoners.privacy.domain": other,
        "inwoners.privacy.linking.domains": [one],
    } | changes


CONSENT = {
    "plan.consent": {
        "without_disadvantage": "yes",
        "separate": "yes",
        "proof": "Het getekende formulier staat in het dossier.",
        "withdrawal": "Bellen of mailen met het wijkteam is genoeg.",
    }
}
JOINT = {"plan.parties": [party("joint_controller")], "documents": [agreement("joint")]}
RIEC = JOINT | {"documents": [agreement("joint", partnership="riec")]}
ZVH = JOINT | {"documents": [agreement("joint", partnership="zvh")]}
MAYOR = {"plan.controller.body": "burgemeester"}

TABLES = {
    "linking.edge-is-open": [
        ("no link", {}, []),
        ("two datasets of one field", joined("income", "income"), []),
        ("residents, for a task in law", joined("housing", "brp"), []),
        (
            "residents, by a law that gives this body no task",
            joined("housing", "brp") | MAYOR,
            ["closed"],
        ),
        ("residents, by a law nobody read", joined("housing", "brp", "Koppelwet"), ["closed"]),
        ("care and income, by the task to keep roads in order", joined("care", "income"),
         ["closed"]),
        ("housing and traffic", joined("housing", "traffic"), ["closed"]),
        ("employees and care", joined("employees", "care"), ["closed"]),
        ("employees and residents", joined("employees", "brp"), ["closed"]),
        ("public order and residents", joined("public_order", "brp"), ["closed"]),
        (
            "care and debts, where counselling needs it",
            joined("care", "income", "Schuldhulpwet", "8d"),
            [],
        ),
        (
            "youth and debts, where counselling needs it",
            joined("youth", "income", "Schuldhulpwet", "8d"),
            [],
        ),
        (
            "housing and debts, by the article about care",
            joined("housing", "income", "Schuldhulpwet", "8d"),
            ["closed"],
        ),
        (
            "arrears with a landlord",
            joined("housing", "income", "Schuldhulpwet", "8b"),
            [],
        ),
        (
            "care and debts, by a body without that task",
            joined("care", "income", "Schuldhulpwet", "8d") | MAYOR,
            ["condition"],
        ),
        (
            "support and income, the client agrees",
            joined("care", "income", "Wmo 2015", "5.1.1 lid 4") | CONSENT,
            [],
        ),
        (
            "support and income, nobody asked the client",
            joined("care", "income", "Wmo 2015", "5.1.1 lid 4"),
            ["condition"],
        ),
        (
            "support and income, by another paragraph",
            joined("care", "income", "Wmo 2015", "5.1.1 lid 1") | CONSENT,
            ["closed"],
        ),
        ("children and school", joined("education", "brp", "Leerplichtwet", "19"), []),
        (
            "school and income",
            joined("education", "income", "Leerplichtwet", "19"),
            ["closed"],
        ),
        ("work and benefits", joined("work", "income", "SUWI", "62"), []),
        ("benefits and taxes, together", joined("income", "taxes", "SUWI", "64") | JOINT, []),
        ("benefits and taxes, alone", joined("income", "taxes", "SUWI", "64"), ["condition"]),
        (
            "benefits and taxes, by the article on risk scores",
            joined("income", "taxes", "SUWI", "65") | JOINT,
            ["closed"],
        ),
        (
            "income and public order in a regional centre",
            joined("income", "public_order", "WGS", "2.17") | RIEC,
            [],
        ),
        (
            "income and public order in a care and safety house",
            joined("income", "public_order", "WGS", "2.17") | ZVH,
            ["condition"],
        ),
        (
            "income and public order, nobody else",
            joined("income", "public_order", "WGS", "2.17"),
            ["condition"],
        ),
        (
            "care and public order in a care and safety house",
            joined("care", "public_order", "WGS", "2.25") | ZVH,
            [],
        ),
        (
            "a plan dated before the law we know",
            joined("income", "care", "Schuldhulpwet", "8d") | {"plan.date": "2025-03-01"},
            ["days"],
        ),
        (
            "care and income, by way of residents",
            joined("care", "brp")
            | {
                "plan.data": [asks(name, "buurt") for name in PAIR] + [asks("wegen", "straat")],
                "plan.links": [link(), link("inwoners", "wegen")],
                "wegen.privacy.domain": "income",
            },
            ["closed", "closed"],
        ),
        (
            "with a dataset nobody described: the rule about both owners refuses",
            {
                "plan.data": [asks("meldingen", "buurt"), asks("kroeglopers", "naam")],
                "plan.links": [link("meldingen", "kroeglopers")],
            },
            [],
        ),
    ],
    "linking.most-harmful-edges-are-advised-on": [
        ("no link", {}, []),
        ("residents, for a task in law", joined("housing", "brp"), []),
        (
            "income and public order in a regional centre",
            joined("income", "public_order", "WGS", "2.17") | RIEC,
            ["asked"],
        ),
        (
            "income and public order, nobody read the law: another rule refuses",
            joined("income", "public_order", "Koppelwet"),
            [],
        ),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "words", "changes", "expected"), rows_of(TABLES), ids=names_of(TABLES)
)
def test_the_rule_finds_what_the_table_says(rule, words, changes, expected):
    assert found(rule, changes) == expected


def test_every_edge_names_an_article_that_was_read():
    unread = [edge for edge in link_matrix().edges if not edge.provision.is_confirmed]

    assert link_matrix().edges
    assert unread == []


def test_no_edge_reaches_employees():
    reached = set().union(*(edge.domains for edge in link_matrix().edges))

    assert "employees" not in reached | link_matrix().residents


def test_only_a_partnership_opens_public_order():
    opened = {edge.condition for edge in link_matrix().edges if "public_order" in edge.domains}

    assert opened == {"partnership"}
    assert all(edge.extra_care for edge in link_matrix().edges if "public_order" in edge.domains)
    assert "public_order" not in link_matrix().residents
