"""Controlled adjustment: the least moves, by hand, and what cannot be adjusted."""

import pyarrow as pa
import pytest

from grondslag.anonymise.tables import ALL, Measure, Rules, adjust, flat, tabulate
from made_tables import counted, owned

ESTIMATE = Rules(estimate=0.1)
# Of 80, 15 and 5 the second can estimate the first to 5; a tenth of 80 is 8: 3 is missing.
UNSAFE, NEED = [80.0, 15.0, 5.0], 3.0
SAFE = [10.0] * 30


def test_two_unsafe_cells_make_up_for_each_other():
    """Each moves by 3 at least, so 6 is the least; up and down nothing else has to."""
    done = adjust(owned({"a": UNSAFE, "b": UNSAFE, "c": SAFE}), ESTIMATE)

    shown = done.shown()
    assert done.moved == pytest.approx(2 * NEED)
    assert sorted([shown[("a",)], shown[("b",)]]) == pytest.approx([97.0, 103.0])
    assert (shown[("c",)], shown[(ALL,)]) == pytest.approx((300.0, 500.0))
    assert done.optimal


def test_one_unsafe_cell_takes_another_along_and_the_total_stays():
    done = adjust(owned({"a": UNSAFE, "c": SAFE}), ESTIMATE)

    assert done.moved == pytest.approx(2 * NEED)
    assert done.shown()[(ALL,)] == pytest.approx(400.0)
    assert int(done.others.sum()) == 1


def test_in_two_dimensions_three_others_go_along():
    """The cell's row and its column each need another move of 3; the column of the one and the row
    of the other need one more, which one cell can give: 12 in all, and no less."""
    rows = pa.table(
        {
            "branch": ["x"] * 3 + ["x"] * 30 + ["y"] * 60,
            "town": ["a"] * 3 + ["b"] * 30 + ["a"] * 30 + ["b"] * 30,
            "amount": UNSAFE + SAFE * 3,
            "owner": list(range(93)),
        }
    )
    tables = [[flat("branch", ["x", "y"]), flat("town", ["a", "b"])]]
    cells = tabulate(rows, tables, Measure("amount", "owner"))

    done = adjust(cells, ESTIMATE)

    assert done.moved == pytest.approx(4 * NEED)
    assert abs(done.shown()[("x", "a")] - 100.0) == pytest.approx(NEED)
    assert done.shown()[(ALL, ALL)] == pytest.approx(1000.0)


def test_nothing_moves_where_nothing_is_unsafe():
    done = adjust(owned({"a": SAFE, "b": SAFE}), ESTIMATE)

    assert done.moved == 0.0
    assert done.optimal


def test_a_count_never_shows_its_own_value():
    cells = counted({("a", "x"): 1, ("a", "y"): 20, ("b", "x"): 20, ("b", "y"): 20})

    done = adjust(cells, Rules(minimum=5))

    assert done.shown()[("a", "x")] != 1
    assert all(value == round(value) for value in done.shown().values())
