"""Rounding keeps every sum, on random tables, and no attacker counts below what must stay open."""

from itertools import product

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grondslag.anonymise.tables import Knowledge, Rules, round_to, sensitivity
from grondslag.errors import DisclosureRefusedError
from made_tables import counted, worlds

RULES = Rules(minimum=4)


@st.composite
def tables(draw, most=30):
    """Counts in two or three dimensions."""
    shape = draw(st.sampled_from([(2, 3), (3, 3), (2, 2, 2), (2, 3, 2)]))
    keys = list(product(*[[f"{on}{at}" for at in range(size)] for on, size in enumerate(shape)]))
    counts = draw(st.lists(st.integers(0, most), min_size=len(keys), max_size=len(keys)))
    assume(any(counts))
    return counted(dict(zip(keys, counts, strict=True)))


@settings(max_examples=80, deadline=None)
@given(tables(), st.integers(3, 10))
def test_a_rounded_table_adds_up_and_lies_near(cells, base):
    try:
        done = round_to(cells, RULES, base)
    except DisclosureRefusedError:
        return

    assert (cells.frame.sums @ done.value == 0).all()
    assert (done.value % base == 0).all()
    assert (done.value[cells.value == 0] == 0).all()
    assert (np.abs(done.value - cells.value) < done.reach * base).all()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=4, max_size=4).filter(any))
def test_enough_counts_stay_possible_for_who_knows_the_base(counts):
    cells = counted(dict(zip(product(["a", "b"], ["x", "y"]), counts, strict=True)))
    try:
        done = round_to(cells, RULES, 4)
    except DisclosureRefusedError:
        return
    width = done.reach * 4 - 1
    known = Knowledge(np.maximum(done.value - width, 0), done.value + width)
    every = np.ones(cells.size, dtype=bool)
    # The totals follow from the four cells: trying those is trying all.
    keys = cells.frame.keys()
    inner = np.array(["*" not in key for key in keys])
    tried = [range(int(known.low[at]), int(known.high[at]) + 1) for at in np.flatnonzero(inner)]
    assume(worlds(cells, inner, known) <= 5_000)

    seen = {int(at): set() for at in np.flatnonzero(every)}
    for world in product(*tried):
        value = np.zeros(cells.size)
        value[inner] = world
        _fill_totals(cells, value, inner)
        if (value >= known.low).all() and (value <= known.high).all():
            for at, values in seen.items():
                values.add(value[at])

    for at in np.flatnonzero(sensitivity(cells, RULES).unsafe):
        assert len(seen[int(at)]) >= (RULES.minimum + 1) // 2


def _fill_totals(cells, value, inner):
    keys = cells.frame.keys()
    for at in np.flatnonzero(~inner):
        value[at] = sum(
            value[on]
            for on in np.flatnonzero(inner)
            if all(whole in ("*", part) for whole, part in zip(keys[at], keys[on], strict=True))
        )
