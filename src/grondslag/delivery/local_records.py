"""Records of which each group has levels of its own, made once more from their own source rows.

Where one level holds for all, the levels alone tell what every row becomes. Here the groups do, and
those are the outcome of a search. So each released row is held against the row that it was: in
every column it must be that value at one of the levels that its owner wrote.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from grondslag.anonymise import Hierarchy
from grondslag.errors import IntegrityError


def locally_generalised_rows(
    content: pa.Table,
    hierarchies: Sequence[Hierarchy],
    sources: npt.NDArray[np.int64],
    released: pa.Table,
) -> pa.Table:
    """The source rows of what was released, with the released values in their columns.

    Args:
        content: The rows, with who they are about.
        hierarchies: Of the columns that others may know.
        sources: Per released row which row it was.
        released: What was released.

    Raises:
        IntegrityError: A row stands there twice, or a value is none of the levels of its own row.
    """
    wrong = IntegrityError("anonymise.release-fails", model="rows")
    if len(sources) != released.num_rows or len(np.unique(sources)) != len(sources):
        raise wrong
    people = content.take(pa.array(sources))
    for hierarchy in hierarchies:
        values = released.column(hierarchy.column).cast(pa.string()).combine_chunks()
        codes = hierarchy.encode(people.column(hierarchy.column))
        fits = np.zeros(len(values), dtype=bool)
        for level in range(hierarchy.height):
            labels = hierarchy.label_column(hierarchy.codes[level][codes], level).cast(pa.string())
            fits |= _are_equal(labels, values)
        if not fits.all():
            raise wrong
        place = people.schema.get_field_index(hierarchy.column)
        people = people.set_column(place, hierarchy.column, values)
    return people


def _are_equal(some: pa.Array, others: pa.Array) -> npt.NDArray[np.bool_]:
    """Row by row; two that are missing are equal."""
    one, other = (np.asarray(array.to_pylist(), dtype=object) for array in (some, others))
    equal: npt.NDArray[np.bool_] = (one == other).astype(bool)
    return equal
