"""How sure an answer is, is said in four fixed words: no sentence of an answer has others."""

import re

import pytest

from grondslag.methods import Certainty
from grondslag.wording import sentence
from our_source import catalogue_texts

ANSWERS = ("analysis", "methods", "neighbourhoods", "report", "traffic")
"""The rooms, and themes, whose sentences tell an answer."""

OTHERS = {
    "nl": (
        r"hoogst ?waarschijnlijk", r"zeer waarschijnlijk", r"vermoedelijk", r"significan\w*",
        r"bijna zeker", r"zo goed als zeker", r"ongetwijfeld", r"wellicht", r"misschien",
        r"vast en zeker", r"onwaarschijnlijk", r"statistisch",
    ),
    "en": (
        r"(?:un)?likely", r"significan\w*", r"surely", r"perhaps", r"presumably", r"undoubtedly",
        r"maybe", r"improbable", r"statistically", r"not possible to say",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("word", "dutch", "english"),
    [
        (Certainty.ALMOST_CERTAIN, "vrijwel zeker", "almost certain"),
        (Certainty.PROBABLE, "waarschijnlijk", "probable"),
        (Certainty.UNCLEAR, "niet te zeggen", "cannot be said"),
        (Certainty.PROBABLY_NOT, "waarschijnlijk niet", "probably not"),
    ],
)
def test_the_four_words_are_these(word, dutch, english):
    assert sentence(word.value, language="nl") == dutch
    assert sentence(word.value, language="en") == english


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_of_an_answer_has_another_word_for_how_sure_it_is(language):
    other = re.compile(rf"\b(?:{'|'.join(OTHERS[language])})\b", re.IGNORECASE)

    found = [
        f"{code}: {text}"
        for code, text in catalogue_texts(language).items()
        if code.partition(".")[0] in ANSWERS and other.search(text)
    ]

    assert found == []
