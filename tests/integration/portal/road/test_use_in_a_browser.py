"""How the road is used: with keys only, enlarged, slowly, and with what was typed kept.

That every form works without scripts is held by the walk, in which most people have none.
"""

import pytest
from django.contrib.sessions.models import Session

from grondslag_portal.projects.models import Draft
from portal_browser import layout_faults, opened, session_of
from portal_road import address, plan_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "voorbeeldstad-2026"  # of accounts that live as long as a test
TYPED = "Bewoners durven de straat niet over te steken."
AS_APPLICANT = (
    "/", "/projecten/", "/projecten/beginnen/", "/projecten/overdragen/", "/afwezig/",
    "/projecten/veilige-straat/", "/projecten/veilige-straat/vraag/",
    "/projecten/veilige-straat/vraag/besluit/", "/projecten/veilige-straat/grond/eerder-verzameld/",
    "/projecten/veilige-straat/gegevens/", "/projecten/veilige-straat/gegevens/meldingen/kiezen/",
    "/projecten/veilige-straat/besluit-om-te-leveren/",
)  # fmt: skip
AS_ADMINISTRATOR = (
    "/wie-mag-wat/", "/wie-mag-wat/geven/", "/wie-mag-wat/nakijken/",
    "/wie-mag-wat/nakijken/gemeente/", "/wie-mag-wat/nakijken/mobiliteit/",
)  # fmt: skip


@pytest.fixture
def page(browser, portal, live_server):
    """Opens a page as somebody; each has their own tab."""
    tabs = []

    def open_page(account, path, **more):
        person = portal.people[account]
        person.set_password(PASSWORD)
        person.save()
        opening = opened(browser, live_server.url + path, session=session_of(person), **more)
        tabs.append(opening)
        return opening.__enter__()

    yield open_page
    for opening in tabs:
        opening.__exit__(None, None, None)


def go_to(tab, selector):
    """Press Tab until a part has focus; it must show that it has."""
    for _ in range(150):
        tab.keyboard.press("Tab")
        if tab.evaluate(
            "wanted => document.activeElement.matches(wanted) && "
            "getComputedStyle(document.activeElement).outlineStyle !== 'none'",
            selector,
        ):
            return
    raise AssertionError(f"no key leads to {selector}")


def press(tab, *keys):
    """Press keys, and wait for the page that follows."""
    with tab.expect_navigation():
        for key in keys:
            tab.keyboard.press(key)


def test_a_question_is_answered_and_a_plan_signed_with_keys_only(portal, page):
    project = portal.add_project()
    tab = page("adviseur", address("question-problem", project))
    go_to(tab, "main textarea")
    tab.keyboard.press("Control+A")
    tab.keyboard.type(TYPED)
    go_to(tab, "main form button")
    press(tab, "Enter")
    assert tab.url.endswith("/vraag/weten/")
    assert plan_in(project)["question"]["problem"] == TYPED

    tab = page("eigenaar", "/projecten/veilige-straat/besluit-om-te-leveren/")
    go_to(tab, "main form[action$='tekenen/'] button")
    press(tab, "Enter")
    go_to(tab, "main input[type=password]")
    tab.keyboard.type(PASSWORD)
    press(tab, "Enter")
    go_to(tab, "main form[action$='tekenen/'] button")
    press(tab, "Enter")
    assert "owner-meldingen.json" in portal.signed(project)


def test_no_page_scrolls_sideways_at_four_times_its_size(portal, page):
    """1280 pixels at 400% is 320 pixels: WCAG 2.2, success criterion 1.4.10."""
    portal.add_project()
    wrong = {}
    for account, paths in (("adviseur", AS_APPLICANT), ("beheer", AS_ADMINISTRATOR)):
        tab = page(account, paths[0], width=320)
        for path in paths:
            answer = tab.goto(tab.url.split("/", 3)[0] + "//" + tab.url.split("/")[2] + path)
            assert answer.status == 200, path
            if faults := layout_faults(tab):
                wrong[path] = faults
    assert wrong == {}


def test_a_warning_comes_before_sign_out_and_what_was_typed_stands_there_again(
    portal, page, live_server
):
    project = portal.add_project()
    tab = page("adviseur", "/")
    tab.clock.install()
    tab.goto(live_server.url + address("question-problem", project))
    tab.get_by_role("main").get_by_role("textbox").first.fill(TYPED)
    tab.clock.fast_forward(2_000)
    tab.get_by_text("Opgeslagen om").wait_for()

    tab.clock.fast_forward("24:50")
    assert not tab.get_by_role("alert").is_visible()
    tab.clock.fast_forward("00:15")
    tab.get_by_text("Na 30 minuten loggen we je uit").wait_for()
    tab.get_by_role("button", name="Ik ben er nog").click()
    tab.get_by_role("alert").wait_for(state="hidden")
    tab.clock.fast_forward("25:01")  # and it comes again
    tab.get_by_role("button", name="Ik ben er nog").wait_for()

    Session.objects.all().delete()  # they were signed out
    tab.get_by_role("main").get_by_role("button", name="Opslaan en verder").click()
    tab.get_by_label("Account").wait_for()
    assert Draft.objects.get().typed["problem"] == [TYPED]
    again = page("adviseur", address("question-problem", project))
    assert again.get_by_role("main").get_by_role("textbox").first.input_value() == TYPED
    assert plan_in(project)["question"]["problem"] != TYPED


def test_the_second_of_two_writers_sees_both(portal, page):
    project = portal.add_project()
    first = page("adviseur", address("question-problem", project))
    second = page("analist", address("question-problem", project))
    for tab, text in ((first, TYPED), (second, "Fietsers worden vaak aangereden.")):
        tab.get_by_role("main").get_by_role("textbox").first.fill(text)
        tab.get_by_role("main").get_by_role("button", name="Opslaan en verder").click()
        tab.wait_for_load_state()

    said = second.get_by_role("main").inner_text()
    assert TYPED in said
    assert "Fietsers worden vaak aangereden." in said
    assert plan_in(project)["question"]["problem"] == TYPED
