"""Models of privacy on the examples of the papers they come from."""

import math

import numpy as np
import pyarrow as pa
import pytest

from exhaustive import alone_by_pitman, alone_by_zayatz
from grondslag.anonymise.classes import classes_of
from grondslag.anonymise.hierarchies import hierarchy_of
from grondslag.anonymise.models import (
    DeltaPresence,
    EntropyDiversity,
    KAnonymity,
    KMap,
    RecursiveDiversity,
    TCloseness,
)
from grondslag.anonymise.nodes import Nodes
from grondslag.anonymise.uniqueness import (
    PopulationUniqueness,
    pitman_fit,
    pitman_uniques,
    zayatz_uniques,
)
from grondslag.errors import DisclosureRefusedError, InputError
from grondslag.wording import explain

# Li, Li and Venkatasubramanian (2007), their example: salaries of nine people, in thousands.
SALARIES = [3, 4, 5, 6, 11, 8, 7, 9, 10]


def held_of(groups, values, model):
    """The distances of each group, in order of appearance."""
    table = pa.table({"zip": groups, "value": values})
    hierarchy = hierarchy_of("zip", [pa.array(sorted(set(groups)))])
    classes = classes_of(table, [hierarchy], sensitive=["value"])
    partition = Nodes(classes, [model]).look((0,))
    return model.distances(partition.groups.of("value"))


def test_the_ordered_distance_of_the_paper():
    model = TCloseness("value", 1.0, "ordered")

    first = held_of(["a"] * 3 + ["b"] * 6, SALARIES, model)[0]
    other = held_of(["b", "b", "b", "a", "a", "a", "b", "b", "b"],
                    [3, 4, 5, 6, 8, 11, 7, 9, 10], model)[0]  # fmt: skip

    assert first == pytest.approx(0.375)  # {3, 4, 5}
    assert other == pytest.approx(0.167, abs=5e-4)  # {6, 8, 11}


def test_the_hierarchical_distance_counts_how_far_up_values_meet():
    tree = hierarchy_of(
        "value",
        [pa.array(["flu", "cold", "ulcer", "gastritis"]), pa.array(["lung", "lung", "gut", "gut"])],
    )
    values = ["flu", "cold", "flu", "ulcer", "gastritis", "ulcer", "flu", "cold"]
    groups = ["a", "a", "b", "b", "b", "b", "a", "b"]

    far = held_of(groups, values, TCloseness("value", 1.0, "hierarchical", tree))

    # a: flu 2/3, cold 1/3; whole: flu 3/8, cold 2/8, ulcer 2/8, gastritis 1/8: 3/8 over the top.
    assert far[0] == pytest.approx(3 / 8)
    assert far[0] > far[1] > 0


def test_one_value_lies_as_far_as_the_others_weigh():
    far = held_of(["a", "a", "b", "b"], ["x", "x", "x", "y"], TCloseness("value", 1.0))

    assert far.tolist() == pytest.approx([0.25, 0.25])


COUNTS = [
    # counts of the values              entropy l  recursive (c, l)
    ([1, 1, 1], 3, (1.1, 3), True, True),
    ([2, 1, 1], 3, (2, 3), False, False),  # 2 < 2 * 1 does not hold
    ([2, 1, 1], 2.8, (2.1, 3), True, True),
    ([5], 1, (10, 2), True, False),
]


@pytest.mark.parametrize(("counts", "size", "pair", "diverse", "recursive"), COUNTS)
def test_diversity_of_one_group(counts, size, pair, diverse, recursive):
    values = [f"v{at}" for at, count in enumerate(counts) for _ in range(count)]
    table = pa.table({"zip": ["1"] * len(values), "value": values})
    classes = classes_of(table, [hierarchy_of("zip", [pa.array(["1"])])], sensitive=["value"])
    models = [EntropyDiversity("value", size), RecursiveDiversity("value", *pair)]

    groups = Nodes(classes, models).look((0,)).groups

    assert [bool(model.fails(groups)[0]) for model in models] == [not diverse, not recursive]


def test_missing_values_of_a_sensitive_column_are_one_value():
    values = pa.array([None, float("nan"), 1.0], pa.float64())
    table = pa.table({"zip": ["1", "1", "1"], "value": values})

    classes = classes_of(table, [hierarchy_of("zip", [pa.array(["1"])])], sensitive=["value"])

    assert sorted(classes.sensitive[0].total.tolist()) == [1, 2]


def test_zayatz_by_hand():
    sizes = np.array([1, 1, 2])  # a sample of 4 from 8: 2/3 of the groups have one, 1/3 have two

    # Drawn exactly once: of one person 35 of 70 samples, of two people 40 of 70.
    # Truly alone: (2/3 * 35) / (2/3 * 35 + 1/3 * 40) = 7/11 of the two, of half the population.
    assert zayatz_uniques(sizes, 8) == pytest.approx(2 * 7 / 11 / 0.5)


def test_pitman_by_hand():
    sizes = np.array([1, 2])

    alpha, theta = pitman_fit(sizes)

    # The likelihood (theta + alpha)(1 - alpha) / ((theta + 1)(theta + 2)) only falls with alpha;
    # at 0 it is Ewens' formula, with 1 / theta = 1 / (theta + 1) + 1 / (theta + 2).
    assert alpha == pytest.approx(0, abs=1e-5)
    assert theta == pytest.approx(math.sqrt(2), rel=1e-5)
    assert pitman_uniques(sizes, 93) == pytest.approx(93 * theta / (theta + 92), rel=1e-5)


SAMPLES = [[1, 2, 1, 1, 1, 1, 1, 1], [4, 3, 7, 1, 1, 1, 2, 3, 6, 2], [1, 3, 1], [1, 1, 5]]


@pytest.mark.parametrize("sizes", SAMPLES)
def test_pitman_and_zayatz_with_their_sums_written_out(sizes):
    for people in (2 * sum(sizes), 1000):
        assert pitman_uniques(np.array(sizes), people) == pytest.approx(
            alone_by_pitman(sizes, people), rel=2e-5
        )
        assert zayatz_uniques(np.array(sizes), people) == pytest.approx(
            alone_by_zayatz(sizes, people), rel=1e-9
        )


@pytest.mark.parametrize("estimate", [pitman_uniques, zayatz_uniques])
def test_when_all_are_alone_in_a_sample_all_are_alone(estimate):
    assert estimate(np.ones(7, np.int64), 1000) == pytest.approx(1000)


def test_nearly_all_alone_in_a_large_sample_is_estimated_without_loss_of_digits():
    sizes = np.append(np.ones(999_998, np.int64), 2)

    # One pair in a million: of 100 million, about 10,000 * 10,000 / 2 pairs less.
    assert 1 - pitman_uniques(sizes, 100_000_000) / 100_000_000 == pytest.approx(2e-4, rel=0.01)


@pytest.mark.parametrize("estimate", [pitman_uniques, zayatz_uniques])
def test_estimates_come_near_a_known_population(estimate):
    generator = np.random.default_rng(20270303)
    population = generator.zipf(1.6, 200_000) % 50_000
    truth = int((np.bincount(population) == 1).sum())
    sample = generator.choice(population, 20_000, replace=False)
    sizes = np.bincount(sample)

    found = estimate(sizes[sizes > 0], len(population))

    assert 0.3 * truth < found < 3 * truth


def test_nobody_alone_in_the_sample_is_nobody_alone():
    sizes = np.array([2, 3, 7])

    assert pitman_uniques(sizes, 1000) == zayatz_uniques(sizes, 1000) == 0


@pytest.mark.parametrize("estimator", ["pitman", "zayatz"])
def test_the_smallest_groups_go_until_few_are_alone(estimator):
    rows = ["rare"] + [f"v{at}" for at in range(20)] + ["many"] * 60
    values = sorted(set(rows))
    table = pa.table({"zip": rows})
    model = PopulationUniqueness(0.001, 10_000, estimator)
    classes = classes_of(table, [hierarchy_of("zip", [pa.array(values)])])

    partition = Nodes(classes, [model]).look((0,))

    assert partition.suppressed == 21
    assert model.estimate(partition.groups.persons[partition.kept]) <= 0.001


REFUSED = [
    (lambda: KAnonymity(0), "too-small"),
    (lambda: KMap(0, pa.table({})), "too-small"),
    (lambda: EntropyDiversity("a", 0.5), "too-small"),
    (lambda: RecursiveDiversity("a", -1, 2), "too-small"),
    (lambda: TCloseness("a", 1.5), "no-share"),
    (lambda: TCloseness("a", 0.5, "straight"), "unknown-distance"),
    (lambda: TCloseness("a", 0.5, "hierarchical"), "distance-needs-hierarchy"),
    (lambda: DeltaPresence(0.5, 0.2, pa.table({})), "no-share"),
    (lambda: PopulationUniqueness(2, 100), "no-share"),
    (lambda: PopulationUniqueness(0.1, 100, "guess"), "unknown-estimator"),
]


@pytest.mark.parametrize(("make", "code"), REFUSED)
def test_a_model_that_is_none_is_refused(make, code):
    with pytest.raises(InputError) as refused:
        make()

    assert refused.value.code == f"anonymise.{code}"
    assert explain(refused.value)


def test_a_missing_person_is_refused():
    table = pa.table({"zip": ["1", "1"], "who": ["a", None]})

    with pytest.raises(DisclosureRefusedError) as refused:
        classes_of(table, [hierarchy_of("zip", [pa.array(["1"])])], person="who")

    assert refused.value.code == "anonymise.person-missing"


def test_a_table_without_rows_is_refused():
    with pytest.raises(InputError) as refused:
        classes_of(pa.table({"zip": pa.array([], pa.string())}), [])

    assert refused.value.code == "anonymise.no-rows"
