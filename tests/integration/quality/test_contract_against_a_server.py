"""A table on a PostgreSQL server is held against its contract where it stands."""

import pytest

from grondslag.errors import InputError, SourceError
from grondslag.quality import FaultKind
from made_checks import COLUMNS, NAMES, checked, counts_in, owned

pytestmark = pytest.mark.postgres

TABLE = """
CREATE SCHEMA verkeer;
CREATE TABLE verkeer.meldingen (
    nummer integer, dag date, bedrag double precision, ernst text, buurt text, opmerking text
);
INSERT INTO verkeer.meldingen VALUES
    (1, '2026-02-01', 12.5, 'licht', 'B11', 'rustige straat'),
    (2, '2026-02-02', 0, 'zwaar', 'B12', 'café op de hoek'),
    (2, NULL, 101, 'dodelijk', 'B99', 'bel 06-12345678'),
    (NULL, '2023-12-31', -1, 'licht', 'W1', NULL),
    (NULL, '2023-12-31', -1, 'licht', 'W1', NULL);
CREATE TABLE verkeer.anders (nummer text, vreemd text);
INSERT INTO verkeer.anders VALUES ('1', 'x');
"""


@pytest.fixture(scope="module")
def server(server):
    server.run(TABLE)
    return server


@pytest.fixture(autouse=True)
def who_we_are(monkeypatch):
    monkeypatch.setenv("GRONDSLAG_PG_USER", "postgres")


def at_server(folder, port, *, table="meldingen", columns=COLUMNS):
    place = {
        "server": "database", "type": "postgres", "host": "127.0.0.1", "port": port,
        "database": "postgres", "schema": "verkeer",
    }  # fmt: skip
    tables = [{"name": table, "logicalType": "object", "properties": columns}]
    return owned(folder, server=place, schema=tables)


def test_every_fault_in_a_table_is_counted(tmp_path, town, server):
    contract = at_server(tmp_path, server.port)

    report = checked(town, contract, tmp_path)

    assert report.rows.number == 5
    assert report.source_sha256 == ""
    assert counts_in(report) == {
        (FaultKind.NULLS, "nummer", ""): 2,
        (FaultKind.NOT_UNIQUE, "nummer", ""): 1,
        (FaultKind.NULLS, "dag", ""): 1,
        (FaultKind.TOO_LOW, "dag", ""): 2,
        (FaultKind.TOO_LOW, "bedrag", ""): 2,
        (FaultKind.TOO_HIGH, "bedrag", ""): 1,
        (FaultKind.NOT_IN_LIST, "ernst", ""): 1,
        (FaultKind.NOT_AN_AREA, "buurt", ""): 3,
        (FaultKind.PERSONAL_DATA, "opmerking", "phone"): 1,
        (FaultKind.IDENTICAL_ROWS, "", ""): 1,
    }
    assert {fault.lines for fault in report.faults} == {()}
    assert set(NAMES) >= {fault.column for fault in report.faults} - {""}


def test_a_column_of_another_type_is_refused(tmp_path, town, server):
    contract = at_server(tmp_path, server.port, table="anders")

    with pytest.raises(InputError) as caught:
        checked(town, contract, tmp_path)

    assert caught.value.code == "sources.other-type"


def test_a_table_that_is_not_there_is_refused(tmp_path, town, server):
    contract = at_server(tmp_path, server.port, table="nergens")

    with pytest.raises(InputError) as caught:
        checked(town, contract, tmp_path)

    assert caught.value.code == "sources.no-such-table"


def test_a_server_that_does_not_answer_is_named(tmp_path, town, server):
    contract = at_server(tmp_path, 1)

    with pytest.raises(SourceError) as caught:
        checked(town, contract, tmp_path)

    assert caught.value.code == "sources.no-server"
