"""What changed in a period."""

import pytest

from grondslag.analysis.breaks import Break, BreakKind, breaks_in, said_in
from made_contracts import made_contract

SAID = "Sinds 2013 registreert de politie op een andere manier."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (SAID, [(BreakKind.REGISTRATION, 2013)]),
        ("In 2024 zijn de grenzen van buurten gewijzigd.", [(BreakKind.BORDERS, 2024)]),
        ("Trendbreuk in 2009. Nieuwe wijkindeling in 2018.",
         [(BreakKind.REGISTRATION, 2009), (BreakKind.BORDERS, 2018)]),
        ("The definition changed in 2015.", [(BreakKind.REGISTRATION, 2015)]),
        ("De gegevens gaan over 2016 tot en met 2021.", []),
        ("De registratie is veranderd.", []),
        ("", []),
    ],
)  # fmt: skip
def test_what_an_owner_tells_of(text, found):
    assert [(one.kind, one.year) for one in said_in(text)] == found


def contract(tmp_path, limitations):
    return made_contract(tmp_path, description={"purpose": "Verkeer.", "limitations": limitations})


def test_a_change_counts_when_it_lies_within_the_period(tmp_path):
    told = contract(tmp_path, SAID)

    within = breaks_in(("2010-01-01", "2016-12-31"), [told])

    assert within == (Break(BreakKind.REGISTRATION, 2013, SAID),)
    assert breaks_in(("2014-01-01", "2016-12-31"), [told]) == ()
    assert breaks_in(None, [told]) == ()


@pytest.mark.parametrize(
    ("period", "covid"),
    [
        (("2016-01-01", "2021-12-31"), True),
        (("2021-06-01", "2023-12-31"), True),
        (("2016-01-01", "2019-12-31"), False),
        (("2022-01-01", "2024-12-31"), False),
    ],
)
def test_the_corona_years_are_known_without_anybody_telling(tmp_path, period, covid):
    found = breaks_in(period, [contract(tmp_path, "Niets bijzonders.")])

    assert [one.kind for one in found] == ([BreakKind.COVID] if covid else [])


def test_a_change_that_two_owners_tell_of_is_told_once(tmp_path):
    told = contract(tmp_path, SAID)

    assert len(breaks_in(("2012-01-01", "2014-12-31"), [told, told])) == 1
