"""The pages of home as a browser shows them: nothing wrong at any width, one primary action."""

import pytest

from grondslag_portal.organisations.models import Department, Person, RoleGrant
from grondslag_portal.projects.knowing import said_of
from grondslag_portal.projects.models import AdviceStand, Phase, Project
from grondslag_portal.shared import engine
from grondslag_portal.shared.access import Role
from portal_browser import WIDTHS, faults_of, opened, session_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = (
    "/", "/zoeken/?q=kruising", "/overzicht/", "/geleerd/", "/steekproef/", "/herinneringen/",
    "/wat-weten-we-al/?vraag=Is+de+kruising+veilig",
)  # fmt: skip


@pytest.fixture
def session(live_server):
    """Somebody with many roles, and projects with long words in every part of every page."""
    department = Department.objects.create(key="mobiliteit", name="Mobiliteit")
    person = Person.objects.create_user("fg", "FG (voorbeeld)", is_local=True, password="x" * 14)
    for role in (Role.DATA_PROTECTION_OFFICER, Role.COUNCIL, Role.ANALYST):
        RoleGrant.objects.create(person=person, role=role, start=engine.today())
    for at, (phase, advice) in enumerate(
        (phase, advice) for phase in Phase for advice in AdviceStand
    ):
        project = Project(
            key=f"p{at}", title="Verkeersveiligheidsmaatregelenonderzoek " * 2, phase=phase,
            question="Is de kruising veilig?", decision="Wij maken de kruising rond.",
            lesson="Tel ook in de winter.", advice=advice, applicant=person,
            department=department, review_date=engine.today(), end_date=engine.today(),
        )  # fmt: skip
        project.said = said_of(project)
        project.save()
    return session_of(person)


def test_nothing_is_wrong_with_a_page_at_any_width(live_server, browser, session):
    wrong = {}
    for page in PAGES:
        for width in WIDTHS:
            with opened(browser, live_server.url + page, width=width, session=session) as tab:
                if faults := faults_of(tab) + tab.complaints:
                    wrong[page, width] = faults

    assert wrong == {}
