"""Numbers averaged in small groups, with noise, and rounded."""

from itertools import combinations, pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grondslag.anonymise.numbers import add_noise, microaggregate, round_to
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


def test_rounding_goes_to_the_nearest_multiple():
    assert round_to(pa.array([7, 7.5, None, -12, 12.5]), base=5).to_pylist() == [
        5, 10, None, -10, 10,
    ]  # fmt: skip


REFUSED = [
    (lambda: microaggregate(pa.table({"x": [1]}), ["x"], k=2), "fewer-rows"),
    (lambda: microaggregate(pa.table({"x": [1, None]}), ["x"], k=2), "number-missing"),
    (lambda: microaggregate(pa.table({"x": [1, 2]}), ["y"], k=2), "unknown-column"),
    (lambda: microaggregate(pa.table({"x": [1, 2]}), ["x"], k=0), "too-small"),
    (lambda: microaggregate(pa.table({"x": ["a", "b"]}), ["x"], k=2), "no-numbers"),
    (lambda: round_to(pa.array([float("inf")]), base=5), "no-numbers"),
    (lambda: round_to(pa.array([1]), base=0), "too-small"),
    (lambda: add_noise(pa.array([1]), share=-1, generator=np.random.default_rng(1)), "too-small"),
]


@pytest.mark.parametrize(("make", "code"), REFUSED)
def test_numbers_that_are_none_are_refused(make, code):
    with pytest.raises(InputError) as refused:
        make()

    assert refused.value.code == f"anonymise.{code}"
    assert explain(refused.value)
