"""A backup is one moment of everything; put back, nothing is lost and the chain holds."""

import os
import subprocess
import sys

import pytest

REAL = {"DJANGO_SETTINGS_MODULE": "grondslag_portal.config.settings"}
"""The settings of a portal that runs, not those of the tests."""


def portal(data, *command, home=None):
    """A command of the portal, over its own data folder."""
    environment = (
        os.environ | {"GRONDSLAG_PORTAL_DATA": str(data), "GRONDSLAG_PORTAL_LOCAL": "1"} | REAL
    )
    environment.pop("GRONDSLAG_PORTAL_DATABASE", None)
    return subprocess.run(
        [sys.executable, "-m", "grondslag_portal", *command],
        env=environment, capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip


COUNTING = """
from grondslag_portal.shared.models import ChainRecord
from grondslag_portal.projects.models import Document
from grondslag_portal.organisations.models import Person
from grondslag_portal.shared import engine
from grondslag.delivery import latest_delivery, verify_delivery
from django.conf import settings
home = engine.installation()
found = verify_delivery(
    latest_delivery(settings.PROJECTS / "halte-dichtbij"),
    root_public_key=home.root_public_key, chain=home.chain,
)
print([ChainRecord.objects.count(), Person.objects.count(), found.steps[-1],
       sorted(Document.objects.values_list("project__key", "path", "version", "sha256"))])
"""


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """A portal with Voorbeeldstad in it."""
    data = tmp_path_factory.mktemp("portal") / "data"
    assert portal(data, "migrate", "-v0").returncode == 0
    loaded = portal(data, "load_voorbeeldstad", "--residents", "2000")
    assert loaded.returncode == 0, loaded.stderr
    return data


def state_of(data):
    told = portal(data, "shell", "--no-imports", "-v0", "-c", COUNTING)
    assert told.returncode == 0, told.stderr
    return told.stdout


@pytest.mark.long
def test_a_backup_put_back_has_every_document_record_and_delivery(running, tmp_path):
    before = state_of(running)

    made = portal(running, "backup", str(tmp_path / "kopie"))
    assert made.returncode == 0, made.stderr
    restored = portal(tmp_path / "new", "restore", str(tmp_path / "kopie"))

    assert restored.returncode == 0, restored.stderr
    assert state_of(tmp_path / "new") == before


@pytest.mark.long
def test_keys_are_in_an_archive_of_their_own(running, tmp_path):
    import tarfile

    assert portal(running, "backup", str(tmp_path / "kopie")).returncode == 0

    with tarfile.open(tmp_path / "kopie" / "data.tar") as archive:
        assert not [name for name in archive.getnames() if "vault" in name]
    with tarfile.open(tmp_path / "kopie" / "keys.tar") as archive:
        assert any(name.startswith("vault/") for name in archive.getnames())
    assert {
        (tmp_path / "kopie" / name).stat().st_mode & 0o077 for name in ("data.tar", "keys.tar")
    } == {0}


@pytest.mark.long
def test_nothing_is_put_back_over_a_portal_that_is_there(running, tmp_path):
    assert portal(running, "backup", str(tmp_path / "kopie")).returncode == 0
    before = state_of(running)

    refused = portal(running, "restore", str(tmp_path / "kopie"))

    assert refused.returncode == 2
    assert "Zet terug in een lege map" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert state_of(running) == before
