"""The check of a text for personal data: in the browser alone, and what it finds.

Known answers: 111222333 is a test number that keeps the eleven test (Besluit burgerservicenummer,
article 4: 9*1+8*1+7*1+6*2+5*2+4*2+3*3+2*3-1*3 = 66 = 6*11); NL91ABNA0417164300 is the example for
the Netherlands in the registry of ISO 13616.
"""

import pytest

from portal_browser import WIDTHS, faults_of, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/check-voordat-je-deelt/"


@pytest.fixture
def tab(live_server, browser):
    with opened(browser, live_server.url + PAGE) as page:
        yield page


def found_in(tab, text):
    """What the page says it found."""
    tab.get_by_label("Jouw tekst").fill(text)
    return tab.locator("#check-result li").all_inner_texts()


FOUND = [
    ("BSN 111222333 hoort bij haar", "Burgerservicenummer: 1"),
    ("BSN 1112.22.333 en 111 222 333", "Burgerservicenummer: 2"),
    ("op NL91 ABNA 0417 1643 00 graag", "Rekeningnummer: 1"),
    ("op NL91ABNA0417164300 graag", "Rekeningnummer: 1"),
    ("mail naar jan@voorbeeld.example", "E-mailadres: 1"),
    ("bel 06-12345678", "Telefoonnummer: 1"),
    ("bel +31 6 12345678", "Telefoonnummer: 1"),
    ("bel 020 123 4567", "Telefoonnummer: 1"),
    ("woont op 1234 AB", "Postcode: 1"),
    ("woont op 1234ab", "Postcode: 1"),
    ("rijdt in AB-12-CD", "Kenteken: 1"),
    ("rijdt in G-123-BB", "Kenteken: 1"),
    ("geboren 3-4-1981", "Datum die een geboortedatum kan zijn: 1"),
]
NOT_FOUND = [
    "nummer 111222334 houdt de elfproef niet",
    "op GB83 WEST 1234 5698 7654 32 klopt het getal niet",
    "In 2027 waren er 1234 ongevallen in 12 straten.",
]


def test_what_says_something_about_somebody_is_found(tab):
    wrong = [(text, found) for text, said in FOUND if (found := found_in(tab, text)) != [said]]

    assert wrong == []


def test_what_only_looks_like_it_is_not_found(tab):
    assert [text for text in NOT_FOUND if found_in(tab, text)] == []
    assert "We zien geen nummers of adressen." in tab.locator("#check-result").inner_text()


def test_nothing_is_sent_and_nothing_is_kept(live_server, tab):
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    icon = tab.locator("link[rel=icon]").get_attribute("href")  # asked for when the browser likes

    assert found_in(tab, "BSN 111222333, bel 06-12345678")
    tab.keyboard.press("Tab")
    tab.wait_for_timeout(300)

    assert [url for url in asked if url != live_server.url + icon] == []
    assert tab.evaluate("localStorage.length + sessionStorage.length") == 0
    assert tab.locator("main form").count() == 0
    tab.reload()
    assert tab.get_by_label("Jouw tekst").input_value() == ""


def test_a_text_is_never_read_as_part_of_the_page(tab):
    found_in(tab, "<img src=x onerror=alert(1)> jan@voorbeeld.example")

    assert tab.locator("#check-result img").count() == 0
    assert tab.complaints == []


def test_without_javascript_it_says_that_it_needs_it(live_server, browser):
    with opened(browser, live_server.url + PAGE, script=False) as tab:
        told = tab.locator("noscript p")

        assert told.is_visible()
        assert "heeft JavaScript nodig" in told.inner_text()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wrong_with_the_page(live_server, browser, width):
    with opened(browser, live_server.url + PAGE, width=width) as tab:
        found_in(tab, "BSN 111222333, bel 06-12345678")

        assert faults_of(tab) == []
        assert tab.complaints == []
