"""Two safe tables can be unsafe together: whoever came or left must be a group, or nobody."""

import math

import pyarrow as pa
import pytest

from grondslag.contracts import LogicalType
from grondslag.delivery.differences import check_difference
from grondslag.delivery.model import ColumnPlan, ScanPlan, TablePlan
from grondslag.errors import DisclosureRefusedError
from grondslag.vocabulary import Form, OutputStep

MINIMUM = 5


def table_plan(output="aggregate", forms=(("wijk", "exact"),), quasi=("wijk",)):
    columns = tuple(ColumnPlan(name, LogicalType.STRING, Form.parse(f)) for name, f in forms)
    scan = ScanPlan("inwoners", columns, (), "bsn", LogicalType.STRING, objections=False, mark=None)
    return TablePlan(scan, (), OutputStep(output), "persons", MINIMUM, quasi, ())


def counts(**cells):
    return pa.table({"wijk": list(cells), "persons": pa.array(cells.values(), pa.int64())})


def is_refused(plan, earlier, now):
    try:
        return not check_difference(plan, earlier, now, delivery="2027-02-01-abcd")
    except DisclosureRefusedError as error:
        return error.code == "delivery.difference"


CELLS = [
    # earlier                     now                             refused
    ({"noord": 41, "zuid": 9}, {"noord": 41, "zuid": 9}, False),
    ({"noord": 41}, {"noord": 42}, True),
    ({"noord": 42}, {"noord": 41}, True),
    ({"noord": 41}, {"noord": 46}, False),
    ({"noord": 41}, {"noord": 36}, False),
    ({"noord": 41, "zuid": 50}, {"noord": 46, "zuid": 51}, True),
    ({"noord": 41}, {"noord": 41, "zuid": 5}, False),
    ({"noord": 41, "zuid": 5}, {"noord": 41}, False),
    ({"noord": None}, {"noord": None}, False),
    ({"noord": 5}, {"noord": None}, True),
    ({"noord": None}, {"noord": 5}, True),
    ({}, {}, False),
]


@pytest.mark.parametrize(("earlier", "now", "refused"), CELLS)
def test_cells_change_by_a_group_or_not_at_all(earlier, now, refused):
    assert is_refused(table_plan(), counts(**earlier), counts(**now)) is refused


def people(*tokens, wijk="noord", value=1.5):
    return pa.table(
        {
            "bsn": list(tokens),
            "wijk": [wijk] * len(tokens),
            "value": pa.array([value] * len(tokens), pa.float64()),
        }
    )


FORMS = (("bsn", "pseudonym"), ("wijk", "exact"), ("value", "exact"))
RECORDS = [
    # who was in it, who is in it now    refused
    ("abcdefgh", "abcdefgh", False),
    ("abcdefgh", "hgfedcba", False),
    ("abcdefgh", "abcdefghi", True),
    ("abcdefgh", "abcdefg", True),
    ("abcdefgh", "abcdefghvwxyz", False),
    ("abcdefgh", "", False),
    ("abcdefgh", "bcdefghi", True),
]


@pytest.mark.parametrize("value", [1.5, math.nan])
@pytest.mark.parametrize(("before", "after", "refused"), RECORDS)
def test_records_change_by_a_group_or_not_at_all(before, after, refused, value):
    plan = table_plan("pseudonymous", FORMS)

    assert is_refused(plan, people(*before, value=value), people(*after, value=value)) is refused


def test_groups_are_looked_at_one_by_one():
    plan = table_plan("pseudonymous", FORMS)
    earlier = pa.concat_tables([people(*"abcdef"), people(*"uvwxyz", wijk="zuid")])
    now = pa.concat_tables([people(*"abcdefghijk"), people(*"uvwxyz1", wijk="zuid")])

    assert is_refused(plan, earlier, now)


def test_one_record_of_somebody_that_changed_is_a_difference_of_one():
    plan = table_plan("pseudonymous", FORMS)
    now = pa.concat_tables([people(*"abcdefg"), people("h", value=2.5)])

    assert is_refused(plan, people(*"abcdefgh"), now)


def test_open_data_is_not_compared_and_other_columns_cannot_be():
    open_data, other = table_plan("open"), counts(noord=41).append_column("x", [[1]])

    assert check_difference(open_data, counts(noord=41), counts(noord=42), delivery="x") is True
    assert check_difference(table_plan(), counts(noord=41), other, delivery="x") is False
