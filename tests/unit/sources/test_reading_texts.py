"""CSV, GeoJSON and SQLite as text: every fault with its file and line, and nothing guessed."""

import json
import sqlite3
from contextlib import closing

import pytest

from grondslag.errors import InputError, SourceError
from grondslag.sources.texts import csv_batches, geojson_batches, sqlite_batches
from made_contracts import made_contract

GEOJSON = {"server": "bestand", "type": "local", "path": "x.geojson", "format": "geojson"}


def rows_of(batches):
    return [tuple(row.values()) for batch in batches for row in batch.to_pylist()]


def csv_rows(folder, content, names=("soort", "aantal"), **reading):
    path = folder / "meldingen.csv"
    path.write_bytes(content)
    contract = made_contract(folder, reading=reading or None)
    return rows_of(csv_batches(path, contract, names))


def refusal(function, *arguments, **options):
    with pytest.raises(InputError) as caught:
        function(*arguments, **options)
    return caught.value.code, caught.value.fields.get("line")


ENCODINGS = [
    ("utf-8", "soort,aantal\ncafé,1\n".encode()),
    ("utf-8", b"\xef\xbb\xbf" + "soort,aantal\ncafé,1\n".encode()),
    ("windows-1252", "soort,aantal\ncafé,1\n".encode("cp1252")),
    ("utf-16", "soort,aantal\ncafé,1\n".encode("utf-16")),
]


@pytest.mark.parametrize(("encoding", "content"), ENCODINGS)
def test_three_encodings_are_read(tmp_path, encoding, content):
    assert csv_rows(tmp_path, content, encoding=encoding) == [("café", "1")]


def test_the_euro_sign_of_windows_is_read(tmp_path):
    content = "soort,aantal\n€,1\n".encode("cp1252")

    assert csv_rows(tmp_path, content, encoding="windows-1252") == [("€", "1")]


WRONG = [
    ("utf-8", "soort,aantal\na,1\ncafé,1\n".encode("cp1252"), 3),
    ("utf-8", "soort,aantal\na,1\nb,2\n".encode("utf-16"), 1),
    ("utf-8", "sóort,aantal\na,1\n".encode("cp1252"), 1),
    ("windows-1252", b"soort,aantal\na,1\nb,2\n\x81,3\n", 4),
    ("utf-16", b"\xff\xfe" + "soort,aantal\na,1\n".encode("utf-16-le") + b"\x00\xd8\x0a\x00", 3),
]


@pytest.mark.parametrize(("encoding", "content", "line"), WRONG)
def test_bytes_of_another_encoding_are_refused_with_their_line(tmp_path, encoding, content, line):
    found = refusal(csv_rows, tmp_path, content, encoding=encoding)

    assert found == ("sources.wrong-encoding", line)


RAGGED = [
    (b"soort,aantal\na,1\nb\n", 3),
    (b"soort,aantal\na,1\nb,2,3\nc,4\n", 3),
    (b'soort,aantal\n"a\nb",1\nc\n', 4),
    (b"soort,aantal\na,1\n\nb\n", 4),
]


@pytest.mark.parametrize(("content", "line"), RAGGED)
def test_a_row_with_too_few_or_too_many_fields_is_refused_with_its_line(tmp_path, content, line):
    assert refusal(csv_rows, tmp_path, content) == ("sources.broken-row", line)


@pytest.mark.parametrize("content", [b"", b"\n", b"  \n", b"\xef\xbb\xbf"])
def test_a_file_without_a_first_line_is_empty(tmp_path, content):
    assert refusal(csv_rows, tmp_path, content)[0] == "sources.empty-file"


@pytest.mark.parametrize("content", [b"soort,aantal\n", b"soort,aantal", b"soort,aantal\r\n"])
def test_a_header_alone_is_a_table_without_rows(tmp_path, content):
    assert csv_rows(tmp_path, content) == []


HEADERS = [
    b"soort,aantal,soort\na,1,b\n",
    b"soort,Aantal\na,1\n",
    b"soort;aantal\na;1\n",
    b"soort, aantal\na,1\n",
    b"a,1\nb,2\n",
]


@pytest.mark.parametrize("content", HEADERS)
def test_a_column_stands_in_the_first_line_once(tmp_path, content):
    assert refusal(csv_rows, tmp_path, content)[0] == "sources.no-such-column"


def test_an_empty_line_is_no_row_where_there_are_more_columns(tmp_path):
    content = b"soort,aantal\na,1\n\nb,2\n\n\n"

    assert csv_rows(tmp_path, content) == [("a", "1"), ("b", "2")]


def test_an_empty_line_is_a_missing_value_where_there_is_one_column(tmp_path):
    assert csv_rows(tmp_path, b"soort\na\n\nb\n", names=("soort",)) == [("a",), ("",), ("b",)]


def test_quotes_and_line_breaks_in_a_value_are_part_of_it(tmp_path):
    content = b'soort,aantal\n"a, ""b""\nc",1\r\n"",2\n'

    assert csv_rows(tmp_path, content) == [('a, "b"\nc', "1"), ("", "2")]


def test_only_the_wanted_columns_are_read_in_the_order_asked(tmp_path):
    content = b"geheim;aantal;soort\nx;1;a\n"

    assert csv_rows(tmp_path, content, delimiter=";") == [("a", "1")]


def test_one_quote_that_never_closes_is_refused(tmp_path):
    content = b'soort,aantal\n"a,1\nb,2\n'

    assert refusal(csv_rows, tmp_path, content)[0] == "sources.broken-row"


def geojson_rows(folder, content, names=("code", "geometry")):
    path = folder / "x.geojson"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return rows_of(geojson_batches(path, made_contract(folder, server=GEOJSON), names))


def feature(properties, geometry=None):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def test_features_are_rows_and_their_shape_is_a_text(tmp_path):
    point = {"type": "Point", "coordinates": [5, 52]}
    content = {"type": "FeatureCollection", "features": [feature({"code": "é"}, point)]}
    content["features"].append(feature({"code": None}))

    assert geojson_rows(tmp_path, content) == [("é", json.dumps(point)), (None, None)]


BROKEN = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe\x00",
    b'{"features": 1}',
    b'{"features": [1]}',
    b'{"features": [{}]}',
    b'{"features": [{"properties": 1, "geometry": null}]}',
    b'{"features": ' + b"[" * 200_000,
    b'{"type": "FeatureCollection"}',
]


@pytest.mark.parametrize("content", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_collection_of_features_is_refused(tmp_path, content):
    assert refusal(geojson_rows, tmp_path, content)[0] == "sources.no-geojson"


def test_a_property_that_no_feature_has_is_refused(tmp_path):
    content = {"features": [feature({"code": "a"})]}

    assert refusal(geojson_rows, tmp_path, content, names=("naam",))[0] == "sources.no-such-column"


def sqlite_rows(folder, statements, names=("soort",), table="meldingen", damage=False):
    path = folder / "x.sqlite"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()
    if damage:
        raw = bytearray(path.read_bytes())
        raw[100:] = b"\xff" * (len(raw) - 100)
        path.write_bytes(raw)
    server = {
        "server": "bestand",
        "type": "local",
        "path": "x.sqlite",
        "format": "sqlite",
        "customProperties": [{"property": "table", "value": table}],
    }
    contract = made_contract(folder, server=server)
    return rows_of(sqlite_batches(path, contract, names))


def test_a_table_in_a_sqlite_file_is_read_as_text(tmp_path):
    made = ["CREATE TABLE meldingen (soort, geheim)", "INSERT INTO meldingen VALUES (1.5, 'x')"]
    made.append("INSERT INTO meldingen VALUES (NULL, 'y')")

    assert sqlite_rows(tmp_path, made) == [("1.5",), (None,)]


@pytest.mark.parametrize(
    "name", ['a"b', "a; DROP TABLE meldingen", "select", "'", "a b", "sqlite--", "é"]
)
def test_a_hostile_table_name_is_only_a_name(tmp_path, name):
    quoted = name.replace('"', '""')
    made = [f'CREATE TABLE "{quoted}" (soort)', f"INSERT INTO \"{quoted}\" VALUES ('a')"]

    assert sqlite_rows(tmp_path, made, table=name) == [("a",)]


@pytest.mark.parametrize("table", ["anders", "meldingen; DROP TABLE meldingen", "", "mel%"])
def test_a_table_that_is_not_there_is_refused(tmp_path, table):
    found = refusal(sqlite_rows, tmp_path, ["CREATE TABLE meldingen (soort)"], table=table)

    assert found[0] == "sources.no-such-table"


def test_a_column_that_is_not_there_is_refused(tmp_path):
    found = refusal(sqlite_rows, tmp_path, ["CREATE TABLE meldingen (anders)"])

    assert found[0] == "sources.no-such-column"


def test_a_damaged_database_is_refused_without_its_words(tmp_path):
    with pytest.raises(SourceError) as caught:
        sqlite_rows(tmp_path, ["CREATE TABLE meldingen (soort)"], damage=True)

    assert caught.value.code == "sources.no-sqlite"


def test_a_text_that_is_no_database_is_refused(tmp_path):
    path = tmp_path / "meldingen.csv"
    path.write_text("soort\na\n" * 500, encoding="utf-8")

    with pytest.raises(SourceError) as caught:
        rows_of(sqlite_batches(path, made_contract(tmp_path), ("soort",)))

    assert caught.value.code == "sources.no-sqlite"
