"""A check counts what somebody with the file and the contract would count by hand."""

import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grondslag.quality import FaultKind
from made_checks import NAMES, checked, counts_in, found_in, owned, write_csv
from town import make_town

CELLS = {
    "nummer": ["1", "2", "-3", "", "x", "1.5", " 2 "],
    "dag": ["2024-01-01", "2026-12-31", "2023-12-31", "2027-01-01", "", "1-1-2024", "2025-02-30"],
    "bedrag": ["0", "100", "100.01", "-0.5", "", "1,5", "1e2"],
    "ernst": ["licht", "zwaar", "Licht", "", "anders"],
    "buurt": ["B11", "B21", "W1", "", "b11"],
    "opmerking": ["", "goed", "06-12345678", "999900006", "999900007"],
}
ROWS = st.lists(st.tuples(*(st.sampled_from(CELLS[name]) for name in NAMES)), max_size=12)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    return make_town(tmp_path_factory.mktemp("town"))


def as_number(text):
    try:
        return float(text)
    except ValueError:
        return None


def as_day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def plain(rows):
    """The rows (from 1) per fault, counted as a person would."""
    found = {}

    def note(kind, column, row, pattern=""):
        found.setdefault((kind, column, pattern), []).append(row)

    numbers, seen = Counter(), set()
    for row, raw in enumerate(rows, start=1):
        cells = dict(zip(NAMES, (cell.strip() for cell in raw), strict=True))
        number = cells["nummer"] if cells["nummer"] in ("1", "2", "-3") else None
        day, amount = as_day(cells["dag"]), as_number(cells["bedrag"])
        _required(note, "nummer", cells["nummer"], number, row)
        _required(note, "dag", cells["dag"], day, row)
        if cells["bedrag"] and amount is None:
            note(FaultKind.TYPE, "bedrag", row)
        _range(note, "dag", day, (date(2024, 1, 1), date(2026, 12, 31)), row)
        _range(note, "bedrag", amount, (0, 100), row)
        if cells["ernst"] not in ("", "licht", "zwaar"):
            note(FaultKind.NOT_IN_LIST, "ernst", row)
        if cells["buurt"] not in ("", "B11", "B12", "B21"):
            note(FaultKind.NOT_AN_AREA, "buurt", row)
        if cells["opmerking"] == "06-12345678":
            note(FaultKind.PERSONAL_DATA, "opmerking", row, "phone")
        if cells["opmerking"] == "999900006":
            note(FaultKind.PERSONAL_DATA, "opmerking", row, "bsn")
        if number is not None and numbers[number]:
            note(FaultKind.NOT_UNIQUE, "nummer", row)
        numbers[number] += 1
        whole = (number, day, amount, cells["ernst"], cells["buurt"], cells["opmerking"])
        if whole in seen:
            note(FaultKind.IDENTICAL_ROWS, "", row)
        seen.add(whole)
    return found


def _required(note, column, text, value, row):
    if text and value is None:
        note(FaultKind.TYPE, column, row)
    if not text:
        note(FaultKind.NULLS, column, row)


def _range(note, column, value, limits, row):
    if value is not None and value < limits[0]:
        note(FaultKind.TOO_LOW, column, row)
    if value is not None and value > limits[1]:
        note(FaultKind.TOO_HIGH, column, row)


@given(rows=ROWS)
def test_counting_by_hand_gives_the_same(town, rows):
    expected = plain(rows) or ({} if rows else {(FaultKind.EMPTY, "", ""): []})
    with tempfile.TemporaryDirectory() as folder:
        contract = owned(Path(folder), reading={"delimiter": ";"})
        write_csv(Path(folder) / "meldingen.csv", rows, delimiter=";")

        report = checked(town, contract, Path(folder))

    assert report.rows.number == len(rows)
    assert counts_in(report) == {key: len(places) for key, places in expected.items()}
    assert found_in(report) == {
        key: tuple(place + 1 for place in places[:5]) for key, places in expected.items()
    }


@given(rows=ROWS.filter(bool))
def test_others_than_the_owner_never_see_an_exact_small_count_or_a_line(town, rows):
    with tempfile.TemporaryDirectory() as folder:
        contract = owned(Path(folder), reading={"delimiter": ";"})
        write_csv(Path(folder) / "meldingen.csv", rows, delimiter=";")

        report = checked(town, contract, Path(folder), for_owner=False)

    assert {fault.count.number % 10 for fault in report.faults} <= {0}
    assert all(fault.count.is_about and not fault.lines for fault in report.faults)
    assert report.rows.is_about
