"""The portal on its other database: every test of it, and a backup that is put back."""

import os
import subprocess
import sys

import pytest

from our_source import ROOT

pytestmark = [pytest.mark.long, pytest.mark.postgres, pytest.mark.timeout(3600)]


def address(server, name):
    """The setting that names a database of this server."""
    return f"postgresql://postgres@127.0.0.1:{server.port}/{name}"


def test_every_test_of_the_portal_passes_on_postgresql(server):
    found = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/integration/portal", "-m", "not long", "-q",
         "-p", "no:cacheprovider"],
        cwd=ROOT, env=os.environ | {"GRONDSLAG_PORTAL_DATABASE": address(server, "postgres")},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert found.returncode == 0, found.stdout[-4000:]


def test_a_backup_of_postgresql_is_put_back_in_an_empty_database(server, tmp_path):
    for name in ("one", "two"):
        server.run(f"CREATE DATABASE {name}")

    def portal(name, *command):
        told = subprocess.run(
            [sys.executable, "-m", "grondslag_portal", *command],
            env=os.environ | {
                "GRONDSLAG_PORTAL_DATA": str(tmp_path / name),
                "GRONDSLAG_PORTAL_LOCAL": "1",
                "DJANGO_SETTINGS_MODULE": "grondslag_portal.config.settings",  # not those of tests
                "GRONDSLAG_PORTAL_DATABASE": address(server, name),
            },
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert told.returncode == 0, told.stderr
        return told.stdout

    portal("one", "migrate", "-v0")
    portal("one", "load_voorbeeldstad", "--residents", "2000")
    portal("one", "backup", str(tmp_path / "kopie"))

    portal("two", "restore", str(tmp_path / "kopie"))

    assert portal("two", "audit_verify") == portal("one", "audit_verify")
