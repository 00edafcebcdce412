"""How the values of a column become coarser, level by level: a tree over its values.

Level 0 holds the values themselves, each next level joins codes of the level before, and the last
level is usually one code that says nothing. Built in `building`, proposed in `proposing`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from grondslag.errors import InputError

NOTHING = "*"
"""What a released cell says when it says nothing."""

Codes = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Step:
    """What a level does to values, without a value: for people to read.

    Args:
        kind: ``exact``, ``intervals``, ``ordered``, ``masking``, ``dates``, ``areas``, ``bands``,
            ``averaged``, ``presence``, ``by_hand`` or ``nothing``.
        fields: Facts that go with the kind, such as the width of a band.
    """

    kind: str
    fields: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Hierarchy:
    """The levels of one column, from finest to coarsest; checked when it is made.

    The values are its domain: every share of a measure counts them and not the data, so that
    two tables with one hierarchy can be laid side by side.

    Args:
        column: Whose values these are.
        values: Each value of the domain once; at most one of them missing.
        codes: Per level (row) and value (column) the code at that level, from 0 without gaps;
            level 0 numbers the values themselves.
        labels: Per level the text, or at level 0 the value, that is released for each code.
        steps: What each level from 1 on does to values; known of hierarchies built to a recipe.
        finest: What was done to the values of level 0 already.

    Raises:
        InputError: A value stands twice, there is no level, or a code lies in two parents.
    """

    column: str
    values: pa.Array = field(repr=False)
    codes: Codes = field(repr=False)
    labels: tuple[pa.Array, ...] = field(repr=False)
    steps: tuple[Step, ...] = ()
    finest: Step = Step("exact")

    def __post_init__(self) -> None:
        if len(self.values) == 0 or len(self.labels) == 0:
            raise InputError("anonymise.hierarchy-empty", column=self.column)
        twice = len(self.values) - len(self.values.unique())
        if twice:
            raise InputError("anonymise.hierarchy-value-twice", column=self.column, count=twice)
        for level in range(1, self.height):
            _check_parents(self.column, level, self.codes[level - 1], self.codes[level])

    @property
    def height(self) -> int:
        """Number of levels, the values themselves included."""
        return len(self.labels)

    @property
    def covers_missing(self) -> bool:
        """Whether a missing value is one of the values."""
        return bool(self.values.null_count)

    @property
    def shares(self) -> tuple[npt.NDArray[np.float64], ...]:
        """Per level the share of the domain that each code covers."""
        return tuple(np.bincount(row) / len(self.values) for row in self.codes)

    def step(self, level: int) -> Step:
        """What a level does to values."""
        if level == 0:
            return self.finest
        if self.labels[level].to_pylist() == [NOTHING]:
            return Step("nothing")
        if level <= len(self.steps):
            return self.steps[level - 1]
        if len(self.labels[level]) == 1:
            return Step("nothing")
        return Step("by_hand", {"step": level})

    def covering_missing(self) -> "Hierarchy":
        """The same with missing as a value of its own, apart until all values are one.

        A missing value sets someone apart as any value does, so it needs a place in the tree.
        """
        if self.covers_missing:
            return self
        ends_in_one = len(self.labels[-1]) == 1
        rows, labels = [], []
        for level, label in enumerate(self.labels):
            joins = ends_in_one and level == self.height - 1 and level > 0
            rows.append(np.append(self.codes[level], 0 if joins else len(label)))
            labels.append(label if joins else _with_missing(label))
        codes = np.array(rows, np.int32)
        values = _with_missing(self.values)
        return replace(self, values=values, codes=codes, labels=tuple(labels))

    def encode(self, column: pa.ChunkedArray) -> Codes:
        """The code at level 0 of every row.

        Raises:
            InputError: Values are not in the hierarchy; says how many, never which.
        """
        distinct, indices = distinct_values(column)
        return self.places(distinct)[indices]

    def places(self, distinct: pa.Array) -> Codes:
        """The code at level 0 of each of some distinct values.

        Raises:
            InputError: Values are not in the hierarchy; says how many, never which.
        """
        places = pc.index_in(*_alike(distinct, self.values))
        if places.null_count:
            raise InputError(
                "anonymise.value-not-in-hierarchy", column=self.column, count=places.null_count
            )
        found: Codes = places.to_numpy(zero_copy_only=False).astype(np.int32)
        return found

    def label_column(self, codes: Codes, level: int) -> pa.Array:
        """The released column for codes of one level."""
        return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), self.labels[level])


def hierarchy_of(
    column: str, levels: Sequence[pa.Array], *, steps: Sequence[Step] = ()
) -> Hierarchy:
    """A hierarchy from one array of labels per level, value by value.

    A last level that says nothing is added where the levels do not end in one code.

    Args:
        column: Whose values these are.
        levels: First the values themselves, then per value its label at each coarser level.
        steps: What each coarser level does to values.

    Raises:
        InputError: A value stands twice, or a label lies in two parents.
    """
    if not levels or not len(levels[0]):
        raise InputError("anonymise.hierarchy-empty", column=column)
    codes = [np.arange(len(levels[0]), dtype=np.int32)]
    labels = [levels[0]]
    for level in levels[1:]:
        encoded = level.dictionary_encode(null_encoding="encode")
        codes.append(encoded.indices.to_numpy(zero_copy_only=False).astype(np.int32))
        labels.append(encoded.dictionary)
    return with_top(column, labels, codes, steps)


def with_top(
    column: str, labels: Sequence[pa.Array], codes: Sequence[Codes], steps: Sequence[Step] = ()
) -> Hierarchy:
    """A hierarchy from labels and codes per level, ending in one code."""
    labels, codes = list(labels), list(codes)
    if len(labels[-1]) > 1 or len(labels) == 1:
        labels.append(pa.array([NOTHING]))
        codes.append(np.zeros(len(labels[0]), np.int32))
    return Hierarchy(column, labels[0], np.array(codes, np.int32), tuple(labels), tuple(steps))


def until_one(hierarchy: Hierarchy) -> Hierarchy:
    """The same up to the first coarser level of one code: the rest would only be searched."""
    ones = [at for at, label in enumerate(hierarchy.labels) if at and len(label) == 1]
    height = ones[0] + 1
    labels, codes = hierarchy.labels[:height], hierarchy.codes[:height]
    return replace(hierarchy, codes=codes, labels=labels)


def to_nothing(hierarchy: Hierarchy) -> Hierarchy:
    """The same with every level, and above them one that says nothing, whatever the data are.

    Then a level has one number in all tables of one column, and these can be laid side by side.
    """
    if hierarchy.labels[-1].to_pylist() == [NOTHING]:
        return hierarchy
    top = np.zeros((1, len(hierarchy.values)), np.int32)
    return replace(
        hierarchy,
        codes=np.vstack([hierarchy.codes, top]),
        labels=(*hierarchy.labels, pa.array([NOTHING])),
    )


def distinct_values(column: pa.ChunkedArray | pa.Array) -> tuple[pa.Array, Codes]:
    """The values that occur, missing included, and per row which of them it has.

    NaN counts as missing, for both say that nobody knows. Minus zero is zero.
    """
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if isinstance(column, pa.ChunkedArray):  # too long for one array of small offsets
        column = column.cast(pa.large_string()).combine_chunks()
    if pa.types.is_dictionary(column.type):
        return _of_dictionary(column)
    if pa.types.is_floating(column.type):
        column = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
        column = pc.add(column, pa.scalar(0.0, column.type))
    encoded = column.dictionary_encode(null_encoding="encode")
    return encoded.dictionary, encoded.indices.to_numpy(zero_copy_only=False)


def _of_dictionary(column: pa.DictionaryArray) -> tuple[pa.Array, Codes]:
    """As `distinct_values`: a dictionary may hold a value twice, unused, or missing."""
    distinct, places = distinct_values(column.dictionary)
    indices = column.indices
    if indices.null_count:
        distinct, places = distinct_values(
            pa.concat_arrays([column.dictionary, pa.nulls(1, column.dictionary.type)])
        )
        indices = indices.fill_null(len(column.dictionary))
    rows = places[indices.to_numpy(zero_copy_only=False)]
    used = np.bincount(rows, minlength=len(distinct)) > 0
    return distinct.filter(pa.array(used)), (np.cumsum(used, dtype=np.int32) - 1)[rows]


def _alike(distinct: pa.Array, values: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Both with one type: that of the hierarchy where it can, text where it cannot."""
    if distinct.type == values.type:
        return distinct, values
    try:
        return distinct.cast(values.type), values
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return distinct.cast(pa.string()), values.cast(pa.string())


def _with_missing(values: pa.Array) -> pa.Array:
    return pa.concat_arrays([values, pa.nulls(1, values.type)])


def _check_parents(column: str, level: int, finer: Codes, coarser: Codes) -> None:
    parents = np.zeros(int(finer.max()) + 1, np.int32)
    parents[finer] = coarser
    torn = np.unique(finer[parents[finer] != coarser]).size
    if torn:
        raise InputError("anonymise.hierarchy-no-tree", column=column, level=level, count=torn)
