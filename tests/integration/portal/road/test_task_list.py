"""A project as a task list: the engine's own states, in words; a page reads the index."""

from datetime import timedelta

import pytest
from django.test.utils import CaptureQueriesContext

from grondslag_portal.projects.sections import SCREENS
from portal_road import address, answer
from portal_town import later


@pytest.fixture
def adviser(portal, client):
    portal.sign_in(client, "adviseur")
    return client


def test_a_step_that_cannot_yet_is_grey_with_its_reason_and_no_link(portal, adviser):
    page = adviser.get(address("project", portal.add_project())).content.decode()

    assert "Leveren kan na de goedkeuring." in page
    assert page.count("Kan nog niet") == 4
    assert "/levering/" not in page


def test_who_is_waited_for_is_told_with_since_when(portal, adviser):
    page = adviser.get(address("project", portal.add_project())).content.decode()

    assert "data-eigenaar Verkeer<" in page
    assert "data-eigenaar (" not in page  # no key of a dataset
    assert "privacy officer" in page
    assert "Dat is sinds" in page


def test_the_index_is_made_anew_on_another_day(portal, adviser):
    project = portal.add_project()
    later(portal, timedelta(days=1))

    adviser.get(address("project", project))

    project.refresh_from_db()
    assert project.states_day == portal.clock.now().date()


def test_where_a_project_stands_follows_an_answer(portal, adviser):
    project = portal.add_project()
    answer(
        adviser, "question-decision", project,
        {"decision": "We willen graag meer inzicht in het verkeer."},
    )  # fmt: skip

    page = adviser.get(address("project", project)).content.decode()

    assert "Bezig" in page


@pytest.mark.parametrize("name", ["project", "question", "ground", "data", "data-search", *SCREENS])
def test_a_page_asks_the_database_little(portal, adviser, name):
    from django.db import connection

    project = portal.add_project()
    adviser.get(address("project", project))

    with CaptureQueriesContext(connection) as asked:
        assert adviser.get(address(name, project)).status_code == 200

    assert len(asked) <= 15
