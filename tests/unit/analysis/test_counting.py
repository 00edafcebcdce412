"""From delivered tables to counts: records, aggregates with withheld cells, persons behind rows."""

from types import MappingProxyType

import pyarrow as pa
import pytest

from grondslag.analysis.comparing import compared
from grondslag.analysis.counting import Material, Tally
from grondslag.analysis.exposure import Denominator
from grondslag.analysis.places import Places
from grondslag.analysis.quality import merged_until_shown
from grondslag.contracts import Area, AreaList
from grondslag.release import Cell

LIST = AreaList(
    "test",
    ("buurt", "wijk"),
    MappingProxyType(
        {
            "A": Area("A", "Noord", "wijk", ""),
            "B": Area("B", "Zuid", "wijk", ""),
            "A1": Area("A1", "Haven", "buurt", "A"),
            "A2": Area("A2", "Dok", "buurt", "A"),
            "B1": Area("B1", "Park", "buurt", "B"),
        }
    ),
    "0" * 64,
)
PLACES = Places(LIST, {"buurt": "buurt"})


def test_records_are_counted_per_key_and_missing_keys_are_left_out():
    table = pa.table({"buurt": ["A1", "A1", "B1", None]})
    material = Material(table, "", "")

    found = material.per([table["buurt"].to_pylist()])

    assert found == {("A1",): Tally(2), ("B1",): Tally(1)}
    assert material.total() == Tally(4)


def test_a_sum_over_a_withheld_cell_is_not_known():
    table = pa.table(
        {
            "wijk": ["A", "A", "B", "B"],
            "rows": pa.array([30, None, 20, 25], pa.int64()),
            "withheld": [False, True, False, False],
        }
    )

    found = Material(table, "rows", "").per([table["wijk"].to_pylist()])

    assert found == {("A",): Tally(None), ("B",): Tally(45)}


def test_distinct_persons_stand_behind_rows():
    table = pa.table({"wijk": ["A", "A", "A", "B"], "bsn": ["x", "x", "y", "z"]})

    found = Material(table, "", "bsn").per([table["wijk"].to_pylist()])

    assert found == {("A",): Tally(3, 2), ("B",): Tally(1, 1)}


def test_an_empty_table_counts_nothing():
    table = pa.table({"wijk": pa.array([], pa.string())})

    assert Material(table, "", "").total() == Tally(0)
    assert Material(table, "", "").per([[]]) == {}


# Of area A two parts of six are unknown: too many to fill in.
@pytest.mark.parametrize(
    ("level", "expected"), [("buurt", {"A1": 10.0, "B1": 30.0}), ("wijk", {"B": 30.0})]
)
def test_an_exposure_is_summed_upward_and_gaps_are_filled_up_to_a_fifth(level, expected):
    parts = {"A1": (8.0, 4, 5), "A2": (0.0, 0, 1), "B1": (30.0, 1, 1)}

    found = Denominator("traffic", "buurt", parts, None, "wegen").per_area(PLACES, level)

    assert found == expected


def test_a_coarse_exposure_cannot_be_given_for_finer_areas():
    residents = Denominator("residents", "wijk", {"A": (500.0, 1, 1)}, 2022, "inwoners")

    assert residents.per_area(PLACES, "buurt") == {}
    assert residents.per_area(PLACES, "wijk") == {"A": 500.0}


def test_small_groups_of_residents_are_no_exposure():
    residents = Denominator("residents", "wijk", {"A": (9.0, 1, 1), "B": (10.0, 1, 1)}, 2022,
                            "inwoners", least=10.0)  # fmt: skip

    assert residents.per_area(PLACES, "wijk") == {"B": 10.0}


def test_without_a_total_there_is_a_rate_but_no_ratio():
    tallies = {"A": Tally(40), "B": Tally(None), "C": Tally(30)}

    found = compared(tallies, dict.fromkeys("ABC", 100.0), per=1000, minimum=10, focus=())

    by_code = {cell.keys[0]: cell for cell in found.cells}
    assert found.total is None
    assert by_code["A"].derived["rate"] == 400
    assert "ratio" not in by_code["A"].derived
    assert by_code["B"] == Cell(("B",), None, {}, 100.0)


MERGED = [
    ({"UMS": 50, "LET": 30, "DOD": 12}, {"UMS": 1, "LET": 1, "DOD": 1}),
    ({"UMS": 50, "LET": 30, "DOD": 2}, {"UMS": 1, "DOD+LET": 2}),
    ({"UMS": 50, "LET": 4, "DOD": 2}, {"DOD+LET+UMS": 3}),
    ({"UMS": 5, "LET": 2}, {}),
    ({}, {}),
]


@pytest.mark.parametrize(("counts", "groups"), MERGED)
def test_rare_values_are_put_together_until_each_group_may_be_shown(counts, groups):
    tallies = {name: Tally(count) for name, count in counts.items()}

    merged = merged_until_shown(tallies, 10)

    assert {key: len(values) for key, values in merged.items()} == groups
