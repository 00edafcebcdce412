"""What waits for whom follows from the states of projects, and is seen by no one else."""

import pytest

from grondslag_portal.tasks.models import Task
from grondslag_portal.tasks.selectors import tasks_for


def waiting(portal, account):
    return [(task.step, task.role, task.dataset) for task in tasks_for(portal.people[account])]


def test_everybody_finds_what_waits_for_them(portal):
    portal.add_project()

    assert waiting(portal, "beslisser") == [("approval", "decider", "")]
    assert waiting(portal, "privacy") == [("approval", "privacy_officer", "")]
    assert waiting(portal, "eigenaar") == [("approval", "owner", "bezwaren, meldingen, wijken")]
    for account in ("adviseur", "analist", "fg", "raadslid"):
        assert waiting(portal, account) == []


def test_what_is_done_waits_no_more(portal):
    project = portal.add_project()

    portal.approve(project)

    assert waiting(portal, "beslisser") == []
    assert waiting(portal, "analist") == [("delivery", "analyst", "")]


def test_a_plan_that_is_not_right_waits_for_who_asked(portal):
    portal.add_project(individual_decision="yes")

    steps = {step for step, role, _ in waiting(portal, "adviseur")}
    assert steps
    assert steps <= {"question", "ground", "data"}
    assert waiting(portal, "beslisser") == []


def test_nobody_is_asked_to_sign_what_they_asked_for(portal):
    project = portal.add_project()

    Task.objects.update(applicant=portal.people["beslisser"])

    assert waiting(portal, "beslisser") == []
    assert project.applicant == portal.people["adviseur"]


def test_who_has_the_role_for_another_department_is_not_asked(portal):
    portal.add_project()
    grant = portal.people["privacy"].grants.get()
    grant.department = portal.people["privacy"].department.__class__.objects.get(key="burgerzaken")
    grant.save()

    assert waiting(portal, "privacy") == []


@pytest.mark.parametrize(("day", "late"), [(0, False), (91, False), (92, True)])
def test_what_is_late_comes_first(portal, day, late):
    """The decision is needed on 1 June 2027: 91 days after 2 March."""
    portal.add_project()
    portal.add_project(id="andere-straat")
    Task.objects.filter(project="veilige-straat").update(due=None)
    portal.clock.go_on(days=day)

    first = tasks_for(portal.people["beslisser"])[0]

    assert (first.project, first.is_late) == ("andere-straat", late)
