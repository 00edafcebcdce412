"""A number averaged over people who lie close together, with coarser averages above it.

Groups hold persons and not rows: someone counts once, by the mean of their own numbers, and stands
in one group with all their rows. Neighbouring groups join two by two, so that a search can choose
how many people an average is over.
"""

from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from grondslag.anonymise.hierarchies import NOTHING, Hierarchy, Step, distinct_values, hierarchy_of
from grondslag.anonymise.numbers import is_numbers, microaggregate
from grondslag.errors import InputError

_TOGETHER = (1, 2, 4, 8, 16)
"""So many neighbouring groups share an average, level by level."""

_DIGITS = 6


@dataclass(frozen=True, slots=True, eq=False)
class Averaged:
    """A column of averages.

    Args:
        column: Per row the average of its person's group; missing stays missing.
        hierarchy: That average, then those of larger groups, then nothing. The number of levels
            does not follow from the data.
    """

    column: pa.Array = field(repr=False)
    hierarchy: Hierarchy


def average(table: pa.Table, name: str, *, k: int, person: str | None = None) -> Averaged:
    """Replace a number by its average over at least *k* persons who lie close together.

    Args:
        table: The rows.
        name: The column of numbers; rows that miss it are no part of a group.
        k: Persons per group, at least.
        person: The column that tells people apart; None when every row is one person.

    Raises:
        InputError: Fewer than *k* persons have a number, or the column holds no ordinary ones.

    Source:
        Groups of at least k by microaggregation make a column k-anonymous: Domingo-Ferrer and Torra
        (2005), doi:10.1007/s10618-005-0007-5.
    """
    values = table.column(name)
    if not is_numbers(values.type):
        raise InputError("anonymise.no-numbers", column=name)
    values = pc.cast(values.combine_chunks(), pa.float64(), safe=False)
    known = ~np.isnan(values.to_numpy(zero_copy_only=False))
    numbers = values.filter(pa.array(known))
    who = _places(table, person, known)
    points = np.bincount(who, numbers.to_numpy(zero_copy_only=False)) / np.bincount(who)
    made = microaggregate(pa.table({name: points}), [name], k=k)
    groups, labels, persons = _groups_in_order(made.table.column(name))
    column = np.full(len(known), np.nan)
    column[known] = np.array(labels)[groups[who]]
    hierarchy = _levels(name, labels, persons, k=k)
    return Averaged(pa.array(column, from_pandas=True), hierarchy)


def _places(
    table: pa.Table, person: str | None, known: npt.NDArray[np.bool_]
) -> npt.NDArray[np.int64]:
    """Per row with a number the place of its person."""
    if person is None:
        return np.arange(int(known.sum()))
    _, places = distinct_values(table.column(person).filter(pa.array(known)))
    return places.astype(np.int64)


def _groups_in_order(
    means: pa.ChunkedArray,
) -> tuple[npt.NDArray[np.int64], list[float], npt.NDArray[np.int64]]:
    """Per person the place of the group, from low to high; per group its average and its persons.

    Groups with one average are one group: nobody can tell them apart.
    """
    rounded = [float(f"{mean:.{_DIGITS}g}") for mean in means.to_pylist()]
    labels, groups = np.unique(np.array(rounded) + 0.0, return_inverse=True)
    return groups, labels.tolist(), np.bincount(groups, minlength=len(labels)).astype(np.int64)


def _levels(name: str, labels: list[float], persons: npt.NDArray[np.int64], *, k: int) -> Hierarchy:
    """Averages of ever larger groups of neighbours; the last group takes what is left over."""
    count, means = len(labels), np.array(labels)
    levels, steps = [], []
    for together in _TOGETHER:
        if count < together and together > 1:
            levels.append(pa.array([NOTHING] * count))
        else:
            block = np.minimum(np.arange(count) // together, count // together - 1)
            over = np.bincount(block, means * persons) / np.bincount(block, persons)
            levels.append(pa.array([float(f"{over[at]:.{_DIGITS}g}") for at in block]))
        steps.append(Step("averaged", {"persons": k * together}))
    levels.append(pa.array([NOTHING] * count))
    made = hierarchy_of(name, levels, steps=steps[1:])
    return replace(made, finest=steps[0])
