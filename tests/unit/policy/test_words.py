"""What is no answer in any case: a wish to know, a filler, the question again."""

import pytest

from grondslag.policy.words import has_filler, is_decision, letters_in, names_everyone, repeats

DECISIONS = [
    ("We besluiten of er een flitspaal komt.", True),
    ("Wel of geen extra buurtbus in wijk Noord.", True),
    ("De raad stelt het budget voor jeugdhulp vast.", True),
    ("Kiezen waar drempels komen, op basis van een beeld van de ongevallen.", True),
    ("We willen meer inzicht.", False),
    ("Inzichtelijk maken waar het druk is.", False),
    ("In kaart brengen van gevaarlijke plaatsen.", False),
    ("Een beeld krijgen van de wijk.", False),
    ("We want more insight into traffic.", False),
    ("Nader te bepalen.", False),
    ("MEER INZICHT!", False),
]


@pytest.mark.parametrize(("text", "is_one"), DECISIONS)
def test_wanting_to_know_is_no_decision(text, is_one):
    assert is_decision(text) is is_one


FILLERS = [
    ("Dat is handig.", True),
    ("Vóór de zekerheid.", True),
    ("n.v.t.", True),
    ("Dit is nog te bepalen met de jurist.", True),
    ("Het onhandige kruispunt is het onderwerp.", False),
    ("Om groepen met elkaar te vergelijken.", False),
    ("Onbekend.", True),
    ("Om ongevallen met onbekende oorzaak apart te tellen.", False),
    ("Om te vergelijken met de standaard voor drempels.", False),
]


@pytest.mark.parametrize(("text", "filler"), FILLERS)
def test_a_filler_is_no_reason(text, filler):
    assert has_filler(text) is filler


@pytest.mark.parametrize(
    ("text", "others", "again"),
    [
        ("leeftijd is nodig", ("leeftijd",), True),
        ("De leeftijd van de bewoner", ("leeftijd", "Leeftijd van een bewoner in jaren"), True),
        ("om kinderen te onderscheiden", ("leeftijd",), False),
        ("", ("leeftijd",), True),
    ],
)
def test_saying_the_name_again_is_no_reason(text, others, again):
    assert repeats(text, *others) is again


@pytest.mark.parametrize(
    ("who", "wide"),
    [
        ("Iedereen", True),
        ("alle medewerkers", True),
        ("Openbaar", True),
        ("het team Verkeer", False),
        ("twee analisten van Openbare Orde", False),
        ("de stagiair Publiekszaken", False),
        ("het team Openbaar Vervoer", False),
        ("onbekend", True),
    ],
)
def test_everyone_is_nobody_in_particular(who, wide):
    assert names_everyone(who) is wide


def test_letters_are_counted_and_nothing_else():
    assert letters_in("4 – voor de kaart!") == len("voordekaart")
