"""A portal with an installation, for tests of who may do what."""

import shutil

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grondslag.approval import Settings, create_installation
from grondslag.keys import PublicIdentity, public_key_of
from grondslag_portal.shared import engine
from grondslag_portal.shared.chain import DatabaseStore


@pytest.fixture
def home(db, tmp_path, settings):
    """An installation with its chain in the database."""
    settings.INSTALLATION = tmp_path / "installation"
    create_installation(
        settings.INSTALLATION,
        root=PublicIdentity("root", public_key_of(Ed25519PrivateKey.generate())),
        clock=engine.clock(), example=True, witness=None,
        settings=Settings.usual(engine.today(), source_folders=(str(tmp_path),)),
        chain=DatabaseStore(),
    )  # fmt: skip
    yield settings.INSTALLATION
    shutil.rmtree(settings.INSTALLATION)
