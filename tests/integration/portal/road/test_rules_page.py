"""What the rules say of a whole plan, and making every change that it needs in one click."""

import pytest

from grondslag_portal.projects.judging import identity, identity_of, judged, proposed
from portal_road import address, plan_in, plans_of

FAR = "2039-01-01"


@pytest.fixture
def adviser(portal, client):
    portal.sign_in(client, "adviseur")
    return client


@pytest.fixture
def unlawful(portal):
    """A project that may not be like this: its data would be kept too long, and too fine."""
    return portal.add_project(end_date=FAR)


def best_of(project):
    found = proposed(project, judged(project))
    assert found is not None
    return found.best


def test_the_changes_that_make_it_lawful_stand_on_top(adviser, unlawful):
    page = adviser.get(address("rules", unlawful))
    best = best_of(unlawful)

    assert best.changes
    assert page.context["best"].key == identity_of(best.changes)
    assert "Met deze wijzigingen mag het wel" in page.content.decode()


def test_all_changes_are_made_in_one_click_and_shown(adviser, unlawful):
    key, versions = identity_of(best_of(unlawful).changes), plans_of(unlawful)

    done = adviser.post(address("rules-apply", unlawful), {"change": key}, follow=True)

    page = done.content.decode()
    assert plans_of(unlawful) == versions + 1
    assert plan_in(unlawful)["end_date"] != FAR
    assert "Dit is veranderd in je plan" in page
    assert "Met deze wijzigingen mag het wel" not in page
    assert "Dit is veranderd" not in adviser.get(address("rules", unlawful)).content.decode()


def test_one_change_of_a_way_is_made_by_itself(adviser, unlawful):
    change = best_of(unlawful).changes[0]

    adviser.post(address("rules-apply", unlawful), {"change": identity(change)})

    left = proposed(unlawful, judged(unlawful))
    assert left is None or change not in left.best.changes


def test_a_way_that_is_gone_changes_nothing(adviser, unlawful):
    versions = plans_of(unlawful)

    refused = adviser.post(address("rules-apply", unlawful), {"change": "0" * 32})

    assert refused.status_code == 400
    assert plans_of(unlawful) == versions


def test_who_only_reads_sees_the_findings_and_no_button(portal, client, unlawful):
    portal.sign_in(client, "privacy")

    page = client.get(address("rules", unlawful)).content.decode()

    assert "Mag zo niet" in page
    assert address("rules-apply", unlawful) not in page


def test_a_dataset_is_called_by_its_title(adviser, unlawful):
    titles = {one.name: one.title for one in judged(unlawful).case.contracts.values()}

    page = adviser.get(address("rules", unlawful)).content.decode()

    assert any(title in page for title in titles.values())
