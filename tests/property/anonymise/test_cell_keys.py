"""Every table of chances keeps its conditions; every cell is the sum of its persons."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grondslag.anonymise.tables.cell_keys import (
    KEYS,
    Perturbation,
    cell_keys,
    perturbation_table,
)


@st.composite
def perturbations(draw):
    """Any that can be: a 1 goes to 0 or up by most; a count c of 1 up to t to 0 or to t + 1."""
    most = draw(st.integers(1, 12))
    least = [max((c * (t + 1 - c) for c in range(1, t + 1)), default=0) for t in range(most)]
    none_up_to = draw(st.sampled_from([t for t in range(most) if least[t] < most]))
    share = draw(st.floats(0.01, 0.99))
    variance = least[none_up_to] + share * (most - least[none_up_to])
    return Perturbation(most, variance, none_up_to)


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
