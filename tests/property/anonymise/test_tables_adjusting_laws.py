"""Adjusted tables: sums hold and unsafe cells went away, looked at without the solver's code."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grondslag.anonymise.tables import ALL, Rules, adjust, sensitivity
from grondslag.anonymise.tables import adjusting as ways
from grondslag.errors import DisclosureRefusedError
from made_tables import counted

RULES = Rules(minimum=4)
counts_of_two = st.lists(st.integers(0, 30), min_size=6, max_size=6).filter(any)
counts_of_three = st.lists(st.integers(0, 30), min_size=12, max_size=12).filter(any)


def table(counts):
    widths = (3, 2) if len(counts) == 6 else (3, 2, 2)
    keys = product(*([f"{'abc'[on]}{at}" for at in range(w)] for on, w in enumerate(widths)))
    return counted(dict(zip(keys, counts, strict=True)))


def added_up(shown, key):
    """The inner cells of a total, added up one by one."""
    return sum(
        value
        for other, value in shown.items()
        if ALL not in other
        and all(mine in (ALL, its) for mine, its in zip(key, other, strict=True))
    )


@pytest.mark.parametrize("small", [0, 200])
@settings(max_examples=60, deadline=None)
@given(counts=st.one_of(counts_of_two, counts_of_three))
def test_an_adjusted_table_adds_up_and_shows_no_unsafe_cell(small, counts):
    cells = table(counts)
    found = sensitivity(cells, RULES)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ways, "_SMALL", small)  # directions by hand, or by the integer programme
        try:
            done = adjust(cells, RULES)
            again = adjust(cells, RULES)
        except DisclosureRefusedError:
            return

    shown = done.shown()
    assert all(value >= 0 and value == round(value) for value in shown.values())
    assert all(value == added_up(shown, key) for key, value in shown.items() if ALL in key)
    for at, key in enumerate(cells.frame.keys()):
        move = shown[key] - cells.value[at]
        if found.unsafe[at]:
            assert move >= max(1.0, found.above[at]) or -move >= max(1.0, found.below[at])
        elif cells.value[at] == 0:
            assert move == 0
    assert done.moved == np.abs(done.value - cells.value).sum()
    assert (again.value == done.value).all()


@settings(max_examples=40, deadline=None)
@given(counts_of_two)
def test_the_integer_programme_never_moves_more_than_directions_by_hand(counts):
    cells = table(counts)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ways, "_SMALL", 0)
            by_hand = adjust(cells, RULES)
    except DisclosureRefusedError:
        return

    best = adjust(cells, RULES)

    # A total that moves counts a thousandth more, so two tables that move as far may change place.
    assert best.moved <= by_hand.moved * 1.001 + 1e-9
