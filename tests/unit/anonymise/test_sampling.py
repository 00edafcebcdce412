"""Samples with a proven loss: known answers by hand, and what comes out."""

import math
from collections import Counter

import numpy as np
import pyarrow as pa
import pytest

from grondslag.anonymise import intervals, masking, ordered
from grondslag.anonymise.sampling import anonymise_sample, delta_of, sample_loss
from grondslag.errors import InputError

AGES = intervals("leeftijd", pa.array(range(100)), widths=[10, 50], every_level=True)
KINDS = ordered("soort", ["a", "b", "c"], sizes=[3])


def made(ages, kinds):
    return pa.table({"leeftijd": pa.array(ages, pa.int64()), "soort": pa.array(kinds, pa.string())})


def everybody(count):
    """Draws that put every row in the sample."""
    return bytes(count)


BY_HAND = [
    # gamma = 1 - 0.5 * exp(-0.7) = 0.7517; tails of the binomial with chance one half
    (2, 1 / 4),  # from n = 2 on: more than 1.50 of 2
    (3, 6 / 32),  # from n = 3 on; the worst is n = 5: more than 3.76, that is 4 or 5
    (4, 6 / 32),  # from n = 5 on
    (5, 7 / 64),  # from n = 6 on: more than 4.51, that is 5 or 6
]


@pytest.mark.parametrize(("k", "expected"), BY_HAND)
def test_the_chance_is_that_of_the_formula(k, expected):
    """The formula d(k, beta, epsilon) of Li, Qardaji and Su (2012), theorem 5, by hand.

    Sizes further on do less: n = 9 gives 46/512 and n = 13 gives 378/8192.
    """
    assert delta_of(k, epsilon=0.7, share=0.5) == pytest.approx(expected, rel=1e-12)


def test_the_sample_is_as_large_as_the_loss_allows():
    """The largest share is 1 - exp(-epsilon): Bild, Kuhn and Prasser (2018), section 5."""
    loss = sample_loss(math.log(4), 1e-5)

    assert loss.share == pytest.approx(0.75)


@pytest.mark.parametrize(("delta", "k"), [(0.25, 2), (0.24, 3), (0.1875, 3), (0.18, 5), (0.11, 5)])
def test_k_is_the_smallest_that_keeps_the_chance(delta, k):
    assert sample_loss(0.7, delta + 1e-12, share=0.5).k == k


@pytest.mark.parametrize(
    ("epsilon", "delta", "share", "code"),
    [
        (0.001, 1e-5, None, "anonymise.sample-loss"),
        (6.0, 1e-5, None, "anonymise.sample-loss"),
        (math.nan, 1e-5, None, "anonymise.sample-loss"),
        (1.0, 0.0, None, "anonymise.sample-loss"),
        (1.0, 1.0, None, "anonymise.sample-loss"),
        (1.0, 1e-5, 0.7, "anonymise.sample-share"),
        (1.0, 1e-5, 0.0, "anonymise.sample-share"),
    ],
)
def test_a_loss_that_is_none_is_refused(epsilon, delta, share, code):
    with pytest.raises(InputError) as refused:
        sample_loss(epsilon, delta, share=share)

    assert refused.value.code == code


def test_only_large_groups_at_the_named_levels_come_out():
    loss = sample_loss(0.7, 0.11, share=0.5)  # k = 5
    table = made([31] * 3 + [38] * 2 + [55] * 4, ["a"] * 9)

    out = anonymise_sample(
        table,
        hierarchies=[AGES, KINDS],
        node={"leeftijd": 1, "soort": 0},
        loss=loss,
        draw=everybody,
    )

    assert out.table.to_pylist() == [{"leeftijd": "30–39", "soort": "a"}] * 5


def test_also_a_sensitive_column_sets_rows_apart():
    """Four of the five have one value: with the fifth they are no group of five."""
    loss = sample_loss(0.7, 0.11, share=0.5)

    out = anonymise_sample(
        made([31] * 5, ["a"] * 4 + ["b"]),
        hierarchies=[AGES, KINDS],
        node={"leeftijd": 1, "soort": 0},
        loss=loss,
        draw=everybody,
    )

    assert out.table.num_rows == 0
    assert out.table.column_names == ["leeftijd", "soort"]


def test_labels_that_nobody_released_do_not_go_along():
    loss = sample_loss(0.7, 0.11, share=0.5)

    out = anonymise_sample(
        made([31] * 5 + [99], ["a"] * 6),
        hierarchies=[AGES, KINDS],
        node={"leeftijd": 1, "soort": 0},
        loss=loss,
        draw=everybody,
    )

    assert [str(kind) for kind in out.table.schema.types] == ["string", "string"]


def test_missing_is_a_value_of_its_own():
    loss = sample_loss(0.7, 0.11, share=0.5)

    out = anonymise_sample(
        made([31] * 5 + [None] * 5, ["a"] * 10),
        hierarchies=[AGES, KINDS],
        node={"leeftijd": 1, "soort": 1},
        loss=loss,
        draw=everybody,
    )

    assert Counter(out.table["leeftijd"].to_pylist()) == {"30–39": 5, None: 5}


def test_each_row_is_in_the_sample_by_its_own_chance():
    """Of 20,000 rows some 63% are drawn; 4 standard deviations are 274."""
    draws = np.random.default_rng(8)
    loss = sample_loss(1.0, 1e-5)

    out = anonymise_sample(
        made([31] * 20_000, ["a"] * 20_000),
        hierarchies=[AGES, KINDS],
        node={"leeftijd": 1, "soort": 0},
        loss=loss,
        draw=draws.bytes,
    )

    assert abs(out.table.num_rows - 20_000 * (1 - math.exp(-1))) < 274


@pytest.mark.parametrize(
    ("hierarchies", "node", "code"),
    [
        ([AGES], {"leeftijd": 1}, "anonymise.sample-every-column"),
        ([AGES, KINDS], {"leeftijd": 1}, "anonymise.sample-every-column"),
        ([AGES, KINDS], {"leeftijd": 9, "soort": 0}, "anonymise.sample-no-level"),
        ([AGES, KINDS], {"leeftijd": -1, "soort": 0}, "anonymise.sample-no-level"),
    ],
)
def test_every_column_has_a_level_that_exists(hierarchies, node, code):
    with pytest.raises(InputError) as refused:
        anonymise_sample(
            made([31], ["a"]), hierarchies=hierarchies, node=node, loss=sample_loss(1.0, 1e-5)
        )

    assert refused.value.code == code


def test_a_value_without_a_place_is_refused():
    codes = masking("soort", pa.array(["aa"]), keep=[1])

    with pytest.raises(InputError):
        anonymise_sample(
            made([31], ["b"]),
            hierarchies=[AGES, codes],
            node={"leeftijd": 1, "soort": 0},
            loss=sample_loss(1.0, 1e-5),
            draw=everybody,
        )
