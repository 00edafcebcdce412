"""People, not rows, are counted in groups that look alike."""

import numpy as np
import pyarrow as pa
import pytest

from grondslag.anonymise import GroupRisk, SensitiveRisk, sensitive_disclosure, smallest_group
from grondslag.errors import DisclosureRefusedError, InputError
from grondslag.wording import explain

# The example of Sweeney (2002): eleven patients, k is 2.
PATIENTS = pa.table(
    {
        "race": ["black"] * 6 + ["white"] * 5,
        "birth": [1965, 1965, 1965, 1965, 1964, 1964, 1964, 1964, 1964, 1967, 1967],
        "sex": ["m", "m", "f", "f", "f", "f", "m", "m", "m", "m", "m"],
        "zip": ["0214", "0214", "0213", "0213", "0213", "0213", "0213", "0213", "0213", "0213",
                "0213"],
        "problem": ["short breath", "chest pain", "hypertension", "hypertension", "obesity",
                    "chest pain", "chest pain", "obesity", "short breath", "chest pain",
                    "chest pain"],
    }
)  # fmt: skip


def test_the_table_of_the_paper_is_2_anonymous():
    risk = smallest_group(PATIENTS, quasi=["race", "birth", "sex", "zip"], person=None)

    assert (risk.smallest, risk.groups, risk.persons) == (2, 5, 11)
    assert risk.below == {2: 0, 3: 8, 5: 11, 10: 11, 20: 11}


def test_groups_with_one_problem_give_it_away():
    risk = sensitive_disclosure(
        PATIENTS, quasi=["race", "birth", "sex", "zip"], sensitive="problem", person=None
    )

    assert risk == SensitiveRisk(groups=5, giving_away=2, persons=4)
    assert risk.share == 0.4


def test_someone_with_many_rows_is_one_person():
    table = pa.table({"wijk": ["W1"] * 5 + ["W2"] * 2, "wie": ["a", "a", "a", "a", "b", "c", "d"]})

    risk = smallest_group(table, quasi=["wijk"], person="wie", sizes=[2, 3])

    assert risk == GroupRisk(smallest=2, below={2: 0, 3: 4}, groups=2, persons=4)


def test_someone_in_two_small_groups_is_counted_once():
    table = pa.table({"wijk": ["W1", "W2", "W3", "W3"], "wie": ["a", "a", "a", "b"]})

    risk = smallest_group(table, quasi=["wijk"], person="wie", sizes=[2])

    assert risk == GroupRisk(smallest=1, below={2: 1}, groups=3, persons=2)


OTHER_NAN = np.array([0x7FF8000000000001], np.uint64).view(np.float64)[0]
VALUES = [
    # column                                                        groups, smallest
    (pa.array([None, None, 1.0, 1.0]), 2, 2),
    (pa.array([float("nan"), OTHER_NAN, 1.0, 1.0]), 2, 2),
    (pa.array([None, float("nan"), 1.0, 1.0], from_pandas=False), 3, 1),
    (pa.array([0.0, -0.0, 1.0, 1.0]), 2, 2),
    (pa.array(["", None, "x", "x"]), 3, 1),
    (pa.array([True, False, None, None]), 3, 1),
    (pa.array(["a", "a", "b", None]).dictionary_encode(), 3, 1),
    (pa.array([None] * 4, pa.string()), 1, 4),
    (pa.array([0, 86_400, 86_400, 0], pa.timestamp("s")), 2, 2),
]


@pytest.mark.parametrize(("values", "groups", "smallest"), VALUES)
def test_missing_and_nan_are_values_of_their_own(values, groups, smallest):
    risk = smallest_group(pa.table({"x": values}), quasi=["x"], person=None)

    assert (risk.groups, risk.smallest) == (groups, smallest)


NOBODY = [
    pa.array(["a", None]),
    pa.array([1.0, float("nan")]),
    pa.array([None, None], pa.int64()),
]


@pytest.mark.parametrize("people", NOBODY)
def test_a_missing_person_is_refused(people):
    table = pa.table({"wijk": ["W1", "W1"], "wie": people})

    for ask in (
        lambda: smallest_group(table, quasi=["wijk"], person="wie"),
        lambda: sensitive_disclosure(table, quasi=[], sensitive="wijk", person="wie"),
    ):
        with pytest.raises(DisclosureRefusedError) as caught:
            ask()
        assert caught.value.code == "anonymise.person-missing"
        assert "wie" in explain(caught.value)


@pytest.mark.parametrize(
    "asked",
    [
        {"quasi": ["nergens"], "person": None},
        {"quasi": ["wijk"], "person": "nergens"},
    ],
)
def test_an_unknown_column_is_refused(asked):
    with pytest.raises(InputError) as caught:
        smallest_group(pa.table({"wijk": ["W1"]}), **asked)

    assert caught.value.code == "anonymise.unknown-column"


def test_a_column_that_stands_there_twice_is_refused():
    table = pa.table([pa.array(["a"]), pa.array(["b"])], names=["wijk", "wijk"])

    with pytest.raises(InputError):
        smallest_group(table, quasi=["wijk"], person=None)


def test_without_any_knowledge_all_look_alike():
    risk = smallest_group(PATIENTS, quasi=[], person=None, sizes=[11, 12])

    assert risk == GroupRisk(smallest=11, below={11: 0, 12: 11}, groups=1, persons=11)


def test_an_empty_table_has_no_groups():
    empty = PATIENTS.slice(0, 0)

    risk = smallest_group(empty, quasi=["race", "sex"], person=None, sizes=[5])
    gives = sensitive_disclosure(empty, quasi=["race"], sensitive="problem", person=None)

    assert risk == GroupRisk(smallest=0, below={5: 0}, groups=0, persons=0)
    assert (gives, gives.share) == (SensitiveRisk(0, 0, 0), 0.0)


def test_chunks_make_no_difference():
    chunked = pa.concat_tables([PATIENTS.slice(0, 3), PATIENTS.slice(3, 0), PATIENTS.slice(3)])

    for quasi in (["race"], ["race", "sex", "birth"]):
        assert smallest_group(chunked, quasi=quasi, person=None) == smallest_group(
            PATIENTS, quasi=quasi, person=None
        )
