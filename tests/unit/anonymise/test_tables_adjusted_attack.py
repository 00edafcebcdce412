"""What an attacker of an adjusted table can conclude: the explicit limits on both sides."""

import numpy as np
import pytest

from grondslag.anonymise.tables import Rules, adjust
from grondslag.anonymise.tables.around import attacked_around
from grondslag.anonymise.tables.demands import Knowledge
from grondslag.anonymise.tables.merging import merged
from grondslag.anonymise.tables.primary import sensitivity
from made_tables import counted, owned, possible_values

ESTIMATE = Rules(estimate=0.1)
# Of 80, 15 and 5 the second can estimate the first to 5; a tenth of 80 is 8: 3 is missing.
UNSAFE, NEED = [80.0, 15.0, 5.0], 3.0
SAFE = [10.0] * 30


def test_the_told_reach_leaves_both_sides_open():
    """A cell of 100 that must stay hidden by 3 shows 103 or 97; within 6 of that lies 97 and 103.

    So 6 is the least that may be told, and with it 3 below and 3 above are still possible.
    """
    done = adjust(owned({"a": UNSAFE, "b": UNSAFE, "c": SAFE}), ESTIMATE)

    assert done.reach == pytest.approx(2 * NEED)
    assert done.report.passed


def test_who_knows_a_smaller_reach_finds_one_side_closed():
    """Told 5 instead of 6, a cell of 100 that shows 103 is 98 at least: 2 below, and 3 is asked."""
    cells = owned({"a": UNSAFE, "b": UNSAFE, "c": SAFE})
    done = adjust(cells, ESTIMATE)

    report = attacked_around(cells, done.found, done.value, 5.0)

    assert not report.passed
    assert (report.open_below ^ report.open_above).all()


def test_a_table_that_does_not_fit_proves_nothing():
    """Below zero, not adding up or further than told: none of these is the true table."""
    cells = owned({"a": UNSAFE, "b": UNSAFE, "c": SAFE})
    done = adjust(cells, ESTIMATE)
    far = np.array([10.0, -10.0, 0.0, 0.0])

    for table in (far, np.array([3.0, 0.0, 0.0, 0.0]), -2 * cells.value):
        for own in (table, -table):
            assert not attacked_around(cells, done.found, done.value, 5.0, (own,)).passed


def test_a_slow_attacker_finds_enough_counts_for_every_small_one():
    """He tries every table of whole numbers within the told reach, and knows no more."""
    cells = counted({("a",): 1, ("b",): 6, ("c",): 3, ("d",): 7})
    rules = Rules(minimum=5)
    done = adjust(cells, rules)
    around = Knowledge(np.maximum(done.value - done.reach, 0), done.value + done.reach)

    seen = possible_values(cells, np.ones(cells.size, dtype=bool), around)

    for at in np.flatnonzero(sensitivity(cells, rules).unsafe):
        assert len(seen[int(at)]) >= 3  # half of 0 to 4, rounded up


def test_cells_that_must_be_equal_are_one():
    """In town a everything is in x, so that cell and the town's total are one number."""
    cells = counted({("a", "x"): 4, ("b", "x"): 7, ("b", "y"): 5})

    groups = merged(cells, cells.value > 0)

    by_key = dict(zip(cells.frame.keys(), groups.own.tolist(), strict=True))
    assert by_key["a", "x"] == by_key["a", "*"]
    assert by_key["b", "y"] == by_key["*", "y"]
    assert by_key["a", "y"] == -1
    assert groups.size == 6  # a; b-x; b-y; b; x; all
    assert np.abs(groups.sums @ groups.value).max() == 0
