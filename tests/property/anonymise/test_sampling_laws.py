"""The promised loss holds: counted out for every size of a group, from the definition alone.

A group of equal rows comes out with so many rows as the sample drew, when these are at least k, and
else not at all. Groups do not meet, so one person changes the outcome of one group: from size n to
n - 1. For each size the loss is summed here over every outcome; no theorem is used.

Source:
    Dwork and Roth (2014), definition 2.4, doi:10.1561/0400000042.
"""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from grondslag.anonymise.sampling import delta_of, sample_loss

EPSILONS = st.floats(0.1, 3.0)
DELTAS = st.floats(1e-8, 0.2)
SIZES = 400


def outcomes(rows, loss):
    """The chance that nothing comes out of a group, and of each number of rows that can."""
    chances = binom.pmf(np.arange(SIZES + 1), rows, loss.share)
    chances[0] = chances[: loss.k].sum()
    chances[1 : loss.k] = 0.0
    return chances


def beyond(one, other, epsilon):
    """By how much an outcome can be likelier than a factor e to the epsilon explains."""
    return float(np.maximum(one - math.exp(epsilon) * other, 0.0).sum())


@given(EPSILONS, DELTAS)
def test_one_person_more_or_less_changes_no_more_than_promised(epsilon, delta):
    loss = sample_loss(epsilon, delta)

    for rows in range(1, SIZES):
        more, fewer = outcomes(rows, loss), outcomes(rows - 1, loss)
        assert beyond(more, fewer, epsilon) <= delta * (1 + 1e-9)
        assert beyond(fewer, more, epsilon) <= delta * (1 + 1e-9)


@given(EPSILONS, st.floats(0.05, 1.0), DELTAS)
def test_a_smaller_sample_keeps_the_promise_too(epsilon, part, delta):
    loss = sample_loss(epsilon, delta, share=-math.expm1(-epsilon) * part)

    for rows in range(1, SIZES, 7):
        assert beyond(outcomes(rows, loss), outcomes(rows - 1, loss), epsilon) <= delta * (1 + 1e-9)


@given(EPSILONS, st.integers(2, 200))
def test_larger_groups_lose_less(epsilon, k):
    share = -math.expm1(-epsilon)

    larger, smaller = (delta_of(size, epsilon=epsilon, share=share) for size in (k + 1, k))

    assert larger <= smaller


def test_the_test_above_can_fail():
    """With groups of two the promise is broken: of two rows both are drawn one time in four."""
    loss = sample_loss(0.7, 0.01, share=0.5)
    small = type(loss)(loss.epsilon, loss.delta, loss.share, 2)

    worst = max(
        beyond(outcomes(rows, small), outcomes(rows - 1, small), 0.7) for rows in range(1, 50)
    )

    assert worst > loss.delta
    assert worst == pytest.approx(0.25)
