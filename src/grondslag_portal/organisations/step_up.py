"""Who signs shows anew who they are, for one document, named by its hash.

A view that signs does this, and nothing else is needed::

    if step_up_for(request, sha256) is None:
        return redirect_to_step_up(request, sha256, about="...", following=request.path)
    ...sign...

`step_up_for` gives a proof once: it is used up when it is read. So read it in the POST that signs,
just before the signature. Who comes back from the page lands on `following` with a GET, sees what
they sign, and presses the button again. The proof counts `STEP_UP_MINUTES`, for this hash only.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from grondslag_portal.shared import engine

_ASKED = "step_up_asked"
_SHOWN = "step_up_shown"


@dataclass(frozen=True, slots=True)
class Asked:
    """For which document somebody must show anew who they are.

    Args:
        sha256: Its hash.
        about: What it is, for people.
        following: The address to go back to.
        at: When it was asked.
        is_change: Whether they make a change, and sign no text.
    """

    sha256: str
    about: str
    following: str
    at: datetime
    is_change: bool = False


def ask_step_up(
    request: HttpRequest, sha256: str, *, about: str, following: str, is_change: bool = False
) -> None:
    """Remember for which document, or which change, somebody must show anew who they are."""
    now = engine.clock().now()
    request.session[_ASKED] = {
        "sha256": sha256,
        "about": about,
        "following": following,
        "at": now.isoformat(),
        "is_change": is_change,
    }


def asked_step_up(request: HttpRequest) -> Asked | None:
    """For which document; None when nothing was asked."""
    found: dict[str, Any] | None = request.session.get(_ASKED)
    if found is None:
        return None
    at = datetime.fromisoformat(found["at"])
    is_change = bool(found.get("is_change"))
    return Asked(found["sha256"], found["about"], found["following"], at, is_change)


def step_up_done(request: HttpRequest) -> str:
    """They showed who they are: keep the proof for the document that was asked.

    Returns:
        The address to go back to; empty when nothing was asked.
    """
    asked = asked_step_up(request)
    request.session.pop(_ASKED, None)
    if asked is None:
        return ""
    request.session[_SHOWN] = {asked.sha256: engine.clock().now().isoformat()}
    return asked.following


def step_up_for(request: HttpRequest, sha256: str) -> datetime | None:
    """When the visitor showed anew who they are, for this document; used up by this call.

    Args:
        request: Of the visitor, in the POST that signs.
        sha256: Hash of the document that they are about to sign.

    Returns:
        The moment; None when they did not, too long ago, or for another document. Then send them
        to the page with `organisations.views.redirect_to_step_up`.
    """
    shown: dict[str, str] = request.session.pop(_SHOWN, {})
    if sha256 not in shown:
        return None
    at = datetime.fromisoformat(shown[sha256])
    age = engine.clock().now() - at
    limit = timedelta(minutes=settings.STEP_UP_MINUTES)
    return at if timedelta(0) <= age <= limit else None


def is_stepped_up(request: HttpRequest, sha256: str) -> bool:
    """Whether a proof for this document waits to be used; for a page that shows what comes next."""
    return sha256 in request.session.get(_SHOWN, {})
