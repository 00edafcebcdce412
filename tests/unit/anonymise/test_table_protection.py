"""Tables: what is unsafe, what must be withheld for it, and what bad input is told."""

import numpy as np
import pyarrow as pa
import pytest

from grondslag.anonymise.tables import (
    ALL,
    Dimension,
    Measure,
    Method,
    Reason,
    Rules,
    Shown,
    Wishes,
    audit,
    cell_demands,
    flat,
    group_demands,
    knowledge_of,
    protect,
    sensitivity,
    tabulate,
)
from grondslag.errors import DisclosureRefusedError, InputError
from made_businesses import businesses, tree
from made_tables import counted, nested, owned


def at(cells, *key):
    return cells.frame.keys().index(key)


JUDGED = [
    # amounts in the cell    rules                              unsafe  needed
    ([80, 15, 5], Rules(estimate=0.1), True, 3.0),  # 10% of 80 is 8, the rest gives 5
    ([80, 10, 10], Rules(estimate=0.1), False, 0.0),
    ([60, 30, 10], Rules(dominance=((2, 0.85),)), True, 90 / 0.85 - 100),
    ([50, 30, 20], Rules(dominance=((2, 0.85),)), False, 0.0),
    ([51, 29, 20], Rules(dominance=((1, 0.5),)), True, 2.0),
    ([40, 60], Rules(minimum=3), True, 10.0),  # a tenth of its value
    ([40, 30, 30], Rules(minimum=3), False, 0.0),
]


@pytest.mark.parametrize(("amounts", "rules", "unsafe", "needed"), JUDGED)
def test_a_cell_is_unsafe_as_the_handbook_computes_it(amounts, rules, unsafe, needed):
    cells = owned({"a": amounts, "b": [5.0] * 40})

    found = sensitivity(cells, rules)

    assert found.unsafe[at(cells, "a")] == unsafe
    assert found.above[at(cells, "a")] == pytest.approx(needed)


def test_a_zero_is_unsafe_only_when_it_says_something():
    cells = counted({("a", "x"): 0, ("a", "y"): 20, ("b", "x"): 20, ("b", "y"): 20})
    zero = at(cells, "a", "x")

    quiet = sensitivity(cells, Rules(minimum=5))
    loud = sensitivity(cells, Rules(minimum=5, zeros=True))

    assert not quiet.unsafe[zero]
    assert loud.unsafe[zero]
    assert loud.reasons[Reason.ZERO][zero]


def test_a_group_in_which_nearly_everybody_has_one_value_is_unsafe():
    cells = counted({("a", "ill"): 19, ("a", "well"): 1, ("b", "ill"): 20, ("b", "well"): 20})
    rules = Rules(group=0.9, group_dimensions=("d1",))

    found = sensitivity(cells, rules)

    assert [cells.frame.key(one) for one in np.flatnonzero(found.unsafe)] == [("a", "ill")]
    assert found.below[at(cells, "a", "ill")] == pytest.approx(1.0)


def test_a_shadow_says_who_dominates():
    rows = pa.table(
        {
            "branch": ["a", "a", "a", "b", "b", "b"],
            "jobs": [10.0, 10.0, 10.0, 10.0, 10.0, 10.0],
            "turnover": [90.0, 5.0, 5.0, 30.0, 30.0, 30.0],
        }
    )
    measure = Measure(value="jobs", shadow="turnover")
    cells = tabulate(rows, [[flat("branch", ["a", "b"])]], measure)

    found = sensitivity(cells, Rules(estimate=0.1))

    assert found.unsafe[at(cells, "a")]
    assert not found.unsafe[at(cells, "b")]


def test_one_person_with_many_rows_is_one_contributor():
    rows = pa.table({"d": ["a"] * 6 + ["b"] * 6, "who": [1] * 6 + [1, 2, 3, 4, 5, 6]})

    cells = tabulate(rows, [[flat("d", ["a", "b"])]], Measure(contributor="who"))

    assert cells.contributors[at(cells, "a")] == 1
    assert cells.contributors[at(cells, ALL)] == 6
    assert cells.value[at(cells, ALL)] == 12


def test_linked_tables_share_their_cells_and_are_protected_together():
    region = nested("region", {"r1": ["a", "b"], "r2": ["c", "d"]})
    rows = pa.table(
        {
            "region": ["a"] * 4 + ["b"] * 30 + ["c"] * 30 + ["d"] * 30,
            "kind": ["x", "y"] * 47,
            "age": ["old", "young", "young", "old", "old"] * 18 + ["old"] * 4,
        }
    )
    kinds, ages = flat("kind", ["x", "y"]), flat("age", ["old", "young"])
    cells = tabulate(rows, [[region, kinds], [region, ages]], Measure())

    done = protect(cells, Rules(minimum=5))

    assert cells.size == 7 * 3 + 7 * 2  # the totals over kind and over age are the same cells
    assert done.hidden[at(cells, "a", ALL, ALL)]
    assert done.hidden[at(cells, "b", ALL, ALL)]
    assert done.report.passed


def test_the_least_is_withheld():
    cells = counted(
        {("a", "x"): 3, ("a", "y"): 50, ("a", "z"): 20}
        | {("b", "x"): 40, ("b", "y"): 60, ("b", "z"): 30}
        | {("c", "x"): 25, ("c", "y"): 70, ("c", "z"): 22}
    )

    done = protect(cells, Rules(minimum=5, singletons=False))

    assert done.optimal
    assert {cells.frame.key(one) for one in np.flatnonzero(done.hidden)} == {
        ("a", "x"), ("a", "z"), ("c", "x"), ("c", "z"),
    }  # fmt: skip


def test_the_fast_way_costs_at_most_a_tenth_more_than_the_optimum_and_holds():
    rng = np.random.default_rng(3)
    regions, branches = tree("region", [6, 30], rng), tree("branch", [10], rng)
    rows = businesses(regions, branches, 3000, 3)
    measure = Measure(value="amount", contributor="owner")
    cells = tabulate(rows, [[regions, branches]], measure)
    rules = Rules(minimum=3, estimate=0.1)

    fast = protect(cells, rules, Wishes(method=Method.FAST, together=False))
    best = protect(cells, rules, Wishes(method=Method.OPTIMAL, together=False))

    assert fast.report.passed
    assert best.optimal
    assert best.bound <= best.cost + 1e-6 <= fast.cost * (1 + 1e-9) + 1e-6
    assert fast.cost <= 1.1 * best.cost


def test_what_a_whole_leaves_over_is_no_small_group():
    cells = counted({("a",): 1, ("b",): 1, ("c",): 20, ("d",): 30})

    apart = protect(cells, Rules(minimum=5), Wishes(together=False))
    done = protect(cells, Rules(minimum=5))

    assert group_demands(cells, Rules(minimum=5), apart.hidden, apart.found.unsafe).size
    assert done.hidden[at(cells, "c")]


def test_who_is_alone_in_a_cell_does_not_learn_the_other():
    rules = Rules(minimum=3)
    cells = owned({"a": [10], "b": [9, 8], "c": [7] * 9, "d": [9] * 9})

    done = protect(cells, rules)

    assert done.hidden[[at(cells, "a"), at(cells, "b")]].all()
    assert done.secondary.sum() == 1


def test_waived_cells_are_shown_and_cells_that_must_be_shown_too():
    cells = counted({("a",): 2, ("b",): 30, ("c",): 40})

    waived = protect(cells, Rules(minimum=5), Wishes(waived=[("a",)]))
    kept = protect(cells, Rules(minimum=5), Wishes(shown=[("b",)]))

    assert not waived.hidden.any()
    assert not kept.hidden[at(cells, "b")]
    assert kept.hidden[at(cells, "c")]
    with pytest.raises(InputError):
        protect(cells, Rules(minimum=5), Wishes(waived=[("nowhere",)]))


def test_a_table_that_cannot_be_protected_is_refused():
    cells = counted({("a",): 2, ("b",): 30})

    with pytest.raises(DisclosureRefusedError) as refused:
        protect(cells, Rules(minimum=5), Wishes(shown=[("b",), (ALL,)]))

    assert refused.value.code == "tables.not-protected"


def test_the_audit_finds_a_cell_that_follows():
    cells = counted({("a",): 2, ("b",): 30, ("c",): 40})
    rules = Rules(minimum=5)
    found = sensitivity(cells, rules)

    shown = Shown(cells.value, found.unsafe, cells.frame.sums)
    report = audit(shown, cell_demands(found), knowledge_of(cells, found, rules), exact=True)

    assert not report.passed
    assert (report.low[0], report.high[0]) == (2.0, 2.0)


def test_the_same_table_gives_the_same_choice():
    rng = np.random.default_rng(5)
    regions, branches = tree("region", [5, 20], rng), tree("branch", [8], rng)
    measure = Measure(value="amount", contributor="owner")
    cells = tabulate(businesses(regions, branches, 900, 5), [[regions, branches]], measure)

    choices = [
        protect(cells, Rules(minimum=3, estimate=0.1), Wishes(method=Method.FAST)).hidden
        for _ in range(2)
    ]

    assert (choices[0] == choices[1]).all()


TREES = [
    ({}, "tables.tree-empty"),
    ({"a": "b"}, "tables.tree-parent-missing"),
    ({"a": "b", "b": "a"}, "tables.tree-circle"),
    ({ALL: "a", "a": ALL}, "tables.tree-top-below"),
]


@pytest.mark.parametrize(("parents", "code"), TREES)
def test_a_tree_that_is_none_is_refused(parents, code):
    with pytest.raises(InputError) as refused:
        Dimension("d", parents)

    assert refused.value.code == code


ROWS = {"d": ["a", "b"], "v": [1.0, 2.0], "who": ["p", "q"]}
BAD = [
    ({"v": [1.0, -2.0]}, "tables.negative"),
    ({"v": [1.0, float("nan")]}, "tables.no-number"),
    ({"v": [1.0, None]}, "tables.no-number"),
    ({"d": ["a", "z"]}, "tables.code-not-in-tree"),
    ({"d": ["a", None]}, "tables.code-missing"),
    ({"who": ["p", None]}, "tables.contributor-missing"),
    (
        {"d": pa.array([], pa.string()), "v": pa.array([], pa.float64()), "who": []},
        "tables.no-rows",
    ),
]


@pytest.mark.parametrize(("change", "code"), BAD)
def test_bad_rows_are_refused(change, code):
    measure = Measure(value="v", contributor="who")

    with pytest.raises(InputError) as refused:
        tabulate(pa.table(ROWS | change), [[flat("d", ["a", "b"])]], measure)

    assert refused.value.code == code


def test_numbers_that_do_not_add_up_are_refused():
    cells = counted({("a",): 12, ("b",): 30})

    with pytest.raises(InputError) as refused:
        cells.with_value(cells.value + np.array([1.0, 0.0, 0.0]))

    assert refused.value.code == "tables.do-not-add-up"


@pytest.mark.parametrize(
    "make",
    [
        lambda: Rules(dominance=((2, 85.0),)),
        lambda: Rules(estimate=0.0),
        lambda: Rules(dominance=((4, 0.9),)),
        lambda: Rules(minimum=-1),
    ],
)
def test_rules_outside_their_range_are_refused(make):
    with pytest.raises(InputError):
        make()
