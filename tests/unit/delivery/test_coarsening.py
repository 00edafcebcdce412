"""How a delivered column may become coarser, by the form it came in."""

import pyarrow as pa
import pytest

from grondslag.delivery.coarsening import delivered_hierarchy
from grondslag.errors import InputError
from made_contracts import areas_hash, column, made_contract

AREAS = {"areas": {"file": "gebieden.areas.yaml", "sha256": areas_hash()}}


def contract(folder, name="leeftijd", kind="integer", hierarchy=None, **entry):
    said = {"role": "quasi", "category": "ordinary", **entry}
    if hierarchy is not None:
        said["hierarchy"] = hierarchy
    return made_contract(folder, columns=[column(name, kind, privacy=said)], privacy=AREAS)


def levels(found):
    return [step.kind for step in map(found.step, range(found.height))]


def test_a_value_as_it_is_takes_the_levels_of_its_owner(tmp_path):
    made = contract(tmp_path, hierarchy={"intervals": {"widths": [5, 10]}})

    found = delivered_hierarchy(
        {"name": "leeftijd", "form": "exact"}, made, pa.chunked_array([[31, 34, 48]])
    )

    assert levels(found) == ["exact", "intervals", "intervals", "nothing"]


def test_a_code_of_an_area_takes_the_levels_above_it(tmp_path):
    made = contract(
        tmp_path, "buurt", "string", hierarchy={"areas": {"levels": ["wijk"]}},
        area_level="buurt", allowed=["exact", "area:wijk"],
    )  # fmt: skip
    entry = {"name": "buurt"}

    fine = delivered_hierarchy(entry | {"form": "exact"}, made, pa.chunked_array([["B11"]]))
    coarse = delivered_hierarchy(entry | {"form": "area:wijk"}, made, pa.chunked_array([["W1"]]))

    assert levels(fine) == ["exact", "areas", "nothing"]
    assert fine.step(1).fields == {"name": "wijk"}
    assert levels(coarse) == ["exact", "nothing"]
    assert coarse.values.to_pylist() == ["W1", "W2"]


def test_a_value_that_was_coarsened_already_is_kept_or_not_told(tmp_path):
    made = contract(
        tmp_path, "dag", "date", hierarchy={"dates": {"steps": ["month", "year"]}},
        allowed=["month"],
    )  # fmt: skip

    found = delivered_hierarchy(
        {"name": "dag", "form": "month"}, made, pa.chunked_array([["2026-05", "2026-06", None]])
    )

    assert levels(found) == ["exact", "nothing"]


def test_an_owner_who_did_not_say_is_asked(tmp_path):
    made = contract(tmp_path)

    with pytest.raises(InputError) as refused:
        delivered_hierarchy({"name": "leeftijd", "form": "exact"}, made, pa.chunked_array([[31]]))

    assert refused.value.code == "delivery.no-hierarchy"
    assert refused.value.fields["column"] == "leeftijd"
