"""What an analysis may count on: the tables as the gate would show them."""

from grondslag.release import Cell, Figure, Scope, would_show

DISTRICT = {"B1": "W1", "B2": "W1", "B3": "W1", "B4": "W1"}


def table(name, counts):
    cells = tuple(Cell((code,), count) for code, count in counts.items())
    return Figure(name, "analysis.title", "kou", "row", Scope(), ("area",), cells, minimum=10,
                  area_parents=DISTRICT)  # fmt: skip


def test_large_counts_are_shown_as_they_are():
    shown = would_show([table("buurt", {"B1": 40, "B2": 50, "B3": 60})], minimum=10)

    assert [cell.count for cell in shown[0].cells] == [40, 50, 60]


def test_a_small_count_beside_its_sum_takes_another_with_it():
    shown = would_show(
        [table("buurt", {"B1": 4, "B2": 50, "B3": 60, "B4": 70}), table("wijk", {"W1": 184})],
        minimum=10,
    )

    assert shown[1].cells[0].count == 184
    assert [cell.count for cell in shown[0].cells] == [None, None, 60, 70]


def test_tables_that_cannot_be_shown_together_are_none():
    whole = Figure("stad", "analysis.title", "kou", "row", Scope(), (), (Cell((), 54),), minimum=10)

    assert would_show([whole, table("buurt", {"B1": 4, "B2": 50})], minimum=10) is None
