"""No attacker of a protected table pins what is withheld, held against trying every table."""

from dataclasses import replace

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from grondslag.anonymise.tables import (
    Method,
    Rules,
    Shown,
    Wishes,
    audit,
    cell_demands,
    knowledge_of,
    protect,
    sensitivity,
)
from grondslag.errors import DisclosureRefusedError
from made_tables import counted, possible_values, worlds

RULES = Rules(minimum=4)
small_tables = st.lists(
    st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=3
).filter(lambda rows: any(map(any, rows)))


def table(rows):
    return counted(
        {(f"r{at}", f"c{on}"): count for at, row in enumerate(rows) for on, count in enumerate(row)}
    )


@settings(max_examples=60, deadline=None)
@given(small_tables, st.data())
def test_the_limits_of_the_audit_are_those_of_every_possible_table(rows, data):
    cells = table(rows)
    found = sensitivity(cells, RULES)
    known = knowledge_of(cells, found, RULES)
    places = data.draw(st.sets(st.integers(0, cells.size - 1), max_size=5))
    hidden = found.unsafe.copy()
    hidden[sorted(places)] = True
    assume(found.unsafe.any() and not hidden[int(np.argmax(cells.value))])
    assume(worlds(cells, hidden, known) <= 20_000)

    report = audit(
        Shown(cells.value, hidden, cells.frame.sums), cell_demands(found), known, exact=True
    )

    seen = possible_values(cells, hidden, known)
    limits = [(min(seen[at]), max(seen[at])) for at in np.flatnonzero(found.unsafe)]
    # In two dimensions the limits are whole numbers by themselves.
    found_limits = np.round(np.stack([report.low, report.high], axis=1), 6)
    assert [tuple(pair) for pair in found_limits.tolist()] == limits


cubes = st.lists(st.integers(0, 4), min_size=8, max_size=8).filter(any)


def cube(counts):
    return counted({tuple(f"{'abc'[on]}{at >> on & 1}" for on in range(3)): count
                    for at, count in enumerate(counts)})  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(cubes, st.data())
def test_in_three_dimensions_the_limits_are_those_of_whole_tables(counts, data):
    cells = cube(counts)
    found = sensitivity(cells, RULES)
    known = knowledge_of(cells, found, RULES)
    unsafe = [
        at for at in np.flatnonzero(found.unsafe).tolist() if at != int(np.argmax(cells.value))
    ]
    hidden = np.zeros(cells.size, dtype=bool)
    hidden[data.draw(st.lists(st.sampled_from(unsafe), max_size=9)) if unsafe else []] = True
    demands = cell_demands(replace(found, unsafe=found.unsafe & hidden))
    assume(hidden.any() and worlds(cells, hidden, known) <= 20_000)

    shown = Shown(cells.value, hidden, cells.frame.sums, counts=True)
    report = audit(shown, demands, known, exact=True)

    seen = possible_values(cells, hidden, known)
    limits = [(min(seen[at]), max(seen[at])) for at in np.flatnonzero(hidden)]
    found_limits = np.round(np.stack([report.low, report.high], axis=1), 6)
    assert [tuple(pair) for pair in found_limits.tolist()] == limits


@settings(max_examples=80, deadline=None)
@given(small_tables, st.sampled_from([Method.FAST, Method.OPTIMAL]))
def test_an_attacker_who_knows_the_rules_never_pins_an_unsafe_cell(rows, method):
    cells = table(rows)
    try:
        done = protect(cells, RULES, Wishes(method=method))
    except DisclosureRefusedError:
        return
    known = knowledge_of(cells, done.found, RULES)
    assume(worlds(cells, done.hidden, known) <= 50_000)

    seen = possible_values(cells, done.hidden, known)

    for at in np.flatnonzero(done.found.unsafe):
        assert len(seen[int(at)]) >= (RULES.minimum + 1) // 2
        assert int(cells.value[at]) in seen[int(at)]


@settings(max_examples=60, deadline=None)
@given(small_tables)
def test_the_fast_way_never_costs_less_than_the_optimum(rows):
    cells = table(rows)
    try:
        fast = protect(cells, RULES, Wishes(method=Method.FAST, together=False))
    except DisclosureRefusedError:
        return

    best = protect(cells, RULES, Wishes(method=Method.OPTIMAL, together=False))

    assert best.optimal
    assert best.cost <= fast.cost + 1e-6


@settings(max_examples=60, deadline=None)
@given(small_tables, st.sampled_from(list(Method)))
def test_no_choice_costs_less_than_its_bound_and_twice_gives_the_same(rows, method):
    cells = table(rows)
    wishes = Wishes(method=method)
    try:
        done = protect(cells, RULES, wishes)
    except DisclosureRefusedError:
        return

    again = protect(cells, RULES, wishes)

    assert done.bound <= done.cost + 1e-6
    assert not done.optimal or done.bound >= done.cost * (1 - 1e-6)
    assert (again.hidden == done.hidden).all()
