"""What is left of a column: worked examples."""

import math

import pyarrow as pa
import pytest

from grondslag.anonymise import KAnonymity, anonymise, column_uses, intervals, propose


def made(ages, k=2, suppression=0.0, **asked):
    table = pa.table({"age": ages, "debt": ["none", "much"] * (len(ages) // 2)})
    steps = [intervals("age", table["age"], widths=[10])]
    result = anonymise(
        table, hierarchies=steps, model=KAnonymity(k), sensitive=["debt"],
        suppression=suppression, **asked,
    )  # fmt: skip
    return {one.column: one for one in column_uses(table, result, steps, sensitive=["debt"])}


def test_a_column_that_stays_as_it_is_keeps_everything():
    use = made([30, 30, 41, 41])["age"]

    assert use.kept == 1.0
    assert use.shifted == 0.0


def test_bands_keep_the_differences_between_bands():
    use = made([30, 31, 41, 42])["age"]

    assert use.kept == pytest.approx(math.log(2) / math.log(4))
    assert use.shifted == 0.0


def test_leaving_out_rows_shifts_what_is_left():
    uses = made([30, 30, 30, 30, 30, 90], suppression=0.2)

    # One of six is gone: from 5/6 and 1/6 to all and nothing.
    assert uses["age"].shifted == pytest.approx(1 / 6)
    assert uses["age"].kept == 0.0
    # Three and three become three and two.
    assert uses["debt"].shifted == pytest.approx(0.1)


def test_a_column_of_one_value_has_nothing_to_lose():
    table = pa.table({"sex": ["v", "v", "v"]})
    steps = [propose("sex", table["sex"])]

    result = anonymise(table, hierarchies=steps, model=KAnonymity(2))

    [use] = column_uses(table, result, steps)
    assert (use.kept, use.shifted) == (1.0, 0.0)


def test_missing_values_have_a_place():
    table = pa.table({"age": [30, 30, None, None]})
    steps = [intervals("age", table["age"], widths=[10])]

    result = anonymise(table, hierarchies=steps, model=KAnonymity(2))

    [use] = column_uses(table, result, steps)
    assert (use.kept, use.shifted) == (1.0, 0.0)


def test_groups_with_levels_of_their_own_say_nothing_of_a_shift():
    assert made([30, 30, 41, 42], local=True)["age"].shifted is None
