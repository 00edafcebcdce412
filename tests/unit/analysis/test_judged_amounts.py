"""What a delivered table holds of what its owner said about judging its amounts."""

from datetime import date

import pyarrow as pa
import pytest

from grondslag.analysis.judged_amounts import judged_amounts
from grondslag.errors import InputError
from made_contracts import made_contract
from small_businesses import columns, privacy

DAY = date(2027, 3, 2)
TABLE = pa.table(
    {"energie": [1.0, 2.0, 3.0], "omzet": [3, 4, 5], "akkoord": ["ja", "nee", None]}
)  # fmt: skip


@pytest.fixture
def contract(tmp_path):
    return made_contract(tmp_path, name="bedrijven", columns=columns("omzet"), privacy=privacy())


def test_the_judge_and_who_agreed_stand_beside_the_amount(contract):
    found = judged_amounts("energie", TABLE, contract, "#who", day=DAY)

    assert found.judged_by == "omzet"
    assert found.columns[found.measure.shadow].to_pylist() == [3.0, 4.0, 5.0]
    assert found.columns[found.measure.waiver].to_pylist() == [True, False, False]
    assert found.said["waivers_date"] == "2027-02-01"


def test_nobody_agreed_where_the_column_was_not_delivered(contract):
    found = judged_amounts("energie", TABLE.drop_columns("akkoord"), contract, "#who", day=DAY)

    assert found.measure.waiver is None
    assert "waivers" not in found.said


@pytest.mark.parametrize(
    ("amount", "gone", "day", "code"),
    [
        ("energie", "omzet", DAY, "analysis.judge-missing"),
        ("energie", "energie", DAY, "analysis.column-not-delivered"),
        ("niets", "akkoord", DAY, "analysis.column-not-delivered"),
        ("akkoord", "omzet", DAY, "tables.no-number"),
        ("energie", "", date(2027, 1, 31), "analysis.waivers-to-come"),
    ],
)
def test_what_cannot_be_judged_is_refused(contract, amount, gone, day, code):
    table = TABLE.drop_columns(gone) if gone else TABLE

    with pytest.raises(InputError) as refused:
        judged_amounts(amount, table, contract, "#who", day=day)
    assert refused.value.code == code
