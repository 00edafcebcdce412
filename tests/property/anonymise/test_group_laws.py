"""Laws of groups that hold for all data, and a plain counting beside the fast one."""

from collections import defaultdict

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from grondslag.anonymise import sensitive_disclosure, smallest_group

AGES = st.sampled_from(["0-20", "20-65", "65+", None])
AREAS = st.sampled_from([1.0, 2.0, 0.0, -0.0, float("nan"), None])
ROWS = st.lists(
    st.tuples(AGES, AREAS, st.integers(0, 6), st.sampled_from(["x", "y", None])), max_size=30
)


def table_of(rows):
    ages, areas, people, values = zip(*rows, strict=True) if rows else ((), (), (), ())
    return pa.table(
        {
            "age": pa.array(ages, pa.string()),
            "area": pa.array(areas, pa.float64(), from_pandas=False),
            "who": pa.array(people, pa.int64()),
            "value": pa.array(values, pa.string()),
        }
    )


def plain_key(age, area):
    return age, "nan" if area is not None and area != area else area  # noqa: PLR0124 - NaN


@given(rows=ROWS)
def test_counting_by_hand_gives_the_same(rows):
    people, values = defaultdict(set), defaultdict(set)
    for age, area, who, value in rows:
        people[plain_key(age, area)].add(who)
        values[plain_key(age, area)].add(value)

    risk = smallest_group(table_of(rows), quasi=["age", "area"], person="who", sizes=[2, 3])
    gives = sensitive_disclosure(
        table_of(rows), quasi=["age", "area"], sensitive="value", person="who"
    )

    assert risk.groups == gives.groups == len(people)
    assert risk.smallest == min(map(len, people.values()), default=0)
    assert risk.persons == len({who for _, _, who, _ in rows})
    for size in (2, 3):
        small = [group for group in people.values() if len(group) < size]
        assert risk.below[size] == len(set().union(*small))
    one = [key for key, found in values.items() if len(found) == 1]
    assert gives.giving_away == len(one)
    assert gives.persons == len(set().union(*(people[key] for key in one)))


@given(rows=ROWS.filter(bool))
def test_knowing_less_never_makes_people_easier_to_find(rows):
    table = table_of(rows)

    both = smallest_group(table, quasi=["age", "area"], person="who")
    one = smallest_group(table, quasi=["age"], person="who")
    nothing = smallest_group(table, quasi=[], person="who")

    assert 1 <= both.smallest <= one.smallest <= nothing.smallest == nothing.persons
    assert both.groups >= one.groups >= nothing.groups == 1
    for size in both.below:
        assert both.below[size] >= one.below[size] >= nothing.below[size]


@given(rows=ROWS, order=st.randoms())
def test_the_order_of_rows_and_columns_makes_no_difference(rows, order):
    shuffled = list(rows)
    order.shuffle(shuffled)

    before = smallest_group(table_of(rows), quasi=["age", "area"], person="who")
    after = smallest_group(table_of(shuffled), quasi=["area", "age"], person="who")

    assert after == before


@given(rows=ROWS)
def test_more_rows_of_the_same_people_change_nothing(rows):
    once = smallest_group(table_of(rows), quasi=["age", "area"], person="who")
    twice = smallest_group(table_of(rows * 2), quasi=["age", "area"], person="who")

    assert twice == once


@given(rows=ROWS)
def test_counting_rows_never_gives_a_smaller_group_than_counting_people(rows):
    people = smallest_group(table_of(rows), quasi=["age"], person="who")
    as_rows = smallest_group(table_of(rows), quasi=["age"], person=None)

    assert people.smallest <= as_rows.smallest
