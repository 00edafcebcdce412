"""A delivered table on disk is of its key and whole, or it is nothing."""

import os
import subprocess
import sys

import pyarrow as pa
import pytest

from grondslag.delivery.sealing import open_text, read_table, seal_text, write_table
from grondslag.errors import IntegrityError, SourceError

KEY, OTHER = os.urandom(32), os.urandom(32)
TABLE = pa.table({"wijk": ["Noord-geheim", "Zuid", None], "persons": [12, 34, None]})


def written(folder, table=TABLE, key=KEY):
    path = folder / "meldingen.parquet"
    rows = write_table(path, table.to_reader(), key)
    return path, rows


def test_a_table_is_read_back_as_it_was_written(tmp_path):
    path, rows = written(tmp_path)

    assert rows == 3
    assert read_table(path, KEY).equals(TABLE)


def test_a_table_without_rows_keeps_its_columns(tmp_path):
    path, rows = written(tmp_path, TABLE.slice(0, 0))

    assert rows == 0
    assert read_table(path, KEY).schema.equals(TABLE.schema)


def test_neither_values_nor_names_are_in_the_file(tmp_path):
    path, _ = written(tmp_path)

    raw = path.read_bytes()

    assert b"Noord-geheim" not in raw
    assert b"wijk" not in raw
    assert KEY not in raw


def test_another_key_opens_nothing(tmp_path):
    path, _ = written(tmp_path)

    with pytest.raises(IntegrityError) as caught:
        read_table(path, OTHER)

    assert caught.value.code == "delivery.damaged"


def test_any_byte_that_changes_is_seen(tmp_path):
    path, _ = written(tmp_path)
    whole = path.read_bytes()
    passed = []

    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        try:
            if not read_table(path, KEY).equals(TABLE):
                passed.append(at)
        except IntegrityError:
            continue

    # A byte that is read as nothing may change; what is read is what was written, or refused.
    assert passed == []


@pytest.mark.parametrize("part", [0, 1, 4, 50, -1, -8])
def test_a_file_that_was_cut_off_is_refused(tmp_path, part):
    path, _ = written(tmp_path)
    whole = path.read_bytes()

    path.write_bytes(whole[:part])

    with pytest.raises(IntegrityError, match=r"delivery\.damaged"):
        read_table(path, KEY)


def test_a_table_of_another_delivery_is_refused_in_its_place(tmp_path):
    ours, _ = written(tmp_path)
    (tmp_path / "ander").mkdir()
    theirs, _ = written(tmp_path / "ander", key=OTHER)

    ours.write_bytes(theirs.read_bytes())

    with pytest.raises(IntegrityError):
        read_table(ours, KEY)


def test_a_file_that_is_there_is_not_written_over(tmp_path):
    path, _ = written(tmp_path)
    before = path.read_bytes()

    with pytest.raises(SourceError):
        write_table(path, TABLE.to_reader(), OTHER)

    assert not path.exists() or path.read_bytes() == before


FULL = """
import os, resource, sys
from pathlib import Path
import pyarrow as pa
from grondslag.delivery.sealing import write_table
from grondslag.errors import SourceError
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
table = pa.table({"x": [os.urandom(16).hex() for _ in range(100_000)]})
try:
    write_table(Path(sys.argv[1]), table.to_reader(max_chunksize=1000), os.urandom(32))
except SourceError as error:
    print(error.code)
"""


def test_a_full_disk_leaves_nothing(tmp_path):
    path = tmp_path / "meldingen.parquet"

    done = subprocess.run(
        [sys.executable, "-c", FULL, str(path)], capture_output=True, text=True, check=False
    )

    assert done.stdout.strip() == "delivery.cannot-write", done.stderr
    assert list(tmp_path.iterdir()) == []


def test_rows_that_stop_coming_leave_nothing(tmp_path):
    path = tmp_path / "meldingen.parquet"

    def batches():
        yield from TABLE.to_batches()
        raise pa.ArrowInvalid("the value 12 of somebody")

    with pytest.raises(SourceError) as caught:
        write_table(path, pa.RecordBatchReader.from_batches(TABLE.schema, batches()), KEY)

    assert "somebody" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_a_sealed_text_opens_with_its_key_about_its_subject():
    sealed = seal_text("7 é", KEY, about="meldingen/objection")

    assert open_text(sealed, KEY, about="meldingen/objection") == "7 é"
    assert "7" not in sealed or seal_text("7 é", KEY, about="meldingen/objection") != sealed


SPOILED = {
    "another key": lambda sealed: (sealed, OTHER, "a"),
    "another subject": lambda sealed: (sealed, KEY, "b"),
    "one sign changed": lambda sealed: (("B" if sealed[0] == "A" else "A") + sealed[1:], KEY, "a"),
    "cut off": lambda sealed: (sealed[:8], KEY, "a"),
    "no text of this kind": lambda sealed: ("é" + sealed, KEY, "a"),
    "empty": lambda _: ("", KEY, "a"),
}


@pytest.mark.parametrize("change", SPOILED)
def test_a_sealed_text_that_was_touched_is_refused(change):
    sealed, key, about = SPOILED[change](seal_text("7", KEY, about="a"))

    with pytest.raises(IntegrityError, match=r"delivery\.damaged"):
        open_text(sealed, key, about=about)
