"""Keys of people and the installation: made once, never overwritten, never readable by others."""

import json
import stat

import pytest

from commanding import call, works, write_authorities

LONG = "nog vier andere woorden"


def test_a_key_is_for_its_owner_and_its_fingerprint_for_everyone(people):
    key = people.key("eigenaar")

    shown = json.loads(works("identity", "show", key, "--json").out)
    public = json.loads(works("identity", "show", f"{key}.pub", "--json").out)

    assert shown == public
    assert shown["name"] == "Eigenaar (voorbeeld)"
    assert len(shown["fingerprint"].split()) == 16
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_a_key_is_never_made_twice_in_one_place(people):
    key = people.key("eigenaar")
    before = key.read_bytes()

    said = call("identity", "new", "Iemand anders", "--to", key)

    assert said.status == 2
    assert key.read_bytes() == before


@pytest.mark.parametrize(
    ("passphrase", "status"), [("kort", 2), (" " * 20, 2), (LONG, 0)], ids=["short", "empty", "ok"]
)
def test_a_passphrase_comes_from_a_file_and_is_long_enough(tmp_path, passphrase, status):
    (tmp_path / "wachtwoord").write_text(passphrase + "\n", encoding="utf-8")

    said = call(
        "identity", "new", "A. Naam", "--to", tmp_path / "sleutel",
        "--passphrase-file", tmp_path / "wachtwoord",
    )  # fmt: skip

    assert said.status == status
    assert (tmp_path / "sleutel").exists() is (status == 0)
    assert passphrase.strip() not in said.out or not passphrase.strip()


def test_a_key_never_stands_in_a_project(tmp_path):
    (tmp_path / "plan.yaml").touch()

    said = call("identity", "new", "A. Naam", "--to", tmp_path / "keys" / "sleutel")

    assert said.status == 2
    assert not (tmp_path / "keys").exists()


def test_an_installation_is_made_once(home, people):
    said = call("identity", "home", "--root", f"{people.key('root')}.pub", "--home", home)

    assert said.status == 2
    assert "staat al een installatie" in said.complaint


def test_an_installation_without_a_witness_says_so(tmp_path, people):
    root = f"{people.key('root')}.pub"

    without = works("identity", "home", "--root", root, "--home", tmp_path / "een")
    witnessed = works(
        "identity", "home", "--root", root, "--home", tmp_path / "twee",
        "--witness", tmp_path / "getuige.jsonl",
    )  # fmt: skip

    assert "Er is geen tweede plek" in without.out
    assert "Er is geen tweede plek" not in witnessed.out
    assert (tmp_path / "getuige.jsonl").is_file()


def test_folders_for_other_sources_must_exist(tmp_path, people):
    said = call(
        "identity", "home", "--root", f"{people.key('root')}.pub", "--home", tmp_path / "home",
        "--source-folder", tmp_path / "geen",
    )  # fmt: skip

    assert said.status == 2
    assert not (tmp_path / "home").exists()


def test_a_list_of_authorities_that_the_root_did_not_sign_is_refused(home, people, tmp_path):
    entries = [people.entry("steward", "owner")]
    draft = write_authorities(tmp_path / "lijst.yaml", entries, machine=_machine(home))
    works("identity", "sign-authorities", draft, "--key", people.key("privacy"))

    said = call("identity", "accept", draft, "--home", home)

    assert said.status == 4
    assert "hoofdsleutel" in said.complaint


def test_an_unsigned_list_of_authorities_is_refused(home, people, tmp_path):
    entries = [people.entry("steward", "owner")]
    draft = write_authorities(tmp_path / "lijst.yaml", entries, machine=_machine(home))

    said = call("identity", "accept", draft, "--home", home)

    assert said.status == 4
    assert "niet getekend" in said.complaint


def test_a_signed_list_can_go_to_another_file(home, people, tmp_path):
    entries = [people.entry("eigenaar", "owner"), people.entry("eigenaar", "decider")]
    draft = write_authorities(tmp_path / "lijst.yaml", entries, machine=_machine(home))
    before = draft.read_bytes()

    said = works(
        "identity", "sign-authorities", draft, "--key", people.key("root"),
        "--to", tmp_path / "getekend.yaml",
    )  # fmt: skip

    assert draft.read_bytes() == before
    assert "signature:" in (tmp_path / "getekend.yaml").read_text(encoding="utf-8")
    assert "Eigenaar (voorbeeld) heeft meer rollen" in said.out


def _machine(home):
    listed = (home / "authorities.yaml").read_text(encoding="utf-8")
    return listed.partition("machines:")[2].partition("- ")[2].partition("\n")[0]
