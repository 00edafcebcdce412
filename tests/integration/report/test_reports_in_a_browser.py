"""The reports of both examples in a real browser and as PDF: accessible, whole, on any screen."""

import json
import shutil
from itertools import pairwise

import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe

from browsing import scrolls_aside, started_browser
from commanding import works
from grondslag.plan import read_plan
from grondslag.synthetic import make_stand_in
from our_source import ROOT

pytestmark = pytest.mark.browser

RESIDENTS = 3000
"""Few, so that much is withheld: a table with gaps must be as readable as a full one."""

ANONYMOUS_SOURCES = {
    "meldingen": "openbare_ruimte/meldingen.csv",
    "bezwaren": "juridische_zaken/bezwaren.csv",
    "wijken": "geo/wijken.geojson",
}


def demo(folder):
    works("demo", "--residents", RESIDENTS, "--out", folder / "demo")
    return folder / "demo" / "project" / "report"


def utrecht(folder):
    files = make_stand_in(folder / "data")
    sources = [part for name, path in files.items() for part in ("--source", f"{name}={path}")]
    works("run", ROOT / "examples" / "utrecht-verkeersveiligheid", *sources, "--out", folder / "u")
    return folder / "u" / "project" / "report"


def anonymous(folder):
    """The example that asks records, with residents enough that some may leave."""
    works("synthetic", "--residents", 20_000, "--day", "2026-11-02", "--out", folder / "data")
    example = folder / "example"
    shutil.copytree(ROOT / "examples" / "voorbeeldstad-verkeer", example)
    (example / "decision.yaml").unlink()
    shutil.copy(example / "plan-anoniem.yaml", example / "plan.yaml")
    sources = []
    for name, path in ANONYMOUS_SOURCES.items():
        sources += ["--source", f"{name}={folder / 'data' / path}"]
    works("run", example, *sources, "--out", folder / "a")
    return folder / "a" / "project" / "report"


@pytest.fixture(
    scope="module",
    params=[demo, utrecht, anonymous],
    ids=["demo", "utrecht", "anonymous"],
)
def report(request, tmp_path_factory):
    """The report of an example, made once for all tests."""
    folder = tmp_path_factory.mktemp(request.param.__name__)
    yield request.param(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def browser():
    with started_browser() as started:
        yield started


@pytest.fixture
def at(browser, report):
    """The report at a width."""
    opened = []

    def show(width):
        tab = browser.new_page(viewport={"width": width, "height": 800})
        tab.goto((report / "index.html").as_uri())
        opened.append(tab)
        return tab

    yield show
    for tab in opened:
        tab.close()


def test_the_page_is_accessible_and_never_scrolls_sideways(at):
    for width in (1280, 320):
        tab = at(width)
        wide = tab.evaluate("document.documentElement.scrollWidth")
        tab.add_style_tag(content=".scroll { background: #fff }")  # axe cannot weigh a gradient

        found = Axe().run(tab)

        broken = [one["id"] for one in found.response["violations"]]
        assert (width, broken, wide) == (width, [], width)


def test_every_part_that_scrolls_is_reached_and_moved_by_keyboard(at):
    tab = at(320)
    parts = tab.locator(".scroll").count()

    links = tab.locator("main a").count()

    stops = []
    for _ in range(parts + links + 1):  # the link that skips to the text comes first
        tab.keyboard.press("Tab")
        stops.append(tab.evaluate("document.activeElement.className || 'link'"))
    tab.locator("figure .scroll").first.focus()
    tab.keyboard.press("ArrowRight")

    assert stops[0] == "skip"
    assert (stops.count("scroll"), stops.count("link")) == (parts, links)
    assert scrolls_aside(tab, "figure .scroll")


def test_headings_go_down_one_step_at_a_time(at):
    levels = at(1280).evaluate(
        "[...document.querySelectorAll('h1, h2, h3, h4')].map(one => Number(one.tagName[1]))"
    )

    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_fact_stands_beside_its_term(at):
    """Several facts under one term keep to their own column: "signed by" has many."""
    lefts = at(1280).evaluate(
        """[...document.querySelectorAll('dl.facts')].map(list =>
        [...new Set([...list.querySelectorAll('dd')].map(
            fact => Math.round(fact.getBoundingClientRect().left)))].length)"""
    )

    assert set(lefts) == {1}


def test_the_pdf_is_tagged_and_has_its_language_and_title(report, at):
    title = at(1280).title()

    pdf = pypdf.PdfReader(report / "report.pdf")

    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "nl"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert pdf.metadata.title
    assert pdf.metadata.title in title
    assert len(pdf.pages) >= 4
    assert "Kort antwoord" in pdf.pages[0].extract_text()


def test_every_link_to_numbers_gives_a_file_that_is_there(report, at):
    links = at(1280).eval_on_selector_all("a[download]", "all => all.map(a => a.href)")

    files = {path.as_uri() for path in (report / "cijfers").iterdir()}
    assert set(links) == files


def test_every_figure_has_words_and_its_numbers_beside_it(at):
    """In a table on the page, or in the file it links to: never in the drawing alone."""
    figures = at(1280).eval_on_selector_all(
        "figure",
        """all => all.map(one => [
            one.querySelector('svg title').textContent,
            one.querySelector('svg desc').textContent,
            one.querySelector('a[download]')?.getAttribute('href') ?? ''])""",
    )

    assert figures
    assert all(title and words and file for title, words, file in figures)


def test_every_table_that_the_plan_asks_is_used(report):
    """Data that nobody uses should not have been asked for: GDPR art. 5(1)(c)."""
    project = report.parent

    answer = json.loads(next((project / "releases").glob("*.answer.json")).read_bytes())

    asked = [need.dataset for need in read_plan(project / "plan.yaml").data]
    assert answer["facts"]["tables"] == asked
