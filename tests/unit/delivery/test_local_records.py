"""Rows with steps per group are held against their own source rows, by other code."""

import math

import numpy as np
import pyarrow as pa
import pytest

from grondslag.anonymise import KAnonymity, anonymise, column_uses, hierarchy_of
from grondslag.delivery.local_records import locally_generalised_rows
from grondslag.errors import IntegrityError

STREETS = ["S1"] * 12 + ["S2"] * 9 + ["S3"] * 3 + ["S4"] * 2 + [None] * 6
CONTENT = pa.table(
    {"who": [f"p{n}" for n in range(32)], "street": STREETS, "debt": [n % 4 for n in range(32)]}
)
LEVELS = hierarchy_of(
    "street",
    [
        pa.array(["S1", "S2", "S3", "S4"]),
        pa.array(["W1", "W1", "W2", "W2"]),
        pa.array(["*"] * 4),
    ],
).covering_missing()


@pytest.fixture(scope="module")
def made():
    return anonymise(
        CONTENT,
        hierarchies=[LEVELS],
        model=KAnonymity(5),
        sensitive=["debt"],
        person="who",
        local=True,
    )


def test_each_released_row_is_its_own_row_at_some_level(made):
    people = locally_generalised_rows(CONTENT, [LEVELS], made.sources, made.table)

    assert set(people.column_names) == set(CONTENT.column_names)
    assert people["street"].to_pylist() == made.table["street"].to_pylist()
    assert people["debt"].to_pylist() == made.table["debt"].to_pylist()
    assert people["street"].to_pylist().count("S1") == 12


def test_a_row_that_stands_there_twice_is_found(made):
    sources = made.sources.copy()
    sources[0] = sources[1]

    with pytest.raises(IntegrityError):
        locally_generalised_rows(CONTENT, [LEVELS], sources, made.table)


def test_a_value_of_another_row_is_found(made):
    streets = made.table["street"].to_pylist()
    at = next(n for n, one in enumerate(streets) if one == "S1")
    wrong = [*streets[:at], "W2", *streets[at + 1 :]]

    with pytest.raises(IntegrityError):
        locally_generalised_rows(
            CONTENT, [LEVELS], made.sources, made.table.set_column(0, "street", pa.array(wrong))
        )


def test_rows_that_are_missing_are_found(made):
    with pytest.raises(IntegrityError):
        locally_generalised_rows(CONTENT, [LEVELS], np.arange(3), made.table)


def test_with_one_level_for_all_no_source_row_is_told():
    made = anonymise(
        CONTENT, hierarchies=[LEVELS], model=KAnonymity(5), sensitive=["debt"], person="who"
    )

    assert made.sources is None


def test_what_is_left_of_a_column_is_what_its_released_values_tell(made):
    """A coarse value beside precise ones tells less, though it makes one more value."""
    (use, _) = column_uses(CONTENT, made, [LEVELS], sensitive=["debt"])

    exact = {name: made.table["street"].to_pylist().count(name) for name in ("S1", "S2", None)}
    shares = [exact["S1"] / 32, exact["S2"] / 32, 5 / 32, exact[None] / 32]
    whole = [12 / 32, 9 / 32, 3 / 32, 2 / 32, 6 / 32]
    entropy = [-sum(one * math.log(one) for one in some) for some in (shares, whole)]
    assert use.kept == pytest.approx(entropy[0] / entropy[1])
    assert use.kept < 1
