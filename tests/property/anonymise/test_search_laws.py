"""The search finds what looking at every node finds: for every model and every measure."""

from collections import Counter, defaultdict

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exhaustive import (
    MEASURES,
    best_node,
    distance,
    evaluated,
    groups_at,
    is_entropy_diverse,
    is_recursive_diverse,
    nodes_of,
    seen,
    spread,
)
from grondslag.anonymise.boxes import BoxSearch
from grondslag.anonymise.classes import classes_of
from grondslag.anonymise.hierarchies import hierarchy_of
from grondslag.anonymise.measures import cost_of
from grondslag.anonymise.models import (
    DeltaPresence,
    DistinctDiversity,
    EntropyDiversity,
    KAnonymity,
    KMap,
    RecursiveDiversity,
    TCloseness,
)
from grondslag.anonymise.nodes import Nodes
from grondslag.anonymise.search import Search

CASES = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@st.composite
def trees(draw, name):
    """A hierarchy over a few values: each level joins some codes of the level before."""
    size = draw(st.integers(1, 5))
    levels = [list(range(size))]
    while len(set(levels[-1])) > 1 and len(levels) < 4:
        codes = sorted(set(levels[-1]))
        parents = draw(st.lists(st.integers(0, max(0, len(codes) - 2)), min_size=len(codes),
                                max_size=len(codes)))  # fmt: skip
        levels.append([parents[codes.index(code)] for code in levels[-1]])
    names = [pa.array([f"{name}{value}" for value in levels[0]])]
    return hierarchy_of(
        name,
        names
        + [pa.array([f"{at}-{code}" for code in level]) for at, level in enumerate(levels[1:], 1)],
    )


@st.composite
def tables(draw):
    """Hierarchies, rows as places in them, a sensitive value and a person per row."""
    hierarchies = [draw(trees(name)) for name in "abc"[: draw(st.integers(1, 3))]]
    row = st.tuples(*(st.integers(0, len(h.values) - 1) for h in hierarchies))
    rows = draw(st.lists(row, min_size=1, max_size=40))
    count = len(rows)
    values = draw(st.lists(st.sampled_from("pqrs"), min_size=count, max_size=count))
    people = draw(st.lists(st.integers(0, 12), min_size=count, max_size=count))
    return hierarchies, rows, values, people


def table_of(hierarchies, rows, **columns):
    quasi = {
        h.column: pa.array([h.values[row[at]].as_py() for row in rows])
        for at, h in enumerate(hierarchies)
    }
    return pa.table(quasi | {name: pa.array(column) for name, column in columns.items()})


def searched(table, hierarchies, models, *, measure, limit, weights=None, person=None):
    about = {model.about for model in models} - {None}
    population = next((model.of_all for model in models if model.of_all is not None), None)
    classes = classes_of(
        table, hierarchies, sensitive=sorted(about), person=person, population=population
    )
    named = weights and dict(zip([h.column for h in hierarchies], weights, strict=True))
    cost = cost_of(measure, classes, models, named)
    return Search(Nodes(classes, models), cost, limit, [h.height for h in hierarchies]).run()


def agree(found, expected):
    if expected is None:
        assert found.partition is None
        return
    assert found.partition is not None
    assert found.is_optimal
    assert found.partition.node == expected[1]
    assert found.value == pytest.approx(expected[0], rel=1e-9, abs=1e-9)
    assert found.partition.suppressed == len(expected[2])


@CASES
@given(made=tables(), k=st.integers(1, 6), share=st.floats(0, 0.6), data=st.data(),
       measure=st.sampled_from(sorted(MEASURES)))  # fmt: skip
def test_the_search_finds_the_optimum_for_k(made, k, share, measure, data):
    hierarchies, rows, _, _ = made
    limit = int(share * len(rows))
    weights = None
    if measure in {"loss", "precision", "entropy"} and data.draw(st.booleans()):
        weights = [data.draw(st.sampled_from([0.5, 1.0, 3.0])) for _ in hierarchies]

    found = searched(table_of(hierarchies, rows), hierarchies, [KAnonymity(k)], measure=measure,
                     limit=limit, weights=weights)  # fmt: skip

    def passes(_):
        return lambda places: len(places) >= k

    agree(
        found, best_node(rows, hierarchies, passes, measure=measure, limit=limit, weights=weights)
    )


def judges(made, with_persons):
    """Each model with what it says of a group, by its definition."""
    _, rows, values, people = made
    who = people if with_persons else list(range(len(rows)))
    whole = spread(values, who, range(len(rows)))
    order = sorted(whole)
    tree = {value: (value, value in "pq", "*") for value in whole}
    sensitive = hierarchy_of(
        "value", [pa.array(list("pqrs")), pa.array([str(value in "pq") for value in "pqrs"])]
    )

    def counts(places):
        return spread(values, who, places)

    return {
        "distinct": (DistinctDiversity("value", 2), lambda p: len(counts(p)) >= 2),
        "entropy": (EntropyDiversity("value", 1.8), lambda p: is_entropy_diverse(counts(p), 1.8)),
        "recursive": (RecursiveDiversity("value", 2, 2),
                      lambda p: is_recursive_diverse(counts(p), 2, 2)),
        "equal": (TCloseness("value", 0.3),
                  lambda p: distance(counts(p), whole, "equal", order) <= 0.3 + 1e-12),
        "ordered": (TCloseness("value", 0.2, "ordered"),
                    lambda p: distance(counts(p), whole, "ordered", order) <= 0.2 + 1e-12),
        "hierarchical": (TCloseness("value", 0.25, "hierarchical", sensitive),
                         lambda p: distance(counts(p), whole, "hierarchical", order, tree)
                         <= 0.25 + 1e-12),
    }  # fmt: skip


@CASES
@given(made=tables(), with_persons=st.booleans(), share=st.floats(0, 0.8), k=st.integers(1, 3),
       kind=st.sampled_from(["distinct", "entropy", "recursive", "equal", "ordered",
                             "hierarchical"]),
       measure=st.sampled_from(sorted(MEASURES)))  # fmt: skip
def test_the_search_finds_the_optimum_for_sensitive_values_and_persons(
    made, with_persons, share, k, kind, measure
):
    hierarchies, rows, values, people = made
    limit = int(share * len(rows))
    model, says = judges(made, with_persons)[kind]
    table = table_of(hierarchies, rows, value=values, who=people)

    found = searched(table, hierarchies, [KAnonymity(k), model], measure=measure, limit=limit,
                     person="who" if with_persons else None)  # fmt: skip

    def passes(places):
        different = len({people[at] for at in places}) if with_persons else len(places)
        return different >= k and says(places)

    agree(found, best_node(rows, hierarchies, lambda _: passes, measure=measure, limit=limit))


@CASES
@given(made=tables(), data=st.data(), share=st.floats(0, 0.6),
       measure=st.sampled_from(sorted(MEASURES)))  # fmt: skip
def test_the_search_finds_the_optimum_beside_a_population(made, data, share, measure):
    hierarchies, rows, _, _ = made
    row = st.tuples(*(st.integers(0, len(h.values) - 1) for h in hierarchies))
    others = data.draw(st.lists(row, max_size=40))
    everybody = table_of(hierarchies, rows + others)
    limit = int(share * len(rows))
    low, high = data.draw(st.sampled_from([(0, 0.5), (0, 1), (0.1, 0.8)]))
    models = data.draw(
        st.sampled_from([[KMap(4, everybody)], [DeltaPresence(low, high, everybody)]])
    )

    found = searched(table_of(hierarchies, rows), hierarchies, models, measure=measure, limit=limit)

    def passes(node):
        around = Counter(seen(row, hierarchies, node) for row in rows + others)
        here = Counter(seen(row, hierarchies, node) for row in rows)

        def judge(places):
            alike = around[seen(rows[places[0]], hierarchies, node)]
            if isinstance(models[0], KMap):
                return alike >= 4
            if low > 0 and not all(low - 1e-12 <= here[key] / around[key] <= high + 1e-12
                                   for key in around):  # fmt: skip
                return False
            return low - 1e-12 <= len(places) / alike <= high + 1e-12

        return judge

    agree(found, best_node(rows, hierarchies, passes, measure=measure, limit=limit))


@CASES
@given(made=tables(), k=st.integers(1, 5), share=st.floats(0, 0.5),
       kind=st.sampled_from(["distinct", "entropy", "equal"]),
       measure=st.sampled_from(sorted(MEASURES)))  # fmt: skip
def test_a_search_by_boxes_finds_the_same_value(made, k, share, kind, measure):
    hierarchies, rows, values, _ = made
    model, says = judges(made, with_persons=False)[kind]
    models = [KAnonymity(k), model]
    classes = classes_of(
        table_of(hierarchies, rows, value=values), hierarchies, sensitive=["value"]
    )
    limit = int(share * len(rows))
    heights = [h.height for h in hierarchies]

    found = BoxSearch(
        Nodes(classes, models), cost_of(measure, classes, models), limit, heights
    ).run()

    expected = best_node(rows, hierarchies, lambda _: lambda p: len(p) >= k and says(p),
                         measure=measure, limit=limit)  # fmt: skip
    assert (found.partition is None) == (expected is None)
    if expected:
        assert found.value == pytest.approx(expected[0], rel=1e-8, abs=1e-8)
        assert found.is_optimal


@given(made=tables(), data=st.data())
def test_the_smallest_group_never_shrinks_by_generalising(made, data):
    hierarchies, rows, _, people = made
    nodes = nodes_of(hierarchies)
    node = data.draw(st.sampled_from(nodes))
    coarser = [other for other in nodes if all(a >= b for a, b in zip(other, node, strict=True))]
    other = data.draw(st.sampled_from(coarser))
    table = table_of(hierarchies, rows, who=people)
    looks = Nodes(classes_of(table, hierarchies, person="who"), [KAnonymity(2)])

    here, there = looks.look(node).groups, looks.look(other).groups

    assert here.persons.min() <= there.persons.min()
    assert len(here.rows) >= len(there.rows)


@given(made=tables(), data=st.data())
def test_persons_are_counted_once_in_every_group(made, data):
    hierarchies, rows, values, people = made
    node = data.draw(st.sampled_from(nodes_of(hierarchies)))
    table = table_of(hierarchies, rows, who=people, value=values)
    classes = classes_of(table, hierarchies, person="who", sensitive=["value"])
    looks = Nodes(classes, [KAnonymity(2)])

    groups = looks.look(node).groups

    expected = [
        (
            len(places),
            len({people[at] for at in places}),
            sorted(spread(values, people, places).values()),
        )
        for places in groups_at(rows, hierarchies, node).values()
    ]
    held = groups.of("value")
    counted = [
        sorted(held.counts[held.starts[at] : held.starts[at + 1]].tolist())
        for at in range(len(groups.rows))
    ]
    assert sorted(
        zip(groups.rows.tolist(), groups.persons.tolist(), counted, strict=True)
    ) == sorted(expected)


@given(made=tables(), data=st.data())
def test_resting_on_a_finer_node_changes_nothing(made, data):
    hierarchies, rows, values, people = made
    nodes = nodes_of(hierarchies)
    node = data.draw(st.sampled_from(nodes))
    finer = data.draw(
        st.sampled_from([o for o in nodes if all(a <= b for a, b in zip(o, node, strict=True))])
    )
    table = table_of(hierarchies, rows, who=people, value=values)
    classes = classes_of(table, hierarchies, person="who", sensitive=["value"])
    models = [KAnonymity(2), DistinctDiversity("value", 2)]
    looks = Nodes(classes, models)
    before = looks.look(node)
    looks.rest_on(finer)

    after = looks.look(node)

    assert sorted(before.groups.persons) == sorted(after.groups.persons)
    assert before.suppressed == after.suppressed
    again, of_row = looks.look_with_rows(node)
    assert np.bincount(of_row).tolist() == again.groups.rows.tolist()
    assert np.bincount(of_row[again.fails[of_row]]).sum() == before.suppressed


@given(made=tables(), k=st.integers(1, 4))
def test_suppressed_rows_of_a_coarser_node_are_suppressed_at_a_finer_one(made, k):
    hierarchies, rows, _, _ = made
    lost = {
        node: set(evaluated(rows, hierarchies, node, lambda places: len(places) >= k)[1])
        for node in nodes_of(hierarchies)
    }
    below = defaultdict(list)
    for node in lost:
        for other in lost:
            if all(a >= b for a, b in zip(other, node, strict=True)):
                below[node].append(other)

    assert all(lost[other] <= lost[node] for node, others in below.items() for other in others)
