"""An attacker who knows the rule and sees everything never pins what is withheld."""

import tempfile
from datetime import date
from itertools import product
from pathlib import Path

from hypothesis import assume, given
from hypothesis import strategies as st

from figures import figure, let_out
from grondslag.errors import DisclosureRefusedError
from grondslag.release import ALL, Cell, Profile, ReleasedFigure

MINIMUM = 4
ENOUGH = 2  # values that must stay possible: half of the minimum
PROFILE = Profile("small", MINIMUM, date(2020, 1, 1))

counts = st.integers(0, 8)
by_area = st.lists(counts, min_size=2, max_size=5)
shown_cells = st.sets(st.integers(0, 4))


HIGHEST = 12  # more than any made-up count; the attacker does not know how much more


def worlds(hidden, truth):
    """Every table that may be the true one, for who knows which withheld cells are small."""
    return product(
        *(range(MINIMUM) if truth[name] < MINIMUM else range(MINIMUM, HIGHEST) for name in hidden)
    )


def possible_values(facts, names, truth):
    """Per small name the values it has in any world that fits all facts.

    A fact is a set of names and what they add up to; a name with one fact of its own is visible.
    """
    visible = {next(iter(group)): total for group, total in facts if len(group) == 1}
    hidden = [name for name in names if name not in visible]
    seen = {name: set() for name in hidden if truth[name] < MINIMUM}
    for world in worlds(hidden, truth):
        values = visible | dict(zip(hidden, world, strict=True))
        if all(sum(values[name] for name in group) == total for group, total in facts):
            for name, found in seen.items():
                found.add(values[name])
    return seen


def facts_of(table: ReleasedFigure, members):
    """What a released table tells: per visible cell which true cells it adds up."""
    return [(members(cell.keys), cell.count) for cell in table.cells if cell.count is not None]


@given(st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=3))
def test_sums_of_a_table_and_its_margins_never_pin_a_withheld_cell(rows):
    names = [(f"r{at}", f"c{on}") for at in range(len(rows)) for on in range(2)]
    truth = dict(zip(names, [value for row in rows for value in row], strict=True))
    inner = figure(
        tuple(Cell(name, truth[name]) for name in names), dimensions=("area", "kind"), id="inner"
    )
    by_row = figure(tuple(Cell((f"r{at}",), sum(row)) for at, row in enumerate(rows)), id="rows")
    by_kind = figure(
        tuple(Cell((f"c{on}",), sum(row[on] for row in rows)) for on in range(2)),
        dimensions=("kind",),
        id="kinds",
    )
    try:
        with tempfile.TemporaryDirectory() as folder:
            tables = let_out(Path(folder), inner, by_row, by_kind, profile=PROFILE)
    except DisclosureRefusedError:
        return
    facts = facts_of(tables[0], lambda keys: frozenset([keys]))
    facts += facts_of(tables[1], lambda keys: frozenset(n for n in names if n[0] == keys[0]))
    facts += facts_of(tables[2], lambda keys: frozenset(n for n in names if n[1] == keys[0]))

    for values in possible_values(facts, names, truth).values():
        assert len(values) >= ENOUGH


@given(by_area, st.booleans(), st.booleans())
def test_a_total_or_a_ratio_never_pins_a_withheld_cell(values, with_total, with_ratio):
    names = [f"a{at}" for at in range(len(values))]
    derived = {"ratio": 1.5} if with_ratio else {}
    cells = [Cell((name,), value, derived) for name, value in zip(names, values, strict=True)]
    if with_total:
        cells.append(Cell((ALL,), sum(values)))
    try:
        with tempfile.TemporaryDirectory() as folder:
            (table,) = let_out(Path(folder), figure(tuple(cells)), profile=PROFILE)
    except DisclosureRefusedError:
        return
    facts = facts_of(table, lambda keys: frozenset(names) if keys == (ALL,) else frozenset(keys))
    if any(cell.derived for cell in table.cells):
        facts.append((frozenset(names), sum(values)))

    truth = dict(zip(names, values, strict=True))
    for possible in possible_values(facts, names, truth).values():
        assert len(possible) >= ENOUGH


@given(by_area, shown_cells, shown_cells, st.booleans(), st.booleans())
def test_what_two_releases_leave_over_is_never_small(values, first, second, one_all, two_all):
    """Two releases that each show some areas, and perhaps the whole, subtracted every way."""
    names = [f"a{at}" for at in range(len(values))]
    tables = []
    for chosen, whole, name in ((first, one_all, "one"), (second, two_all, "two")):
        cells = {names[at]: values[at] for at in sorted(chosen) if at < len(names)}
        parts = [figure(cells, id=f"{name}-parts", covers=False)] if cells else []
        if whole:
            parts.append(figure((Cell((), sum(values)),), dimensions=(), id=f"{name}-all"))
        tables.append(parts)
    assume(all(tables))
    visible: dict[str, int] = {}
    shown_total = False
    with tempfile.TemporaryDirectory() as folder:
        for parts in tables:
            try:
                released = let_out(Path(folder), *parts, profile=PROFILE)
            except DisclosureRefusedError:
                continue
            for table in released:
                for cell in table.cells:
                    if cell.count is not None and cell.keys:
                        visible[cell.keys[0]] = cell.count
                    shown_total = shown_total or (cell.count is not None and not cell.keys)

    left = sum(values) - sum(visible.values())
    if shown_total and visible:
        assert left == 0 or left >= MINIMUM
    assert all(count >= MINIMUM for count in visible.values())
