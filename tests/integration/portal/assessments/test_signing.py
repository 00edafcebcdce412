"""Who signs sees what they sign, shows anew who they are, and signs nothing else."""

import json

import pytest
from django.urls import reverse

from grondslag.canonical import to_yaml
from grondslag_portal.projects.services import save_document
from grondslag_portal.tasks.selectors import tasks_for
from portal_town import small_plan

OWNERS = {"owner-bezwaren.json", "owner-meldingen.json", "owner-wijken.json"}


@pytest.fixture
def project(portal):
    return portal.add_project()


def page_of(name, project):
    return reverse(f"assessments:{name}", args=[project.key])


def shown_hash(client, project):
    return client.get(page_of("decision", project)).context["shown"].sha256


def show_anew(client, portal, sha256):
    """What the page to sign in anew leaves in the session."""
    session = client.session
    session["step_up_shown"] = {sha256: portal.clock.now().isoformat()}
    session.save()


def sign(client, portal, project, *, anew=True):
    sha256 = shown_hash(client, project)
    if anew:
        show_anew(client, portal, sha256)
    return client.post(page_of("sign", project), {"sha256": sha256})


def test_the_owner_signs_for_every_dataset_at_once(portal, client, project):
    portal.sign_in(client, "eigenaar")

    answer = sign(client, portal, project)

    assert answer.status_code == 302
    assert portal.signed(project) == OWNERS
    assert portal.verified_chain().records


def test_without_showing_anew_who_they_are_nobody_signs(portal, client, project):
    portal.sign_in(client, "beslisser")

    answer = sign(client, portal, project, anew=False)

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("organisations:step-up"))
    assert portal.signed(project) == set()


def test_the_signature_tells_when_they_showed_who_they_are(portal, client, project):
    portal.sign_in(client, "privacy")
    portal.clock.go_on(minutes=2)

    sign(client, portal, project)

    found = project.documents.get(path="approval/signatures/privacy_officer-project.json")
    assert json.loads(bytes(found.content))["stepped_up"] == "2027-03-02T09:02:00.000Z"


def test_when_everybody_signed_the_project_is_approved(portal, client, project):
    for account in ("eigenaar", "privacy", "beslisser"):
        portal.sign_in(client, account)
        assert sign(client, portal, project).status_code == 302

    project.refresh_from_db()

    assert project.phase == "approved"
    assert {task.step for task in tasks_for(portal.people["analist"])} == {"delivery"}
    assert tasks_for(portal.people["beslisser"]) == []


def test_what_changed_after_it_was_shown_is_not_signed(portal, client, project):
    portal.sign_in(client, "beslisser")
    sha256 = shown_hash(client, project)
    show_anew(client, portal, sha256)
    changed = to_yaml(small_plan(stop_criterion="Als er minder dan honderd meldingen zijn."))
    save_document(project, "plan.yaml", changed.encode(), by=portal.people["adviseur"])

    answer = client.post(page_of("sign", project), {"sha256": sha256})

    assert answer.status_code == 409
    assert answer.context["fault"].code == "assessments.changed-meanwhile"
    assert portal.signed(project) == set()


def test_the_same_post_twice_is_one_signature(portal, client, project):
    portal.sign_in(client, "beslisser")
    sha256 = shown_hash(client, project)
    for _ in range(2):
        show_anew(client, portal, sha256)
        answer = client.post(page_of("sign", project), {"sha256": sha256})

    assert answer.status_code == 409
    assert answer.context["fault"].code == "assessments.nothing-to-sign"
    assert portal.signed(project) == {"decider-project.json"}
    assert portal.audited().count(("approval.signed", project.key)) == 1


@pytest.mark.parametrize("account", ["adviseur", "fg", "analist", "raadslid"])
def test_who_has_no_place_under_it_cannot_sign(portal, client, project, account):
    portal.sign_in(client, account)

    answer = client.post(page_of("sign", project), {"sha256": "0" * 64})

    assert answer.status_code == 403
    assert portal.signed(project) == set()


def test_a_plan_that_is_not_lawful_is_not_signed(portal, client):
    project = portal.add_project(individual_decision="yes")
    portal.sign_in(client, "beslisser")

    page = client.get(page_of("decision", project))

    assert page.status_code == 200
    assert not page.context["signing"].is_lawful
    assert page.context["mine"] == []


def test_after_the_approval_the_page_shows_who_signed(portal, client, project):
    portal.approve(project)
    portal.sign_in(client, "raadslid")

    signing = client.get(page_of("decision", project)).context["signing"]

    assert signing.waiting == ()
    assert len(signing.seats) == 5
