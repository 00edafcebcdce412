"""A backup of everything, and putting it back: two archives, and keys never beside the data.

The first holds the database, deliveries, reports and the lists of the installation. The second
holds the keys. Who has both can open what is open today. A key that is destroyed after the backup
lives on in the second archive: keep that one short, and apart.
"""

import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from grondslag.audit import verify_chain
from grondslag.errors import InputError, SourceError
from grondslag_portal.shared import engine
from grondslag_portal.shared.chain import DatabaseStore

_DATABASE, _VAULT = "database", "vault"
_BESIDE = ("projects", "bronnen")
_BUSY = ".part"  # a delivery that is being made: it is absent until it is whole


@dataclass(frozen=True, slots=True)
class Backup:
    """Two archives.

    Args:
        data: Everything but the keys.
        keys: The keys.
    """

    data: Path
    keys: Path


def make_backup(folder: Path) -> Backup:
    """Write a backup of one moment: nobody writes to the audit chain meanwhile.

    Args:
        folder: Where the archives come; made when absent, for its owner only.

    Raises:
        InputError: There is a backup in it already.
        SourceError: The disk or the database let us down; no archive is left half-written.
    """
    made = Backup(folder / "data.tar", folder / "keys.tar")
    if made.data.exists() or made.keys.exists():
        raise InputError("shared.backup-exists", folder=str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _aside(folder) as aside, DatabaseStore().held():
            _dump(aside / _DATABASE)
            with tarfile.open(aside / made.data.name, "x") as archive:
                archive.add(aside / _DATABASE, _DATABASE)
                for name in _BESIDE:
                    if (settings.DATA / name).is_dir():
                        archive.add(settings.DATA / name, name, filter=_whole)
                archive.add(settings.INSTALLATION, "installation", filter=_without_keys)
            with tarfile.open(aside / made.keys.name, "x") as archive:
                archive.add(settings.INSTALLATION / _VAULT, _VAULT)
            for path in (made.data, made.keys):
                (aside / path.name).chmod(0o600)
                (aside / path.name).rename(path)
    except (OSError, tarfile.TarError, sqlite3.Error) as error:
        raise SourceError("shared.backup-failed", folder=str(folder)) from error
    return made


def put_back(backup: Backup) -> int:
    """Put a backup back into a portal that has nothing yet.

    Args:
        backup: Both archives.

    Returns:
        How many records the audit chain holds; it was verified.

    Raises:
        InputError: There is a portal here already, or an archive is missing.
        SourceError: The disk or the database let us down.
        IntegrityError: The audit chain does not hold.
    """
    if settings.INSTALLATION.exists():
        raise InputError("shared.restore-not-empty", folder=str(settings.DATA))
    for path in (backup.data, backup.keys):
        if not path.is_file():
            raise InputError("shared.restore-missing", file=path.name)
    try:
        settings.DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _aside(settings.DATA) as aside:
            with tarfile.open(backup.data) as archive:
                archive.extractall(aside, filter="data")
            with tarfile.open(backup.keys) as archive:
                archive.extractall(aside / "installation", filter="data")
            _close(aside)
            _load(aside / _DATABASE)
            for name in (*_BESIDE, "installation"):
                if (aside / name).exists():
                    shutil.rmtree(settings.DATA / name, ignore_errors=True)
                    (aside / name).rename(settings.DATA / name)
    except (OSError, tarfile.TarError, sqlite3.Error) as error:
        raise SourceError("shared.restore-failed", folder=str(settings.DATA)) from error
    home = engine.installation()
    return verify_chain(DatabaseStore(), public_key=home.machine_public_key).records


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    aside = Path(tempfile.mkdtemp(prefix=".backup-", dir=folder))
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _close(folder: Path) -> None:
    """For its owner only, whatever the archive said: the engine refuses keys others can read."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)


def _whole(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if _BUSY in Path(member.name).suffixes else member


def _without_keys(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if member.name.split("/")[1:2] == [_VAULT] else member


def _dump(target: Path) -> None:
    """The database as one file: SQLite's own copy, or PostgreSQL's own dump."""
    if connection.vendor == "sqlite":
        copy = sqlite3.connect(target)
        try:
            with sqlite3.connect(settings.DATABASES["default"]["NAME"]) as source:
                source.backup(copy)
        finally:
            copy.close()
        return
    _run(["pg_dump", "--format=custom", "--no-owner", f"--file={target}"])


def _load(source: Path) -> None:
    if connection.vendor == "sqlite":
        connection.close()
        shutil.copyfile(source, settings.DATABASES["default"]["NAME"])
        return
    _run(["pg_restore", "--no-owner", "--exit-on-error", "--dbname", _name(), str(source)])


def _name() -> str:
    return str(settings.DATABASES["default"]["NAME"])


def _run(command: list[str]) -> None:
    """A program of PostgreSQL; the password goes through the environment, never on the line.

    Raises:
        SourceError: It is not installed, or it failed.
    """
    given = settings.DATABASES["default"]
    names: Mapping[str, str] = {
        "PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }  # fmt: skip
    environment = os.environ | {key: str(given[name]) for key, name in names.items() if given[name]}
    try:
        subprocess.run(command, env=environment, check=True, capture_output=True)  # noqa: S603 - a fixed program, arguments of ours
    except (OSError, subprocess.CalledProcessError) as error:
        raise SourceError("shared.database-program", program=command[0]) from error
