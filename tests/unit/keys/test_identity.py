"""A person's signing key: under a passphrase, for its owner only, never overwritten."""

import base64
import json
import unicodedata
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from grondslag.canonical import sha256_hex
from grondslag.clock import FixedClock
from grondslag.errors import ApprovalError, InputError
from grondslag.keys import (
    PublicIdentity,
    create_identity,
    is_signature,
    load_private,
    load_public,
    public_key_of,
    sign,
)
from grondslag.wording import explain

CLOCK = FixedClock(datetime(2027, 3, 3, tzinfo=UTC))
PASSPHRASE = "vier losse gewone woorden"

# RFC 8032 section 7.1, test 3.
SECRET = bytes.fromhex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
PUBLIC = bytes.fromhex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025")
MESSAGE = bytes.fromhex("af82")
SIGNATURE = bytes.fromhex(
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
    "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("keys") / "steward.key"
    identity = create_identity(path, PASSPHRASE, name="Steward (example)", clock=CLOCK)
    return path, identity


def test_signing_agrees_with_the_standard():
    private = Ed25519PrivateKey.from_private_bytes(SECRET)

    assert public_key_of(private) == _text(PUBLIC)
    assert sign(private, MESSAGE) == _text(SIGNATURE)
    assert is_signature(_text(PUBLIC), _text(SIGNATURE), MESSAGE)


def test_what_an_identity_signs_verifies_under_its_public_half(made):
    path, identity = made
    private = load_private(path, PASSPHRASE)

    signature = sign(private, b"plan")

    assert is_signature(identity.public_key, signature, b"plan")
    assert not is_signature(identity.public_key, signature, b"plan ")


def test_the_private_file_is_for_its_owner_and_of_no_use_without_the_passphrase(made):
    path, _ = made
    content = path.read_bytes()

    assert path.stat().st_mode & 0o777 == 0o600
    header, _, pem = content.partition(b"\n")
    assert header.startswith(b"grondslag-identity 1 scrypt ")
    assert pem.startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    with pytest.raises(ValueError, match="Incorrect password"):
        load_pem_private_key(pem, PASSPHRASE.encode())  # scrypt stands in between


def test_the_public_file_tells_name_key_fingerprint_and_moment(made):
    path, identity = made
    public = path.with_name("steward.key.pub")

    told = json.loads(public.read_text())

    assert told == {
        "name": "Steward (example)",
        "public_key": identity.public_key,
        "fingerprint": identity.fingerprint,
        "created": "2027-03-03T00:00:00.000Z",
    }
    assert load_public(public) == identity


def test_the_fingerprint_is_sha256_in_groups_of_four():
    identity = PublicIdentity("Example", _text(PUBLIC))

    groups = identity.fingerprint.split(" ")

    assert "".join(groups) == sha256_hex(PUBLIC)
    assert {len(group) for group in groups} == {4}


def test_a_wrong_passphrase_is_one_clear_sentence(made):
    path, _ = made

    with pytest.raises(ApprovalError, match=r"keys\.wrong-passphrase") as caught:
        load_private(path, "een heel ander wachtwoord")

    assert explain(caught.value) == f"Het wachtwoord bij {path} klopt niet. Probeer het opnieuw."


def test_an_accent_typed_on_another_keyboard_is_the_same_passphrase(tmp_path):
    path = tmp_path / "a.key"
    create_identity(path, "coördinatie één", name="Example", clock=CLOCK)

    assert load_private(path, unicodedata.normalize("NFD", "coördinatie één"))


@pytest.mark.parametrize("passphrase", ["", "elf tekens.", " " * 20])
def test_a_short_passphrase_makes_no_identity(tmp_path, passphrase):
    with pytest.raises(InputError, match=r"keys\.passphrase-too-short"):
        create_identity(tmp_path / "a.key", passphrase, name="Example", clock=CLOCK)

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("taken", ["a.key", "a.key.pub"])
def test_an_identity_is_never_overwritten(tmp_path, taken):
    (tmp_path / taken).write_text("mine")

    with pytest.raises(InputError, match=r"keys\.identity-exists"):
        create_identity(tmp_path / "a.key", PASSPHRASE, name="Example", clock=CLOCK)

    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [(taken, "mine")]


def test_an_identity_never_stands_in_a_project(tmp_path):
    (tmp_path / "plan.yaml").write_text("x: 1\n")

    with pytest.raises(InputError, match=r"keys\.inside-project"):
        create_identity(tmp_path / "deep" / "a.key", PASSPHRASE, name="Example", clock=CLOCK)

    assert not (tmp_path / "deep").exists()


def test_a_private_file_that_others_can_read_is_refused(tmp_path):
    path = tmp_path / "a.key"
    create_identity(path, PASSPHRASE, name="Example", clock=CLOCK)
    path.chmod(0o644)

    with pytest.raises(InputError, match=r"keys\.identity-readable"):
        load_private(path, PASSPHRASE)


HEADER = b"grondslag-identity 1 scrypt " + b"0" * 32 + b"\n"
BROKEN = [
    b"",
    b"hello",
    HEADER,
    HEADER + b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
    b"grondslag-identity 2 scrypt " + b"0" * 32 + b"\n",
]


@pytest.mark.parametrize("content", BROKEN)
def test_a_file_that_is_no_identity_is_told_apart_from_a_wrong_passphrase(tmp_path, content):
    path = tmp_path / "a.key"
    path.write_bytes(content)
    path.chmod(0o600)

    with pytest.raises(InputError, match=r"keys\.not-an-identity"):
        load_private(path, PASSPHRASE)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(InputError, match=r"keys\.no-such-identity"):
        load_private(tmp_path / "a.key", PASSPHRASE)
    with pytest.raises(InputError, match=r"keys\.no-such-identity"):
        load_public(tmp_path / "a.key.pub")


@pytest.mark.parametrize(
    "change",
    [
        {"public_key": _text(b"\1" * 32)},
        {"fingerprint": "abcd"},
        {"public_key": 3},
        {"name": None, "fingerprint": None},
    ],
)
def test_a_public_file_whose_parts_do_not_fit_is_refused(tmp_path, change):
    identity = PublicIdentity("Example", _text(PUBLIC))
    told = {"name": "Example", "public_key": _text(PUBLIC), "fingerprint": identity.fingerprint}
    (tmp_path / "a.pub").write_text(json.dumps(told | change))

    with pytest.raises(InputError, match=r"keys\.not-a-public"):
        load_public(tmp_path / "a.pub")


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 121])
def test_an_identity_has_a_readable_name(name):
    with pytest.raises(InputError, match=r"keys\.identity-without-name"):
        PublicIdentity(name, _text(PUBLIC))


@pytest.mark.parametrize("key", ["", "AAAA", "é", _text(PUBLIC)[:-1], _text(PUBLIC) + "\n"])
def test_a_public_key_is_32_bytes_of_base64(key):
    with pytest.raises(InputError, match=r"keys\.not-a-public-key"):
        PublicIdentity("Example", key)


MALFORMED = ["", "é", "!!!!", "AAAA", _text(SIGNATURE) + "\n", _text(SIGNATURE)[:-4], None, 3, b"x"]


@pytest.mark.parametrize("bad", MALFORMED)
def test_anything_malformed_is_no_signature_and_never_raises(bad):
    assert not is_signature(bad, _text(SIGNATURE), MESSAGE)
    assert not is_signature(_text(PUBLIC), bad, MESSAGE)


def test_a_signature_has_one_spelling_only():
    signature = _text(SIGNATURE)
    respelled = signature[:-3] + chr(ord(signature[-3]) + 1) + "=="  # differs in unused bits

    assert base64.b64decode(respelled) == SIGNATURE
    assert not is_signature(_text(PUBLIC), respelled, MESSAGE)
