"""The yearly look at all rights: a task, every account, keep or end, a record of the outcome."""

from datetime import timedelta

import pytest

from grondslag.errors import ApprovalError, InputError
from grondslag_portal.home.mailing import summary_for
from grondslag_portal.home.selectors import all_tasks
from grondslag_portal.organisations import reviewing
from grondslag_portal.organisations.models import Department, Person, RightsReview, RoleGrant
from grondslag_portal.organisations.reviewing import Answer
from grondslag_portal.organisations.services import Gift, give_role
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role
from portal_shown import prove, shown_anew

DAY = timedelta(days=1)
PAGE, LIST = "/wie-mag-wat/nakijken/mobiliteit/", "/wie-mag-wat/nakijken/"


@pytest.fixture
def mobility(portal):
    return Department.objects.get(key="mobiliteit")


@pytest.fixture
def officer(portal):
    """A second person who looks: the administrator of the example has every special right."""
    person = Person.objects.create_user("ciso", "CISO Voorbeeldstad")
    give_role(Gift(person, Role.SECURITY_OFFICER), by="beheer")
    return person


@pytest.fixture
def steward(portal, mobility):
    person = Person.objects.create_user("steward", "Steward Mobiliteit", department=mobility)
    give_role(Gift(person, Role.STEWARD, mobility), by="beheer")
    return person


def looked(department, by, *ending):
    """Somebody keeps every right that is not their own, apart from some."""
    rights = reviewing.rights_of(department)
    answers = {
        right.key: Answer.END if right.key in ending else Answer.KEEP
        for right in rights
        if right.person != by
    }
    return reviewing.review_rights(department, reviewing.mark_of(rights), answers, by=by)


def due_of(department, person=None):
    return next(one.due for one in reviewing.reviews(person) if one.department == department)


def key_of(person):
    return f"role-{person.grants.get().pk}"


def task_of(person):
    """The task, for the person as they are read at their next request."""
    return reviewing.review_task(Person.objects.get(pk=person.pk))


def test_a_year_after_a_right_began_or_was_looked_at_it_is_due(portal, mobility, steward):
    begun = engine.today()
    assert due_of(mobility) == begun + 365 * DAY
    portal.clock.moment += 100 * DAY
    looked(mobility, portal.people["beheer"])
    assert due_of(mobility) == begun + 465 * DAY
    assert due_of(Department.objects.get(key="veiligheid")) is None  # nothing to look at


def test_it_waits_a_month_ahead_for_who_may_look_and_is_late_after_the_day(
    portal, officer, steward
):
    assert task_of(officer) is None
    portal.clock.moment += 334 * DAY
    assert task_of(officer).is_late is False
    assert task_of(steward) is None
    portal.clock.moment += 31 * DAY
    assert not task_of(officer).is_late
    portal.clock.moment += DAY
    assert task_of(officer).is_late


def test_overdue_stands_first_on_the_page_and_in_the_summary(portal, client, officer):
    portal.add_project()
    officer.email = "ciso@voorbeeldstad.example"
    officer.save()
    portal.clock.moment += 366 * DAY
    client.force_login(officer)

    page = client.get("/").text

    first = all_tasks(Person.objects.get(pk=officer.pk))[0]
    assert first.is_late
    assert first.url == LIST
    assert "Kijk na wie wat mag" in page
    assert "Te laat" in page
    assert "Taken die op je wachten: 1" in summary_for(Person.objects.get(pk=officer.pk)).body
    assert "Nu nakijken" in client.get(LIST).text


def test_what_is_due_stands_first_on_the_list(portal, client, officer, steward, mobility):
    portal.clock.moment += 366 * DAY
    looked(mobility, officer)
    client.force_login(officer)

    page = client.get(LIST).text

    assert page.index("Hele gemeente") < page.index("Mobiliteit")
    assert "Uiterlijk" in page


def test_nobody_judges_their_own_rights_and_those_wait_for_another(portal, officer):
    looked(None, officer)
    portal.clock.moment += 364 * DAY
    looked(None, officer)  # every year, so that of others nothing is due
    portal.clock.moment += 2 * DAY

    assert task_of(officer) is None
    assert task_of(portal.people["beheer"]).is_late
    looked(None, portal.people["beheer"])
    assert task_of(portal.people["beheer"]) is None


def test_what_ends_ends_at_once_and_the_outcome_is_a_record(portal, mobility, steward):
    looked(mobility, portal.people["beheer"], key_of(steward))

    assert not Person.objects.get(pk=steward.pk).roles_today()
    review = RightsReview.objects.get()
    assert {"name": steward.name, "role": "steward", "answer": "end"} in review.outcome
    assert [action for action, _ in portal.audited()][-2:] == [
        "organisations.rights-seen", "organisations.role-ended",
    ]  # fmt: skip
    portal.verified_chain()


def test_an_account_without_a_role_is_asked_about_too_and_closes(portal, mobility):
    idle = Person.objects.create_user("stil", "Stille collega", department=mobility)

    looked(mobility, portal.people["beheer"], f"account-{idle.pk}")

    assert not Person.objects.get(pk=idle.pk).is_active


def test_an_account_that_must_close_hands_over_first_and_then_nothing_is_kept(
    portal, mobility, steward
):
    portal.add_project()
    adviser = portal.people["adviseur"]
    adviser.grants.all().delete()

    with pytest.raises(ApprovalError, match="hand-over-first"):
        looked(mobility, portal.people["beheer"], f"account-{adviser.pk}", key_of(steward))

    assert not RightsReview.objects.exists()
    assert Person.objects.get(pk=steward.pk).roles_today()


def test_a_role_of_the_sign_in_service_is_told_to_end_there(portal, mobility, steward):
    RoleGrant.objects.filter(person=steward).update(from_directory=True)

    (left,) = looked(mobility, portal.people["beheer"], key_of(steward))

    assert left.person == steward
    assert Person.objects.get(pk=steward.pk).roles_today() == {Role.STEWARD}


def test_rights_that_changed_since_are_looked_at_anew_and_every_right_has_an_answer(
    portal, mobility, steward, officer
):
    seen = reviewing.mark_of(reviewing.rights_of(mobility))
    with pytest.raises(InputError, match="review-unanswered"):
        reviewing.review_rights(mobility, seen, {}, by=officer)
    give_role(Gift(officer, Role.ANALYST, mobility), by="beheer")
    with pytest.raises(ApprovalError, match="rights-changed"):
        reviewing.review_rights(mobility, seen, {}, by=officer)


def test_on_the_page_every_account_its_roles_and_last_sign_in_and_a_choice_for_each(
    portal, client, officer, steward, mobility
):
    Person.objects.filter(pk=steward.pk).update(last_login=portal.clock.now())
    client.force_login(officer)
    rights = reviewing.rights_of(mobility)
    page = client.get(PAGE).text
    assert steward.name in page
    assert "Laatst ingelogd op" in page
    assert "checked" not in page  # nothing is chosen beforehand

    sha256 = reviewing.mark_of(rights)
    sent = {right.key: "keep" for right in rights} | {key_of(steward): "end", "sha256": sha256}
    assert client.post(PAGE, {"sha256": sha256}).status_code == 400
    assert shown_anew(client, PAGE, sent | {"sha256": "0" * 64}).status_code == 409
    assert client.post(PAGE, sent).url == "/opnieuw-inloggen/"
    back = client.get(prove(client)).text
    assert back.count("checked") == len(rights)

    assert client.post(PAGE, sent).url == LIST
    assert not Person.objects.get(pk=steward.pk).roles_today()


def test_one_does_not_end_ones_own_role_on_the_page(portal, client, officer):
    client.force_login(officer)

    page = client.get("/wie-mag-wat/nakijken/gemeente/").text

    assert "Dit ben jij. Een ander kijkt jouw rechten na." in page
    assert f'name="{key_of(officer)}"' not in page
