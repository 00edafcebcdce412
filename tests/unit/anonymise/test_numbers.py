"""Numbers averaged in small groups, with noise, and rounded."""

from decimal import Decimal
from itertools import combinations, pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grondslag.anonymise import average, closeness
from grondslag.anonymise.numbers import add_lasting_noise, add_noise, microaggregate, round_to
from grondslag.errors import InputError
from grondslag.wording import explain

NUMBERS = st.lists(st.integers(-50, 50), min_size=2, max_size=9)


def within(values, bounds):
    parts = [values[a:b] for a, b in pairwise(bounds)]
    return sum(sum((x - sum(part) / len(part)) ** 2 for x in part) for part in parts)


@given(values=NUMBERS, k=st.integers(1, 3))
def test_one_column_is_grouped_with_the_least_spread_possible(values, k):
    if len(values) < k:
        return
    ordered = sorted(values)
    count = len(ordered)
    best = min(
        within(ordered, (0, *cuts, count))
        for many in range(count // k)
        for cuts in combinations(range(1, count), many)
        if all(b - a >= k for a, b in zip((0, *cuts), (*cuts, count), strict=True))
    )

    made = microaggregate(pa.table({"x": values}), ["x"], k=k)

    lost = sum((a - b) ** 2 for a, b in zip(values, made.table["x"].to_pylist(), strict=True))
    assert made.smallest >= k
    assert lost == pytest.approx(best, abs=1e-6)


def test_two_columns_are_grouped_from_the_far_ends():
    # Three clear heaps of three.
    xs = [0, 1, 0, 100, 101, 100, 50, 51, 50]
    ys = [0, 0, 1, 100, 100, 101, 0, 0, 1]

    made = microaggregate(pa.table({"x": xs, "y": ys, "z": xs}), ["x", "y"], k=3)

    assert [set(made.groups[at : at + 3]) for at in (0, 3, 6)] == [
        {made.groups[0]}, {made.groups[3]}, {made.groups[6]},
    ]  # fmt: skip
    assert made.smallest == 3
    assert made.table["x"].to_pylist()[:3] == [pytest.approx(1 / 3)] * 3
    assert made.table["z"].to_pylist() == xs


@given(points=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=40),
       k=st.integers(1, 5))  # fmt: skip
def test_groups_have_k_to_less_than_twice_k_rows_and_means_stay(points, k):
    xs, ys = (list(column) for column in zip(*points, strict=True))
    table = pa.table({"x": xs, "y": ys})
    if len(points) < k:
        with pytest.raises(InputError):
            microaggregate(table, ["x", "y"], k=k)
        return

    made = microaggregate(table, ["x", "y"], k=k)

    assert k <= made.smallest
    assert np.bincount(made.groups).max() <= max(2 * k - 1, k)
    assert np.mean(made.table["x"].to_pylist()) == pytest.approx(np.mean(xs))
    assert -1e-9 <= made.within <= 1 + 1e-9


def test_noise_keeps_the_mean_and_missing_numbers_missing():
    values = pa.array([*range(10_000), None])

    noisy = add_noise(values, share=0.2, generator=np.random.default_rng(1))

    assert noisy.null_count == 1
    assert np.mean(noisy.to_pylist()[:-1]) == pytest.approx(4999.5, rel=0.01)
    assert noisy[:-1].to_pylist() != values[:-1].to_pylist()


def test_noise_on_nothing_is_nothing():
    assert add_noise(pa.array([None], pa.int64()), share=1, generator=np.random.default_rng(1))[
        0
    ].as_py() is None  # fmt: skip


KEY = bytes(range(32))


def noisy(values, *, spread=10.0, persons=None, key=KEY):
    """Values with lasting noise."""
    return add_lasting_noise(pa.array(values), spread=spread, persons=persons, key=key).to_pylist()


def test_the_same_number_of_the_same_person_is_always_off_by_the_same():
    people = [f"p{at}" for at in range(50)]
    once = noisy([1000] * 50, persons=people)
    again = noisy([1000] * 51, persons=["new", *reversed(people)])

    assert again[1:] == once[::-1]
    assert len(set(once)) > 10
    assert noisy([1000] * 50, persons=people, key=bytes(32)) != once


def test_equal_numbers_of_one_person_are_not_off_by_the_same():
    """Or rows of one person could be told to be of one person."""
    assert len(set(noisy([1000.0] * 20, persons=["p"] * 20, spread=1000))) > 10


def test_lasting_noise_is_normal_with_the_spread_that_was_asked():
    """Of a normal 68.27% lies within one spread and 95.45% within two, and its mean is 0."""
    off = np.array(noisy([0.0] * 40_000, spread=100))

    assert np.mean(off) == pytest.approx(0, abs=2)
    assert np.std(off) == pytest.approx(100, rel=0.02)
    assert np.mean(np.abs(off) < 100) == pytest.approx(0.6827, abs=0.03)
    assert np.mean(np.abs(off) < 200) == pytest.approx(0.9545, abs=0.01)


@pytest.mark.parametrize(
    ("values", "spread", "step"),
    [([1234.5678] * 90, 5, 0.5), ([1234] * 90, 200, 20), ([1234] * 90, 3, 1)],
)
def test_the_last_digits_of_a_noisy_number_tell_nothing(values, spread, step):
    made = noisy(values, spread=spread)

    assert all(value == pytest.approx(round(value / step) * step) for value in made)
    assert isinstance(made[0], type(values[0]))


def test_lasting_noise_leaves_missing_numbers_missing():
    assert noisy([None, 5, None])[::2] == [None, None]
    assert (
        add_lasting_noise(pa.array([], pa.int64()), spread=1, persons=[], key=KEY).to_pylist() == []
    )


def test_rounding_goes_to_the_nearest_multiple():
    assert round_to(pa.array([7, 7.5, None, -12, 12.5]), base=5).to_pylist() == [
        5, 10, None, -10, 10,
    ]  # fmt: skip
    assert round_to(pa.array([0.31, 0.12]), base=0.1).to_pylist() == [0.3, 0.1]


def test_decimals_out_of_a_database_are_numbers_too():
    column = pa.array([Decimal("1.25"), Decimal("3.75"), None])

    assert round_to(column, base=1).to_pylist() == [1, 4, None]
    assert average(pa.table({"x": column}), "x", k=2).column.to_pylist() == [2.5, 2.5, None]


REFUSED = [
    (lambda: microaggregate(pa.table({"x": [1]}), ["x"], k=2), "fewer-rows"),
    (lambda: microaggregate(pa.table({"x": [1, None]}), ["x"], k=2), "number-missing"),
    (lambda: microaggregate(pa.table({"x": [1, 2]}), ["y"], k=2), "unknown-column"),
    (lambda: microaggregate(pa.table({"x": [1, 2]}), ["x"], k=0), "too-small"),
    (lambda: microaggregate(pa.table({"x": ["a", "b"]}), ["x"], k=2), "no-numbers"),
    (lambda: round_to(pa.array([float("inf")]), base=5), "no-numbers"),
    (lambda: round_to(pa.array([1]), base=0), "too-small"),
    (lambda: noisy([1], spread=0), "too-small"),
    (lambda: noisy([float("inf")]), "no-numbers"),
    (lambda: add_noise(pa.array([1]), share=-1, generator=np.random.default_rng(1)), "too-small"),
]


@pytest.mark.parametrize(("make", "code"), REFUSED)
def test_numbers_that_are_none_are_refused(make, code):
    with pytest.raises(InputError) as refused:
        make()

    assert refused.value.code == f"anonymise.{code}"
    assert explain(refused.value)


def test_how_closely_noisy_numbers_follow_is_the_share_of_the_spread_that_is_theirs():
    """Of numbers with spread v and noise with spread s: v² / (v² + s²); 3 and 4 give 9/25."""
    generator = np.random.default_rng(3)
    was = generator.normal(0, 3, 100_000)

    made = closeness(pa.chunked_array([was]), pa.array(was + generator.normal(0, 4, 100_000)))

    assert made == pytest.approx(9 / 25, abs=0.01)


CLOSELY = [
    # before, after, the share: a straight line follows wholly, texts and one number not at all
    ([1, 2, 3], [10, 20, 30], 1),
    ([1, 2, 3], ["*", "*", "*"], 0),
    ([1, 2, 3], [2, 2, 2], 0),
    ([5, 5, 5], [5, 5, 5], 1),
    ([1, None, 3, 5], [1, 7, 3, 5], 1),
    ([None, 1], [None, 1], 1),
    # by hand: of 1, 2, 3, 4 in two groups of two, 4 of 5 parts of the spread are between groups
    ([1, 2, 3, 4], [1.5, 1.5, 3.5, 3.5], 0.8),
]


@pytest.mark.parametrize(("before", "after", "share"), CLOSELY)
def test_how_closely_numbers_follow_what_they_were(before, after, share):
    column = pa.array(before, pa.float64())

    assert closeness(pa.chunked_array([column]), pa.array(after)) == pytest.approx(share)
