"""What changed in a period."""

import pytest

from grondslag.analysis.breaks import Break, BreakKind, breaks_in, looks_like_breaks
from grondslag.errors import InputError
from made_contracts import dataset_privacy, made_contract

SAID = "Sinds 2013 registreert de politie op een andere manier."


SINCE_2013 = {"from": 2013, "kind": "registration", "said": SAID}


@pytest.mark.parametrize(
    ("text", "years"),
    [
        (SAID, [2013]),
        ("Vanaf 2023 registreren we anders.", [2023]),
        ("In 2024 zijn de grenzen van buurten gewijzigd.", [2024]),
        ("Trendbreuk in 2009. Nieuwe wijkindeling in 2018.", [2009, 2018]),
        ("The definition changed in 2015.", [2015]),
        ("In 2022 kwam er een nieuwe burgemeester.", []),
        ("De gegevens gaan over 2016 tot en met 2021.", []),
        ("De registratie is veranderd.", []),
        ("", []),
    ],
)
def test_a_sentence_that_looks_like_a_change_is_a_question_and_no_change(text, years):
    found = looks_like_breaks(text)

    assert [one.year for one in found] == years
    assert {one.kind for one in found} <= {BreakKind.UNTOLD}


def contract(tmp_path, limitations, *breaks):
    said = {"purpose": "Verkeer.", "limitations": limitations}
    return made_contract(tmp_path, description=said, privacy=dataset_privacy(breaks=list(breaks)))


@pytest.mark.parametrize("kind", ["registration", "definition", "borders"])
def test_an_owner_tells_of_a_change_in_any_words(tmp_path, kind):
    said = "Vanaf 2023 registreren we anders."
    told = contract(tmp_path, "", {"from": 2023, "kind": kind, "said": said})

    assert breaks_in(("2020-01-01", "2024-12-31"), [told])[1:] == (
        Break(BreakKind(kind), 2023, said),
    )


def test_what_is_told_is_not_asked_again(tmp_path):
    told = contract(tmp_path, SAID, SINCE_2013)

    assert [one.kind for one in breaks_in(("2010", "2016"), [told])] == [BreakKind.REGISTRATION]
    asked = breaks_in(("2010", "2016"), [contract(tmp_path, SAID)])
    assert [one.kind for one in asked] == [BreakKind.UNTOLD]


@pytest.mark.parametrize("wrong", [{"from": "2013"}, {"kind": "covid"}, {"said": ""}, {"month": 5}])
def test_a_change_that_does_not_fit_is_told_with_its_line(tmp_path, wrong):
    with pytest.raises(InputError) as refused:
        contract(tmp_path, "", SINCE_2013 | wrong)

    assert refused.value.fields["line"] > 0


def test_a_change_counts_when_it_lies_within_the_period(tmp_path):
    told = contract(tmp_path, "", SINCE_2013)

    within = breaks_in(("2010-01-01", "2016-12-31"), [told])

    assert within == (Break(BreakKind.REGISTRATION, 2013, SAID),)
    assert breaks_in(("2013-01-01", "2016-12-31"), [told]) == ()
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
    told = contract(tmp_path, "", SINCE_2013)

    assert len(breaks_in(("2012-01-01", "2014-12-31"), [told, told])) == 1
