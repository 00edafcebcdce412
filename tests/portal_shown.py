"""Showing anew who somebody is, without its page: for tests of what comes after."""

from typing import Any

from django.test import Client

from grondslag_portal.shared import engine


def shown_anew(client: Client, address: str, sent: dict[str, Any]) -> Any:
    """Press a button, show anew who you are, and press it again.

    Returns:
        The answer to the second time; the first one asked to show it.
    """
    asked = client.post(address, sent)
    assert (asked.status_code, asked.url) == (302, "/opnieuw-inloggen/")
    prove(client)
    return client.post(address, sent)


def prove(client: Client) -> str:
    """Show anew who you are for what was asked; gives the address to go back to."""
    session = client.session
    asked = session["step_up_asked"]
    session["step_up_shown"] = {asked["sha256"]: engine.clock().now().isoformat()}
    session.save()
    following: str = asked["following"]
    return following
