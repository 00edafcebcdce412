"""Controlled rounding: what becomes of a table, and when there is none."""

import numpy as np
import pytest

from grondslag.anonymise.tables import Rules, round_to
from grondslag.errors import DisclosureRefusedError, InputError
from made_tables import counted, owned

COUNTS = {
    ("a", "x"): 3, ("a", "y"): 9, ("a", "z"): 5,
    ("b", "x"): 11, ("b", "y"): 0, ("b", "z"): 4,
}  # fmt: skip
# Found among random tables of three dimensions: multiples of 4 beside the true ones never add up.
FURTHER = {
    (f"a{i}", f"b{j}", f"c{k}"): count
    for i, block in enumerate([[[2, 1, 0], [2, 1, 1]], [[0, 3, 3], [2, 0, 1]]])
    for j, row in enumerate(block)
    for k, count in enumerate(row)
}


def test_every_cell_is_one_of_the_two_multiples_around_it_and_all_sums_hold():
    cells = counted(COUNTS)

    done = round_to(cells, Rules(minimum=5), 5)

    assert (done.value % 5 == 0).all()
    assert (np.abs(done.value - cells.value) < 5).all()
    assert (cells.frame.sums @ done.value == 0).all()
    assert done.reach == 1
    assert done.report.passed


def test_multiples_and_zeros_stay():
    cells = counted(COUNTS)

    shown = round_to(cells, Rules(minimum=5), 5).shown()

    assert shown["b", "y"] == 0
    assert shown["a", "z"] == 5


def test_the_nearest_table_is_chosen():
    cells = counted({("a",): 4, ("b",): 4, ("c",): 1})

    shown = round_to(cells, Rules(minimum=5), 5).shown()

    # 4, 4, 1 of 9: 5, 5, 0 of 10 moves 4 together; every other table moves more.
    assert shown == {("*",): 10, ("a",): 5, ("b",): 5, ("c",): 0}


def test_amounts_go_to_the_side_that_hides_them():
    cells = owned({"a": [19.0], "b": [40.0] * 5, "c": [33.0] * 3})
    rules = Rules(minimum=3, margin=0.5)

    done = round_to(cells, rules, 20)

    # 19 must be open by 9.5 below as well: shown as 20 it could be anything from 0 to 40.
    assert done.shown()["a",] == 20
    assert done.report.passed


@pytest.mark.parametrize("base", [0, -5, 1, 2.5, float("nan")])
def test_a_base_that_rounds_no_counts_is_refused(base):
    with pytest.raises(InputError) as refused:
        round_to(counted(COUNTS), Rules(minimum=5), base)

    assert refused.value.code == "tables.base-out-of-range"


def test_a_base_that_hides_too_little_is_refused():
    cells = owned({"a": [4000.0], "b": [40.0] * 5, "c": [33.0] * 3})

    with pytest.raises(DisclosureRefusedError) as refused:
        round_to(cells, Rules(minimum=3), 5)

    assert refused.value.code == "tables.base-too-small"


def test_where_the_nearest_multiples_do_not_add_up_cells_go_further_and_it_is_said():
    cells = counted(FURTHER)

    done = round_to(cells, Rules(minimum=3), 4)

    assert done.reach > 1
    assert (cells.frame.sums @ done.value == 0).all()
    assert (done.value[cells.value == 0] == 0).all()
