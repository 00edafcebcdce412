"""PostgreSQL is away for a while: whoever sends a form keeps what was typed, and saves it later."""

import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from html.parser import HTMLParser
from http.client import HTTPConnection
from time import monotonic, sleep
from urllib.parse import urlencode

import pytest

from our_source import ROOT
from portal_apart import KEY, UNSIGNED, run_apart, settings_apart, start_apart, state_apart

pytestmark = [pytest.mark.long, pytest.mark.postgres, pytest.mark.timeout(1800)]
SCREEN = f"/projecten/{UNSIGNED}/vraag/probleem/"
TYPED = 'Kinderen durven "de Lindelaan" niet over: <te druk> & te hard.'
NOT_SAVED = "Je antwoord is niet opgeslagen."
AWAY = 30  # seconds
# Another writer holds the documents, so that a save is halfway when the database goes.
HOLD = "BEGIN; LOCK TABLE projects_document IN EXCLUSIVE MODE; SELECT pg_sleep(300);"
HELD = "SELECT count(*) FROM pg_locks WHERE mode = 'ExclusiveLock' AND locktype = 'relation';"
WAITS = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock';"


class Form(HTMLParser):
    """What the form in the middle of a page would send, and where to."""

    def __init__(self, page):
        super().__init__()
        self.fields, self.address, self._area = {}, "", ""
        self.feed(page.split("<main")[1])

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag == "form":
            self.address = facts.get("action", SCREEN)
        elif tag == "input" and facts.get("type") == "hidden":
            self.fields[facts["name"]] = facts["value"]
        elif tag == "textarea":
            self._area = facts["name"]
            self.fields[self._area] = ""

    def handle_data(self, data):
        if self._area:
            self.fields[self._area] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.fields[self._area] = self.fields[self._area].strip()
            self._area = ""


class Visitor:
    """Somebody at a portal behind TLS, as a proxy passes their requests on."""

    def __init__(self, port, session):
        self._port, self._cookies = port, {"sessionid": session}

    def ask(self, method, address, fields=None):
        """Status, headers and page."""
        connection = HTTPConnection("localhost", self._port, timeout=60)
        headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "X-Forwarded-Proto": "https",
            "Referer": f"https://localhost:{self._port}/",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection.request(method, address, urlencode(fields or {}), headers)
        answer = connection.getresponse()
        page = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.split(";")[0].partition("=")
            self._cookies[name] = value
        connection.close()
        return answer.status, answer.headers, page

    def form(self):
        """The form of the screen, as it stands now."""
        status, _headers, page = self.ask("GET", SCREEN)
        assert status == 200, page
        return Form(page)

    def send(self, form, **typed):
        """Send a form with something typed in it."""
        return self.ask("POST", form.address, form.fields | typed)


def portal_in(server, data, name):
    """Where a portal stands with a project that somebody can write on."""
    where = {"data": data, "database": f"postgresql://postgres@127.0.0.1:{server.port}/{name}"}
    run_apart(where["data"], "make", database=where["database"])
    return where


@pytest.fixture(scope="module")
def place(server, tmp_path_factory):
    return portal_in(server, tmp_path_factory.mktemp("portal") / "data", "postgres")


@pytest.fixture(scope="module")
def visitor(place, tmp_path_factory):
    """An adviser at that portal, which runs as it does at a municipality."""
    session = run_apart(place["data"], "session", database=place["database"], account="adviseur")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = settings_apart(place["data"], place["database"])
    with (tmp_path_factory.mktemp("server") / "log").open("w") as log:
        running = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--threads", "4",
             "--timeout", "120", "--pythonpath", str(ROOT / "tests"), "portal_apart:served()"],
            env=environment | {"GRONDSLAG_PORTAL_LOCAL": ""}, stderr=log,
        )  # fmt: skip
        try:
            until_true(lambda: listens(port))
            yield Visitor(port, session["key"])
        finally:
            running.terminate()
            running.wait(30)


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def until_true(asked, *, seconds=60):
    """Wait until something holds."""
    end = monotonic() + seconds
    while not asked():
        assert monotonic() < end, "waited too long"
        sleep(0.2)


def versions(place):
    """How many versions of the plan are kept; the chain is verified on the way."""
    state = state_apart(place["data"], database=place["database"])
    return state["actions"].count(["project.saved", UNSIGNED])


def check_given_back(answer, typed):
    """A page that says that nothing was saved, with a form that sends the same again."""
    status, headers, page = answer
    assert status == 503
    assert headers["Retry-After"] == "30"
    assert NOT_SAVED in unescape(page)
    again = Form(page)
    assert again.fields["problem"] == typed
    assert again.address == SCREEN
    return again


def test_away_for_half_a_minute_nothing_typed_is_lost(server, place, visitor):
    before, form = versions(place), visitor.form()

    server.stop()
    try:
        back = monotonic() + AWAY
        again = check_given_back(visitor.send(form, problem=TYPED), TYPED)
        assert visitor.ask("GET", SCREEN)[0] == 503
        sleep(back - monotonic())
        again = check_given_back(visitor.send(again), TYPED)
    finally:
        server.start()

    assert visitor.send(again)[0] == 302
    assert visitor.form().fields["problem"] == TYPED
    assert versions(place) == before + 1


def test_gone_while_an_answer_is_being_saved_it_is_saved_whole_or_not(server, place, visitor):
    typed = f"{TYPED} Nog eens."
    before, form = versions(place), visitor.form()

    with ThreadPoolExecutor() as aside:
        holding = aside.submit(pytest.raises, subprocess.CalledProcessError, server.run, HOLD)
        until_true(lambda: server.run(HELD) == "1")
        sent = aside.submit(visitor.send, form, problem=typed)
        try:
            until_true(lambda: server.run(WAITS) == "1")
        finally:
            server.stop()
        try:
            again = check_given_back(sent.result(60), typed)
            holding.result(60)
        finally:
            server.start()

    assert versions(place) == before
    assert visitor.send(again)[0] == 302
    assert visitor.form().fields["problem"] == typed
    assert versions(place) == before + 1


def test_a_worker_lives_on_and_does_what_waits(server, tmp_path):
    server.run("CREATE DATABASE apart")  # its hours are later than those of the visitor
    place = portal_in(server, tmp_path / "data", "apart")
    worker = start_apart(place["data"], "stay", database=place["database"], minutes=60)
    try:
        sleep(5)
        server.stop()
        sleep(5)
        server.start()
        assert worker.poll() is None
        run_apart(place["data"], "ask", database=place["database"], minutes=60)
        until_true(lambda: worker.poll() is not None or delivered(place), seconds=120)
        assert worker.poll() is None
    finally:
        os.kill(worker.pid, signal.SIGTERM)
        worker.communicate(timeout=60)


def delivered(place):
    return state_apart(place["data"], database=place["database"])["phases"][KEY] == "delivered"
