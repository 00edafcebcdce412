"""Every file of Voorbeeldstad: readable, the same twice, and with the dirt that was meant."""

import re
import resource
import sqlite3
import time
from datetime import date

import pytest

from grondslag.canonical import sha256_of_file
from grondslag.errors import InputError, SourceError
from grondslag.synthetic import make_town
from grondslag.synthetic.town import DIRTY_FILE, FILES
from keeping import broken_promises, count_of
from reading import read_as

TODAY = date(2026, 11, 2)


def hashes(town):
    files = [*town.sources.values(), town.truth]
    return {str(path.relative_to(town.folder)): sha256_of_file(path) for path in files}


def test_one_seed_gives_the_same_bytes(tmp_path):
    first = make_town(tmp_path / "a", today=TODAY, residents=900, seed=5)
    second = make_town(tmp_path / "b", today=TODAY, residents=900, seed=5)

    assert hashes(first) == hashes(second)


def test_another_seed_gives_other_data(tmp_path):
    first = make_town(tmp_path / "a", today=TODAY, residents=900, seed=5)
    second = make_town(tmp_path / "b", today=TODAY, residents=900, seed=6)

    same = {name for name, digest in hashes(first).items() if hashes(second)[name] == digest}
    assert same == set()


def test_more_residents_leave_roads_and_crashes_alone(tmp_path, voorbeeldstad):
    small = make_town(tmp_path, today=TODAY, residents=700)

    about_places = {"ongevallen", "wegen", "snelheden"} | {
        f"{partner}-aantallen" for partner in ("politie", "ambulance")
    }
    same = {
        name
        for name in FILES
        if sha256_of_file(small.sources[name]) == sha256_of_file(voorbeeldstad.sources[name])
    }
    assert same == about_places


def test_every_dataset_has_a_contract_and_every_contract_a_dataset(contracts):
    assert set(contracts) == set(FILES)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_keeps_its_contract(name, voorbeeldstad, contracts):
    table, unreadable = read_as(contracts[name], voorbeeldstad.sources[name])

    assert unreadable == 0
    assert table.num_rows > 0
    assert broken_promises(contracts[name], table) == []


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_contract_points_to_where_the_file_is_written(name, voorbeeldstad, contracts):
    path = contracts[name].server.path

    assert path == f"../../voorbeeldstad-data/{FILES[name]}"
    assert path.startswith(contracts[name].privacy.source_folders[0] + "/")


def test_crashes_stand_there_twice_and_miss_streets(voorbeeldstad, contracts):
    table, _ = read_as(contracts["ongevallen"], voorbeeldstad.sources["ongevallen"])

    rows = [tuple(row.values()) for row in table.to_pylist()]
    twice = len(rows) - len(set(rows))
    assert 5 <= twice <= 40
    assert table["ongeval_id"].to_pylist() != sorted(table["ongeval_id"].to_pylist())
    assert 0.01 < table["straat"].null_count / table.num_rows < 0.03
    assert 0.05 < table["partij_1"].null_count / table.num_rows < 0.2
    assert table["buurt"].null_count == 0


def test_notes_of_crashes_hold_plates_but_no_person_number(voorbeeldstad):
    text = voorbeeldstad.sources["ongevallen"].read_text(encoding="windows-1252")

    assert re.search(r"SS-\d{3}-[A-Z]", text)
    assert re.search(r"06-000\d{5}", text)
    assert not re.search(r"\b9\d{8}\b", text)
    assert re.search(r";auto  ;", text)
    with pytest.raises(UnicodeDecodeError):
        voorbeeldstad.sources["meldingen"].read_text(encoding="utf-8")


def test_nobody_in_a_note_of_a_crash_lives_in_the_town(voorbeeldstad):
    text = voorbeeldstad.sources["ongevallen"].read_text(encoding="windows-1252")

    with sqlite3.connect(voorbeeldstad.sources["inwoners"]) as database:
        surnames = {row[0] for row in database.execute("SELECT DISTINCT achternaam FROM inwoners")}
    assert [name for name in surnames if name in text] == []


def test_complaints_hold_every_kind_of_personal_data(voorbeeldstad):
    text = voorbeeldstad.sources["meldingen"].read_text(encoding="utf-16")

    for pattern in (
        r"Mijn bsn is 9\d{8}\.",
        r"NL\d{2}TEST\d{10}",
        r"\w+@voorbeeldstad\.example",
        r"06-000\d{5}",
        r"SS-\d{3}-[A-Z]",
        r"9\d{3} S[ADS]\.",
    ):
        assert re.search(pattern, text), pattern


def test_secrecy_marks_and_objections_of_each_state_are_there(voorbeeldstad, contracts):
    residents, _ = read_as(contracts["inwoners"], voorbeeldstad.sources["inwoners"])
    objections, _ = read_as(contracts["bezwaren"], voorbeeldstad.sources["bezwaren"])

    assert 0.02 < count_of(residents, "geheim", "J") / residents.num_rows < 0.05
    assert set(objections["staat"].to_pylist()) == {
        "ontvangen",
        "in_behandeling",
        "toegewezen",
        "afgewezen",
    }
    assert set(objections["bsn"].to_pylist()) <= set(residents["bsn"].to_pylist())
    assert count_of(objections, "doel", "verkeersveiligheid") >= 10


def test_residents_are_households_with_a_number_each(voorbeeldstad, contracts):
    table, _ = read_as(contracts["inwoners"], voorbeeldstad.sources["inwoners"])

    assert table.num_rows == 12_000
    assert len(set(table["bsn"].to_pylist())) == 12_000
    addresses = set(zip(table["straat"].to_pylist(), table["huisnummer"].to_pylist(), strict=True))
    assert 1.8 < 12_000 / len(addresses) < 2.6
    prefixed = table["tussenvoegsel"].drop_null()
    assert 0.2 < len(prefixed) / 12_000 < 0.4
    assert "van der" in prefixed.to_pylist()
    born, since = table["geboortedatum"].to_pylist(), table["ingeschreven_sinds"].to_pylist()
    assert all(b <= s <= TODAY for b, s in zip(born, since, strict=True))
    children = sum((TODAY - day).days < 18 * 365 for day in born) / 12_000
    assert 0.12 < children < 0.3


def test_inhabitants_on_the_map_are_those_of_the_register(voorbeeldstad, contracts):
    residents, _ = read_as(contracts["inwoners"], voorbeeldstad.sources["inwoners"])
    for name, column in (("wijken", "wijk"), ("buurten", "buurt")):
        areas, _ = read_as(contracts[name], voorbeeldstad.sources[name])

        for code, count in zip(
            areas[column].to_pylist(), areas["inwoners"].to_pylist(), strict=True
        ):
            assert count == count_of(residents, column, code)


def test_partners_leave_out_counts_under_ten(voorbeeldstad, contracts):
    for name, column in (
        ("ambulance-aantallen", "slachtoffers"),
        ("politie-aantallen", "overtredingen"),
    ):
        table, _ = read_as(contracts[name], voorbeeldstad.sources[name])

        counts = table[column].drop_null().to_pylist()
        assert min(counts) >= 10
        assert len(counts) > table.num_rows / 2


def test_dirt_that_nobody_can_read_stands_in_a_file_of_its_own(voorbeeldstad, contracts):
    table, unreadable = read_as(contracts["ongevallen"], voorbeeldstad.folder / DIRTY_FILE)

    assert unreadable == 3  # two days in another form, a year in words
    assert "a value outside the list" in " ".join(broken_promises(contracts["ongevallen"], table))


@pytest.mark.parametrize("residents", [0, 199, 9_000_001, -5])
def test_a_town_too_small_or_too_large_is_refused(residents, tmp_path):
    with pytest.raises(InputError) as refused:
        make_town(tmp_path, today=TODAY, residents=residents)

    assert refused.value.code == "synthetic.residents"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_gives_one_clear_error_and_nothing_half_written(tmp_path):
    (tmp_path / "mobiliteit").write_text("in de weg", encoding="utf-8")

    with pytest.raises(SourceError) as refused:
        make_town(tmp_path, today=TODAY, residents=300)

    assert refused.value.code == "synthetic.cannot-write"
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.long
def test_a_million_residents_within_a_minute_and_two_gigabytes(tmp_path):
    before = time.monotonic()

    town = make_town(tmp_path, today=TODAY, residents=1_000_000)

    took = time.monotonic() - before
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    with sqlite3.connect(town.sources["inwoners"]) as database:
        count, distinct = database.execute(
            "SELECT count(*), count(DISTINCT bsn) FROM inwoners"
        ).fetchone()
    assert count == distinct == 1_000_000
    assert took < 60
    assert used < 2048
