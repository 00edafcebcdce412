"""The engine as this portal uses it: its installation, its clock, its word for who signed.

A person who signs in the portal has no key of their own there. The portal's key vouches for them:
the list of who may sign names that key as a witness, and every seal and proof says so.
"""

from datetime import date, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from grondslag.approval import Installation, Signer, open_installation
from grondslag.clock import Clock, FixedClock, SystemClock, timestamp
from grondslag.clock import today as day_of
from grondslag.keys import KeyKind, Vault, public_key_of
from grondslag_portal.shared.chain import DatabaseStore

_WITNESS = "portal"


def clock() -> Clock:
    """The clock of this portal; a test or a demonstration sets another."""
    found: Clock | None = getattr(settings, "PORTAL_CLOCK", None)
    return found or SystemClock()


def today() -> date:
    """Today, as the engine counts it."""
    return day_of(clock())


def installation() -> Installation:
    """The installation of this portal, with its audit chain in the database.

    Raises:
        InputError: There is none yet.
    """
    return open_installation(settings.INSTALLATION, clock=clock(), chain=DatabaseStore())


def signer_for(subject: str, *, stepped_up: datetime | None = None) -> Signer:
    """The portal's word that this person signed; only after they showed anew who they are.

    Args:
        subject: The person, as the list of who may sign names them.
        stepped_up: When they showed anew who they are; stands in what they sign.
    """
    shown = "" if stepped_up is None else timestamp(FixedClock(stepped_up))
    return Signer(_witness_key(), subject, shown)


def witness_public_key() -> str:
    """The key that the list of who may sign must name as a witness, base64."""
    return public_key_of(_witness_key())


def _witness_key() -> Ed25519PrivateKey:
    vault = Vault(settings.INSTALLATION / "vault")
    if not vault.has(KeyKind.MACHINE, _WITNESS):
        vault.create(KeyKind.MACHINE, _WITNESS)
    return Ed25519PrivateKey.from_private_bytes(vault.read(KeyKind.MACHINE, _WITNESS))
