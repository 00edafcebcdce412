"""How hard the property tests look: 50 examples at every save, 10,000 in `make test-long`.

Tests that share a town stand together, so that one worker makes it once, and what takes long
comes first, so that no worker waits for the other at the end.

No test cuts the power, so nothing waits for the disk: a killed process leaves its files to the
others whether they were flushed or not.
"""

import os

# Each worker has one core: more threads of the linear algebra only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
from hypothesis import settings

from made_server import server

__all__ = ["server"]

settings.register_profile("quick", max_examples=50, deadline=None)
settings.register_profile("long", max_examples=10_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))

os.fsync = os.fstat  # still fails on what is no open file


def pytest_collection_modifyitems(items):
    """Keep what belongs together in one worker, and let the integration tests go first."""
    places = {item: place_of(item) for item in items}
    first = {}
    for place in places.values():
        first.setdefault(place, len(first))
    items.sort(key=lambda item: (places[item][0], first[places[item]]))
    for item in items:
        item.add_marker(pytest.mark.xdist_group(" ".join(map(str, places[item]))))


def place_of(item):
    """When a test runs, and with which others: of its file, or of its folder that shares a town.

    Tests with a database keep the order of pytest-django: those that empty it come last of them.
    """
    path = item.path.relative_to(item.config.rootpath)
    fixtures = {*item.fixturenames}
    marked = item.get_closest_marker("django_db")
    if {"transactional_db", "live_server"} & fixtures or (
        marked and marked.kwargs.get("transaction")
    ):
        return 1, path
    if marked or "db" in fixtures:
        return 0, path
    if "integration" not in path.parts:
        return 3, path
    return 2, path.parent if (item.path.parent / "conftest.py").exists() else path
