"""Small tables, and a slow attacker who tries every table of whole numbers that could be true."""

import math
from itertools import product

import numpy as np
import pyarrow as pa

from grondslag.anonymise.tables import Dimension, Measure, flat, tabulate


def counted(counts, rules=None):
    """A table of counts: per row of the mapping its codes and how many persons."""
    names = [f"d{at}" for at in range(len(next(iter(counts))))]
    rows = [key for key, count in counts.items() for _ in range(count)]
    columns = {name: [row[at] for row in rows] for at, name in enumerate(names)}
    dimensions = [flat(name, sorted({key[at] for key in counts})) for at, name in enumerate(names)]
    return tabulate(pa.table(columns), [dimensions], Measure())


def owned(amounts):
    """A table of amounts: per code the amounts of its owners, each owner once."""
    rows = [(code, amount) for code, own in amounts.items() for amount in own]
    table = pa.table(
        {
            "branch": [code for code, _ in rows],
            "amount": [float(amount) for _, amount in rows],
            "owner": list(range(len(rows))),
        }
    )
    dimension = flat("branch", sorted(amounts))
    return tabulate(table, [[dimension]], Measure(value="amount", contributor="owner"))


def nested(name, families):
    """A tree of two levels: per higher code the codes under it."""
    parents = dict.fromkeys(families, "*")
    parents |= {code: family for family, codes in families.items() for code in codes}
    return Dimension(name, parents)


def _ranges(cells, hidden, knowledge):
    """The values that are tried per hidden cell.

    Of a cell of which nobody knows the most, no more than the largest value: true when the grand
    total is shown.
    """
    most = np.where(np.isinf(knowledge.high), cells.value.max(), knowledge.high)
    return [range(int(knowledge.low[at]), int(most[at]) + 1) for at in np.flatnonzero(hidden)]


def worlds(cells, hidden, knowledge):
    """How many tables the slow attacker has to try."""
    return math.prod(map(len, _ranges(cells, hidden, knowledge)))


def possible_values(cells, hidden, knowledge):
    """Per hidden cell every value it has in any whole-number table that fits all that is shown."""
    places = np.flatnonzero(hidden)
    sums = cells.frame.sums.toarray()
    sums = sums[np.abs(sums[:, places]).sum(axis=1) > 0]
    rest = sums @ np.where(hidden, 0.0, cells.value)
    seen = {int(at): set() for at in places}
    for world in product(*_ranges(cells, hidden, knowledge)):
        if np.allclose(sums[:, places] @ np.array(world, dtype=float) + rest, 0.0):
            for at, value in zip(places, world, strict=True):
                seen[int(at)].add(value)
    return seen
