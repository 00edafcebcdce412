"""A source at fault gives one clear sentence, no value of a row, and nothing half delivered."""

import sqlite3

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from grondslag.errors import GrondslagError
from grondslag.wording import LANGUAGES, explain, has_sentence
from made_contracts import column
from small_project import OPEN, REPORTS, lawful_plan, write_reports
from small_town import make_small_town

CONFIDED = "zeer-vertrouwelijke-waarde"
HEADER = b"code,inwoners,naam\n"
CSV_FAULTS = {
    "empty": (b"", "sources.empty-file"),
    "only a header": (HEADER, "delivery.empty-source"),
    "a missing column": (b"code,naam\nW1,x\n", "sources.no-such-column"),
    "a column twice": (b"code,inwoners,inwoners\nW1,1,2\n", "sources.no-such-column"),
    "no number": (HEADER + f"W1,{CONFIDED},x\n".encode(), "sources.unreadable-values"),
    "too many fields": (HEADER + f"W1,5,{CONFIDED},more\n".encode(), "sources.broken-row"),
    "another encoding": (HEADER + "W1,5,één".encode("windows-1252"), "sources.wrong-encoding"),
    "bytes of another kind": (b"\x00\x01\x02" * 400, "sources.no-such-column"),
}


def refusal(town):
    """How a delivery is refused: nothing visible, and a sentence without a value in it."""
    with pytest.raises(GrondslagError) as caught:
        town.deliver()
    error = caught.value
    told = " ".join(explain(error, language=language) for language in LANGUAGES)
    assert all(has_sentence(error.code, language) for language in LANGUAGES)
    assert CONFIDED not in told + repr(error.fields) + repr(town.audited())
    assert "{" not in told
    assert (town.visible, town.unfinished) == ([], [])
    assert list((town.installation.home / "vault" / "delivery").glob("*.key")) == []
    return error.code


@pytest.fixture
def fast(tmp_path):
    town = make_small_town(tmp_path, lawful_plan(OPEN, step="open"))
    town.sign()
    return town


@pytest.mark.parametrize(("content", "code"), CSV_FAULTS.values(), ids=CSV_FAULTS)
def test_a_file_at_fault_is_refused_with_its_own_sentence(fast, content, code):
    (fast.folder / "data" / "wijken.csv").write_bytes(content)

    assert refusal(fast) == code


def stored_as(town, kind, name):
    """The districts stand in another kind of file."""
    server = {"server": "bron", "type": "local", "path": f"../../data/{name}", "format": kind}
    town.edit("contracts/wijken.odcs.yaml", lambda contract: contract.update(servers=[server]))
    town.sign()
    return town.folder / "data" / name


TABLES = {
    "as promised": ({"code": ["W1", "W2"], "inwoners": [5, 6]}, ""),
    "a text for a number": ({"code": ["W1"], "inwoners": [CONFIDED]}, "sources.unreadable-values"),
    "a missing column": ({"code": ["W1"]}, "sources.no-such-column"),
    "no rows": (
        {"code": pa.array([], pa.string()), "inwoners": pa.array([], pa.int64())},
        "delivery.empty-source",
    ),
    "a list for a number": ({"code": ["W1"], "inwoners": [[1, 2]]}, "sources.unreadable-values"),
}


@pytest.mark.parametrize(("content", "code"), TABLES.values(), ids=TABLES)
def test_a_parquet_file_at_fault_is_refused_with_its_own_sentence(tmp_path, content, code):
    town = make_small_town(tmp_path, lawful_plan(OPEN, step="open"))
    pq.write_table(pa.table(content), stored_as(town, "parquet", "wijken.parquet"))

    if not code:
        town.deliver()
        assert town.open().table("wijken").to_pydict() == content
        return
    assert refusal(town) == code


@pytest.mark.parametrize("kind", ["parquet", "sqlite", "geojson"])
def test_a_damaged_file_is_refused(tmp_path, kind):
    town = make_small_town(tmp_path, lawful_plan(OPEN, step="open"))
    path = stored_as(town, kind, f"wijken.{kind}")
    path.write_bytes(f"PAR1 {CONFIDED} ".encode() * 50)

    assert refusal(town).startswith("sources.")


def test_a_sqlite_file_is_read_as_any_other(tmp_path):
    town = make_small_town(tmp_path, lawful_plan(OPEN, step="open"))
    path = stored_as(town, "sqlite", "wijken.sqlite")
    connection = sqlite3.connect(path)
    connection.execute("create table wijken (code text, inwoners integer)")
    connection.execute("insert into wijken values ('W1', 5)")
    connection.commit()
    connection.close()
    town.deliver()

    assert town.open().table("wijken").to_pylist() == [{"code": "W1", "inwoners": 5}]


def test_rows_that_name_no_person_are_refused(town):
    write_reports(town.folder / "data", [*REPORTS, REPORTS[0]._replace(bsn="")])

    assert refusal(town) == "delivery.rows-without-person"


def test_a_place_outside_the_list_becomes_nothing_and_is_never_delivered(monthly):
    rows = [row._replace(buurt=CONFIDED) if at < 12 else row
            for at, row in enumerate(REPORTS) if row.soort != "anders"]  # fmt: skip
    write_reports(monthly.folder / "data", rows)
    monthly.deliver()

    delivered = monthly.open().table("meldingen")

    assert CONFIDED not in repr(delivered.to_pydict())
    assert None in delivered.column("buurt").to_pylist()


def test_a_group_that_is_too_small_stops_the_whole_delivery(monthly):
    write_reports(monthly.folder / "data", REPORTS)  # with four who asked for something else

    assert refusal(monthly) == "delivery.group-too-small"


def test_a_column_nobody_described_is_not_even_read(town):
    town.edit(
        "contracts/meldingen.odcs.yaml",
        lambda contract: contract["schema"][0]["properties"].append(
            column("bestaat_niet") | {"customProperties": []}
        ),
    )
    town.sign()

    town.deliver()

    assert len(town.visible) == 1  # the file has no such column, and nobody missed it
