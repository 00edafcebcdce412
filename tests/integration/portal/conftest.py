"""What every test of the portal needs of its database."""

import importlib
import os

import pytest

from browsing import started_browser
from portal_town import portal

__all__ = ["browser", "chain_guard", "portal"]

GUARD = importlib.import_module("grondslag_portal.shared.migrations.0002_chain_only_grows")


@pytest.fixture(autouse=True)
def chain_guard(request):
    """The audit chain only grows in every test; a test that empties its tables takes that away.

    Django empties all tables after a test with real transactions, the chain among them.
    """
    marker = request.node.get_closest_marker("django_db")
    names = set(request.fixturenames)
    real = bool(marker and marker.kwargs.get("transaction")) or bool(
        {"transactional_db", "live_server"} & names
    )
    if not real and not marker and "db" not in names:
        yield
        return
    request.getfixturevalue("transactional_db" if real else "db")
    from django.db import connection

    GUARD.guard(connection)
    yield
    if real:
        GUARD.unguard(connection)


@pytest.fixture(scope="module")
def browser():
    """The browser; its driver runs a loop of its own, beside which Django would not work."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with started_browser() as started:
        yield started
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
