"""Text to the types of a contract: what fits is converted, the rest is counted with its line."""

import math
from datetime import date, datetime

import pyarrow as pa
import pytest

from grondslag.contracts import Column, LogicalType, Reading
from grondslag.sources.typing import typed_batches


def typed(texts, kind, *, first_line=2, **reading):
    """Values and faults of one column of text."""
    column = Column("x", LogicalType(kind), False, False, "x", "", None, None, None, 1)
    faults = {}
    batch = pa.record_batch([pa.array(texts, pa.string())], names=["x"])
    batches = typed_batches(
        iter([batch]), [column], Reading(**reading), faults, first_line=first_line
    )
    values = next(batches).column(0).to_pylist()
    return values, faults["x"]


NUMBERS = [
    # text            decimal  value
    ("1.5", ".", 1.5),
    ("-1.5e3", ".", -1500.0),
    (".5", ".", 0.5),
    ("5.", ".", 5.0),
    ("1,5", ",", 1.5),
    ("1.234,5", ",", 1234.5),
    ("1.234.567,5", ",", 1234567.5),
    ("1,5", ".", None),
    ("1e400", ".", None),
    ("-1e400", ".", None),
    ("nan", ".", None),
    ("inf", ".", None),
    ("1_000", ".", None),
    ("0x10", ".", None),
    ("1.2.3", ".", None),
    ("1.5", ",", None),
    ("12.34,5", ",", None),
    ("1.2345,6", ",", None),
    ("١٢", ".", None),
    ("1 000", ".", None),
    ("--1", ".", None),
]


@pytest.mark.parametrize(("text", "decimal", "value"), NUMBERS)
def test_numbers_are_what_the_owner_writes(text, decimal, value):
    values, fault = typed([text], "number", decimal=decimal, delimiter=";")

    assert values == [value]
    assert fault.count == (value is None)


INTEGERS = [
    ("12", 12),
    ("-12", -12),
    ("+12", 12),
    ("007", 7),
    ("999999999999999999", 10**18 - 1),
    ("9999999999999999999", None),
    ("1.0", None),
    ("1e3", None),
    ("١٢", None),
    ("12a", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "value"), INTEGERS)
def test_whole_numbers(text, value):
    values, fault = typed([text], "integer")

    assert values == [value]
    assert fault.count == (value is None and text != "")


DAYS = [
    ("2024-02-29", "%Y-%m-%d", date(2024, 2, 29)),
    ("2023-02-29", "%Y-%m-%d", None),
    ("2024-2-9", "%Y-%m-%d", None),
    ("24-02-29", "%Y-%m-%d", None),
    ("29-02-2024", "%Y-%m-%d", None),
    ("2024-02-29T00:00:00", "%Y-%m-%d", None),
    ("31-01-2024", "%d-%m-%Y", date(2024, 1, 31)),
    ("1-2-2024", "%d-%m-%Y", date(2024, 2, 1)),
    ("31-02-2024", "%d-%m-%Y", None),
    ("02-31-2024", "%d-%m-%Y", None),
    ("1-2-24", "%d-%m-%Y", None),
    ("1/2/2024", "%d/%m/%Y", date(2024, 2, 1)),
    ("1-2-2024", "%d/%m/%Y", None),
    ("10/10/2024", "%d/%m/%Y", date(2024, 10, 10)),
    ("20240229", "%Y%m%d", date(2024, 2, 29)),
    ("20230229", "%Y%m%d", None),
    ("0001-01-01", "%Y-%m-%d", date(1, 1, 1)),
    ("0000-01-01", "%Y-%m-%d", None),
    ("9999-12-31", "%Y-%m-%d", date(9999, 12, 31)),
]


@pytest.mark.parametrize(("text", "form", "value"), DAYS)
def test_days_are_days_that_exist_in_the_form_of_the_owner(text, form, value):
    values, fault = typed([text], "date", date_format=form)

    assert values == [value]
    assert fault.count == (value is None)


MOMENTS = [
    ("2024-02-29T23:59:59", "%Y-%m-%dT%H:%M:%S", datetime(2024, 2, 29, 23, 59, 59)),  # noqa: DTZ001
    ("2024-02-30T10:00:00", "%Y-%m-%dT%H:%M:%S", None),
    ("2023-02-29 10:00:00", "%Y-%m-%d %H:%M:%S", None),
    ("31-02-2024 10:00", "%d-%m-%Y %H:%M", None),
    ("29-02-2024 10:00", "%d-%m-%Y %H:%M", datetime(2024, 2, 29, 10)),  # noqa: DTZ001
    ("2024-02-29T24:00:00", "%Y-%m-%dT%H:%M:%S", None),
    ("2024-02-29T10:00:00Z", "%Y-%m-%dT%H:%M:%S", None),
    ("2024-02-29 10:00:00", "%Y-%m-%dT%H:%M:%S", None),
]


@pytest.mark.parametrize(("text", "form", "value"), MOMENTS)
def test_moments_exist(text, form, value):
    values, fault = typed([text], "timestamp", timestamp_format=form)

    assert values == [value]
    assert fault.count == (value is None)


def test_yes_and_no_are_read_in_either_case():
    values, fault = typed(["Ja", "NEE", "true", "0", "J", "misschien"], "boolean")

    assert values == [True, False, True, False, True, None]
    assert (fault.count, fault.lines) == (1, [7])


def test_spaces_around_a_value_are_no_part_of_it_and_words_for_missing_are_missing():
    texts = [" 1 ", "NULL", " NULL ", "", "onbekend"]

    values, fault = typed(texts, "integer", missing=("", "NULL"))

    assert values == [1, None, None, None, None]
    assert (fault.count, fault.lines) == (1, [6])


def test_only_the_first_five_lines_are_kept_and_none_of_the_values():
    values, fault = typed(["x"] * 9, "integer", first_line=100)

    assert values == [None] * 9
    assert (fault.count, fault.lines) == (9, [100, 101, 102, 103, 104])


def test_lines_are_counted_on_over_batches():
    column = Column("x", LogicalType.INTEGER, False, False, "x", "", None, None, None, 1)
    faults = {}
    batches = [
        pa.record_batch([pa.array(texts)], names=["x"]) for texts in (["1", "2"], ["3", "?"])
    ]

    for _ in typed_batches(iter(batches), [column], Reading(), faults, first_line=2):
        pass

    assert faults["x"].lines == [5]


def test_no_number_becomes_infinite():
    values, _ = typed(["1e308", "1e309", "-1e309"], "number")

    assert [value for value in values if value is not None and not math.isfinite(value)] == []
