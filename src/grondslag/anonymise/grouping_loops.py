"""Compiled loops that put things with one key together.

Keys are exact numbers and never hashes of values: two things are one only when all codes agree.
"""

import numpy as np
import numpy.typing as npt

from grondslag.anonymise.compiled import compiled

Whole = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
Marks = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.float64]
Packed = npt.NDArray[np.uint16] | npt.NDArray[np.uint32]

GOLDEN = 0x9E3779B97F4A7C15
"""The golden ratio in 64 bits: spreads keys over slots (Knuth, volume 3, section 6.4)."""


@compiled
def add_parts(
    packed: Packed, first: Whole, second: Whole, third: Whole, fourth: Whole, keys: Whole
) -> None:
    """Add to the key of every item its parts from four columns of packed codes.

    Args:
        packed: Per item (row) four columns of codes.
        first: Per code of the first column its part of the key.
        second: Of the second column.
        third: Of the third column.
        fourth: Of the fourth column.
        keys: One per item.
    """
    # Four written out, and indices that cannot be negative: three times as fast as a loop.
    for at in range(packed.shape[0]):
        keys[at] += (
            first[np.uint64(packed[at, 0])]
            + second[np.uint64(packed[at, 1])]
            + third[np.uint64(packed[at, 2])]
            + fourth[np.uint64(packed[at, 3])]
        )


@compiled
def number_keys(
    keys: Whole, slots: Small, shift: int, seen: Whole, numbers: Small, firsts: Small
) -> int:
    """Number the distinct keys in order of appearance; returns how many there are.

    Returns -1 when more than half of the work space would fill: then it asks for more.

    Args:
        keys: Not negative.
        slots: Work space, a power of two.
        shift: 64 less the power.
        seen: Work space, one per key.
        numbers: Filled with the number of each key.
        firsts: Filled with where each distinct key stands first.
    """
    slots[:] = -1
    mask = np.uint64(slots.shape[0] - 1)
    most = slots.shape[0] // 2
    count = 0
    for at in range(keys.shape[0]):
        key = keys[at]
        slot = (np.uint64(key) * np.uint64(GOLDEN)) >> np.uint64(shift)
        number = slots[slot]
        while number >= 0 and seen[np.uint64(number)] != key:
            slot = (slot + np.uint64(1)) & mask
            number = slots[slot]
        if number < 0:
            if count == most:
                return -1
            number = count
            slots[slot] = number
            seen[number] = key
            firsts[number] = at
            count += 1
        numbers[at] = number
    return count


@compiled
def add_up(numbers: Small, weights: Whole, sums: Whole) -> None:
    """Add the weight of each item to the sum of its number."""
    sums[:] = 0
    for at in range(numbers.shape[0]):
        sums[np.uint64(numbers[at])] += weights[at]


@compiled
def once_per_person(
    persons: Small, owners: Small, values: Small, groups: Small, out_owner: Small, out_value: Small
) -> int:
    """What people with rows in several classes count for, once per person, group and value.

    Args:
        persons: Rising.
        owners: The class of each entry.
        values: A value of each entry.
        groups: The group of each class.
        out_owner: Filled with the group of each entry that counts.
        out_value: Filled with its value.
    """
    count = 0
    begin = 0
    total = persons.shape[0]
    while begin < total:
        end = begin
        first = count
        while end < total and persons[end] == persons[begin]:
            group = groups[owners[end]]
            is_new = True
            for at in range(first, count):
                if out_owner[at] == group and out_value[at] == values[end]:
                    is_new = False
                    break
            if is_new:
                out_owner[count] = group
                out_value[count] = values[end]
                count += 1
            end += 1
        begin = end
    return count


@compiled
def by_group(  # noqa: PLR0913, PLR0917 - compiled loops take arrays, not objects
    owners: Small,
    values: Small,
    counts: Whole,
    group_count: int,
    value_count: int,
    starts: Whole,
    out_values: Small,
    out_counts: Whole,
) -> int:
    """Sum entries to one per group and value, groups in order, values in order within each.

    Args:
        owners: The group of each entry.
        values: The value of each entry.
        counts: What each entry counts for.
        group_count: How many groups.
        value_count: How many values.
        starts: Filled with where each group starts; one longer than the groups.
        out_values: Filled with the values.
        out_counts: Filled with the sums.
    """
    total = owners.shape[0]
    places = np.zeros(value_count + 1, np.int64)
    for at in range(total):
        places[values[at] + 1] += 1
    for value in range(value_count):
        places[value + 1] += places[value]
    order = np.empty(total, np.int64)
    for at in range(total):  # by value first, so that values rise within a group
        order[places[values[at]]] = at
        places[values[at]] += 1
    begins = np.zeros(group_count + 1, np.int64)
    for at in range(total):
        begins[owners[at] + 1] += 1
    for group in range(group_count):
        begins[group + 1] += begins[group]
    ends = begins[:-1].copy()
    for place in range(total):
        at = order[place]
        group = owners[at]
        here = ends[group]
        if here > begins[group] and out_values[here - 1] == values[at]:
            out_counts[here - 1] += counts[at]
        else:
            out_values[here] = values[at]
            out_counts[here] = counts[at]
            ends[group] = here + 1
    count = 0
    for group in range(group_count):
        starts[group] = count
        for here in range(begins[group], ends[group]):
            out_values[count] = out_values[here]
            out_counts[count] = out_counts[here]
            count += 1
    starts[group_count] = count
    return count
