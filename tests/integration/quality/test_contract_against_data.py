"""Data in every format are held against their contract: the same faults, on the same lines."""

import pytest

from grondslag.quality import FaultKind
from made_checks import (
    COLUMNS,
    FOUND,
    NAMES,
    ROWS,
    checked,
    counts_in,
    found_in,
    owned,
    write_csv,
    write_geojson,
    write_parquet,
    write_sqlite,
)
from made_contracts import column
from town import at

READINGS = [
    ({}, ","),
    ({"encoding": "windows-1252", "delimiter": ";"}, ";"),
    ({"encoding": "utf-16", "delimiter": "\t"}, "\t"),
]


@pytest.mark.parametrize(("reading", "delimiter"), READINGS)
def test_every_fault_in_a_csv_file_is_found_on_its_line(tmp_path, town, reading, delimiter):
    contract = owned(tmp_path, reading=reading)
    write_csv(
        tmp_path / "meldingen.csv",
        ROWS,
        encoding=reading.get("encoding", "utf-8"),
        delimiter=delimiter,
    )

    report = checked(town, contract, tmp_path)

    assert report.rows.number == len(ROWS)
    assert found_in(report) == {
        key: tuple(row + 1 for row in rows) for key, rows in FOUND.items()
    }  # the names stand on the first line
    assert counts_in(report) == {key: len(rows) for key, rows in FOUND.items()}
    assert not report.keeps_contract


def test_every_fault_in_a_geojson_file_is_found_in_its_row(tmp_path, town):
    contract = owned(tmp_path, "geojson")
    write_geojson(tmp_path / "meldingen.geojson", ROWS)

    report = checked(town, contract, tmp_path)

    assert found_in(report) == {key: tuple(rows) for key, rows in FOUND.items()}
    assert "rij 5" in next(
        fault.explain() for fault in report.faults if fault.kind is FaultKind.NOT_UNIQUE
    )


def test_every_fault_in_a_sqlite_table_is_counted(tmp_path, town):
    contract = owned(tmp_path, "sqlite")
    write_sqlite(tmp_path / "meldingen.sqlite", ROWS)

    report = checked(town, contract, tmp_path)

    assert counts_in(report) == {key: len(rows) for key, rows in FOUND.items()}
    assert {fault.lines for fault in report.faults} == {()}  # a table has no order


def test_every_fault_in_a_parquet_file_is_found_in_its_row(tmp_path, town):
    """Texts where the contract promises numbers and days: all of them are of another type."""
    texts = [made if made["name"] not in ("nummer", "dag", "bedrag") else made | {
        "logicalType": "string", "logicalTypeOptions": {}} for made in COLUMNS]  # fmt: skip
    contract = owned(tmp_path, "parquet", columns=texts)
    write_parquet(tmp_path / "meldingen.parquet", ROWS)

    report = checked(town, contract, tmp_path)

    of_other_types = {(FaultKind.TYPE, "nummer", "")} | {
        key for key in FOUND if key[1] in ("dag", "bedrag") and key[0] is not FaultKind.NULLS
    }
    assert found_in(report) == {
        key: tuple(rows) for key, rows in FOUND.items() if key not in of_other_types
    }


def test_a_parquet_column_of_another_type_does_not_fit_at_all(tmp_path, town):
    contract = owned(tmp_path, "parquet")
    write_parquet(tmp_path / "meldingen.parquet", [row for row in ROWS if row[1]])

    report = checked(town, contract, tmp_path)

    assert counts_in(report)[FaultKind.TYPE, "nummer", ""] == 14
    assert (FaultKind.TYPE, "bedrag", "") not in counts_in(report)  # texts of numbers


RIGHT = [(str(n), "2026-02-01", "1", "licht", "B11", f"opmerking {n}") for n in range(30)]


def test_data_that_keep_their_contract_are_said_to(tmp_path, town):
    contract = owned(tmp_path)
    write_csv(tmp_path / "meldingen.csv", RIGHT)

    report = checked(town, contract, tmp_path)

    assert report.keeps_contract
    assert report.faults == ()
    assert (report.rows.number, report.dataset) == (30, "meldingen")
    assert report.contract_sha256 == contract.sha256
    assert len(report.source_sha256) == 64
    assert "30 rijen" in report.explain()


def test_columns_that_are_missing_extra_or_twice_are_named(tmp_path, town):
    contract = owned(tmp_path)
    names = ["nummer", "dag", "dag", "ernst", "buurt", "telefoon"]
    write_csv(tmp_path / "meldingen.csv", RIGHT, names=names)

    report = checked(town, contract, tmp_path)

    assert {key for key in counts_in(report) if key[0] is not FaultKind.IDENTICAL_ROWS} == {
        (FaultKind.COLUMN_TWICE, "dag", ""),
        (FaultKind.MISSING_COLUMN, "bedrag", ""),
        (FaultKind.MISSING_COLUMN, "opmerking", ""),
        (FaultKind.EXTRA_COLUMN, "telefoon", ""),
    }


def test_a_file_with_names_and_no_rows_is_empty(tmp_path, town):
    contract = owned(tmp_path)
    write_csv(tmp_path / "meldingen.csv", [])

    report = checked(town, contract, tmp_path)

    assert counts_in(report) == {(FaultKind.EMPTY, "", ""): 0}
    assert report.rows.number == 0


FRESH = [
    # day in the data   checked on      days late; None when fresh
    ("2026-02-01", at(2026, 3, 3), None),
    ("2026-02-01", at(2026, 3, 4), 1),
    ("2026-02-01", at(2027, 3, 2), 364),
]


@pytest.mark.parametrize(("day", "clock", "late"), FRESH)
def test_data_older_than_promised_are_late(tmp_path, town, day, clock, late):
    agreed = [{"property": "latency", "value": 30, "unit": "d", "element": "meldingen.dag"}]
    contract = owned(tmp_path, slaProperties=agreed)
    rows = [(str(n), day, "1", "licht", "B11", f"opmerking {n}") for n in range(3)]
    write_csv(tmp_path / "meldingen.csv", [*rows, ("9", "2025-01-01", "1", "licht", "B11", "")])

    report = checked(town, contract, tmp_path, clock=clock)

    stale = {} if late is None else {(FaultKind.STALE, "dag", ""): late}
    assert counts_in(report) == stale


def test_data_without_any_day_cannot_be_called_fresh(tmp_path, town):
    agreed = [{"property": "latency", "value": 30, "unit": "d", "element": "meldingen.dag"}]
    days = [column("nummer", "integer"), column("dag", "date")]
    contract = owned(tmp_path, columns=days, slaProperties=agreed)
    write_csv(tmp_path / "meldingen.csv", [("1", ""), ("2", "")], names=["nummer", "dag"])

    assert counts_in(checked(town, contract, tmp_path)) == {(FaultKind.UNDATED, "dag", ""): 0}


DECLARED = [
    # privacy entry                                                     finds left
    (None, {"phone", "bsn", "email"}),
    ({"category": "none", "role": "none"}, {"phone", "bsn", "email"}),
    ({"category": "ordinary", "role": "quasi"}, {"phone", "bsn", "email"}),
    ({"category": "ordinary", "role": "direct"}, {"bsn"}),
    ({"category": "ordinary", "role": "none", "free_text": True}, {"bsn"}),
    ({"category": "none", "role": "none", "free_text": True}, {"phone", "bsn", "email"}),
    ({"category": "national_id", "role": "direct"}, set()),
]


@pytest.mark.parametrize(("entry", "left"), DECLARED)
def test_personal_data_is_reported_where_the_contract_does_not_declare_it(
    tmp_path, town, entry, left
):
    made = {"name": "tekst", "logicalType": "string"} if entry is None else column(
        "tekst", privacy=entry)  # fmt: skip
    contract = owned(tmp_path, columns=[column("nummer", "integer"), made])
    rows = [("1", "06-12345678"), ("2", "999900006"), ("3", "a@b.example"), ("4", "niets")]
    write_csv(tmp_path / "meldingen.csv", rows, names=["nummer", "tekst"])

    report = checked(town, contract, tmp_path)

    assert {str(fault.pattern) for fault in report.faults} == left


def test_a_citizen_service_number_among_whole_numbers_is_seen(tmp_path, town):
    contract = owned(tmp_path, columns=[column("nummer", "integer")])
    write_csv(tmp_path / "meldingen.csv", [["999900006"], ["5"]], names=["nummer"])

    report = checked(town, contract, tmp_path)

    assert found_in(report) == {(FaultKind.PERSONAL_DATA, "nummer", "bsn"): (2,)}


def test_nothing_of_the_data_is_in_what_is_said(tmp_path, town):
    contract = owned(tmp_path)
    write_csv(tmp_path / "meldingen.csv", ROWS)

    report = checked(town, contract, tmp_path)

    said = " ".join(
        [fault.explain(language=language) for fault in report.faults for language in ("nl", "en")]
        + [report.explain(), repr(report), str(report.to_mapping())]
    )
    for value in ("vier", "dodelijk", "B99", "06-12345678", "999900006", "café", "2023-12-31"):
        assert value not in said
    assert "{" not in "".join(fault.explain() for fault in report.faults)
    assert set(NAMES) >= {fault.column for fault in report.faults} - {""}
