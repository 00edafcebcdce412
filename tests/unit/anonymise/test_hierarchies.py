"""Hierarchies are trees over every value, whoever builds them."""

from datetime import UTC, date, datetime

import numpy as np
import pyarrow as pa
import pytest

from grondslag.anonymise.building import areas, dates, intervals, masking, ordered, read_hierarchy
from grondslag.anonymise.hierarchies import distinct_values, hierarchy_of
from grondslag.anonymise.proposing import propose
from grondslag.errors import InputError
from grondslag.wording import explain


def labels_of(hierarchy, value):
    """What becomes of one value, level by level."""
    at = hierarchy.values.to_pylist().index(value)
    return [
        label[int(code)].as_py()
        for label, code in zip(hierarchy.labels, hierarchy.codes[:, at], strict=True)
    ]


DAYS = pa.array([date(2023, 12, 31), date(2024, 5, 6)])
MORNING, NOON, NEXT = (
    datetime(2024, 5, 6, 7, tzinfo=UTC),
    datetime(2024, 5, 6, 12, tzinfo=UTC),
    datetime(2024, 5, 7, 7, tzinfo=UTC),
)
JANUARIES = [date(year, 1, 1) for year in (2009, 2018, 2019, 2020, 2023, 2024)]
DATES = pa.array([*JANUARIES, date(2024, 4, 1), date(2024, 5, 5), date(2024, 5, 6)])
PLACES = [{"B1": "W1", "B2": "W1", "B3": "W2"}, {"B1": "G", "B2": "G", "B3": "G"}]
BUILT = [
    (intervals("a", pa.array([3, 17, 18, -4]), widths=[5, 10]), 17, [17, "15–19", "10–19", "*"]),
    (intervals("a", pa.array([3, -4]), widths=[5]), -4, [-4, "-5–-1", "*"]),
    (intervals("a", pa.array([0.1, 0.3]), widths=[0.1]), 0.3, [0.3, "[0.2, 0.3)", "*"]),
    (intervals("a", pa.array([1, 9]), widths=[4], origin=1), 9, [9, "9–12", "*"]),
    (ordered("a", ["low", "middle", "high"], sizes=[2]), "high", ["high", "high", "*"]),
    (ordered("a", ["low", "middle", "high"], sizes=[2]), "low", ["low", "low – middle", "*"]),
    (masking("a", pa.array(["1234AB", "1234AC", "1299AC"]), keep=[4, 2]), "1234AB",
     ["1234AB", "1234**", "12****"]),
    (masking("a", pa.array(["12", "345"]), from_left=True), "12", ["12", "*12", "**2", "*"]),
    (masking("a", pa.array(["12", "345"])), "12", ["12", "12*", "1**", "*"]),
    (dates("a", DATES, steps=["month", "quarter", "year", "lustrum", "decade"]), date(2024, 5, 6),
     [date(2024, 5, 6), "2024-05", "2024-Q2", "2024", "2020–2024", "2020–2029", "*"]),
    (dates("a", pa.array([MORNING, NOON, NEXT]), steps=["day"]), NOON, [NOON, "2024-05-06", "*"]),
    (areas("a", PLACES), "B3", ["B3", "W2", "G"]),
    (areas("a", PLACES[:1]), "B3", ["B3", "W2", "*"]),
]  # fmt: skip


@pytest.mark.parametrize(("hierarchy", "value", "labels"), BUILT)
def test_a_value_becomes_coarser_step_by_step(hierarchy, value, labels):
    assert labels_of(hierarchy, value)[: len(labels)] == labels
    assert len(hierarchy.labels[-1]) == 1


def test_every_code_of_a_level_has_one_parent():
    hierarchy = intervals("a", pa.array(range(100)), widths=[5, 10, 20])

    for finer, coarser in zip(hierarchy.codes, hierarchy.codes[1:], strict=False):
        parents = {(int(one), int(other)) for one, other in zip(finer, coarser, strict=True)}
        assert len(parents) == len(set(finer))


def test_bands_of_fractions_never_tear():
    numbers = pa.array(np.arange(0, 3, 0.05))

    hierarchy = intervals("a", numbers, widths=[0.1, 0.3, 0.9])

    assert [len(label) for label in hierarchy.labels] == [60, 30, 10, 4, 1]


def test_missing_is_a_value_of_its_own_until_all_is_one():
    hierarchy = intervals("a", pa.array([1, 7]), widths=[5]).covering_missing()

    assert labels_of(hierarchy, None) == [None, None, "*"]
    assert hierarchy.covers_missing
    assert hierarchy.covering_missing() is hierarchy


def test_missing_stays_apart_where_the_top_is_more_than_one_code():
    two = hierarchy_of("a", [pa.array(["x", "y"])])

    alone = two.covering_missing()

    assert [len(label) for label in alone.labels] == [3, 1]


def test_shares_are_of_the_domain_and_not_of_the_data():
    hierarchy = areas("a", PLACES)

    assert [share.tolist() for share in hierarchy.shares] == [
        [1 / 3] * 3,
        [2 / 3, 1 / 3],
        [1.0],
    ]


ENCODED = [
    (pa.chunked_array([["W2"], ["W1", "W2"]]), [1, 0, 1]),
    (pa.chunked_array([pa.array(["W2", "W1"]).dictionary_encode()]), [1, 0]),
    (pa.chunked_array([pa.array(["W2", "W1"], pa.large_string())]), [1, 0]),
]


@pytest.mark.parametrize(("column", "codes"), ENCODED)
def test_rows_get_the_code_of_their_value(column, codes):
    hierarchy = hierarchy_of("a", [pa.array(["W1", "W2"])])

    assert hierarchy.encode(column).tolist() == codes


def test_numbers_are_found_in_a_hierarchy_of_texts():
    hierarchy = hierarchy_of("a", [pa.array(["7", "39"])])

    assert hierarchy.encode(pa.chunked_array([[39, 7]])).tolist() == [1, 0]


def test_a_dictionary_with_unused_double_and_missing_values_is_read_by_value():
    column = pa.DictionaryArray.from_arrays([0, 2, None, 1], ["x", "y", "x", "never"])

    distinct, rows = distinct_values(column)

    assert [distinct.to_pylist()[at] for at in rows] == ["x", "x", None, "y"]
    assert sorted(distinct.to_pylist(), key=str) == [None, "x", "y"]


def test_nan_counts_as_missing_and_minus_zero_as_zero():
    distinct, rows = distinct_values(pa.array([0.0, -0.0, float("nan"), None]))

    assert distinct.to_pylist() == [0.0, None]
    assert rows.tolist() == [0, 0, 1, 1]


REFUSED = [
    (lambda: hierarchy_of("a", []), "hierarchy-empty"),
    (lambda: intervals("a", pa.array([], pa.int64()), widths=[2]), "hierarchy-empty"),
    (lambda: intervals("a", pa.array([1, 2]), widths=[2, 3]), "widths-do-not-fit"),
    (lambda: intervals("a", pa.array([1, 2]), widths=[]), "widths-do-not-fit"),
    (lambda: intervals("a", pa.array([1, 2]), widths=[0, 2]), "widths-do-not-fit"),
    (lambda: intervals("a", pa.array([1.0, float("inf")]), widths=[2]), "no-numbers"),
    (lambda: intervals("a", pa.array(["x"]), widths=[2]), "no-numbers"),
    (lambda: ordered("a", ["x", "x"], sizes=[2]), "hierarchy-value-twice"),
    (lambda: masking("a", pa.array(["123"]), keep=[1, 2]), "widths-do-not-fit"),
    (lambda: dates("a", pa.array([1])), "no-dates"),
    (lambda: dates("a", DAYS, steps=["week"]), "unknown-periods"),
    (lambda: dates("a", DAYS, steps=["year", "month"]), "unknown-periods"),
    (lambda: areas("a", [{"B1": "W"}, {"B2": "G"}]), "area-without-place"),
    (lambda: areas("a", [{"B1": "W1", "B2": "W1"}, {"B1": "G", "B2": "H"}]), "hierarchy-no-tree"),
    (lambda: hierarchy_of("a", [pa.array(["x"])]).encode(pa.chunked_array([["geheim"]])),
     "value-not-in-hierarchy"),
    (lambda: propose("a", pa.array([[1]])), "no-hierarchy-for-type"),
    (lambda: propose("a", pa.array([None], pa.string())), "hierarchy-empty"),
    (lambda: propose("a", pa.array([1.0, 2.0, float("inf")])), "no-numbers"),
]  # fmt: skip


@pytest.mark.parametrize(("build", "code"), REFUSED)
def test_a_hierarchy_that_is_none_is_refused_in_a_sentence_without_values(build, code):
    with pytest.raises(InputError) as refused:
        build()

    assert refused.value.code == f"anonymise.{code}"
    assert "geheim" not in f"{refused.value} {explain(refused.value)}"


def test_a_hierarchy_is_read_from_a_file(tmp_path):
    path = tmp_path / "opleiding.csv"
    path.write_text("vmbo;middelbaar;*\nvwo;middelbaar;*\nhbo;hoger;*\n", encoding="utf-8-sig")

    hierarchy = read_hierarchy(path, "opleiding")

    assert labels_of(hierarchy, "hbo") == ["hbo", "hoger", "*"]
    assert hierarchy.height == 3


def test_a_file_with_lines_of_unequal_length_names_the_line(tmp_path):
    path = tmp_path / "opleiding.csv"
    path.write_text("vmbo;middelbaar\nvwo\n", encoding="utf-8")

    with pytest.raises(InputError) as refused:
        read_hierarchy(path, "opleiding")

    assert refused.value.fields == {"file": "opleiding.csv", "line": 2}


PROPOSED = [
    (pa.array([1, 2]), [1, "*"], 1),
    (pa.array(range(18, 91)), [33, "30–34", "30–39", "20–39", "0–39", "0–79", "*"], 33),
    (pa.array([0.0, 1.0, 0.26]), [0.26, "[0.25, 0.3)", "[0.2, 0.3)", "[0.2, 0.4)"], 0.26),
    (pa.array([True, False]), [True, "*"], True),
    (pa.array([f"{n}AB" for n in range(1000, 1030)]),
     ["1003AB", "1003A*", "1003**", "100***", "10****"], "1003AB"),
    (pa.array(["m", "v", "x"]), ["m", "*"], "m"),
    (pa.array([f"beroep {'abcdefghijklmn'[n]}{'x' * n}" for n in range(14)]),
     ["beroep a", "ber******************"], "beroep a"),
    (DATES, [date(2024, 5, 6), "2024-05", "2024-Q2", "2024", "2020–2024"], date(2024, 5, 6)),
]  # fmt: skip


@pytest.mark.parametrize(("column", "labels", "value"), PROPOSED)
def test_a_proposal_follows_the_shape_of_the_column(column, labels, value):
    hierarchy = propose("a", column)

    found = labels_of(hierarchy, value)

    assert found[: len(labels)] == labels
