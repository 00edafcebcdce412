"""Where others keep the data, and for what they use it: what each rule says of which plan."""

import pytest

from grondslag.law import EUROPEAN_ECONOMIC_AREA
from made_cases import agreement, asks, party
from rule_tables import found, names_of, rows_of

RECORDS = {"plan.data": [asks("meldingen", "buurt", output="pseudonymous")]}
NOBODY = {"plan.data": [asks("wegen", "straat")]}


def kept_in(country, role="processor", kind="processing", **changes):
    """Another organisation keeps the data somewhere, under this agreement."""
    given = party(role, country=country or "NL")
    if not country:
        del given["country"]
    return {"plan.parties": [given], "documents": [agreement(kind, **changes)]}


def protected(country, safeguard="standard_clauses", assessed="yes"):
    """What protects data over there."""
    return {"transfers": [{"country": country, "safeguard": safeguard, "assessed": assessed}]}


def cloud(country, **changes):
    """A Dutch processor that engages a company elsewhere."""
    return kept_in("NL", sub_processors=[{"name": "Wolk BV", "country": country}], **changes)


TABLES = {
    "transfers.country-is-known": [
        ("nobody else", {}, []),
        ("a processor in the Netherlands", kept_in("NL"), []),
        ("a processor somewhere", kept_in(""), ["unknown"]),
        ("a processor somewhere, about roads", kept_in("") | NOBODY, []),
        ("a recipient of counts somewhere", kept_in("", "recipient", "data_sharing"), []),
        ("a recipient of records somewhere",
         RECORDS | kept_in("", "recipient", "data_sharing"), ["unknown"]),
        ("a partner that brings data", kept_in("", "partner", "data_sharing"), []),
    ],
    "transfers.adequate-country": [
        ("in the Netherlands", kept_in("NL"), []),
        ("in Norway: the EEA", kept_in("NO"), []),
        ("in Switzerland", kept_in("CH"), ["adequate"]),
        ("in the United States: certified or not", kept_in("US"), ["limits"]),
        ("through a company in the United States", cloud("US"), ["limits"]),
        ("in a country without a decision", kept_in("IN"), []),
        ("somewhere: another rule refuses", kept_in(""), []),
    ],
    "transfers.protected-elsewhere": [
        ("in the Netherlands", kept_in("NL"), []),
        ("in Switzerland", kept_in("CH"), []),
        ("in India, with nothing", kept_in("IN"), ["nothing"]),
        ("in India, no agreement at all", kept_in("IN") | {"documents": []}, ["nothing"]),
        ("in India, under standard clauses, the law looked at",
         kept_in("IN", **protected("IN")), ["safeguard"]),
        ("in India, under standard clauses, the law not looked at",
         kept_in("IN", **protected("IN", assessed="no")), ["not-assessed"]),
        ("in India, under standard clauses, unclear whether the law was looked at",
         kept_in("IN", **protected("IN", assessed="unclear")), ["not-assessed"]),
        ("in India, on an exception", kept_in("IN", **protected("IN", "derogation")),
         ["derogation"]),
        ("in India, clauses for Brazil", kept_in("IN", **protected("BR")), ["nothing"]),
        ("through a company in India", cloud("IN"), ["nothing"]),
        ("through a company in India, under standard clauses",
         cloud("IN", **protected("IN")), ["safeguard"]),
        ("counts let out to India", kept_in("IN", "recipient", "data_sharing"), []),
        ("records to India", RECORDS | kept_in("IN", "recipient", "data_sharing"),
         ["nothing"]),
        ("in India, about roads", kept_in("IN") | NOBODY, []),
    ],
    "parties.processor-has-no-purposes": [
        ("nobody else", {}, []),
        ("for us only", kept_in("NL"), []),
        ("also to train its own model", kept_in("NL", own_purposes="yes"), ["own"]),
        ("unclear", kept_in("NL", own_purposes="unclear"), ["own"]),
        ("no agreement: another rule waits", kept_in("NL") | {"documents": []}, []),
    ],
    "security.who-gets-it-protects-it": [
        ("counts", kept_in("NL", "recipient", "data_sharing", terms={}), []),
        ("records, security agreed", RECORDS | kept_in("NL", "recipient", "data_sharing"), []),
        ("records, nothing about security",
         RECORDS | kept_in("NL", "recipient", "data_sharing", terms={}), ["nothing"]),
        ("records, unclear",
         RECORDS | kept_in("NL", "joint_controller", "joint", terms={"security": "unclear"}),
         ["nothing"]),
        ("no agreement: another rule waits",
         RECORDS | kept_in("NL", "recipient") | {"documents": []}, []),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "words", "changes", "expected"), rows_of(TABLES), ids=names_of(TABLES)
)
def test_the_rule_finds_what_the_table_says(rule, words, changes, expected):
    assert found(rule, changes) == expected


def test_the_european_economic_area_has_thirty_countries():
    assert len(EUROPEAN_ECONOMIC_AREA) == 30
    assert {"NL", "IS", "LI", "NO"} <= EUROPEAN_ECONOMIC_AREA
    assert not EUROPEAN_ECONOMIC_AREA & {"GB", "CH", "US"}
