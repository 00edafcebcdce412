"""One person is one text, however a source writes a citizen service number."""

import pyarrow as pa
import pytest

from grondslag.delivery.model import ObjectionPlan
from grondslag.delivery.persons import person_text, person_texts
from grondslag.delivery.running import objecting_persons


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (pa.array([12345672, 123456782, None]), ["012345672", "123456782", None]),
        (pa.array(["12345672", "012345672", "", None]), ["012345672", "012345672", "", None]),
        (pa.array(["A1", "1234567890", "12 34"]), ["A1", "1234567890", "12 34"]),
        (pa.chunked_array([pa.array(["7"]), pa.array(["007"])]), ["000000007", "000000007"]),
    ],
    ids=["whole numbers", "texts", "other numbers stay", "in parts"],
)
def test_a_citizen_service_number_gets_its_nine_digits_back(written, meant):
    assert person_texts(written, national_id=True).to_pylist() == meant


def test_another_number_is_taken_as_it_stands():
    assert person_texts(pa.array(["007", "7"]), national_id=False).to_pylist() == ["007", "7"]


def test_who_objects_is_found_also_when_the_list_lost_the_zeros():
    plan = ObjectionPlan("bezwaren", "bsn", "doel", "staat", ("verkeer",), ("ontvangen",), True)
    rows = pa.table({"bsn": [12345672], "doel": ["verkeer"], "staat": ["ontvangen"]})

    assert objecting_persons(rows, plan).to_pylist() == ["012345672"]


@pytest.mark.parametrize(
    ("typed", "stands_as"),
    [
        (" 12345672 ", ("12345672", "012345672")),
        ("012345672", ("012345672",)),
        ("M-12", ("M-12",)),
    ],
)
def test_a_number_somebody_types_is_looked_for_with_its_zeros_too(typed, stands_as):
    assert person_text(typed) == stands_as
