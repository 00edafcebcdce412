"""How far the values of a group lie from those of the whole table, and how they are spread.

Compiled, for a search asks it of every group of every node it looks at.
"""

import numpy as np

from grondslag.anonymise.compiled import compiled
from grondslag.anonymise.grouping_loops import Numbers, Small, Whole


@compiled
def ordered_distance(
    starts: Whole, places: Small, counts: Whole, whole: Numbers, out: Numbers
) -> None:
    """The earth mover's distance where moving costs the difference in rank.

    Args:
        starts: Where each group starts; one longer than the groups.
        places: Per entry the rank of its value.
        counts: Per entry its persons.
        whole: Per rank the share in the whole table.
        out: Filled with the distance of each group; 0 when there is one value.

    Source:
        Li, Li and Venkatasubramanian (2007), t-closeness, ordered values,
        doi:10.1109/ICDE.2007.367856.
    """
    size = whole.shape[0]
    share = np.zeros(size)
    for group in range(out.shape[0]):
        total = 0.0
        for at in range(starts[group], starts[group + 1]):
            share[places[at]] = counts[at]
            total += counts[at]
        moved = 0.0
        carried = 0.0
        for rank in range(size - 1):
            carried += share[rank] / total - whole[rank] if total else 0.0
            moved += abs(carried)
        out[group] = moved / (size - 1) if size > 1 else 0.0
        for at in range(starts[group], starts[group + 1]):
            share[places[at]] = 0.0


@compiled
def hierarchical_distance(
    starts: Whole, values: Small, counts: Whole, whole: Numbers, tree: Small, out: Numbers
) -> None:
    """The earth mover's distance where moving costs the height of the lowest common ancestor.

    Args:
        starts: Where each group starts; one longer than the groups.
        values: Per entry its value.
        counts: Per entry its persons.
        whole: Per value the share in the whole table.
        tree: Per level (row) and value (column) the code, finest first; the last is one code.
        out: Filled with the distance of each group.

    Source:
        Li, Li and Venkatasubramanian (2007), t-closeness, hierarchical values,
        doi:10.1109/ICDE.2007.367856.
    """
    height = tree.shape[0] - 1
    size = whole.shape[0]
    extra = np.zeros(size)
    for group in range(out.shape[0]):
        total = 0.0
        for at in range(starts[group], starts[group + 1]):
            total += counts[at]
        for value in range(size):
            extra[value] = -whole[value]
        for at in range(starts[group], starts[group + 1]):
            extra[values[at]] += counts[at] / total
        cost = 0.0
        net = extra.copy()  # per code of the level below
        for level in range(1, height + 1):
            more = np.zeros(size)
            less = np.zeros(size)
            seen = np.zeros(size, np.uint8)
            for value in range(size):
                child = tree[level - 1, value]
                if not seen[child]:
                    seen[child] = 1
                    if net[child] > 0:
                        more[tree[level, value]] += net[child]
                    else:
                        less[tree[level, value]] -= net[child]
            for code in range(size):
                cost += level / height * min(more[code], less[code])
                net[code] = more[code] - less[code]
        out[group] = cost if total else 0.0


@compiled
def largest_and_tail(starts: Whole, counts: Whole, least: int, out: Numbers) -> None:
    """Per group the largest count, divided by the sum of all but the ``least - 1`` largest.

    Args:
        starts: Where each group starts; one longer than the groups.
        counts: Per entry its persons.
        least: The *l* of recursive diversity.
        out: Filled with the ratio; infinite where nothing is left to divide by.
    """
    for group in range(out.shape[0]):
        here = np.sort(counts[starts[group] : starts[group + 1]])
        tail = 0.0
        for at in range(here.shape[0] - least + 1):
            tail += here[at]
        out[group] = here[-1] / tail if tail > 0 else np.inf
