"""Numbers made safe as numbers: averaged in small groups, with noise, or rounded.

For columns of which a plan needs sums and averages. Whether what comes out is anonymous is for the
models and risks to say: noise and rounding alone promise nothing about a single person.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import repeat

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from grondslag.anonymise.compiled import compiled
from grondslag.anonymise.grouping_loops import Numbers, Small
from grondslag.errors import InputError
from grondslag.keys import person_tokens

_DECIMALS = 9
"""Of what is rounded to a base: 0.30000000000000004 is 0.3."""


@dataclass(frozen=True, slots=True, eq=False)
class Microaggregated:
    """Numbers replaced by the mean of a small group.

    Args:
        table: The columns, each number replaced; a missing one stays missing.
        groups: Per row its group.
        smallest: Rows in the smallest group.
        within: The share of the spread that is lost: 0 when nothing is, 1 when all are equal.
    """

    table: pa.Table = field(repr=False)
    groups: Small = field(repr=False)
    smallest: int
    within: float


def microaggregate(table: pa.Table, columns: list[str], *, k: int) -> Microaggregated:
    """Replace numbers by the mean of at least *k* rows that are close together.

    One column is grouped optimally in the sense of the method: sorted, in groups of *k* to 2k-1.
    More columns are put on one scale first, and grouped from the far ends (MDAV).

    Args:
        table: One row per person.
        columns: Numbers, grouped together.
        k: Rows per group, at least.

    Raises:
        InputError: Fewer than *k* rows, a column without ordinary numbers, or a missing number.

    Source:
        Domingo-Ferrer and Torra (2005), Ordinal, continuous and heterogeneous k-anonymity through
        microaggregation, doi:10.1007/s10618-005-0007-5 (MDAV-generic).
    """
    if k < 1:
        raise InputError("anonymise.too-small", name="k", least=1)
    values = np.stack([_numbers(table, name) for name in columns], axis=1)
    if len(values) < k:
        raise InputError("anonymise.fewer-rows", rows=len(values), least=k)
    spread = values.std(axis=0)
    scaled = np.ascontiguousarray((values - values.mean(axis=0)) / np.where(spread > 0, spread, 1))
    groups = _sorted_groups(values[:, 0], k) if len(columns) == 1 else _far_groups(scaled, k)
    counts = np.bincount(groups)
    replaced = table
    left = np.zeros_like(scaled)
    for at, name in enumerate(columns):
        means = np.bincount(groups, values[:, at]) / counts
        left[:, at] = (np.bincount(groups, scaled[:, at]) / counts)[groups]
        place = replaced.column_names.index(name)
        replaced = replaced.set_column(place, name, pa.array(means[groups]))
    total = float((scaled**2).sum())
    lost = float(((scaled - left) ** 2).sum()) / total if total else 0.0
    return Microaggregated(replaced, groups, int(counts.min()), lost)


def add_noise(
    column: pa.ChunkedArray | pa.Array, *, share: float, generator: np.random.Generator
) -> pa.Array:
    """A column with noise of a share of its own spread; means stay, extremes show less.

    Args:
        column: Numbers; missing ones stay missing.
        share: The standard deviation of the noise over that of the column.
        generator: Of chance; from the system (`numpy.random.default_rng()`) for what is released,
            since who knows the seed takes the noise off.

    Raises:
        InputError: No ordinary numbers, or a share below 0.

    Source:
        Brand (2002), Microdata protection through noise addition, doi:10.1007/3-540-47804-3_8.
    """
    if share < 0:
        raise InputError("anonymise.too-small", name="share", least=0)
    values = _plain("share", column)
    known = ~np.isnan(values)
    if not known.any():
        return pa.array(values, from_pandas=True)
    noise = generator.normal(0, share * float(values[known].std()), len(values))
    return pa.array(values + noise, from_pandas=True)


def add_lasting_noise(
    column: pa.ChunkedArray | pa.Array,
    *,
    spread: float,
    persons: Sequence[str] | None,
    key: bytes,
    name: str = "spread",
) -> pa.Array:
    """A column with noise that follows from a key: asking again gives nothing to average.

    The same number of the same person is off by the same, in every table made with this key; two
    equal numbers of one person are not, for then they would show that they are of one person. What
    comes out is rounded to a tenth of the spread (and whole numbers stay whole), so that no last
    digit tells what was added to what.

    Args:
        column: Numbers; missing ones stay missing.
        spread: The standard deviation of the noise, in units of the column.
        persons: Per row whose number it is; None when every row is one person.
        key: At least 16 bytes, kept outside the data; another key for another spread, or the two
            can be solved for the number.
        name: What a refusal calls the column.

    Raises:
        InputError: No ordinary numbers, a spread that is not more than 0, or the key is too short.

    Source:
        Brand (2002), doi:10.1007/3-540-47804-3_8 (noise); Box and Muller (1958),
        doi:10.1214/aoms/1177706645 (normal from uniform numbers); Mironov (2012),
        doi:10.1145/2382196.2382264 (what last digits tell).
    """
    if not spread > 0:
        raise InputError("anonymise.too-small", name="spread", least=0)
    values = _plain(name, column)
    texts = map(repr, values.tolist())
    named = [f"{one}\n{text}" for one, text in zip(persons or repeat(""), texts, strict=False)]
    turns: Counter[str] = Counter()
    records = []
    for record in named:
        records.append(f"{record}\n{turns[record]}")
        turns[record] += 1
    moved = values + spread * _normal(person_tokens(records, key))
    step = spread / 10
    if pa.types.is_integer(column.type):
        step = max(1.0, round(step))
        whole = np.round(moved / step) * step
        return pa.array(whole, from_pandas=True).cast(pa.int64())
    return pa.array(np.round(np.round(moved / step) * step, _DECIMALS), from_pandas=True)


def _normal(tokens: Sequence[bytes | None]) -> Numbers:
    """A standard normal number out of each 16 bytes."""
    words = np.frombuffer(b"".join(token or bytes(16) for token in tokens), "<u8").reshape(-1, 2)
    one, other = ((words >> np.uint64(11)) / 2.0**53).T
    normal: Numbers = np.sqrt(-2 * np.log(1 - one)) * np.cos(2 * np.pi * other)
    return normal


def round_to(column: pa.ChunkedArray | pa.Array, *, base: float, name: str = "base") -> pa.Array:
    """A column rounded to the nearest multiple of a base; halves go to the even multiple.

    Args:
        column: Numbers; missing ones stay missing.
        base: What is rounded to.
        name: What a refusal calls the column.

    Raises:
        InputError: No ordinary numbers, or a base that is not more than 0.
    """
    if not base > 0:
        raise InputError("anonymise.too-small", name="base", least=0)
    rounded = np.round(np.round(_plain(name, column) / base) * base, _DECIMALS)
    return pa.array(rounded, from_pandas=True)


def is_numbers(kind: pa.DataType) -> bool:
    """Whether a type is one of numbers: whole, floating or decimal."""
    kinds = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
    return any(is_kind(kind) for is_kind in kinds)


def _numbers(table: pa.Table, name: str) -> Numbers:
    if table.column_names.count(name) != 1:
        raise InputError("anonymise.unknown-column", column=name[:63], known=table.column_names)
    values = _plain(name, table.column(name))
    if np.isnan(values).any():
        raise InputError("anonymise.number-missing", column=name, count=int(np.isnan(values).sum()))
    return values


def _plain(name: str, column: pa.ChunkedArray | pa.Array) -> Numbers:
    """As floating point, missing ones as NaN; infinite ones are refused."""
    if not is_numbers(column.type):
        raise InputError("anonymise.no-numbers", column=name)
    values = pc.cast(column, pa.float64(), safe=False).to_numpy(zero_copy_only=False)
    if np.isinf(values).any():
        raise InputError("anonymise.no-numbers", column=name)
    numbers: Numbers = np.asarray(values, np.float64)
    return numbers


def _sorted_groups(values: Numbers, k: int) -> Small:
    """Groups of neighbours with the least spread within: a shortest path over sorted values.

    Source:
        Hansen and Mukherjee (2003), A polynomial algorithm for optimal univariate microaggregation,
        IEEE Transactions on Knowledge and Data Engineering 15, 1043-1044.
    """
    order = np.argsort(values, kind="stable")
    ends = np.zeros(len(values), np.int64)
    _shortest(values[order] - values.mean(), k, ends)
    groups = np.empty(len(values), np.int32)
    at, number = len(values), 0
    while at > 0:
        begin = int(ends[at - 1])
        groups[order[begin:at]] = number
        at, number = begin, number + 1
    return groups


@compiled
def _shortest(values: Numbers, k: int, begins: npt.NDArray[np.int64]) -> None:
    """Fill, for every end, where the last group of the best division up to there begins."""
    count = values.shape[0]
    sums = np.zeros(count + 1)
    squares = np.zeros(count + 1)
    for at in range(count):
        sums[at + 1] = sums[at] + values[at]
        squares[at + 1] = squares[at] + values[at] ** 2
    cost = np.full(count + 1, np.inf)
    cost[0] = 0.0
    for end in range(k, count + 1):
        for begin in range(max(0, end - 2 * k + 1), end - k + 1):
            total = sums[end] - sums[begin]
            within = squares[end] - squares[begin] - total * total / (end - begin)
            if cost[begin] + within < cost[end]:
                cost[end] = cost[begin] + within
                begins[end - 1] = begin


def _far_groups(scaled: Numbers, k: int) -> Small:
    groups = np.full(len(scaled), -1, np.int32)
    _mdav(scaled, k, groups)
    return groups


@compiled
def _mdav(points: Numbers, k: int, groups: Small) -> None:
    """Fill the group of each point: those around the furthest one, then around its opposite."""
    left = np.arange(points.shape[0])
    number = 0
    while left.shape[0] >= 2 * k:
        middle = np.zeros(points.shape[1])
        for at in left:
            middle += points[at]
        middle /= left.shape[0]
        center = middle
        for _ in range(2 if left.shape[0] >= 3 * k else 1):
            away = np.empty(left.shape[0])
            for place in range(left.shape[0]):
                away[place] = ((points[left[place]] - center) ** 2).sum()
            far = points[left[np.argmax(away)]].copy()
            for place in range(left.shape[0]):
                away[place] = ((points[left[place]] - far) ** 2).sum()
            near = np.argsort(away, kind="mergesort")
            for place in near[:k]:
                groups[left[place]] = number
            number += 1
            left = left[np.sort(near[k:])]
            center = far
    for at in left:
        groups[at] = number
