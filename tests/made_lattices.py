"""Random small tables with a question: for every model and measure, to be answered in two ways.

What the slow reference looks at are plain lists; the engine gets a table and its own hierarchies.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache
from types import SimpleNamespace

import numpy as np
import pyarrow as pa

from exhaustive import (
    MEASURES,
    alone_by_pitman,
    alone_by_zayatz,
    distance,
    groups_at,
    is_entropy_diverse,
    is_recursive_diverse,
    present_enough,
    seen,
    spread,
)
from grondslag.anonymise import (
    DeltaPresence,
    DistinctDiversity,
    EntropyDiversity,
    KAnonymity,
    KMap,
    PopulationUniqueness,
    RecursiveDiversity,
    TCloseness,
    hierarchy_of,
)

MODELS = ("k", "k-map", "distinct", "entropy", "recursive", "equal", "ordered", "hierarchical",
          "presence", "pitman", "zayatz")  # fmt: skip
QUESTIONS = [(model, measure) for model in MODELS for measure in MEASURES]
VALUES = ("p", "q", "r", "s", None)


@dataclass(frozen=True)
class Question:
    """A table, what is asked of it, and what the reference makes of a node.

    *trees* are plain: per level the code of each value. *judge* gives for a node what says of a
    list of places whether that group may stay. *is_close* tells that an estimate lies so near
    its limit that rounding decides.
    """

    trees: list
    rows: list
    table: pa.Table
    asked: dict
    judge: object
    limit: int
    weights: list | None
    is_close: object


def question(model, measure, number):
    """The *number*-th question for a model and a measure; the same at every run."""
    draw = np.random.default_rng([number, *map(ord, model + measure)])
    most = 2 if model == "pitman" else 3
    trees = [tree(draw) for _ in range(draw.integers(1, most + 1))]
    names = "abc"[: len(trees)]
    count = int(draw.integers(1, 40))
    rows = [tuple(int(draw.integers(len(t.values))) for t in trees) for _ in range(count)]
    values = [VALUES[at] for at in draw.choice(5, count, p=[0.4, 0.25, 0.15, 0.1, 0.1])]
    has_persons = draw.random() < 0.4
    people = [int(draw.integers(count)) if has_persons else at for at in range(count)]
    others = [tuple(int(draw.integers(len(t.values))) for t in trees) for _ in range(2 * count)]
    share = float(draw.choice([0.0, 0.1, 0.3, 0.7]))
    weights = None
    if measure in {"loss", "precision", "entropy"} and draw.random() < 0.5:
        weights = [float(draw.choice([0.0, 0.5, 1.0, 3.0])) for _ in trees]
        weights[0] = weights[0] or 2.0
    everybody = table_of(names, trees, rows + others)
    k = 1 if model in {"pitman", "zayatz"} and draw.random() < 0.7 else int(draw.integers(1, 5))
    models, judge, is_close = said(model, draw, trees, rows, values, people, others, everybody, k)
    table = table_of(names, trees, rows)
    has_values = models[0].about is not None
    if has_values:
        table = table.append_column("value", pa.array(values))
    if has_persons:
        table = table.append_column("who", pa.array(people))
    asked = {
        "hierarchies": [engine_tree(name, t) for name, t in zip(names, trees, strict=True)],
        "model": [KAnonymity(k), *models],
        "suppression": share,
        "measure": measure,
        "weights": weights and dict(zip(names, weights, strict=True)),
        "person": "who" if has_persons else None,
    }
    return Question(
        trees, rows, table, asked, with_k(k, people, judge), int(share * count), weights, is_close
    )


def tree(draw):
    """Values, one perhaps missing, and per level the code of each: joined more and more."""
    size = int(draw.integers(1, 6))
    codes = [list(range(size))]
    while len(set(codes[-1])) > 1 and len(codes) < 4:
        there = sorted(set(codes[-1]))
        parents = draw.integers(0, max(1, len(there) - 1), len(there))
        codes.append([int(parents[there.index(code)]) for code in codes[-1]])
    if len(set(codes[-1])) > 1 or len(codes) == 1:
        codes.append([0] * size)
    values = [f"v{at}" for at in range(size)]
    if draw.random() < 0.3:  # a value of its own until all are one
        values.append(None)
        codes = [[*row, row[0] if level == len(codes) - 1 else size]
                 for level, row in enumerate(codes)]  # fmt: skip
    return SimpleNamespace(values=values, codes=codes, height=len(codes))


def engine_tree(name, plain):
    """The same as the engine knows it; a missing value is for the engine to place."""
    there = [at for at, value in enumerate(plain.values) if value is not None]
    levels = [pa.array([plain.values[at] for at in there])]
    levels += [
        pa.array([f"{level}-{plain.codes[level][at]}" for at in there])
        for level in range(1, plain.height)
    ]
    made = hierarchy_of(name, levels)
    return made if len(there) == len(plain.values) else made.covering_missing()


def table_of(names, trees, rows):
    """Rows of places as a table of values."""
    return pa.table(
        {
            name: pa.array([plain.values[row[at]] for row in rows], pa.string())
            for at, (name, plain) in enumerate(zip(names, trees, strict=True))
        }
    )


def with_k(k, people, judge):
    """A model and k-anonymity: both must hold."""

    def at(node):
        says = judge(node)
        return lambda places: len({people[one] for one in places}) >= k and says(places)

    return at


def said(model, draw, trees, rows, values, people, others, everybody, k):
    """The models for the engine, what the reference says, and when rounding decides."""
    if model in {"pitman", "zayatz"}:
        return alone(model, draw, trees, rows, people)
    if model in {"k-map", "presence"}:
        return (*beside(model, draw, trees, rows, people, others, everybody, k), lambda _: False)
    models, says = about_values(model, draw, values, people)
    return models, lambda _: says, lambda _: False


def about_values(model, draw, values, people):
    """Models about a sensitive column, and what the definitions say of a group."""
    order = sorted(set(values), key=lambda value: (value is None, value))
    whole = spread(values, people, range(len(values)))
    size = float(draw.choice([1.5, 2.0, 2.5]))
    c, far = float(draw.choice([0.8, 2.0, 4.0])), float(draw.choice([0.1, 0.25, 0.4]))
    paths = {value: (value, value if value is None else value in "pq", "*") for value in VALUES}
    sensitive = hierarchy_of(
        "value", [pa.array(list("pqrs")), pa.array([str(value in "pq") for value in "pqrs"])]
    )

    def counts(places):
        return spread(values, people, places)

    def near(kind):
        tree = {value: paths[value] for value in whole}
        return lambda places: distance(counts(places), whole, kind, order, tree) <= far + 1e-12

    return {
        "k": lambda: ([KAnonymity(2)], lambda p: len({people[at] for at in p}) >= 2),
        "distinct": lambda: ([DistinctDiversity("value", 2)], lambda p: len(counts(p)) >= 2),
        "entropy": lambda: ([EntropyDiversity("value", size)],
                            lambda p: is_entropy_diverse(counts(p), size)),
        "recursive": lambda: ([RecursiveDiversity("value", c, 2)],
                              lambda p: is_recursive_diverse(counts(p), c, 2)),
        "equal": lambda: ([TCloseness("value", far)], near("equal")),
        "ordered": lambda: ([TCloseness("value", far, "ordered")], near("ordered")),
        "hierarchical": lambda: ([TCloseness("value", far, "hierarchical", sensitive)],
                                 near("hierarchical")),
    }[model]()  # fmt: skip


def beside(model, draw, trees, rows, people, others, everybody, k):
    """Models beside a population: the rows and some others."""
    least = int(draw.integers(2, 9))
    low, high = [(0.0, 0.5), (0.0, 0.8), (0.1, 0.7), (0.2, 1.0)][draw.integers(4)]

    def judge(node):
        around = Counter(seen(row, trees, node) for row in rows + others)
        if model == "k-map":
            return lambda places: around[seen(rows[places[0]], trees, node)] >= least
        groups = groups_at(rows, trees, node)
        right = present_enough(groups, around, people, (low, high), k)
        return lambda places: seen(rows[places[0]], trees, node) in right

    if model == "k-map":
        return [KMap(least, everybody)], judge
    return [DeltaPresence(low, high, everybody)], judge


def alone(model, draw, trees, rows, people):
    """At most a share alone in the population: else whoever is alone in the table must go."""
    everybody, share = 5 * len(rows), float(draw.choice([0.002, 0.02, 0.1, 0.3]))
    by = {"pitman": alone_by_pitman, "zayatz": alone_by_zayatz}[model]

    @cache
    def estimate(node):
        sizes = [len({people[at] for at in places})
                 for places in groups_at(rows, trees, node).values()]  # fmt: skip
        return by(sizes, everybody) / everybody

    def judge(node):
        # With a k of 2 or more nobody alone is left either way.
        may_stay = estimate(node) <= share
        return lambda places: may_stay or len({people[at] for at in places}) > 1

    def is_close(nodes):
        return any(abs(estimate(node) - share) < 1e-5 for node in nodes)

    return [PopulationUniqueness(share, everybody, model)], judge, is_close
