"""Rows drawn from a contract: what is refused, and what such rows look like."""

import pyarrow as pa
import pytest

from grondslag.errors import InputError
from grondslag.synthetic import made_up_rows
from made_contracts import areas_hash, column, made_contract

AREAS = {"areas": {"file": "gebieden.areas.yaml", "sha256": areas_hash()}}
NUMBER = {"category": "national_id", "role": "direct", "allowed": ["pseudonym"]}


def test_fewer_than_no_rows_are_refused(tmp_path):
    contract = made_contract(tmp_path)

    with pytest.raises(InputError) as refused:
        made_up_rows(contract, -1, 0)

    assert refused.value.code == "synthetic.rows"


@pytest.mark.parametrize(
    ("kind", "options", "bands"),
    [
        ("integer", {"minimum": 0.2, "maximum": 0.8}, {}),
        ("integer", {"maximum": 5}, {"maat": [10, 20]}),
        ("number", {"minimum": 30}, {"maat": [10, 20]}),
        ("date", {"minimum": "2020-01-01"}, {"leeftijd": [18, 67]}),
    ],
)
def test_bounds_that_leave_no_value_are_refused_with_their_line(kind, options, bands, tmp_path):
    narrow = column("maat", kind, logicalTypeOptions=options, privacy={"bands": bands})
    contract = made_contract(tmp_path, columns=[column("soort"), narrow])

    with pytest.raises(InputError) as refused:
        made_up_rows(contract, 3, 0)

    assert refused.value.code == "synthetic.no-value"
    assert refused.value.fields["line"] == contract.columns[1].line


def test_a_column_without_privacy_entry_still_gets_rows(tmp_path):
    bare = {"name": "maat", "logicalType": "number", "required": True}
    contract = made_contract(tmp_path, columns=[column("soort"), bare])

    table = made_up_rows(contract, 5, 0)

    assert table["maat"].type == pa.float64()
    assert table["maat"].null_count == 0


def test_areas_are_the_area_around_the_finest_one(tmp_path):
    columns = [
        column("wijk", privacy={"area_level": "wijk"}, required=True),
        column("buurt", privacy={"area_level": "buurt"}, required=True),
    ]
    contract = made_contract(tmp_path, columns=columns, privacy=AREAS)

    table = made_up_rows(contract, 60, 3)

    pairs = set(zip(table["buurt"].to_pylist(), table["wijk"].to_pylist(), strict=True))
    assert pairs == {("B11", "W1"), ("B12", "W1"), ("B21", "W2")}


def test_a_unique_district_leaves_one_neighbourhood_in_each(tmp_path):
    columns = [
        column("wijk", privacy={"area_level": "wijk"}, unique=True),
        column("buurt", privacy={"area_level": "buurt"}, required=True),
    ]
    contract = made_contract(tmp_path, columns=columns, privacy=AREAS)

    table = made_up_rows(contract, 2, 3)

    assert sorted(table["wijk"].to_pylist()) == ["W1", "W2"]
    with pytest.raises(InputError) as refused:
        made_up_rows(contract, 3, 3)
    assert refused.value.code == "synthetic.too-many-unique"


def test_persons_come_back_and_some_carry_the_secrecy_mark(tmp_path):
    columns = [
        column("bsn", privacy=NUMBER, required=True),
        column("geheim", privacy={"category": "ordinary", "role": "sensitive"}, required=True),
    ]
    mark = {"column": "geheim", "value": "J", "coarsen": {}}
    contract = made_contract(
        tmp_path, columns=columns, privacy={"person_key": "bsn", "secrecy_mark": mark}
    )

    table = made_up_rows(contract, 400, 3)

    numbers = table["bsn"].to_pylist()
    assert 100 < len(set(numbers)) < 250
    assert all(len(number) == 9 and number.startswith("9999") for number in numbers)
    assert 5 <= table["geheim"].to_pylist().count("J") <= 45


def test_ages_lie_within_the_bands_of_the_contract(tmp_path):
    born = column("geboren", "date", privacy={"bands": {"leeftijd": [18, 40, 67]}}, required=True)
    contract = made_contract(tmp_path, columns=[born])

    table = made_up_rows(contract, 300, 3)

    years = [day.year for day in table["geboren"].to_pylist()]
    assert 1958 <= min(years) <= 1965
    assert 2002 <= max(years) <= 2007


def test_another_seed_gives_other_rows(tmp_path):
    contract = made_contract(tmp_path)

    assert not made_up_rows(contract, 20, 1).equals(made_up_rows(contract, 20, 2))
