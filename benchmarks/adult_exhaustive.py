"""Adult by looking at every node: node and value of the search, for every measure and limit.

Run by hand or by `make conformance`, with the Adult data and its hierarchies in a folder (about a
minute):

    python benchmarks/adult_exhaustive.py FOLDER

The reference sorts keys with numpy and shares only the reading of hierarchies with the engine.
"""

import math
import sys
from itertools import product
from pathlib import Path

import numpy as np
from anonymise import ADULT, ADULT_LOSS, LIMITS, MODEL, read_adult

from grondslag.anonymise import Measure, classes_of, cost_of
from grondslag.anonymise.classes import ROWS
from grondslag.anonymise.nodes import Nodes
from grondslag.anonymise.search import Search
from grondslag.anonymise.uniqueness import pitman_fit, zayatz_uniques

ADULT_ALONE = [
    ("pitman", 0.1, 0.27684993883653597),
    ("pitman", 0.01, 0.1446083531167384),
    ("zayatz", 0.1, 0.3207402393466189),
    ("zayatz", 0.2, 0.3577099234829125),
]
"""The share that is alone when Adult is such a share of the population, as ARX 3.9 tests it."""


def values_at(node, columns, trees):
    """Suppressed rows and, per measure, the value of a node."""
    rows = len(columns[0])
    seen = [
        tree.codes[level][column] for tree, level, column in zip(trees, node, columns, strict=True)
    ]
    keys = np.zeros(rows, np.int64)
    for codes in seen:
        keys = keys * (int(codes.max()) + 1) + codes
    _, group, sizes = np.unique(keys, return_inverse=True, return_counts=True)
    lost = sizes[group] < MODEL.k
    gone = int(lost.sum())
    logs, precise, bits = 0.0, 0.0, 0.0
    for tree, level, codes, column in zip(trees, node, seen, columns, strict=True):
        size = len(tree.values)
        share = np.bincount(tree.codes[level]) / size
        covered = share[codes[~lost]].sum() + gone
        covered = max((covered - rows / size) / (rows - rows / size), 0.0)
        logs += math.log1p(math.floor(covered * 1e10) / 1e10)
        precise += ((rows - gone) * level / (tree.height - 1) + gone) / rows
        fine, coarse = np.bincount(column), np.bincount(codes)
        column_bits = float(-np.log2(fine[column] / coarse[codes]).sum())
        for count in np.bincount(codes[lost]) if gone else []:
            column_bits += count * math.log2(gone / count) if count else 0.0
        bits += math.floor(column_bits * 1e10) / 1e10
    kept = int((sizes >= MODEL.k).sum())
    squares = float((sizes[sizes >= MODEL.k].astype(float) ** 2).sum())
    return gone, {
        Measure.LOSS: math.expm1(logs / len(trees)),
        Measure.PRECISION: precise / len(trees),
        Measure.ENTROPY: bits,
        Measure.AECS: rows / (kept + bool(gone)),
        Measure.DISCERNIBILITY: squares + gone * rows,
    }


def best(found, measure, limit):
    able = [(values[measure], sum(node), node) for node, gone, values in found if gone <= limit]
    least = min(value for value, _, _ in able)
    near = [one for one in able if one[0] <= least + 1e-9 * max(1, abs(least))]
    value, _, node = min(near, key=lambda one: one[1:])
    return node, value


def search_disagrees(table, trees, found):
    """How often the search does not find what is best of all nodes."""
    classes = classes_of(table.select(ADULT), trees)
    heights = [tree.height for tree in trees]
    wrong = 0
    for measure in Measure:
        for share in LIMITS:
            limit = math.floor(share * table.num_rows)
            node, value = best(found, measure, limit)
            cost = cost_of(measure, classes, [MODEL])
            result = Search(Nodes(classes, [MODEL]), cost, limit, heights).run()
            same = result.partition.node == node and math.isclose(result.value, value, rel_tol=1e-9)
            if measure is Measure.LOSS:
                same = same and round(value, 5) == ADULT_LOSS[share]
            wrong += not same
            print(f"{'same ' if same else 'FAULT'} {measure:<15} {share:4.0%} {value:.5f} {node}")
    return wrong


def uniqueness_disagrees(table, trees):
    """How often estimates of people alone in the population are not those of ARX's own tests."""
    sizes = classes_of(table.select(ADULT), trees).weights[:, ROWS]
    alpha, theta = pitman_fit(sizes)
    wrong = 0
    for estimator, share, expected in ADULT_ALONE:
        people = round(table.num_rows / share)
        if estimator == "zayatz":
            alone = zayatz_uniques(sizes, people) / people
        else:  # the limit for a large population that ARX takes; ours is the exact expectation
            gone = math.lgamma(theta + 1) - math.lgamma(theta + alpha)
            alone = math.exp(gone + (alpha - 1) * math.log(people))
        same = math.isclose(alone, expected, rel_tol=1e-8)
        wrong += not same
        print(f"{'same ' if same else 'FAULT'} {estimator:<15} {share:4.0%} {alone:.8f}")
    return wrong


def disagreements(folder: Path) -> int:
    """How much of what is known of Adult is not found."""
    table, trees = read_adult(folder)
    columns = [tree.encode(table[name]) for tree, name in zip(trees, ADULT, strict=True)]
    found = []
    for node in product(*(range(tree.height) for tree in trees)):
        gone, values = values_at(node, columns, trees)
        found.append((node, gone, values))
    print(f"{len(found):,} nodes looked at")
    return search_disagrees(table, trees, found) + uniqueness_disagrees(table, trees)


if __name__ == "__main__":
    sys.exit(1 if disagreements(Path(sys.argv[1])) else 0)
