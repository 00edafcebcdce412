"""Seven people take the question about the Lindelaan from the plan to a look back, in a browser.

Each signs in with their own account, finds their own work, and does it with what the pages offer.
"""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.conf import settings as portal_settings
from django.core.management import call_command

from browsing import started_browser
from grondslag.clock import ShiftedClock
from grondslag.synthetic import make_town
from grondslag_portal.decisions.selectors import decided_in
from grondslag_portal.example.loading import SOURCES, add_example
from grondslag_portal.example.people import PLAYERS
from grondslag_portal.projects.models import Phase
from grondslag_portal.shared import engine
from portal_browser import faults_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "voorbeeldstad-2026"  # of accounts that live as long as a test


class Walk:
    """A browser in which one person after another signs in.

    Args:
        browser: Debian's chromium.
        address: Of the portal.
    """

    def __init__(self, browser, address):
        self.browser, self.address = browser, address
        self.faults = {}

    @contextmanager
    def signed_in(self, account):
        """A tab of somebody who signed in on the page."""
        context = self.browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
        tab = context.new_page()
        tab.set_default_timeout(90_000)
        tab.goto(f"{self.address}/inloggen/")
        tab.get_by_label("Account").fill(account)
        tab.get_by_label("Wachtwoord").fill(PASSWORD)
        tab.get_by_role("main").get_by_role("button", name="Log in", exact=True).click()
        tab.get_by_role("heading", name="Mijn werk").wait_for()
        yield tab
        context.close()

    def look(self, tab):
        """Keep what is wrong with the page that is open."""
        found = faults_of(tab)
        if found:
            self.faults[tab.url.removeprefix(self.address)] = found

    def open(self, tab, path):
        """A page by its address."""
        tab.goto(f"{self.address}{path}")
        self.look(tab)

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
def lindelaan(portal):
    """The question about the Lindelaan, whole, and not signed by anybody."""
    for account in PLAYERS:
        portal.people[account].set_password(PASSWORD)
        portal.people[account].save()
    folder = portal_settings.DATA / SOURCES
    town = make_town(folder, today=engine.today(), residents=3_000)
    return add_example("verkeer", portal.people, town.sources).project


def test_from_question_to_decision_and_back(portal, lindelaan, live_server, chromium, settings):
    walk = Walk(chromium, live_server.url)
    project = f"/projecten/{lindelaan.key}/"

    with walk.signed_in("adviseur") as tab:
        walk.open(tab, project)
        assert tab.get_by_text("De vier vragen zijn beantwoord.").is_visible()
        for part in ("vraag", "grond", "gegevens"):
            walk.open(tab, f"{project}{part}/")

    with walk.signed_in("fg") as tab:
        walk.open(tab, f"{project}advies/geven/")
        tab.get_by_label("wel doen, met voorwaarden").check()
        tab.get_by_role("textbox").fill("Doe dit alleen met cijfers per straat, nooit per mens.")
        walk.press(tab, "Leg het advies vast")
        walk.show_anew(tab)
        walk.press(tab, "Leg het advies vast")
        tab.get_by_text("nooit per mens").first.wait_for()

    with walk.signed_in("beslisser") as tab:
        walk.open(tab, f"{project}advies/antwoord/")
        tab.get_by_label("Ja, we volgen het advies").check()
        walk.press(tab, "Leg het antwoord vast")
        walk.show_anew(tab)
        walk.press(tab, "Leg het antwoord vast")

    for account in ("eigenaar", "privacy", "beslisser"):
        with walk.signed_in(account) as tab:
            walk.open(tab, f"{project}besluit-om-te-leveren/")
            walk.press(tab, "Zet je handtekening")
            walk.show_anew(tab)
            walk.press(tab, "Zet je handtekening")
            tab.get_by_text(PLAYERS[account].name).first.wait_for()
    lindelaan.refresh_from_db()
    assert lindelaan.phase == Phase.APPROVED

    with walk.signed_in("analist") as tab:
        walk.open(tab, f"{project}levering/")
        walk.press(tab, "Start")
        work_once()
        walk.open(tab, f"{project}levering/")
        assert tab.get_by_role("heading", name="Dit hebben we weggelaten, en waarom").is_visible()
        walk.open(tab, f"{project}inzicht/")
        walk.press(tab, "Start")
        work_once()
        walk.open(tab, f"{project}inzicht/")

    with walk.signed_in("eigenaar") as tab:
        walk.open(tab, f"{project}inzicht/")
        walk.press(tab, "Geef de cijfers vrij")
        walk.show_anew(tab)
        walk.press(tab, "Geef de cijfers vrij")
        work_once()
        walk.open(tab, f"{project}rapport/")
        assert "Lindelaan" in tab.content()

    with walk.signed_in("adviseur") as tab:
        walk.open(tab, f"{project}besluit/schrijven/")
        write_decision(tab)
        walk.press(tab, "Bewaar en controleer")
        tab.get_by_role("heading", name="Controleer en teken het besluit").wait_for()
        walk.look(tab)

    with walk.signed_in("beslisser") as tab:
        walk.open(tab, f"{project}besluit/controleren/")
        walk.press(tab, "Teken het besluit")
        walk.show_anew(tab)
        walk.press(tab, "Teken het besluit")
        tab.wait_for_load_state()
        assert "Het besluit is getekend" in tab.get_by_role("main").inner_text()
    assert decided_in(lindelaan).signed_by == PLAYERS["beslisser"].name

    with walk.signed_in("raadslid") as tab:
        walk.open(tab, f"{project}raad/")
        assert tab.get_by_role("heading", name="Wat weten we niet?").is_visible()
    walk.open(stranger := chromium.new_page(), f"/openbaar/{lindelaan.key}/")
    assert stranger.get_by_text("De Lindelaan krijgt in 2027 drempels.").first.is_visible()
    stranger.close()

    settings.PORTAL_CLOCK = ShiftedClock(portal.clock.now() + timedelta(days=900))
    work_once()  # each day: what ended is closed, what is due waits for somebody
    with walk.signed_in("beslisser") as tab:
        tab.get_by_text("Is de Lindelaan onveiliger dan andere straten?").first.wait_for()
        walk.open(tab, f"{project}terugkijken/")
        tab.get_by_label("Wat is er gebeurd?").fill("Er gebeurden 12 ongevallen in plaats van 20.")
        tab.get_by_label("Wat kunnen anderen hiervan leren?").fill(
            "Drempels helpen in een lange straat."
        )
        tab.get_by_label("Waarom doen jullie dat?").fill(
            "Het doel is gehaald en bewoners zijn blij."
        )
        for group in tab.get_by_role("group").all():
            group.get_by_role("radio").first.check()
        walk.press(tab, "Leg vast")
        tab.get_by_text("Drempels helpen in een lange straat.").wait_for()

    lindelaan.refresh_from_db()
    assert lindelaan.phase == Phase.REVIEWED
    assert portal.verified_chain().records > 20
    assert walk.faults == {}


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
