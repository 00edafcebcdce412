"""A privacy statement says what the law asks people to hear, as far as the plan says."""

import pytest

from grondslag.policy.statement import privacy_statement
from grondslag.wording import LANGUAGES
from made_answers import OTHER, consent, further_use
from made_cases import agreement, asks, case, party

NOBODY = {"plan.data": [asks("wegen", "straat")]}
CONSENT = {"plan.legal_basis.gdpr": "6.1.a", "plan.consent": consent()}
CLOUD = {
    "plan.parties": [party()],
    "documents": [agreement(sub_processors=[{"name": "Wolkbedrijf", "country": "US"}])],
}
MACHINE = {
    "plan.automation": {
        "solely": "yes",
        "profiling": "no",
        "measures": "Bel ons, dan kijkt een mens.",
    }
}


def text(changes=(), language="nl"):
    return " ".join(privacy_statement(case(changes), language=language).sentences)


def test_about_nobody_there_is_nothing_to_say():
    statement = privacy_statement(case(NOBODY))

    assert (statement.sentences, statement.missing) == ((), ())


def test_it_says_who_why_what_from_whom_how_long_and_which_rights():
    said = text()

    for part in (
        "het college van burgemeester en wethouders van Voorbeeldstad",
        "De wegen in de gemeente veiliger maken.",
        "WVW 1994, artikel 18 lid 1 onder d",
        "buurt",
        "Meldingen van wegbeheerders",
        "1 maart 2028",
        "5 jaar",
        "Bezwaar",
        "Autoriteit Persoonsgegevens",
    ):
        assert part in said


def test_what_is_about_nobody_is_not_named():
    assert "soort" not in text({"plan.data": [asks("meldingen", "buurt", "soort")]})


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        (OTHER | {"plan.further_use": [further_use()]}, "iets anders: afvalbeleid"),
        (CONSENT, "toestemming altijd intrekken"),
        (CLOUD, "Wolkbedrijf bewaart gegevens buiten Europa: US"),
        (CLOUD, "Rekenbureau BV werkt hierbij voor ons"),
        (MACHINE, "Bel ons, dan kijkt een mens."),
    ],
)
def test_what_only_some_plans_do_is_said_then_only(changes, part):
    assert part in text(changes)
    assert part not in text()


def test_for_a_legal_duty_there_is_no_objection():
    assert "Bezwaar" not in text({"plan.legal_basis.gdpr": "6.1.c"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_is_said_in_words(language):
    every = OTHER | CONSENT | CLOUD | MACHINE | {"plan.further_use": [further_use()]}
    statement = privacy_statement(case(every), language=language)

    assert [line for line in statement.sentences if "policy." in line or "{" in line] == []
    assert len(statement.missing) == 2
