"""A page follows its long work by itself in a browser; the brief before a signature is one page."""

import io

import pypdf
import pytest
from django.urls import reverse

from grondslag_portal.deliveries.services import start_delivery
from grondslag_portal.tasks.services import end_badly, take_run, tell_step
from portal_browser import PATIENCE, WIDTHS, faults_of, opened, session_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_page_shows_by_itself_how_far_its_work_is(portal, live_server, browser):
    project = portal.add_project()
    portal.approve(project)
    run = start_delivery(project, by=portal.people["analist"])
    address = f"{live_server.url}/projecten/{project.key}/levering/"
    session = session_of(portal.people["analist"])

    with opened(browser, address, session=session) as tab:
        tab.evaluate("document.querySelector('main').dataset.still = 'here'")
        assert faults_of(tab) == []
        run = take_run(run.pk)
        tell_step(run, "tell.step-read", "meldingen", done=4, total=12)
        tab.get_by_role("status").get_by_text("Stap 4 van 12.").wait_for()
        assert tab.locator("progress").get_attribute("value") == "4"

        end_badly(run, "tasks.broke")

        tab.get_by_text("Het werk is klaar.").wait_for(state="attached", timeout=PATIENCE)
        tab.get_by_text("Er ging iets mis dat niet mis mag gaan.").wait_for()
        assert tab.evaluate("document.querySelector('main').dataset.still") == "here"
        assert tab.locator("[data-follow]").count() == 0
        assert faults_of(tab) + tab.complaints == []

    run = start_delivery(project, by=portal.people["analist"])
    with opened(browser, address, session=session, script=False) as tab:
        end_badly(take_run(run.pk), "tasks.broke")
        tab.get_by_role("button", name="Vernieuw").click()
        tab.get_by_text("Er ging iets mis dat niet mis mag gaan.").wait_for()


def test_the_brief_is_the_first_page_on_paper(portal, live_server, browser):
    project = portal.add_project()
    address = live_server.url + reverse("assessments:decision", args=[project.key])
    session = session_of(portal.people["beslisser"])

    wrong = {}
    for width in WIDTHS:
        with opened(browser, address, width=width, session=session) as tab:
            if faults := faults_of(tab) + tab.complaints:
                wrong[width] = faults
            paper = tab.pdf()

    assert wrong == {}
    first, *others = pypdf.PdfReader(io.BytesIO(paper)).pages
    assert "Hier stoppen we:" in first.extract_text()
    assert "Waarvoor" in others[0].extract_text()
