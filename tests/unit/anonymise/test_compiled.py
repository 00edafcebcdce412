"""Loops are compiled where nothing can be kept, and lattices are marked as their words say."""

from itertools import product

import numba
import numpy as np
import pytest

from grondslag.anonymise.compiled import compiled
from grondslag.anonymise.lattice_loops import (
    add_terms,
    mark_box,
    open_above,
    open_below,
    raise_below,
)

HEIGHTS = np.array([2, 3, 2], np.int64)
STEPS = np.array([6, 2, 1], np.int64)
NODES = list(product(range(2), range(3), range(2)))


def test_a_loop_works_also_where_no_folder_can_be_written(monkeypatch):
    asked = []

    def read_only(**how):
        asked.append(how.get("cache", False))
        if how.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return lambda function: function

    monkeypatch.setattr(numba, "njit", read_only)

    @compiled
    def twice(number: int) -> int:
        return 2 * number

    assert twice(21) == 42
    assert asked == [True, False]


def at_most(low, high):
    return all(a <= b for a, b in zip(low, high, strict=True))


@pytest.mark.parametrize(("low", "high"), [(a, b) for a in NODES for b in NODES if at_most(a, b)])
def test_a_box_is_all_nodes_between_two(low, high):
    marks = np.zeros(12, np.uint8)

    mark_box(marks, STEPS, np.array(low), np.array(high), 1)

    assert [node for node, mark in zip(NODES, marks, strict=True) if mark] == [
        node for node in NODES if at_most(low, node) and at_most(node, high)
    ]


def test_open_nodes_are_counted_below_and_above():
    is_open = np.array([at % 3 == 0 for at in range(12)], np.uint8)
    below, above = np.zeros(12, np.int32), np.zeros(12, np.int32)

    open_below(is_open, STEPS, HEIGHTS, below)
    open_above(is_open, STEPS, HEIGHTS, above)

    those = [node for node, mark in zip(NODES, is_open, strict=True) if mark]
    assert below.tolist() == [sum(at_most(one, node) for one in those) for node in NODES]
    assert above.tolist() == [
        sum(at_most(node, one) for one in those) * (node in those) for node in NODES
    ]


def test_terms_add_up_for_every_node_and_raise_those_below_one():
    terms = np.arange(9.0).reshape(3, 3) ** 1.5
    sums, raised = np.zeros(12), np.zeros(12)

    add_terms(terms, STEPS, HEIGHTS, sums)
    raise_below(raised, STEPS, np.array([1, 1, 0]), terms)

    expected = [sum(terms[at, level] for at, level in enumerate(node)) for node in NODES]
    assert sums == pytest.approx(expected)
    assert raised == pytest.approx(
        [one if at_most(node, (1, 1, 0)) else 0 for node, one in zip(NODES, expected, strict=True)]
    )
