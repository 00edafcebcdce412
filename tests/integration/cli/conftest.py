"""An installation with people in it, made with the command line itself."""

import json
import shutil

import pytest

from commanding import NOW, PASSPHRASE, People, on, works, write_authorities


@pytest.fixture(autouse=True)
def _at_the_time_of_the_example(monkeypatch):
    monkeypatch.setenv("GRONDSLAG_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("COLUMNS", "200")
    with on(NOW):
        yield


@pytest.fixture(scope="session")
def people(tmp_path_factory):
    return People(tmp_path_factory.mktemp("sleutels"))


@pytest.fixture(scope="session")
def made_home(people, tmp_path_factory):
    """An installation with its authorities and an empty list of revocations."""
    folder = tmp_path_factory.mktemp("gemaakt")
    home = folder / "home"
    with pytest.MonkeyPatch.context() as patch, on(NOW):
        patch.setenv("GRONDSLAG_PASSPHRASE", PASSPHRASE)
        root = people.key("root")
        made = works(
            "identity", "home", "--root", f"{root}.pub", "--example", "--home", home, "--json"
        )
        entries = [
            people.entry("eigenaar", "owner"),
            people.entry("privacy", "privacy_officer"),
            people.entry("beslisser", "decider"),
            people.entry("toezicht", "data_protection_officer"),
            people.entry("intrekker", "revoker"),
        ]
        machine = json.loads(made.out)["machine_public_key"]
        draft = write_authorities(folder / "authorities.yaml", entries, machine=machine)
        works("identity", "sign-authorities", draft, "--key", root)
        works("identity", "accept", draft, "--home", home)
        works("revoke", "--renew", "--key", people.key("intrekker"), "--home", home)
        people.key("steward")
    return home


@pytest.fixture
def home(made_home, tmp_path):
    return shutil.copytree(made_home, tmp_path / "home")
