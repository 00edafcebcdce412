"""One person changes at most so many counts, each by at most one: what the noise is made for."""

from collections import defaultdict

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from grondslag.analysis.fixed_lists import UNKNOWN
from grondslag.analysis.noisy_counts import persons_per_cell

LISTS = {"soort": ("a", "b", UNKNOWN), "buurt": ("x", UNKNOWN)}
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["p1", "p2", "p3", None]),
        st.sampled_from(["a", "b", "c", None]),
        st.sampled_from(["x", "y", None]),
    ),
    max_size=20,
)


def counts(rows, most):
    schema = pa.schema([("who", pa.string()), ("soort", pa.string()), ("buurt", pa.string())])
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    table = pa.table([pa.array(one, pa.string()) for one in columns], schema=schema)
    return persons_per_cell(table, "who", LISTS, most=most)


def cells_of(rows):
    """Per person the distinct cells they are in, worked out row by row."""
    found = defaultdict(set)
    for who, soort, buurt in rows:
        if who is not None:
            one = soort if soort in LISTS["soort"] else UNKNOWN
            other = buurt if buurt in LISTS["buurt"] else UNKNOWN
            found[who].add((one, other))
    return found


@given(ROWS)
def test_with_room_enough_every_person_counts_once_in_each_of_their_cells(rows):
    cells = [(one, other) for one in LISTS["soort"] for other in LISTS["buurt"]]
    mine = cells_of(rows)

    expected = tuple(sum(cell in own for own in mine.values()) for cell in cells)

    assert counts(rows, 6) == expected


@given(ROWS, st.integers(1, 3))
def test_no_person_counts_in_more_cells_than_was_said(rows, most):
    found = counts(rows, most)

    assert sum(found) == sum(min(len(own), most) for own in cells_of(rows).values())
    assert all(one <= other for one, other in zip(found, counts(rows, 6), strict=True))


@given(ROWS, st.sampled_from(["p1", "p2", "p3"]))
def test_a_person_left_out_changes_as_many_counts_by_one_as_they_had_cells(rows, who):
    without = [row for row in rows if row[0] != who]

    steps = [a - b for a, b in zip(counts(rows, 6), counts(without, 6), strict=True)]

    assert set(steps) <= {0, 1}
    assert sum(steps) == len(cells_of(rows)[who])


def test_which_cells_count_is_left_to_chance():
    rows = [("p1", kind, "x") for kind in ("a", "b")] * 3

    seen = {counts(rows, 1) for _ in range(100)}  # one of two: missed once in 2^99

    assert len(seen) == 2
