"""A key is in no repr, str, message, exception or traceback of ours."""

import base64
import copy
import traceback
from datetime import UTC, datetime

import pytest

from grondslag.clock import FixedClock
from grondslag.errors import GrondslagError, InputError
from grondslag.keys import (
    KeyKind,
    Vault,
    create_identity,
    derive,
    load_private,
    person_token,
    person_tokens,
)
from grondslag.wording import explain

CLOCK = FixedClock(datetime(2027, 3, 3, tzinfo=UTC))
PASSPHRASE = "four plain loose words"


def _forms(secret: bytes) -> set[str]:
    return {
        secret.hex(),
        base64.b64encode(secret).decode(),
        repr(secret)[2:-1],
        str(list(secret))[1:-1],
    }


def _said_by(error: GrondslagError) -> str:
    texts = [str(error), repr(error), repr(vars(error)), explain(error)]
    texts += traceback.format_exception(error)
    return "\n".join(texts)


def test_no_object_of_ours_shows_a_key(tmp_path):
    vault = Vault(tmp_path / "vault")
    key = vault.create(KeyKind.PROJECT, "roads")
    record = vault.destroy(KeyKind.PROJECT, "roads", clock=CLOCK)
    identity = create_identity(tmp_path / "me.key", PASSPHRASE, name="Example", clock=CLOCK)
    private = load_private(tmp_path / "me.key", PASSPHRASE)

    shown = "\n".join(
        form(thing) for form in (repr, str) for thing in (vault, record, identity, private)
    )

    for secret in (key, private.private_bytes_raw(), PASSPHRASE.encode()):
        assert not [form for form in _forms(secret) if form in shown]


def test_a_vault_holds_no_key_between_calls(tmp_path):
    vault = Vault(tmp_path / "vault")
    vault.create(KeyKind.PROJECT, "roads")
    vault.read(KeyKind.PROJECT, "roads")

    assert vault.__slots__ == ("_folder",)
    assert not hasattr(copy.copy(vault), "__dict__")


def test_no_error_about_a_key_shows_it(tmp_path):
    vault = Vault(tmp_path / "vault")
    key = vault.create(KeyKind.PROJECT, "roads")
    path = tmp_path / "vault" / "project" / "roads.key"
    caught = []

    def attempt(act, *args, **options):
        with pytest.raises(GrondslagError) as info:
            act(*args, **options)
        caught.append(_said_by(info.value))

    attempt(vault.create, KeyKind.PROJECT, "roads")
    path.write_bytes(key + key)
    attempt(vault.read, KeyKind.PROJECT, "roads")
    attempt(vault.destroy, KeyKind.PROJECT, "roads", clock=CLOCK)
    path.write_bytes(key)
    vault.destroy(KeyKind.PROJECT, "roads", clock=CLOCK)
    attempt(vault.read, KeyKind.PROJECT, "roads")
    attempt(person_token, "x", key[:8])
    attempt(person_tokens, ["x"], key[:8])

    assert len(caught) == 6
    assert not [form for form in _forms(key) | _forms(key[:8]) if form in "\n".join(caught)]


def test_no_error_about_a_passphrase_shows_it(tmp_path):
    path = tmp_path / "me.key"
    create_identity(path, PASSPHRASE, name="Example", clock=CLOCK)

    other, brief = (
        PASSPHRASE[::-1],
        PASSPHRASE[:11],
    )  # no literals: a traceback repeats source lines

    with pytest.raises(GrondslagError) as wrong:
        load_private(path, other)
    with pytest.raises(GrondslagError) as short:
        create_identity(tmp_path / "b.key", brief, name="Example", clock=CLOCK)

    assert other not in _said_by(wrong.value)
    assert brief not in _said_by(short.value)


@pytest.mark.parametrize("hash_it", [person_token, lambda one, key: person_tokens([one], key)])
def test_an_identifier_that_is_no_text_is_refused_without_repeating_it(hash_it):
    key = derive(b"k" * 32, purpose="test", context="1")

    with pytest.raises(InputError, match=r"keys\.not-text") as caught:
        hash_it("999900006\ud800", key)

    assert "999900006" not in str(caught.value) + explain(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
