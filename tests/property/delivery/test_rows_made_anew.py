"""Rows of anonymous records made anew from the levels: held against a loop over rows."""

import math

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grondslag.anonymise import hierarchy_of
from grondslag.delivery import anonymous_records
from grondslag.delivery.anonymous_records import generalised_rows, same_rows

VALUES = [1.0, 2.0, 3.0, None, math.nan]
ROWS = st.lists(
    st.tuples(st.sampled_from(VALUES), st.sampled_from(["a", "b", "c", None])), max_size=40
)
LEVELS = {"x": ["low", "low", "high"], "y": ["ab", "ab", "c"]}


def hierarchies():
    """A number and a text of three values, two of which are one at the next level."""
    values = {"x": pa.array([1.0, 2.0, 3.0]), "y": pa.array(["a", "b", "c"])}
    return [
        hierarchy_of(name, [values[name], pa.array(LEVELS[name])]).covering_missing()
        for name in ("x", "y")
    ]


def coarser(name, value, level):
    """A value at a level, by hand: missing stays missing until all are one."""
    if level == 2:
        return "*"
    if value is None or value != value:  # noqa: PLR0124 - only not-a-number differs from itself
        return None
    if level == 0:
        return value
    order = [1.0, 2.0, 3.0] if name == "x" else ["a", "b", "c"]
    return LEVELS[name][order.index(value)]


@pytest.mark.parametrize("room", [1 << 62, 1], ids=["room", "numbered anew per column"])
@given(rows=ROWS, out=st.sets(st.integers(0, 39)), node=st.tuples(*[st.integers(0, 2)] * 2))
def test_rows_stay_of_exactly_the_groups_that_were_released(room, rows, out, node):
    x, y = [row[0] for row in rows], [row[1] for row in rows]
    table = pa.table({"x": pa.array(x, pa.float64()), "y": pa.array(y, pa.string()),
                      "at": range(len(rows))})  # fmt: skip
    made = [(coarser("x", a, node[0]), coarser("y", b, node[1])) for a, b in rows]
    groups = {group for at, group in enumerate(made) if at not in out}
    kinds = [pa.float64() if node[0] == 0 else pa.string(), pa.string()]
    left = pa.table({
        name: pa.array([group[at] for group in groups], kind)
        for at, (name, kind) in enumerate(zip("xy", kinds, strict=True))
    })  # fmt: skip

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(anonymous_records, "_ROOM", room)
        found = generalised_rows(table, hierarchies(), dict(zip("xy", node, strict=True)), left)

    assert found["at"].to_pylist() == [at for at, group in enumerate(made) if group in groups]


TABLES = st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["a", None])), max_size=12)


@given(some=TABLES, others=TABLES)
def test_two_tables_are_the_same_when_every_row_is_there_as_often(some, others):
    def made(rows):
        return pa.table({"n": pa.array([row[0] for row in rows], pa.int64()),
                         "t": pa.array([row[1] for row in rows], pa.string())})  # fmt: skip

    alike = sorted(map(str, some)) == sorted(map(str, others))
    assert same_rows(made(some), made(others)) is alike
    assert same_rows(made(some), made(some[::-1])) is True


def test_the_same_values_of_another_type_are_not_the_same_rows():
    assert not same_rows(pa.table({"n": ["1"]}), pa.table({"n": [1]}))
