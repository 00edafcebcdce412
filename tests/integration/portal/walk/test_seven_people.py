"""Seven people take the question about the Lindelaan from a new project to a look back.

In a browser: each signs in with their own account, finds their own work, and does it with what the
pages offer, most of them without scripts. Of the data only what the question cannot do without is
asked for.
"""

from datetime import timedelta

import pytest
from django.conf import settings as portal_settings
from django.core.management import call_command

from browsing import started_browser
from grondslag.canonical import to_yaml
from grondslag.clock import ShiftedClock
from grondslag.synthetic import make_town
from grondslag_portal.decisions.selectors import decided_in
from grondslag_portal.example.loading import SOURCES
from grondslag_portal.example.people import PLAYERS
from grondslag_portal.projects.models import Phase, Project
from grondslag_portal.shared import engine
from portal_beginning import ASKED, answer_road, choose_data, fill_catalogue, lean_answers
from portal_browser import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "voorbeeldstad-2026"  # of accounts that live as long as a test
WITH_SCRIPT = {"privacy", "raadslid"}
"""The others walk without: every form of the road is sent by a browser that runs none."""


class Walk:
    """A browser in which one person after another signs in.

    Args:
        browser: Debian's chromium.
        address: Of the portal.
    """

    def __init__(self, browser, address):
        self.browser, self.address = browser, address
        self.faults, self.seen, self.tabs, self.eyes = {}, set(), {}, None

    def as_(self, account):
        """The tab of somebody who signed in on the page; they stay signed in on their machine."""
        if account not in self.tabs:
            self.tabs[account] = self._signed_in(account)
        return self.tabs[account]

    def next_morning(self):
        """Everybody closed their browser."""
        for tab in self.tabs.values():
            tab.context.close()
        self.tabs.clear()

    def _signed_in(self, account):
        context = self.browser.new_context(
            viewport={"width": 1280, "height": 900}, locale="nl-NL",
            java_script_enabled=account in WITH_SCRIPT,
        )  # fmt: skip
        tab = context.new_page()
        tab.set_default_timeout(90_000)
        tab.goto(f"{self.address}/inloggen/")
        tab.get_by_label("Account").fill(account)
        tab.get_by_label("Wachtwoord").fill(PASSWORD)
        tab.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()
        tab.get_by_role("heading", name="Mijn werk").wait_for()
        return tab

    def look(self, tab, *, state=""):
        """Keep what is wrong with the page that is open; a page in one state is looked at once."""
        place = (tab.url.removeprefix(self.address), state)
        if place in self.seen:
            return
        self.seen.add(place)
        if found := faults_of(self._with_script(tab)):
            self.faults[tab.url.removeprefix(self.address)] = found

    def _with_script(self, tab):
        """The same page where scripts run: axe is one."""
        if self.eyes is None:
            self.eyes = self.browser.new_page(viewport={"width": 1280, "height": 900})
        self.eyes.context.clear_cookies()
        self.eyes.context.add_cookies(tab.context.cookies())
        self.eyes.goto(tab.url)
        return self.eyes

    def open(self, tab, path, *, state=""):
        """A page by its address."""
        tab.goto(f"{self.address}{path}")
        self.look(tab, state=state)

    def press(self, tab, name):
        """A button of the page itself."""
        tab.get_by_role("main").get_by_role("button", name=name).click()

    def show_anew(self, tab):
        """Who signs shows anew who they are, on a page that says what they sign."""
        tab.get_by_role("heading", name="Laat zien dat jij het bent").wait_for()
        self.look(tab)
        tab.get_by_label("Wachtwoord").fill(PASSWORD)
        self.press(tab, "Ga verder")


@pytest.fixture
def chromium(monkeypatch):
    """Debian's chromium; its driver runs a loop of its own beside Django."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with started_browser() as started:
        yield started


def work_once():
    """Let the worker do what waits."""
    call_command("work", once=True)


@pytest.fixture
def town(portal):
    """Accounts for the seven, made-up data, and a catalogue; no project yet."""
    for account in PLAYERS:
        portal.people[account].set_password(PASSWORD)
        portal.people[account].save()
    make_town(portal_settings.DATA / SOURCES, today=engine.today(), residents=1_500)
    return fill_catalogue(by=portal.people["eigenaar"])


def test_from_question_to_decision_and_back(portal, town, live_server, chromium, settings):
    walk = Walk(chromium, live_server.url)
    begin_and_answer(walk, town)
    lindelaan = Project.objects.get()
    project = f"/projecten/{lindelaan.key}/"

    tab = walk.as_("fg")
    walk.open(tab, f"{project}advies/geven/")
    tab.get_by_label("wel doen, met voorwaarden").check()
    tab.get_by_role("textbox").fill("Doe dit alleen met cijfers per straat, nooit per mens.")
    walk.press(tab, "Leg het advies vast")
    walk.show_anew(tab)
    walk.press(tab, "Leg het advies vast")
    tab.get_by_text("nooit per mens").first.wait_for()

    tab = walk.as_("beslisser")
    walk.open(tab, f"{project}advies/antwoord/")
    tab.get_by_label("Ja, we volgen het advies").check()
    walk.press(tab, "Leg het antwoord vast")
    walk.show_anew(tab)
    walk.press(tab, "Leg het antwoord vast")

    for account in ("eigenaar", "privacy", "beslisser"):
        tab = walk.as_(account)
        walk.open(tab, f"{project}besluit-om-te-leveren/")
        walk.press(tab, "Zet je handtekening")
        walk.show_anew(tab)
        walk.press(tab, "Zet je handtekening")
        tab.get_by_role("main").get_by_text(PLAYERS[account].name).first.wait_for()
    lindelaan.refresh_from_db()
    assert lindelaan.phase == Phase.APPROVED

    tab = walk.as_("analist")
    walk.open(tab, f"{project}levering/")
    walk.press(tab, "Start")
    work_once()
    walk.open(tab, f"{project}levering/", state="delivered")
    assert tab.get_by_role("heading", name="Dit hebben we weggelaten, en waarom").is_visible()
    tab.goto(f"{walk.address}{project}inzicht/")
    walk.press(tab, "Start")
    work_once()
    walk.open(tab, f"{project}inzicht/")

    tab = walk.as_("eigenaar")
    tab.goto(f"{walk.address}{project}inzicht/")
    walk.press(tab, "Geef de cijfers vrij")
    walk.show_anew(tab)
    walk.press(tab, "Geef de cijfers vrij")
    work_once()
    walk.open(tab, f"{project}rapport/")
    assert "Lindelaan" in tab.content()

    decide_and_look_back(walk, portal, lindelaan, settings)
    assert walk.faults == {}


def begin_and_answer(walk, contracts):
    """A new project: four questions, the ground, the data; the analyst writes out the analysis."""
    plan = lean_answers()
    tab = walk.as_("adviseur")
    tab.get_by_role("link", name="Begin met een vraag").first.click()
    tab.get_by_label("Hoe heet je project?").fill(plan["title"])
    tab.get_by_label("Mobiliteit").check()
    walk.look(tab)
    walk.press(tab, "Begin een project")
    tab.get_by_text("Vraag 1 van 4").first.wait_for()
    walk.look(tab)
    project = f"{walk.address}/projecten/{Project.objects.get().key}"
    answered = answer_road(tab, "question-problem", plan)
    assert len(answered) == 14
    assert tab.url == f"{project}/vraag/"
    walk.look(tab)

    tab.goto(f"{project}/grond/doel/")
    answer_road(tab, "ground-purpose", plan)
    for name in ASKED:
        choose_data(tab, f"{project}/gegevens/zoeken/", contracts[name], plan)
    walk.look(tab)
    tab.goto(f"{project}/gegevens/wat-eruit-komt/")
    answer_road(tab, "data-output", plan)

    tab = walk.as_("analist")
    tab.goto(f"{project}/gegevens/tekst/")
    tab.locator("#text").fill(to_yaml(plan["analysis"]))
    walk.press(tab, "Opslaan en verder")
    walk.open(tab, f"/projecten/{Project.objects.get().key}/")
    for part in ("vraag", "grond", "gegevens"):
        walk.open(tab, f"/projecten/{Project.objects.get().key}/{part}/", state="answered")
    project = Project.objects.get()
    states = {state["step"]: state["status"] for state in project.states}
    assert [states[step] for step in ("question", "ground", "data")] == ["done"] * 3


def decide_and_look_back(walk, portal, lindelaan, settings):
    """The decision, the page for the council, the public page, and the review date."""
    project = f"/projecten/{lindelaan.key}/"
    tab = walk.as_("adviseur")
    walk.open(tab, f"{project}besluit/schrijven/")
    write_decision(tab)
    walk.press(tab, "Bewaar en controleer")
    tab.get_by_role("heading", name="Controleer en teken het besluit").wait_for()
    walk.look(tab)

    tab = walk.as_("beslisser")
    tab.goto(f"{walk.address}{project}besluit/controleren/")
    walk.press(tab, "Teken het besluit")
    walk.show_anew(tab)
    walk.press(tab, "Teken het besluit")
    tab.wait_for_load_state()
    assert "Het besluit is getekend" in tab.get_by_role("main").inner_text()
    assert decided_in(lindelaan).signed_by == PLAYERS["beslisser"].name

    tab = walk.as_("raadslid")
    walk.open(tab, f"{project}raad/")
    assert tab.get_by_role("heading", name="Wat weten we niet?").is_visible()
    walk.open(stranger := walk.browser.new_page(), f"/openbaar/{lindelaan.key}/")
    assert stranger.get_by_text("De Lindelaan krijgt in 2027 drempels.").first.is_visible()
    stranger.close()

    walk.next_morning()
    settings.PORTAL_CLOCK = ShiftedClock(portal.clock.now() + timedelta(days=900))
    work_once()  # each day: what ended is closed, what is due waits for somebody
    tab = walk.as_("beslisser")
    tab.get_by_text("Is de Lindelaan onveiliger dan andere straten?").first.wait_for()
    walk.open(tab, f"{project}terugkijken/")
    tab.get_by_label("Wat is er gebeurd?").fill("Er gebeurden 12 ongevallen in plaats van 20.")
    tab.get_by_label("Wat kunnen anderen hiervan leren?").fill(
        "Drempels helpen in een lange straat."
    )
    tab.get_by_label("Waarom doen jullie dat?").fill("Het doel is gehaald en bewoners zijn blij.")
    for group in tab.get_by_role("group").all():
        group.get_by_role("radio").first.check()
    walk.press(tab, "Leg vast")
    tab.get_by_text("Drempels helpen in een lange straat.").wait_for()

    lindelaan.refresh_from_db()
    assert lindelaan.phase == Phase.REVIEWED
    assert portal.verified_chain().records > 20


def write_decision(tab):
    """Fill in the decision, every part of it."""
    tab.get_by_label("Wat is het besluit?").fill("De Lindelaan krijgt in 2027 drempels.")
    tab.get_by_label("Wat zeggen de cijfers?", exact=False).fill("Er gebeurt meer dan elders.")
    tab.get_by_label("Wat zeggen de cijfers niet?").fill("Waarom het daar misgaat.")
    for at, name in enumerate(("Niets doen", "Alleen praten met bewoners", "Drempels aanleggen")):
        tab.locator(f"#id_option_{at}_name").fill(name)
        tab.locator(f"#id_option_{at}_advantages").fill("Dit kan snel en kost niet veel.")
        tab.locator(f"#id_option_{at}_drawbacks").fill("Niet iedereen is er blij mee.")
    tab.get_by_label("Mogelijkheid 3").last.check()
    tab.locator("#id_voice_0_who").fill("Bewoners van de Lindelaan")
    tab.locator("#id_voice_0_said").fill("Wij durven hier niet over te steken.")
    tab.locator("#id_advice_followed_0").check()
    tab.get_by_label("Wat verwachten jullie van het besluit?").fill(
        "Van 20 naar 12 ongevallen in 2029."
    )
    tab.locator("#id_public_0").check()
