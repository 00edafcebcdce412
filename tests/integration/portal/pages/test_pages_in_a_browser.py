"""What every page of the portal has in common, seen in a browser."""

import pytest

from grondslag_portal.organisations.models import Person
from portal_browser import WIDTHS, faults_of, opened, session_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("pattern_page"),
]
STRANGERS = ("/inloggen/", "/onderdelen/", "/toegankelijkheid/", "/privacy/", "/wat-we-vastleggen/")
WRONG = ("/er-is-niets/", "/kapot/", "/geweigerd/")

FOCUS = """() => {
  const part = document.activeElement, look = getComputedStyle(part);
  const name = `${part.tagName}#${part.id}.${part.className}${part.textContent}`;
  return [name, look.outlineStyle !== 'none' || look.boxShadow !== 'none'];
}"""


@pytest.fixture
def session(live_server):
    person = Person.objects.create_user(
        "adviseur", "adviseur (voorbeeld)", password="x" * 14, is_local=True
    )
    return session_of(person)


@pytest.mark.parametrize("page", STRANGERS)
def test_nothing_is_wrong_with_a_page_for_strangers(live_server, browser, page):
    for width in WIDTHS:
        with opened(browser, live_server.url + page, width=width) as tab:
            assert (width, faults_of(tab)) == (width, [])
            assert (width, tab.complaints) == (width, [])


@pytest.mark.parametrize("page", WRONG)
def test_nothing_is_wrong_with_a_page_that_says_what_went_wrong(
    live_server, browser, session, page
):
    for width in WIDTHS:
        with opened(browser, live_server.url + page, width=width, session=session) as tab:
            assert (width, faults_of(tab)) == (width, [])


def test_nothing_is_wrong_with_a_form_that_was_filled_in_wrongly(live_server, browser, session):
    for width in WIDTHS:
        with opened(browser, live_server.url + "/onderdelen/", width=width, session=session) as tab:
            tab.locator("main form .button--primary").click()
            tab.wait_for_selector(".errors")

            assert (width, faults_of(tab)) == (width, [])
            assert tab.locator(".errors").evaluate("part => part === document.activeElement")


def test_who_signed_in_stands_on_the_page_with_the_way_around(live_server, browser, session):
    with opened(browser, live_server.url + "/privacy/", session=session) as tab:
        assert tab.locator(".header__person").text_content() == "adviseur (voorbeeld)"
        assert tab.get_by_role("navigation", name="Hoofdmenu").is_visible()
        assert tab.get_by_role("button", name="Uitloggen").is_visible()


def test_an_error_leads_to_its_question(live_server, browser, session):
    with opened(browser, live_server.url + "/onderdelen/", session=session) as tab:
        tab.locator("main form .button--primary").click()
        for place in range(tab.locator(".errors a").count()):
            link = tab.locator(".errors a").nth(place)
            target = link.get_attribute("href")
            assert tab.locator(target).is_visible(), target


def test_what_was_typed_stays_without_script(live_server, browser, session):
    with opened(browser, live_server.url + "/onderdelen/", session=session, script=False) as tab:
        tab.get_by_label("Naam van het project").fill("Veilig oversteken")
        tab.get_by_label("Weet ik niet").check()
        tab.locator("main form .button--primary").click()

        assert tab.get_by_label("Naam van het project").input_value() == "Veilig oversteken"
        assert tab.get_by_label("Weet ik niet").is_checked()
        assert tab.locator(".field__error").count() == 2


def test_the_page_can_be_read_in_english(live_server, browser):
    with opened(browser, live_server.url + "/inloggen/") as tab:
        tab.get_by_role("button", name="English").click()

        assert tab.locator("html").get_attribute("lang") == "en"
        assert tab.get_by_role("button", name="Nederlands").is_visible()


def test_every_control_can_be_reached_and_seen_with_the_keyboard(live_server, browser, session):
    with opened(browser, live_server.url + "/onderdelen/", session=session) as tab:
        seen = []
        for _ in range(60):
            tab.keyboard.press("Tab")
            seen.append(tab.evaluate(FOCUS))
        names = {name for name, _ in seen}

        assert "Ga naar de inhoud" in seen[0][0]
        assert [name for name, visible in seen if not visible and "BODY" not in name] == []
        assert any("id_know" in name for name in names)
        assert any("button--danger" in name for name in names)
