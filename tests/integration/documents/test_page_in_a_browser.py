"""The page in a real browser: accessible, and readable on the narrowest screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from browsing import scrolls_aside, started_browser
from made_page import made_page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser():
    with started_browser() as started:
        yield started


@pytest.fixture
def show(browser, tmp_path):
    """Open the made-up page at a width; gives the page and what it asked for or complained of."""
    file = tmp_path / "page.html"
    file.write_text(made_page(), encoding="utf-8")
    opened = []

    def at(width):
        tab = browser.new_page(viewport={"width": width, "height": 800})
        noise = []
        tab.on("request", lambda request: noise.append(request.url))
        tab.on("console", lambda message: noise.append(message.text))
        tab.goto(file.as_uri())
        opened.append(tab)
        return tab, [line for line in noise if line != file.as_uri()]

    yield at
    for tab in opened:
        tab.close()


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(show, width):
    tab, _ = show(width)
    tab.add_style_tag(content=".scroll { background: #fff }")  # axe cannot weigh a gradient

    found = Axe().run(tab)

    assert found.response["violations"] == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_the_page_never_scrolls_sideways(show, width):
    """320 pixels is also 1280 pixels at 400% zoom: WCAG 2.2, success criterion 1.4.10."""
    tab, _ = show(width)

    assert tab.evaluate("document.documentElement.scrollWidth") == width


def test_the_page_asks_for_nothing_and_complains_of_nothing(show):
    _, noise = show(1280)

    assert noise == []


def test_the_first_tab_stop_leads_to_the_text(show):
    tab, _ = show(1280)

    tab.keyboard.press("Tab")
    words = tab.evaluate("document.activeElement.textContent")
    tab.keyboard.press("Enter")

    assert words == "Ga naar de tekst"
    assert tab.evaluate("document.activeElement.id") == "text"


def test_what_is_wide_scrolls_by_keyboard(show):
    tab, _ = show(320)
    wide = tab.locator(".scroll").first

    wide.focus()
    tab.keyboard.press("ArrowRight")

    assert scrolls_aside(tab, ".scroll")


def test_letters_in_figures_are_readable(show):
    """At least 12 pixels where the figure has its width, 10 where it scrolls on a phone."""
    for width, least in ((1280, 12), (320, 10)):
        tab, _ = show(width)

        sizes = tab.evaluate(
            """[...document.querySelectorAll('svg text')].map(text =>
            parseFloat(getComputedStyle(text).fontSize) *
            text.ownerSVGElement.getBoundingClientRect().width / 640)"""
        )

        assert min(sizes) >= least


def test_no_letters_in_a_figure_fall_outside_it(show):
    tab, _ = show(1280)

    outside = tab.evaluate(
        """[...document.querySelectorAll('svg text')].filter(text => {
        const frame = text.ownerSVGElement.getBoundingClientRect();
        const box = text.getBoundingClientRect();
        return box.left < frame.left - 1 || box.right > frame.right + 1
            || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
        }).map(text => text.textContent)"""
    )

    assert outside == []
