"""Rows drawn from a contract keep that contract, whatever the contract promises."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grondslag.contracts import read_contract, read_contracts
from grondslag.errors import InputError
from grondslag.synthetic import made_up_rows
from keeping import broken_promises
from made_contracts import areas_hash, column, write_contract
from our_source import ROOT

EXAMPLES = [
    contract
    for name in ("voorbeeldstad-verkeer", "utrecht-verkeersveiligheid")
    for contract in read_contracts(ROOT / "examples" / name / "contracts").values()
]
AREAS = {"file": "gebieden.areas.yaml", "sha256": areas_hash()}
PERSONAL = {"category": "national_id", "role": "direct", "allowed": ["pseudonym"]}

whole = st.integers(-(2**40), 2**40)
day = st.dates().map(str)


@st.composite
def bounds(draw, values):
    """None, one or both bounds, in the right order."""
    low, high = sorted((draw(values), draw(values)))
    options = {"minimum": low, "maximum": high}
    kept = draw(st.sets(st.sampled_from(sorted(options))))
    return {name: options[name] for name in kept}


@st.composite
def columns(draw):
    """A column of any type with any promise about its values."""
    kind = draw(st.sampled_from(["string", "integer", "number", "boolean", "date", "timestamp"]))
    options, privacy = {}, {}
    if kind in ("integer", "number"):
        options = draw(bounds(whole if kind == "integer" else whole.map(float)))
    elif kind in ("date", "timestamp"):
        options = draw(bounds(day))
    elif kind == "string":
        privacy = draw(
            st.sampled_from(
                [
                    {},
                    PERSONAL,
                    {"free_text": True},
                    {"values": ["a", "b", "één"]},
                    {"area_level": "buurt"},
                    {"area_level": "wijk"},
                ]
            )
        )
    return {"kind": kind, "options": options, "privacy": privacy, "required": draw(st.booleans())}


def contract_with(folder, drawn):
    made = [
        column(
            f"kolom_{at}",
            item["kind"],
            privacy=item["privacy"],
            required=item["required"],
            **({"logicalTypeOptions": item["options"]} if item["options"] else {}),
        )
        for at, item in enumerate(drawn)
    ]
    return read_contract(write_contract(folder, columns=made, privacy={"areas": AREAS}))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("contracten")


@given(
    contract=st.sampled_from(EXAMPLES),
    n=st.sampled_from([0, 1, 7]),
    seed=st.integers(0, 2**32),
)
def test_rows_keep_the_contracts_of_the_examples(contract, n, seed):
    table = made_up_rows(contract, n, seed)

    assert table.num_rows == n
    assert broken_promises(contract, table) == []


@given(
    drawn=st.lists(columns(), min_size=1, max_size=5),
    n=st.integers(0, 30),
    seed=st.integers(0, 99),
)
def test_rows_keep_any_contract(folder, drawn, n, seed):
    contract = contract_with(folder, drawn)

    table = made_up_rows(contract, n, seed)

    assert table.num_rows == n
    assert broken_promises(contract, table) == []
    assert made_up_rows(contract, n, seed).equals(table)


@given(
    low=st.integers(-50, 50),
    room=st.integers(0, 40),
    n=st.integers(0, 60),
    kind=st.sampled_from(["integer", "string"]),
)
def test_a_unique_column_gets_each_value_once_or_is_refused(folder, low, room, n, kind):
    wholes = {"minimum": low, "maximum": low + room}
    listed = {"values": [f"w{at}" for at in range(room + 1)]}
    made = column(
        "sleutel",
        kind,
        unique=True,
        privacy=listed if kind == "string" else {},
        **({"logicalTypeOptions": wholes} if kind == "integer" else {}),
    )
    contract = read_contract(write_contract(folder, columns=[made]))

    if n > room + 1:
        with pytest.raises(InputError) as refused:
            made_up_rows(contract, n, 1)
        assert refused.value.code == "synthetic.too-many-unique"
    else:
        assert broken_promises(contract, made_up_rows(contract, n, 1)) == []
