"""Records with a proven privacy loss: a random sample, at levels named beforehand, in large groups.

Whether one person is in the table hardly changes what comes out: every row is in the sample by
chance, levels do not depend on the data, and a combination of values that too few rows share is
left out. All columns count, sensitive ones too. Two of these releases of the same people add up:
their losses are to be added.

Source:
    Li, Qardaji and Su (2012), theorem 5, doi:10.1145/2414456.2414474; the largest sample for a
    loss, and k from it, as in Bild, Kuhn and Prasser (2018), section 5,
    doi:10.1515/popets-2018-0004.
"""

import math
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from grondslag.anonymise.hierarchies import Hierarchy
from grondslag.errors import InputError

Draw = Callable[[int], bytes]
"""So many bytes that nobody can foresee."""

LOWEST_EPSILON, HIGHEST_EPSILON = 0.01, 5.0
_DIGITS = 60
_MOST_SIZES = 1_000_000


@dataclass(frozen=True, slots=True)
class SampleLoss:
    """What a release loses of the privacy of one person, and what it takes.

    Args:
        epsilon: Of differential privacy: chances differ by at most a factor e to this power.
        delta: But for this chance.
        share: The chance of each row to be in the sample.
        k: So many rows of the sample share each combination that is released.
    """

    epsilon: float
    delta: float
    share: float
    k: int


@dataclass(frozen=True, slots=True, eq=False)
class Sampled:
    """A sample that was made anonymous.

    Args:
        table: The rows, sorted; there may be none. How many the source had, or the sample, must not
            be told.
        loss: What it loses.
        node: The level of each column.
    """

    table: pa.Table = field(repr=False)
    loss: SampleLoss
    node: Mapping[str, int]


def sample_loss(epsilon: float, delta: float, *, share: float | None = None) -> SampleLoss:
    """How large groups must be for a loss.

    Args:
        epsilon: From 0.01 to 5.
        delta: Between 0 and 1; below one in so many rows as the table has, or a person at random
            could simply be shown.
        share: The chance of each row; without it the largest that *epsilon* allows.

    Raises:
        InputError: A number is none of these.
    """
    largest = -math.expm1(-epsilon)
    chance = largest if share is None else share
    if not (LOWEST_EPSILON <= epsilon <= HIGHEST_EPSILON and 0 < delta < 1):
        raise InputError("anonymise.sample-loss", low=LOWEST_EPSILON, high=HIGHEST_EPSILON)
    if not 0 < chance <= largest:
        raise InputError("anonymise.sample-share", most=round(100 * largest, 1))
    few, many = 1, 2
    while delta_of(many, epsilon=epsilon, share=chance) > delta:
        few, many = many, many * 2
    while many - few > 1:
        between = (few + many) // 2
        if delta_of(between, epsilon=epsilon, share=chance) > delta:
            few = between
        else:
            many = between
    return SampleLoss(epsilon, delta, chance, many)


def delta_of(k: int, *, epsilon: float, share: float) -> float:
    """The chance with which a loss is larger than *epsilon*.

    The most, over groups of every size, of the chance that the sample holds more of a group than
    its expected share by so much that one person more or less would show. Sizes are looked at until
    no larger one can do worse.

    Args:
        k: So many rows of the sample share each combination that is released.
        epsilon: As of `sample_loss`.
        share: The chance of each row to be in the sample.
    """
    from scipy.stats import binom

    with localcontext() as context:
        context.prec = _DIGITS  # a rounded product could move a whole row across the border
        gamma = 1 - (1 - Decimal(share)) * (-Decimal(epsilon)).exp()
        smallest = max(1, math.ceil(Decimal(k) / gamma - 1))
        above = float(gamma)
        # Chernoff: the chance for a group of n is at most exp(-n * rate), and that only falls.
        rate = above * math.log(above / share) - float(1 - gamma) * epsilon
        worst, size = 0.0, smallest
        while size < _MOST_SIZES and math.exp(-size * rate) > worst:
            sizes = range(size, size + 64)
            borders = [math.floor(gamma * one) for one in sizes]
            worst = max(worst, float(binom.sf(borders, list(sizes), share).max()))
            size += 64
    return worst


def anonymise_sample(
    table: pa.Table,
    *,
    hierarchies: Sequence[Hierarchy],
    node: Mapping[str, int],
    loss: SampleLoss,
    draw: Draw = secrets.token_bytes,
) -> Sampled:
    """Draw a sample, write it at levels named beforehand, and leave small groups out.

    Args:
        table: One row per person; every column has a hierarchy, also what nobody should learn.
        hierarchies: What each value becomes at each level must not depend on the data: made of
            parameters that somebody chose, as those of a contract, not of values that were seen.
        node: The level of each column, chosen without looking at the data.
        loss: Of `sample_loss`.
        draw: Gives bytes by chance; another than the system's own is for tests.

    Raises:
        InputError: A column has no hierarchy or no level, or holds a value without a place.
    """
    names = [hierarchy.column for hierarchy in hierarchies]
    if sorted(names) != sorted(table.column_names) or set(node) != set(names):
        raise InputError("anonymise.sample-every-column", columns=sorted(table.column_names))
    for hierarchy in hierarchies:
        if not 0 <= node[hierarchy.column] < hierarchy.height:
            raise InputError("anonymise.sample-no-level", column=hierarchy.column)
    there = table.filter(pa.array(_drawn(table.num_rows, loss.share, draw)))
    codes, labels = [], []
    for one in hierarchies:
        whole, level = one.covering_missing(), node[one.column]
        codes.append(whole.codes[level][whole.encode(there.column(one.column))])
        labels.append(whole.labels[level])
    kept = _large_groups(np.array(codes, np.int32).reshape(len(names), -1), loss.k)
    columns = [
        label.take(pa.array(row, pa.int32())) for label, row in zip(labels, kept, strict=True)
    ]
    return Sampled(pa.table(columns, names=names), loss, dict(node))


def _drawn(rows: int, share: float, draw: Draw) -> npt.NDArray[np.bool_]:
    """Per row whether it is in the sample."""
    chances = np.frombuffer(draw(8 * rows), np.dtype("<u8"))
    return chances < np.uint64(int(share * 2.0**64))


def _large_groups(codes: npt.NDArray[np.int32], k: int) -> npt.NDArray[np.int32]:
    """The rows of groups of at least *k*, in the order of their codes."""
    groups, sizes = np.unique(codes, axis=1, return_counts=True)
    large = sizes >= k
    return np.repeat(groups[:, large], sizes[large], axis=1)
