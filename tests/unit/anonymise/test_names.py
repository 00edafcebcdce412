"""Names are taken out of a text beside what is found by its form; without the extra it says so."""

import builtins
import logging
from importlib import metadata

import pytest

from grondslag.anonymise import deidentify, name_finder, name_finder_version, names
from grondslag.errors import InputError


def finds(*words):
    """A finder that knows these names, wherever they stand."""

    def places(text):
        return sorted(
            (text.index(word), text.index(word) + len(word)) for word in words if word in text
        )

    return places


def test_a_name_makes_place_for_a_word():
    found = deidentify("Jan de Vries belt 06-12345678", names=finds("Jan de Vries"))

    assert found == "[naam] belt [telefoonnummer]"


def test_in_english_too():
    assert deidentify("Ask Jan", names=finds("Jan"), language="en") == "Ask [name]"


def test_what_is_found_by_its_form_goes_first():
    text = "mail j.bakker@voorbeeld.example"

    assert deidentify(text, names=finds("bakker")) == "mail [e-mailadres]"


def test_a_name_that_runs_into_a_number_is_gone_on_both_sides_of_it():
    text = "Jan 06-12345678 Smit"

    assert deidentify(text, names=finds(text)) == "[naam][telefoonnummer][naam]"


def test_without_a_finder_names_stay():
    assert deidentify("Jan belt") == "Jan belt"


@pytest.fixture
def without_extra(monkeypatch):
    """As on a machine that has only the plain installation."""
    real = builtins.__import__

    def imported(name, *args, **kwargs):
        if name == "deduce":
            raise ModuleNotFoundError(name)
        return real(name, *args, **kwargs)

    def version(name):
        raise metadata.PackageNotFoundError(name)

    names._engine.cache_clear()
    monkeypatch.setattr(builtins, "__import__", imported)
    monkeypatch.setattr(metadata, "version", version)


@pytest.mark.parametrize("ask", [name_finder, name_finder_version])
def test_without_the_extra_it_says_what_to_install(without_extra, ask):
    with pytest.raises(InputError) as caught:
        ask()

    assert caught.value.code == "anonymise.no-name-finder"


@pytest.mark.long
@pytest.mark.timeout(900)
def test_the_log_of_everybody_stays_as_it_was():
    names._engine.cache_clear()
    root = logging.getLogger()
    before = root.level, list(root.handlers)

    name_finder()

    assert (root.level, list(root.handlers)) == before
