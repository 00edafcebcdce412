"""An anonymisation as a document: what is in it, and what never is."""

import json

import numpy as np
import pyarrow as pa
import pytest

from grondslag.anonymise import (
    DeltaPresence,
    DistinctDiversity,
    EntropyDiversity,
    KAnonymity,
    KMap,
    PopulationUniqueness,
    RecursiveDiversity,
    TCloseness,
    anonymise,
    areas,
    dates,
    intervals,
    masking,
    ordered,
    propose,
    read_hierarchy,
    report_mapping,
)
from grondslag.anonymise.describing import model_mapping, risks_mapping
from grondslag.anonymise.hierarchies import Step
from grondslag.anonymise.risks import risks_of
from grondslag.canonical import canonical_bytes

DISTRICTS = [{"B1": "W1", "B2": "W1", "B3": "W2"}, dict.fromkeys(["B1", "B2", "B3"], "G")]


def table(outliers):
    """Two hundred people alike per buurt, and some of an age that nobody else has."""
    buurten = ["B1", "B2", "B3"]
    return pa.table(
        {
            "age": [30 + at % 10 for at in range(600)] + list(range(70, 70 + outliers)),
            "buurt": [buurten[at % 3] for at in range(600 + outliers)],
            "debt": [["none", "much-in-arrears"][at // 30 % 2] for at in range(600 + outliers)],
        }
    )


def described(outliers, minimum=10, **asked):
    people = table(outliers)
    made = anonymise(
        people,
        hierarchies=[
            intervals("age", people["age"], widths=[5, 10, 50]),
            areas("buurt", DISTRICTS, names=["wijk", "gemeente"]),
        ],
        sensitive=["debt"],
        model=KAnonymity(5),
        suppression=0.05,
        **asked,
    )
    return made, report_mapping(made, models=[KAnonymity(5)], minimum=minimum)


def test_it_says_what_was_asked_and_what_became_of_each_column():
    made, said = described(20)

    assert said["models"] == [{"model": "k_anonymity", "k": 5}]
    assert said["measure"] == "loss"
    assert said["value"] == made.report.value
    assert said["optimal"] is True
    assert said["suppressed"] == 20
    assert said["rows_before"] == 620
    assert said["rows_after"] == 600
    assert said["columns"][0] == {
        "column": "age",
        "level": 0,
        "levels": [
            {"kind": "exact"},
            {"kind": "intervals", "width": 5},
            {"kind": "intervals", "width": 10},
            {"kind": "intervals", "width": 50},
            {"kind": "nothing"},
        ],
        "before": 30,
        "after": 10,
    }
    assert said["columns"][1]["levels"][1] == {"kind": "areas", "name": "wijk"}
    assert said["after"]["smallest_group"] == 20
    assert said["before"]["smallest_group"] == 1


def test_it_is_a_canonical_document_without_a_value():
    _, said = described(20)

    text = canonical_bytes(said).decode()

    assert json.loads(text) == said
    assert "arrears" not in text
    assert "W1" not in text


def test_a_small_number_of_rows_left_out_is_hidden_with_all_it_follows_from():
    made, said = described(3)

    assert made.report.suppressed == 3
    assert said["suppressed"] is None
    assert said["rows_before"] is None
    assert said["before"]["persons"] is None
    assert said["before"]["groups"] is None
    assert said["before"]["prosecutor"]["average"] == float(
        f"{made.report.before.prosecutor.average:.3g}"
    )
    assert said["value"] == float(f"{made.report.value:.3g}")
    before, after = said["gives_away"][0]["before"], said["gives_away"][0]["after"]
    assert set(before.values()) == {None}
    assert after == {"groups": 30, "giving_away": 0, "persons": 0}


def test_nothing_left_out_is_a_number_that_may_be_seen():
    _, said = described(0)

    assert said["suppressed"] == 0
    assert said["rows_before"] == 600


def test_local_recoding_says_its_own_loss():
    made, said = described(20, local=True)

    assert said["local_loss"] == made.report.local_loss < said["value"]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        # share of few persons; then enough; then everybody
        ([1] * 3 + [2] * 20 + [40], {1: None, 2: 43 / 83, 100: 1.0}),
        # enough; then three more: by subtracting there are three
        ([1] * 20 + [3] + [40], {1: 20 / 63, 3: None, 50: 1.0}),
        # all but four
        ([1] * 20 + [4], {1: None, 5: 1.0}),
    ],
)
def test_a_share_of_few_persons_cannot_be_worked_back(sizes, expected):
    said = risks_mapping(risks_of(np.array(sizes)), minimum=10)

    shares = {one["size"]: one["share"] for one in said["prosecutor"]["up_to"]}
    assert {size: shares[size] for size in expected} == expected


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        (KMap(5, table(0)), {"model": "k_map", "k": 5}),
        (DeltaPresence(0.1, 0.5, table(0)), {"model": "delta_presence", "low": 0.1, "high": 0.5}),
        (DistinctDiversity("debt", 2), {"model": "distinct_diversity", "column": "debt", "l": 2}),
        (EntropyDiversity("debt", 2), {"model": "entropy_diversity", "column": "debt", "l": 2}),
        (
            RecursiveDiversity("debt", 3, 2),
            {"model": "recursive_diversity", "column": "debt", "c": 3, "l": 2},
        ),
        (
            TCloseness("debt", 0.2, "ordered"),
            {"model": "t_closeness", "column": "debt", "t": 0.2, "distance": "ordered"},
        ),
        (
            PopulationUniqueness(0.01, 900),
            {"model": "population_uniqueness", "share": 0.01, "people": 900,
             "estimator": "pitman"},
        ),
    ],
)  # fmt: skip
def test_every_model_is_told_with_what_was_asked(model, expected):
    assert model_mapping(model) == expected


def test_every_way_of_coarsening_is_told_without_a_value(tmp_path):
    by_hand = tmp_path / "school.csv"
    by_hand.write_text("mavo;middle\nhavo;middle\nvwo;high\n", encoding="utf-8")
    postcodes = pa.array(["1234AB", "1234AC", "2234AB"])
    days = pa.array(["2020-01-02", "2021-03-04"]).cast(pa.date32())

    built = [
        intervals("age", pa.array([1, 2, 30]), widths=[5]),
        ordered("rank", ["a", "b", "c"], sizes=[2]),
        masking("postcode", postcodes, keep=[4]),
        masking("code", postcodes, keep=[2], from_left=True),
        dates("day", days, steps=["month"]),
        areas("buurt", DISTRICTS[:1], names=["wijk"]),
        read_hierarchy(by_hand, "school"),
        propose("sex", pa.array(["m", "v"])),
    ]

    assert [one.step(1) for one in built] == [
        Step("intervals", {"width": 5}),
        Step("ordered", {"size": 2}),
        Step("masking", {"keep": 4, "side": "left"}),
        Step("masking", {"keep": 2, "side": "right"}),
        Step("dates", {"period": "month"}),
        Step("areas", {"name": "wijk"}),
        Step("by_hand", {"step": 1}),
        Step("nothing"),
    ]
    assert [one.covering_missing().step(1) for one in built] == [one.step(1) for one in built]
