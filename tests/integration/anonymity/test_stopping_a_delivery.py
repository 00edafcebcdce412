"""A delivery of anonymous records of which the search was stopped: told, and as safe as any."""

import signal
from contextlib import contextmanager

import pytest

from commanding import on, works
from grondslag.anonymise import smallest_group
from grondslag.cli.context import context
from grondslag.cli.interrupting import watching
from grondslag.delivery import Seeking
from made_records import need
from small_project import MINIMUM, lawful_plan
from small_town import make_small_town

ASKED = need(("buurt", "exact"), ("soort", "exact"))
"""Nobody may be left out, so the finest steps do not do and the search goes on."""


@pytest.fixture
def asking(tmp_path):
    """A town with a plan for anonymous records; not delivered yet."""
    made = make_small_town(tmp_path, lawful_plan(ASKED, step="anonymous"))
    made.sign()
    return made


def told(delivery):
    """What the manifest says of the search."""
    (entry,) = [one for one in delivery.manifest["tables"] if one["name"] == "meldingen"]
    return entry["anonymisation"]


def test_without_a_limit_it_is_proven_that_no_steps_are_better(asking):
    found = told(asking.deliver())

    assert found["optimal"]
    assert found["bound"] == found["value"]


def test_stopped_at_once_the_manifest_says_how_far_off_it_can_be(asking):
    found = told(asking.deliver(seeking=Seeking(seconds=0)))

    assert not found["optimal"]
    assert 0 <= found["bound"] < found["value"]


def test_what_was_found_before_the_stop_is_as_safe_as_any(asking):
    asking.deliver(seeking=Seeking(seconds=0))

    rows = asking.open().table("meldingen")
    assert smallest_group(rows, quasi=["buurt", "soort"], person=None).smallest >= MINIMUM
    asking.verify()


def test_ctrl_c_during_the_search_delivers_the_best_so_far(asking):
    @contextmanager
    def looked_on():
        with watching(context()) as watch:
            signal.raise_signal(signal.SIGINT)  # the person loses patience
            yield watch

    before = signal.getsignal(signal.SIGINT)  # a browser started by another test also listens

    found = told(asking.deliver(seeking=Seeking(looked_on=looked_on)))

    assert not found["optimal"]
    assert signal.getsignal(signal.SIGINT) is before


def test_the_command_takes_a_time_and_tells_that_the_search_was_stopped(asking):
    home = asking.folder / "installation"

    with on(asking.clock.now()):
        said = works("deliver", asking.project, "--seconds", "0", "--home", home)

    assert "Het zoeken is gestopt." in said.out
