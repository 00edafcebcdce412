"""Groups that may be released, and their rows: written group by group, in an order of their own."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from grondslag.anonymise.classes import Classes, mixed_keys
from grondslag.anonymise.grouping_loops import Small, Whole
from grondslag.anonymise.hierarchies import Hierarchy, distinct_values
from grondslag.anonymise.models import Mask
from grondslag.anonymise.nodes import Node, Nodes
from grondslag.anonymise.recoding import Recoded


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """Groups that satisfy the models.

    Args:
        node: The best node with one level for all.
        of_class: The group of each class; -1 where its rows are suppressed.
        codes: Per column the released code of each group.
        labels: Per column what is released for each code.
        sizes: Rows of each group.
        persons: Persons of each group.
        population: People of the population that look like each group; empty without one.
        loss: The loss when groups have levels of their own; None with one level for all.
    """

    node: Node
    of_class: Small = field(repr=False)
    codes: tuple[Small, ...] = field(repr=False)
    labels: tuple[pa.Array, ...] = field(repr=False)
    sizes: Whole = field(repr=False)
    persons: Whole = field(repr=False)
    population: Whole = field(repr=False)
    loss: float | None = None


def release_of_node(nodes: Nodes, node: Node) -> Release:
    """The kept groups of a node."""
    partition, of_class = nodes.look_of_classes(node)
    kept = np.flatnonzero(partition.kept)
    number = np.full(len(partition.fails), -1, np.int32)
    number[kept] = np.arange(len(kept), dtype=np.int32)
    firsts, groups = partition.firsts[kept], partition.groups
    hierarchies = nodes.classes.hierarchies
    return Release(
        node=node,
        of_class=number[of_class],
        codes=tuple(
            hierarchy.codes[level][nodes.classes.codes[firsts, at]]
            for at, (hierarchy, level) in enumerate(zip(hierarchies, node, strict=True))
        ),
        labels=tuple(h.labels[level] for h, level in zip(hierarchies, node, strict=True)),
        sizes=groups.rows[kept],
        persons=groups.persons[kept],
        population=groups.population[kept] if len(groups.population) else groups.population,
    )


def release_of_recoding(nodes: Nodes, node: Node, recoded: Recoded) -> Release:
    """Groups with levels of their own; those that look alike after all are one."""
    kept = np.flatnonzero(recoded.of_class >= 0)
    columns, labels = [], []
    for at, hierarchy in enumerate(nodes.classes.hierarchies):
        names, places = _all_levels(hierarchy)
        released = np.stack(
            [place[codes] for place, codes in zip(places, hierarchy.codes, strict=True)]
        )
        level = recoded.levels[recoded.of_class[kept], at]
        columns.append(released[level, nodes.classes.codes[kept, at]])
        labels.append(names)
    keys = mixed_keys(columns, [len(names) for names in labels])
    _, firsts, group = np.unique(keys, return_index=True, return_inverse=True)
    of_class = np.full(nodes.classes.count, len(firsts), np.int32)
    of_class[kept] = group
    groups = nodes.groups_of(of_class, len(firsts) + 1)
    of_class[of_class == len(firsts)] = -1
    return Release(
        node=node,
        of_class=of_class,
        codes=tuple(column[firsts].astype(np.int32) for column in columns),
        labels=tuple(labels),
        sizes=groups.rows[:-1],
        persons=groups.persons[:-1],
        population=np.zeros(0, np.int64),
        loss=recoded.value,
    )


def without(release: Release, gone: Mask) -> Release:
    """The same without some groups."""
    number = np.full(len(gone) + 1, -1, np.int32)  # the last is for rows that are out already
    number[np.flatnonzero(~gone)] = np.arange(int((~gone).sum()), dtype=np.int32)
    return replace(
        release,
        of_class=number[release.of_class],
        codes=tuple(codes[~gone] for codes in release.codes),
        sizes=release.sizes[~gone],
        persons=release.persons[~gone],
        population=release.population[~gone] if len(release.population) else release.population,
    )


def rows_of(
    table: pa.Table,
    classes: Classes,
    release: Release,
    sensitive: Sequence[str],
    *,
    with_rows: bool,
) -> tuple[pa.Table, Whole]:
    """The released rows, sorted by all that is released: the order of the source does not show.

    Args:
        table: The source.
        classes: Of the source.
        release: The groups.
        sensitive: Columns released as they are.
        with_rows: Whether to tell which rows of the source they are.
    """
    order = np.lexsort(release.codes[::-1])
    sizes = release.sizes[order]
    columns = {
        hierarchy.column: pa.DictionaryArray.from_arrays(
            pa.array(np.repeat(codes[order], sizes), pa.int32()), labels
        )
        for hierarchy, codes, labels in zip(
            classes.hierarchies, release.codes, release.labels, strict=True
        )
    }
    if not sensitive and not with_rows:
        return pa.table(columns), np.zeros(0, np.int64)
    ranks = np.empty(len(order), np.int64)
    ranks[order] = np.arange(len(order))
    of_row = release.of_class[classes.of_row]
    there = np.flatnonzero(of_row >= 0)
    keys, widths = [ranks[of_row[there]]], [len(order)]
    for name in sensitive:
        distinct, values = distinct_values(table.column(name).take(pa.array(there)))
        places = np.empty(len(distinct), np.int32)
        places[pc.sort_indices(distinct).to_numpy()] = np.arange(len(distinct), dtype=np.int32)
        keys.append(places[values].astype(np.int64))
        widths.append(len(distinct))
    rows = there[np.argsort(mixed_keys(keys, widths), kind="stable")]
    for name in sensitive:
        columns[name] = table.column(name).take(pa.array(rows)).combine_chunks()
    return pa.table(columns), rows


def _all_levels(hierarchy: Hierarchy) -> tuple[pa.Array, list[Small]]:
    """What is released at any level, each text once, and per level and code which text it is.

    One text can stand at two levels; then those rows look alike and are one group.
    """
    texts = pa.concat_arrays([label.cast(pa.string()) for label in hierarchy.labels])
    distinct, places = distinct_values(texts)
    ends = np.cumsum([len(label) for label in hierarchy.labels])[:-1]
    return distinct, [part.astype(np.int32) for part in np.split(places, ends)]
