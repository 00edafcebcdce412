"""Ctrl-C while levels are sought: once is the best so far, twice is stop."""

import signal

import pytest

from grondslag.cli.context import context
from grondslag.cli.interrupting import interrupted, watching


def test_the_first_time_the_search_ends_with_the_best_so_far():
    with watching(context()) as watch:
        before = watch(1, 0.5, 0.4)
        signal.raise_signal(signal.SIGINT)
        after = watch(2, 0.5, 0.4)

    assert (before, after) == (True, False)


def test_the_second_time_the_command_stops():
    with interrupted() as stop:
        signal.raise_signal(signal.SIGINT)
        assert stop.is_set()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_afterwards_it_stops_at_once_again():
    usual = signal.getsignal(signal.SIGINT)
    with interrupted():
        assert signal.getsignal(signal.SIGINT) is not usual

    assert signal.getsignal(signal.SIGINT) is usual
