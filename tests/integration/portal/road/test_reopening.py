"""Who may change a plan and when; a signed one is opened anew, knowing what that undoes."""

import pytest

from grondslag_portal.projects.answering import save_answers
from grondslag_portal.projects.models import Phase, Project
from grondslag_portal.shared.access import actions
from portal_road import address, answer, form_of, plan_in


def test_a_signed_plan_is_not_changed_until_it_is_opened_anew(portal, client):
    project = portal.add_project()
    portal.sign_in(client, "adviseur")
    sent = form_of(client.get(address("question-problem", project)))
    portal.approve(project)
    before = plan_in(project)

    refused = client.post(address("question-problem", project), sent)

    assert refused.status_code == 403
    assert plan_in(project) == before
    assert (
        "Open het project eerst opnieuw"
        in client.get(address("question", project)).content.decode()
    )


def test_opening_anew_says_what_it_undoes_and_asks_to_confirm(portal, client):
    project = portal.add_project()
    portal.approve(project)
    portal.sign_in(client, "adviseur")

    asked = client.get(address("reopen", project)).content.decode()
    assert "Dan tekent iedereen opnieuw" in asked
    assert portal.signed(project)

    client.post(address("reopen", project))

    project.refresh_from_db()
    assert project.phase == Phase.DRAFT
    assert not portal.signed(project)
    assert ("project.reopened", project.key) in portal.audited()
    assert project.documents.filter(path__startswith="approval/signatures/").exists()
    given = {"problem": "Fietsers worden vaak aangereden."}
    assert answer(client, "question-problem", project, given).status_code == 302
    portal.verified_chain()


def test_after_opening_anew_everybody_signs_the_new_version(portal, client):
    project = portal.add_project()
    portal.approve(project)
    signed = portal.signed(project)
    portal.sign_in(client, "adviseur")
    client.post(address("reopen", project))
    answer(client, "question-problem", project, {"problem": "Fietsers worden vaak aangereden."})

    portal.approve(project)

    assert portal.signed(project) == signed
    assert project.phase == Phase.APPROVED


def test_a_service_refuses_by_itself_what_a_page_would(portal):
    project = portal.add_project()
    portal.approve(project)
    path = ("question", "problem")

    with pytest.raises(Exception, match=r"projects\.signed-already"):
        save_answers(
            project, lambda _content: {path: "Iets heel anders."}, paths=(path,), base="",
            by=portal.people["adviseur"],
        )  # fmt: skip


def test_a_no_can_be_looked_at_again(portal, client):
    project = portal.add_project()
    portal.sign_in(client, "adviseur")
    answer(client, "question-proceed", project, {"proceed": "no"})

    client.post(address("reopen", project))

    project.refresh_from_db()
    assert project.phase == Phase.DRAFT
    assert plan_in(project)["question"]["proceed"]["answer"] == "not_yet"


@pytest.mark.parametrize("account", ["eigenaar", "privacy", "fg", "beslisser", "beheer"])
def test_others_read_a_project_and_change_nothing(portal, client, account):
    project = portal.add_project()
    portal.sign_in(client, account)

    page = client.get(address("ground", project))

    assert page.status_code == 200
    assert "Wijzig" not in page.content.decode()
    assert client.get(address("ground-basis", project)).status_code == 403
    assert client.post(address("remedy", project), {"change": "x"}).status_code == 403


@pytest.mark.parametrize(
    "name", ["project", "question", "question-problem", "data-search", "export", "reopen"]
)
def test_a_restricted_project_does_not_exist_for_others(portal, client, name):
    project = portal.add_project()
    Project.objects.filter(pk=project.pk).update(restricted=True, applicant=portal.people["fg"])
    portal.sign_in(client, "raadslid")

    assert client.get(address(name, project)).status_code == 404


def test_every_action_of_projects_stands_in_the_table():
    assert {"projects.edit", "projects.reopen", "projects.import"} <= actions().keys()
