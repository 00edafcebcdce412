"""Every way to tamper with a chain, and the fault that names it."""

import json
import shutil
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grondslag.audit import AuditLog, AuditRecord, FileStore, SignedHead, verify_chain
from grondslag.clock import FixedClock
from grondslag.errors import InputError, IntegrityError
from grondslag.keys import public_key_of
from grondslag.wording import explain

START = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
SIGNER = Ed25519PrivateKey.generate()
FORGER = Ed25519PrivateKey.generate()
PUBLIC = public_key_of(SIGNER)


def _write(folder, count, *, signer=SIGNER, witness=True, actor="steward roads", start=START):
    for number in range(count):
        AuditLog(
            FileStore(folder / "audit"),
            signer=signer,
            clock=FixedClock(start + timedelta(seconds=number)),
            witness=folder / "witness.jsonl" if witness else None,
        ).append(actor=actor, action="delivery.make", object=f"d-{number}", result="ok")


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    folder = tmp_path_factory.mktemp("original")
    _write(folder, 6)
    return folder


@pytest.fixture
def chain(original, tmp_path):
    shutil.copytree(original, tmp_path / "copy")
    return tmp_path / "copy"


def _verify(folder, **options):
    return verify_chain(FileStore(folder / "audit"), public_key=PUBLIC, **options)


def _lines(folder, name="audit/chain.jsonl"):
    return (folder / name).read_bytes().splitlines(keepends=True)


def _put(folder, lines, name="audit/chain.jsonl"):
    (folder / name).write_bytes(b"".join(lines))


def _rewrite_from(folder, number, /, **changes):
    """Rewrite one record and all hashes after it, as a forger without the key would."""
    records = list(FileStore(folder / "audit").records())
    previous = records[number - 1].previous
    lines = _lines(folder)[: number - 1]
    for record in records[number - 1 :]:
        parts = {**record.to_mapping(), "previous": previous}
        del parts["hash"]
        new = AuditRecord(**{**parts, **(changes if record.number == number else {})})
        lines.append(new.to_line() + b"\n")
        previous = new.hash
    _put(folder, lines)


def test_an_untouched_chain_is_reported(original):
    report = _verify(original, witness=original / "witness.jsonl")

    assert report.records == 6
    assert (report.first, report.last) == ("2027-03-03T09:00:00.000Z", "2027-03-03T09:00:05.000Z")
    assert report.head.number == 6
    assert report.torn == 0


def _edit(folder):
    lines = _lines(folder)
    lines[2] = lines[2].replace(b"steward roads", b"steward Roads")
    _put(folder, lines)


def _delete_first(folder):
    _put(folder, _lines(folder)[1:])


def _delete_middle(folder):
    _put(folder, _lines(folder)[:2] + _lines(folder)[3:])


def _swap(folder):
    lines = _lines(folder)
    lines[2], lines[3] = lines[3], lines[2]
    _put(folder, lines)


def _double(folder):
    lines = _lines(folder)
    _put(folder, lines[:3] + lines[2:])


def _cut_tail(folder):
    _put(folder, _lines(folder)[:-2])


def _tear_tail(folder):
    _put(folder, [*_lines(folder)[:-1], _lines(folder)[-1][:-1]])


def _cut_heads(folder):
    _put(folder, _lines(folder, "audit/heads.jsonl")[:-1], "audit/heads.jsonl")


def _remove_heads(folder):
    (folder / "audit" / "heads.jsonl").unlink()


def _delete_head(folder):
    lines = _lines(folder, "audit/heads.jsonl")
    _put(folder, lines[:2] + lines[3:], "audit/heads.jsonl")


def _rewrite_hashes(folder):
    _rewrite_from(folder, 3, actor="somebody else")


def _rewrite_last(folder):
    _rewrite_from(folder, 6, actor="somebody else")


def _renumber(folder):
    _rewrite_from(folder, 4, number=9)


def _relink(folder):
    _rewrite_from(folder, 4, previous="1" * 64)


def _set_clock_back(folder):
    _rewrite_from(folder, 4, time="2027-03-03T08:59:59.000Z")


def _break_json(folder):
    _put(folder, [*_lines(folder)[:2], b"{nonsense\n", *_lines(folder)[3:]])


def _respell(folder):
    lines = _lines(folder)
    lines[1] = json.dumps(json.loads(lines[1])).encode() + b"\n"  # same content, other spaces
    _put(folder, lines)


def _forge_signature(folder, at=-1):
    lines = _lines(folder, "audit/heads.jsonl")
    parts = json.loads(lines[at])
    other = json.loads(lines[0])["signature"]
    lines[at] = SignedHead(**{**parts, "signature": other}).to_line() + b"\n"
    _put(folder, lines, "audit/heads.jsonl")


def _forge_old_signature(folder):
    _forge_signature(folder, at=2)


def _sign_with_other_key(folder):
    records = list(FileStore(folder / "audit").records())
    lines, head = [], None
    for record in records:
        head = SignedHead.over(record, after=head, signer=FORGER)
        lines.append(head.to_line() + b"\n")
    _put(folder, lines, "audit/heads.jsonl")


def _break_head(folder):
    lines = _lines(folder, "audit/heads.jsonl")
    _put(folder, [lines[0], b"[]\n", *lines[2:]], "audit/heads.jsonl")


TAMPERING = [
    (_edit, "edited"),
    (_delete_first, "out-of-order"),
    (_delete_middle, "out-of-order"),
    (_swap, "out-of-order"),
    (_double, "out-of-order"),
    (_cut_tail, "cut-off"),
    (_tear_tail, "cut-off"),
    (_cut_heads, "unsigned"),
    (_remove_heads, "unsigned"),
    (_delete_head, "head-forged"),
    (_rewrite_hashes, "head-differs"),
    (_rewrite_last, "head-differs"),
    (_renumber, "out-of-order"),
    (_relink, "link-broken"),
    (_set_clock_back, "clock-ran-back"),
    (_break_json, "broken-line"),
    (_respell, "broken-line"),
    (_forge_signature, "head-forged"),
    (_forge_old_signature, "head-forged"),
    (_sign_with_other_key, "head-of-other-key"),
    (_break_head, "broken-head"),
]


@pytest.mark.parametrize(
    ("tamper", "fault"), TAMPERING, ids=lambda case: getattr(case, "__name__", case)
)
def test_tampering_is_named(chain, tamper, fault):
    tamper(chain)

    with pytest.raises(IntegrityError) as caught:
        _verify(chain)

    assert caught.value.code == f"audit.{fault}"
    for language in ("nl", "en"):
        said = explain(caught.value, language=language)
        assert "{" not in said
        assert not said.startswith("audit.")


def _put_back(folder, keep):
    """An old copy of chain and heads together."""
    for name in ("audit/chain.jsonl", "audit/heads.jsonl"):
        _put(folder, _lines(folder, name)[:keep], name)


@pytest.mark.parametrize("keep", range(6))
def test_an_old_copy_of_the_whole_store_shows_against_any_later_head(chain, keep):
    heads = list(FileStore(chain / "audit").heads())
    _put_back(chain, keep)

    assert _verify(chain).records == keep  # by itself it is a whole chain: that is the danger
    for head in heads[:keep]:
        assert _verify(chain, heads=[head]).records == keep
    for head in heads[keep:]:
        with pytest.raises(IntegrityError, match=r"audit\.cut-off"):
            _verify(chain, heads=[head])


@pytest.mark.parametrize("keep", range(6))
def test_an_old_copy_of_the_whole_store_shows_against_the_witness(chain, keep):
    _put_back(chain, keep)

    with pytest.raises(IntegrityError, match=r"audit\.rolled-back") as caught:
        _verify(chain, witness=chain / "witness.jsonl")

    assert caught.value.fields["records"] == keep


def test_a_chain_written_anew_with_the_right_key_shows_against_an_old_head(chain):
    old = list(FileStore(chain / "audit").heads())[3]
    shutil.rmtree(chain / "audit")
    _write(chain, 6, witness=False, actor="somebody else")

    assert _verify(chain).records == 6
    with pytest.raises(IntegrityError, match=r"audit\.head-differs"):
        _verify(chain, heads=[old])
    with pytest.raises(IntegrityError, match=r"audit\.head-differs"):
        _verify(chain, witness=chain / "witness.jsonl")


def test_a_forged_head_on_a_proof_is_told_apart_from_a_cut_off_tail(chain):
    record = list(FileStore(chain / "audit").records())[-1]
    other = SignedHead.over(record, after=None, signer=FORGER)
    real = list(FileStore(chain / "audit").heads())[-1]
    moved = SignedHead(**{**real.to_mapping(), "number": 99})

    with pytest.raises(IntegrityError, match=r"audit\.head-of-other-key"):
        _verify(chain, heads=[other])
    with pytest.raises(IntegrityError, match=r"audit\.head-forged"):
        _verify(chain, heads=[moved])


def test_a_signed_head_with_another_past_does_not_fit(chain):
    record = list(FileStore(chain / "audit").records())[-1]
    head = SignedHead.over(record, after=None, signer=SIGNER)

    with pytest.raises(IntegrityError, match=r"audit\.head-differs"):
        _verify(chain, heads=[head])


@pytest.mark.parametrize("empty", [True, False])
def test_a_witness_that_is_gone_is_a_fault(chain, empty):
    (chain / "witness.jsonl").unlink()
    if empty:
        (chain / "witness.jsonl").touch()

    with pytest.raises(IntegrityError, match=r"audit\.witness-missing"):
        _verify(chain, witness=chain / "witness.jsonl")


def test_a_chain_does_not_verify_under_another_key(chain):
    with pytest.raises(IntegrityError, match=r"audit\.head-of-other-key"):
        verify_chain(FileStore(chain / "audit"), public_key=public_key_of(FORGER))
    with pytest.raises(InputError, match=r"keys\.not-a-public-key"):
        verify_chain(FileStore(chain / "audit"), public_key="AAAA")


def test_verifying_changes_nothing(chain):
    _put(chain, [*_lines(chain), b"torn"])
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in chain.rglob("*") if p.is_file()}

    report = _verify(chain, witness=chain / "witness.jsonl")

    assert report.torn == 1
    assert before == {
        p: (p.read_bytes(), p.stat().st_mtime_ns) for p in chain.rglob("*") if p.is_file()
    }


def test_a_head_survives_being_printed(chain):
    head = list(FileStore(chain / "audit").heads())[2]

    again = SignedHead.from_mapping(json.loads(json.dumps(head.to_mapping())))

    assert again == head
    assert again.is_signed_by(PUBLIC)
    assert set(head.to_mapping()) == {"number", "time", "hash", "previous", "key", "signature"}


@pytest.mark.parametrize(
    "change",
    [
        {"number": 0},
        {"number": "1"},
        {"number": True},
        {"hash": "abc"},
        {"previous": None},
        {"time": "yesterday"},
        {"signature": ""},
        {"key": 3},
        {"extra": 1},
    ],
)
def test_a_malformed_head_is_refused(chain, change):
    parts = next(iter(FileStore(chain / "audit").heads())).to_mapping()

    with pytest.raises(IntegrityError, match=r"audit\.broken-head"):
        SignedHead.from_mapping({**parts, **change})
