"""No single change to a chain goes unseen, wherever it is made."""

import shutil
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from grondslag.audit import AuditLog, AuditRecord, FileStore, SignedHead, verify_chain
from grondslag.canonical import canonical_bytes
from grondslag.clock import FixedClock
from grondslag.errors import IntegrityError
from grondslag.keys import public_key_of

SIGNER = Ed25519PrivateKey.generate()
START = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
FILES = ("chain.jsonl", "heads.jsonl")

readable = st.characters(exclude_categories=["C", "Z"]) | st.just(" ")
texts = st.text(readable, min_size=1, max_size=30)
keys = st.from_regex(r"[a-z][a-z0-9_]{0,10}", fullmatch=True)
details = st.dictionaries(keys, texts | st.integers(-(2**53) + 1, 2**53 - 1), max_size=4)


def _write(folder, records):
    for number, (said, more) in enumerate(records):
        clock = FixedClock(START + timedelta(seconds=number // 2))
        log = AuditLog(FileStore(folder), signer=SIGNER, clock=clock, witness=None)
        actor, action, thing, result = said
        log.append(actor=actor, action=action, object=thing, result=result, details=more)


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chain") / "audit"
    _write(folder, [(("a", "b.c", f"é{number}", "ok"), {"n": number}) for number in range(8)])
    return folder


@contextmanager
def _copy(original):
    with tempfile.TemporaryDirectory() as place:
        yield Path(shutil.copytree(original, Path(place) / "audit"))


def _verify(folder):
    return verify_chain(FileStore(folder), public_key=public_key_of(SIGNER))


@given(st.lists(st.tuples(st.tuples(texts, texts, texts, texts), details), min_size=1, max_size=4))
def test_whatever_was_written_verifies_and_is_read_back(records):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "audit"
        _write(folder, records)

        report = _verify(folder)
        read = list(FileStore(folder).records())

    assert report.records == len(records)
    assert [(r.actor, r.action, r.object, r.result) for r in read] == [said for said, _ in records]
    assert [dict(r.details) for r in read] == [more for _, more in records]
    for record in read:
        parts = record.to_mapping()
        kept = parts.pop("hash")
        assert record.to_line() == canonical_bytes({"hash": kept, "record": parts})


@given(st.data(), st.sampled_from(FILES))
def test_any_changed_byte_is_found(original, data, name):
    with _copy(original) as folder:
        content = bytearray((folder / name).read_bytes())
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] ^= data.draw(st.integers(1, 255))
        (folder / name).write_bytes(content)

        with pytest.raises(IntegrityError):
            _verify(folder)


@given(st.data(), st.sampled_from(FILES))
def test_any_truncation_is_found(original, data, name):
    with _copy(original) as folder:
        content = (folder / name).read_bytes()
        keep = data.draw(st.integers(0, len(content) - 1))
        (folder / name).write_bytes(content[:keep])

        with pytest.raises(IntegrityError):
            _verify(folder)


def _swap(lines, one, other):
    lines[one], lines[other] = lines[other], lines[one]


def _delete(lines, one, other):
    del lines[one]


def _double(lines, one, other):
    lines.insert(other, lines[one])


def _replace(lines, one, other):
    lines[one] = lines[other]


@given(
    st.sampled_from(FILES),
    st.sampled_from([_swap, _delete, _double, _replace]),
    st.lists(st.integers(0, 7), min_size=2, max_size=2, unique=True),
)
def test_any_line_swapped_deleted_doubled_or_replaced_is_found(original, name, change, places):
    with _copy(original) as folder:
        lines = (folder / name).read_bytes().splitlines(keepends=True)
        change(lines, *places)
        (folder / name).write_bytes(b"".join(lines))

        with pytest.raises(IntegrityError):
            _verify(folder)


@given(st.integers(0, 7), st.sampled_from(["actor", "action", "object", "result", "origin"]), texts)
def test_a_forger_without_the_key_who_rewrites_every_hash_is_found(original, at, part, text):
    forger = Ed25519PrivateKey.from_private_bytes(b"f" * 32)
    with _copy(original) as folder:
        records = list(FileStore(folder).records())
        if getattr(records[at], part) == text:
            text += "!"
        lines, heads, head = [], [], None
        previous = records[0].previous
        for place, record in enumerate(records):
            parts = {**record.to_mapping(), "previous": previous}
            del parts["hash"]
            new = AuditRecord(**{**parts, **({part: text} if place == at else {})})
            head = SignedHead.over(new, after=head, signer=forger)
            claimed = SignedHead(**{**head.to_mapping(), "key": _own_fingerprint(folder)})
            lines.append(new.to_line() + b"\n")
            heads.append(claimed.to_line() + b"\n")
            head, previous = claimed, new.hash
        (folder / "chain.jsonl").write_bytes(b"".join(lines))
        (folder / "heads.jsonl").write_bytes(b"".join(heads))

        with pytest.raises(IntegrityError, match=r"audit\.head-forged"):
            _verify(folder)


def _own_fingerprint(folder):
    return FileStore(folder).tail().head.key
