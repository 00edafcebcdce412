"""Words that say why."""

import pytest

from grondslag.analysis.causal_words import causal_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Door de flitspaal gebeuren er minder ongevallen.", ("door",)),
        ("De drempels leiden tot rust.", ("leiden tot",)),
        ("Dankzij de camera is de straat rustig.", ("dankzij",)),
        ("Het verkeer zorgt voor meer ongevallen.", ("zorgt voor",)),
        ("Overlast als gevolg van de kroegen.", ("als gevolg van",)),
        ("De hoge snelheid veroorzaakt ongevallen.", ("veroorzaakt",)),
        ("The camera led to fewer crashes.", ("led to",)),
        ("Fewer crashes because of the camera.", ("because of",)),
        ("Speed causes crashes. Thanks to us they fell.", ("causes", "thanks to")),
    ],
)
def test_a_cause_is_seen(text, words):
    assert causal_words(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Bewoners worden door de gemeente geholpen.",
        "De meldingen zijn door bewoners gedaan. Er zijn er meer dan elders.",
        "Komt dit door de snelheid?",
        "De cijfers zeggen niet waardoor er meer misgaat.",
        "In de Lindelaan zijn meer ongevallen geregistreerd dan elders.",
        "De wethouder zorgt voor het geld.",
        "Het doorgaand verkeer is meer dan elders.",
    ],
)
def test_who_did_something_is_no_cause(text):
    assert causal_words(text) == ()
