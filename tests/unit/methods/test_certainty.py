"""The four fixed words, each in both languages."""

import math

import pytest

from grondslag.errors import InputError
from grondslag.methods import Certainty, certainty_word
from grondslag.wording import has_sentence

WORDS = [
    (1, Certainty.ALMOST_CERTAIN),
    (0.9501, Certainty.ALMOST_CERTAIN),
    (0.95, Certainty.PROBABLE),
    (0.80, Certainty.PROBABLE),
    (0.7999, Certainty.UNCLEAR),
    (0.5, Certainty.UNCLEAR),
    (0.20, Certainty.UNCLEAR),
    (0.1999, Certainty.PROBABLY_NOT),
    (0, Certainty.PROBABLY_NOT),
]


@pytest.mark.parametrize(("probability", "word"), WORDS)
def test_each_probability_has_its_fixed_word(probability, word):
    assert certainty_word(probability) is word


@pytest.mark.parametrize("probability", [-0.01, 1.01, math.nan, 95])
def test_what_is_no_probability_has_no_word(probability):
    with pytest.raises(InputError) as refused:
        certainty_word(probability)

    assert refused.value.code == "methods.not-a-probability"


@pytest.mark.parametrize("word", Certainty)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_word_is_in_the_catalogue(word, language):
    assert has_sentence(word.value, language)
