"""What is proposed of a column never depends on fewer people than the smallest group."""

from itertools import pairwise

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from grondslag.contracts import HierarchyKind, LogicalType
from grondslag.contracts.hierarchy_proposing import proposed_hierarchy

LEAST = 5
NUMBERS = st.lists(st.integers(-500, 500), min_size=0, max_size=60)
CODES = st.lists(st.from_regex(r"[0-9]{4}[A-Z]{2}", fullmatch=True), min_size=LEAST, max_size=40)


def proposed(values, kind, least=LEAST):
    """Of values that are each of another person."""
    types = {LogicalType.INTEGER: pa.int64(), LogicalType.STRING: pa.string()}
    rows = pa.chunked_array([pa.array(values, types[kind])])
    return proposed_hierarchy(
        kind, rows, pa.chunked_array([pa.array(range(len(values)))]), least=least
    )


@given(NUMBERS)
def test_beyond_each_end_are_enough_people(values):
    said = proposed(values, LogicalType.INTEGER)

    if said is not None:
        low, high = said.ends
        assert sum(value < low for value in values) >= LEAST
        assert sum(value >= high for value in values) >= LEAST


@given(NUMBERS, st.lists(st.integers(-10_000, 10_000), max_size=LEAST - 1))
def test_how_far_off_a_few_people_are_changes_nothing(values, few):
    """Whoever is outside the rest may be a little or far outside it: nothing tells which."""
    least, most = min(values, default=0), max(values, default=0)
    near = [most + 1 if one >= 0 else least - 1 for one in few]
    far = [most + 1 + one if one >= 0 else least - 1 + one for one in few]

    assert proposed(values + near, LogicalType.INTEGER) == proposed(
        values + far, LogicalType.INTEGER
    )


@given(NUMBERS)
def test_each_band_lies_in_one_wider_band(values):
    said = proposed(values, LogicalType.INTEGER)

    if said is not None:
        low, high = said.ends
        assert all(wide % narrow == 0 for narrow, wide in pairwise(said.widths))
        assert low % said.widths[0] == high % said.widths[0] == 0


@given(CODES, st.lists(st.text(max_size=30), max_size=LEAST - 1))
def test_a_few_odd_codes_do_not_show_in_the_form(codes, few):
    said = proposed(codes + few, LogicalType.STRING)

    if said is not None:
        assert said.kind is HierarchyKind.MASKING
        assert (said.length, said.keep) == (6, (4, 2, 1))


def test_one_person_with_many_rows_is_one_person():
    values = pa.chunked_array([[*range(20), *[900] * 50]])
    persons = pa.chunked_array([[*range(20), *[99] * 50]])

    said = proposed_hierarchy(LogicalType.INTEGER, values, persons, least=LEAST)

    assert said.ends[1] < 20
