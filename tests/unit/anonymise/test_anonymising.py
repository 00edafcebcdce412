"""A table becomes anonymous in one call: worked examples, promises about order, and refusals."""

import dataclasses

import numpy as np
import pyarrow as pa
import pytest

from exhaustive import best_node
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
    choosing,
    classes_of,
    hierarchy_of,
    intervals,
    nodes,
    propose,
    search,
    smallest_group,
)
from grondslag.errors import DisclosureRefusedError, GrondslagError, InputError, IntegrityError
from grondslag.wording import explain

BUURTEN = [
    {"B1": "W1", "B2": "W1", "B3": "W2", "B4": "W2"},
    dict.fromkeys(["B1", "B2", "B3", "B4"], "G"),
]


def made_up(rows=400, seed=1):
    """People with an age, an area and a debt; a made-up town."""
    draw = np.random.default_rng(seed)
    return pa.table(
        {
            "age": draw.integers(18, 90, rows),
            "area": draw.choice(["B1", "B2", "B3", "B4"], rows, p=[0.5, 0.3, 0.15, 0.05]),
            "sex": draw.choice(["m", "v"], rows),
            "debt": draw.choice(["none", "some", "much"], rows, p=[0.7, 0.2, 0.1]),
        }
    )


def steps(table):
    return [
        intervals("age", table["age"], widths=[5, 10, 20, 40]),
        areas("area", BUURTEN),
        propose("sex", table["sex"]),
    ]


def anonymous(table, **changed):
    asked = {"hierarchies": steps(table), "model": KAnonymity(5), "suppression": 0.05,
             "sensitive": ["debt"]}  # fmt: skip
    return anonymise(table, **(asked | changed))


def test_the_released_table_has_the_model_and_the_report_says_what_it_cost():
    table = made_up()

    made = anonymous(table)

    quasi = ["age", "area", "sex"]
    assert smallest_group(made.table, quasi=quasi, person=None).smallest >= 5
    assert made.table.num_rows + made.report.suppressed == 400
    assert made.report.suppressed <= made.report.limit == 20
    assert made.report.is_optimal
    assert made.table.column_names == [*quasi, "debt"]
    assert made.report.after.prosecutor.highest <= 0.2 < made.report.before.prosecutor.highest
    assert made.report.gives_away["debt"].groups == made.report.after.groups


def test_the_known_optimum_of_a_made_up_table():
    table = made_up()
    hierarchies = steps(table)
    codes = [h.encode(table[h.column]).tolist() for h in hierarchies]
    rows = list(zip(*codes, strict=True))

    made = anonymous(table, hierarchies=hierarchies)

    expected = best_node(rows, hierarchies, lambda _: lambda places: len(places) >= 5,
                         measure="loss", limit=20)  # fmt: skip
    assert tuple(made.node.values()) == expected[1]
    assert made.report.value == pytest.approx(expected[0], rel=1e-9)
    assert made.report.suppressed == len(expected[2])


@pytest.mark.parametrize("measure", ["loss", "precision", "aecs", "entropy"])
@pytest.mark.parametrize("share", [0.0, 0.02, 0.05, 0.1])
def test_every_measure_and_limit_finds_what_looking_at_every_node_finds(measure, share):
    table = made_up(200)
    hierarchies = steps(table)
    codes = [h.encode(table[h.column]).tolist() for h in hierarchies]
    rows = list(zip(*codes, strict=True))

    made = anonymous(table, hierarchies=hierarchies, measure=measure, suppression=share)

    expected = best_node(rows, hierarchies, lambda _: lambda places: len(places) >= 5,
                         measure=measure, limit=int(share * 200))  # fmt: skip
    assert tuple(made.node.values()) == expected[1]
    assert made.report.value == pytest.approx(expected[0], rel=1e-9)
    assert made.report.suppressed == len(expected[2])


def test_the_order_of_the_source_does_not_show():
    table = made_up()
    shuffled = table.take(np.random.default_rng(2).permutation(400))

    one, other = anonymous(table), anonymous(shuffled)

    assert one.table.to_pylist() == other.table.to_pylist()
    assert one.report == other.report


def test_the_best_node_is_read_from_the_classes_also_when_looks_rest_above_it():
    table = made_up()
    hierarchies = steps(table)
    looks = nodes.Nodes(classes_of(table.drop_columns(["debt"]), hierarchies), [KAnonymity(2)])
    before, rows = looks.look_with_rows((1, 0, 0))
    looks.rest_on((3, 2, 0))

    after, same_rows = looks.look_with_rows((1, 0, 0))

    assert after.groups.rows.tolist() == before.groups.rows.tolist()
    assert same_rows.tolist() == rows.tolist()


def test_two_cores_and_a_coarser_start_find_the_same(monkeypatch):
    table = made_up(2000)
    plain = anonymous(table)
    monkeypatch.setattr(search, "WORTH_A_THREAD", 1)
    monkeypatch.setattr(search, "WORTH_RESTING", 1)

    other = anonymous(table)

    assert other.table.equals(plain.table)
    assert dataclasses.replace(other.report, looks=plain.report.looks) == plain.report


LOCAL_MODELS = [
    [],
    [DistinctDiversity("debt", 2)],
    [EntropyDiversity("debt", 1.5)],
    [RecursiveDiversity("debt", 6, 2)],
    [TCloseness("debt", 0.25)],
]


@pytest.mark.parametrize("more", LOCAL_MODELS, ids=str)
@pytest.mark.parametrize("person", [None, "who"])
def test_local_recoding_loses_less_and_breaks_no_model(more, person):
    table = made_up()
    if person:
        table = table.append_column("who", pa.array([at // 2 for at in range(400)]))
    asked = {"model": [KAnonymity(4), *more], "suppression": 0.1, "person": person}

    one_level = anonymous(table, **asked)
    made = anonymous(table, **asked, local=True)

    assert made.report.local_loss < one_level.report.value == made.report.value
    assert made.report.suppressed <= one_level.report.suppressed
    assert made.report.after.prosecutor.highest <= 1 / 4
    assert made.table.num_rows + made.report.suppressed == 400


def test_local_recoding_measures_the_loss_of_its_own_rows():
    table = made_up()
    hierarchies = steps(table)

    made = anonymous(table, hierarchies=hierarchies, local=True)

    shares = [
        {
            str(label): float(share)
            for labels, shares in zip(h.labels, h.shares, strict=True)
            for label, share in zip(labels.to_pylist(), shares, strict=True)
        }
        for h in hierarchies
    ]
    logs = 0.0
    for h, share in zip(hierarchies, shares, strict=True):
        covered = sum(share[str(cell)] for cell in made.table[h.column].to_pylist())
        covered += made.report.suppressed
        least = 400 / len(h.values)
        logs += np.log1p((covered - least) / (400 - least)) / 3
    assert made.report.local_loss == pytest.approx(np.expm1(logs), abs=1e-8)


def test_local_recoding_is_refused_where_groups_are_not_judged_by_themselves():
    with pytest.raises(InputError) as refused:
        anonymous(made_up(), model=PopulationUniqueness(0.01, 20_000), local=True)

    assert refused.value.code == "anonymise.model-not-local"


def test_a_column_that_matters_more_is_kept_finer():
    table = made_up()

    made = anonymous(table, weights={"age": 20})

    assert made.node["age"] < anonymous(table, weights={"area": 20}).node["age"]


@pytest.mark.parametrize("measure", ["loss", "precision", "entropy", "aecs", "discernibility"])
def test_boxes_find_the_same_value_where_nodes_have_no_place_of_their_own(monkeypatch, measure):
    plain = anonymous(made_up(), measure=measure)
    monkeypatch.setattr(choosing, "MOST_NODES", 1)

    other = anonymous(made_up(), measure=measure)

    assert other.report.value == pytest.approx(plain.report.value)
    assert other.report.is_optimal


def test_a_lattice_of_billions_of_nodes_gives_a_good_table_and_a_proven_gap():
    draw = np.random.default_rng(5)
    table = pa.table({f"c{at}": draw.integers(0, 30, 500) for at in range(14)})
    steps = [intervals(f"c{at}", pa.array(range(30)), widths=[2, 4, 8, 16]) for at in range(14)]

    made = anonymise(table, hierarchies=steps, model=KAnonymity(5), suppression=0.1, seconds=0.5)

    assert made.report.nodes == 6**14
    assert 0 < made.report.bound <= made.report.value < 1
    assert made.report.after.prosecutor.highest <= 0.2


def test_a_huge_lattice_cannot_be_held_beside_an_earlier_release(monkeypatch):
    monkeypatch.setattr(choosing, "MOST_NODES", 1)

    with pytest.raises(InputError) as refused:
        anonymous(made_up(), earlier=[{"age": 0}])

    assert refused.value.code == "anonymise.too-many-nodes"


def test_a_search_that_must_stop_says_how_far_off_it_can_be():
    seen = []

    made = anonymous(made_up(2000), watch=lambda *now: seen.append(now) or len(seen) < 2)

    assert len(seen) == 2
    assert made.report.bound <= made.report.value
    assert smallest_group(made.table, quasi=["age", "area", "sex"], person=None).smallest >= 5


MODELS = [
    DistinctDiversity("debt", 2),
    EntropyDiversity("debt", 1.5),
    RecursiveDiversity("debt", 6, 2),
    TCloseness("debt", 0.25),
    TCloseness("debt", 0.25, "ordered"),
    TCloseness("debt", 0.25, "hierarchical",
               hierarchy_of("debt", [pa.array(["none", "some", "much"]),
                                     pa.array(["no", "yes", "yes"])])),
    PopulationUniqueness(0.01, 20_000),
]  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
def test_models_of_sensitive_values_are_checked_from_the_rows(model):
    made = anonymous(made_up(), model=[KAnonymity(3), model], suppression=0.2)

    assert made.table.num_rows >= 320


@pytest.mark.parametrize("kind", [KMap, DeltaPresence])
def test_models_beside_a_population_are_checked_from_the_rows(kind):
    population = made_up(2000).select(["age", "area", "sex"])
    table = population.slice(0, 400)
    model = KMap(20, population) if kind is KMap else DeltaPresence(0.05, 0.4, population)

    made = anonymous(table, hierarchies=steps(population), model=model, sensitive=[])

    assert made.report.after.journalist.highest < made.report.after.prosecutor.highest


def test_someone_with_many_rows_is_one_person():
    table = made_up().append_column("who", pa.array([at // 4 for at in range(400)]))

    made = anonymous(table, person="who", model=[KAnonymity(5), DistinctDiversity("debt", 2)])

    assert "who" not in made.table.column_names
    assert made.report.after.prosecutor.highest <= 0.2


def test_missing_and_nan_set_people_apart_as_a_value_does():
    table = pa.table({"income": pa.array([None, float("nan"), 1.0, 1.0, 1.0, 1.0])})
    steps = [intervals("income", table["income"], widths=[10])]

    apart = anonymise(table, hierarchies=steps, model=KAnonymity(3), suppression=0.4)
    alike = anonymise(table, hierarchies=steps, model=KAnonymity(2))

    assert (apart.node, apart.report.suppressed) == ({"income": 0}, 2)
    assert alike.table.to_pylist().count({"income": None}) == 2


SMALL = pa.table({"a": ["x", "x", "y"], "b": ["p", "q", "q"]})
STEPS = [hierarchy_of("a", [pa.array(["x", "y"])])]
REFUSED = [
    ({"hierarchies": []}, InputError, "nothing-asked"),
    ({"model": []}, InputError, "nothing-asked"),
    ({"sensitive": []}, InputError, "column-without-role"),
    ({"sensitive": ["a", "b"]}, InputError, "column-with-two-roles"),
    ({"sensitive": ["b", "c"]}, InputError, "unknown-column"),
    ({"suppression": 1.5}, InputError, "no-share"),
    ({"measure": "beauty"}, InputError, "unknown-measure"),
    ({"measure": "aecs", "weights": {"a": 1}}, InputError, "weights-not-for-measure"),
    ({"weights": {"b": 1}}, InputError, "unknown-column"),
    ({"weights": {"a": -1}}, InputError, "no-weights"),
    ({"weights": {"a": 0}}, InputError, "no-weights"),
    ({"local": True, "earlier": [{"a": 0}]}, InputError, "local-beside-earlier"),
    ({"model": KAnonymity(4)}, DisclosureRefusedError, "no-way"),
    ({"hierarchies": [hierarchy_of(f"c{at}", [pa.array(["x"])]) for at in range(10_000)]},
     InputError, "too-many-columns"),
    ({"model": KMap(1, pa.table({"a": ["x", "y"]}))}, InputError, "population-too-small"),
    ({"hierarchies": [hierarchy_of("a", [pa.array(["x"])])]}, InputError,
     "value-not-in-hierarchy"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "family", "code"), REFUSED)
def test_what_cannot_be_is_refused_in_one_sentence(changed, family, code):
    asked = {"hierarchies": STEPS, "model": KAnonymity(2), "sensitive": ["b"]}

    with pytest.raises(GrondslagError) as refused:
        anonymise(SMALL, **(asked | changed))

    assert isinstance(refused.value, family)
    assert refused.value.code == f"anonymise.{code}"
    assert explain(refused.value)


def test_no_row_one_row_and_all_equal():
    with pytest.raises(InputError):
        anonymise(SMALL.slice(0, 0), hierarchies=STEPS, model=KAnonymity(2), sensitive=["b"])
    with pytest.raises(DisclosureRefusedError):
        anonymise(SMALL.slice(0, 1), hierarchies=STEPS, model=KAnonymity(2), sensitive=["b"])

    made = anonymise(SMALL.slice(0, 2), hierarchies=STEPS, model=KAnonymity(2), sensitive=["b"])

    assert made.node == {"a": 0}
    assert made.report.value == 0


def test_a_result_that_fails_its_check_is_not_released(monkeypatch):
    monkeypatch.setattr("grondslag.anonymise.anonymising.has_model", lambda *_, **__: False)

    with pytest.raises(IntegrityError) as refused:
        anonymise(SMALL, hierarchies=STEPS, model=KAnonymity(1), sensitive=["b"])

    assert refused.value.code == "anonymise.release-fails"


def test_no_value_of_a_row_shows_in_what_is_told():
    table = made_up()

    made = anonymous(table)

    told = f"{made} {made.report}"
    assert not any(word in told for word in ["B1", "W1", "much", "40–"])
