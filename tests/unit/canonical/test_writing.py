"""A file is whole or absent: the disk, the limit and the person may stop us at any moment."""

import json
import math
import os
import stat
import subprocess
import sys
from datetime import date

import pytest

from grondslag.canonical import read_document, to_yaml, write_bytes, write_json, write_text
from grondslag.canonical import writing as module
from grondslag.errors import InputError, SourceError

WITHIN_A_LIMIT = """
import resource, sys
from pathlib import Path
from grondslag.canonical import write_bytes
from grondslag.errors import SourceError
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_bytes(Path(sys.argv[1]), b"x" * 1_000_000)
except SourceError as error:
    print(error.code)
"""


def test_a_file_is_written_with_its_folder_and_nothing_else(tmp_path):
    path = tmp_path / "deep" / "folder" / "a.bin"

    write_bytes(path, b"\x00\xff")

    assert path.read_bytes() == b"\x00\xff"
    assert [entry.name for entry in path.parent.iterdir()] == ["a.bin"]


@pytest.mark.parametrize("mode", [0o644, 0o600])
def test_a_file_has_the_rights_that_were_asked_for(tmp_path, mode):
    path = tmp_path / "a"

    write_bytes(path, b"x", mode=mode)

    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_secret_is_never_readable_by_others_while_it_is_written(tmp_path, monkeypatch):
    modes = []

    def look(*_):
        modes.extend(stat.S_IMODE(part.stat().st_mode) for part in tmp_path.glob(".*.part"))

    monkeypatch.setattr(module.os, "fsync", look)

    write_bytes(tmp_path / "a", b"secret", mode=0o600)

    assert modes == [0o600]


def test_a_file_replaces_the_one_that_stood_there(tmp_path):
    path = tmp_path / "a"
    path.write_text("old and longer")

    write_text(path, "new é")

    assert path.read_text(encoding="utf-8") == "new é"


def test_a_limit_on_file_size_leaves_the_old_file_and_nothing_half_written(tmp_path):
    path = tmp_path / "a"
    path.write_text("old")

    done = subprocess.run(
        [sys.executable, "-c", WITHIN_A_LIMIT, str(path)],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "canonical.disk-full"
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]


def test_a_stop_by_the_person_leaves_the_old_file_and_nothing_half_written(tmp_path, monkeypatch):
    path = tmp_path / "a"
    path.write_text("old")

    def stopped(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(module.os, "fsync", stopped)

    with pytest.raises(KeyboardInterrupt):
        write_bytes(path, b"new")

    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (28, "canonical.disk-full"),  # ENOSPC
        (122, "canonical.disk-full"),  # EDQUOT
        (13, "canonical.may-not-write"),  # EACCES
        (30, "canonical.may-not-write"),  # EROFS
        (5, "canonical.cannot-write"),  # EIO
    ],
)
def test_what_the_disk_says_becomes_a_code(tmp_path, monkeypatch, number, code):
    def failing(*_, **__):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(module.tempfile, "mkstemp", failing)

    with pytest.raises(SourceError) as caught:
        write_bytes(tmp_path / "a", b"x")

    assert caught.value.code == code


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "a").write_text("x")

    with pytest.raises(SourceError) as caught:
        write_bytes(tmp_path / "a" / "b", b"x")

    assert caught.value.code == "canonical.cannot-write"


def test_a_name_that_is_a_folder_is_refused_and_stays(tmp_path):
    (tmp_path / "a").mkdir()

    with pytest.raises(SourceError):
        write_bytes(tmp_path / "a", b"x")

    assert [entry.name for entry in tmp_path.iterdir()] == ["a"]


def test_json_is_readable_in_the_order_given(tmp_path):
    path = tmp_path / "a.json"

    write_json(path, {"b": "één", "a": 1})

    assert path.read_text(encoding="utf-8") == '{\n  "b": "één",\n  "a": 1\n}\n'
    assert json.loads(path.read_bytes()) == {"a": 1, "b": "één"}


def test_yaml_reads_like_a_person_would_write_it():
    value = {"note": "één\ntwee\n", "code": "1e5", "list": [{"a": None, "b": [1, 2.5]}], "none": []}

    text = to_yaml(value)

    assert text == (
        "note: |\n  één\n  twee\ncode: '1e5'\nlist:\n  - a: null\n    b:\n      - 1\n      - 2.5\n"
        "none: []\n"
    )


def test_the_same_part_twice_is_written_out_twice():
    part = {"a": 1}

    text = to_yaml({"x": part, "y": part})

    assert read_document(text).content == {"x": {"a": 1}, "y": {"a": 1}}
    assert "&" not in text


@pytest.mark.parametrize(
    "value",
    [
        {"a": math.nan},
        {"a": math.inf},
        {"a": 2**53},
        {"a": date(2027, 3, 1)},
        {1: "a"},
        {"a": b"x"},
        {"a": {1, 2}},
        {"a": object()},
        {"a": "x\u202ey"},
        {"a": "cafe\u0301"},
        {"<<": 1},
        {"één": 1},
    ],
)
def test_what_could_not_be_read_back_is_not_written(value):
    with pytest.raises(InputError):
        to_yaml(value)
