"""Codes of six digits from an app, each usable once.

Source:
    RFC 6238, TOTP: section 5.2, a code is accepted once, and the step before it for slow hands.
"""

import base64
import hashlib

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from grondslag_portal.organisations.models import Person
from grondslag_portal.shared import engine

_STEP = 30  # seconds
_EITHER_SIDE = 1  # steps


def new_secret(person: Person) -> str:
    """Give somebody a new secret for their app; the caller saves the person.

    Returns:
        The secret, to be shown once: it cannot be read back by people.
    """
    secret = pyotp.random_base32()
    person.time_secret = _seal().encrypt(secret.encode("ascii")).decode("ascii")
    person.time_step = 0
    return secret


def use_code(person: Person, code: str) -> bool:
    """Whether a code is right; it works once, so this call uses it up.

    Args:
        person: With a secret.
        code: Six digits; spaces are left out.
    """
    secret = _secret_of(person)
    typed = code.replace(" ", "")
    if not secret or not typed.isascii() or not typed.isdigit():
        return False
    now = int(engine.clock().now().timestamp()) // _STEP
    codes = pyotp.TOTP(secret)
    right = [
        step
        for step in range(now - _EITHER_SIDE, now + _EITHER_SIDE + 1)
        if pyotp.utils.strings_equal(codes.generate_otp(step), typed)
    ]
    if not right:
        return False
    # Of two sign-ins with one code at the same moment, one finds the row unchanged.
    used = Person.objects.filter(pk=person.pk, time_step__lt=right[-1])
    return used.update(time_step=right[-1]) == 1


def _secret_of(person: Person) -> str:
    """The secret; empty when there is none, or when the key under it was replaced."""
    try:
        return _seal().decrypt(person.time_secret.encode("ascii")).decode("ascii")
    except InvalidToken:
        return ""


def _seal() -> Fernet:
    """Seals secrets with the key of this portal: a copy of the database alone tells no code."""
    key = hashlib.sha256(b"grondslag: codes of six digits" + settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key.digest()))
