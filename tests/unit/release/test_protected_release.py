"""A total beside a small cell: other cells are withheld, and no attack undoes it."""

import pytest

from figures import CLOCK, FOUR_EYES, OPEN, figure, let_out
from grondslag.errors import DisclosureRefusedError
from grondslag.release import ALL, Cell, Ledger, Profile, Scope, read_release, write_release

AREAS = {"a": 3, "b": 14, "c": 40, "d": 60, ALL: 117}
PARENTS = {"s1": "w", "s2": "w", "s3": "w", "s4": "w"}


def visible(table):
    return {cell.keys: cell.count for cell in table.cells if cell.count is not None}


def test_the_smallest_other_cell_is_withheld_and_the_total_stays(tmp_path):
    (table,) = let_out(tmp_path, figure(AREAS))

    assert visible(table) == {("c",): 40, ("d",): 60, (ALL,): 117}
    assert table.others_withheld


def test_derived_numbers_of_every_withheld_cell_are_gone(tmp_path):
    cells = tuple(Cell((key,), count, {"rate": 1.0}) for key, count in AREAS.items())

    (table,) = let_out(tmp_path, figure(cells))

    assert [cell.derived for cell in table.cells if cell.withheld] == [{}, {}]


def test_two_dimensions_are_protected_in_both_directions(tmp_path):
    counts = {
        ("a", "x"): 3, ("a", "y"): 30, ("a", "z"): 20,
        ("b", "x"): 40, ("b", "y"): 25, ("b", "z"): 50,
        ("c", "x"): 70, ("c", "y"): 80, ("c", "z"): 60,
    }  # fmt: skip
    for name in "abc":
        counts[name, ALL] = sum(counts[name, kind] for kind in "xyz")
    for kind in "xyz":
        counts[ALL, kind] = sum(counts[name, kind] for name in "abc")
    cells = tuple(Cell(keys, count) for keys, count in counts.items())

    (table,) = let_out(tmp_path, figure(cells, dimensions=("area", "kind")))

    hidden = {cell.keys for cell in table.cells if cell.withheld and ALL not in cell.keys}
    assert ("a", "x") in hidden
    for on in (0, 1):
        lines = [keys[on] for keys in hidden]
        assert all(lines.count(line) >= 2 for line in lines)


def test_nested_areas_of_two_tables_are_protected_together(tmp_path):
    district = figure({"w": 130, "v": 90}, id="districts")
    streets = figure(
        {"s1": 4, "s2": 36, "s3": 40, "s4": 50}, id="streets", area_parents=PARENTS, covers=False
    )

    _, table = let_out(tmp_path, district, streets)

    assert visible(table) == {("s3",): 40, ("s4",): 50}


def test_a_later_table_is_protected_against_an_earlier_total(tmp_path):
    let_out(tmp_path, figure((Cell((), 117),), dimensions=(), id="city"))

    (table,) = let_out(tmp_path, figure({key: AREAS[key] for key in "abcd"}))

    assert visible(table) == {("c",): 40, ("d",): 60}


def test_what_was_withheld_for_others_does_not_come_out_later(tmp_path):
    let_out(tmp_path, figure(AREAS))

    with pytest.raises(DisclosureRefusedError) as refused:
        let_out(tmp_path, figure({"b": 14}, id="later", covers=False))

    assert refused.value.fields["earlier"]


def test_windows_that_roll_on_never_leave_a_small_rest(tmp_path):
    def window(first, last, counts):
        cells = tuple(Cell((year,), counts[year]) for year in counts if first <= year <= last)
        scope = Scope(period=(f"{first}-01-01", f"{last}-12-31"))
        total = (Cell((ALL,), sum(cell.count for cell in cells)),)
        return figure(cells + total, dimensions=("period",), scope=scope, id=f"from-{first}")

    counts = {"2020": 30, "2021": 4, "2022": 25, "2023": 40, "2024": 50, "2025": 12}
    tables = []
    for first, last in (("2020", "2023"), ("2021", "2024"), ("2022", "2025")):
        try:
            tables += let_out(tmp_path, window(first, last, counts))
        except DisclosureRefusedError:
            continue

    shown = {}
    for table in tables:
        shown |= {keys[0]: count for keys, count in visible(table).items() if keys != (ALL,)}
    assert "2021" not in shown
    for table in tables:
        total = table.cell(ALL)
        years = [cell.keys[0] for cell in table.cells if cell.keys != (ALL,)]
        if total.count and "2021" in years:
            assert total.count - sum(shown.get(year, 0) for year in years) >= OPEN.minimum


def test_the_same_table_again_is_the_same_release(tmp_path):
    first = let_out(tmp_path, figure(AREAS))
    again = let_out(tmp_path, figure(AREAS))

    assert first == again
    assert len(Ledger(tmp_path).entries("crashes", "rows")) == 1


def test_a_protected_table_is_read_back_as_it_was(tmp_path):
    ledger = Ledger(tmp_path / "ledger")
    tables = let_out(ledger.folder, figure(AREAS))
    path = write_release(tmp_path, tables, project="p", profile=OPEN, by=FOUR_EYES, clock=CLOCK)

    assert read_release(path, ledger).figures == tables


def test_a_cell_that_is_small_in_persons_is_protected_too(tmp_path):
    cells = (
        Cell(("a",), 40, contributors=4),
        Cell(("b",), 50, contributors=20),
        Cell(("c",), 60, contributors=30),
        Cell(("d",), 70, contributors=30),
        Cell((ALL,), 220, contributors=80),
    )

    (table,) = let_out(tmp_path, figure(cells), profile=Profile("open", 10, OPEN.since))

    assert visible(table) == {("c",): 60, ("d",): 70, (ALL,): 220}
