"""What an anonymous table can still tell: per column the differences left, and what has shifted."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from grondslag.anonymise.anonymising import Anonymised
from grondslag.anonymise.hierarchies import Hierarchy, distinct_values

_Shares = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What is left of one column.

    Args:
        column: Its name.
        kept: The entropy of what is released as a share of that of the source, from 0 to 1; when
            groups have levels of their own, what it tells of the source as such a share.
        shifted: The share of rows that would have to change to undo what leaving rows out did to
            the distribution (total variation distance, at the released level); None when groups
            have levels of their own.
    """

    column: str
    kept: float
    shifted: float | None


def column_uses(
    table: pa.Table,
    made: Anonymised,
    hierarchies: Sequence[Hierarchy],
    *,
    sensitive: Sequence[str] = (),
) -> tuple[ColumnUse, ...]:
    """What is left of every column of a table that was made anonymous.

    Args:
        table: The source.
        made: What became of it.
        hierarchies: With which it was made.
        sensitive: Columns that were released as they are.

    Source:
        Entropy after Shannon (1948), doi:10.1002/j.1538-7305.1948.tb01338.x.
    """
    is_local = made.report.local_loss is not None
    uses = []
    for hierarchy in hierarchies:
        before, after = table.column(hierarchy.column), made.table.column(hierarchy.column)
        shifted = None if is_local else _shifted(_at_level(hierarchy, before, made.node), after)
        kept = _kept(before, after) if made.sources is None else _told(before, after, made.sources)
        uses.append(ColumnUse(hierarchy.column, kept, shifted))
    for name in sensitive:
        before, after = table.column(name), made.table.column(name)
        uses.append(ColumnUse(name, _kept(before, after), _shifted(before, after)))
    return tuple(uses)


def closeness(before: pa.ChunkedArray, after: pa.ChunkedArray | pa.Array) -> float:
    """How closely numbers follow what they were: the square of their correlation, from 0 to 1.

    Of noise with a spread of *s* on numbers with a spread of *v* it is v² / (v² + s²).

    Args:
        before: Numbers; rows that miss one do not count.
        after: Per row what became of it; texts follow nothing.
    """
    if isinstance(after, pa.DictionaryArray):
        after = after.dictionary_decode()
    if not (pa.types.is_integer(after.type) or pa.types.is_floating(after.type)):
        return 0.0
    was, is_now = (
        pc.cast(one, pa.float64(), safe=False).to_numpy(zero_copy_only=False)
        for one in (before.combine_chunks(), after)
    )
    known = ~(np.isnan(was) | np.isnan(is_now))
    was, is_now = was[known], is_now[known]
    if not len(was) or was.std() == 0:
        return 1.0
    return 0.0 if is_now.std() == 0 else float(np.corrcoef(was, is_now)[0, 1] ** 2)


def _at_level(hierarchy: Hierarchy, column: pa.ChunkedArray, node: Mapping[str, int]) -> pa.Array:
    """The rows of the source as the released level writes them, also those left out."""
    whole = hierarchy.covering_missing() if column.null_count else hierarchy
    level = node[hierarchy.column]
    return whole.label_column(whole.codes[level][whole.encode(column)], level)


def _kept(before: pa.ChunkedArray, after: pa.ChunkedArray) -> float:
    was, is_now = _entropy(_counts(before)[1]), _entropy(_counts(after)[1])
    return max(0.0, min(1.0, is_now / was)) if was else 1.0


def _told(before: pa.ChunkedArray, after: pa.ChunkedArray, sources: npt.NDArray[np.int64]) -> float:
    """What released values tell of those they were: their mutual information, as a share.

    A precise and a coarse value of one column differ, without telling more of anybody.
    """
    was, values = distinct_values(before.take(pa.array(sources)))
    now, released = distinct_values(after)
    both = np.bincount(values * len(now) + released, minlength=len(was) * len(now)).astype(float)
    one, other = np.bincount(values).astype(float), np.bincount(released).astype(float)
    told = _entropy(one) + _entropy(other) - _entropy(both)
    whole = _entropy(_counts(before)[1])
    return max(0.0, min(1.0, told / whole)) if whole else 1.0


def _shifted(before: pa.ChunkedArray | pa.Array, after: pa.ChunkedArray) -> float:
    """Half the sum of the differences in share, over all values of either."""
    (values, was), (others, is_now) = _counts(before), _counts(after)
    if not was.sum() or not is_now.sum():
        return 1.0 if was.sum() else 0.0
    shares = is_now / is_now.sum()
    places = pc.index_in(values.cast(pa.string()), others.cast(pa.string()))
    found = places.fill_null(-1).to_numpy(zero_copy_only=False)
    here = np.where(found >= 0, shares[found], 0.0)
    # What is released occurs in the source too, so the values of the source are all.
    return float(np.abs(was / was.sum() - here).sum() / 2)


def _counts(column: pa.ChunkedArray | pa.Array) -> tuple[pa.Array, _Shares]:
    distinct, rows = distinct_values(column)
    return distinct, np.bincount(rows, minlength=len(distinct)).astype(np.float64)


def _entropy(counts: _Shares) -> float:
    shares = counts[counts > 0] / counts.sum() if counts.sum() else counts
    return -float(sum(share * math.log(share) for share in shares))
