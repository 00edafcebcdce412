"""Every sentence of the command line exists in both languages, with the same facts."""

import re

import pytest

from grondslag.wording import LANGUAGES
from our_source import catalogue_texts, texts_in_source

SAID = re.compile(r"(cli|project|tell|demo)\.[a-z0-9-]*[a-z0-9]")
NO_SENTENCES = {
    "project.closed", "project.begun", "project.saved", "project.reopened", "project.handed-over",
    "project.zip", "project.key", "project.title",
}  # fmt: skip
"""Actions in the audit chain, and what a program is told of by name: a file, two fields."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_that_is_said_exists(language):
    said = {text for text in texts_in_source() if SAID.fullmatch(text)}

    assert sorted(said - NO_SENTENCES - catalogue_texts(language).keys()) == []
