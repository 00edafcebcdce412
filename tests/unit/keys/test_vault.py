"""The vault keeps keys for its owner only, outside projects, and a destroyed key stays gone."""

import json
import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from grondslag.canonical import sha256_hex
from grondslag.clock import FixedClock
from grondslag.errors import ApprovalError, InputError, IntegrityError
from grondslag.keys import KeyKind, Vault

CLOCK = FixedClock(datetime(2027, 3, 3, 12, 0, tzinfo=UTC))
LATER = FixedClock(datetime(2028, 3, 3, 12, 0, tzinfo=UTC))
HOSTILE_NAMES = (
    "", "..", ".", "../log/2027", "a/b", "/etc/passwd", "a\\b", "A", "é", "a b", "a\n", "-a", ".a",
    "a\0", "a" * 82,
)  # fmt: skip


@pytest.fixture
def vault(tmp_path):
    return Vault(tmp_path / "vault")


def test_a_key_is_32_random_bytes_and_is_read_back(vault):
    first = vault.create(KeyKind.PROJECT, "roads")
    second = vault.create(KeyKind.PROJECT, "roads-2")

    assert len(first) == 32
    assert first != second
    assert vault.read(KeyKind.PROJECT, "roads") == first


def test_kinds_do_not_see_each_others_keys(vault):
    vault.create(KeyKind.PROJECT, "2027")

    assert not vault.has(KeyKind.LOG, "2027")
    with pytest.raises(InputError, match=r"keys\.no-such-key"):
        vault.read(KeyKind.LOG, "2027")


def test_folder_and_files_are_for_the_owner_only(vault, tmp_path):
    previous = os.umask(0)
    try:
        vault.create(KeyKind.LOG, "2027")
        vault.create(KeyKind.LOG, "2028")
        vault.destroy(KeyKind.LOG, "2028", clock=CLOCK)
    finally:
        os.umask(previous)

    modes = {
        p: p.stat().st_mode & 0o777 for p in [tmp_path / "vault", *tmp_path.glob("vault/**/*")]
    }
    assert {mode for p, mode in modes.items() if p.is_dir()} == {0o700}
    assert {mode for p, mode in modes.items() if p.is_file()} == {0o600}


def test_a_key_is_never_made_twice(vault):
    key = vault.create(KeyKind.DELIVERY, "d1")

    with pytest.raises(InputError, match=r"keys\.exists"):
        vault.create(KeyKind.DELIVERY, "d1")

    assert vault.read(KeyKind.DELIVERY, "d1") == key


@pytest.mark.parametrize("name", HOSTILE_NAMES)
@pytest.mark.parametrize("act", ["create", "read", "has", "destroy"])
def test_a_name_that_could_be_a_path_is_refused(vault, name, act):
    extra = {"clock": CLOCK} if act == "destroy" else {}

    with pytest.raises(InputError, match=r"keys\.name-not-allowed"):
        getattr(vault, act)(KeyKind.PROJECT, name, **extra)


def test_a_destroyed_key_is_gone_and_the_record_says_no_more(vault, tmp_path):
    key = vault.create(KeyKind.PROJECT, "roads")

    record = vault.destroy(KeyKind.PROJECT, "roads", clock=CLOCK)

    assert record.to_mapping() == {
        "kind": "project",
        "name": "roads",
        "fingerprint": sha256_hex(key),
        "destroyed_at": "2027-03-03T12:00:00.000Z",
    }
    left = {p.name: p.read_bytes() for p in tmp_path.glob("vault/**/*") if p.is_file()}
    assert set(left) == {".lock", "roads.destroyed.json"}
    assert json.loads(left["roads.destroyed.json"]) == record.to_mapping()
    assert not any(key in content for content in left.values())
    assert not vault.has(KeyKind.PROJECT, "roads")
    assert vault.destruction(KeyKind.PROJECT, "roads") == record


def test_the_bytes_are_overwritten_before_the_name_goes(vault, tmp_path):
    key = vault.create(KeyKind.PROJECT, "roads")
    second_name = tmp_path / "same-file"
    second_name.hardlink_to(tmp_path / "vault" / "project" / "roads.key")

    vault.destroy(KeyKind.PROJECT, "roads", clock=CLOCK)

    assert second_name.read_bytes() != key


def test_a_destroyed_key_can_be_neither_read_nor_made_again(vault):
    vault.create(KeyKind.PROJECT, "roads")
    vault.destroy(KeyKind.PROJECT, "roads", clock=CLOCK)

    for act in (vault.read, vault.create):
        with pytest.raises(ApprovalError, match=r"keys\.destroyed") as caught:
            act(KeyKind.PROJECT, "roads")
        assert caught.value.fields["date"] == date(2027, 3, 3)


def test_destroying_twice_gives_the_first_record(vault):
    vault.create(KeyKind.PROJECT, "roads")

    first = vault.destroy(KeyKind.PROJECT, "roads", clock=CLOCK)
    second = vault.destroy(KeyKind.PROJECT, "roads", clock=LATER)

    assert second == first


def test_what_was_never_there_cannot_be_destroyed(vault):
    with pytest.raises(InputError, match=r"keys\.no-such-key"):
        vault.destroy(KeyKind.PROJECT, "roads", clock=CLOCK)

    assert vault.destruction(KeyKind.PROJECT, "roads") is None


def test_a_destruction_cut_off_half_way_is_unusable_and_is_finished(vault, tmp_path):
    key = vault.create(KeyKind.PROJECT, "roads")
    first = vault.destroy(KeyKind.PROJECT, "roads", clock=CLOCK)
    remains = tmp_path / "vault" / "project" / "roads.key"
    remains.write_bytes(key)  # as if killed between tombstone and overwriting

    assert vault.destruction(KeyKind.PROJECT, "roads") is None
    with pytest.raises(ApprovalError, match=r"keys\.destroyed"):
        vault.read(KeyKind.PROJECT, "roads")
    assert vault.destroy(KeyKind.PROJECT, "roads", clock=LATER) == first
    assert not remains.exists()


@pytest.mark.parametrize("depth", ["", "keys", "deep/er/keys"])
def test_a_vault_in_or_under_a_project_is_refused(tmp_path, depth):
    (tmp_path / "plan.yaml").write_text("x: 1\n")

    with pytest.raises(InputError, match=r"keys\.inside-project"):
        Vault(tmp_path / depth)


def test_a_project_cannot_be_hidden_behind_a_link_on_the_way(tmp_path):
    project = tmp_path / "project"
    (project / "sub").mkdir(parents=True)
    (project / "plan.yaml").write_text("x: 1\n")
    (tmp_path / "innocent").symlink_to(project / "sub")

    with pytest.raises(InputError, match=r"keys\.inside-project"):
        Vault(tmp_path / "innocent" / "vault")


def test_a_vault_that_becomes_a_project_later_gives_no_keys(vault, tmp_path):
    vault.create(KeyKind.PROJECT, "roads")
    (tmp_path / "plan.yaml").write_text("x: 1\n")

    with pytest.raises(InputError, match=r"keys\.inside-project"):
        vault.read(KeyKind.PROJECT, "roads")


def test_a_vault_behind_a_link_is_refused(tmp_path):
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "vault").symlink_to(tmp_path / "real")

    with pytest.raises(InputError, match=r"keys\.vault-is-link"):
        Vault(tmp_path / "vault")


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o777, 0o710])
def test_a_vault_that_others_can_enter_is_refused(tmp_path, mode):
    folder = tmp_path / "vault"
    folder.mkdir()
    folder.chmod(mode)

    with pytest.raises(InputError, match=r"keys\.vault-readable"):
        Vault(folder)


def test_a_vault_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "vault").write_text("")

    with pytest.raises(InputError, match=r"keys\.vault-no-folder"):
        Vault(tmp_path / "vault")


def _short(path: Path, key: bytes) -> None:
    path.write_bytes(key[:-1])


def _long(path: Path, key: bytes) -> None:
    path.write_bytes(key + b"x")


def _readable(path: Path, key: bytes) -> None:
    path.chmod(0o640)


def _link(path: Path, key: bytes) -> None:
    path.rename(path.with_suffix(".moved"))
    path.symlink_to(path.with_suffix(".moved"))


@pytest.mark.parametrize("damage", [_short, _long, _readable, _link])
def test_a_damaged_key_is_refused(vault, tmp_path, damage):
    key = vault.create(KeyKind.PROJECT, "roads")
    damage(tmp_path / "vault" / "project" / "roads.key", key)

    with pytest.raises(IntegrityError, match=r"keys\.damaged-key"):
        vault.read(KeyKind.PROJECT, "roads")


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"kind": "log"}', "\xff", "other"])
def test_a_damaged_tombstone_never_lets_a_key_come_back(vault, tmp_path, content):
    vault.create(KeyKind.PROJECT, "roads")
    vault.create(KeyKind.PROJECT, "other")
    vault.destroy(KeyKind.PROJECT, "other", clock=CLOCK)
    vault.destroy(KeyKind.PROJECT, "roads", clock=CLOCK)
    stone = tmp_path / "vault" / "project" / "roads.destroyed.json"
    if content == "other":  # the tombstone of another key under this name
        content = stone.with_name("other.destroyed.json").read_text()
    stone.write_text(content, encoding="latin-1")

    for act in (vault.read, vault.create):
        with pytest.raises(IntegrityError, match=r"keys\.damaged-tombstone"):
            act(KeyKind.PROJECT, "roads")


def test_two_processes_never_make_the_same_key(tmp_path):
    program = (
        "import sys; from pathlib import Path; from grondslag.keys import *\n"
        "from grondslag.errors import InputError\n"
        "vault = Vault(Path(sys.argv[1])); made = 0\n"
        "for n in range(40):\n"
        "    try: vault.create(KeyKind.PROJECT, f'k{n}'); made += 1\n"
        "    except InputError: pass\n"
        "print(made)\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "vault")]

    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    made = [int(process.communicate()[0]) for process in both]

    assert sum(made) == 40
    assert not list(tmp_path.glob("vault/**/*.part"))
