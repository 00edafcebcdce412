"""Adding to the chain: what is written, what is refused, and what survives a killed process."""

import fcntl
import json
import re
import resource
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from grondslag.audit import NOTHING, AuditLog, AuditRecord, FileStore, verify_chain
from grondslag.canonical import canonical_bytes, sha256_hex
from grondslag.clock import FixedClock
from grondslag.errors import GrondslagError, InputError, IntegrityError, SourceError
from grondslag.keys import fingerprint_of, public_key_of
from grondslag.wording import explain

START = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
SIGNER = Ed25519PrivateKey.generate()
PUBLIC = public_key_of(SIGNER)
SAID = {"actor": "steward roads", "action": "delivery.make", "object": "d-1", "result": "ok"}


def _clock(minutes: int = 0) -> FixedClock:
    return FixedClock(START + timedelta(minutes=minutes))


def _log(folder, *, minutes=0, signer=SIGNER, witness=True):
    where = folder / "elsewhere" / "witness.jsonl" if witness else None
    store = FileStore(folder / "audit")
    return AuditLog(store, signer=signer, clock=_clock(minutes), witness=where, origin="here demo")


def _verify(folder, **options):
    options.setdefault("witness", folder / "elsewhere" / "witness.jsonl")
    return verify_chain(FileStore(folder / "audit"), public_key=PUBLIC, **options)


def test_a_record_holds_what_the_baseline_asks(tmp_path):
    record = _log(tmp_path).append(**SAID, details={"rows": 12, "rule": "necessity.per-column"})

    parts = {
        "number": 1,
        "time": "2027-03-03T09:00:00.000Z",
        **SAID,
        "origin": "here demo",
        "details": {"rows": 12, "rule": "necessity.per-column"},
        "previous": NOTHING,
    }
    assert record.to_mapping() == {**parts, "hash": sha256_hex(canonical_bytes(parts))}
    line = (tmp_path / "audit" / "chain.jsonl").read_bytes()
    assert line == canonical_bytes({"hash": record.hash, "record": parts}) + b"\n"


def test_records_are_chained_and_each_has_a_signed_head(tmp_path):
    log = _log(tmp_path)

    records = [log.append(**SAID) for _ in range(3)]

    assert [record.number for record in records] == [1, 2, 3]
    assert [record.previous for record in records] == [NOTHING, records[0].hash, records[1].hash]
    heads = list(FileStore(tmp_path / "audit").heads())
    assert [(head.number, head.hash) for head in heads] == [(r.number, r.hash) for r in records]
    assert all(head.is_signed_by(PUBLIC) for head in heads)
    assert {head.key for head in heads} == {fingerprint_of(PUBLIC)}
    assert log.head() == heads[-1]
    witness = (tmp_path / "elsewhere" / "witness.jsonl").read_bytes()
    assert witness == (tmp_path / "audit" / "heads.jsonl").read_bytes()


def test_the_files_of_the_chain_are_for_their_owner_only(tmp_path):
    _log(tmp_path).append(**SAID)

    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.glob("audit/*")}
    assert modes == {"chain.jsonl": 0o600, "heads.jsonl": 0o600, ".lock": 0o600}


def test_an_empty_chain_has_no_head_and_no_fault(tmp_path):
    assert _log(tmp_path).head() is None
    report = _verify(tmp_path)
    assert (report.records, report.first, report.last, report.head) == (0, None, None, None)


def test_a_clock_that_was_set_back_adds_nothing(tmp_path):
    _log(tmp_path, minutes=5).append(**SAID)

    with pytest.raises(IntegrityError, match=r"audit\.clock-set-back"):
        _log(tmp_path, minutes=4).append(**SAID)

    assert _verify(tmp_path).records == 1
    assert _log(tmp_path, minutes=5).append(**SAID).number == 2


@pytest.mark.parametrize("part", ["actor", "action", "object", "result"])
@pytest.mark.parametrize(
    "text", ["", "a\nb", "a\x1b[31m", "\u202eabc", "\ud800", "x" * 1001, None, 3]
)
def test_a_part_that_cannot_be_read_is_refused(tmp_path, part, text):
    with pytest.raises(InputError, match=r"audit\.part-not-allowed"):
        _log(tmp_path).append(**{**SAID, part: text})

    assert _verify(tmp_path).records == 0


@pytest.mark.parametrize(
    "details",
    [{"Rows": 1}, {"": 1}, {"a b": 1}, {"a": 1.5}, {"a": True}, {"a": None}, {"a": [1]}, {"a": {}},
     {"a": 2**53}, {"a": ""}, {"a": "\n"}, {1: 1}],
)  # fmt: skip
def test_details_are_flat_names_with_texts_and_whole_numbers(tmp_path, details):
    with pytest.raises(InputError, match=r"audit\.part-not-allowed"):
        _log(tmp_path).append(**SAID, details=details)


def test_details_cannot_be_changed_afterwards(tmp_path):
    details = {"rows": 1}
    record = _log(tmp_path).append(**SAID, details=details)

    details["rows"] = 2

    assert record.details == {"rows": 1}
    with pytest.raises(TypeError):
        record.details["rows"] = 2


def test_the_origin_is_this_machine_when_none_is_given(tmp_path):
    store = FileStore(tmp_path / "audit")

    record = AuditLog(store, signer=SIGNER, clock=_clock(), witness=None).append(**SAID)

    assert record.origin.endswith(" grondslag")


@pytest.mark.parametrize("place", ["audit/witness", "audit/deep/witness", "link/witness"])
def test_a_witness_inside_the_store_is_no_witness(tmp_path, place):
    (tmp_path / "audit").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "audit")

    with pytest.raises(InputError, match=r"audit\.witness-inside-store"):
        AuditLog(
            FileStore(tmp_path / "audit"), signer=SIGNER, clock=_clock(), witness=tmp_path / place
        )


def test_another_key_cannot_go_on_with_the_chain(tmp_path):
    _log(tmp_path).append(**SAID)

    with pytest.raises(IntegrityError, match=r"audit\.end-does-not-fit"):
        _log(tmp_path, signer=Ed25519PrivateKey.generate()).append(**SAID)


def _cut(path, lines=1):
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-lines]))


def test_nothing_is_added_to_a_chain_whose_end_was_cut_off(tmp_path):
    log = _log(tmp_path)
    log.append(**SAID)
    log.append(**SAID)
    _cut(tmp_path / "audit" / "chain.jsonl")

    with pytest.raises(IntegrityError, match=r"audit\.end-does-not-fit"):
        log.append(**SAID)


def test_nothing_is_added_to_an_old_copy_of_the_whole_store(tmp_path):
    log = _log(tmp_path)
    log.append(**SAID)
    shutil.copytree(tmp_path / "audit", tmp_path / "old")
    log.append(**SAID)
    shutil.rmtree(tmp_path / "audit")
    shutil.move(tmp_path / "old", tmp_path / "audit")

    with pytest.raises(IntegrityError, match=r"audit\.rolled-back"):
        log.append(**SAID)


def test_nothing_is_added_to_a_store_rewritten_beside_its_witness(tmp_path):
    _log(tmp_path).append(**SAID)
    shutil.rmtree(tmp_path / "audit")
    _log(tmp_path, witness=False).append(**{**SAID, "result": "refused"})

    with pytest.raises(IntegrityError, match=r"audit\.rolled-back"):
        _log(tmp_path).append(**SAID)


def test_nothing_is_added_to_an_emptied_store(tmp_path):
    _log(tmp_path).append(**SAID)
    shutil.rmtree(tmp_path / "audit")

    with pytest.raises(IntegrityError, match=r"audit\.rolled-back"):
        _log(tmp_path).append(**SAID)


def test_nothing_is_added_once_the_witness_is_gone(tmp_path):
    log = _log(tmp_path)
    log.append(**SAID)
    (tmp_path / "elsewhere" / "witness.jsonl").unlink()

    with pytest.raises(IntegrityError, match=r"audit\.witness-missing"):
        log.append(**SAID)


@pytest.mark.parametrize("end", [b"garbage\n", b"{}\n", b'{"hash":"0","record":{}}\n'])
def test_nothing_is_added_after_an_end_that_cannot_be_read(tmp_path, end):
    log = _log(tmp_path)
    log.append(**SAID)
    with (tmp_path / "audit" / "chain.jsonl").open("ab") as stream:
        stream.write(end)

    with pytest.raises(IntegrityError, match=r"audit\.broken-end"):
        log.append(**SAID)


def _crashed_at(folder, after, before, step):
    """The files as a process leaves them that is killed between two steps of one append."""
    chain, heads = (f"{name}.jsonl" for name in ("chain", "heads"))
    new_line = after[chain][len(before[chain]) :]
    new_head = after[heads][len(before[heads]) :]
    states = {
        "pending": (b"", b""),
        "part of the record": (new_line[: len(new_line) // 2], b""),
        "all but the line feed": (new_line[:-1], b""),
        "the record": (new_line, b""),
        "part of the head": (new_line, new_head[:30]),
        "the head": (new_line, new_head),
    }
    line, head = states[step]
    (folder / chain).write_bytes(before[chain] + line)
    (folder / heads).write_bytes(before[heads] + head)
    (folder / "pending.jsonl").write_bytes(new_line + new_head)


def _content(folder):
    return {path.name: path.read_bytes() for path in folder.glob("*.jsonl")}


CRASHES = [  # killed after writing            records seen   torn
    ("pending", 2, 0),
    ("part of the record", 2, 1),
    ("all but the line feed", 2, 1),
    ("the record", 3, 0),
    ("part of the head", 3, 1),
    ("the head", 3, 0),
]


@pytest.mark.parametrize(("step", "seen", "torn"), CRASHES)
def test_a_killed_append_is_whole_or_reported_and_is_finished_by_the_next(
    tmp_path, step, seen, torn
):
    log = _log(tmp_path)
    log.append(**SAID)
    log.append(**SAID)
    before = _content(tmp_path / "audit")
    log.append(**SAID)
    _crashed_at(tmp_path / "audit", _content(tmp_path / "audit"), before, step)
    _cut(tmp_path / "elsewhere" / "witness.jsonl")

    at_once = _verify(tmp_path)
    fourth = log.append(**SAID)
    afterwards = _verify(tmp_path)

    assert (at_once.records, at_once.torn) == (seen, torn)
    assert at_once.head.number == seen
    assert fourth.number == 4
    assert (afterwards.records, afterwards.torn) == (4, torn)
    assert len(list(tmp_path.glob("audit/*.torn-0001"))) == torn


def test_a_torn_line_without_its_promise_is_set_aside_and_never_merged(tmp_path):
    log = _log(tmp_path)
    log.append(**SAID)
    with (tmp_path / "audit" / "chain.jsonl").open("ab") as stream:
        stream.write(b'{"hash":"12')

    log.append(**SAID)

    assert (tmp_path / "audit" / "chain.jsonl.torn-0001").read_bytes() == b'{"hash":"12'
    report = _verify(tmp_path)
    assert (report.records, report.torn) == (2, 1)


def test_a_planted_pending_record_that_does_not_fit_is_refused(tmp_path):
    log = _log(tmp_path)
    log.append(**SAID)
    pending = (tmp_path / "audit" / "chain.jsonl").read_bytes()
    pending += (tmp_path / "audit" / "heads.jsonl").read_bytes()
    log.append(**SAID)
    (tmp_path / "audit" / "pending.jsonl").write_bytes(pending)

    with pytest.raises(IntegrityError, match=r"audit\.pending-does-not-fit"):
        log.append(**SAID)


@pytest.mark.parametrize("content", [b"", b"x\n", b"a\nb\nc\n"])
def test_a_pending_file_that_is_no_entry_is_refused(tmp_path, content):
    log = _log(tmp_path)
    log.append(**SAID)
    (tmp_path / "audit" / "pending.jsonl").write_bytes(content)

    with pytest.raises(IntegrityError, match=r"audit\.pending-does-not-fit"):
        log.append(**SAID)


def test_a_full_disk_leaves_the_chain_as_it_was(tmp_path):
    log = _log(tmp_path)
    for _ in range(5):
        log.append(**SAID)
    before = _content(tmp_path / "audit")
    room = len(before["chain.jsonl"]) + 100  # the pending file fits, the next line does not

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        with pytest.raises(SourceError, match=r"audit\.cannot-write"):
            log.append(**SAID)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert _content(tmp_path / "audit") == before
    assert log.append(**SAID).number == 6
    assert _verify(tmp_path).records == 6


def test_a_witness_that_cannot_be_written_is_told(tmp_path):
    log = _log(tmp_path)
    (tmp_path / "elsewhere").write_text("a file where the folder should be")

    with pytest.raises(SourceError, match=r"audit\.cannot-write"):
        log.append(**SAID)


WRITER = """
import sys
from pathlib import Path
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from grondslag.audit import AuditLog, FileStore
from grondslag.clock import SystemClock
folder, key, count = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), int(sys.argv[3])
log = AuditLog(FileStore(folder / "audit"), signer=Ed25519PrivateKey.from_private_bytes(key),
               clock=SystemClock(), witness=folder / "elsewhere" / "witness.jsonl")
for number in range(count):
    log.append(actor="a", action="b.c", object="d", result="ok", details={"number": number})
    print(number, flush=True)
"""


def _writer(folder, count):
    command = [sys.executable, "-c", WRITER, str(folder), SIGNER.private_bytes_raw().hex(), count]
    return subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, text=True)


def test_two_writers_at_once_make_one_chain(tmp_path):
    both = [_writer(tmp_path, 25) for _ in range(2)]

    for process in both:
        process.communicate()

    assert [process.returncode for process in both] == [0, 0]
    assert _verify(tmp_path).records == 50


@pytest.mark.long
def test_a_writer_killed_again_and_again_leaves_a_chain_that_verifies(tmp_path):
    confirmed = 0
    for turn in range(40):
        process = _writer(tmp_path, 10_000)
        for _ in range(1 + turn % 7):
            assert process.stdout.readline()
        process.kill()
        confirmed += 1 + turn % 7 + len(process.communicate()[0].splitlines())

        report = _verify(tmp_path)

        assert report.records >= confirmed
        assert report.records <= confirmed + turn + 1  # at most the one under way, each time


def test_a_reader_waits_for_the_writer_and_needs_no_right_to_write(tmp_path):
    _log(tmp_path).append(**SAID)
    store = FileStore(tmp_path / "audit")

    with store.held(), (tmp_path / "audit" / ".lock").open() as other:
        fcntl.flock(other, fcntl.LOCK_SH | fcntl.LOCK_NB)  # readers together
        fcntl.flock(other, fcntl.LOCK_UN)
        with pytest.raises(BlockingIOError):
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)

    (tmp_path / "audit" / ".lock").unlink()
    assert _verify(tmp_path).records == 1
    assert not (tmp_path / "audit" / ".lock").exists()


def test_every_sentence_of_the_room_fills_its_fields(tmp_path):
    error = None
    _log(tmp_path, minutes=5).append(**SAID)
    try:
        _log(tmp_path).append(**SAID)
    except GrondslagError as caught:
        error = caught

    assert error is not None
    for language in ("nl", "en"):
        assert not re.search(r"[{}]", explain(error, language=language))


def test_a_record_read_back_is_the_record_written(tmp_path):
    record = _log(tmp_path).append(**{**SAID, "object": 'Coördinatie – ‘wijk’ \\ "x"'})

    assert list(FileStore(tmp_path / "audit").records()) == [record]
    again = AuditRecord.from_line(record.to_line(), number=1)
    assert again == record
    assert json.loads(record.to_line())["record"]["object"] == 'Coördinatie – ‘wijk’ \\ "x"'
