"""Special data, BSN, residents, secrecy and links: what each rule says of which plan."""

import pytest

from made_cases import GONE, agreement, asks, link, party
from rule_tables import found, names_of, rows_of

SPECIAL = {"plan.data": [asks("meldingen", "klacht")]}
CRIMINAL = {"plan.data": [asks("meldingen", "verdenking")]}
NUMBER = {"plan.data": [asks("meldingen", ("bsn", "pseudonym"), output="pseudonymous")]}
RESIDENTS = {"plan.data": [asks("inwoners", ("buurt", "area:wijk"))]}
LINKED = {
    "plan.data": [asks("meldingen", ("buurt", "area:wijk")), asks("inwoners", "buurt")],
    "plan.links": [link()],
}
MEDICAL = {
    "meldingen.privacy.secrecy": "medical",
    "plan.data.0.count": "rows",
}
POLICE = {"meldingen.privacy.secrecy": "police"}
TAX = {"meldingen.privacy.secrecy": "tax"}
MAYOR = {"plan.controller.body": "burgemeester"}


def ground(category, exception, law="Wegenwet", article="16", dataset="meldingen"):
    """The plan names an exception for a dataset."""
    return {
        "plan.special_grounds": [
            {
                "category": category,
                "dataset": dataset,
                "exception": exception,
                "law": law,
                "article": article,
            }
        ]
    }


def under(*grounds, **changes):
    """An agreement to share the reports, with the grounds of the one who gives them."""
    named = [
        {"party": "Rekenbureau BV", "law": law, "article": article} for law, article in grounds
    ]
    return {"documents": [agreement("data_sharing", grounds=named, **changes)]}


RIEC = {
    "plan.parties": [party("joint_controller")],
    "documents": [agreement("joint", partnership="riec")],
}


def income(ground_law="Wegenwet", article="16"):
    """Reports of public order, linked to residents' income."""
    own = {"gdpr": "6.1.e", "law": ground_law, "article": article, "task": "Handhaven van de orde."}
    return LINKED | {
        "plan.links": [link(ground=own)],
        "meldingen.privacy.domain": "public_order",
        "meldingen.privacy.linking.domains": ["income"],
        "inwoners.privacy.domain": "income",
        "inwoners.privacy.linking.domains": ["public_order"],
    }


TABLES = {
    "special.has-an-exception": [
        ("no special data", {}, []),
        ("a complaint about health, no exception", SPECIAL, ["none"]),
        ("an article that is no exception", SPECIAL | ground("special", "46"), ["none"]),
        ("an exception for foundations", SPECIAL | ground("special", "22 lid 2 onder c"), ["none"]),
        ("an exception for schools", SPECIAL | ground("special", "30 lid 2 onder a"), ["none"]),
        (
            "entitlements that depend on health",
            SPECIAL | ground("special", "30 lid 1 onder a", "Wmo 2015", "2.1.1"),
            ["secrecy"],
        ),
        (
            "the same, on a law nobody read",
            SPECIAL | ground("special", "30 lid 1 onder a", "Zorgwet", "1"),
            ["none"],
        ),
        ("an exception for another dataset",
         SPECIAL | ground("special", "24", dataset="inwoners"), ["none"]),
        ("an exception for another kind", SPECIAL | ground("criminal", "32 onder f"), ["none"]),
        ("statistics", SPECIAL | ground("special", "24"), ["statistics"]),
        ("explicit consent", SPECIAL | ground("special", "22 lid 2 onder a"), ["consent"]),
        ("a life at risk", SPECIAL | ground("special", "22 lid 2 onder b"), ["vital"]),
        ("people made it public", SPECIAL | ground("special", "22 lid 2 onder d"),
         ["made-public"]),
        ("a legal claim", SPECIAL | ground("special", "22 lid 2 onder e"), ["claim"]),
        ("a treaty", SPECIAL | ground("special", "23 onder a"), ["treaty"]),
        ("an addition to criminal data", SPECIAL | ground("special", "23 onder c"), []),
        ("origin, to recognise somebody", SPECIAL | ground("special", "25 onder a"),
         ["recognise"]),
        ("opinion, for an office", SPECIAL | ground("special", "26"), ["office"]),
        ("biometry, for access", SPECIAL | ground("special", "29"), ["entrance"]),
        ("a care provider", SPECIAL | ground("special", "30 lid 3 onder a"), ["care-provider"]),
        (
            "statistics, and a decision about one person",
            SPECIAL | ground("special", "24") | {"plan.individual_decision": "yes"},
            ["decision", "statistics"],
        ),
        (
            "statistics, unclear whether a decision follows",
            SPECIAL | ground("special", "24") | {"plan.individual_decision": "unclear"},
            ["decision", "statistics"],
        ),
        (
            "statistics, with names",
            {"plan.data": [asks("meldingen", "klacht", output="identified")]}
            | ground("special", "24"),
            ["identified", "statistics"],
        ),
    ],
    "criminal.has-an-exception": [
        ("no criminal data", {}, []),
        ("a suspicion, no exception", CRIMINAL, ["none"]),
        ("a suspicion, an exception for special data", CRIMINAL | ground("criminal", "24"),
         ["none"]),
        (
            "obtained under the police data act",
            CRIMINAL | ground("criminal", "33 lid 1 onder a", "Wpg", "16"),
            [],
        ),
        (
            "a partnership under public law",
            CRIMINAL | ground("criminal", "33 lid 1 onder b"),
            ["partnership"],
        ),
        ("own staff", CRIMINAL | ground("criminal", "33 lid 3"), ["staff"]),
    ],
    "national-id.never-as-itself": [
        ("no BSN", {}, []),
        ("a BSN as it is", {"plan.data": [asks("meldingen", "bsn")]}, ["number"]),
        (
            "a BSN as it is, with names and a ground",
            {"plan.data": [asks("meldingen", "bsn", output="identified")]}
            | ground("national_id", "46"),
            ["number"],
        ),
        ("a code in its place", NUMBER, []),
    ],
    "national-id.has-a-ground": [
        ("no BSN", {}, []),
        ("a code in its place, no ground", NUMBER, ["column"]),
        ("a code in its place, to execute a law", NUMBER | ground("national_id", "46"), []),
        (
            "to execute a law nobody read",
            NUMBER | ground("national_id", "46", "Zorgwet", "1"),
            ["column"],
        ),
        ("a link on another key", LINKED, []),
        (
            "a link on the BSN",
            LINKED | {"meldingen.privacy.linking.key": "bsn"},
            ["link"],
        ),
        (
            "a link on a key nobody described",
            LINKED | {"meldingen.privacy.linking.key": "duister"},
            ["link"],
        ),
        (
            "a link on the BSN, to execute a law",
            LINKED | {"meldingen.privacy.linking.key": "bsn"} | ground("national_id", "46"),
            [],
        ),
    ],
    "brp.only-for-the-task": [
        ("no residents", {}, []),
        ("residents, for a public task", RESIDENTS, []),
        ("residents, with consent", RESIDENTS | {"plan.legal_basis.gdpr": "6.1.a"}, ["no-task"]),
    ],
    "brp.stays-with-own-bodies": [
        ("residents, nobody else", RESIDENTS, []),
        ("residents, a company that processes", RESIDENTS | {"plan.parties": [party()]}, []),
        (
            "residents, another organisation gets data",
            RESIDENTS | {"plan.parties": [party("recipient")]},
            ["others"],
        ),
        (
            "residents, another organisation decides too",
            RESIDENTS | {"plan.parties": [party("joint_controller")]},
            ["others"],
        ),
        ("no residents, another organisation", {"plan.parties": [party("recipient")]}, []),
    ],
    "brp.secrecy-mark-is-known": [
        ("the owner says where the mark stands", RESIDENTS, []),
        ("nobody knows", RESIDENTS | {"inwoners.privacy.secrecy_mark": GONE}, ["none"]),
    ],
    "secrecy.medical-only-counts": [
        ("no secrecy", {}, []),
        ("counts per district and month", MEDICAL, []),
        ("a kind of event about nobody", MEDICAL | {"plan.data": [asks("meldingen", "soort")]}, []),
        ("records", MEDICAL | {"plan.data.0.output": "pseudonymous"}, ["records"]),
        ("persons counted", {"meldingen.privacy.secrecy": "medical"}, ["persons"]),
        (
            "an age band",
            MEDICAL | {"plan.data": [asks("meldingen", ("geboortedatum", "age:leeftijd"))]},
            ["column"],
        ),
        ("a diagnosis", MEDICAL | {"plan.data": [asks("meldingen", "klacht")]}, ["column"]),
        ("a column nobody described", MEDICAL | {"plan.data": [asks("meldingen", "duister")]},
         ["column"]),
        ("a link", LINKED | {"meldingen.privacy.secrecy": "medical"}, ["link"]),
    ],
    "secrecy.police-needs-a-provision": [
        ("no police data", {}, []),
        ("police data, no agreement", POLICE, ["none"]),
        ("an agreement that names no article of the Wpg", POLICE | under(("Wegenwet", "16")),
         ["none"]),
        ("article 19", POLICE | under(("Wpg", "19")), []),
        ("figures for policy", POLICE | under(("Wpg", "22")), []),
        ("article 16, but not for the mayor", POLICE | under(("Wpg", "16")), ["none"]),
        ("article 16, for the mayor", POLICE | MAYOR | under(("Wpg", "16")), []),
        ("an article that is about the police itself", POLICE | under(("Wpg", "13")), ["none"]),
        (
            "an agreement that ended",
            POLICE | under(("Wpg", "19"), valid_until="2027-02-01"),
            ["none"],
        ),
        (
            "records",
            POLICE | under(("Wpg", "19")) | {"plan.data.0.output": "anonymous"},
            ["records"],
        ),
        ("a link", LINKED | POLICE | under(("Wpg", "19")), ["link"]),
    ],
    "secrecy.tax-needs-an-exception": [
        ("no tax data", {}, []),
        ("tax data, no agreement", TAX, ["none"]),
        ("the duty of secrecy itself", TAX | under(("AWR", "67 lid 1")), ["none"]),
        ("a legal duty to disclose", TAX | under(("AWR", "67 lid 2 onder a")), []),
    ],
    "linking.has-its-own-ground": [
        ("no link", {}, []),
        ("a ground that was read", LINKED, []),
        (
            "a ground nobody read",
            LINKED | {"plan.links.0.ground.law": "Koppelwet"},
            ["none"],
        ),
        ("consent", LINKED | {"plan.links.0.ground.gdpr": "6.1.a"}, ["none"]),
        (
            "no reason",
            LINKED | {"plan.links.0.reason": "Dat lijkt ons wel handig."},
            ["none"],
        ),
    ],
    "linking.both-owners-allow-it": [
        ("both allow it", LINKED, []),
        ("one says nothing", LINKED | {"inwoners.privacy.linking": GONE}, ["denied"]),
        (
            "one allows other domains only",
            LINKED | {"meldingen.privacy.linking.domains": ["housing"]},
            ["denied"],
        ),
        (
            "with a dataset nobody described",
            LINKED
            | {
                "plan.data": [asks("meldingen", "buurt"), asks("kroeglopers", "naam")],
                "plan.links": [link("meldingen", "kroeglopers")],
            },
            ["denied", "denied"],
        ),
    ],
    "linking.ends-with-the-plan": [
        ("with the plan", LINKED, []),
        ("a day later", LINKED | {"plan.links.0.until": "2028-03-02"}, ["later"]),
    ],
    "linking.means-stay-apart-from-order": [
        ("residents and traffic", LINKED, []),
        ("income and public order", income(), ["joined"]),
        ("income and public order, on the WGS, alone", income("WGS", "2.17"), ["joined"]),
        ("within a partnership of the WGS", income("WGS", "2.17") | RIEC, []),
        ("within a partnership, on another law", income() | RIEC, ["joined"]),
        (
            "income and public order, by way of residents",
            {
                "plan.data": [
                    asks("meldingen", "buurt"),
                    asks("inwoners", "buurt"),
                    asks("wegen", "straat"),
                ],
                "plan.links": [link(), link("inwoners", "wegen")],
                "meldingen.privacy.domain": "public_order",
                "wegen.privacy.domain": "income",
            },
            ["joined", "joined"],
        ),
    ],
    "ground.partnership-law-needs-a-partnership": [
        ("another law", {}, []),
        (
            "the WGS for research of the municipality itself",
            {"plan.legal_basis.law": "WGS", "plan.legal_basis.article": "2.19"},
            ["none"],
        ),
        (
            "the WGS within a partnership",
            {"plan.legal_basis.law": "WGS", "plan.legal_basis.article": "2.19"} | RIEC,
            [],
        ),
        (
            "the WGS within any cooperation",
            {"plan.legal_basis.law": "WGS", "plan.legal_basis.article": "2.19"}
            | RIEC
            | {"documents": [agreement("joint")]},
            ["none"],
        ),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "words", "changes", "expected"), rows_of(TABLES), ids=names_of(TABLES)
)
def test_the_rule_finds_what_the_table_says(rule, words, changes, expected):
    assert found(rule, changes) == expected
