"""Where on the map is there more than chance explains? Circles of every size, round every place.

Whoever draws a circle after seeing the map always finds one that looks bad. The scan looks at all
circles, and asks how bad the worst one gets on maps on which nothing is the matter. So the answer
already allows for all the circles that were tried.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from grondslag.errors import InputError
from grondslag.methods.poisson import check_level

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
_SAME_DISTANCE = 1e-9


@dataclass(frozen=True, slots=True)
class Cluster:
    """Places within one circle that together have more than is to be expected.

    Args:
        places: Their positions, from the centre outwards.
        observed: Events in the circle.
        expected: Events to be expected in it, when those of the whole map are spread evenly.
        log_ratio: Log of the likelihood ratio against "the same everywhere".
        p_value: How often the worst circle of a map without any cluster is as bad as this one.
    """

    places: tuple[int, ...]
    observed: int
    expected: float
    log_ratio: float
    p_value: float

    @property
    def ratio(self) -> float:
        """Observed over expected in the circle; flattered, since it is the worst of all circles."""
        return self.observed / self.expected


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """What is looked at, one of each per place.

    Args:
        counts: Events.
        expected: To be expected, each above 0: residents, or what its like have. Only their
            proportions count.
        points: Where it lies, two coordinates of one unit (metres, never degrees).
    """

    counts: Sequence[int]
    expected: Sequence[float]
    points: npt.ArrayLike


def scan(
    places: Places,
    *,
    orders: int,
    chance: np.random.Generator,
    at_most: float = 0.5,
    dispersion: float = 0.0,
    level: float = 0.95,
) -> tuple[Cluster, ...]:
    """The circles with the most beyond what is to be expected.

    Args:
        places: Their counts, what is to be expected, and where they lie.
        orders: How many maps without a cluster are made: 999 or more.
        chance: Where those maps come from.
        at_most: Share of all that is expected which a circle may hold, above 0 and at most a half.
        dispersion: How much like places differ, from a safety performance function; the made maps
            then differ as much. 0 for chance alone, which calls a cluster too soon where places
            differ by themselves.
        level: Other clusters are told of only when they are as sure as this.

    Returns:
        The most likely cluster first, whatever its p-value; then those that share no place with a
        likelier one and stand by themselves. Their p-values are too large rather than too small.
        Empty when no circle holds more than expected.

    Raises:
        InputError: Lengths differ, a negative count, nothing expected, nothing counted, a place
            without coordinates, a share that is none.

    Source:
        Kulldorff (1997), A spatial scan statistic, doi:10.1080/03610929708831995
        (Poisson model); made maps that differ by themselves: Loh and Zhu (2007),
        doi:10.1214/07-AOAS129.
    """
    check_level(level)
    seen = np.asarray(places.counts, dtype=np.int64)
    like = np.asarray(places.expected, dtype=np.float64)
    where = np.asarray(places.points, dtype=np.float64)
    _check(seen, like, where, at_most)
    total = int(seen.sum())
    like = like * (total / like.sum())
    circles = _Circles.around(where, like, at_most)
    found = circles.worth(seen, total)
    extremes = np.array(
        [
            circles.worth(made, total).max(initial=0.0)
            for made in _made_maps(like, total, dispersion, orders, chance)
        ]
    )
    clusters: list[Cluster] = []
    taken = np.zeros(seen.size, dtype=bool)
    for at in np.argsort(-found.ravel(), kind="stable"):
        row, reach = divmod(int(at), found.shape[1])
        worth = float(found[row, reach])
        if not worth > 0:
            break
        p_value = float((1 + (extremes >= worth * (1 - 1e-12)).sum()) / (1 + orders))
        if clusters and p_value > 1 - level:
            break
        held = circles.order[row, : reach + 1]
        if taken[held].any():
            continue
        taken[held] = True
        inside, usual = int(seen[held].sum()), float(like[held].sum())
        clusters.append(Cluster(tuple(map(int, held)), inside, usual, worth, p_value))
    return tuple(clusters)


@dataclass(frozen=True, slots=True, eq=False)
class _Circles:
    """Every circle: a row per centre, wider to the right.

    Args:
        order: Places from the centre outwards.
        log_inside: Log of what is expected inside.
        log_outside: The same outside.
        closed: Where a circle ends: not between places that lie equally far.
        expected: What is expected inside.
    """

    order: Whole
    log_inside: Floats
    log_outside: Floats
    closed: npt.NDArray[np.bool_]
    expected: Floats

    @classmethod
    def around(cls, where: Floats, like: Floats, at_most: float) -> "_Circles":
        """All circles that hold no more than their share."""
        room = at_most * float(like.sum()) * (1 + 1e-12)
        rows = []
        for centre in where:
            away = np.hypot(*(where - centre).T)
            order = np.argsort(away, kind="stable")
            inside = np.cumsum(like[order])
            fits = max(1, int(np.searchsorted(inside, room, side="right")))
            further = np.append(np.diff(away[order]) > _SAME_DISTANCE * (1 + away.max()), True)
            rows.append((order[:fits], inside[:fits], further[:fits] & (inside[:fits] <= room)))
        shape = (len(rows), max(order.size for order, _, _ in rows))
        # A short row is filled up with a place that is nowhere and has nothing.
        nowhere = np.full(shape, like.size, dtype=np.int64)
        circles = nowhere, np.full(shape, room), np.zeros(shape, dtype=bool)
        for number, row in enumerate(rows):
            for whole, part in zip(circles, row, strict=True):
                whole[number, : part.size] = part
        places, expected, closed = circles
        outside = np.maximum(float(like.sum()) - expected, 1e-300)
        return cls(places, np.log(expected), np.log(outside), closed, expected)

    def worth(self, seen: Whole, total: int) -> Floats:
        """Log-likelihood ratio of every circle; 0 where it holds no more than expected."""
        whole = np.arange(total + 1, dtype=np.float64)
        logs = whole * np.log(np.maximum(whole, 1))
        both = logs + logs[::-1]  # of the events inside and of those outside
        inside = np.cumsum(np.append(seen, 0)[self.order], axis=1)
        worth = both[inside] - inside * self.log_inside - (total - inside) * self.log_outside
        return np.asarray(np.where(self.closed & (inside > self.expected), worth, 0.0))


def _made_maps(
    like: Floats, total: int, dispersion: float, orders: int, chance: np.random.Generator
) -> Iterator[Whole]:
    """Maps with as many events, spread as is to be expected."""
    for _ in range(orders):
        risk = like
        if dispersion > 0:
            risk = like * np.maximum(chance.gamma(1 / dispersion, dispersion, like.size), 1e-12)
        yield chance.multinomial(total, risk / risk.sum())


def _check(seen: Whole, like: Floats, where: Floats, at_most: float) -> None:
    if seen.ndim != 1 or seen.shape != like.shape or where.shape != (seen.size, 2):
        raise InputError("methods.lengths-differ")
    if not np.all(seen >= 0):
        raise InputError("methods.negative-count")
    if not (np.all(like > 0) and np.all(np.isfinite(like))):
        raise InputError("methods.nothing-expected")
    if not np.all(np.isfinite(where)):
        raise InputError("methods.not-a-number")
    if not seen.sum():
        raise InputError("methods.nothing-counted")
    if not 0 < at_most <= 0.5:
        raise InputError("methods.not-a-share")
