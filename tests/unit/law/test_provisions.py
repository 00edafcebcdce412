"""A provision is cited as printed and links to the very text that was read."""

import re
from datetime import date

import pytest

from grondslag.law import STATUTES, Statute, statute

SOME_ACT = Statute("Voorbeeldwet", "BWBR0000001", "Voorbeeldwet 2020", date(2021, 7, 1))

CITED = [
    (SOME_ACT.article("46"), "Voorbeeldwet art. 46"),
    (SOME_ACT.article("3.8", 2), "Voorbeeldwet art. 3.8 lid 2"),
    (SOME_ACT.article("6", 1, "e"), "Voorbeeldwet art. 6 lid 1 onder e"),
    (SOME_ACT.article("9", point="a"), "Voorbeeldwet art. 9 onder a"),
]


@pytest.mark.parametrize(("provision", "text"), CITED)
def test_a_provision_is_written_as_lawyers_do(provision, text):
    assert str(provision) == text


def test_a_dutch_provision_links_to_the_version_that_was_read():
    assert SOME_ACT.article("3.8", 2).url == (
        "https://wetten.overheid.nl/jci1.3:c:BWBR0000001&artikel=3.8&lid=2&g=2021-07-01"
    )
    assert SOME_ACT.article("46").url == (
        "https://wetten.overheid.nl/jci1.3:c:BWBR0000001&artikel=46&g=2021-07-01"
    )


def test_a_union_provision_links_to_the_official_text():
    url = STATUTES["AVG"].article("6", 1, "e").url

    assert url.startswith("https://eur-lex.europa.eu/legal-content/NL/TXT/")
    assert url.endswith("32016R0679")


def test_a_text_that_nobody_read_is_unconfirmed():
    unread = Statute("Leegwet", "BWBR0000002", "Leegwet", None)

    assert SOME_ACT.is_confirmed
    assert not unread.is_confirmed
    assert "g=" not in unread.article("1").url


def test_a_statute_is_found_by_its_key_and_an_unknown_one_is_not():
    assert statute("UAVG") is STATUTES["UAVG"]
    assert statute("Verzonnen wet") is None


@pytest.mark.parametrize("key", sorted(STATUTES))
def test_every_statute_we_cite_has_an_identifier_of_its_kind(key):
    known = STATUTES[key]

    assert known.key == key
    assert known.name
    assert re.fullmatch(r"BWBR\d{7}|3\d{4}[RL]\d{4}", known.identifier)


def test_no_two_statutes_share_an_identifier():
    identifiers = [known.identifier for known in STATUTES.values()]

    assert len(set(identifiers)) == len(identifiers)
