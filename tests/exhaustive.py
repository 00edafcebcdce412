"""A slow reference: every node of the lattice in plain Python, by the definitions of the papers.

Shares no code with the engine but the hierarchies. Rows are tuples of places in each hierarchy.
"""

import math
from collections import Counter, defaultdict
from functools import cache
from itertools import product


def nodes_of(hierarchies):
    """Every node: one level per column."""
    return list(product(*(range(h.height) for h in hierarchies)))


def groups_at(rows, hierarchies, node):
    """Places of the rows that look alike at a node."""
    groups = defaultdict(list)
    for at, row in enumerate(rows):
        groups[seen(row, hierarchies, node)].append(at)
    return groups


def seen(row, hierarchies, node):
    """What a row looks like at a node."""
    return tuple(
        int(h.codes[level][value]) for h, level, value in zip(hierarchies, node, row, strict=True)
    )


def evaluated(rows, hierarchies, node, passes):
    """The kept groups of a node and its suppressed rows; *passes* judges a list of places."""
    groups = groups_at(rows, hierarchies, node)
    kept = [places for places in groups.values() if passes(places)]
    lost = [at for places in groups.values() if not passes(places) for at in places]
    return kept, sorted(lost)


def loss(rows, hierarchies, node, kept, lost, weights):
    total = 1.0
    n, s = len(rows), len(lost)
    for column, (h, level) in enumerate(zip(hierarchies, node, strict=True)):
        domain = len(h.values)
        sizes = Counter(int(code) for code in h.codes[level])
        covered = sum(
            sizes[int(h.codes[level][rows[at][column]])] / domain for group in kept for at in group
        )
        share = 0.0
        if domain > 1:
            share = max((covered + s - n / domain) / (n - n / domain), 0.0)
        share = math.floor(share * 1e10) / 1e10
        total *= (share * weights[column] + 1) ** (1 / len(hierarchies))
    return total - 1


def precision(rows, hierarchies, node, kept, lost, weights):
    n, s = len(rows), len(lost)
    terms = []
    for column, (h, level) in enumerate(zip(hierarchies, node, strict=True)):
        share = level / (h.height - 1) if h.height > 1 else 0
        terms.append(weights[column] * ((n - s) * share + s) / n)
    return sum(terms) / len(terms)


def entropy(rows, hierarchies, node, kept, lost, weights):
    total = 0.0
    for column, (h, level) in enumerate(zip(hierarchies, node, strict=True)):
        fine = Counter(row[column] for row in rows)
        coarse = Counter(int(h.codes[level][row[column]]) for row in rows)
        bits = sum(
            -math.log2(fine[row[column]] / coarse[int(h.codes[level][row[column]])]) for row in rows
        )
        gone = Counter(int(h.codes[level][rows[at][column]]) for at in lost)
        bits += sum(count * math.log2(len(lost) / count) for count in gone.values())
        total += weights[column] * math.floor(bits * 1e10) / 1e10
    return total


def aecs(rows, hierarchies, node, kept, lost, weights):
    return len(rows) / (len(kept) + bool(lost))


def discernibility(rows, hierarchies, node, kept, lost, weights):
    return sum(len(group) ** 2 for group in kept) + len(lost) * len(rows)


MEASURES = {
    "loss": loss,
    "precision": precision,
    "entropy": entropy,
    "aecs": aecs,
    "discernibility": discernibility,
}


def best_node(rows, hierarchies, passes, *, measure, limit, weights=None):
    """The best node and its value, or None; ties go to the lower sum of levels, then the first."""
    mean = sum(weights) / len(weights) if weights else 1
    scaled = [weight / mean for weight in weights] if weights else [1.0] * len(hierarchies)
    found = []
    for node in nodes_of(hierarchies):
        kept, lost = evaluated(rows, hierarchies, node, passes(node))
        if len(lost) <= limit and kept:
            value = MEASURES[measure](rows, hierarchies, node, kept, lost, scaled)
            found.append((value, node, lost))
    if not found:
        return None
    best = min(value for value, _, _ in found)
    near = [one for one in found if one[0] <= best + 1e-9 * max(1, abs(best))]
    return min(near, key=lambda one: (sum(one[1]), one[1]))


# What each model says of one group, from the values and persons of its rows.


def spread(values, people, places):
    """Persons per value in a group."""
    return Counter(value for value, _ in {(values[at], people[at]) for at in places})


def is_entropy_diverse(counts, size):
    total = sum(counts.values())
    bits = -sum(count / total * math.log(count / total) for count in counts.values())
    return bits >= math.log(size) - 1e-12


def is_recursive_diverse(counts, c, size):
    largest_first = sorted(counts.values(), reverse=True)
    return largest_first[0] < c * sum(largest_first[size - 1 :]) - 1e-12


def distance(counts, whole, kind, order, tree=None):
    """The earth mover's distance of a group's values from the whole table's."""
    here, all_of_them = sum(counts.values()), sum(whole.values())
    extra = {value: counts[value] / here - whole[value] / all_of_them for value in whole}
    if kind == "equal":
        return sum(abs(more) for more in extra.values()) / 2
    if kind == "ordered":
        carried, moved = 0.0, 0.0
        for value in order[:-1]:
            carried += extra[value]
            moved += abs(carried)
        return moved / (len(order) - 1) if len(order) > 1 else 0.0
    return tree_distance(extra, tree)


def tree_distance(extra, tree):
    """Paid per node of the tree: its height times what is evened out there (Li and others, 5.2).

    *tree* gives per value its path from finest to coarsest, ending in one root.
    """
    height = len(next(iter(tree.values()))) - 1
    moved = 0.0
    for level in range(1, height + 1):
        children = defaultdict(dict)
        for value, path in tree.items():
            below = children[path[level]]
            below[path[level - 1]] = below.get(path[level - 1], 0.0) + extra[value]
        for below in children.values():
            more = sum(net for net in below.values() if net > 0)
            less = -sum(net for net in below.values() if net < 0)
            moved += level / height * min(more, less)
    return moved


def present_enough(groups, around, people, bounds, k):
    """Groups, by what they look like, of *k* and with the right share of those around present.

    Where nobody of some who look alike is released, all of them are taken to be absent: with a
    lowest share above 0 then no group is right.
    """
    low, high = bounds
    sizes = {key: len({people[at] for at in places}) for key, places in groups.items()}
    right = {
        key
        for key, size in sizes.items()
        if size >= k and low - 1e-12 <= size / around[key] <= high + 1e-12
    }
    return right if low == 0 or right == set(around) else set()


# How many people are alone in the population, from the sizes of the groups in a sample.


def alone_by_zayatz(sizes, people):
    """Zayatz (1991): groups of the population are taken to be spread as those of the sample."""
    drawn = sum(sizes)

    def draws_one(size):
        ways = math.comb(people - size, drawn - 1) if people - size >= drawn - 1 else 0
        return size * ways / math.comb(people, drawn)

    alone = sizes.count(1)
    if not alone:
        return 0.0
    return alone * alone * draws_one(1) / sum(map(draws_one, sizes)) * people / drawn


def alone_by_pitman(sizes, people):
    """Hoshino (2001), with his sums written out; the likeliest alpha by thirds."""
    if 1 not in sizes:
        return 0.0
    if set(sizes) == {1}:
        return people
    sizes = tuple(sorted(sizes))
    low, high = 1e-9, 1 - 1e-9
    for _ in range(50):
        one, other = low + (high - low) / 3, high - (high - low) / 3
        if likelihood(one, likeliest_theta(one, sizes), sizes) < likelihood(
            other, likeliest_theta(other, sizes), sizes
        ):
            low = one
        else:
            high = other
    theta = likeliest_theta(low, sizes)
    gone = math.lgamma(theta + 1) - math.lgamma(theta + low)
    left = math.lgamma(theta + low + people - 1) - math.lgamma(theta + people)
    return people * math.exp(gone + left)


def likelihood(alpha, theta, sizes):
    """The logarithm of Pitman's formula, without what does not depend on alpha and theta."""
    groups = sum(math.log(theta + alpha * at) for at in range(1, len(sizes)))
    persons = sum(math.log(theta + at) for at in range(1, sum(sizes)))
    return groups - persons + sum(math.log(at - alpha) for size in sizes for at in range(1, size))


@cache
def likeliest_theta(alpha, sizes):
    """Where the slope of the likelihood is 0, by halving the logarithm of theta plus alpha."""
    low, high = -30.0, 12.0
    for _ in range(50):
        middle = (low + high) / 2
        theta = math.exp(middle) - alpha
        slope = sum(1 / (theta + alpha * at) for at in range(1, len(sizes)))
        slope -= sum(1 / (theta + at) for at in range(1, sum(sizes)))
        low, high = (middle, high) if slope > 0 else (low, middle)
    return math.exp(low) - alpha
