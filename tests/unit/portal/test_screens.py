"""Every part of a plan that its schema wants has a screen, and every screen its words."""

import pytest

from grondslag.plan import plan_schema
from grondslag.wording import LANGUAGES, has_sentence
from grondslag_portal.projects.questions import WAYS
from grondslag_portal.projects.screens import must_stand, schema_at
from grondslag_portal.projects.sections import SCREENS

ITSELF = {"plan", "id", "date", "data"}
"""Made at the start, or asked per dataset."""


def test_every_part_that_a_plan_must_have_is_asked_somewhere():
    asked = {path[0] for screen in SCREENS.values() for path in screen.paths}

    assert sorted(set(plan_schema()["required"]) - asked - ITSELF) == []


@pytest.mark.parametrize("key", SCREENS)
def test_every_question_is_about_a_part_that_the_schema_knows(key):
    screen = SCREENS[key]
    paths = [item.path for item in screen.items]
    if screen.rows is not None:
        paths += [(*screen.rows.path, 0, *item.path) for item in screen.rows.items]

    assert [path for path in paths if not schema_at(path)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", SCREENS)
def test_every_screen_and_question_has_its_words(key, language):
    screen = SCREENS[key]
    rows = () if screen.rows is None else screen.rows.items
    codes = [f"projects.ask-{item.name}" for item in (*screen.items, *screen.extra, *rows)]
    if "zonder/" not in screen.slug:
        codes.append(f"projects.title-{key}")

    assert [code for code in codes if not has_sentence(code, language)] == []


@pytest.mark.parametrize("key", SCREENS)
def test_every_screen_leads_on_to_one_that_exists(key):
    following = SCREENS[key].following

    assert not following or following in SCREENS


def test_no_two_screens_share_an_address():
    places = [(screen.section, screen.slug) for screen in SCREENS.values()]

    assert len(set(places)) == len(places)
    assert len(WAYS) == 8


def test_what_must_stand_is_what_the_schema_says():
    assert must_stand(("informing", "way"))
    assert not must_stand(("informing", "where"))
    assert must_stand(("parties", 0, "name"))
