"""Every table of chances keeps its conditions; every cell is the sum of its persons."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from grondslag.anonymise.tables.cell_keys import (
    KEYS,
    Perturbation,
    cell_keys,
    perturbation_table,
)
from grondslag.errors import InputError


@st.composite
def perturbations(draw):
    most = draw(st.integers(1, 12))
    variance = draw(st.floats(0.01, 20))
    try:
        found = Perturbation(most, variance, draw(st.integers(0, most - 1)))
    except InputError:  # not every deviation can be
        found = None
    assume(found is not None)
    return found


@given(perturbations())
def test_every_row_is_right_on_average_and_off_as_much_as_was_asked(perturbation):
    found = perturbation_table(perturbation)

    for count, chances in enumerate(found.chances):
        steps = perturbation.deviations(count)
        assert len(chances) == len(steps)
        assert min(chances) >= 0
        assert sum(chances) == pytest.approx(1)
        assert sum(s * c for s, c in zip(steps, chances, strict=True)) == pytest.approx(0, abs=1e-8)
        spread = sum(s * s * c for s, c in zip(steps, chances, strict=True))
        assert spread == pytest.approx(perturbation.variance if count else 0, abs=1e-8)


@given(
    perturbations(),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, KEYS - 1)), min_size=1, max_size=30),
)
def test_a_shown_count_is_never_below_zero_nor_forbidden_nor_further_off(perturbation, cells):
    counts = np.array([count for count, _ in cells], dtype=np.int64)
    keys = np.array([key for _, key in cells], dtype=np.int64)

    shown = perturbation_table(perturbation).shown(counts, keys)

    assert (np.abs(shown - counts) <= perturbation.most).all()
    assert ((shown == 0) | (shown > perturbation.none_up_to)).all()
    assert (shown[counts == 0] == 0).all()


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, KEYS - 1)), max_size=40))
def test_the_key_of_a_cell_is_the_sum_of_its_persons(persons):
    cells = np.array([cell for cell, _ in persons], dtype=np.int64)
    keys = np.array([key for _, key in persons], dtype=np.int64)

    found = cell_keys(cells, keys, size=5)

    expected = [sum(key for cell, key in persons if cell == at) % KEYS for at in range(5)]
    assert found.tolist() == expected
