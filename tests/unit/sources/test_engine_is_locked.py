"""The engine reads the files it was given and reaches nothing else, whatever it is asked."""

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from grondslag.errors import SourceError
from grondslag.sources import open_engine

ATTEMPTS = {
    "another Parquet file": "SELECT * FROM read_parquet('{other}')",
    "another file by its name alone": "SELECT * FROM '{other}'",
    "the passwords of the machine": "SELECT * FROM read_csv('/etc/passwd')",
    "a text": "SELECT * FROM read_text('/etc/passwd')",
    "bytes": "SELECT * FROM read_blob('/etc/passwd')",
    "JSON": "SELECT * FROM read_json('{other}')",
    "a list of files": "SELECT * FROM glob('{folder}/*')",
    "standard input": "SELECT * FROM read_csv('/dev/stdin')",
    "the process itself": "SELECT * FROM read_text('/proc/self/environ')",
    "a path with a way round": "SELECT * FROM read_parquet('{folder}/../{name}/other.parquet')",
    "writing a table out": "COPY (SELECT 42) TO '{folder}/out.csv'",
    "writing over the file it may read": "COPY (SELECT 42) TO '{folder}/out.parquet'",
    "a database on disk": "ATTACH '{folder}/new.db' AS other",
    "a database of another kind": "ATTACH '{folder}/new.sqlite' AS other (TYPE sqlite)",
    "installing an extension": "INSTALL httpfs",
    "loading an extension": "LOAD httpfs",
    "loading a file as an extension": "LOAD '{folder}/evil.duckdb_extension'",
    "opening up again": "SET enable_external_access = true",
    "another folder": "SET temp_directory = '{folder}'",
    "another allowed path": "SET allowed_paths = ['/etc/passwd']",
    "unlocking": "SET lock_configuration = false",
    "going back to the start": "RESET enable_external_access",
    "by way of a pragma": "PRAGMA enable_external_access = true",
    "an import": "IMPORT DATABASE '{folder}'",
    "an export": "EXPORT DATABASE '{folder}/out'",
    "the network": "SELECT * FROM read_parquet('https://voorbeeldstad.example/x.parquet')",
    "a secret": "CREATE PERSISTENT SECRET s (TYPE s3)",
}


@pytest.fixture
def folder(tmp_path):
    for name in ("allowed", "other"):
        pq.write_table(pa.table({"a": [1, 2]}), tmp_path / f"{name}.parquet")
    return tmp_path


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_nothing_else_can_be_reached(folder, attempt):
    before = sorted(folder.iterdir())
    statement = ATTEMPTS[attempt].format(
        folder=folder, other=folder / "other.parquet", name=folder.name
    )

    with open_engine([folder / "allowed.parquet"]) as engine, pytest.raises(duckdb.Error):
        engine.execute(statement).fetchall()

    assert sorted(folder.iterdir()) == before


def test_the_file_it_was_given_can_be_read(folder):
    with open_engine([folder / "allowed.parquet"]) as engine:
        rows = engine.read_parquet(str(folder / "allowed.parquet")).fetchall()

    assert rows == [(1,), (2,)]


def test_without_files_even_the_first_file_is_out_of_reach(folder):
    with open_engine([]) as engine, pytest.raises(duckdb.Error):
        engine.read_parquet(str(folder / "allowed.parquet")).fetchall()


def test_python_variables_are_no_tables():
    secret = pa.table({"a": [1]})

    with open_engine([]) as engine, pytest.raises(duckdb.Error):
        engine.execute("SELECT * FROM secret").fetchall()

    assert secret.num_rows == 1


def test_running_out_of_memory_is_said_plainly():
    with pytest.raises(SourceError) as caught, open_engine([], memory_mb=20) as engine:
        engine.execute(
            "SELECT list(i ORDER BY -i), list(i::text) FROM range(50000000) t(i)"
        ).fetchall()

    assert caught.value.code == "sources.memory"
    assert caught.value.fields == {"limit": 20}


def test_nothing_of_what_does_not_fit_in_memory_is_written_to_disk(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.chdir(tmp_path)

    with (
        pytest.raises(SourceError, match=r"sources\.memory"),
        open_engine([], memory_mb=60, threads=1) as engine,
    ):
        engine.execute("CREATE TEMP TABLE t AS SELECT hash(i) AS a FROM range(20000000) t(i)")

    assert list(tmp_path.iterdir()) == []
