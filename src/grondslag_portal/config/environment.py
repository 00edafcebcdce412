"""What an installation says through its environment; each setting with a safe default."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """A setting as text."""
    return os.environ.get(f"GRONDSLAG_PORTAL_{name}", default)


def flag(name: str) -> bool:
    """A setting that is on or off; off unless it says 1."""
    return text(name) == "1"


def names(name: str) -> frozenset[str]:
    """A setting with names between commas, without capitals; none unless it says so."""
    return frozenset(part.strip().casefold() for part in text(name).split(",") if part.strip())


def number(name: str, default: int, *, least: int, most: int) -> int:
    """A setting as a whole number.

    Raises:
        ImproperlyConfigured: It is no number, or outside what makes sense.
    """
    given = text(name, str(default))
    if not given.isascii() or not given.isdecimal() or not least <= int(given[:9]) <= most:
        raise ImproperlyConfigured(
            f"GRONDSLAG_PORTAL_{name}: expected a whole number from {least} to {most}"
        )
    return int(given)


def folders(name: str) -> dict[str, Path]:
    """A setting with folders: ``mobiliteit=/srv/mobiliteit,partner=/srv/partner``.

    Raises:
        ImproperlyConfigured: A part that is no name with a folder.
    """
    found = {}
    for part in filter(None, (part.strip() for part in text(name).split(","))):
        key, _, folder = part.partition("=")
        if not key or not folder:
            raise ImproperlyConfigured(f"GRONDSLAG_PORTAL_{name}: expected name=folder,name=folder")
        found[key] = Path(folder)
    return found


def data_folder() -> Path:
    """Where this portal keeps its database, its projects and its installation."""
    return Path(text("DATA", "build/portal")).absolute()


def secret_key(folder: Path) -> str:
    """The key under sessions: from the environment, or made once beside the data.

    Raises:
        ImproperlyConfigured: The folder cannot be written.
    """
    given = text("SECRET_KEY")
    if given:
        return given
    path = folder / "secret-key"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as stream:
                stream.write(secrets.token_urlsafe(64))
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise ImproperlyConfigured(f"{path}: {error.strerror}") from error


def database(folder: Path) -> dict[str, Any]:
    """SQLite beside the data, or the PostgreSQL that ``GRONDSLAG_PORTAL_DATABASE`` names.

    Raises:
        ImproperlyConfigured: The setting is no address of a PostgreSQL database.
    """
    given = text("DATABASE")
    if not given:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "portal.sqlite3",
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
                ),
            },
        }
    parts = urlsplit(given)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "GRONDSLAG_PORTAL_DATABASE: expected postgresql://user:password@host:port/name"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0 if flag("LOCAL") else 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5},
    }


def sign_in_service() -> dict[str, str]:
    """The municipality's sign-in service (OpenID Connect); nothing without an issuer.

    Raises:
        ImproperlyConfigured: There is an issuer and something else is not said.
    """
    names = ("issuer", "client_id", "client_secret", "authorization", "token", "keys")
    said = {name: text(f"OIDC_{name.upper()}") for name in names}
    missing = [f"GRONDSLAG_PORTAL_OIDC_{name.upper()}" for name in names if not said[name]]
    if said["issuer"] and missing:
        raise ImproperlyConfigured(f"missing: {', '.join(missing)}")
    return {**said, "subject": text("OIDC_SUBJECT", "tid,oid")}


def mail_server() -> dict[str, Any]:
    """The server that takes our mail; encrypted on the way to it, unless it is on this machine.

    Raises:
        ImproperlyConfigured: The port is no number.
    """
    host, port = text("MAIL_HOST"), text("MAIL_PORT", "587")
    if not port.isdecimal():
        raise ImproperlyConfigured("GRONDSLAG_PORTAL_MAIL_PORT: expected a number")
    return {
        "host": host,
        "port": int(port),
        "user": text("MAIL_USER"),
        "password": text("MAIL_PASSWORD"),
        "encrypted": host not in ("localhost", "127.0.0.1", "::1"),
        "sender": text("MAIL_FROM", "grondslag@voorbeeldstad.example"),
    }


def frontend_folder() -> Path:
    """Style sheets, tokens and fonts of others, as ``scripts/frontend`` took them from npm."""
    return Path(text("FRONTEND", "build/frontend")).absolute()
