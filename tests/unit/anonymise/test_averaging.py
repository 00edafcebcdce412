"""A number averaged over persons who lie close together, with coarser averages for the search."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grondslag.anonymise import KAnonymity, Step, anonymise, average, hierarchy_of
from grondslag.errors import InputError
from grondslag.wording import explain

ROWS = st.lists(st.tuples(st.integers(0, 12), st.integers(-9, 9)), min_size=1, max_size=60)


def table(rows):
    """Rows of somebody with a number."""
    who, numbers = zip(*rows, strict=True)
    return pa.table({"who": who, "x": numbers})


@given(rows=ROWS, k=st.integers(2, 4))
def test_every_average_is_over_at_least_k_persons_at_every_level(rows, k):
    given_rows = table(rows)
    if len(set(given_rows["who"].to_pylist())) < k:
        return

    made = average(given_rows, "x", k=k, person="who")

    tree = made.hierarchy
    codes = tree.encode(pa.chunked_array([made.column]))
    for level in range(tree.height):
        label = tree.label_column(tree.codes[level][codes], level).to_pylist()
        persons = {}
        for said, who in zip(label, given_rows["who"].to_pylist(), strict=True):
            persons.setdefault(said, set()).add(who)
        step = tree.step(level)
        least = step.fields["persons"] if step.kind == "averaged" else 1
        assert all(len(group) >= max(k, least) for group in persons.values())


@given(rows=ROWS)
def test_someone_with_many_rows_stands_in_one_group(rows):
    given_rows = table(rows)
    if len(set(given_rows["who"].to_pylist())) < 2:
        return

    made = average(given_rows, "x", k=2, person="who").column.to_pylist()

    for who in set(given_rows["who"].to_pylist()):
        own = [m for m, one in zip(made, given_rows["who"].to_pylist(), strict=True) if one == who]
        assert len(set(own)) == 1


def test_one_person_with_many_rows_fills_no_group():
    """Nine rows of one person and one of another are two persons: the mean of 100 and 0 is 50."""
    rows = table([("a", 100)] * 9 + [("b", 0)])

    made = average(rows, "x", k=2, person="who")

    assert made.column.to_pylist() == [50] * 10
    with pytest.raises(InputError):
        average(rows, "x", k=3, person="who")


def test_neighbouring_groups_join_two_by_two():
    """Means by hand of 1 to 10: of two, of four (the last takes what is left), of all.

    There are no eight groups, so further up is nothing.
    """
    made = average(pa.table({"x": [*range(1, 11)]}), "x", k=2)

    assert [level.to_pylist() for level in made.hierarchy.labels] == [
        [1.5, 3.5, 5.5, 7.5, 9.5], [2.5, 7.5], [5.5], ["*"], ["*"], ["*"],
    ]  # fmt: skip
    assert [made.hierarchy.step(level) for level in (0, 1, 3)] == [
        Step("averaged", {"persons": 2}), Step("averaged", {"persons": 4}), Step("nothing"),
    ]  # fmt: skip


def test_the_number_of_levels_never_follows_from_the_data():
    heights = {
        average(pa.table({"x": [n % kinds for n in range(60)]}), "x", k=3).hierarchy.height
        for kinds in (1, 2, 7, 60)
    }

    assert heights == {6}


def test_a_missing_number_stays_missing_and_counts_for_nobody():
    made = average(pa.table({"x": [1, None, 3, float("nan")]}), "x", k=2)

    assert made.column.to_pylist() == [2, None, 2, None]
    with pytest.raises(InputError):
        average(pa.table({"x": [1.0, None, None]}), "x", k=2)


def test_a_search_takes_the_finest_average_that_is_safe_beside_another_column():
    """In an average over four are two of each sex; in one over eight are four."""
    rows = pa.table({"x": [*range(32)], "sex": ["f", "m"] * 16})
    averaged = average(rows, "x", k=4)

    made = anonymise(
        rows.set_column(0, "x", averaged.column),
        hierarchies=[averaged.hierarchy, hierarchy_of("sex", [pa.array(["f", "m"])])],
        model=KAnonymity(4),
        weights={"sex": 100},
    )

    assert made.node == {"x": 1, "sex": 0}
    assert sorted(set(made.table["x"].to_pylist())) == [3.5, 11.5, 19.5, 27.5]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (["a", "b"], "no-numbers"),
        ([1.0, float("inf")], "no-numbers"),
        ([1, 2], "fewer-rows"),
        ([None, None], "no-numbers"),
        (pa.array([None, None], pa.int64()), "fewer-rows"),
    ],
)
def test_what_cannot_be_averaged_is_refused_in_a_sentence(values, code):
    with pytest.raises(InputError) as refused:
        average(pa.table({"x": values}), "x", k=3 if code == "fewer-rows" else 2)

    assert refused.value.code == f"anonymise.{code}"
    assert explain(refused.value)
