"""Our quick validator and the library's own agree on every contract, right or wrong."""

import copy
import json
from functools import cache
from importlib import resources

from hypothesis import given
from hypothesis import strategies as st
from jsonschema.validators import validator_for

from grondslag.canonical.keywords import adapted
from made_contracts import column, contract_content

CONTRACT = contract_content(
    columns=[
        column("dag", "date", logicalTypeOptions={"minimum": "2020-01-01"}),
        column("bedrag", "number", quality=[{"metric": "nullValues", "mustBe": 0}]),
        {"name": "lijst", "logicalType": "array", "items": {"logicalType": "string"}},
        {"name": "deel", "logicalType": "object", "properties": [
            {"name": "x", "logicalType": "date"}]},
    ],
    slaProperties=[{"property": "retention", "value": 5, "unit": "y"}],
)  # fmt: skip
KEYS = st.sampled_from([
    "name", "logicalType", "logicalTypeOptions", "items", "properties", "map", "vreemd", "minimum",
    "maxLength", "format", "required", "synonyms", "quality", "server", "type", "path", "host",
])  # fmt: skip
VALUES = st.recursive(
    st.sampled_from([None, True, 0, 1.5, "", "date", "string", "array", "map", "vector", "x"]),
    lambda below: st.lists(below, max_size=2) | st.dictionaries(KEYS, below, max_size=2),
    max_leaves=4,
)


@cache
def validators():
    path = resources.files("open_data_contract_standard") / "schema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    kind = validator_for(schema)
    return adapted(kind)(schema), kind(schema)


def places(part, at=()):
    """Every mapping in a document."""
    if isinstance(part, dict):
        yield at
    steps = part.items() if isinstance(part, dict) else enumerate(part)
    for step, below in steps:
        if isinstance(below, (dict, list)):
            yield from places(below, (*at, step))


@given(at=st.sampled_from(sorted(places(CONTRACT), key=str)), key=KEYS, value=VALUES)
def test_a_changed_contract_is_judged_alike(at, key, value):
    changed = copy.deepcopy(CONTRACT)
    within = changed
    for step in at:
        within = within[step]
    within[key] = value
    ours, theirs = validators()

    assert ours.is_valid(changed) is theirs.is_valid(changed)


def test_the_contract_itself_is_right():
    ours, theirs = validators()

    assert ours.is_valid(CONTRACT)
    assert theirs.is_valid(CONTRACT)
