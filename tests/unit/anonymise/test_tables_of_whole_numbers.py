"""An attacker who knows that persons come whole learns more than the numbers in between tell."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix, identity

from grondslag.anonymise.tables import Demands, Knowledge, Shown, audit

# x + y + w, y + z and z + x are shown, each 2. So x = y and w = 2 - 2x: w goes by twos.
SUMS = csr_matrix(
    [
        # x   y   z   w  shown
        [-1, -1, 0, -1, 1, 0, 0],
        [0, -1, -1, 0, 0, 1, 0],
        [-1, 0, -1, 0, 0, 0, 1],
    ],
    dtype=float,
)
VALUE = np.array([1.0, 1.0, 1.0, 0.0, 2.0, 2.0, 2.0])
HIDDEN = np.array([True] * 4 + [False] * 3)


def asked_of_w(most, *, counts, exact=False):
    """The last withheld cell, 0 in truth, must be able to be 1; everybody knows its most."""
    one = identity(7, format="csr")[[3]]
    known = Knowledge(np.zeros(7), np.where(np.arange(7) == 3, most, np.inf))
    demands = Demands(one, np.zeros(1), np.ones(1))
    return audit(Shown(VALUE, HIDDEN, SUMS, counts=counts), demands, known, exact=exact)


def test_parts_of_persons_do_not_hide_a_count():
    assert asked_of_w(1.0, counts=False).passed  # with x = y = 1/2
    assert not asked_of_w(1.0, counts=True).passed


@pytest.mark.parametrize(("most", "high"), [(1.0, 0.0), (2.0, 2.0), (3.0, 2.0)])
def test_the_limits_are_those_of_whole_tables(most, high):
    report = asked_of_w(most, counts=True, exact=True)

    assert report.low.tolist() == [0.0]
    assert report.high == pytest.approx([high])


def test_a_whole_table_that_reaches_far_enough_is_found():
    assert asked_of_w(2.0, counts=True).passed
