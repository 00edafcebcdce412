"""All projects go to another at once: what that means for a plan, for tasks and for who signs."""

from datetime import timedelta

import pytest
from django.urls import reverse

from grondslag.approval import Opinion
from grondslag.approval.advice import AdviceOutcome
from grondslag.errors import ApprovalError
from grondslag.vocabulary import SigningRole
from grondslag_portal.assessments.services import advise, sign
from grondslag_portal.organisations import terms
from grondslag_portal.organisations.models import Person
from grondslag_portal.projects.answering import reopen_project
from grondslag_portal.projects.handing import give_back, received_by
from grondslag_portal.projects.models import HandOver, Phase, Project
from grondslag_portal.tasks.models import Task
from portal_road import plan_in, plans_of
from portal_shown import prove, shown_anew
from portal_town import ADVISER, seat_of

PAGE = "/projecten/overdragen/"


@pytest.fixture
def other(portal):
    return Person.objects.create_user("ander", "beleidsadviseur Wonen")


@pytest.fixture
def people(portal):
    return portal.people


def hand_over(portal, receiver, *, by="beheer", **more):
    terms.hand_over(portal.people["adviseur"], receiver, by=portal.people[by], **more)


def test_a_plan_that_nobody_signed_gets_a_next_version_with_the_new_name(portal, other):
    project = portal.add_project()
    versions = plans_of(project)

    hand_over(portal, other)

    project.refresh_from_db()
    assert project.applicant == other
    assert plan_in(project)["applicant"] == other.name
    assert plans_of(project) == versions + 1
    assert set(Task.objects.values_list("applicant", flat=True)) == {other.pk}
    assert ("project.handed-over", project.key) in portal.audited()
    portal.verified_chain()


def test_a_signed_plan_stays_as_it_is_until_it_is_opened_anew(portal, other):
    project = portal.add_project()
    portal.approve(project)
    signed, versions = portal.signed(project), plans_of(project)

    hand_over(portal, other)

    project.refresh_from_db()
    assert (project.applicant, project.phase) == (other, Phase.APPROVED)
    assert portal.signed(project) == signed
    assert plan_in(project)["applicant"] == ADVISER
    assert plans_of(project) == versions
    reopen_project(project, by=other)
    assert plan_in(project)["applicant"] == other.name


def test_the_record_tells_who_had_it_who_has_it_and_which_plan_stood(portal, other, client):
    project = portal.add_project()
    before = project.documents.get(path="plan.yaml", current=True).sha256

    hand_over(portal, other)

    record = HandOver.objects.get()
    assert (record.giver, record.receiver) == (portal.people["adviseur"], other)
    assert (record.by, record.plan_sha256) == (portal.people["beheer"].name, before)
    portal.sign_in(client, "raadslid")
    page = client.get(reverse("projects:project", args=[project.key])).text
    assert f"{other.name} nam dit project over van {ADVISER}" in page


def test_neither_of_the_two_signs_advises_or_answers(portal, people):
    """The engine refuses whom the plan names; here whoever goes on with it is refused as well."""
    project = portal.add_project()
    portal.approve(project, roles=[SigningRole.OWNER])
    hand_over(portal, people["beslisser"], roles=False)
    moment = portal.clock.now()

    with pytest.raises(ApprovalError, match=r"approval\.applicant-signs"):
        sign(project, [seat_of(SigningRole.DECIDER)], sha256="0" * 64, by=people["beslisser"],
             stepped_up=moment)  # fmt: skip
    Project.objects.update(applicant=people["fg"])
    with pytest.raises(ApprovalError, match=r"approval\.applicant-signs"):
        advise(project, Opinion(AdviceOutcome.DO, "Doe het."), by=people["fg"],
               stepped_up=moment)  # fmt: skip


def test_who_signed_never_becomes_who_asked_and_then_nothing_moves(portal, people):
    project = portal.add_project()
    portal.add_project(id="tweede-straat")
    portal.approve(project)

    with pytest.raises(ApprovalError, match=r"projects\.receiver-signed"):
        hand_over(portal, people["privacy"], roles=False)

    assert {one.applicant for one in Project.objects.all()} == {people["adviseur"]}
    assert not HandOver.objects.exists()


def test_an_administrator_gives_no_project_of_another_to_themselves(portal, people):
    portal.add_project()
    with pytest.raises(ApprovalError, match=r"projects\.hand-over-to-yourself"):
        hand_over(portal, people["beheer"], roles=False)


def test_nothing_goes_to_who_left(portal, other):
    portal.add_project()
    terms.close_account(other, by="beheer")
    with pytest.raises(ApprovalError, match=r"organisations\.left"):
        hand_over(portal, other)


def test_who_is_away_keeps_their_roles_and_gets_the_projects_back(portal, people, other):
    project = portal.add_project()
    roles = people["adviseur"].roles_today()
    hand_over(portal, other, by="adviseur", roles=False)
    assert Person.objects.get(pk=people["adviseur"].pk).roles_today() == roles
    assert [(one.giver, one.count) for one in received_by(other)] == [(people["adviseur"], 1)]

    assert give_back(other, people["adviseur"]) == 1

    project.refresh_from_db()
    assert project.applicant == people["adviseur"]
    assert plan_in(project)["applicant"] == ADVISER
    assert received_by(other) == []
    assert received_by(people["adviseur"]) == []


def test_an_account_with_a_project_does_not_close_and_one_that_was_looked_back_at_stays(
    portal, people
):
    project = portal.add_project()
    for grant in people["adviseur"].grants.all():
        grant.delete()
    with pytest.raises(ApprovalError, match="hand-over-first"):
        terms.close_account(people["adviseur"], by="beheer")
    Project.objects.update(phase=Phase.REVIEWED)

    terms.close_account(people["adviseur"], by="beheer")

    project.refresh_from_db()
    assert project.applicant == people["adviseur"]


def test_i_hand_over_and_get_back_on_the_page_after_showing_anew_who_i_am(
    portal, client, other, people
):
    project = portal.add_project()
    portal.sign_in(client, "adviseur")
    assert project.title in client.get(PAGE).text
    assert client.post(PAGE, {"receiver": ""}).status_code == 400

    answer = shown_anew(client, PAGE, {"receiver": other.pk})

    assert (answer.status_code, answer.url) == (302, PAGE)
    assert project.title not in client.get(PAGE).text
    assert client.post(PAGE, {"back": other.pk}).status_code == 404  # I got nothing from them
    client.force_login(other)
    assert ADVISER in client.get(PAGE).text
    assert shown_anew(client, PAGE, {"back": people["adviseur"].pk}).url == PAGE
    project.refresh_from_db()
    assert project.applicant == people["adviseur"]


def test_a_refusal_is_told_on_the_page(portal, client, people):
    portal.approve(portal.add_project())
    portal.sign_in(client, "adviseur")

    answer = shown_anew(client, PAGE, {"receiver": people["privacy"].pk})

    assert answer.status_code == 409
    assert "tekende of adviseerde al" in answer.text


@pytest.mark.parametrize("what", ["end", "hand-over", "close"])
def test_a_change_of_rights_asks_to_show_anew_who_you_are_for_that_change_alone(
    portal, client, other, people, what
):
    portal.sign_in(client, "beheer")
    leaver, grant = people["analist"], people["analist"].grants.get()
    address, sent = {
        "end": (f"/wie-mag-wat/stoppen/{grant.pk}/", {}),
        "hand-over": (f"/wie-mag-wat/mensen/{leaver.pk}/",
                      {"receiver": other.pk, "what": "everything"}),
        "close": (f"/wie-mag-wat/mensen/{other.pk}/sluiten/", {}),
    }[what]  # fmt: skip
    before = portal.audited()

    assert client.post(address, sent).url == "/opnieuw-inloggen/"
    assert portal.audited() == before
    asked = client.get("/opnieuw-inloggen/").text
    assert "Wat je verandert" in asked
    assert "Wat je tekent" not in asked
    back = prove(client)
    assert client.get(back).status_code == 200
    assert client.post(f"/wie-mag-wat/stoppen/{people['fg'].grants.get().pk}/").url == (
        "/opnieuw-inloggen/"
    )
    assert portal.audited() == before

    assert shown_anew(client, address, sent).status_code == 302

    assert len(portal.audited()) > len(before)
    assert people["fg"].grants.filter(end=None).exists() or people["fg"].grants.filter(
        end__gt=portal.clock.now().date() - timedelta(days=1)
    ).exists()  # fmt: skip
