"""Whatever stands in a file: a contract, an area list or a plan comes out, or a clear refusal."""

import copy
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from grondslag.canonical import to_yaml
from grondslag.contracts import AreaList, Contract, read_areas, read_contract
from grondslag.errors import InputError
from grondslag.plan import Plan, read_plan
from grondslag.wording import explain
from made_contracts import AREAS, areas_hash, column, contract_content
from made_plans import plan_content

RICH = contract_content(
    columns=[
        column("bsn", required=True, privacy={"category": "national_id", "role": "direct",
                                              "allowed": ["pseudonym"]}),
        column("dag", "date", logicalTypeOptions={"minimum": "2020-01-01"},
               privacy={"allowed": ["year", "month"], "default": "year"}),
        column("buurt", privacy={"area_level": "buurt", "allowed": ["area:wijk"]}),
        column("bedrag", "number", logicalTypeOptions={"minimum": 0, "maximum": 9.5},
               privacy={"allowed": ["band:vijf"], "bands": {"vijf": [0, 5, 10]}}),
        column("aantal", "integer", privacy={"values": [1, 2]}),
    ],
    privacy={
        "person_key": "bsn",
        "areas": {"file": "gebieden.areas.yaml", "sha256": areas_hash()},
        "secrecy_mark": {"column": "buurt", "value": "J", "coarsen": {"buurt": "area:wijk"}},
        "linking": {"key": "bsn", "domains": ["brp"]},
        "objections": {"dataset": "bezwaren", "person": "bsn", "purpose": "doel", "state": "stand",
                       "left_out_states": ["ja"]},
    },
    reading={"delimiter": ";", "decimal": ",", "missing": ["", "NULL"]},
    slaProperties=[
        {"property": "retention", "value": 5, "unit": "y", "element": "meldingen.dag"},
        {"property": "latency", "value": 5, "unit": "d", "element": "meldingen.dag"},
    ],
)  # fmt: skip
FULL_PLAN = plan_content(
    links=[{"left": "meldingen", "right": "inwoners", "reason": "Om per inwoner te tellen.",
            "ground": plan_content()["legal_basis"], "until": "2027-12-31"}],
    rhythm={"kind": "yearly", "until": "2029-12-31"},
    assessment={"list_items": [], "criteria": [], "high_risk_left": "no"},
    analysis={"question": "area_comparison", "dataset": "meldingen", "area": "buurt",
              "focus": ["W1"], "comparison": "rest",
              "residents": {"dataset": "inwoners", "area": "wijk", "value": "aantal"}},
)  # fmt: skip

DOCUMENTS = [
    ("meldingen.odcs.yaml", RICH, read_contract, Contract),
    ("gebieden.areas.yaml", AREAS, read_areas, AreaList),
    ("plan.yaml", FULL_PLAN, read_plan, Plan),
]
ids = [document[0] for document in DOCUMENTS]


def places(part, at=()):
    """Every place in a document."""
    yield at
    if not isinstance(part, (dict, list)):
        return
    for step, below in part.items() if isinstance(part, dict) else enumerate(part):
        yield from places(below, (*at, step))


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8", exclude_categories=["C", "Zl", "Zp"]), max_size=12)
    | st.sampled_from(["exact", "area:wijk", "band:x", "2027-01-01", "v3.2.0", "bsn", "local"])
)
KEYS = st.sampled_from(["name", "property", "value", "privacy", "type", "x-y", "items", "members"])
PARTS = st.recursive(
    SCALARS,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(KEYS, below, max_size=3),
    max_leaves=6,
)


def outcome(folder, name, content, read, kind):
    """Read a file with this content; anything but the wanted value or a clear refusal fails."""
    (folder / "gebieden.areas.yaml").write_text(to_yaml(AREAS), encoding="utf-8")
    path = folder / name
    path.write_bytes(content)
    value, refusal = None, None
    try:
        value = read(path)
    except InputError as error:
        refusal = error
    if refusal is None:
        assert isinstance(value, kind)
    else:
        told = explain(refusal)
        assert name in told or "gebieden" in told
        assert refusal.code not in told


@pytest.mark.parametrize(("name", "right", "read", "kind"), DOCUMENTS, ids=ids)
@given(data=st.data())
def test_a_part_replaced_by_anything(name, right, read, kind, data):
    changed = {"": copy.deepcopy(right)}
    at = data.draw(st.sampled_from(sorted(places(changed[""]), key=str)))
    within = changed
    for step in ("", *at)[:-1]:
        within = within[step]
    within[("", *at)[-1]] = data.draw(PARTS)

    with tempfile.TemporaryDirectory() as folder:
        outcome(Path(folder), name, _yaml(changed[""]), read, kind)


@pytest.mark.parametrize(("name", "right", "read", "kind"), DOCUMENTS, ids=ids)
@given(data=st.data())
def test_a_part_left_out(name, right, read, kind, data):
    changed = copy.deepcopy(right)
    at = data.draw(st.sampled_from(sorted((place for place in places(right) if place), key=str)))
    within = changed
    for step in at[:-1]:
        within = within[step]
    del within[at[-1]]

    with tempfile.TemporaryDirectory() as folder:
        outcome(Path(folder), name, _yaml(changed), read, kind)


@pytest.mark.parametrize(("name", "right", "read", "kind"), DOCUMENTS, ids=ids)
@given(data=st.data())
def test_bytes_broken_on_the_way(name, right, read, kind, data):
    content = bytearray(_yaml(right))
    for _ in range(data.draw(st.integers(1, 4))):
        where = data.draw(st.integers(0, len(content) - 1))
        how = data.draw(st.sampled_from(["replace", "cut", "insert"]))
        if how == "replace":
            content[where] = data.draw(st.integers(0, 255))
        elif how == "cut":
            del content[where : where + data.draw(st.integers(1, 40))]
            content = content or bytearray(b"x")
        else:
            content[where:where] = data.draw(st.binary(min_size=1, max_size=4))

    with tempfile.TemporaryDirectory() as folder:
        outcome(Path(folder), name, bytes(content), read, kind)


@pytest.mark.parametrize(("name", "right", "read", "kind"), DOCUMENTS, ids=ids)
@given(content=st.binary(max_size=200))
def test_any_bytes_at_all(name, right, read, kind, content):
    with tempfile.TemporaryDirectory() as folder:
        outcome(Path(folder), name, content, read, kind)


def _yaml(content):
    """YAML of a content, also of one that our own writer would refuse."""
    return yaml.dump(content, Dumper=_WithoutAnchors, allow_unicode=True).encode("utf-8")


class _WithoutAnchors(yaml.SafeDumper):
    def ignore_aliases(self, data):  # noqa: ARG002 - the signature is PyYAML's
        return True
