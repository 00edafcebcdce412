"""One record per person per delivery, in the words of the standard; no official in it."""

import hashlib
import hmac
import resource
import shutil
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from grondslag.errors import GrondslagError, InputError, IntegrityError, SourceError
from grondslag.keys import derive
from grondslag.processing_log import (
    LogEntry,
    LogHit,
    Status,
    as_ldv,
    find_person,
    read_entry,
    verify_file,
    write_log,
)
from grondslag.processing_log.writing import _sorted
from grondslag.wording import explain
from made_log import KEYS, log_entry

KEY = KEYS[2027]
PEOPLE = ("999900006", "999900018", "999900031", "née-Österreich", "x" * 300)


def _write(folder, identifiers=PEOPLE, **changes):
    entry = log_entry(**changes)
    return write_log(folder, entry=entry, identifiers=identifiers, log_key=KEYS[entry.year])


def _find(folder, identifier, keys=KEYS):
    return find_person(folder, identifier=identifier, log_key_for=keys.get)


def test_each_record_has_the_fields_of_the_standard(tmp_path):
    written = _write(tmp_path, ["999900006"], parent_span_id=b"\x01" * 8)

    (record,) = as_ldv(written.path)

    key = derive(KEY, purpose="processing-log", context="d-1")
    span = record.pop("span_id")
    assert record == {
        "trace_id": "000102030405060708090a0b0c0d0e0f",
        "parent_span_id": "0101010101010101",
        "status": "Ok",
        "name": "Counting residents per district",
        "start_time": 1804064400123,
        "end_time": 1804064460000,
        "resource": {"attributes": {"service.name": "grondslag"}},
        "attributes": {
            "dpl.core.processing_activity_id": (
                "https://voorbeeldstad.example/register/7/versions/2"
            ),
            "dpl.core.data_subject_id": hmac.new(key, b"999900006", hashlib.sha256).hexdigest()[
                :32
            ],
            "dpl.core.data_subject_id_type": "BSN",
        },
    }
    assert len(bytes.fromhex(span)) == 8


def test_a_step_without_a_parent_has_no_parent_field(tmp_path):
    (record,) = as_ldv(_write(tmp_path, ["999900006"]).path)

    assert "parent_span_id" not in record


def test_nothing_but_the_standard_is_in_a_record_and_no_official_anywhere(tmp_path):
    written = _write(tmp_path)

    names = set(pq.read_schema(written.path).names)

    assert names == {
        "trace_id",
        "span_id",
        "parent_span_id",
        "status",
        "name",
        "start_time",
        "end_time",
        "processing_activity_id",
        "data_subject_id",
        "data_subject_id_type",
    }


def test_there_is_one_record_per_distinct_person(tmp_path):
    written = _write(tmp_path, iter([*PEOPLE, *PEOPLE[::-1]]))

    records = list(as_ldv(written.path))

    assert written.records == len(records) == len(PEOPLE)
    assert len({record["attributes"]["dpl.core.data_subject_id"] for record in records}) == 5
    assert len({record["span_id"] for record in records}) == 5


def test_no_identifier_and_no_key_is_in_the_file(tmp_path):
    content = _write(tmp_path).path.read_bytes()

    for identifier in PEOPLE:
        assert identifier.encode() not in content
        assert hashlib.sha256(identifier.encode()).digest()[:16] not in content
    assert KEY not in content
    assert derive(KEY, purpose="processing-log", context="d-1") not in content


def test_a_span_id_is_not_made_from_the_person(tmp_path):
    first = _write(tmp_path / "a")
    second = _write(tmp_path / "b")

    spans = [{record["span_id"] for record in as_ldv(log.path)} for log in (first, second)]

    assert not spans[0] & spans[1]


def test_rows_stand_in_the_order_of_their_pseudonyms(tmp_path):
    written = _write(tmp_path, [str(number) for number in range(3000)])

    found = [record["attributes"]["dpl.core.data_subject_id"] for record in as_ldv(written.path)]

    assert found == sorted(found)
    assert len(found) == 3000


def test_tokens_that_share_their_first_half_are_sorted_too():
    same = b"\xff" * 8
    tokens = [same + bytes([0] * 7 + [n]) for n in (3, 1, 2)] + [b"\0" * 16, b"\x80" + b"\0" * 15]

    ordered = _sorted(tokens)

    assert [ordered[at].tobytes() for at in range(5)] == sorted(tokens)


def test_the_file_is_for_its_owner_stands_per_year_and_leaves_nothing_beside_it(tmp_path):
    written = _write(tmp_path)

    assert written.path == tmp_path / "2027" / "d-1.parquet"
    assert written.path.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in written.path.parent.iterdir()] == ["d-1.parquet"]
    assert written.sha256 == hashlib.sha256(written.path.read_bytes()).hexdigest()


def test_the_year_of_the_key_is_that_of_utc(tmp_path):
    new_year = datetime(2027, 1, 1, 0, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))

    written = _write(tmp_path, start=new_year, end=new_year)

    assert written.path.parent.name == "2026"
    assert len(_find(tmp_path, PEOPLE[0]).hits) == 1


def test_a_delivery_is_never_logged_over(tmp_path):
    first = _write(tmp_path)

    with pytest.raises(InputError, match=r"processing_log\.exists"):
        _write(tmp_path, ["other"])

    verify_file(first.path, first.sha256)
    assert len(list(first.path.parent.iterdir())) == 1


def test_a_delivery_with_nobody_in_it_has_a_log_with_no_records(tmp_path):
    written = _write(tmp_path, [])

    assert written.records == 0
    assert list(as_ldv(written.path)) == []
    assert _find(tmp_path, PEOPLE[0]).hits == ()


def test_a_person_without_identifier_stops_the_log(tmp_path):
    with pytest.raises(InputError, match=r"processing_log\.no-identifier"):
        _write(tmp_path, ["999900006", None])

    assert not list(tmp_path.iterdir())


def test_a_full_disk_leaves_no_log(tmp_path):
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, hard))
    try:
        with pytest.raises(SourceError):
            _write(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_lookup_says_where_for_what_and_on_which_ground(tmp_path):
    _write(tmp_path, PEOPLE[:3])
    _write(tmp_path, PEOPLE[2:], delivery_id="d-0", start=datetime(2027, 5, 1, tzinfo=UTC),
           end=datetime(2027, 5, 1, tzinfo=UTC))  # fmt: skip

    result = _find(tmp_path, PEOPLE[2])

    assert [hit.delivery_id for hit in result.hits] == ["d-1", "d-0"]  # oldest first
    assert result.hits[0] == LogHit(
        delivery_id="d-1",
        name="Counting residents per district",
        purpose="Traffic safety",
        legal_basis="GDPR art. 6(1)(e)",
        time=datetime(2027, 3, 3, 9, 0, 0, 123000, tzinfo=UTC),
        processing_activity_id="https://voorbeeldstad.example/register/7/versions/2",
    )
    assert (result.searched, result.unsearchable_years) == (2, ())
    assert [hit.delivery_id for hit in _find(tmp_path, PEOPLE[0]).hits] == ["d-1"]
    assert _find(tmp_path, "999900043").hits == ()


def test_lookup_finds_the_first_and_last_of_every_part_of_a_large_file(tmp_path):
    identifiers = [f"9999{number:07d}" for number in range(70_000)]  # three row groups
    written = _write(tmp_path, identifiers)
    entry = log_entry()
    ordered = sorted(identifiers, key=lambda one: entry.pseudonym(one, KEY))
    edges = [0, 1, 32_767, 32_768, 32_769, 65_535, 65_536, 69_998, 69_999]

    assert pq.ParquetFile(written.path).num_row_groups == 3
    for at in edges:
        assert len(_find(tmp_path, ordered[at]).hits) == 1
    for number in range(70_000, 70_200):
        assert _find(tmp_path, f"9999{number:07d}").hits == ()


def test_an_empty_folder_has_nothing_to_find(tmp_path):
    result = _find(tmp_path / "none", PEOPLE[0])

    assert (result.hits, result.unsearchable_years, result.searched) == ((), (), 0)


def test_a_year_whose_key_was_destroyed_is_told_and_never_skipped_in_silence(tmp_path):
    old = datetime(2026, 5, 1, tzinfo=UTC)
    _write(tmp_path, start=old, end=old)
    _write(tmp_path, start=old, end=old, delivery_id="d-2")
    _write(tmp_path)

    result = _find(tmp_path, PEOPLE[0], {2027: KEY})

    assert result.unsearchable_years == (2026,)
    assert [hit.delivery_id for hit in result.hits] == ["d-1"]
    assert result.searched == 1


def test_the_key_of_a_year_is_asked_for_once(tmp_path):
    asked = []
    for number in range(3):
        _write(tmp_path, delivery_id=f"d-{number}")

    find_person(tmp_path, identifier=PEOPLE[0], log_key_for=lambda year: asked.append(year) or KEY)

    assert asked == [2027]


def test_a_log_being_written_is_no_log_yet(tmp_path):
    written = _write(tmp_path)
    (written.path.parent / ".0123456789abcdef.part").write_bytes(b"half")

    assert _find(tmp_path, PEOPLE[0]).searched == 1


def _emptied(path):
    path.write_bytes(b"")


def _cut(path):
    path.write_bytes(path.read_bytes()[:-10])


def _replaced(path):
    path.write_bytes(b"PAR1 no PAR1")


def _other_parquet(path):
    pq.write_table(pa.table({"a": [1]}), path)


@pytest.mark.parametrize("damage", [_emptied, _cut, _replaced, _other_parquet])
def test_a_damaged_log_stops_everything_that_reads_it(tmp_path, damage):
    written = _write(tmp_path)
    damage(written.path)

    for act in (
        lambda: list(as_ldv(written.path)),
        lambda: read_entry(written.path),
        lambda: _find(tmp_path, PEOPLE[0]),
    ):
        with pytest.raises(IntegrityError, match=r"processing_log\.damaged"):
            act()


def test_a_log_without_the_statistics_it_was_written_with_is_never_searched_in_vain(tmp_path):
    written = _write(tmp_path)
    table = pq.read_table(written.path)
    kept = pq.ParquetFile(written.path).metadata.metadata
    pq.write_table(table.replace_schema_metadata(kept), written.path, write_statistics=False)

    with pytest.raises(IntegrityError, match=r"processing_log\.damaged"):
        _find(tmp_path, PEOPLE[0])


@pytest.mark.parametrize("place", ["2027/d-2.parquet", "2026/d-1.parquet"])
def test_a_log_under_another_name_or_year_is_refused(tmp_path, place):
    written = _write(tmp_path)
    (tmp_path / "2026").mkdir()
    shutil.move(written.path, tmp_path / place)

    with pytest.raises(IntegrityError, match=r"processing_log\.misplaced"):
        _find(tmp_path, PEOPLE[0])


def test_any_change_to_a_file_shows_against_its_hash(tmp_path):
    written = _write(tmp_path)
    verify_file(written.path, written.sha256)
    content = bytearray(written.path.read_bytes())
    content[len(content) // 2] ^= 1
    written.path.write_bytes(content)

    with pytest.raises(IntegrityError, match=r"processing_log\.changed"):
        verify_file(written.path, written.sha256)


def test_a_missing_log_is_told(tmp_path):
    for act in (
        lambda: verify_file(tmp_path / "a.parquet", "0" * 64),
        lambda: read_entry(tmp_path / "a.parquet"),
        lambda: list(as_ldv(tmp_path / "a.parquet")),
    ):
        with pytest.raises(InputError, match=r"processing_log\.no-such-log") as caught:
            act()
        assert "{" not in explain(caught.value)


def test_an_entry_is_read_back_as_written_to_the_millisecond(tmp_path):
    entry = log_entry(status=Status.ERROR, parent_span_id=b"\x01" * 8, name="Tellen – één")
    write_log(tmp_path, entry=entry, identifiers=PEOPLE, log_key=KEY)

    again = read_entry(tmp_path / "2027" / "d-1.parquet")

    assert again == log_entry(
        status=Status.ERROR,
        parent_span_id=b"\x01" * 8,
        name="Tellen – één",
        start=datetime(2027, 3, 3, 9, 0, 0, 123000, tzinfo=UTC),
    )
    assert LogEntry.from_json(again.to_json()) == again


WRONG = [
    ("delivery_id", "../d"),
    ("delivery_id", ""),
    ("delivery_id", "a/b"),
    ("trace_id", b"\0" * 16),
    ("trace_id", b"\1" * 15),
    ("parent_span_id", b"\0" * 8),
    ("parent_span_id", b"\1" * 9),
    ("name", " "),
    ("purpose", ""),
    ("legal_basis", ""),
    ("processing_activity_id", "/register/7"),
    ("processing_activity_id", "register 7"),
    ("processing_activity_id", "https://a b"),
    ("data_subject_id_type", "bsn"),
    ("data_subject_id_type", ""),
    ("start", datetime(2027, 3, 3)),  # noqa: DTZ001 - that there is no time zone is the test
    ("start", datetime(2028, 3, 3, tzinfo=UTC)),
    ("start", datetime(1969, 3, 3, tzinfo=UTC)),
    ("end", datetime(2027, 3, 3)),  # noqa: DTZ001 - idem
    ("retain_until", date(2027, 3, 3)),
]


@pytest.mark.parametrize(("part", "value"), WRONG)
def test_an_entry_of_the_wrong_form_cannot_exist(part, value):
    with pytest.raises(InputError, match=r"processing_log\.part-not-allowed"):
        log_entry(**{part: value})


@pytest.mark.parametrize("kind", ["BSN", "personeelsnummer", "https://voorbeeldstad.example/id"])
def test_a_person_is_known_by_bsn_personnel_number_or_uri(kind):
    assert log_entry(data_subject_id_type=kind).data_subject_id_type == kind


def test_no_error_repeats_an_identifier(tmp_path):
    _write(tmp_path)
    bad = PEOPLE[0] + "\ud800"

    for act in (
        lambda: _write(tmp_path, [bad], delivery_id="d-9"),
        lambda: _find(tmp_path, bad),
    ):
        with pytest.raises(GrondslagError) as caught:
            act()
        assert PEOPLE[0] not in str(caught.value) + explain(caught.value)


def test_span_ids_are_random_bytes_not_a_counter(tmp_path):
    written = _write(tmp_path, [str(number) for number in range(2000)])

    spans = np.frombuffer(
        b"".join(bytes.fromhex(record["span_id"]) for record in as_ldv(written.path)),
        dtype=np.uint8,
    )

    assert abs(float(spans.mean()) - 127.5) < 3  # 16,000 bytes: standard error 0.6
